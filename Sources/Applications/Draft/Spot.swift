import Core
import HTML

/// Where in a form a question stands: among its pages, or in a row of a group.
struct Spot: Sendable {
    let page: Form.Page
    /// The row that the question is asked about.
    let row: Row?

    struct Row: Sendable {
        /// The page of the group.
        let page: Form.Page
        let field: Field
        let group: Field.Rows
        let row: FormRow
        let number: Int
    }

    init(_ page: Form.Page, in row: Row? = nil) { (self.page, self.row) = (page, row) }

    /// The question at an address; nil if the way does not lead there.
    init?(_ id: String, row: String? = nil, question: String? = nil, in journey: Journey) {
        guard let page = journey.pages.first(where: { $0.id == id }) else { return nil }
        guard let row, let question else {
            (self.page, self.row) = (page, nil)
            return
        }
        guard let (field, group) = page.group,
            let index = journey.answers.rows(of: field.id).firstIndex(where: { $0.id == row })
        else { return nil }
        let found = journey.answers.rows(of: field.id)[index]
        let way = journey.way(in: found, of: group)
        guard let asked = way.pages.first(where: { $0.id == question }) else { return nil }
        self.page = asked
        self.row = Row(page: page, field: field, group: group, row: found, number: index + 1)
    }

    /// What it is called where answers are listed: its field, and the row it is in.
    var name: Text {
        let label = page.fields.first?.label ?? page.question
        guard let row else { return label }
        return [row.row.title(row.number, in: row.group), label].joined("　", en: ", ")
    }

    /// Its address in an application.
    func link(_ id: Case.ID) -> Link {
        row.map { Link.question(id, $0.page.id).below($0.row.id).below(page.id) } ?? .question(id, page.id)
    }

    /// What was answered here.
    func answers(_ journey: Journey) -> Answers {
        guard let row else { return journey.counted }
        return row.row.answers.merging(journey.way(in: row.row, of: row.group).counted) { $1 }
    }

    /// The same question after answers changed; nil if the way does not lead there any more.
    func again(in journey: Journey) -> Spot? {
        Spot(row?.page.id ?? page.id, row: row?.row.id, question: row == nil ? nil : page.id, in: journey)
    }

    /// The answers beside this question in a working copy that may have changed since.
    func fresh(_ all: Answers) -> Answers {
        guard let row else { return all }
        return all.rows(of: row.field.id).first { $0.id == row.row.id }?.answers ?? [:]
    }

    /// Puts answers to this question, or to some of its fields, into the working copy.
    func save(_ answers: Answers, to fields: [Field]? = nil, into all: inout Answers) {
        let fields = fields ?? page.fields
        guard let row else { return all.replace(fields, with: answers) }
        all.changeRows(of: row.field.id) { rows in
            guard let index = rows.firstIndex(where: { $0.id == row.row.id }) else { return }
            rows[index].answers.replace(fields, with: answers)
        }
    }

    /// The question before it, or the group that its row is in; nil at the beginning.
    func before(_ journey: Journey, _ id: Case.ID) -> Link? {
        guard let row else { return journey.page(before: page.id).map { .question(id, $0.id) } }
        let group = Link.question(id, row.page.id)
        return journey.way(in: row.row, of: row.group).page(before: page.id).map {
            group.below(row.row.id).below($0.id)
        }
            ?? group
    }

    /// Where it goes on once it is answered.
    /// - Parameter fromCheck: true for somebody who came from the check page and goes back there.
    func after(_ journey: Journey, _ id: Case.ID, fromCheck: Bool) -> Link {
        if let row, let current = journey.answers.rows(of: row.field.id).first(where: { $0.id == row.row.id }) {
            let way = journey.way(in: current, of: row.group)
            let next = fromCheck ? way.firstOpen : way.page(after: page.id)
            let group = Link.question(id, row.page.id)
            if let next { return group.below(current.id).below(next.id).fromCheck(fromCheck) }
            return fromCheck ? Self.check(journey, id) : group
        }
        if fromCheck { return Self.check(journey, id) }
        return journey.page(after: page.id).map { .question(id, $0.id) } ?? .check(id)
    }

    /// The check page, or a question that needs an answer before it.
    static func check(_ journey: Journey, _ id: Case.ID) -> Link {
        journey.firstOpen.map { Link.question(id, $0.id).fromCheck(!$0.isExit) } ?? .check(id)
    }
}
