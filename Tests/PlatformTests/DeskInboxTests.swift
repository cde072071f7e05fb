import Applications
import Core
import Database
import Identity
import Japanese
import Platform
import TestKit
import Testing

@Suite("申請一覧")
struct DeskInboxTests: DeskSteps {
    @Test("条件はアドレスにあり、組み合わせられる。並びは期限か届いた順")
    func filters() async throws {
        try await TestTown.run { town in
            let first = try await dog(town, number: 1)
            town.clock.advance(seconds: 60)
            let paper = try await dog(town, number: 2, through: .counter)
            town.clock.advance(seconds: 60)
            let third = try await dog(town, number: 3)
            try await act(town, .receive, third, by: "kankyo")
            let clerk = try await town.officer("kankyo")
            #expect(try await ids(clerk.get("/desk")) == [first, paper, third])
            #expect(try await ids(clerk.get("/desk?sort=newest")) == [third, paper, first])
            #expect(try await ids(clerk.get("/desk?sort=arrived&channel=online")) == [first, third])
            #expect(try await ids(clerk.get("/desk?status=received&channel=online")) == [third])
            #expect(try await ids(clerk.get("/desk?status=submitted&card=dog-registration")) == [first, paper])
            #expect(try await ids(clerk.get("/desk?card=water-start")) == [])
            #expect(try await ids(clerk.get("/desk?status=all&from=R8.11.24&through=2026年11月24日")).count == 3)
            #expect(try await ids(clerk.get("/desk?through=2026-11-23")) == [])
            #expect(try await ids(clerk.get("/desk?due=overdue")) == [])
            let wrong = try await clerk.get("/desk?from=2026-11-31")
            #expect(wrong.status == 422 && wrong.body.contains("value=\"2026-11-31\""))
            // Somebody else's sections are nobody's business, whatever the address says.
            let water = try await town.officer("suido")
            #expect(try await ids(water.get("/desk?section=environment&status=all")) == [])
            let both = try await town.officer("kankyo-kacho")
            #expect(try await ids(both.get("/desk?section=environment")).count == 3)
            #expect(try await ids(both.get("/desk?section=water")) == [])
            town.clock.advance(seconds: 60 * 24 * 3600)
            let later = try await town.officer("kankyo").get("/desk?due=overdue&card=dog-registration")
            #expect(ids(later).count == 3 && later.text.contains("超過") && later.text.contains("60日前"))
        }
    }

    @Test("条件を付けても、次のページは続きから。抜けも重なりもない")
    func paging() async throws {
        try await TestTown.run { town in
            for index in 0..<70 {
                _ = try await dog(town, number: index, through: index % 10 == 0 ? .counter : .online)
            }
            let clerk = try await town.officer("kankyo")
            for sort in ["due", "arrived", "newest"] {
                let first = try await clerk.get("/desk?channel=online&sort=\(sort)")
                let next = try #require(first.body.firstMatch(of: /href="(\/desk\?[^"]*after=[^"]*)"/)?.1)
                let second = try await clerk.get(String(next).replacing("&amp;", with: "&"))
                #expect(ids(first).count == 50 && ids(second).count == 13)
                #expect(Set(ids(first) + ids(second)).count == 63)
            }
        }
    }

    @Test("氏名は、字体や幅や仮名が違っても見つかり、ほかの課からは見つからない。名前はどこにも書かれていない")
    func names() async throws {
        try await TestTown.run { town in
            let takasaki = try await dog(town, number: 1)
            let other = try await dog(town, "愛武", "太郎", kana: ("アイブ", "タロウ"), number: 2)
            let hayashi = try await dog(town, "林", "花", kana: ("ハヤシ", "ハナ"), number: 3)
            let clerk = try await town.officer("kankyo")
            func found(_ words: String) async throws -> [String] {
                try await ids(clerk.get("/desk?q=\(Visitor.encoded(words))"))
            }
            for words in ["髙﨑", "高崎", "高崎　花子", "ﾀｶｻｷ", "たかさき はな", "花子", "﨑花", "ﾊﾅｺ"] {
                #expect(try await found(words) == [takasaki], "\(words)")
            }
            #expect(try await found("ｱｲﾌﾞ") == [other])
            #expect(try await found("林") == [hayashi])
            for words in ["田中", "林太郎", "花武"] { #expect(try await found(words) == []) }
            let number = try await number(town, other)
            #expect(try await found(number.lowercased()) == [other])
            let water = try await town.officer("suido")
            #expect(try await ids(water.get("/desk?q=\(Visitor.encoded("高崎"))")) == [])
            // The words stand in the address alone, and it is told to nobody else.
            let page = try await clerk.get("/desk?q=\(Visitor.encoded("高崎"))")
            #expect(page.headers["referrer-policy"] == "same-origin" && page.body.contains("value=\"高崎\""))
            let copy = try await town.copyOfDatabase()
            #expect(!["高崎", "たかさき", "愛武", "あいぶ"].contains(where: copy.holds))
        }
    }

    @Test("直した氏名で見つかり、前の氏名では見つからない。鍵を消した申請は、氏名でも見つからない")
    func shredded() async throws {
        try await TestTown.run { town in
            let id = try await dog(town, number: 1)
            let clerk = try await town.officer("kankyo")
            let search = "/desk?q=\(Visitor.encoded("高崎"))"
            #expect(try await ids(clerk.get(search)) == [id])
            // What came before there was an index is read by the job that the migration left.
            let now = town.clock.now
            try await town.platform.database.write { transaction in
                transaction.keepHouse("a town from before")
                try transaction.run("DELETE FROM name_token")
                try transaction.run("DELETE FROM name_index")
                try transaction.enqueue("names.index", [:], at: now)
            }
            #expect(try await ids(clerk.get(search)) == [])
            try await town.workOff()
            #expect(try await ids(clerk.get(search)) == [id])
            try await town.platform.database.write { transaction in
                transaction.keepHouse("its time is over")
                try transaction.enqueue("case.shred", ["application": id], at: now)
            }
            try await town.workOff()
            #expect(try await ids(clerk.get(search)) == [])
            let left: Int? = try await town.platform.database.read {
                try $0.row("SELECT count(*) AS n FROM name_token")?["n"]
            }
            #expect(left == 0)
        }
    }

    @Test("条件に名前を付けて残せる。課で共有でき、最初に開くものを選べ、さがす言葉は残らない")
    func savedViews() async throws {
        try await TestTown.run { town in
            let mine = try await dog(town, number: 1)
            _ = try await dog(town, number: 2)
            let clerk = try await town.officer("kankyo")
            let me = try await officerID(town, "kankyo")
            _ = try await clerk.post(
                "/desk/cases/\(mine)/assign", ["to": me, "seen": "-", "once": ID<Int>().text])
            let page = try await clerk.get("/desk?who=mine&q=\(Visitor.encoded("髙﨑"))")
            let nameless = try await fill(clerk, page, "/desk/views", [("name", "　")])
            #expect(nameless.firstStatus == 422 && nameless.text.contains("条件の名前を入力してください"))
            for _ in 0..<2 {
                let kept = try await fill(
                    clerk, page, "/desk/views", [("name", "自分の分"), ("share", "environment"), ("first", "yes")])
                #expect(kept.firstStatus == 303 && ids(kept) == [mine])
            }
            #expect(try await ids(clerk.get("/desk")) == [mine])
            #expect(try await ids(clerk.get("/desk?status=open")).count == 2)
            let rows: [String] = try await town.platform.database.read {
                try $0.rows("SELECT filter FROM saved_view").map { try $0["filter"] }
            }
            #expect(rows == [#"{"who":"mine"}"#])
            // Mine is everybody's own: the decider of the section sees the view, and has nothing in it.
            let decider = try await town.officer("kankyo-kacho")
            let shared = try await decider.get("/desk")
            #expect(shared.text.contains("自分の分") && ids(shared).count == 2)
            #expect(!(try await town.officer("suido").get("/desk").text.contains("自分の分")))
            let list = try await decider.get("/desk/views")
            let view = try #require(list.body.firstMatch(of: /\/desk\/views\/([0-9a-f-]{36})\/rename/)?.1)
            let renamed = try await decider.post("/desk/views/\(view)/rename", ["name": "担当分"])
            #expect(renamed.text.contains("担当分"))
            let stranger = try await town.officer("suido").post("/desk/views/\(view)/delete")
            #expect(stranger.status == 404)
            _ = try await decider.post("/desk/views/\(view)/delete")
            #expect(try await ids(clerk.get("/desk")).count == 2)
        }
    }

    @Test("二人が同時に担当を決めると、あとの人に、いまの担当者を知らせる。二度押しても一度")
    func assigning() async throws {
        try await TestTown.run { town in
            let id = try await dog(town)
            let (one, other) = (
                try await colleague(town, "ichiro", "職員 一"), try await colleague(town, "jiro", "職員 二")
            )
            let (first, second) = (try await officerID(town, "ichiro"), try await officerID(town, "jiro"))
            let take = ["to": first, "seen": "-", "once": ID<Int>().text]
            for _ in 0..<2 {
                #expect(try await one.post("/desk/cases/\(id)/assign", take).text.contains("職員 一"))
            }
            let late = try await other.post(
                "/desk/cases/\(id)/assign", ["to": second, "seen": "-", "once": ID<Int>().text])
            #expect(late.status == 409 && late.text.contains("いまの担当者は、職員 一さんです"))
            #expect(try await ids(one.get("/desk?who=mine")) == [id])
            #expect(try await ids(other.get("/desk?who=mine")) == [])
            #expect(try await ids(other.get("/desk?who=nobody")) == [])
            #expect(try await ids(other.get("/desk?who=\(first)")) == [id])
            // Whoever saw it may hand it on, but only within the section.
            let water = try await officerID(town, "suido")
            let outside = try await other.post(
                "/desk/cases/\(id)/assign", ["to": water, "seen": first, "once": ID<Int>().text])
            #expect(outside.status == 422)
            let over = try await fill(
                other, late, "/desk/cases/\(id)/assign", [("to", second)])
            #expect(over.status == 200)
            #expect(try await ids(other.get("/desk?who=mine")) == [id])
            let events: Int? = try await town.platform.database.read {
                try $0.row("SELECT count(*) AS n FROM event WHERE kind = 'case.assigned'")?["n"]
            }
            #expect(events == 2)
        }
    }

    @Test("担当をまとめて引き継げる。引継ぎの言葉はメモに残り、辞めた人の分は不在として見つかる")
    func handover() async throws {
        try await TestTown.run { town in
            let all = [try await dog(town, number: 1), try await dog(town, number: 2), try await dog(town, number: 3)]
            let (one, other) = (
                try await colleague(town, "ichiro", "職員 一"), try await colleague(town, "jiro", "職員 二")
            )
            let (first, second) = (try await officerID(town, "ichiro"), try await officerID(town, "jiro"))
            for id in all {
                _ = try await one.post("/desk/cases/\(id)/assign", ["to": first, "seen": "-", "once": ID<Int>().text])
            }
            let page = try await one.get("/desk/handover")
            let nobody = try await fill(one, page, "/desk/handover", [("to", ""), ("note", "電話は午後に。")])
            #expect(nobody.firstStatus == 422 && nobody.body.contains("電話は午後に。"))
            let given: [(String, String)] = [("to", second), ("note", "電話は午後に。")]
            let done = try await fill(one, page, "/desk/handover", given)
            #expect(done.text.contains("済み 3件"))
            #expect(try await fill(one, page, "/desk/handover", given).path == done.path)
            #expect(try await ids(other.get("/desk?who=mine")).count == 3)
            let note = try await other.get("/desk/cases/\(all[0])").text
            #expect(note.split(separator: "電話は午後に。").count == 2)

            let now = town.clock.now
            try await town.platform.database.write { try Staff.disable(login: "jiro", by: .system, at: now, in: $0) }
            let clerk = try await town.officer("kankyo")
            let absent = try await clerk.get("/desk?who=absent")
            #expect(ids(absent).count == 3 && absent.text.contains("職員 二（不在）"))
            #expect(try await ids(clerk.get("/desk?who=nobody")) == [])
        }
    }

    @Test("補正のあいだ期限は止まり、戻った日に、その開庁日の分だけ延びる")
    func pause() async throws {
        try await TestTown.run { town in
            let id = try await dog(town, number: 1)
            func due() async throws -> String? {
                try await town.platform.database.read {
                    try $0.row("SELECT due_on FROM application WHERE id = \(id)")?["due_on"] as String?
                }
            }
            let first = try #require(try await due())
            try await act(town, .receive, id, by: "kankyo")
            try await act(town, .returnForCorrection(reason: "番号をお確かめください。", pins: []), id, by: "kankyo")
            // From Tuesday over the weekend to the Monday after: four business days.
            town.clock.advance(seconds: 6 * 24 * 3600)
            let waiting = try await town.officer("kankyo").get("/desk").text
            let calendar = town.platform.town.businessDays
            let left = calendar.count(
                after: town.clock.now.day.adding(days: -6), through: try #require(.init(iso: first)))
            #expect(waiting.contains("補正待ち（残り\(left)日）"))
            let item = try await town.platform.applications.openCase(try #require(Case.ID(id))).item
            _ = try await town.platform.applications.submit(
                item.id, submission: ID<Case>().text, revision: item.revision, wishes: .none,
                by: Applicant(session: "s1"), language: .ja, at: town.clock.now)
            let second = try #require(try await due())
            #expect(second == calendar.day(after: try #require(.init(iso: first)), count: 4).iso)
            #expect(try await town.officer("kankyo").get("/desk").text.contains("\(second) あと\(left)日"))
        }
    }
}
