package import Core
import Database
import Japanese
import Web

extension Applications {
    /// What a page's controls brought.
    struct PageReading {
        var answers: Answers = [:]
        var typed: [String: [String]] = [:]
        var problems: [FieldReader.Problem] = []
    }

    /// Reads the controls of a page.
    func read(_ page: Form.Page, _ posted: Posted, at moment: Moment) -> PageReading {
        let reader = FieldReader(posted: posted, today: moment.day, businessDays: town.businessDays)
        var reading = PageReading()
        for field in page.fields {
            for control in field.controls { reading.typed[control] = posted.all(control) }
            switch reader.read(field) {
            case .answer(let answer): reading.answers[field.id] = answer
            case .nothing: break
            case .problems(let found): reading.problems += found
            }
        }
        return reading
    }

    /// A whole application at once, from what is typed into its controls: page by page as a person would.
    ///
    /// Throws ``Unfit`` if something typed is not accepted.
    package func apply(
        card: String, typed: [String: [String]], session: String, language: Language, at moment: Moment
    ) async throws -> Case.ID {
        let item = try await begin(card: card, session: session, language: language, at: moment)
        let posted = Posted(typed.flatMap { control, values in values.map { (control, $0) } })
        var open = try await openCase(item.id, session: session)
        var page = try open.journey.pages.first
        while let current = page {
            guard !current.isExit else { throw Unfit(page: current.id, words: current.question[.ja]) }
            let reading = read(current, posted, at: moment)
            if let problem = reading.problems.first { throw Unfit(page: current.id, words: problem.words[.ja]) }
            open = try await save(
                reading.answers, clearing: current.fields.map(\.id), of: item.id, session: session, at: moment)
            page = try open.journey.page(after: current.id)
        }
        return try await submit(
            item.id, submission: ID<Case>().text, revision: open.item.revision, session: session, at: moment
        ).id
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
