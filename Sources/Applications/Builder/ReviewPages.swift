import Core
import HTML
import Web

/// 公開前の確認: what changed, and every page.
struct ReviewPages {
    let officer: Officer
    let draft: FormDraft
    let form: Form?
    let section: String
    /// The version that is published now; nil for none.
    let published: Int?
    let differences: [FormComparison.Difference]?
    let findings: [FormCheck.Finding]
    let languages: [Language]
    let language: Language
    let preview: HTML
    /// What it decides besides its questions.
    let rules: HTML
    let names: [String: String]

    func page(problem: String?, typed: String = "") -> Page {
        let title = form?.title[.ja] ?? draft.form
        return Page(
            (problem == nil ? "" : "エラー: ") + "公開前の確認", zone: .desk(officer), status: problem == nil ? 200 : 409,
            """
            <p class="way"><a href="\(Link.builder(draft.form))">構成へ戻る</a></p>
            \(problem.map { BuilderPages.problem($0, at: nil) })
            <h1>公開前の確認 <small>\(title)</small></h1>
            <div class="two"><div><h2>公開中の版との違い</h2>\(changes)<h2>公開</h2>\(deciding(typed))<h2>質問のほかの決まり</h2>\(rules)</div>
            <div><h2>全部のページ</h2>\(BuilderPages.languages(languages, language, at: Link.builder(draft.form).below("review")))\(preview)</div></div>
            """)
    }

    private var changes: HTML {
        guard let differences else { return "<p>公開中の版はありません。</p>" }
        let isNewer = published != draft.basedOn
        let newer: HTML =
            isNewer
            ? "<p class=\"notice\">この下書きを始めたあとに、第\(published ?? 0)版が公開されました。その変更を消さないように、違いを確かめてください。</p>" : .empty
        let lines: [HTML] = differences.map {
            "<li>\($0.words)\($0.isSafe ? #" <span class="tag">言葉だけ</span>"# as HTML : .empty)</li>"
        }
        let safe: HTML =
            differences.allSatisfy(\.isSafe)
            ? "<p>言葉だけの違いです。入力中の方は、新しい版に移れます。</p>"
            : "<p>質問が変わるため、入力中の方は、いまの版のまま続けます。</p>"
        return lines.isEmpty ? "<p>違いはありません。</p>" : "\(newer)<ul>\(lines)</ul>\(safe)"
    }

    private func deciding(_ typed: String) -> HTML {
        guard let proposer = draft.proposedBy else {
            return findings.isEmpty
                ? "<p>公開を申し出ると、ほかの決裁者が確認して公開します。</p>" : "<p>指摘が \(findings.count)件あります。直してから、公開を申し出てください。</p>"
        }
        let isOwn = proposer == officer.id
        let publish: HTML =
            officer.may(.publishForms, in: section) && !isOwn
            ? """
            <form method="post" action="\(Link.builder(draft.form).below("publish"))">\(seen)
            <p>公開すると、この版は変えられません。</p><button class="primary">確認して公開する</button></form>
            """ : "<p>公開は、申し出た人とは別の決裁者が行います。</p>"
        let back: HTML =
            isOwn || officer.may(.publishForms, in: section)
            ? """
            <details class="act"><summary>\(isOwn ? "申し出を取り下げる" : "差し戻す")</summary>
            <form method="post" action="\(Link.builder(draft.form).below("return"))">\(seen)
            <label for="words">\(isOwn ? "理由（任意）" : "理由")</label><textarea id="words" name="words" rows="3">
            \(typed)</textarea><button>\(isOwn ? "取り下げる" : "差し戻す")</button></form></details>
            """ : .empty
        return "<p>申し出: \(names[proposer.text] ?? "職員")</p>\(publish)\(back)"
    }

    private var seen: HTML { #"<input type="hidden" name="revision" value="\#(draft.revision)">"# }
}
