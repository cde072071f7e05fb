package import Core
import Database
import Web

extension Applications {
    /// A whole application at once, from what is typed into its controls: page by page as a person would.
    ///
    /// Throws ``Unfit`` if something typed is not accepted.
    package func apply(
        card: String, typed: [String: [String]], session: String, language: Language, at moment: Moment
    ) async throws -> Case.ID {
        let item = try await begin(card: card, session: session, language: language, at: moment)
        var open = try await openCase(item.id, session: session)
        var page = try open.journey.pages.first
        while let current = page {
            guard !current.isExit else { throw Unfit(page: current.id, words: current.question[.ja]) }
            let answers = try answers(to: current, typed, in: open.journey, at: moment)
            open = try await save(item.id, session: session, at: moment) { $0.merge(answers) { $1 } }
            page = try open.journey.page(after: current.id)
        }
        return try await submit(
            item.id, submission: ID<Case>().text, revision: open.item.revision, session: session,
            language: language, at: moment
        ).id
    }

    /// The answers to a page. What is typed into the second row of `children` stands under `children.2/`.
    private func answers(
        to page: Form.Page, _ typed: [String: [String]], in journey: Journey, at moment: Moment
    ) throws -> Answers {
        guard let (field, group) = page.group else { return try reading(page, typed, at: moment) }
        var answers: Answers = [:]
        try answers.changeRows(of: field.id) { rows in
            while rows.count < group.maximum {
                let head = "\(field.id).\(rows.count + 1)/"
                let inside = typed.filter { $0.key.hasPrefix(head) }
                guard !inside.isEmpty else { break }
                let pairs = inside.map { (String($0.key.dropFirst(head.count)), $0.value) }
                let rowTyped = Dictionary(pairs) { $1 }
                var row = FormRow(id: FormRow.newID(), answers: [:])
                while let question = journey.way(in: row, of: group).firstOpen {
                    row.answers.merge(try reading(question, rowTyped, at: moment)) { $1 }
                    guard journey.way(in: row, of: group).firstOpen?.id != question.id else {
                        throw Unfit(page: question.id, words: question.question[.ja])
                    }
                }
                for question in journey.way(in: row, of: group).pages {
                    row.answers.merge(try reading(question, rowTyped, at: moment)) { $1 }
                }
                rows.append(row)
            }
        }
        return answers
    }

    private func reading(_ page: Form.Page, _ typed: [String: [String]], at moment: Moment) throws -> Answers {
        let posted = Posted(typed.flatMap { control, values in values.map { (control, $0) } })
        let reading = read(page, posted, at: moment)
        if let problem = reading.problems.first { throw Unfit(page: page.id, words: problem.words[.ja]) }
        return reading.answers
    }

    /// Something that was typed and is not accepted.
    package struct Unfit: Error, CustomStringConvertible {
        package let page: String
        package let words: String
        package var description: String { "\(page): \(words)" }
    }

    /// The status an application is in.
    package func status(of id: Case.ID) async throws -> Case.Status {
        try await database.read { try Case.require(id, in: $0).item.status }
    }
}
