import Core
import Database
import FoundationEssentials
import Platform
import TestKit
import Testing

@Suite("システムから取りに行く", .serialized)
struct SourceTests {
    private static let port = 18_700

    /// A town at an address that is known before it starts, so that it may ask itself.
    private func town(_ work: @escaping @Sendable (TestTown) async throws -> Void) async throws {
        try await TestTown.run(settings: { settings in
            (settings.port, settings.origin) = (Self.port, "http://127.0.0.1:\(Self.port)")
            settings.webhookLAN = ["127.0.0.1:\(Self.port)"]
        }) { try await work($0) }
    }

    private func fields(_ gateway: Gateway, _ way: String) -> [String: String] {
        let origin = gateway.town.platform.settings.origin
        return [
            "part": "persons", "way": way, "address": "\(origin)/api/gateway/001/households",
            "token": "\(origin)/api/gateway/token", "scope": "001:households:read", "user": gateway.id,
            "secret": gateway.secret, "often": "daily",
        ]
    }

    @Test("RESTなら、署名か秘密で名乗ってトークンを受け取り、CSVかJSONを次の回にして調べる", arguments: ["signed", "basic"])
    func rest(_ way: String) async throws {
        try await town { town in
            let desk = try await ExtractDesk(town)
            let gateway = try await Gateway(town, repertoire: "unicode")
            let table = "宛名番号,氏名,カナ,児童\r\n0001,見本 太郎,ミホン　タロウ,7\r\n"
            _ = try await gateway.publish(table)
            _ = try await gateway.agree()
            let place = "\(desk.place)/sources"
            let fields = fields(gateway, way)
            let elsewhere = try await desk.residents.post(
                place, fields.merging(["address": "http://169.254.169.254/latest"]) { $1 })
            #expect(elsewhere.status == 422)
            let saved = try await desk.residents.post(place, fields)
            #expect(saved.body.contains("毎日") && !saved.body.contains(gateway.secret))
            // A secret does not go to another place than the one it was typed for.
            let moved = fields.merging(["secret": "", "token": "https://example.jp/token"]) { $1 }
            #expect(try await desk.residents.post(place, moved).status == 422)
            let id = String(try #require(saved.body.firstMatch(of: /sources\/([0-9a-f-]{36})/)?.1))
            _ = try await desk.residents.post("\(place)/\(id)")
            try await town.workOff()
            let list = try await desk.residents.get(desk.place)
            #expect(list.body.contains("取りに行った"))
            let run = String(try #require(list.body.firstMatch(of: /href="(\/desk\/runs\/[^"]+)"/)?.1))
            #expect(try await desk.residents.get("\(run)/files/persons").body == table)
            #expect(try await desk.residents.get(run).body.contains("コード表にない値"))
            // The next morning it goes by itself, and plans the day after.
            town.clock.advance(seconds: 86_400)
            try await town.workOff()
            let residents = try await town.officer("jumin")
            #expect(try await residents.get(desk.place).text.contains("第2回"))
            town.clock.advance(seconds: 86_400)
            try await town.workOff()
            #expect(try await town.officer("jumin").get(desk.place).text.contains("第3回"))
        }
    }

    @Test("秘密がちがえば理由が分かり、回は作られない")
    func refused() async throws {
        try await town { town in
            let desk = try await ExtractDesk(town)
            let gateway = try await Gateway(town)
            let place = "\(desk.place)/sources"
            let saved = try await desk.residents.post(place, fields(gateway, "basic").merging(["secret": "0"]) { $1 })
            let id = String(try #require(saved.body.firstMatch(of: /sources\/([0-9a-f-]{36})/)?.1))
            _ = try await desk.residents.post("\(place)/\(id)")
            try await town.workOff()
            #expect(try await desk.residents.get(place).text.contains("トークンの受け取りで、401 が返りました"))
            #expect(try await !desk.residents.get(desk.place).text.contains("第1回"))
            #expect(try await !desk.residents.post("\(place)/\(id)", ["do": "remove"]).body.contains(id))
        }
    }

    @Test("オブジェクトストレージのファイルは、署名して受け取る")
    func file() async throws {
        try await TestBucket.run { bucket in
            let address = try #require(bucket.environment["ORIGAMI_FILES_BUCKET"])
            let host = address.split(separator: "/")[1]
            try await TestTown.run(settings: { $0.webhookLAN = [String(host)] }) { town in
                let desk = try await ExtractDesk(town)
                let folder = try TemporaryFolder()
                defer { folder.remove() }
                let store = FileStore(try await bucket.settings(in: folder.path))
                let spool = try Spool()
                try spool.append(Array("a,b\r\n1,2\r\n".utf8))
                let key = try await town.platform.vault.makeKey(for: "a file of somebody else's")
                let kept = try await store.keep(spool, as: "x", key: key)
                let fields = [
                    "part": "persons", "way": "file", "address": "\(address)/\(kept.content)",
                    "region": "ap-northeast-1",
                    "user": bucket.environment["ORIGAMI_FILES_USER"] ?? "",
                    "secret": bucket.environment["ORIGAMI_FILES_PASSWORD"] ?? "", "often": "never",
                ]
                let place = "\(desk.place)/sources"
                let saved = try await desk.residents.post(place, fields)
                let id = String(try #require(saved.body.firstMatch(of: /sources\/([0-9a-f-]{36})/)?.1))
                _ = try await desk.residents.post("\(place)/\(id)")
                try await town.workOff()
                let list = try await desk.residents.get(desk.place)
                let told = try await desk.residents.get(place).text
                let run = String(try #require(list.body.firstMatch(of: /href="(\/desk\/runs\/[^"]+)"/)?.1, "\(told)"))
                let sealed = try await store.sealed(kept.content)
                #expect(try await desk.residents.get("\(run)/files/persons").bytes == sealed)
                // With another secret the store gives nothing.
                let wrong = fields.merging(["secret": "wrong"]) { $1 }
                _ = try await desk.residents.post(place, wrong)
                _ = try await desk.residents.post("\(place)/\(id)")
                try await town.workOff()
                #expect(try await desk.residents.get(place).text.contains("ファイルの受け取りで、403 が返りました"))
            }
        }
    }
}
