import Core

/// Why the template of a notice cannot be kept or published now.
enum NoticeRefusal: Refusal, Equatable {
    /// There is none, or it is another section's.
    case notFound
    /// Somebody else changed it since the page was opened.
    case changedSince
    /// It waits to be published.
    case proposed
    /// Whoever proposes does not publish as well.
    case sameEyes
    /// 教示 is missing from an adverse decision.
    case noAppeal
    /// Nothing is written.
    case empty
    case tooLong
    /// Names in braces that nothing fills, with those that something does.
    case unknown([String], known: [String])
    case unusable(Text)
    case reasonMissing

    var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .changedSince, .proposed, .sameEyes: .conflict
        case .noAppeal, .empty, .tooLong, .unknown, .unusable, .reasonMissing: .invalid
        }
    }

    var words: Text {
        switch self {
        case .notFound: Text(verbatim: "この通知書のひな形は見つかりませんでした。")
        case .changedSince: Text(verbatim: "このひな形は、ほかの画面で先に変わりました。いまの内容を見てから、もう一度入力してください。")
        case .proposed: Text(verbatim: "公開を申し出ているひな形は、変えられません。差し戻してから変えてください。")
        case .sameEyes: Text(verbatim: "公開は、申し出た人とは別の決裁者が行います。")
        case .noAppeal:
            Text(verbatim: "不利益な決定の通知書には、教示（不服の申立ての方法。行政不服審査法 第82条）が要ります。「教示」の段落を加えてください。")
        case .empty: Text(verbatim: "段落がありません。1つ以上、書いてください。")
        case .tooLong: Text(verbatim: "1つの段落は2,000文字、段落は60までにしてください。")
        case .unusable(let words): words
        case .reasonMissing: Text(verbatim: "差し戻す理由を入力してください。")
        case .unknown(let names, let known):
            Text(
                verbatim: names.map { "{\($0)}" }.joined(separator: "、") + "は使えない差し込みです。使えるのは、"
                    + known.map { "{\($0)}" }.joined(separator: "、") + "です。")
        }
    }
}
