import Core
import Crypto
import Database
import FoundationEssentials
import NIOHTTP1
import Platform
import TestKit
import Testing

/// A town whose residents' section publishes a table, and a system that was registered for it.
struct Gateway {
    let town: TestTown
    let residents: Visitor
    let digital: Visitor
    let set: String
    let id: String
    let secret: String

    static let table = "世帯番号,人数\r\n1,3\r\n2,1\r\n"

    init(_ town: TestTown, repertoire: String = "jis1234") async throws {
        self.town = town
        residents = try await town.officer("jumin")
        digital = try await town.officer("digital")
        let made = try await residents.post(
            "/desk/gateway/sets",
            [
                "name": "世帯の人数", "system": "001", "resource": "households", "section": "residents",
                "repertoire": repertoire,
            ])
        set = made.path
        #expect(made.status == 200 && made.body.contains("001:households:read"))
        let client = try await digital.post(
            "/desk/gateway/clients",
            ["name": "給食システム", "set": String(set.split(separator: "/")[3]), "until": "2027-03-31"])
        let codes = client.body.matches(of: /<code>([0-9a-f-]{36,64})<\/code>/).map { String($0.1) }
        (id, secret) = (try #require(codes.first), try #require(codes.last))
    }

    func publish(_ content: String) async throws -> Visitor.Reply {
        try await residents.upload(set, control: "file", files: [("setai.csv", Array(content.utf8))])
    }

    func agree() async throws -> Visitor.Reply {
        try await residents.post(
            "/desk/gateway/clients/\(id)/agree", ["set": String(set.split(separator: "/")[3]), "do": "agree"])
    }

    func token(_ fields: [String: String] = [:], headers: [String: String]) async throws -> Visitor.Reply {
        let body = fields.merging(["grant_type": "client_credentials"]) { first, _ in first }
            .map { "\($0.key)=\(Visitor.encoded($0.value))" }.joined(separator: "&")
        return try await town.visitor().send(
            .POST, "/api/gateway/token",
            headers: headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { $1 },
            body: Array(body.utf8))
    }

    var basic: [String: String] {
        ["Authorization": "Basic " + Data("\(id):\(secret)".utf8).base64EncodedString()]
    }

    /// A token got with the secret.
    func token() async throws -> String {
        let reply = try await token(headers: basic)
        let answer = try JSONDecoder().decode([String: Anything].self, from: Data(reply.bytes))
        return try #require(answer["access_token"]?.text)
    }

    func pull(_ token: String, _ query: String = "", _ headers: [String: String] = [:]) async throws -> Visitor.Reply {
        try await town.visitor().get(
            "/api/gateway/001/households\(query)", headers: headers.merging(["Authorization": "Bearer \(token)"]) { $1 }
        )
    }

    /// `client_secret_jwt`, as OpenID Connect Core has it.
    func assertion(
        _ jti: String, secret: String? = nil, to place: String? = nil, in seconds: Int = 60, alg: String = "HS256"
    ) -> [String: String] {
        func coded(_ bytes: some Sequence<UInt8>) -> String {
            Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").filter { $0 != "=" }
        }
        let place = place ?? town.platform.settings.origin + "/api/gateway/token"
        let expires = town.clock.now.milliseconds / 1000 + seconds
        let head = coded(#"{"alg":"\#(alg)","typ":"JWT"}"#.utf8)
        let body = coded(#"{"iss":"\#(id)","sub":"\#(id)","aud":"\#(place)","jti":"\#(jti)","exp":\#(expires)}"#.utf8)
        let key = SymmetricKey(data: Data((secret ?? self.secret).utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(head).\(body)".utf8), using: key)
        return [
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": "\(head).\(body).\(coded(code))",
        ]
    }
}

/// A JSON value of whatever sort.
struct Anything: Decodable {
    let text: String?
    let number: Int?

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        (text, number) = (try? value.decode(String.self), try? value.decode(Int.self))
    }
}

@Suite("データの窓口")
struct GatewayTests {
    @Test("課が公開し、別の人が同意した表だけを、トークンのあるシステムがJSONとCSVで取りに来て、記録が残る")
    func pull() async throws {
        try await TestTown.run { town in
            let gateway = try await Gateway(town)
            #expect(try await gateway.publish(Gateway.table).body.contains("第1版、2件"))
            #expect(try await gateway.token(headers: gateway.basic).body.contains("invalid_scope"))
            #expect(try await gateway.agree().body.contains("に同意"))
            let token = try await gateway.token()
            let json = try await gateway.pull(token)
            #expect(json.status == 200 && json.body.contains(#""items":[{"世帯番号":"1","人数":"3"},{"世帯番号":"2","人数":"1"}]"#))
            let csv = try await gateway.pull(token, "?format=csv")
            #expect(csv.body == Gateway.table && csv.headers["etag"] == "\"1\"")
            #expect(try await gateway.pull(token, "", ["If-None-Match": "\"1\""]).status == 304)
            let log = try await gateway.digital.get("/desk/gateway")
            #expect(log.text.contains("給食システム") && log.text.contains("csv"))
            let trail = try await town.officer("kansa").get("/desk/trail")
            #expect(trail.body.contains("データの窓口「給食システム」"))
            // 5 minutes later it is over.
            town.clock.advance(seconds: 301)
            #expect(try await gateway.pull(token).status == 401)
            // The consent ends, and so do the tokens.
            let next = try await gateway.token()
            _ = try await gateway.residents.post(
                "/desk/gateway/clients/\(gateway.id)/agree",
                ["set": String(gateway.set.split(separator: "/")[3]), "do": "end"])
            #expect(try await gateway.pull(next).status == 401)
        }
    }

    @Test("使える文字の外の文字、外字、列の数のちがいがある表は、場所を示して公開せず、前の版はそのまま")
    func refuses() async throws {
        try await TestTown.run { town in
            let gateway = try await Gateway(town)
            _ = try await gateway.publish(Gateway.table)
            let bad = "世帯番号,人数\r\n1,\u{E000}\r\n2\r\n3,\u{20BB7}\r\n"
            let refused = try await gateway.publish(bad)
            #expect(refused.status == 422)
            for words in ["3か所", "2行目「人数」", "U+E000", "3行目: 1列", "U+20BB7"] {
                #expect(refused.text.contains(words), "\(words)")
            }
            #expect(try await gateway.publish("世帯番号,世帯番号\r\n1,2\r\n").status == 422)
            #expect(try await gateway.publish("").status == 422)
            #expect(try await gateway.residents.get(gateway.set).body.contains("第1版、2件"))
            let water = try await town.officer("suido")
            let other = try await water.upload(
                gateway.set, control: "file", files: [("x.csv", Array(Gateway.table.utf8))])
            #expect(other.status == 403)
        }
    }

    @Test("秘密を送らずに、署名だけで名乗れる。使い回し、ちがう鍵、ちがう宛先、古いもの、署名なしは断る")
    func assertions() async throws {
        try await TestTown.run { town in
            let gateway = try await Gateway(town)
            _ = try await gateway.publish(Gateway.table)
            _ = try await gateway.agree()
            let good = gateway.assertion("a")
            let given = try await gateway.token(good, headers: [:])
            #expect(given.status == 200 && given.body.contains("\"expires_in\":300"))
            #expect(try await gateway.token(good, headers: [:]).status == 401)
            for (index, bad) in [
                gateway.assertion("b", secret: "0"), gateway.assertion("c", to: "https://elsewhere.example/token"),
                gateway.assertion("d", in: -1), gateway.assertion("e", in: 86_400), gateway.assertion("f", alg: "none"),
            ].enumerated() {
                let reply = try await gateway.token(bad, headers: [:])
                #expect(reply.status == 401 && reply.body.contains("invalid_client"), "\(index)")
            }
            #expect(
                try await gateway.token(gateway.assertion("g"), headers: gateway.basic).body.contains("invalid_request")
            )
            #expect(try await gateway.token(["grant_type": "password"], headers: gateway.basic).status == 400)
            #expect(
                try await gateway.token(["scope": "001:others:read"], headers: gateway.basic).body.contains(
                    "invalid_scope"))
            let wrong = ["Authorization": "Basic " + Data("\(gateway.id):nothing".utf8).base64EncodedString()]
            let refused = try await gateway.token(headers: wrong)
            #expect(refused.status == 401 && refused.headers["www-authenticate"]?.contains("Basic") == true)
        }
    }

    @Test("多い表はページに分かれ、途中で版が変わればそう言う。トークンの照会は自分のものだけ")
    func pages() async throws {
        try await TestTown.run { town in
            let gateway = try await Gateway(town)
            let rows = (1...1234).map { "\($0),\"一,\($0 % 7)\"" }.joined(separator: "\r\n")
            _ = try await gateway.publish("世帯番号,人数\r\n\(rows)\r\n")
            _ = try await gateway.agree()
            let token = try await gateway.token()
            let first = try await gateway.pull(token)
            #expect(first.body.contains(#""next":"/api/gateway/001/households?page=2&version=1""#))
            let last = try await gateway.pull(token, "?page=3&version=1")
            #expect(last.body.contains(#"{"世帯番号":"1234","人数":"一,2"}"#) && last.body.contains(#""next":null"#))
            #expect(try await gateway.pull(token, "?page=4").status == 400)
            _ = try await gateway.publish(Gateway.table)
            #expect(try await gateway.pull(token, "?page=1&version=1").status == 409)
            let body = Array("token=\(token)".utf8)
            let type = ["Content-Type": "application/x-www-form-urlencoded"]
            let told = try await town.visitor().send(
                .POST, "/api/gateway/introspect", headers: gateway.basic.merging(type) { $1 }, body: body)
            #expect(told.body.contains("\"active\":true"))
            #expect(
                try await town.visitor().send(.POST, "/api/gateway/introspect", headers: type, body: body).status == 401
            )
            _ = try await gateway.digital.post("/desk/gateway/clients/\(gateway.id)/revoke")
            #expect(try await gateway.pull(token).status == 401)
            #expect(try await gateway.token(headers: gateway.basic).status == 401)
        }
    }
}
