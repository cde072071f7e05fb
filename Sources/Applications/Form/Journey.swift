import Core
package import Japanese

/// The way through a form that somebody's answers lead.
package struct Journey: Sendable {
    package let form: Form
    /// Everything that was answered, on the way or not.
    package let answers: Answers
    /// The day on which ages are reckoned.
    package let today: Day
    private let way: Way

    package init(_ form: Form, _ answers: Answers, on today: Day) {
        (self.form, self.answers, self.today) = (form, answers, today)
        way = Way(form.pages, answers, outer: [:], today: today)
    }

    /// The pages that are asked, in order; ends at an exit.
    package var pages: [Form.Page] { way.pages }

    /// The answers that count: those to pages on the way, and the values computed from them.
    package var counted: Answers { way.counted }

    /// The first page that still needs an answer or cannot be passed; nil if everything is there.
    package var firstOpen: Form.Page? { pages.first { !isDone($0) } }

    /// True if every field of the page that has to be answered is.
    package func isDone(_ page: Form.Page) -> Bool { way.isDone(page) }

    /// Where somebody goes on who comes back: the page after the last one that was answered, or an earlier one that still
    /// needs an answer; nil for the check page.
    package var resumePage: Form.Page? {
        let answered = pages.lastIndex { $0.fields.contains { answers[$0.id] != nil } }.map { $0 + 1 } ?? 0
        let open = pages.firstIndex { !isDone($0) } ?? pages.count
        let next = min(answered, open)
        return next < pages.count ? pages[next] : nil
    }

    /// The page after this one; nil after the last.
    package func page(after id: String) -> Form.Page? { way.page(after: id) }

    /// The page before this one; nil before the first.
    package func page(before id: String) -> Form.Page? { way.page(before: id) }

    /// The way through the pages of one row of a group.
    func way(in row: FormRow, of group: Field.Rows) -> Way {
        Way(group.pages, row.answers, outer: counted, today: today)
    }

    /// What conditions, formulas and fees look at once everything is answered.
    package var scope: Scope { Scope(counted, today: today) }

    /// 手数料の計算, or nil where there is no fee.
    package var fee: Fee.Working? { form.fee?.working(in: scope) }

    /// The day a paper arrived; nil for what was not sent on paper.
    package var arrivedOn: Day? {
        if case .date(let day) = counted[Preface.arrivedField]?.value { day } else { nil }
    }

    /// The applicant's mail address, if the form asks for one and it was given.
    var applicantMail: String? {
        let field = form.pages.flatMap(\.fields).first { $0.fact?.person == .applicant && $0.fact?.thing == .mail }
        if case .text(let address)? = field.flatMap({ counted[$0.id] })?.value { return address }
        return nil
    }

    /// 申請者の氏名, once it is known.
    package var applicantName: PersonName? {
        if case .name(let name) = form.applicant.flatMap({ counted[$0] })?.value { name } else { nil }
    }
}

/// A way through pages: those of a form, or those of a row.
struct Way: Sendable {
    /// The pages that are asked, in order; ends at an exit.
    let pages: [Form.Page]
    /// The answers that count. A page that is not asked any more does not lead to others either.
    let counted: Answers
    private let outer: Answers
    private let today: Day

    init(_ all: [Form.Page], _ answers: Answers, outer: Answers, today: Day) {
        var (pages, counted): ([Form.Page], Answers) = ([], [:])
        for page in all where page.when?.holds(in: Scope(counted, outer: outer, today: today)) ?? true {
            pages.append(page)
            if page.isExit { break }
            for field in page.fields {
                counted[field.id] = Way.answer(
                    to: field, answers[field.id], in: Scope(counted, outer: outer, today: today))
            }
        }
        (self.pages, self.counted, self.outer, self.today) = (pages, counted, outer, today)
    }

    /// What counts of an answer: of rows, what counts in each; of a computed field, its value.
    private static func answer(to field: Field, _ given: GivenAnswer?, in scope: Scope) -> GivenAnswer? {
        switch (field.kind, given?.value) {
        case (.computed(let formula, _), _):
            return formula.value(in: scope).map { GivenAnswer(typed: [:], value: .number($0)) }
        case (.rows(let group), .rows(let rows)?):
            let around = scope.outer.merging(scope.answers) { $1 }
            let counted = rows.map {
                FormRow(id: $0.id, answers: Way(group.pages, $0.answers, outer: around, today: scope.today).counted)
            }
            return GivenAnswer(typed: [:], value: .rows(counted))
        default: return given
        }
    }

    func isDone(_ page: Form.Page) -> Bool { !page.isExit && page.fields.allSatisfy(isDone) }

    private func isDone(_ field: Field) -> Bool {
        guard let group = field.rows else { return !field.isAsked || !field.isRequired || counted[field.id] != nil }
        guard case .rows(let rows)? = counted[field.id]?.value else { return group.minimum == 0 }
        let around = outer.merging(counted) { $1 }
        return (group.minimum...group.maximum).contains(rows.count)
            && rows.allSatisfy { Way(group.pages, $0.answers, outer: around, today: today).firstOpen == nil }
    }

    var firstOpen: Form.Page? { pages.first { !isDone($0) } }

    func page(after id: String) -> Form.Page? { pages.drop { $0.id != id }.dropFirst().first }

    func page(before id: String) -> Form.Page? { pages.prefix { $0.id != id }.last }
}
