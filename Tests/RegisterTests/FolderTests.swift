import Core
import Database
import FoundationEssentials
import Japanese
import Platform
import Register
import TestKit
import Testing

@Suite("町のフォルダーと台帳")
struct FolderTests {
    /// Says a card's summary and basis as another folder does.
    private func folderSays(_ summary: String, _ basis: String, in town: TestTown) async throws -> Card.FolderOutcome {
        let card = try #require(try TestTown.folder().cards.first { $0.id == "dog-registration" })
        let now = town.clock.now
        let other = try Card.changed(card, summary: summary, basis: basis)
        return try await town.platform.database.write { try other.install(at: now, in: $0) }
    }

    private func card(in town: TestTown) async throws -> Card? {
        try await town.platform.database.read { try Card.find("dog-registration", in: $0) }
    }

    @Test("職員が変えたところは、フォルダーで上書きされない。ほかのところの変更は取り込まれ、残ったものは知らせる")
    func kept() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            var form = try await clerk.get("/desk/cards/dog-registration/edit?part=base").fields
            form["summary.ja"] = "職員の概要"
            _ = try await clerk.post("/desk/cards/dog-registration/edit?part=base", form)
            #expect(try await folderSays("フォルダーの概要", "新しい根拠", in: town) == .kept(["summary"]))
            let card = try await card(in: town)
            #expect(card?.summary[.ja] == "職員の概要" && card?.legalBasis == "新しい根拠")
            // Told again until both say the same.
            #expect(try await folderSays("フォルダーの概要", "新しい根拠", in: town) == .kept(["summary"]))
            #expect(try await self.card(in: town)?.legalBasis == "新しい根拠")
        }
    }

    @Test("だれも変えていなければ、フォルダーの変更が取り込まれ、さがす言葉もついてくる")
    func taken() async throws {
        try await TestTown.run { town in
            #expect(try await folderSays("わんちゃんの届け", "根拠", in: town) == .taken)
            #expect(try await folderSays("わんちゃんの届け", "根拠", in: town) == .same)
            let found = try await town.visitor().get("/procedures?q=" + Visitor.encoded("わんちゃん")).text
            #expect(found.contains("犬の登録"))
        }
    }

    @Test("職員が記録した事実は、フォルダーの古い事実に負けない")
    func facts() async throws {
        try await TestTown.run { town in
            let now = town.clock.now
            let day = try #require(Day(iso: "2026-04-01"))
            @Sendable func fact() -> CardFact {
                CardFact(
                    card: "dog-registration", item: .e5, finding: .no, fiscalYear: nil, source: "フォルダー", asOf: day,
                    exemption: nil, by: .system, at: now)
            }
            try await town.platform.database.write { try fact().install(in: $0) }
            let clerk = try await town.officer("kankyo")
            _ = try await clerk.post(
                "/desk/cards/dog-registration/facts/E5", ["finding": "yes", "source": "確かめた", "as_of": "2026-11-20"])
            try await town.platform.database.write { transaction in
                try fact().install(in: transaction)
                transaction.keepHouse("nothing new")
            }
            let facts = try await town.platform.database.read {
                CardFacts(try CardFact.list(of: "dog-registration", in: $0))
            }
            #expect(facts.newest(.e5)?.finding == .yes)
        }
    }
}

extension Card {
    /// The card as another folder would say it.
    fileprivate static func changed(_ card: Card, summary: String, basis: String) throws -> Card {
        let document = String(decoding: try JSONEncoder().encode(card), as: UTF8.self)
        let (old, law) = (card.summary[.ja], try #require(card.legalBasis))
        return try JSONDecoder().decode(
            Card.self, from: Data(document.replacing(old, with: summary).replacing(law, with: basis).utf8))
    }
}
