import Core
import Database
import Japanese
import Platform
import TestKit
import Testing

@Suite("次の計画の案を受付デスクで")
struct DraftDeskTests {
    /// A draft of the next version, and its page.
    static func draft(_ keeper: Visitor) async throws -> String {
        let made = try await keeper.post(
            "/desk/closing/draft",
            [
                "former": "1.0", "number": "2.0", "from": "2027-04-01", "until": "2032-03-31",
                "reason": "使われることを真ん中に置くため",
            ])
        #expect(made.status == 200, "\(made.text.prefix(300))")
        return "/desk/plan/2.0/draft"
    }

    /// What the form of a part sends when nothing in it is touched.
    static func fields(_ place: String, _ keeper: Visitor) async throws -> [String: String] {
        try await keeper.get(place).fields.filter { $0.key != "then" }
    }

    @Test("用語・体制・関連文書・事項・期間を、一つずつ直し、加え、外せて、前の版との違いに並ぶ")
    func parts() async throws {
        try await TestTown.run { town in
            let keeper = try await town.officer("digital")
            let place = try await Self.draft(keeper)
            let term = try await Self.fields(place + "/term-3", keeper)
            let changed = try await keeper.post(place + "/term-3", term.merging(["gist-ja": "使われて初めて役に立つこと。"]) { $1 })
            #expect(changed.text.contains("案を直しました"), "\(changed.text.prefix(300))")
            // 開いているあいだに直された案には、上書きしない.
            let late = try await keeper.post(place + "/term-3", term.merging(["gist-ja": "別のこと。"]) { $1 })
            #expect(late.status == 409 && late.body.contains("別のこと。"))
            // 前の用語が外されて場所が動いたら、別の用語を上書きせず、打ったものは残る.
            let third = try await Self.fields(place + "/term-2", keeper)
            let name = third["name"] ?? ""
            let first = try await Self.fields(place + "/term-0", keeper)
            let removed = try await keeper.post(
                place + "/term-0/remove", ["seen": first["seen"] ?? "", "part": first["part"] ?? ""])
            #expect(removed.text.contains("案から外しました"))
            let moved = try await keeper.post(place + "/term-2", third.merging(["gist-ja": "打った文。"]) { $1 })
            #expect(moved.status == 409 && moved.body.contains("打った文。") && moved.body.contains("/draft/term-1\""))
            let again = try await keeper.post(place + "/term-1", moved.fields)
            #expect(again.text.contains("案を直しました"))
            #expect(try await keeper.get(place + "/term-1").body.contains("value=\"\(name)\""))
            for (part, typed) in [
                ("related-new", ["name": "デジタル田園都市国家構想総合戦略", "by": "国", "version": "2023改訂版"]),
                ("organ-new", ["name": "デジタル相談員", "does": "使い方の相談を受ける\n声を集める"]),
                (
                    "item-new",
                    [
                        "name": "だれも取り残さない", "policy": "1", "gist-ja": "支えます。", "gist-easy": "たすけます。",
                        "gist-en": "We help.", "answers": "デジタルデバイド対策",
                    ]
                ),
            ] {
                let form = try await Self.fields("\(place)/\(part)", keeper)
                let reply = try await keeper.post("\(place)/\(part)", form.merging(typed) { $1 })
                #expect(reply.text.contains("案を直しました"), "\(part) \(reply.text.prefix(300))")
            }
            let item = try await Self.fields(place + "/item-1", keeper)
            _ = try await keeper.post(
                place + "/item-1/remove", ["seen": item["seen"] ?? "", "part": item["part"] ?? ""])
            let frame = try await Self.fields(place + "/frame", keeper)
            let wrong = try await keeper.post(place + "/frame", frame.merging(["until": "2027-03-31"]) { $1 })
            #expect(wrong.status == 422 && wrong.text.contains("計画期間の終わり"))
            _ = try await keeper.post(place + "/frame", frame.merging(["until": "令和13年3月31日"]) { $1 })
            // 公開したときに、違いと、国の計画との対応に出る.
            _ = try await keeper.post(
                "/desk/closing/consult",
                ["plan": "2.0", "consult-from": "2026-11-24", "consult-until": "2026-12-31", "lead": "ご意見をお寄せください"])
            let visitor = town.visitor()
            let compare = try await visitor.get("/plan/compare?old=1.0&new=2.0")
            for words in [
                "使われて初めて役に立つこと。", "デジタル相談員", "だれも取り残さない", "マイナンバーカードの普及促進", "デジタル田園都市国家構想総合戦略", "2031-03-31",
            ] {
                #expect(compare.text.contains(words), "\(words)")
            }
            let plan = try await visitor.get("/plan/2.0")
            #expect(plan.text.contains("デジタル田園都市国家構想総合戦略") && plan.text.contains("2031-03-31"))
            let mapping = try await visitor.get("/plan/2.0/mapping")
            // いちばん新しい版では、町にないものは2つになる.
            let newest = try #require(mapping.text.firstMatch(of: /(?s)第3\.0版.*?町の計画にないもの: ([^\n<]*)/)).1
            #expect(newest.contains("自治体フロントヤード改革の推進") && !newest.contains("デジタルデバイド対策"), "\(newest)")
            // 募集のあいだは直せない.
            #expect(try await keeper.get(place).status == 409)
        }
    }

    @Test("どの部分も、触らずに書けば、読みがなも何も変わらない")
    func untouched() async throws {
        try await TestTown.run { town in
            let keeper = try await town.officer("digital")
            let place = try await Self.draft(keeper)
            let list = try await keeper.get(place)
            let parts = list.body.matches(of: /href="(\/desk\/plan\/2\.0\/draft\/[a-z]+(-[0-9]+)?)"/).map {
                String($0.1)
            }
            #expect(parts.count > 30)
            for part in parts {
                let page = try await keeper.get(part)
                // The boxes that are ticked, one by one, as a browser sends them.
                let boxes = page.body.matches(of: /type="checkbox" id="[^"]*" name="([^"]*)" value="([^"]*)" checked/)
                let fields = page.fields.filter { field in !boxes.contains { String($0.1) == field.key } }
                let reply = try await keeper.post(
                    part, pairs: fields.map { ($0.key, $0.value) } + boxes.map { (String($0.1), String($0.2)) })
                #expect(reply.text.contains("案を直しました"), "\(part) \(reply.text.prefix(300))")
            }
            #expect(try await keeper.get("/desk/history/plan/2.0").body.matches(of: /証跡と一致</).count == 1)
        }
    }

    @Test("ほかのものが下がっている方針は外せず、知らない部分と、権限のない人は断る")
    func refused() async throws {
        try await TestTown.run { town in
            let keeper = try await town.officer("digital")
            let place = try await Self.draft(keeper)
            let policy = try await Self.fields(place + "/policy-0", keeper)
            let seen = policy["seen"] ?? ""
            let held = try await keeper.post(place + "/policy-0/remove", ["seen": seen, "part": policy["part"] ?? ""])
            #expect(held.status == 422 && held.text.contains("先に、この方針の重点取組事項"))
            let long = try await keeper.post(
                place + "/frame",
                try await Self.fields(place + "/frame", keeper).merging(["until": "2131-03-31"]) { $1 })
            #expect(long.status == 422 && long.text.contains("10年以内"))
            for part in ["term-999", "chapter-new", "frame-0", "nothing", "term--1"] {
                #expect(try await keeper.get("\(place)/\(part)").status == 404, "\(part)")
            }
            let hostile = try await keeper.post(
                place + "/organ-new",
                try await Self.fields(place + "/organ-new", keeper).merging(
                    ["name": "<script>alert(1)</script>", "does": "123456789018"]) { $1 })
            #expect(hostile.status == 422 && hostile.text.contains("マイナンバー"))
            #expect(hostile.body.contains("&lt;script&gt;"))
            let clerk = try await town.officer("madoguchi")
            #expect(try await clerk.get(place).status == 403)
            #expect(try await clerk.post(place + "/term-0", ["seen": seen]).status == 403)
        }
    }

    @Test("意見を読んだことは記録され、町の考え方は、直しても前の形が残る")
    func opinions() async throws {
        try await TestTown.run { town in
            let keeper = try await town.officer("digital")
            _ = try await Self.draft(keeper)
            _ = try await keeper.post(
                "/desk/closing/consult",
                ["plan": "2.0", "consult-from": "2026-11-24", "consult-until": "2026-12-31", "lead": "ご意見をお寄せください"])
            let form = try await town.visitor().get("/plan/2.0/opinions")
            let sent = ["once": form.hidden("once"), "clause": "", "words": "電話の窓口を残してください"]
            let first = try await town.visitor().post("/plan/2.0/opinions", sent)
            // 二度押しても、一つ.
            #expect(try await town.visitor().post("/plan/2.0/opinions", sent).path == first.path)
            // 同じ様式でも、別の意見なら、別に届く.
            let other = try await town.visitor().post("/plan/2.0/opinions", sent.merging(["words": "別の意見です"]) { $1 })
            #expect(other.path.hasPrefix("/opinions/") && other.path != first.path)
            let page = try await keeper.get("/desk/closing")
            #expect(page.body.matches(of: /電話の窓口を残してください<\/span>/).count == 1)
            _ = try await keeper.get("/desk/closing")
            let read = try await town.platform.database.read {
                try $0.rows("SELECT id FROM event WHERE kind = 'opinion.read'").count
            }
            #expect(read == 1)
            let id = String(first.path.split(separator: "/").last ?? "")
            for words in ["残します。", "これからも残します。"] {
                let answer = ["opinion": id, "gist": "電話を残す", "answer": words, "outcome": "taken"]
                #expect(try await keeper.post("/desk/closing/answer", answer).status == 200)
            }
            let history = try await keeper.get("/desk/history/answer/\(id)")
            #expect(history.text.contains("残します。") && history.body.matches(of: /証跡と一致</).count == 2)
        }
    }
}
