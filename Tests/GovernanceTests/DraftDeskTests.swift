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

    @Test("用語・体制・関連文書・事項・期間を、一つずつ直し、加え、外せて、違いに並ぶ")
    func parts() async throws {
        try await TestTown.run { town in
            let keeper = try await town.officer("digital")
            let place = try await Self.draft(keeper)
            let term = try await Self.fields(place + "/term-0", keeper)
            let changed = try await keeper.post(place + "/term-0", term.merging(["gist-ja": "使われて初めて役に立つこと。"]) { $1 })
            #expect(changed.text.contains("案を直しました"), "\(changed.text.prefix(300))")
            // 開いているあいだに直された案には、上書きしない.
            let late = try await keeper.post(place + "/term-0", term.merging(["gist-ja": "別のこと。"]) { $1 })
            #expect(late.status == 409 && late.body.contains("別のこと。"))
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
            _ = try await keeper.post(place + "/item-1/remove", ["seen": item["seen"] ?? ""])
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
            for words in ["使われて初めて役に立つこと。", "デジタル相談員", "だれも取り残さない", "マイナンバーカードの普及促進"] {
                #expect(compare.text.contains(words), "\(words)")
            }
            let plan = try await visitor.get("/plan/2.0")
            #expect(plan.text.contains("デジタル田園都市国家構想総合戦略") && plan.text.contains("2031-03-31"))
            let mapping = try await visitor.get("/plan/2.0/mapping")
            #expect(mapping.text.contains("だれも取り残さない"))
            // 募集のあいだは直せない.
            #expect(try await keeper.get(place).status == 409)
        }
    }

    @Test("ほかのものが下がっている方針は外せず、知らない部分と、権限のない人は断る")
    func refused() async throws {
        try await TestTown.run { town in
            let keeper = try await town.officer("digital")
            let place = try await Self.draft(keeper)
            let seen = try await Self.fields(place + "/policy-0", keeper)["seen"] ?? ""
            let held = try await keeper.post(place + "/policy-0/remove", ["seen": seen])
            #expect(held.status == 422 && held.text.contains("基本方針"))
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
