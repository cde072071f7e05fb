import Core
import Database
import FoundationEssentials
import Platform
import Register
import TestKit
import Testing

@Suite("手続きの案内")
struct ProcedureTests {
    @Test("いますぐ・印刷・窓口の三つの道と、分かっていること、まだ分からないことを言う")
    func ways() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let dog = try await visitor.get("/procedures/dog-registration").text
            #expect(dog.contains("いますぐ申請する") && dog.contains("紙に印刷して出す") && dog.contains("窓口で申請する"))
            #expect(dog.contains("役場に来ていただく必要はありません") && dog.contains("出典: サンプル"))
            #expect(!dog.contains("まだここに載せていません"))
            let moving = try await visitor.get("/procedures/moving-out")
            #expect(moving.body.contains("href=\"https://myna.go.jp/\"") && !moving.body.contains("/apply\""))
            #expect(moving.text.contains("手数料・用意するものは、まだここに載せていません"))
            let library = try await visitor.get("/procedures/library-reservation").text
            #expect(library.contains("オンラインの入口は、このサイトの外にあります"))
            // Nobody knows where halls are booked: no counter is made up.
            let hall = try await visitor.get("/procedures/facility-booking").text
            #expect(hall.contains("電話で聞く") && !hall.contains("窓口で申請する"))
        }
    }

    @Test("いらなくなった書類は消して、理由と数とともに示す")
    func papers() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let procedure = try await visitor.get("/procedures/child-allowance")
            #expect(procedure.text.contains("口座が分かるものの写し") && procedure.text.contains("振込先のまちがいを防ぐため"))
            #expect(procedure.body.contains("<del>年金の加入を証明する書類</del>"))
            let all = try await visitor.get("/papers")
            let gone = all.body.ranges(of: "<del>").count
            #expect(gone >= 6 && all.text.contains("のべ\(gone)件の書類がいらなくなりました"))
            #expect(all.text.contains("令和6年3月1日から") && all.text.contains("戸籍法 第49条第3項"))
        }
    }

    private struct Catalogue: Decodable {
        let graph: [Service]
        private enum CodingKeys: String, CodingKey { case graph = "@graph" }
    }

    private struct Service: Decodable {
        let type: String
        let identifier: String
        let url: String
        let name: [Words]
        let availableChannel: [Channel]
        private enum CodingKeys: String, CodingKey { case identifier, url, name, availableChannel, type = "@type" }

        struct Words: Decodable {
            let language: String
            let value: String
            private enum CodingKeys: String, CodingKey { case language = "@language", value = "@value" }
        }

        struct Channel: Decodable { let serviceUrl: String? }
    }

    private func block(_ reply: Visitor.Reply) throws -> Service {
        let match = try #require(reply.body.firstMatch(of: /<script type="application\/ld\+json">([^<]*)<\/script>/))
        return try JSONDecoder().decode(Service.self, from: Data(match.output.1.utf8))
    }

    @Test("案内はデータとしても読める。ページの中でも、別の住所でも、全部まとめても")
    func data() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let service = try block(try await visitor.get("/procedures/dog-registration"))
            #expect(service.type == "GovernmentService" && service.identifier == "dog-registration")
            #expect(service.name.contains { $0.language == "ja" && $0.value == "犬の登録" })
            #expect(
                service.name.contains { $0.language == "pt" } && service.url.hasSuffix("/procedures/dog-registration"))
            let moving = try await visitor.get("/procedures/moving-out/service.jsonld")
            #expect(moving.headers["Content-Type"] ?? moving.headers["content-type"] == "application/ld+json")
            let other = try JSONDecoder().decode(Service.self, from: Data(moving.bytes))
            #expect(other.availableChannel.contains { $0.serviceUrl == "https://myna.go.jp/" })
            let all = try await visitor.get("/procedures.jsonld")
            let catalogue = try JSONDecoder().decode(Catalogue.self, from: Data(all.bytes))
            #expect(Set(catalogue.graph.map(\.identifier)).count > 60)
        }
    }

    @Test("悪意のある言葉は、ページでもデータでも言葉のまま")
    func hostile() async throws {
        let name = "</script><script>alert(1)</script><!-- & \u{2028} \\\" 犬"
        let written = ["ja": name, "easy": name, "en": name]
        let words = String(decoding: try JSONEncoder().encode(written), as: UTF8.self)
        let document = """
            {"id": "hostile", "section": "water", "kind": "application", "name": \(words), "summary": \(words),
             "events": ["pets"], "words": ["</script>"], "sample": false, "legal_basis": "<b>法</b>",
             "links": [{"kind": "portal", "name": "<i>x</i>", "reference": "javascript:alert(1)"}]}
            """
        let card = try JSONDecoder().decode(Card.self, from: Data(document.utf8))
        try await TestTown.run { town in
            try await town.platform.database.write { try card.save(by: .system, at: town.clock.now, in: $0) }
            let visitor = town.visitor()
            let page = try await visitor.get("/procedures/hostile")
            #expect(page.status == 200 && !page.body.contains("<script>alert") && !page.body.contains("javascript:"))
            #expect(page.body.ranges(of: "</script>").count == 2)
            #expect(try block(page).name.first?.value == name)
            for path in ["/procedures?q=alert", "/procedures", "/procedures?event=pets"] {
                let list = try await visitor.get(path)
                #expect(list.body.contains("/procedures/hostile") && !list.body.contains("<script>alert"))
            }
            let data = try await visitor.get("/procedures.jsonld").body
            #expect(!data.contains("<") && data.contains("\\u003c/script"))
        }
    }
}
