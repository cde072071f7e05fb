import Core
import Database
import FoundationEssentials
import Platform
import Register
import TestKit
import Testing

@Suite("サービスカタログ")
struct CatalogueTests {
    @Test(
        "だれでも読め、項目はDS-451-4のとおり。書き出したままを取り込んでも変わらない",
        .enabled(if: Shared.has("facts/governance/gif_ds451-4_service_fields.csv")))
    func roundTrip() async throws {
        try await TestTown.run { town in
            let json = try await town.visitor().get("/opendata/services.json")
            #expect(json.status == 200 && json.headers["content-type"] == "application/json; charset=utf-8")
            let services = try JSONDecoder().decode([[String: String]].self, from: Data(json.bytes))
            let rows = try Shared.rows("facts/governance/gif_ds451-4_service_fields.csv")
            let known = Set(rows.compactMap { $0["field"] })
            let needed = rows.filter { $0["required"] == "1" }.compactMap { $0["field"] }
            let dog = try #require(services.first { $0["制度番号"] == "dog-registration" })
            #expect(Set(dog.keys).isSubset(of: known) && needed.allSatisfy { dog[$0]?.isEmpty == false })
            #expect(dog["ステージとアクション"] == "ペット" && dog["電子申請の有無"]?.contains("/procedures/dog-registration") == true)
            let report = try await town.platform.register.check(json.bytes, by: .commandLine, at: town.clock.now)
            #expect(report.findings.isEmpty && report.changes.isEmpty && report.notes.isEmpty)
            #expect(report.unchanged == services.count)
        }
    }

    @Test("知らない項目や場面は、知らせて残し、次の書出しに出る。新しいサービスはカードになる")
    func kept() async throws {
        try await TestTown.run { town in
            let json = """
                [{"制度番号": "dog-registration", "タイトル（制度名）": "犬の登録", "概要": "新しい概要", "ステージとアクション": "ペット;消費生活",
                "表示優先度": 10, "町の独自項目": "残す"},
                {"制度番号": "KT-77", "タイトル（制度名）": "生け垣の助成", "概要": "生け垣を作る方に助成します。",
                "制度所管組織": "上三川町 環境課（サンプル）", "内容": "くわしい内容", "連絡先情報": "電話"}]
                """
            let register = town.platform.register
            let report = try await register.take(Array(json.utf8), note: "", by: .commandLine, at: town.clock.now)
            #expect(report.findings.isEmpty && report.changes.map(\.card) == ["dog-registration", "kt-77"])
            #expect(report.notes.contains { $0.words.contains("町の独自項目") })
            #expect(report.notes.contains { $0.words.contains("ステージとアクション") })
            let out = try JSONDecoder().decode([[String: String]].self, from: Data(try await register.catalogue().utf8))
            let dog = try #require(out.first { $0["制度番号"] == "dog-registration" })
            #expect(dog["ステージとアクション"] == "ペット;消費生活" && dog["表示優先度"] == "10" && dog["町の独自項目"] == "残す")
            let hedge = try #require(out.first { $0["制度番号"] == "KT-77" })
            #expect(hedge["内容"] == "くわしい内容" && hedge["タイトル（制度名）"] == "生け垣の助成")
            let again = try await register.check(Array(json.utf8), by: .commandLine, at: town.clock.now)
            #expect(again.changes.isEmpty, "\(again.changes.map(\.differences))")
            let wrong = #"[{"制度番号": "x-1", "タイトル（制度名）": "どこの課か分からない", "概要": "見本"}]"#
            let refused = try await register.take(Array(wrong.utf8), note: "", by: .commandLine, at: town.clock.now)
            #expect(refused.findings.contains { $0.words.contains("課が分かりません") })
        }
    }
}
