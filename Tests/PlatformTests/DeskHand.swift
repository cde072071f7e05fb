import Applications
import Core
import Database
import Platform
import TestKit

/// What an officer does on the page of an application.
extension Visitor {
    /// Presses a button of the page as it is now, with what is typed besides.
    func press(_ verb: String, of id: String, _ typed: [String: String] = [:]) async throws -> Reply {
        try await press(verb, on: get("/desk/cases/\(id)"), of: id, typed)
    }

    /// Presses a button of a page that was opened before.
    func press(_ verb: String, on page: Reply, of id: String, _ typed: [String: String] = [:]) async throws -> Reply {
        let action = "/desk/cases/\(id)/\(verb)"
        let own = Dictionary(FilledForm.pairs(page.body, action: action)) { first, _ in first }
        return try await post(action, own.merging(typed) { $1 })
    }
}

extension Visitor {
    /// Corrects a question of an application that was returned, and sends it again.
    func correct(_ page: String, of id: String, as walk: Walk) async throws -> Reply {
        let form = try await get("/applications/\(id)/\(page)")
        let typed = walk.typed.filter { form.body.contains("name=\"\($0.key)\"") }
        _ = try await post("/applications/\(id)/\(page)?from=check", typed)
        return try await submit(get("/applications/\(id)/check"))
    }
}

extension TestTown {
    /// An application that somebody sent.
    func sent(_ walk: Walk) async throws -> (visitor: Visitor, id: String) {
        let visitor = visitor()
        let receipt = try await visitor.submit(visitor.fillIn(walk))
        return (visitor, String(receipt.path.split(separator: "/")[1]))
    }

    func status(_ id: String) async throws -> Case.Status {
        try await platform.applications.status(of: .init(id) ?? .init())
    }

    /// How many events of a kind an application has.
    func count(_ kind: String, of id: String) async throws -> Int {
        try await platform.database.read { try $0.events(of: id).filter { $0.event.kind == kind }.count }
    }
}

extension Walk {
    /// The same with other answers.
    func with(_ answers: [String: String]) -> Walk { Walk(card, typed.merging(answers) { $1 }) }
}
