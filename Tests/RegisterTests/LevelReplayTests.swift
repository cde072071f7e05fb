import Core
import Database
import FoundationEssentials
import Japanese
import Platform
import Register
import TestKit
import Testing

@Suite("段階の記録")
struct LevelReplayTests {
    @Test("記録した段階は、そのとき知られていたことから計算し直したものと、いつも同じ", arguments: [1, 2, 3] as [UInt64])
    func replay(_ seed: UInt64) async throws {
        try await TestTown.run { town in
            var random = SeededRandom(seed: seed)
            let register = town.platform.register
            let cards = ["dog-registration", "marrow-donor", "moving-out", "child-allowance"]
            for round in 0..<25 {
                for _ in 0..<Int.random(in: 0...12, using: &random) {
                    let fact = try #require(randomFact(of: random.element(of: cards), town.clock.now, &random))
                    try await town.platform.database.write { try fact.save(by: .system, in: $0) }
                }
                if round % 5 == 1 { try await change(random.element(of: cards), town, &random) }
                if round % 6 == 2 { try await except(random.element(of: cards), town, &random) }
                if round < 3 {
                    let resident = town.visitor()
                    _ = try await resident.submit(resident.fillIn(.dog))
                }
                _ = try await register.recordLevels(by: .system, at: town.clock.now)
                town.clock.advance(seconds: Int.random(in: 1...60, using: &random) * 24 * 3600)
            }
            // What becomes known later changes nothing that was recorded before.
            for card in cards {
                let pairs = try await town.platform.database.read { try register.replay(card, in: $0) }
                #expect(pairs.count > 3)
                for (kept, again) in pairs { #expect(kept == again) }
            }
            let all = try await town.platform.database.read { transaction in
                try cards.flatMap { try register.replay($0, in: transaction).map(\.kept.computed) }
            }
            #expect(Set(all).count > 2)
        }
    }

    private func randomFact(of card: String, _ now: Moment, _ random: inout SeededRandom) -> CardFact? {
        let item = random.element(of: CardFact.Item.evidence + CardFact.Item.measures + [.bundled, .residents])
        let asOf = now.day.adding(days: -Int.random(in: 0...500, using: &random))
        let finding: CardFact.Finding =
            item.isNumber
            ? .number(Double(Int.random(in: 0...100, using: &random)))
            : random.element(of: [.yes, .yes, .yes, .yes, .no, .unknown, .notApplicable])
        return CardFact(
            card: card, item: item, finding: finding,
            fiscalYear: item.isNumber ? FiscalYear(Int.random(in: 2023...2027, using: &random)) : nil,
            source: "調査 n=40",
            asOf: asOf, exemption: finding == .notApplicable ? .init(clause: "第3条", reason: "対面が必要") : nil,
            by: .system, at: now)
    }

    /// Somebody edits the card.
    private func change(_ card: String, _ town: TestTown, _ random: inout SeededRandom) async throws {
        let now = town.clock.now
        let count = Int.random(in: 0...30, using: &random)
        try await town.platform.database.write { transaction in
            let before = try #require(try Card.find(card, in: transaction))
            let document = String(decoding: try JSONEncoder().encode(before), as: UTF8.self)
                .replacing(/,?"yearly_count":\{[^}]*\}/, with: "")
            let changed =
                "{\"yearly_count\":{\"count\":\(count),\"fiscal_year\":2026,\"source\":\"調査\"}," + document.dropFirst()
            try JSONDecoder().decode(
                Card.self, from: Data(changed.replacing("{,", with: "{").replacing(",,", with: ",").utf8)
            )
            .save(by: .system, at: now, in: transaction)
        }
    }

    private func except(_ card: String, _ town: TestTown, _ random: inout SeededRandom) async throws {
        let now = town.clock.now
        let secretary = Officer(
            id: ID(), name: "室", memberships: [Membership(section: "digital", role: .secretariat)])
        let level = Level(rawValue: Int.random(in: 0...5, using: &random)) ?? .analog
        try await town.platform.register.decide(
            LevelException(
                card: card, level: level, body: "DX推進委員会", reference: "第1号", decidedOn: now.day,
                until: now.day.adding(days: Int.random(in: 0...90, using: &random)), reason: "切替え",
                by: .officer(secretary.id), at: now),
            by: secretary, at: now)
    }

    @Test("変わらなければ記録は増えない。毎日の仕事が計算し、次の日も続く")
    func daily() async throws {
        try await TestTown.run { town in
            try await town.workOff()
            let first = try await records("dog-registration", town)
            #expect(first.map(\.record.level) == [.digital])
            town.clock.advance(seconds: 26 * 3600)
            try await town.workOff()
            #expect(try await records("dog-registration", town).count == 1)
            let now = town.clock.now
            try await town.platform.database.write { transaction in
                try CardFact(
                    card: "dog-registration", item: .e7, finding: .yes, fiscalYear: nil, source: "聞き取り", asOf: now.day,
                    exemption: nil, by: .system, at: now
                ).save(by: .system, in: transaction)
            }
            town.clock.advance(seconds: 26 * 3600)
            try await town.workOff()
            let after = try await records("dog-registration", town)
            #expect(after.map(\.record.level) == [.digital, .begunProcess])
        }
    }

    private func records(_ card: String, _ town: TestTown) async throws -> [(kept: LevelRecord, record: LevelRecord)] {
        let register = town.platform.register
        return try await town.platform.database.read { try register.replay(card, in: $0).map { ($0.kept, $0.kept) } }
    }
}
