import Core
import Platform
import TestKit
import Testing
import Database

@Suite("まちがった入力、悪意のある入力")
struct HostileTests {
    /// What is put into the field, and words that the answer has.
    static let typed: [(control: String, value: String, words: String)] = [
        ("dog_name", String(repeating: "犬", count: 31), "30文字まで"),
        ("dog_name", String(repeating: "あ", count: 20_000), "文字まで"),
        ("dog_name", "ポチ\u{0}", "制御文字"), ("dog_name", "ポ\u{1B}[2Jチ", "制御文字"), ("dog_name", "\u{202E}チポ", "制御文字"),
        ("dog_name", "ポチ🐶", "絵文字"), ("dog_name", "  　 ", "犬の名前を入力してください"),
        ("breed", "1234 5678 9018", "マイナンバー"), ("sex", "neither", "選んでください"), ("sex", "", "選んでください"),
    ]

    @Test("受け取れない入力には、何をどう直すかを欄の横と要約で示し、入力を残す", arguments: typed)
    func fields(_ control: String, _ value: String, _ words: String) async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "dog", in: .dog)
            var fields = ["dog_name": "ポチ", "breed": "柴犬", "colour": "茶色です", "sex": "male"]
            fields[control] = value
            let reply = try await visitor.post(page.path, fields)
            #expect(reply.firstStatus == 422)
            #expect(reply.text.contains(words))
            #expect(reply.body.contains("#\(control)\"") && reply.body.contains("茶色です"))
        }
    }

    @Test("だれの名前も、そのままの字で受け取る", arguments: ["髙﨑", "𠮷田", "辻󠄀", "Ó Briain", "ノ", "渡邉"])
    func names(_ family: String) async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "owner", in: .dog)
            let fields = [
                "owner.family": family, "owner.given": "花", "owner.family_kana": "ｱ", "owner.given_kana": "はな",
            ]
            let next = try await visitor.post(page.path, fields)
            #expect(next.firstStatus == 303)
            #expect(try await visitor.get(page.path).body.contains("value=\"\(family)\""))
        }
    }

    @Test(
        "ありえない日付には、正しい書き方を教える",
        arguments: [
            ("showa", "64", "1", "8", "平成元年1月8日"), ("reiwa", "1", "4", "30", "平成31年"),
            ("", "2026", "2", "30", "暦にありません"),
            ("reiwa", "8", "12", "1", "までの日付"), ("", "abc", "x", "y", "暦にありません"), ("", "あした", "", "", "読み取れません"),
            ("reiwa", "8", "", "1", "月を入力してください"), ("", "99999999999999999999", "1", "1", "暦にありません"),
        ])
    func dates(_ era: String, _ year: String, _ month: String, _ day: String, _ words: String) async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "acquired", in: .dog)
            let fields = ["acquired.era": era, "acquired.year": year, "acquired.month": month, "acquired.day": day]
            let reply = try await visitor.post(page.path, fields)
            #expect(reply.firstStatus == 422)
            #expect(reply.text.contains(words))
        }
    }

    @Test("日付は、ひとつの欄にまとめて書いても分かる", arguments: ["昭和55年3月1日", "S55/3/1", "1980-03-01", "昭５５．３．１", "19800301"])
    func writtenDates(_ text: String) async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "birth", in: .dog)
            // Far too old for a dog: understood, and refused for the right reason.
            let reply = try await visitor.post(page.path, ["birth.era": "reiwa", "birth.year": text])
            #expect(reply.firstStatus == 422)
            #expect(reply.text.contains("以降の日付"))
        }
    }

    @Test(
        "壊れた要求は、日本語の4xxで終わる",
        arguments: [
            (
                "POST /resume HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000000000\r\n\r\ncode=1",
                413
            ),
            ("POST /resume HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 415),
            ("POST /resume HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\ncode=1", 415),
            (
                "POST /resume HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\ncode=%zz",
                400
            ),
            (
                "POST /resume HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\ncode=%ff",
                400
            ),
            (
                "POST /resume HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\ncode=1",
                403
            ),
            (
                "POST /resume HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: cross-site\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\ncode=1",
                403
            ),
            ("GET /procedures/%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET /procedures?q=%ff HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET /procedures/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET /procedures/..%2f..%2fetc HTTP/1.1\r\nHost: x\r\n\r\n", 404),
            ("DELETE /resume HTTP/1.1\r\nHost: x\r\n\r\n", 405), ("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        ])
    func requests(_ request: String, _ status: Int) async throws {
        try await TestTown.run { town in
            let answer = try await RawRequest.send(
                Array(request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n", maxReplacements: 1).utf8),
                to: town.address, thenClose: false)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(200))")
            #expect(answer.contains("<html lang=\"ja\">"))
            #expect(try await town.visitor().get("/").status == 200)
        }
    }

    @Test(
        "途中で切れた要求、HTTPではないものでも、サーバーは動き続ける",
        arguments: [
            "POST /resume HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\ncode=",
            "GET / HTT", "\u{16}\u{3}\u{1}\u{2}",
            "GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n",
        ])
    func truncated(_ request: String) async throws {
        try await TestTown.run { town in
            let answer = try await RawRequest.send(Array(request.utf8), to: town.address, thenClose: true)
            #expect(!answer.hasPrefix("HTTP/1.1 5") && !answer.hasPrefix("HTTP/1.1 2"))
            #expect(try await town.visitor().get("/").status == 200)
        }
    }

    @Test("ページにあるままの空欄で、なくてもよい日付は先へ進み、いる日付は入力を求める", arguments: ["ja", "easy", "en"])
    func emptyDates(_ language: String) async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            _ = try await visitor.get("/language/\(language)?back=/")
            let page = try await visitor.arrive(at: "birth", in: .dog)
            // The era that is chosen beforehand is sent along.
            let era = page.body.firstMatch(of: /<option value="(\w*)" selected=""/).map { String($0.1) } ?? ""
            func fields(_ name: String) -> [String: String] {
                ["\(name).era": era, "\(name).year": "", "\(name).month": "", "\(name).day": ""]
            }
            let next = try await visitor.post(page.path, fields("birth"))
            #expect(next.path.hasSuffix("/acquired"))
            let refused = try await visitor.post(next.path, fields("acquired"))
            #expect(refused.firstStatus == 422 && refused.body.contains("href=\"#acquired.year\""))
        }
    }

    @Test("元号が選ばれていても、西暦の年は西暦と分かる")
    func westernYear() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "acquired", in: .dog)
            let next = try await visitor.post(
                page.path,
                ["acquired.era": "reiwa", "acquired.year": "2026", "acquired.month": "11", "acquired.day": "1"])
            #expect(next.firstStatus == 303)
        }
    }

    @Test("書いた括弧は、どのページでもそのままの字", arguments: ["{はい|いいえ}", "{a|", "|}{"])
    func braces(_ typed: String) async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            var walk = Walk.dog.typed
            walk["remarks"] = typed
            let check = try await visitor.fillIn(Walk("dog-registration", walk))
            #expect(check.text.contains(typed))
            let receipt = try await visitor.submit(check)
            let id = receipt.path.split(separator: "/")[1]
            #expect(try await town.officer("kankyo").get("/desk/cases/\(id)").text.contains(typed))
            #expect(try await visitor.get("/procedures?q=" + Visitor.encoded(typed)).text.contains("「\(typed)」"))
        }
    }

    @Test("見えない名前は受け取らない", arguments: [("\u{200B}", "ア"), ("\u{3164}", "ア"), ("山", "ー"), ("山", "・")])
    func invisible(_ family: String, _ kana: String) async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "owner", in: .dog)
            let fields = [
                "owner.family": family, "owner.given": "花", "owner.family_kana": kana, "owner.given_kana": "ハナ",
            ]
            #expect(try await visitor.post(page.path, fields).firstStatus == 422)
        }
    }

    @Test("ひとつの欄に値をいくつ送っても、ひとつだけが残る")
    func manyValues() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/water-start/apply")
            let many = (0..<900).map { ("who", $0 == 0 ? "person" : "company") }
            #expect(try await visitor.post(first.path, pairs: many).path.hasSuffix("/user"))
        }
    }

    @Test("言葉を変えても、さがした言葉や場所は残る")
    func languageKeepsPlace() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.get("/procedures?q=" + Visitor.encoded("犬"))
            let link = try #require(page.body.firstMatch(of: /href="(\/language\/easy[^"]*)"/)).1
            let easy = try await visitor.get(String(link).replacing("&amp;", with: "&"))
            #expect(easy.path == "/procedures" && easy.body.contains("value=\"犬\""))
        }
    }

    @Test(
        "よそへは連れて行かない",
        arguments: ["https://evil.example/", "//evil.example", "/\\evil.example", "/%0d%0aX:1", "/?a=%zz"])
    func openRedirect(_ back: String) async throws {
        try await TestTown.run { town in
            let reply = try await town.visitor().get("/language/en?back=" + Visitor.encoded(back))
            #expect(reply.status < 500 && reply.path.hasPrefix("/") && !reply.path.hasPrefix("//"))
        }
    }

    @Test("確認コードを当てようとすると、待たされる")
    func guessing() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            for _ in 0..<10 { #expect(try await visitor.post("/resume", ["code": "AAAA-AAAA-AAAA"]).status == 422) }
            let refused = try await visitor.post("/resume", ["code": "AAAA-AAAA-AAAA"])
            #expect(refused.status == 429)
            #expect(Int(refused.headers["retry-after"] ?? "") ?? 0 > 0)
            town.clock.advance(seconds: 601)
            #expect(try await visitor.post("/resume", ["code": "AAAA-AAAA-AAAA"]).status == 422)
        }
    }

    @Test("ほかの人の申請は、番号を知っていても開かない")
    func others() async throws {
        try await TestTown.run { town in
            let check = try await town.visitor().fillIn(.water)
            let stranger = town.visitor()
            _ = try await stranger.post("/procedures/water-start/apply")
            #expect(try await stranger.get(check.path).status == 404)
            let id = check.path.split(separator: "/")[1]
            for path in ["", "/receipt", "/code", "/user"] {
                #expect(try await stranger.get("/applications/\(id)\(path)").status == 404)
            }
            let sent = try await stranger.post("/applications/\(id)/payment", ["payment": "transfer"])
            #expect(sent.status == 403)
        }
    }

    @Test("一度にたくさん試しても、試せるのは決まった数だけ")
    func burst() async throws {
        try await TestTown.run { town in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await town.visitor().post("/desk/sign-in", ["login": "kankyo", "password": "wrong"]).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 422 } == 10 && statuses.count { $0 == 429 } == 30)
        }
    }

    @Test("申請の内容は、データベースのどこにも平文では残らない")
    func sealed() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let receipt = try await visitor.submit(visitor.fillIn(.dog))
            try await town.workOff()
            #expect(receipt.text.contains("髙﨑"))
            let copy = try await town.copyOfDatabase()
            #expect(copy.holds("water-start"))
            for secret in ["髙﨑", "タカサキ", "08056781234", "080-5678-1234", "392141234567890", "右の耳"] {
                #expect(!copy.holds(secret))
            }
        }
    }

    @Test("鍵を消した申請は、だれにも読めない")
    func shredded() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let receipt = try await visitor.submit(visitor.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            try await town.platform.vault.shred(id)
            #expect(try await visitor.get("/applications/\(id)").status == 404)
            let clerk = try await town.officer("kankyo")
            #expect(try await clerk.get("/desk/cases/\(id)").status == 404)
            #expect(try await clerk.get("/desk").text.contains("消去済み"))
        }
    }
}
