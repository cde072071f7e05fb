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
            // 画面からも、目標・基準値は変えられず、先の年度の目標は変えられる.
            let action = try GovernanceDeskTests.link("1-1 転出届", on: try await keeper.get("/desk/actions"))
            let kpi = try #require(
                try await keeper.get(action).body.firstMatch(of: /(\/desk\/actions\/[^"]+\/kpis\/[0-9a-z-]+)"/)
            ).1
            let form = try await keeper.get(String(kpi)).fields
            for (control, value, words) in [
                ("target-2025", "1", "目標は変えられません"), ("baseline", "99", "基準値は変えられません"), ("kind", "annual", "種類"),
            ] {
                let fixed = try await keeper.post(String(kpi), form.merging([control: value]) { $1 })
                #expect(fixed.status == 422 && fixed.text.contains(words), "\(control) \(fixed.text.prefix(300))")
            }
            #expect(try await keeper.post(String(kpi), form.merging(["target-2026": "21"]) { $1 }).status == 200)
        }
    }

    @Test("課が一つになったら、確かめてから、続いているものがまとめて移り、終わったものは残る")
    func sections() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let place = "/desk/sections/move"
            #expect(try await keeper.post(place, ["from": "water", "to": "water"]).text.contains("別の課"))
            #expect(try await town.officer("suido").get(place).status == 403)
            #expect(try await town.officer("suido").post(place, ["from": "water", "to": "tax"]).status == 403)
            let move = ["from": "residents", "to": "construction"]
            let ended = try await keeper.get("/desk/loops?stage=finished&section=residents")
            let asked = try await keeper.post(place, move)
            #expect(asked.text.contains("移すもの") && asked.text.contains("委員・協力員の席"))
            // 確かめるだけでは、何も動かない.
            #expect(try await keeper.get("/desk/loops?section=residents").text.contains("電話でしか予約できないという声"))
            let moved = try await keeper.post(place, move.merging(["sure": "yes"]) { $1 })
            #expect(moved.text.contains("件を移しました") && moved.text.contains("1人の席を終えました"), "\(moved.text.prefix(400))")
            let left = try await keeper.get("/desk/loops?section=residents")
            #expect(!left.text.contains("電話でしか予約できないという声") && left.text.contains("転出届のオンラインが1.8%"))
            #expect(ended.text.contains("転出届のオンラインが1.8%"))
            let actions = try await keeper.get("/desk/actions.csv?year=2026")
            #expect(actions.body.contains("1-1") && !actions.body.contains("住民課（サンプル）,"))
            // 建設課の方が、続きを動かせる. 席が終わった方は、知らされる.
            #expect(try await town.officer("kensetsu").get("/desk/inbox").text.contains("担当が移ってきました"))
            #expect(try await town.officer("madoguchi").get("/desk/inbox").text.contains("席が終わりました"))
        }
    }

    @Test("ループとやることの担当は一つずつも替えられ、知らせは替わった人にだけ届く")
    func hand() async throws {
        try await TestTown.run(hasSample: true) { town in
            let clerk = try await town.officer("suido")
            let place = try GovernanceDeskTests.link("水道の中止届", on: try await clerk.get("/desk/loops"))
            let other = try await town.officer("kodomo")
            let seen = try await clerk.get(place).hidden("seen")
            #expect(try await other.post(place + "/hand", ["seen": seen, "hand-section": "children"]).status == 403)
            #expect(try await clerk.post(place + "/hand", ["seen": seen, "hand-section": "nowhere"]).status == 422)
            // 同じ課のままなら、何も起きない.
            #expect(try await clerk.post(place + "/hand", ["seen": seen, "hand-section": "water"]).status == 200)
            #expect(try await !clerk.get("/desk/inbox").text.contains("担当になりました"))
            #expect(try await clerk.post(place + "/hand", ["seen": seen, "hand-section": "children"]).status == 200)
            #expect(try await other.get("/desk/inbox").text.contains("担当になりました: 水道の中止届"))
            let errand = try GovernanceDeskTests.link("町が確かめられる証明書", on: try await other.get("/desk/home"))
            let form = ["then": "hand", "seen": try await other.get(errand).hidden("seen"), "errand-to": "water"]
            #expect(try await clerk.post(errand, form).status == 403)
            #expect(try await other.post(errand, form).status == 200)
            #expect(try await clerk.get("/desk/inbox").text.contains("やることの担当になりました"))
        }
    }

    @Test("委員会は、並んだ案から選んで決められ、選ばなかった案だけが残る")
    func committee() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let page = try await MeetingDeskTests.opened(keeper)
            let place = String(page.path.prefix { $0 != "?" })
            let held = try await keeper.post(place + "/attendance", MeetingDeskTests.attendance(page, present: 6))
            let item = try GovernanceDeskTests.link("議事を書く", on: held)
            let form = try await keeper.get(item)
            #expect(form.text.contains("決まった案") && form.text.contains("案内のチラシだけを渡す"))
            let fields = form.fields.filter { $0.key != "then" }.merging(
                ["minutes": "話し合った。", "option": "1", "decision-reason": "手間がかからない", "decision-kind": "work"]) { $1 }
            let both = try await keeper.post(item, fields.merging(["sentence": "ほかのことをする"]) { $1 })
            #expect(both.status == 422 && both.text.contains("空けておいてください"))
            let taken = try await keeper.post(item, fields)
            #expect(taken.status == 200, "\(taken.text.prefix(400))")
            let loop = try GovernanceDeskTests.link(
                "図書館の予約と同じくらい", on: try await keeper.get("/desk/loops?stage=decided"))
            let story = try await keeper.get(loop).text
            let others = try #require(story.firstMatch(of: /(?s)選ばなかった案(.*?)うまくいったと/)).1
            #expect(others.contains("いまのまま続ける") && !others.contains("案内のチラシだけを渡す"))
        }
    }

    @Test("会議の前、欠員、意見の募集の終わり、調査の締切に、目をさます")
    func watch() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let body = try await MeetingDeskTests.committee(keeper)
            _ = try await keeper.post(
                body + "/meetings", ["title": "師走の委員会", "on": "2026-12-04", "time": "10:00", "place": "庁議室"])
            let survey = try await keeper.get("/desk/surveys/2026")
            #expect(
                try await town.officer("madoguchi").post("/desk/surveys/2026/due", ["due": "2026-12-10"]).status == 403)
            let due = ["seen": survey.hidden("seen"), "due": "きのう"]
            #expect(try await keeper.post("/desk/surveys/2026/due", due).status == 422)
            _ = try await keeper.post("/desk/surveys/2026/due", due.merging(["due": "令和8年12月10日"]) { $1 })
            _ = try await DraftDeskTests.draft(keeper)
            _ = try await keeper.post(
                "/desk/closing/consult",
                ["plan": "2.0", "consult-from": "2026-11-24", "consult-until": "2026-12-23", "lead": "ご意見をお寄せください"])
            let inbox = try await keeper.post("/desk/inbox/settings", ["address": ""])
            let feed = String(try #require(inbox.body.firstMatch(of: /\/calendar\/[0-9a-f]{64}\.ics/)).0)
            let events = try await town.visitor().get(feed).body
            #expect(
                events.contains("UID:survey-2026@origami\r\n") && events.contains("DTSTART;VALUE=DATE:20261223\r\n"))
            town.clock.advance(seconds: 9 * 86_400)
            try await town.workOff()
            #expect(try await town.officer("digital").get("/desk/inbox").text.contains("の締切は令和8年12月10日です"))
            let leader = try await town.officer("fukuchocho")
            #expect(try await leader.get("/desk/inbox").text.contains("もうすぐ会議です: 師走の委員会"))
            #expect(try await town.officer("digital").get("/desk/inbox").text.contains("協力員のいない課が"))
            town.clock.advance(seconds: 3 * 86_400)
            try await town.workOff()
            #expect(try await town.officer("digital").get("/desk/inbox").text.contains("出欠がまだ記録されていません: 師走の委員会"))
            town.clock.advance(seconds: 11 * 86_400)
            try await town.workOff()
            #expect(try await town.officer("digital").get("/desk/inbox").text.contains("意見の募集は令和8年12月23日に終わります"))
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
                let isOfMonths = ["use", "actions", "measures"].contains(name)
                #expect(file.body.contains(isOfMonths ? ",2026-10\r\n" : ",2026-11-24\r\n"), "\(name)")
            }
            // 10件に満たない数は、どの表にもない: 件数の列は、空か10以上.
            let use = try await visitor.get("/progress/use.csv").body.split(separator: "\r\n").dropFirst()
            let sent = use.map { $0.split(separator: ",", omittingEmptySubsequences: false)[2] }
            #expect(!sent.isEmpty && sent.allSatisfy { $0.isEmpty || (Int($0) ?? 0) >= 10 })
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
            // 5-1の主管課.
            let own = try await town.officer("suido").post(
                "/desk/measures/robot-hours", typed.merging(["amount": "4"]) { $1 })
            #expect(own.status == 200)
        }
    }
}
