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
            item.id, submission: ID<Case>().text, revision: open.item.revision, session: session,
            language: language, at: moment
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
