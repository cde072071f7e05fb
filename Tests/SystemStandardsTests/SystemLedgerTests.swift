import Core
import Database
import TestKit
import Testing

@Suite("情報システムの台帳と、標準化の進み具合")
struct SystemLedgerTests {
    /// Adds an entry. Gives the page that came back.
    private func add(
        _ book: String, about: String = "", _ fields: [String: String], by visitor: Visitor
    ) async throws -> Visitor.Reply {
        try await visitor.post(
            "/desk/books/\(book)", fields.merging(["about": about, "revision": ""]) { $1 })
    }

    @Test("システムと契約を書き、直し、履歴が残る。近づいた契約は前もって分かる。カードからも行ける")
    func systems() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            let wrong = try await add("systems", ["name": "図書館システム", "kind": "local"], by: digital)
            #expect(wrong.status == 422 && wrong.body.contains("「担当課」を入力してください") && wrong.body.contains("図書館システム"))
            let made = try await add(
                "systems", ["name": "図書館システム", "kind": "local", "section": "library", "cards": "library-reservation"],
                by: digital)
            #expect(made.path.hasPrefix("/desk/systems/") && made.status == 200)
            let id = String(made.path.split(separator: "/")[2])
            let backwards = try await add(
                "contracts", about: id,
                ["name": "利用", "partner": "甲", "from": "R8.4.1", "until": "R8.3.31"], by: digital)
            #expect(backwards.status == 422)
            let contract = try await add(
                "contracts", about: id,
                [
                    "name": "利用", "partner": "甲社", "from": "R8.4.1", "until": "R9.3.31", "notice": "R8.12.25",
                    "yen": "１，２００，０００円",
                ],
                by: digital)
            #expect(contract.path == made.path && contract.body.contains("1,200,000円"))
            let list = try await digital.get("/desk/systems")
            #expect(list.text.contains("図書館システム：利用") && list.text.contains("2026-12-25 までに更新を決める"))
            let edit = try await digital.get("/desk/books/systems/\(id)/edit")
            let fields = [
                "name": "図書館システム", "kind": "local", "section": "library", "vendor": "乙社",
                "revision": edit.hidden("revision"),
            ]
            #expect(try await digital.post("/desk/books/systems/\(id)", fields).body.contains("乙社"))
            // Somebody who began before that does not overwrite it.
            let late = try await digital.post("/desk/books/systems/\(id)", fields.merging(["vendor": "丙社"]) { $1 })
            #expect(late.status == 409 && late.body.contains("ほかの人が先に変えました"))
            #expect(try await digital.get("/desk/systems/\(id)").text.contains("事業者: 不明 → 乙社"))
            let dog = try await digital.get("/desk/cards/dog-registration")
            #expect(dog.body.contains("犬の登録台帳（サンプル）"))
            // A system that a contract is about stays.
            let refused = try await digital.post("/desk/books/systems/\(id)/remove", ["revision": "2"])
            #expect(refused.status == 409)
            // Another section reads, and writes nothing.
            let water = try await town.officer("suido")
            #expect(try await water.get("/desk/systems/\(id)").status == 200)
            #expect(try await water.post("/desk/books/systems/\(id)", fields).status == 403)
        }
    }

    @Test("台帳は表で出し、直して、まとめて取り込める。一行でもおかしければ何も変わらない")
    func sheet() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            let csv = try await digital.get("/desk/books/systems/sheet.csv").body
            let better = csv.replacing("犬の登録台帳（サンプル）,独自施策システム", with: "犬の台帳,独自施策システム")
            #expect(better != csv)
            let worse = better + ",,,名なし,知らない種類,,住民課（サンプル）,,,,,,,,\r\n"
            let refused = try await digital.upload(
                "/desk/books/systems/sheet", control: "file", files: [("s.csv", Array(worse.utf8))])
            #expect(refused.status == 422 && refused.body.contains("5行目"))
            #expect(try await digital.get("/desk/systems").body.contains("犬の登録台帳（サンプル）"))
            let taken = try await digital.upload(
                "/desk/books/systems/sheet", control: "file", files: [("s.csv", Array(better.utf8))])
            #expect(taken.path == "/desk/systems" && taken.body.contains("犬の台帳"))
            #expect(!taken.body.contains("犬の登録台帳（サンプル）"))
            // A column that is left out changes nothing, and neither does Shift_JIS what it cannot write.
            let name = "𠮷田のシステム"
            _ = try await add(
                "systems", ["name": name, "kind": "other", "section": "library", "vendor": "神社（U+FA19）"], by: digital)
            let narrow = try await digital.get("/desk/books/systems/sheet.csv?encoding=cp932")
            let sent = try await digital.upload(
                "/desk/books/systems/sheet", control: "file", files: [("s.csv", narrow.bytes)])
            #expect(sent.body.contains(name) && sent.body.contains("神社"))
            let short = try await digital.get("/desk/books/systems/sheet.csv").body.split(separator: "\r\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).prefix(5).joined(separator: ",")
            }.joined(separator: "\r\n")
            let kept = try await digital.upload(
                "/desk/books/systems/sheet", control: "file", files: [("s.csv", Array(short.utf8))])
            #expect(kept.body.contains("神社"))
        }
    }

    @Test("字形だけを直しても、直しとして残る")
    func shapes() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            let fields = ["name": "\u{FA19}社の台帳", "kind": "other", "section": "library"]
            let made = try await add("systems", fields, by: digital)
            let id = String(made.path.split(separator: "/")[2])
            let mended = fields.merging(["name": "\u{795E}社の台帳", "revision": "1"]) { $1 }
            let page = try await digital.post("/desk/books/systems/\(id)", mended)
            #expect(
                String(decoding: page.bytes, as: UTF8.self).unicodeScalars.contains("\u{795E}")
                    && page.text.contains("第2版"))
        }
    }

    @Test("20業務の板は、公表値と自分たちの記入を分けて示し、40の手順、Fit & Gap、経費、リハーサル、検収を持つ")
    func board() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            let board = try await digital.get("/desk/standardisation")
            #expect(board.text.contains("99.1%") && board.text.contains("2026-01") && board.text.contains("87.5%"))
            let page = "/desk/standardisation/family-register-addresses"
            var steps = (1...40).reduce(into: [String: String]()) { $0["s\($1)"] = $1 <= 35 ? "done" : "working" }
            steps["n36"] = "附票の移行データを確認中"
            #expect(try await digital.post(page, steps).text.contains("進捗率は87.5%"))
            steps["s40"] = ""
            #expect(try await digital.post(page, steps).text.contains("進捗率は不明"))
            let csv = try await digital.get("/desk/standardisation.csv").body
            #expect(csv.contains("戸籍の附票,36,,作業中,附票の移行データを確認中"))
            let names = "手順,手順の名前\r\n1,推進体制の立ち上げ\r\n"
            _ = try await digital.upload(
                "/desk/standardisation", control: "file", files: [("n.csv", Array(names.utf8))])
            #expect(try await digital.get(page).body.contains("推進体制の立ち上げ"))
            let bad = "業務,手順,状態\r\n戸籍,41,完了\r\n"
            let refused = try await digital.upload(
                "/desk/standardisation", control: "file", files: [("n.csv", Array(bad.utf8))])
            #expect(refused.status == 422 && refused.body.contains("1から40まで"))
            let business = "family-register-addresses"
            for (phase, yen) in [("before", "1000000"), ("after", "2300000")] {
                _ = try await add("costs", about: business, ["name": "利用料", "phase": phase, "yen": yen], by: digital)
            }
            _ = try await add(
                "rehearsals", about: business, ["name": "1回目", "on": "R7.9.1", "result": "failed", "differences": "3"],
                by: digital)
            _ = try await add("fit-gaps", about: business, ["name": "附票の写しの様式", "verdict": "gap"], by: digital)
            let accepted = try await add(
                "acceptances", about: business,
                ["name": "本稼働", "on": "R8.1.5", "section": "residents", "result": "conditional"], by: digital)
            for words in ["2.30倍", "いまは1回です", "附票の写しの様式", "条件付き"] {
                #expect(accepted.text.contains(words), "\(words)")
            }
            #expect(try await digital.get("/desk/standardisation").text.contains("2.30倍"))
            // The section that looks after it writes; others read.
            let residents = try await town.officer("jumin")
            #expect(try await residents.post(page, ["s1": "done"]).status == 200)
            let water = try await town.officer("suido")
            #expect(try await water.get(page).status == 200)
            #expect(try await water.post(page, ["s1": "waiting"]).status == 403)
            #expect(try await water.get("/desk/standardisation/nothing").status == 404)
        }
    }

    @Test("だれがだれに何を渡すかが、両方のシステムと手続きから分かり、手作業は数えられる")
    func linkages() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            let list = try await digital.get("/desk/systems").body
            let ids = list.matches(of: /\/desk\/systems\/([0-9a-f-]{36})/).map { String($0.1) }
            #expect(ids.count == 3)
            let made = try await add(
                "linkages",
                [
                    "name": "世帯の人数", "from": ids[0], "to": ids[1], "way": "hand", "state": "running",
                    "cards": "child-allowance",
                    "scope": "001:household:read",
                ], by: digital)
            #expect(made.status == 200)
            for id in ids.prefix(2) {
                #expect(try await digital.get("/desk/systems/\(id)").body.contains("世帯の人数"))
            }
            #expect(try await digital.get("/desk/linkages").text.contains("手作業で渡しているものが1件"))
            let wrong = try await add(
                "linkages",
                ["name": "x", "from": ids[0], "to": ids[1], "way": "rest", "state": "running", "address": "http://a"],
                by: digital)
            #expect(wrong.status == 422 && wrong.body.contains("https://"))
        }
    }
}
