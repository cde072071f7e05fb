import Applications
import Core
import Database
import Identity
import Logging
import Platform
import TestKit
import Testing
import Trail

@Suite("同じ申請を、何人もの職員が同時に扱う")
struct ManyOfficersTests {
    /// What somebody tries, whatever somebody else does at the same time.
    private static let actions: [Applications.DeskAction] = [
        .receive, .review, .approve(words: ""), .reject(reason: "要件に当たらないため"),
        .returnForCorrection(reason: "番号をお確かめください", pins: []), .issue(.counter, words: ""), .complete,
        .reopen(reason: "もう一度確かめるため"),
    ]

    /// The status that each event leads to.
    private static let statuses: [String: Case.Status] = [
        "case.submitted": .submitted, "case.received": .received, "case.reviewed": .reviewing,
        "case.returned": .returned,
        "case.approved": .approved, "case.rejected": .rejected, "case.issued": .issued, "case.completed": .completed,
        "case.reconsidered": .reviewing,
    ]

    @Test("十六人が重なり合う申請を二つのプログラムから扱っても、だれかが順に行ったときと同じになる")
    func overlapping() async throws {
        try await TestTown.run { town in
            var ids: [Case.ID] = []
            for number in 0..<5 {
                let visitor = Visitor(address: town.address, client: "10.0.0.\(number)")
                let receipt = try await visitor.submit(visitor.fillIn(.dog))
                ids.append(try #require(Case.ID(String(receipt.path.split(separator: "/")[1]))))
            }
            let other = try await Platform(
                town.platform.settings, migrating: false, now: { town.clock.now }, logger: Logger(label: "test"))
            let officer = try #require(
                try await town.platform.database.read { try Staff.byLogin(in: $0)["kankyo-kacho"] })
            let (cases, programs) = (ids, [town.platform, other])
            let done = try await withThrowingTaskGroup(of: [(Case.ID, Case.Status)].self) { group in
                for person in 0..<16 {
                    group.addTask {
                        try await Self.work(
                            as: officer, on: cases, at: town.clock.now, seed: UInt64(person),
                            programs[person % 2].applications)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(done.count > 20)
            for id in ids {
                // The model: one event after the other, each from where the one before led.
                let events = try await town.platform.database.read { try $0.events(of: id.text) }
                var status = Case.Status.draft
                for event in events {
                    guard let next = Self.statuses[event.event.kind] else { continue }
                    #expect(status.next.contains(next), "\(status) -> \(next)")
                    status = next
                }
                #expect(try await other.applications.status(of: id) == status)
                // Whoever was told that it worked is in there, once.
                let kept = events.compactMap { Self.statuses[$0.event.kind] }.filter { $0 != .submitted }
                let told = done.filter { $0.0 == id }.map(\.1)
                #expect(kept.map(\.rawValue).sorted() == told.map(\.rawValue).sorted())
            }
            #expect(try await town.platform.applications.countsAgain(at: town.clock.now))
            try await town.workOff()
            #expect(try await EventLog.verify(town.platform.trail, in: town.platform.database).faults == [])
            await other.close()
        }
    }

    /// Tries one thing after the other. Gives what worked; that somebody was quicker is no error.
    private static func work(
        as officer: Officer, on cases: [Case.ID], at moment: Moment, seed: UInt64, _ applications: Applications
    ) async throws -> [(Case.ID, Case.Status)] {
        var random = SeededRandom(seed: seed)
        var done: [(Case.ID, Case.Status)] = []
        for _ in 0..<14 {
            guard let id = cases.randomElement(using: &random), let action = actions.randomElement(using: &random)
            else {
                continue
            }
            do {
                let seen = try await applications.status(of: id)
                try await applications.act(action, on: id, seen: seen, once: ID<Int>().text, by: officer, at: moment)
                done.append((id, action.status))
            } catch is CaseRefusal {
                continue
            }
        }
        return done
    }
}
