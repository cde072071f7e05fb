import Core
import HTML
import Japanese
import Register
import Web

/// 窓口・紙の入力, as officers begin it.
struct CounterPages {
    let officer: Officer

    /// What is wrong with what was typed.
    enum Problem {
        /// 確認コード.
        case code
        /// 様式番号.
        case form

        var words: String {
            switch self {
            case .code: "この確認コードの申請は見つかりませんでした。もう一度お確かめください。"
            case .form: "この様式番号の申請書は見つかりませんでした。紙の右上の番号（例: dog-registration-3）をお確かめください。"
            }
        }

        var control: String {
            switch self {
            case .code: "code"
            case .form: "form"
            }
        }
    }

    func page(_ cards: [Card], typed: String, problem: Problem?) -> Page {
        let rows: [HTML] = cards.map { card in
            """
            <li><b>\(card.name[.ja])</b><br><form method="post" action="/desk/counter" class="inline">
            <input type="hidden" name="card" value="\(card.id)">
            <button name="channel" value="counter">窓口で聞いて入力<span class="unseen">（\(card.name[.ja])）</span></button>
            <button name="channel" value="paper" class="quiet">紙から入力<span class="unseen">（\(card.name[.ja])）</span></button>
            <a href="\(.paperForm(card.id))" target="_blank">紙の申請書<span class="unseen">（\(card.name[.ja])、PDF）</span></a></form></li>
            """
        }
        let summary: HTML? = problem.map { ProblemSummary("入力内容をお確かめください", [($0.control, "\($0.words)")]).html }
        return Page(
            (problem == nil ? "" : "エラー: ") + "窓口", zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            \(summary)
            <h1>窓口</h1>
            <p>来庁された方の申請や、紙で届いた申請書を、オンラインと同じ様式に入力します。入力を終えるたびに、画面の下の「入力を終わる」を押してください。</p>
            <div class="two">
            <div><h2>手続きを選ぶ</h2>
            <ul class="outline plain">\(rows)</ul></div>
            <div>
            \(box(.code, "確認コードで続ける", "確認コード", "/desk/counter/code", "来庁された方の控えや、印刷した申請書に書かれています。", typed, problem))
            \(box(.form, "様式番号から入力する", "様式番号", "/desk/counter/paper", "紙の申請書の右上に書かれています。", typed, problem))
            </div></div>
            """)
    }

    private func box(
        _ kind: Problem, _ title: String, _ label: String, _ action: Link, _ hint: String, _ typed: String,
        _ problem: Problem?
    ) -> HTML {
        let id = kind.control
        let isWrong = problem?.control == id
        let attributes = Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil)
            .with("aria-describedby", isWrong ? "\(id)-hint \(id)-error" : "\(id)-hint")
        return """
            <h2>\(title)</h2>
            <form method="post" action="\(action)"><div class="field"><label for="\(id)">\(label)</label>
            <p class="hint" id="\(id)-hint">\(hint)</p>\(isWrong ? #"<p class="error" id="\#(id)-error">\#(kind.words)</p>"# as HTML : .empty)
            <input id="\(id)" name="\(id)" class="medium" value="\(isWrong ? typed : "")" autocomplete="off"\(attributes)></div>
            <button>開く</button></form>
            """
    }

    /// 新しい確認コード, to be handed over.
    func code(_ code: String, of item: Case, revoked: Bool) -> Page {
        Page(
            "新しい確認コード", zone: .desk(officer),
            """
            <p class="way"><a href="\(.desk(item.id))">\(item.number ?? "申請")へ戻る</a></p>
            <h1>新しい確認コード</h1>
            <p>\(revoked ? "委任の取消しを記録しました。代理人が持っていた確認コードは、使えなくなりました。" : "前の確認コードは、使えなくなりました。")
            本人確認をしたうえで、次のコードを申請した方にお渡しください。この画面を閉じると、表示されません。</p>
            <p class="code"><span>\(item.number ?? "")</span> <b>\(Code.grouped(code))</b></p>
            """)
    }
}
