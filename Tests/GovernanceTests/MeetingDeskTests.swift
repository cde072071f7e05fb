import Core
import Japanese
import TestKit
import Testing

@Suite("会議を受付デスクで")
struct MeetingDeskTests {
    /// Opens the sample's committee and gives its page.
    static func committee(_ keeper: Visitor) async throws -> String {
        try GovernanceDeskTests.link("上三川町DX推進委員会", on: try await keeper.get("/desk/bodies"))
    }

    static func opened(_ keeper: Visitor) async throws -> Visitor.Reply {
        try await keeper.post(
            try await committee(keeper) + "/meetings",
            ["title": "臨時の委員会", "on": "2026-11-24", "time": "９:５", "place": "第1会議室"])
    }

    /// What the form for the attendance sends when so many of the members are there.
    static func attendance(_ page: Visitor.Reply, present: Int) -> [String: String] {
        let seats = page.body.matches(of: /name="presence-([^"]+)"/).map { String($0.1) }
        return seats.enumerated().reduce(into: ["seen": page.hidden("seen")]) { fields, seat in
            fields["presence-\(seat.element)"] = seat.offset < present ? "present" : "absent"
            fields["proxy-\(seat.element)"] = ""
        }
    }

    @Test("議題は、決めることから自動でできる")
    func agenda() async throws {
        try await TestTown.run(hasSample: true) { town in
            let page = try await Self.opened(try await town.officer("digital"))
            #expect(page.status == 200 && page.text.contains("9:05"))
            for words in [
                "図書館の予約と同じくらい使われる手続きを増やす", "終期の扱い: 1-1", "評価の食い違い: 1-2", "方向づけのない観察: 国の計画が改定された", "協力員の報告（2件）の確認",
                "期限を過ぎたやること",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
        }
    }

    @Test("定足数に足りなければ決められず、足りれば決まり、課のやることになり、伏せた議題は公開されない")
    func decide() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let page = try await Self.opened(keeper)
            let place = String(page.path.prefix { $0 != "?" })
            let few = try await keeper.post(place + "/attendance", Self.attendance(page, present: 2))
            #expect(few.text.contains("足りません"))
            let item = try GovernanceDeskTests.link("議事を書く", on: few)
            let decision = [
                "minutes": "よく話し合った。", "sentence": "窓口で一緒に入力する方法を試す", "carried": "yes", "decision-kind": "work",
                "decision-reason": "使われていないため",
                "dissent": "見本 健　人手が足りない", "success": "半分", "stop": "5分延びる", "errand-section": "children",
                "due": "2027-01-31",
                "review-on": "2027-02-15",
            ]
            let form = try await keeper.get(item)
            let kodomo = try #require(form.body.firstMatch(of: /<option value="([0-9a-f-]{36})"[^>]*>見本 育</)).1
            let fields = decision.merging(["owner": String(kodomo)]) { $1 }
            let refused = try await keeper.post(item, fields.merging(["seen": form.hidden("seen")]) { $1 })
            #expect(refused.status == 409 && refused.text.contains("定足数（4人）に足りない"))
            #expect(refused.body.contains("よく話し合った。"))
            let enough = try await keeper.post(
                place + "/attendance", Self.attendance(try await keeper.get(place), present: 6))
            #expect(enough.text.contains("足りています"))
            let taken = try await keeper.post(item, fields.merging(["seen": enough.hidden("seen")]) { $1 })
            #expect(taken.status == 200 && taken.path.contains("/items/"), "\(taken.text.prefix(300))")
            let loops = try await keeper.get("/desk/loops?stage=decided")
            #expect(loops.text.contains("図書館の予約と同じくらい"))
            #expect(try await town.officer("kodomo").get("/desk/home").text.contains("窓口で一緒に入力する方法を試す"))
            // 決めたことは、あとから別のことに書きかえられない.
            let seen = try await keeper.get(place).hidden("seen")
            let changed = try await keeper.post(item, fields.merging(["seen": seen, "sentence": "やめる"]) { $1 })
            #expect(changed.status == 409 && changed.text.contains("記録した決定は変えられません"))
            // 残りの議題には、決めなかったことを書く.
            var shown = try await keeper.get(place)
            let items = shown.body.matches(of: /<a href="([^"]+\/items\/[0-9]+)"/).map { String($0.1) }
            for next in items where next != item {
                _ = try await keeper.post(
                    next, ["seen": try await keeper.get(next).hidden("seen"), "minutes": "次回に決める。"])
            }
            shown = try await keeper.get(place)
            let closed = try await keeper.post(place + "/close", ["seen": shown.hidden("seen")])
            #expect(closed.text.contains("議事録の案"))
            #expect(
                try await town.officer("jumin").post(place + "/approve", ["seen": closed.hidden("seen")]).status == 409)
            let leader = try await town.officer("fukuchocho")
            let approved = try await leader.post(
                place + "/approve", ["seen": (try await leader.get(place)).hidden("seen")])
            #expect(approved.text.contains("議事録を承認"))
            let public1 = place.replacing("/desk/meetings", with: "/progress/meetings")
            #expect(try await town.visitor().get(public1).status == 404)
            let form2 = try await keeper.get(place)
            let hidden = String(item.split(separator: "/").last ?? "")
            _ = try await keeper.post(
                place + "/publish", ["seen": form2.hidden("seen"), "hidden-\(hidden)": "話合いの途中のため"])
            let minutes = try await town.visitor().get(public1)
            #expect(minutes.status == 200 && minutes.text.contains("話合いの途中のため"))
            #expect(!minutes.text.contains("窓口で一緒に入力する方法を試す") && minutes.text.contains("次回に決める。"))
        }
    }

    @Test("資料は一度でPDFになり、数字は画面と同じ")
    func packet() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let page = try await Self.opened(keeper)
            let place = String(page.path.prefix { $0 != "?" })
            let pdf = try await keeper.get(place + "/packet.pdf")
            let text = try await PaperText.read(pdf.bytes)
            for words in ["臨時の委員会", "転出届のオンライン率16.1%", "見込み10%に対して11.3%", "終期の扱い:1-1"] {
                #expect(text.contains(words), "\(words)")
            }
        }
    }

    @Test("一人の協力員の報告は、分かっていることが入っていて、CIOが確認する")
    func update() async throws {
        try await TestTown.run(hasSample: true) { town in
            let clerk = try await town.officer("suido")
            let home = try await clerk.get("/desk/home")
            let form = try await clerk.get(try GovernanceDeskTests.link("2026年10月の報告", on: home))
            #expect(form.text.contains("ロボットで減った時間は") && form.text.contains("水道の中止届が月末に集中: 観察を残しました"))
            let sent = try await clerk.post(
                String(form.path.prefix { $0 != "?" }), form.fields.filter { $0.key != "name" })
            #expect(sent.text.contains("報告しました"))
            let leader = try await town.officer("fukuchocho")
            let waiting = try await leader.get("/desk/home")
            #expect(waiting.text.contains("上下水道課（サンプル） 2026-10"))
            let report = try await leader.get(try GovernanceDeskTests.link("上下水道課（サンプル） 2026-10", on: waiting))
            #expect(try await leader.post(report.path + "/confirm").text.contains("見本 副町長が令和8年11月24日に確認しました"))
            #expect(try await clerk.post(report.path, form.fields).status == 409)
            #expect(try await clerk.get("/desk/handover/water").text.contains("くり返しの入力をロボットに"))
        }
    }
}
