import Core
import HTML
import Japanese
import Web

/// 一つの手続きの回答: each question with what is known, from where, and what was answered the year before.
struct InventoryCardPages {
    let officer: Officer
    let survey: Survey
    let line: Inventory.Line
    let isClosed: Bool
    /// What was answered the year before; nil where nothing is kept of it.
    let before: Inventory.Line?
    let names: [String: String]
    /// The newest answer of a person that the page shows.
    let seen: String

    func page(typed: Posted?, faults: [CardFault], isOvertaken: Bool, saved: Bool) -> Page {
        let mayEdit = CardEditor.officer(officer).may(edit: line.card) && !isClosed
        let blocks: [HTML] = survey.questions.enumerated().map { block($1, $0, typed, faults, mayEdit: mayEdit) }
        let place = Link("/desk/inventory/cards").below(line.card.id).asking([("year", String(survey.year))])
        let isFailed = !faults.isEmpty || isOvertaken
        let problems: HTML =
            isOvertaken
            ? ProblemSummary("保存できませんでした", [(nil, "開いている間に、ほかの職員が回答しました。いまの回答は各項目にあります。確かめて、もう一度保存してください。")]).html
            : CellProblems.summary(faults, among: Set(faults.compactMap(\.key)))
        return Page(
            (isFailed ? "エラー: " : "") + "棚卸調査: \(line.card.name[.ja])", zone: .desk(officer),
            status: isOvertaken ? 409 : isFailed ? 422 : 200,
            """
            <p class="way"><a href="\(.inventory(survey.year))">国の棚卸調査 \(survey.name)</a></p>
            \(problems)\(saved ? #"<p class="notice" role="status">保存しました。</p>"# as HTML : .empty)
            <h1>\(line.card.name[.ja]) <small>棚卸調査 \(survey.name)</small></h1>
            <p><a href="\(.card(line.card.id))">台帳のカード</a></p>
            <p>根拠から答えられる項目は、空欄のままでかまいません。書くと、書いた答えが使われます。</p>
            <form method="post" action="\(place)"><input type="hidden" name="seen" value="\(seen)">
            \(blocks)\(mayEdit ? #"<button class="primary">保存する</button>"# as HTML : .empty)</form>
            """)
    }

    private func block(_ question: Question, _ index: Int, _ typed: Posted?, _ faults: [CardFault], mayEdit: Bool)
        -> HTML
    {
        let key = "q\(index)"
        let cell = line.cells[question.name]
        let value = typed.map { $0.all(key).joined(separator: Cell.separator) } ?? cell?.written?.answer ?? ""
        let now: HTML =
            cell?.value.map { "<b class=\"kept\">\($0)</b>" } ?? #"<span class="tag attention">不明</span>"#
        var notes: [HTML] = []
        if let known = cell?.known {
            notes.append(known.value == cell?.value ? "根拠: \(known.from)" : "根拠からは: \(known.value)（\(known.from)）")
        }
        if let written = cell?.written, written.answer != nil {
            let from = written.evidence.map { "締切り時の根拠: \($0)" }
            notes.append("\(from ?? "回答: \(CardPages.who(written.actor, names))") \(written.at.day.iso)")
        }
        if let last = before?.value(question.name) { notes.append("前の年度の回答: \(last)") }
        let lines: [HTML] = notes.map { "<br><small>\($0)</small>" }
        let control: HTML =
            mayEdit
            ? CellView(
                id: key, label: "答え", entry: entry(question), hint: "", value: value,
                fault: faults.first { $0.key == key }?.words
            ).html : .empty
        let code: HTML? =
            mayEdit
            ? "<details\(Attributes().with("open", when: cell?.value == nil || faults.contains { $0.key == key }))><summary>答えを書く<span class=\"unseen\">（\(question.name)）</span></summary>\(control)</details>"
            : nil
        return """
            <fieldset class="question"><legend>\(index + 1). \(question.name)</legend><p>\(now)\(lines)</p>\(code)</fieldset>
            """
    }

    private func entry(_ question: Question) -> Cell.Entry {
        switch question.kind {
        case .words: .line
        case .count: .number(unit: "件")
        case .one(let codes): .choice(Self.options(codes))
        case .several(let codes): .several(Self.options(codes))
        }
    }

    /// The place in the list names a control; the words are what is sent.
    private static func options(_ codes: [String]) -> [Cell.Option] {
        codes.enumerated().map { Cell.Option("\($0 + 1)", $1) }
    }
}
