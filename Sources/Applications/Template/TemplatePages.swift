import Core
import HTML
import Web

/// 文例の一覧と編集.
struct TemplatePages {
    let officer: Officer
    let templates: [MessageTemplate]
    let cards: [(id: String, name: String, section: String)]
    /// Those whose templates the officer may change.
    let sections: [(id: String, name: String)]

    /// What stands in the editor.
    struct Typed {
        var id: String?
        var section = ""
        var card = ""
        var use = MessageTemplate.Use.letter
        var name = ""
        var words = ""
        var revision: Int?

        init() {}

        init(_ template: MessageTemplate) {
            (id, section, card, use) = (template.id, template.section, template.card ?? "", template.use)
            (name, words, revision) = (template.name, template.words, template.revision)
        }

        init(_ posted: Posted) {
            id = posted["id"].flatMap { $0.isEmpty ? nil : $0 }
            (section, card) = (posted["section"] ?? "", posted["card"] ?? "")
            use = posted["use"].flatMap(MessageTemplate.Use.init) ?? .letter
            (name, words) = (posted["name"] ?? "", posted["words"] ?? "")
            revision = posted["revision"].flatMap { Int($0) }
        }

        var entry: Applications.TemplateEntry {
            .init(
                id: id, section: section, card: card.isEmpty ? nil : card, use: use, name: name, words: words,
                seen: revision)
        }
    }

    private static let editor: Link = "/desk/templates/edit"

    func list() -> Page {
        let parts: [HTML] = sections.map { section in
            let own = templates.filter { $0.section == section.id }
            let rows: [HTML] = own.map(row)
            let table: HTML =
                rows.isEmpty
                ? "<p>まだありません。</p>"
                : """
                <div class="scroll" role="region" aria-label="\(section.name)の文例" tabindex="0"><table>
                <thead><tr><th scope="col">名前</th><th scope="col">使うところ</th><th scope="col">手続き</th></tr></thead>
                <tbody>\(rows)</tbody></table></div>
                """
            return "<h2>\(section.name)</h2>\(table)"
        }
        let builtIn: [HTML] = MessageTemplate.builtIn.map { template in
            """
            <details><summary>\(template.name)（\(template.use.name)）</summary><p class="kept words">\(template.words)</p></details>
            """
        }
        return Page(
            "文例", zone: .desk(officer),
            """
            <h1>文例</h1>
            <p>申請者に送る文章のひな形です。申請のページで選ぶと、｛ ｝の名前に申請の内容が入ります。</p>
            <p><a class="button" href="\(Self.editor)">文例を作る</a> <a href="/desk/notices">決定通知書のひな形へ</a></p>
            \(parts)
            <h2>どの課にもある文例</h2>\(builtIn)
            """)
    }

    private func row(_ template: MessageTemplate) -> HTML {
        let card = cards.first { $0.id == template.card }?.name ?? (template.card ?? "すべて")
        return """
            <tr><td><a href="\(Self.editor.asking([("id", template.id)]))">\(template.name)</a></td>
            <td>\(template.use.name)</td><td>\(card)</td></tr>
            """
    }

    /// - Parameter now: what somebody else made of it meanwhile.
    func editor(_ typed: Typed, refusal: TemplateRefusal?, now: MessageTemplate?) -> Page {
        let summary: HTML? = refusal.map { ProblemSummary("保存できませんでした", [($0.control, "\($0.words[.ja])")]).html }
        let current: HTML? = now.map { "<h2>いまの文章</h2><p class=\"kept words\">\($0.name)\n\n\($0.words)</p>" }
        let title = typed.id == nil ? "文例を作る" : "文例を直す"
        // Whoever has seen what it is now may save over it.
        let revision = now?.revision ?? typed.revision
        return Page(
            (refusal == nil ? "" : "エラー: ") + title, zone: .desk(officer), status: status(refusal),
            """
            <p class="way"><a href="/desk/templates">文例の一覧へ戻る</a></p>\(summary)
            <h1>\(title)</h1>
            <div class="two"><div>
            <form method="post" action="\(Self.editor)">
            <input type="hidden" name="id" value="\(typed.id ?? "")"><input type="hidden" name="revision" value="\(revision ?? 0)">
            \(section(typed))\(card(typed))\(use(typed))
            <div class="field"><label for="name">名前</label>
            <input id="name" name="name" class="wide" autocomplete="off" maxlength="60" value="\(typed.name)"\(mark(refusal, "name"))></div>
            <div class="field"><label for="words">文章</label>
            <textarea id="words" name="words" rows="12"\(mark(refusal, "words"))>
            \(typed.words)</textarea></div>
            <button class="primary">保存する</button></form>\(current)\(typed.id.map(deleting))
            </div><div>\(Self.names(Placeholders.inLetters))</div></div>
            """)
    }

    private func deleting(_ id: String) -> HTML {
        """
        <details class="act"><summary>この文例を削除する</summary><form method="post" action="/desk/templates/delete">
        <p>課のだれも使えなくなります。送った文章は残ります。元には戻せません。</p><input type="hidden" name="id" value="\(id)">
        <button>削除する</button></form></details>
        """
    }

    private func section(_ typed: Typed) -> HTML {
        if let id = typed.id, templates.contains(where: { $0.id == id }) {
            return #"<input type="hidden" name="section" value="\#(typed.section)">"#
        }
        return Self.select("section", "課", sections, chosen: typed.section)
    }

    private func card(_ typed: Typed) -> HTML {
        let all = [("", "課のすべての手続き")] + cards.map { ($0.id, $0.name) }
        return Self.select("card", "手続き", all, chosen: typed.card)
    }

    private func use(_ typed: Typed) -> HTML {
        Self.select(
            "use", "使うところ", MessageTemplate.Use.allCases.map { ($0.rawValue, $0.name) }, chosen: typed.use.rawValue)
    }

    private static func select(_ id: String, _ label: String, _ all: [(String, String)], chosen: String) -> HTML {
        let options: [HTML] = all.map { value, name in
            let mark = Attributes().with("selected", when: value == chosen)
            return #"<option value="\#(value)"\#(mark)>\#(name)</option>"#
        }
        return """
            <div class="field"><label for="\(id)">\(label)</label><select id="\(id)" name="\(id)">\(options)</select></div>
            """
    }

    private func mark(_ refusal: TemplateRefusal?, _ control: String) -> Attributes {
        Attributes().with("aria-invalid", ifPresent: refusal?.control == control ? "true" : nil)
    }

    private func status(_ refusal: TemplateRefusal?) -> Int {
        guard let refusal else { return 200 }
        return refusal.kind.isInvalid ? 422 : 409
    }

    /// The names that may stand in braces, with what each is.
    static func names(_ names: [(name: String, meaning: String)]) -> HTML {
        let rows: [HTML] = names.map { "<tr><th scope=\"row\">{\($0.name)}</th><td>\($0.meaning)</td></tr>" }
        return """
            <h2>使える差し込み</h2>
            <div class="scroll" role="region" aria-label="使える差し込みの表" tabindex="0"><table><tbody>\(rows)</tbody></table></div>
            """
    }
}
