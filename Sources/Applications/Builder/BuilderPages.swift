import Core
import HTML
import Japanese
import Register
import Web
import Yams

/// 様式の一覧, as officers see it, and what their pages share.
struct BuilderPages {
    let officer: Officer

    /// A card with what there is of its form.
    struct Line: Sendable {
        let card: Card
        /// The published form; nil for none.
        let form: Form?
        let draft: FormDraft?
    }

    func list(_ lines: [Line], problem: String?) -> Page {
        let rows: [HTML] = lines.map { line in
            let mayEdit = officer.may(.editForms, in: line.card.section)
            let state: HTML =
                line.draft.map { draft in
                    draft.proposedBy == nil
                        ? "<span class=\"tag\">書きかけ</span>" : "<span class=\"tag attention\">公開の確認待ち</span>"
                } ?? .empty
            let action: HTML
            if let draft = line.draft, mayEdit {
                action =
                    #"<a href="\#(Link.builder(draft.form))">続きを見る<span class="unseen">（\#(line.card.name[.ja])）</span></a>"#
            } else if mayEdit {
                let words = line.form == nil ? "様式を作る" : "新しい版を作る"
                action = """
                    <form method="post" action="/desk/forms"><input type="hidden" name="card" value="\(line.card.id)">
                    <button class="quiet">\(words)<span class="unseen">（\(line.card.name[.ja])）</span></button></form>
                    """
            } else {
                action = .empty
            }
            let export: HTML =
                line.form.map {
                    #"<a href="\#(Link.builder($0.id).below("export.yaml"))">書き出す<span class="unseen">（\#(line.card.name[.ja])）</span></a>"#
                } ?? .empty
            let origin: [HTML] = (line.form?.lineage ?? []).map { "<br><small>\($0.words)</small>" }
            return """
                <tr><th scope="row">\(line.card.name[.ja])\(origin)</th><td>\(line.form.map { "第\($0.version)版" as HTML } ?? "なし")</td>
                <td>\(state)</td><td>\(action)</td><td>\(export)</td></tr>
                """
        }
        let mine = lines.filter { $0.draft == nil && officer.may(.editForms, in: $0.card.section) }
        return Page(
            (problem == nil ? "" : "エラー: ") + "様式", zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            \(problem.map { Self.problem($0, at: mine.isEmpty ? nil : "import-file") })
            <h1>様式</h1>
            <p>オンライン申請の質問を、ここで作り、直します。直しても、公開するまでは申請する方の画面は変わりません。</p>
            <div class="scroll" role="region" aria-label="様式の表" tabindex="0"><table>
            <thead><tr><th scope="col">手続き</th><th scope="col">公開中</th><th scope="col">状態</th><th scope="col">編集</th><th scope="col">共有</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            \(mine.isEmpty ? .empty : importing(mine))
            """)
    }

    private func importing(_ lines: [Line]) -> HTML {
        let options: [HTML] = lines.map { #"<option value="\#($0.card.id)">\#($0.card.name[.ja])</option>"# }
        return """
            <h2>ほかの町の様式を取り込む</h2>
            <form method="post" action="/desk/forms/import" enctype="multipart/form-data">
            <div class="field"><label for="import-file">書き出された様式のファイル（.yaml）</label>
            <input type="file" id="import-file" name="file" accept=".yaml,.yml,text/yaml"></div>
            <div class="field"><label for="import-card">この町の手続き</label><select id="import-card" name="card">\(options)</select></div>
            <button>取り込んで下書きにする</button></form>
            """
    }

    /// What was typed for a place that is gone or elsewhere now: nothing of it is lost.
    func moved(_ form: String, _ posted: Posted) -> Page {
        let typed = posted.pairs.filter { !["revision", "id", "kind"].contains($0.name) && !$0.value.isEmpty }
        let lines: [HTML] = typed.map { "<div><dt>\($0.name)</dt><dd class=\"kept\">\($0.value)</dd></div>" }
        return Page(
            "エラー: 保存できませんでした", zone: .desk(officer), status: 409,
            """
            \(Self.problem(FormRefusal.moved.words[.ja], at: nil))
            <h1>保存できませんでした</h1>
            <p>入力された内容は、次のとおりです。いまの構成を見て、入力し直してください。</p>
            <dl class="facts">\(lines)</dl>
            <p><a class="button" href="\(Link.builder(form))">いまの構成を見る</a></p>
            """)
    }

    /// The languages that a preview can be seen in.
    static func languages(_ languages: [Language], _ current: Language, at place: Link) -> HTML {
        let links: [HTML] = languages.map { choice in
            let mark = Attributes().with("aria-current", ifPresent: choice == current ? "true" : nil)
            let link = place.asking([("language", choice.id)])
            return #"<a href="\#(link)" lang="\#(choice.tag)"\#(mark)>\#(choice.name)</a> "#
        }
        return "<nav class=\"languages\" aria-label=\"プレビューの言語\">\(links)</nav>"
    }

    static func problem(_ words: String, at control: String?) -> HTML {
        ProblemSummary("できませんでした", [(control, "\(words)")]).html
    }
}
