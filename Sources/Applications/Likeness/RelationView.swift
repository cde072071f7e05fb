import Core
import HTML
import Japanese
import Web

/// 重複とみられる申請 and 同じ世帯とみられる申請, beside an application.
struct RelationView {
    let desk: DeskCase
    let mayHandle: Bool

    var html: HTML { "\(duplicates)\(household)" }

    private var duplicates: HTML {
        let found = desk.relations
        guard !found.duplicates.isEmpty || !found.dismissed.isEmpty else { return .empty }
        let lines: [HTML] = found.duplicates.map { relation in
            let id = relation.item.id
            let compare = Link.desk(desk.item.id).below("compare").asking([("with", id.text)])
            let dismiss: HTML =
                mayHandle
                ? """
                <form method="post" action="\(Link.desk(desk.item.id).below("not-duplicate"))">\
                <input type="hidden" name="other" value="\(id.text)"><button class="quiet">重複ではない\
                <span class="unseen">（\(relation.item.number ?? "")）</span></button></form>
                """ : .empty
            return """
                <li>\(head(relation))<p>一致: \(relation.reasons)</p>
                <p><a class="button" href="\(compare)">並べて比べる<span class="unseen">（\(relation.item.number ?? "")）</span></a></p>\(dismiss)</li>
                """
        }
        let list: HTML? = lines.isEmpty ? nil : #"<ul class="messages">\#(lines)</ul>"#
        let letter = Link.desk(desk.item.id).asking([("for", "letter"), ("template", MessageTemplate.duplicate)])
        let guide: HTML =
            mayHandle && !lines.isEmpty ? #"<p><a href="\#(letter)#letter">重複なので、取下げを案内する</a></p>"# : .empty
        return """
            <h2 id="duplicates">重複とみられる申請</h2>\(list)\(guide)\(dismissed)
            """
    }

    private var dismissed: HTML? {
        guard !desk.relations.dismissed.isEmpty else { return nil }
        let said = desk.history.last { $0.event.kind == "duplicate.dismissed" }
        let who = said.map { "（\(desk.who($0.actor))、\($0.at.day.iso)）" } ?? ""
        let lines: [HTML] = desk.relations.dismissed.map { "<li>\(head($0))</li>" }
        return "<p>重複ではないと確かめた申請\(who)</p><ul class=\"plain\">\(lines)</ul>"
    }

    private var household: HTML {
        guard !desk.relations.household.isEmpty else { return .empty }
        let lines: [HTML] = desk.relations.household.map { "<li>\(head($0)) <small>一致: \($0.reasons)</small></li>" }
        return "<h2 id=\"household\">同じ世帯とみられる申請</h2><ul class=\"plain related\">\(lines)</ul>"
    }

    private func head(_ relation: Relation) -> HTML {
        let item = relation.item
        let name = desk.relatedNames[item.id.text] ?? ""
        return """
            <a href="\(.desk(item.id))">\(item.number ?? "申請")</a> \(name) \(DeskWords.tag(item.status)) \
            <small>\(item.submittedAt?.day.iso ?? "")</small>
            """
    }
}

/// 二つの申請を並べて比べる.
struct ComparePages {
    let officer: Officer
    let one: DeskCase
    let other: DeskCase

    func page() throws -> Page {
        let (left, right) = (try one.open.submitted.answered, try other.open.submitted.answered)
        let values = Dictionary(right.map { ($0.key, ($0.value, $0.field)) }) { first, _ in first }
        let there = Set(left.map(\.key))
        let rows: [HTML] =
            left.map { line in
                row(line.name[.ja], line.value, line.field, values[line.key]?.0 ?? nil, values[line.key]?.1)
            }
            + right.filter { !there.contains($0.key) }.map { row($0.name[.ja], nil, nil, $0.value, $0.field) }
        return Page(
            "申請を比べる", zone: .desk(officer),
            """
            <p class="way"><a href="\(.desk(one.item.id))">\(one.item.number ?? "申請")へ戻る</a></p>
            <h1>申請を比べる <small>\(one.open.form.title[.ja])</small></h1>
            <div class="scroll" role="region" aria-label="二つの申請の表" tabindex="0"><table class="beforeafter">
            <thead><tr><th scope="col">項目</th><th scope="col">\(head(one))</th><th scope="col">\(head(other))</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """)
    }

    private func head(_ desk: DeskCase) -> HTML {
        """
        <a href="\(.desk(desk.item.id))">\(desk.item.number ?? "")</a><br>\(DeskWords.tag(desk.item.status)) \
        \(desk.item.submittedAt.map { "\($0.day.iso) \($0.timeOfDay)" } ?? "")
        """
    }

    private func row(
        _ name: String, _ left: FieldValue?, _ leftField: Field?, _ right: FieldValue?, _ rightField: Field?
    ) -> HTML {
        let isSame = left == right
        let mark: HTML = isSame ? .empty : #" <span class="tag attention">違い</span>"#
        let changed = Attributes().with("class", ifPresent: isSame ? nil : "changed")
        return """
            <tr><th scope="row">\(name)\(mark)</th><td\(changed)>\(value(left, leftField, one))</td>
            <td\(changed)>\(value(right, rightField, other))</td></tr>
            """
    }

    private func value(_ value: FieldValue?, _ field: Field?, _ desk: DeskCase) -> HTML {
        guard let value, let field else { return "<small>（なし）</small>" }
        return AnswerList.value(value, field, .ja) { .desk(desk.item.id).view($0) }
    }
}
