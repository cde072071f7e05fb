import Core
import Database
import Japanese
import TestKit
import Testing

@Suite("決めることと、引き継ぐことを受付デスクで")
struct DecisionDeskTests {
    @Test("CIOは、並んだ案から一つを選び、理由を書くだけで決められ、選ばなかった案も残る")
    func choose() async throws {
        try await TestTown.run(hasSample: true) { town in
            let leader = try await town.officer("fukuchocho")
            let home = try await leader.get("/desk/home")
            let page = try await leader.get(try GovernanceDeskTests.link("電話でしか予約できないという声", on: home))
            let place = String(page.path.prefix { $0 != "?" })
            #expect(page.text.contains("どの案にしますか") && page.text.contains("いまのまま続ける"))
            // 決める人でなければ、選ぶところがない.
            let clerk = try await town.officer("jumin")
            #expect(try await !clerk.get(place).text.contains("どの案にしますか"))
            let seen = page.hidden("seen")
            let reply = try await clerk.post(
                place + "/choose", ["seen": seen, "option": "0", "choose-reason": "わたしが決める"])
            #expect(reply.status == 422 && reply.text.contains("決められる人ではありません"))
            let empty = try await leader.post(place + "/choose", ["seen": seen, "choose-reason": ""])
            #expect(empty.status == 422 && empty.text.contains("「案」を選んでください"))
            #expect(
                try await leader.post(place + "/choose", ["seen": seen, "option": "9", "choose-reason": "理由"]).status
                    == 422)
            let done = try await leader.post(
                place + "/choose", ["seen": seen, "option": "1", "choose-reason": "すぐにできるため"])
            #expect(done.text.contains("電話の受付を昼休みも開く") && done.text.contains("見本 副町長（CIO）"))
            #expect(done.text.contains("予約の空きを毎週月曜に紙で公民館と役場に貼る"))
            #expect(try await clerk.get("/desk/inbox").text.contains("担当になりました"))
        }
    }

    @Test("決定を求めるには、案が2つ以上要る")
    func options() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("madoguchi")
            let loop = try await clerk.post("/desk/loops/new", GovernanceDeskTests.observation)
            let place = String(loop.path.prefix { $0 != "?" })
            let ideas = try await clerk.post(
                place + "/orient", GovernanceDeskTests.hypothesis.merging(["seen": "1"]) { $1 })
            let owner = try #require(ideas.body.firstMatch(of: /<option value="([0-9a-f-]{36})"/)).1
            let asked = [
                "seen": "2", "asked": "cio", "options": "チラシを入れる", "ask-success": "30%", "ask-stop": "5%",
                "ask-owner": String(owner), "ask-review-on": "2027-01-20",
            ]
            let few = try await clerk.post(place + "/ask", asked)
            #expect(few.status == 422 && few.text.contains("違う案を2つから6つまで") && few.body.contains("チラシを入れる"))
            let two = try await clerk.post(place + "/ask", asked.merging(["options": "チラシを入れる\nいまのまま続ける"]) { $1 })
            #expect(two.status == 200 && two.text.contains("CIOの決定を待っています"))
        }
    }

    @Test("同じ様式を二度送っても、できるものは一つ")
    func twice() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("madoguchi")
            let once = try await clerk.get("/desk/loops/new").hidden("once")
            let form = GovernanceDeskTests.observation.merging(["once": once]) { $1 }
            let first = try await clerk.post("/desk/loops/new", form)
            #expect(try await clerk.post("/desk/loops/new", form).path == first.path)
            let list = try await clerk.get("/desk/loops")
            #expect(list.body.matches(of: />妊娠の届出の紙</).count == 1)
        }
    }

    @Test("会議が始まったときの資料は、そのあと数字が変わっても、そのまま残る")
    func packet() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let page = try await MeetingDeskTests.opened(keeper)
            let place = String(page.path.prefix { $0 != "?" })
            _ = try await keeper.post(place + "/attendance", MeetingDeskTests.attendance(page, present: 6))
            let action = try GovernanceDeskTests.link("1-1 転出届", on: try await keeper.get("/desk/actions"))
            let kpi = try #require(try await keeper.get(action).body.firstMatch(of: /\/kpis\/([0-9a-z-]+)"/)).1
            let entered = try await keeper.post(
                action + "/actuals",
                [
                    "seen": try await keeper.get(action).hidden("seen"), "actual-kpi": String(kpi),
                    "actual-year": "2026", "actual": "77.7", "actual-on": "2026-11-24", "actual-evidence": "数え直した",
                ])
            #expect(entered.status == 200 && entered.text.contains("77.7"), "\(entered.text.prefix(300))")
            let paper = try await PaperText.read(try await keeper.get(place + "/packet.pdf").bytes)
            #expect(paper.contains("転出届のオンライン率16.1%") && !paper.contains("77.7"))
            let id = String(place.split(separator: "/").last ?? "")
            #expect(try await keeper.get("/desk/history/packet/\(id)").body.matches(of: /証跡と一致</).count == 1)
        }
    }

    @Test("終わった年度の目標は、評価のあとで動かせない")
    func target() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let csv = String(
                decoding: try await keeper.get("/desk/actions.csv?year=2025").bytes.dropFirst(3), as: UTF8.self)
            let lines = csv.split(separator: "\r\n").map(String.init)
            let row = try #require(lines.first { $0.contains("転出届のオンライン率") })
            let place = try #require(lines[0].split(separator: ",").firstIndex(of: "目標値"))
            var cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            try #require(!cells[place].isEmpty)
            cells[place] = "1"
            let reply = try await keeper.upload(
                "/desk/actions/import", control: "file",
                files: [("t.csv", Array([lines[0], cells.joined(separator: ",")].joined(separator: "\r\n").utf8))])
            #expect(reply.status == 422 && reply.text.contains("令和7年度は終わったので、目標は変えられません"), "\(reply.text.prefix(400))")
        }
    }

    @Test("課が一つになったら、続いているものがまとめて移り、終わったものは残る")
    func sections() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            #expect(
                try await keeper.post("/desk/sections/move", ["from": "water", "to": "water"]).text.contains("別の課"))
            #expect(try await town.officer("suido").get("/desk/sections/move").status == 403)
            let moved = try await keeper.post("/desk/sections/move", ["from": "water", "to": "construction"])
            #expect(moved.status == 200 && moved.text.contains("件を移しました"), "\(moved.text.prefix(300))")
            let loops = try await keeper.get("/desk/loops?section=construction")
            #expect(loops.text.contains("水道の中止届が月末に集中"))
            let left = try await keeper.get("/desk/loops?section=water")
            #expect(!left.text.contains("水道の中止届が月末に集中"))
            // 建設課の方が、続きを動かせる.
            let home = try await town.officer("kensetsu").get("/desk/home")
            #expect(home.text.contains("水道の中止届が月末に集中"))
        }
    }

    @Test("会議の前、欠員、意見の募集の終わりに、目をさます")
    func watch() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let body = try await MeetingDeskTests.committee(keeper)
            _ = try await keeper.post(
                body + "/meetings", ["title": "師走の委員会", "on": "2026-12-04", "time": "10:00", "place": "庁議室"])
            town.clock.advance(seconds: 9 * 86_400)
            try await town.workOff()
            let leader = try await town.officer("fukuchocho")
            #expect(try await leader.get("/desk/inbox").text.contains("もうすぐ会議です: 師走の委員会"))
            #expect(try await town.officer("digital").get("/desk/inbox").text.contains("協力員のいない課が"))
            town.clock.advance(seconds: 3 * 86_400)
            try await town.workOff()
            #expect(try await town.officer("digital").get("/desk/inbox").text.contains("出欠がまだ記録されていません: 師走の委員会"))
            // 前に見たときから、だれが何をしたか.
            let home = try await town.officer("fukuchocho").get("/desk/home")
            #expect(!home.text.contains("前に見たときから変わったこと"))
            town.clock.advance(seconds: 60)
            let later = try await town.officer("digital")
            let place = try GovernanceDeskTests.link("師走の委員会", on: try await later.get(body))
            _ = try await later.post(
                place + "/attendance", MeetingDeskTests.attendance(try await later.get(place), present: 6))
            town.clock.advance(seconds: 86_400)
            let changed = try await town.officer("fukuchocho").get("/desk/home")
            #expect(changed.text.contains("前に見たときから変わったこと") && changed.text.contains("出欠の記録、見本 推進"))
        }
    }

    @Test("公開の数は、利用・取組・公表値の表でも保存でき、少ない数は表にも出ない")
    func tables() async throws {
        try await TestTown.run(hasSample: true) { town in
            let visitor = town.visitor()
            for (name, words) in [
                ("use", "オンラインの割合（%）"), ("actions", "転出届のオンライン率"), ("published", "転出届"), ("levels", "段階"),
                ("measures", "定義"), ("trials", "見込み"),
            ] {
                let file = try await visitor.get("/progress/\(name).csv")
                #expect(file.status == 200 && file.body.contains(words), "\(name)")
                #expect(file.body.contains("数えた月まで") && file.body.contains(",2026-10\r\n"), "\(name)")
            }
            let page = try await visitor.get("/progress")
            for name in ["use", "actions", "published"] { #expect(page.body.contains("/progress/\(name).csv")) }
        }
    }

    @Test("町全体の指標は、その取組の課か推進室だけが記録できる")
    func entering() async throws {
        try await TestTown.run(hasSample: true) { town in
            let typed = ["month": "2026-10", "amount": "3", "evidence": "記録"]
            let other = try await town.officer("kodomo")
            #expect(try await !other.get("/desk/measures/robot-hours").text.contains("月の値を記録する"))
            let refused = try await other.post("/desk/measures/robot-hours", typed)
            #expect(refused.status == 403 && refused.text.contains("デジタル推進室に相談"))
            #expect(try await town.officer("digital").post("/desk/measures/robot-hours", typed).status == 200)
        }
    }
}
