import Core

/// Why a form's draft cannot be changed now.
enum FormRefusal: Refusal {
    /// There is none, or it is another section's.
    case notFound
    /// Somebody else changed it since the page was opened.
    case changedSince
    /// What was edited is at another place now, or gone.
    case moved
    /// It waits to be published: it is given back before it is changed again.
    case proposed
    /// It has findings.
    case unfit
    /// Whoever proposes does not publish as well.
    case sameEyes
    /// The document cannot be used: what and where.
    case unreadable(String)
    /// The name that confirms it was not typed.
    case notConfirmed
    /// A draft of this form is there already.
    case exists

    var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .changedSince, .moved, .proposed, .sameEyes, .exists: .conflict
        case .unfit, .unreadable, .notConfirmed: .invalid
        }
    }

    var words: Text {
        let words =
            switch self {
            case .notFound: "この様式は見つかりませんでした。"
            case .changedSince: "この様式は、ほかの画面で先に変わりました。いまの内容を見てから、もう一度入力してください。"
            case .moved: "編集していた場所は、ほかの人が動かしたか、なくしました。"
            case .proposed: "公開を申し出ている様式は、変えられません。差し戻してから変えてください。"
            case .unfit: "まだ指摘があるため、公開できません。指摘を直してください。"
            case .sameEyes: "公開は、申し出た人とは別の決裁者が行います。"
            case .unreadable(let words): words
            case .notConfirmed: "取り消すには、様式の名前（記号）をそのまま入力してください。"
            case .exists: "この様式には、書きかけの版があります。そちらを続けるか、取り消してからにしてください。"
            }
        return Text(verbatim: words)
    }
}
