import Core
import Database
import Japanese
import Platform
import Register
import TestKit
import Testing

@Suite("見本の町の台帳")
struct SampleCardTests {
    private static let rates = "facts/governance/tochigi_25_procedures_online_rate_2024.csv"

    @Test("60枚以上あり、国の27手続がそろい、知らないことは書いていない")
    func shelf() throws {
        let folder = try TestTown.folder()
        #expect(folder.cards.count >= 60)
        let national = folder.cards.flatMap { $0.references ?? [] }.filter { $0.scheme == .national }.compactMap {
            Int($0.id)
        }
        #expect(national.sorted() == Array(1...27))
        for card in folder.cards where card.kind == .process {
            #expect(card.events.isEmpty && card.channels == nil && card.guide == nil, "\(card.id)")
        }
        for card in folder.cards where !card.isSample {
            // A number of cases, days or a fee was told by nobody.
            #expect(card.yearlyCount == nil && card.processingDays == nil && card.guide?.fee == nil, "\(card.id)")
        }
    }

    @Test("オンライン率は、公表された値と同じ。0は0、空欄は何も言わない", .enabled(if: Shared.has(rates), "the published rates are not there"))
    func baseline() async throws {
        let rows = try Shared.rows(Self.rates)
        let published = Dictionary(
            rows.compactMap { row in row["procedure"].map { ($0, row["上三川町"] ?? "") } }, uniquingKeysWith: { $1 })
        let folder = try TestTown.folder()
        try await TestTown.run { town in
            var told: Set<String> = []
            for card in folder.cards {
                let name = card.references?.first { $0.scheme == .dashboard }?.id
                let facts = try await town.platform.database.read { try CardFact.list(of: card.id, in: $0) }
                let rates = facts.filter { $0.item == .m1 }
                let value = try name.map { try #require(published[$0], "\(card.id): \($0)") } ?? ""
                let number = Double(value.filter { $0 != "%" })
                #expect(rates.map(\.finding) == (number.map { [.number($0)] } ?? []), "\(card.id): \(value)")
                for rate in rates {
                    #expect(rate.fiscalYear?.year == 2022 && rate.asOf.iso == "2024-07-12")
                    #expect(rate.source.contains("自治体DXの取組に関するダッシュボード"))
                }
                if number != nil, let name { told.insert(name) }
            }
            #expect(told == Set(published.filter { !$0.value.isEmpty }.keys))
        }
    }
}
