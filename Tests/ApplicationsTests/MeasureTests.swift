import Applications
import Core
import Database
import Japanese
import Platform
import Register
import TestKit
import Testing

@Suite("実績の集計")
struct MeasureTests {
    /// Everything that is counted, in words.
    private func counted(_ town: TestTown) async throws -> [String] {
        try await town.platform.database.read { transaction in
            let tables: [SQL] = [
                """
                SELECT 'month ' || month || card || channel || ' ' || begun || ' ' || sent || ' ' || with_papers || ' '
                    || returned || ' ' || decided || ' ' || approved || ' ' || withdrawn AS line FROM measure_month
                WHERE begun <> 0 OR sent + with_papers + returned + decided + approved + withdrawn > 0
                """,
                "SELECT 'days ' || month || card || channel || ' ' || days || ' ' || decided AS line FROM measure_days",
                "SELECT 'stop ' || month || card || page || ' ' || drafts AS line FROM measure_stop",
            ]
            return try tables.flatMap { try transaction.rows($0).map { try $0["line"] as String } }.sorted()
        }
    }

    @Test("申請と同時に数えたものは、できごとから数え直したものと同じ", arguments: [1, 2] as [UInt64])
    func rebuilt(_ seed: UInt64) async throws {
        try await TestTown.run { town in
            var random = SeededRandom(seed: seed)
            let applications = town.platform.applications
            let forms = try TestTown.folder().forms.map(\.form)
            let files = ["見本.pdf": try Spool()]
            try files["見本.pdf"]?.append("%PDF-1.4 sample".utf8)
            try await byPeople(town)
            for number in 0..<60 {
                let channel = random.element(of: Channel.allCases)
                let published = random.element(of: forms)
                let typed = RandomAnswers.typed(
                    published.asked(through: channel), on: town.clock.now.day, using: &random)
                let id = try? await applications.apply(
                    card: published.card, through: channel, typed: typed, files: files,
                    by: Applicant(session: "measure \(number)"), language: .ja, at: town.clock.now)
                town.clock.advance(seconds: Int.random(in: 0..<200_000, using: &random))
                if let id { try await decide(id, town, &random) }
            }
            town.clock.advance(seconds: 100 * 24 * 3600)
            try await applications.deleteExpiredDrafts(at: town.clock.now)
            let before = try await counted(town)
            #expect(before.contains { $0.hasPrefix("days") } && before.contains { $0.hasPrefix("stop") })
            try await applications.rebuildMeasures(at: town.clock.now)
            #expect(try await counted(town) == before)
        }
    }

    /// What officers do with an application, by chance.
    private func decide(_ id: Case.ID, _ town: TestTown, _ random: inout SeededRandom) async throws {
        let applications = town.platform.applications
        let item = try await applications.openCase(id).item
        let officer = Officer(
            id: ID(), name: "決", memberships: [Membership(section: item.section, role: .decider)])
        let actions: [Applications.DeskAction] = random.element(of: [
            [], [.receive], [.receive, .review], [.receive, .approve(words: "")], [.receive, .reject(reason: "理由")],
            [.receive, .returnForCorrection(reason: "直してください", pins: [])],
            [.receive, .review, .returnForCorrection(reason: "直してください", pins: [])],
        ])
        for action in actions {
            do {
                try await applications.act(
                    action, on: id, seen: try await applications.status(of: id), once: ID<Int>().text, by: officer,
                    at: town.clock.now)
            } catch is CaseRefusal {
                // Chance asked for what the rules do not allow here.
                return
            }
            town.clock.advance(seconds: Int.random(in: 0..<400_000, using: &random))
        }
    }

    /// A draft that is brought to the counter, one that is withdrawn, and two that nobody comes back to.
    private func byPeople(_ town: TestTown) async throws {
        let brought = try await town.visitor().fillIn(.dog)
        let id = try #require(Case.ID(String(brought.path.split(separator: "/")[1])))
        let code = try await town.platform.applications.openCase(id).code
        let clerk = try await town.officer("kankyo")
        _ = try await clerk.post("/desk/counter/code", ["code": code])
        let resident = town.visitor()
        let receipt = try await resident.submit(resident.fillIn(.water))
        let sent = String(receipt.path.split(separator: "/")[1])
        _ = try await resident.post("/applications/\(sent)/withdraw", ["sure": "yes", "words": ""])
        _ = try await town.visitor().arrive(at: "dog", in: .dog)
        _ = try await town.visitor().post("/procedures/dog-registration/apply")
    }

    @Test("どの質問でやめたか、どれだけかかったかが分かる")
    func told() async throws {
        try await TestTown.run { town in
            let numbers = town.platform.applications.caseNumbers
            _ = try await town.visitor().arrive(at: "dog", in: .dog)
            _ = try await town.visitor().post("/procedures/dog-registration/apply")
            let resident = town.visitor()
            let receipt = try await resident.submit(resident.fillIn(.dog))
            let id = try #require(Case.ID(String(receipt.path.split(separator: "/")[1])))
            let officer = Officer(
                id: ID(), name: "決", memberships: [Membership(section: "environment", role: .decider)])
            // Tuesday 24 November to Monday 30 November 2026: four working days.
            town.clock.advance(seconds: 6 * 24 * 3600)
            for action in [Applications.DeskAction.receive, .approve(words: "")] {
                try await town.platform.applications.act(
                    action, on: id, seen: try await town.platform.applications.status(of: id), once: ID<Int>().text,
                    by: officer, at: town.clock.now)
            }
            town.clock.advance(seconds: 3 * 24 * 3600)
            let now = town.clock.now
            let year = FiscalYear(2026)
            let (stops, days, months) = try await town.platform.database.read { transaction in
                (
                    try numbers.stops("dog-registration", year.firstMonth...year.lastMonth, now, transaction),
                    try numbers.days("dog-registration", year.firstMonth...year.lastMonth, transaction),
                    try numbers.byMonth(nil, year.firstMonth...year.lastMonth, transaction)
                )
            }
            #expect(stops.map { $0.question?[.ja] } == [nil, "犬について教えてください"], "\(stops)")
            #expect(days.map(\.days) == [4] && days.map(\.count) == [1])
            #expect(months.map(\.tally.begun) == [3] && months.map(\.tally.sent) == [1])
            #expect(months.map(\.tally.approved) == [1] && months.map(\.mouth) == [.online])
        }
    }
}
