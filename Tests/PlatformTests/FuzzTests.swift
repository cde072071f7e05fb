import Platform
import TestKit
import Testing
import Web
import NIOHTTP1

@Suite("でたらめな要求")
struct FuzzTests {
    /// What nobody who means well types.
    private static let pieces: [String] = [
        "<script>alert(1)</script>", "'; DROP TABLE application; --", "\" onmouseover=\"x", "{{7*7}}", "${jndi:x}",
        "%00",
        "\u{0}", "\u{202E}", "\u{FEFF}", "../../etc/passwd", "‮", "𠮷野家", "🈁", "-1", "99999999999999999999", "1e309",
        "NaN", "é", "\r\nSet-Cookie: a=b", "1234 5678 9018", String(repeating: "あ", count: 3000), "", " ", "null", "[]",
        "1970-01-01T00:00:00Z", "R8-ABCD-EFGH", "3AC4-79DX-RTWH", "yes", "simple", "other", "draft", "{漢字|かんじ}", "%1%2",
        "9223372036854775807", "-9223372036854775808", "a: &a [x]\nb: [*a, *a]",
        "{ field: birth, at_least: 9223372036854775807 }", "pages.0", "pages.0.fields.0", "pages.0.a.b.pages.0",
        "requirements", "fee", "add", "remove", "up", "page", "number",
    ]

    /// The names of controls that pages have, and some that none has.
    private static let names = [
        "owner.family", "birth.year", "sex", "code", "revision", "submission", "reuse", "news", "way", "once", "seen",
        "words", "pin", "place", "do", "sort", "question.ja", "when.mode", "when.yaml", "card", "channel", "form",
        "kept-path",
        "kept.x", "as", "anew", "chosen", "applicant", "page", "useful", "login", "password", "", "a[]", "__proto__",
    ]

    @Test("どのページにどんな値が来ても、はっきりした4xxか、いつものページで終わる", arguments: [1, 2, 3])
    func routes(_ seed: UInt64) async throws {
        try await TestTown.run { town in
            var random = SeededRandom(seed: seed)
            let applicant = town.visitor(from: "10.0.0.\(seed)")
            let draft = try await applicant.arrive(at: "dog", in: .dog)
            let id = String(draft.path.split(separator: "/")[1])
            let officer = try await town.officer("kankyo-kacho")
            _ = try await officer.post("/desk/forms", ["card": "dog-registration"])
            let outline = "/desk/forms/dog-registration"
            // Pages that end the session would end the test, and papers take their time.
            let routes = town.platform.site.routes.filter { route in
                !["leave", "sign-out", "sign-in", "form.pdf", "receipt.pdf", "notice.pdf"].contains {
                    route.pattern.hasSuffix($0)
                }
            }
            for number in 0..<300 {
                let route = random.element(of: routes)
                let path = route.pattern.split(separator: "/").map { part -> String in
                    guard part.hasPrefix("{") else { return String(part) }
                    let usual = [
                        "{id}": id, "{card}": "dog-registration", "{form}": "dog-registration", "{page}": "dog",
                    ]
                    return random.next() % 3 == 0
                        ? Visitor.encoded(random.element(of: Self.pieces)) : usual[String(part)] ?? "x"
                }.joined(separator: "/")
                let place = (0..<Int(random.next() % 9)).map { _ in
                    random.element(of: ["pages", "fields", "rows", "0", "3", "13", "lines", "x"])
                }
                let preview = random.next() % 3 == 0 ? "&preview=yes" : ""
                let query = random.next() % 2 == 0 ? "?at=\(place.joined(separator: "."))\(preview)" : ""
                let visitor = route.pattern.hasPrefix("/desk") ? officer.twin() : applicant.twin()
                let address = "/" + path + query
                let reply: Visitor.Reply
                if route.method == .get {
                    reply = try await visitor.get(address)
                } else {
                    var pairs = (0..<Int(random.next() % 6)).map { _ in
                        (random.element(of: Self.names), random.element(of: Self.pieces))
                    }
                    // Half of what reaches the draft of a form is taken.
                    if route.pattern.hasPrefix("/desk/forms/{form}"), random.next() % 2 == 0 {
                        pairs.append(("revision", try await officer.get(outline).hidden("revision")))
                    }
                    reply = try await visitor.post(address, pairs: pairs)
                }
                #expect((200..<500).contains(reply.status), "\(number) \(route.method) \(address): \(reply.status)")
                #expect(
                    !reply.body.contains("<script>alert(1)") && !reply.body.contains("\" onmouseover=\"x"), "\(address)"
                )
            }
            // Nothing of it reached what was answered before.
            #expect(try await applicant.get("/applications/\(id)/owner").body.contains("value=\"髙﨑\""))
        }
    }

    @Test("でたらめなバイトが来ても、サーバーは止まらず、5xxを返さない", arguments: [11, 12])
    func bytes(_ seed: UInt64) async throws {
        try await TestTown.run { town in
            var random = SeededRandom(seed: seed)
            let visitor = town.visitor(from: "10.0.1.\(seed)")
            let types = [
                "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json",
                "text/plain", "",
                "multipart/form-data", "application/x-www-form-urlencoded; charset=shift_jis",
            ]
            let draft = try await visitor.arrive(at: "dog", in: .dog)
            for _ in 0..<150 {
                let body = (0..<Int(random.next() % 400)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                let parts = Array("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n".utf8)
                let reply = try await visitor.send(
                    .POST,
                    random.element(of: [
                        draft.path, "/resume", "/voice", "/desk/sign-in", "/procedures/dog-registration/apply",
                    ]),
                    headers: ["Content-Type": random.element(of: types)],
                    body: random.next() % 2 == 0 ? body : parts + body)
                #expect((200..<500).contains(reply.status), "\(reply.path): \(reply.status)")
            }
            #expect(try await town.visitor().get("/").status == 200)
        }
    }
}
