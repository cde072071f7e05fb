import Applications
import Core
import Database
import Identity
import Platform
import TestKit
import Testing

/// What the tests of the desk do again and again.
protocol DeskSteps {}

extension DeskSteps {
    /// A dog's registration of somebody, sent. Gives its id.
    func dog(
        _ town: TestTown, _ family: String = "髙﨑", _ given: String = "花子", kana: (String, String) = ("タカサキ", "ハナコ"),
        number: Int = 0, through channel: Channel = .online
    ) async throws -> String {
        let name = [
            "owner.family": family, "owner.given": given, "owner.family_kana": kana.0, "owner.given_kana": kana.1,
        ]
        let atCounter = ["by_present": "principal", "by_identity": "photo"]
        let typed = Walk.dog.typed.merging(name) { $1 }.merging(atCounter) { $1 }.mapValues { [$0] }
        return try await town.platform.applications.apply(
            card: "dog-registration", through: channel, typed: typed, by: Applicant(session: "s\(number)"),
            language: .ja, at: town.clock.now
        ).text
    }

    /// Another officer of the environment section.
    func colleague(_ town: TestTown, _ login: String, _ name: String) async throws -> Visitor {
        try await town.platform.identity.add(
            login: login, name: name, memberships: [Membership(section: "environment", role: .clerk)],
            password: "とても長いパスワードにしました", by: .system, at: town.clock.now)
        let visitor = town.visitor()
        _ = try await visitor.post("/desk/sign-in", ["login": login, "password": "とても長いパスワードにしました"])
        return visitor
    }

    func officerID(_ town: TestTown, _ login: String) async throws -> String {
        try #require(try await town.platform.database.read { try Staff.byLogin(in: $0)[login]?.id.text })
    }

    /// The ids of the applications of a list, in their order.
    func ids(_ reply: Visitor.Reply) -> [String] {
        let body = reply.body.split(separator: "<tbody>").dropFirst().first ?? ""
        return body.split(separator: "href=\"/desk/cases/").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    /// Posts a form of a page with some of its fields filled in.
    func fill(
        _ visitor: Visitor, _ page: Visitor.Reply, _ action: String, _ fields: [(String, String)]
    ) async throws -> Visitor.Reply {
        let names = Set(fields.map(\.0))
        let own = FilledForm.pairs(page.body, action: action).filter { !names.contains($0.0) }
        return try await visitor.post(action, pairs: own + fields)
    }

    func number(_ town: TestTown, _ id: String) async throws -> String {
        try #require(
            try await town.platform.database.read {
                try $0.row("SELECT number FROM application WHERE id = \(id)")?["number"] as String?
            })
    }

    func act(
        _ town: TestTown, _ action: Applications.DeskAction, _ id: String, by login: String
    ) async throws {
        let officer = try #require(try await town.platform.database.read { try Staff.byLogin(in: $0)[login] })
        let item = try #require(Case.ID(id))
        let seen = try await town.platform.applications.status(of: item)
        try await town.platform.applications.act(
            action, on: item, seen: seen, once: ID<Case>().text, by: officer, at: town.clock.now)
    }
}
