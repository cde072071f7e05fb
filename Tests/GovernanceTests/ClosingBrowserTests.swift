import Browser
import Core
import Database
import FoundationEssentials
import Japanese
import Platform
import TestKit
import Testing

@Suite("計画の終期を本物のブラウザーで", .serialized)
struct ClosingBrowserTests {
    @Test("計画が終わる: 扱いは取組ごとに一つ、次の版に引き継ぎ、意見に答え、委員会が策定し、数字は紙とデータで同じ")
    func closing() async throws {
        try await TestTown.run { town in
            try await StoryBrowserTests.prepare(town)
            try await Self.addActions(town)
            try await Browser.run { browser in
                let tab = try await browser.tab(.desktop)
                try await StoryBrowserTests.signIn("digital", tab, town)
                try await tab.open("\(town.address)/desk/closing")
                #expect(try await StoryBrowserTests.says("自治体フロントヤード改革の推進", on: tab))
                #expect(try await StoryBrowserTests.says("取組ごとの扱い（まだ 3）", on: tab))
                #expect(try await StoryBrowserTests.says("食い違い", on: tab))
                try await Self.meet("終期の委員会", "2026-11-24", tab, town)
                try await Self.decideFates(tab)
                try await tab.open("\(town.address)/desk/closing")
                #expect(try await StoryBrowserTests.says("取組ごとの扱い（まだ 0）", on: tab))
                // 次の版の案: 続ける取組だけが、もとの取組を示して引き継がれる.
                try await StoryBrowserTests.unfold("次の版の案をつくる", tab)
                try await StoryBrowserTests.write("使われることを真ん中に置くため", "#reason", tab)
                try await tab.follow("form[action$='/closing/draft'] button.primary")
                #expect(try await StoryBrowserTests.says("引き継ぐ取組（策定のときに移ります）\n1", on: tab))
                try await StoryBrowserTests.go("案を直す", tab)
                try await StoryBrowserTests.go("重点取組事項を加える", tab)
                for (control, words) in [
                    ("name", "デジタルデバイド対策"), ("gist-ja", "だれも取り残しません。"), ("gist-easy", "だれも こまらない ように します。"),
                    ("gist-en", "Nobody is left behind."),
                ] { try await StoryBrowserTests.write(words, "#\(control)", tab) }
                try await StoryBrowserTests.choose("利便性", in: "#policy", tab)
                try await tab.press("input[name=answers][value='デジタルデバイド対策']")
                try await tab.follow("form[action$='/item-new'] button.primary")
                #expect(try await StoryBrowserTests.says("案を直しました", "5-1-4 デジタルデバイド対策", on: tab))
                try await tab.open("\(town.address)/desk/closing")
                try await Self.consult(tab, town)
                try await Self.meet("策定の委員会", "2026-12-26", tab, town)
                try await Self.decidePlan(tab)
                try await tab.open("\(town.address)/desk/closing")
                try await tab.follow("form[action$='/closing/adopt'] button.primary")
                #expect(try await StoryBrowserTests.says("策定しました", on: tab))
                try await tab.open("\(town.address)/plan/compare?old=1.0&new=2.0")
                #expect(try await StoryBrowserTests.says("デジタルデバイド対策", "加わった", on: tab))
            }
            try await Self.lineage(town)
            try await Self.sameNumbers(town)
        }
    }

    /// Two more actions, with grades by people.
    private static func addActions(_ town: TestTown) async throws {
        let keeper = try await town.officer("digital")
        for (number, title, section) in [("1-2", "紙の案内", "residents"), ("3-1", "古いデータ", "digital")] {
            _ = try await keeper.post(
                "/desk/actions/new",
                [
                    "seen": "0", "number": number, "title": title, "item": number.hasPrefix("1") ? "1" : "3",
                    "section": section,
                    "state": "working", "situation": "", "issue": "", "work": "", "schedule": "",
                ])
        }
        let list = try await keeper.get("/desk/actions")
        let place = try GovernanceDeskTests.link("転出届をオンラインで", on: list)
        let kpi = [
            "seen": "1", "name": "オンライン率", "kind": "ratio", "measure": "", "card": "", "unit": "%", "better": "higher",
            "baseline": "1.8", "baseline-on": "2023-03-31", "baseline-source": "ダッシュボード", "target-2025": "10",
            "target-2026": "15",
        ]
        _ = try await keeper.post(place + "/kpis/new", kpi)
        let page = try await keeper.get(place)
        let id = try #require(page.body.firstMatch(of: /\/kpis\/([0-9a-f]{8})"/)).1
        _ = try await keeper.post(
            place + "/actuals",
            [
                "seen": "2", "actual-kpi": String(id), "actual-year": "2025", "actual": "11.3",
                "actual-on": "2026-03-31",
                "actual-evidence": "住民課の集計",
            ])
        _ = try await keeper.post(
            place + "/actuals",
            [
                "seen": "3", "actual-kpi": String(id), "actual-year": "2026", "actual": "16.2",
                "actual-on": "2026-11-20",
                "actual-evidence": "住民課の集計",
            ])
        _ = try await keeper.post(
            place + "/grade", ["seen": "4", "grade-year": "2025", "grade": "B", "grade-words": "まだ足りない"])
    }

    /// Opens a meeting and takes the attendance.
    private static func meet(_ title: String, _ day: String, _ tab: Tab, _ town: TestTown) async throws {
        try await tab.open("\(town.address)/desk/bodies")
        try await StoryBrowserTests.go("DX推進委員会", tab)
        try await StoryBrowserTests.unfold("会議を開く", tab)
        for (control, words) in [("title", title), ("on", day), ("time", "13:30"), ("place", "庁議室")] {
            try await StoryBrowserTests.write(words, "#\(control)", tab)
        }
        try await tab.follow("form[action$='/meetings'] button.primary")
        try await StoryBrowserTests.unfold("出欠", tab)
        try await tab.follow("form[action$='/attendance'] button.primary")
    }

    /// Each action gets its fate, by keyboard alone.
    private static func decideFates(_ tab: Tab) async throws {
        let fates = ["1-1": "continued", "1-2": "merged", "3-1": "stopped"]
        let place = try await tab.path
        for (number, fate) in fates.sorted(by: { $0.key < $1.key }) {
            let address = try await tab.evaluate(
                "[...document.querySelectorAll('ol.blocks li')].find(li => li.textContent.includes('終期の扱い: \(number)')).querySelector('a[href*=\"/items/\"]').href"
            ).string
            let meeting = try await tab.evaluate("location.origin").string ?? ""
            try await tab.open(try #require(address))
            try await byKeyboard(
                [
                    "minutes": "資料のとおり話し合った。", "sentence": "\(number)を\(fate)とする", "decision-reason": "使われ方を見て決めた",
                    "fate": fate,
                ], tab)
            if fate == "merged" {
                // 統合する先がなければ、どこを直すかを言い、書いた議事は残る.
                #expect(try await StoryBrowserTests.says("統合する先の取組を選んでください", on: tab))
                try await StoryBrowserTests.choose("1-1", in: "#into", tab)
                try await tab.follow("main form button.primary")
            }
            try await tab.open(meeting + place)
        }
    }

    /// Fills the form on the page with Tab, arrows, space and typing, and sends it with Enter.
    private static func byKeyboard(_ typed: [String: String], _ tab: Tab) async throws {
        try await tab.evaluate("document.querySelector('main form').querySelector('textarea').focus()")
        for _ in 0..<60 {
            let name = try await tab.evaluate("document.activeElement.name ?? ''").string ?? ""
            let kind = try await tab.evaluate("document.activeElement.type ?? ''").string ?? ""
            if kind == "submit" { return try await tab.loading { try await tab.key("Enter") } }
            if let value = typed[name] {
                if kind == "radio" {
                    try await tab.key("Space")
                    for _ in 0..<6 where try await tab.evaluate("document.activeElement.value").string != value {
                        try await tab.key("ArrowDown")
                    }
                } else {
                    try await tab.type(value)
                }
            }
            try await tab.key("Tab")
        }
        throw TestFault("the keyboard does not reach the button")
    }

    /// 意見の募集, from a resident's opinion to the published answer.
    private static func consult(_ tab: Tab, _ town: TestTown) async throws {
        try await StoryBrowserTests.unfold("意見を募集する", tab)
        try await StoryBrowserTests.write("次の計画の案について、ご意見をお寄せください。", "#lead", tab)
        try await tab.follow("form[action$='/closing/consult'] button.primary")
        let resident = town.visitor()
        let page = try await resident.get("/plan/2.0/opinions")
        #expect(page.text.contains("ご意見をお寄せください"))
        // 案には、続けると決まった取組も並ぶ.
        let draft = try await resident.get("/plan/2.0").text
        #expect(draft.contains("この案で続ける取組") && draft.contains("転出届をオンラインで") && !draft.contains("古いデータ"))
        let refused = try await resident.post("/plan/2.0/opinions", ["clause": "", "words": "番号は123456789018"])
        #expect(refused.status == 422 && refused.text.contains("マイナンバー"))
        let given = try await resident.post(
            "/plan/2.0/opinions", ["clause": "5-1-1", "words": "電話でも申し込めるようにしてください <script>alert(1)</script>"])
        #expect(given.path.hasPrefix("/opinions/") && given.text.contains("ご意見が届きました"))
        let stored = try await town.platform.database.read { transaction in
            try transaction.rows("SELECT words FROM governance_opinion").map { try $0["words"] as [UInt8] }
        }
        #expect(!String(decoding: stored.flatMap(\.self), as: UTF8.self).contains("電話"))
        try await tab.open("\(town.address)/desk/closing")
        try await StoryBrowserTests.unfold("町の考え方を書く", tab)
        try await StoryBrowserTests.choose("5-1-1", in: "#opinion", tab)
        try await StoryBrowserTests.write("電話の受付を残してほしい", "#gist", tab)
        try await StoryBrowserTests.write("電話の窓口は、これからも残します。", "#answer", tab)
        try await tab.press("input[name=outcome][value=taken]")
        try await tab.follow("form[action$='/closing/answer'] button.primary")
        try await tab.follow("form[action$='/closing/publish'] button")
        #expect(try await StoryBrowserTests.says("終わってから公表します", on: tab))
        town.clock.advance(seconds: 32 * 86_400)
        try await StoryBrowserTests.signIn("digital", tab, town)
        try await tab.open("\(town.address)/desk/closing")
        try await tab.follow("form[action$='/closing/publish'] button")
        #expect(try await StoryBrowserTests.says("結果を公表しました", on: tab))
        #expect(try await town.visitor().get(given.path).text.contains("電話の窓口は、これからも残します。"))
        #expect(try await town.visitor().get("/plan/2.0/opinions").text.contains("電話の受付を残してほしい"))
    }

    private static func decidePlan(_ tab: Tab) async throws {
        let address = try await tab.evaluate(
            "[...document.querySelectorAll('ol.blocks li')].find(li => li.textContent.includes('計画 第2.0版の策定')).querySelector('a[href*=\"/items/\"]').href"
        ).string
        try await tab.open(try #require(address))
        // 策定は「推進方針」の決定でだけできる.
        try await tab.choose("direction", in: "#decision-kind")
        try await byKeyboard(["sentence": "第2.0版を策定する", "decision-reason": "意見を反映した"], tab)
    }

    /// Every old action has exactly one fate; what goes on names where it came from.
    private static func lineage(_ town: TestTown) async throws {
        let keeper = try await town.officer("digital")
        let next = try await keeper.get("/desk/actions")
        #expect(next.text.contains("転出届をオンラインで") && !next.text.contains("紙の案内") && !next.text.contains("古いデータ"))
        let carried = try await keeper.get(try GovernanceDeskTests.link("転出届をオンラインで", on: next))
        #expect(carried.text.contains("引き継いだ取組") && carried.text.contains("第1.0版の"))
        let fates = try await town.platform.database.read { transaction in
            try transaction.rows("SELECT content FROM governance_document WHERE kind = 'action'").map {
                try $0["content"] as String
            }
        }
        #expect(fates.count == 4 && fates.count { $0.contains("\"fate\":{") } == 3)
    }

    /// The numbers on the paper are those in the data.
    private static func sameNumbers(_ town: TestTown) async throws {
        struct Progress: Decodable {
            let items: [Item]
            let levels: [Level]
            struct Item: Decodable {
                let name: String
                let actions: [Action]
            }
            struct Action: Decodable {
                let title: String
                let kpis: [KPI]
            }
            struct KPI: Decodable {
                let name: String
                let value: Double?
            }
            struct Level: Decodable { let level: String? }
        }
        let visitor = town.visitor()
        let data = try JSONDecoder().decode(Progress.self, from: Data(try await visitor.get("/progress.json").bytes))
        let paper = try await PaperText.read(try await visitor.get("/progress.pdf").bytes)
        #expect(data.items.count == 9)
        for item in data.items { #expect(paper.contains(item.name.filter { !$0.isWhitespace }), "\(item.name)") }
        #expect(data.items.flatMap(\.actions).flatMap(\.kpis).contains { $0.value == 16.2 })
        for kpi in data.items.flatMap(\.actions).flatMap(\.kpis) {
            let shown = kpi.value.map { "\($0)" } ?? "まだ数えられません"
            #expect(paper.contains("\(kpi.name):\(shown)".filter { !$0.isWhitespace }), "\(kpi.name) \(shown)")
        }
        for level in 0...5 {
            let count = data.levels.count { $0.level == "L\(level)" }
            let page = try await visitor.get("/progress")
            #expect(
                page.text.contains(" \(count)の手続き") || page.text.contains(">\(count)の手続き")
                    || page.body.contains(">\(count)の手続き<"))
        }
    }
}
