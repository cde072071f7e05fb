/// The way through a form that somebody's answers lead.
package struct Journey: Sendable {
    package let form: Form
    package let answers: Answers

    package init(_ form: Form, _ answers: Answers) { (self.form, self.answers) = (form, answers) }

    /// The pages that are asked, in order; ends at an exit.
    package var pages: [Form.Page] {
        var pages: [Form.Page] = []
        for page in form.pages where page.when?.holds(answers) ?? true {
            pages.append(page)
            if page.isExit { break }
        }
        return pages
    }

    /// The first page that still needs an answer or cannot be passed; nil if everything is there.
    package var firstOpen: Form.Page? { pages.first { !isDone($0) } }

    /// True if every field of the page that has to be answered is.
    package func isDone(_ page: Form.Page) -> Bool {
        !page.isExit && page.fields.allSatisfy { answers[$0.id] != nil || !$0.isRequired }
    }

    /// Where somebody goes on who comes back: the page after the last one that was answered, or an earlier one that still
    /// needs an answer; nil for the check page.
    package var resumePage: Form.Page? {
        let pages = pages
        let answered = pages.lastIndex { $0.fields.contains { answers[$0.id] != nil } }.map { $0 + 1 } ?? 0
        let open = pages.firstIndex { !isDone($0) } ?? pages.count
        let next = min(answered, open)
        return next < pages.count ? pages[next] : nil
    }

    /// The page after this one; nil after the last.
    package func page(after id: String) -> Form.Page? { pages.drop { $0.id != id }.dropFirst().first }

    /// The page before this one; nil before the first.
    package func page(before id: String) -> Form.Page? { pages.prefix { $0.id != id }.last }

    /// The answers that count: those to pages on the way.
    package var counted: Answers {
        let ids = Set(pages.flatMap(\.fields).map(\.id))
        return answers.filter { ids.contains($0.key) }
    }

    /// The fields with their answers, in order. A field that was left empty has none.
    package var list: [(page: Form.Page, field: Field, answer: GivenAnswer?)] {
        pages.flatMap { page in page.fields.map { (page, $0, answers[$0.id]) } }
    }

    /// 申請者の氏名, once it is known.
    package var applicantName: PersonName? {
        if case .name(let name) = answers[form.applicant]?.value { name } else { nil }
    }
}
