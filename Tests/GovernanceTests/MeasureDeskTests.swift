import Core
import Database
import FoundationEssentials
import Japanese
import Platform
import TestKit
import Testing

@Suite("指標・調査・お知らせ")
struct MeasureDeskTests {
    @Test("申請の記録から数えた指標は、終わった月ごとに残り、少件数は印がつく")
    func counted() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let list = try await keeper.get("/desk/measures")
            #expect(list.text.contains("オンライン利用率") && list.text.contains("申請の記録（自動）"))
            // 11月が終わって、記録される.
            town.clock.advance(seconds: 9 * 86_400)
            try await town.workOff()
            let page = try await town.officer("digital").get("/desk/measures/online-share")
            #expect(page.text.contains("2026-11") && page.text.contains("10件に満たない値は、公開しません"))
            let days = try await town.officer("digital").get("/desk/measures/minutes")
            #expect(days.text.contains("不明"))
        }
    }

    @Test("人が記録する指標は根拠が要り、訂正しても前の値が残り、自動のものは手で書けない")
    func entered() async throws {
        try await TestTown.run(hasSample: true) { town in
            let clerk = try await town.officer("suido")
            let place = "/desk/measures/robot-hours"
            #expect(try await clerk.post(place, ["month": "2026-10", "amount": "15", "evidence": ""]).status == 422)
            #expect(try await clerk.post(place, ["month": "2027-10", "amount": "15", "evidence": "記録"]).status == 422)
            #expect(try await clerk.post(place, ["month": "10月ごろ", "amount": "15", "evidence": "記録"]).status == 422)
            let taken = try await clerk.post(
                place, ["month": "令和8年10月", "amount": "１５．５時間", "evidence": "実行の記録を数え直した"])
            #expect(taken.status == 200 && taken.body.contains("<del>14時間</del>") && taken.text.contains("訂正前"))
            let auto = try await clerk.post(
                "/desk/measures/online-share", ["month": "2026-10", "amount": "99", "evidence": "うそ"])
            #expect(auto.status == 409 && auto.text.contains("手では記録できません"))
        }
    }

    @Test("国の指標は、同じ年度どうしを並べ、空欄を0とせず、訂正は前の値と並べる")
    func indicators() async throws {
        try await TestTown.run { town in
            let keeper = try await town.officer("digital")
            let page = try await keeper.get("/desk/indicators?indicator=\(Visitor.encoded("オンライン申請率: 転出届"))")
            #expect(page.text.contains("令和4年度の実績") && page.body.contains("<b>1.8</b>"))
            let towns = page.body.matches(of: /<th scope="row" class="wraps">(?:<b>)?([^<（]+[市町])/)
            #expect(towns.count > 15 && towns.count < 26)
            #expect(page.body.contains("<del>1279</del>"))
            let file =
                "指標,場所,実績年度,調査年度,値,出典\r\nオンライン申請率: 転出届,上三川町,令和4年度,2023,2.1%,県の訂正\r\nオンライン申請率: 転出届,上三川町,R6,R7,5.5,新しい公表\r\n"
            let taken = try await keeper.upload(
                "/desk/indicators", control: "file", files: [("a.csv", Array(file.utf8))])
            #expect(taken.text.contains("新しい値 1、訂正 1"))
            let again = try await keeper.upload(
                "/desk/indicators", control: "file", files: [("a.csv", Array(file.utf8))])
            #expect(again.text.contains("新しい値 0、訂正 0"))
            let newest = try await keeper.get("/desk/indicators?indicator=\(Visitor.encoded("オンライン申請率: 転出届"))")
            // 新しい年度には、ほかの市町の古い値を並べない.
            #expect(newest.text.contains("令和6年度の実績") && !newest.text.contains("宇都宮市"))
            let bad = file.replacing("2.1%", with: "")
            let refused = try await keeper.upload(
                "/desk/indicators", control: "file", files: [("a.csv", Array(bad.utf8))])
            #expect(refused.status == 422 && refused.text.contains("2行目: 「値」が空です"))
        }
    }

    @Test(
        "県内25市町の値は、公表された表と同じ",
        .enabled(if: Shared.has("facts/governance/tochigi_25_dashboard_2024.csv"), "needs ../shared"))
    func peers() async throws {
        let published = try Shared.rows("facts/governance/tochigi_25_dashboard_2024.csv")
        try await TestTown.run { town in
            let csv = try await town.officer("digital").get("/desk/indicators.csv")
            let lines = Set(
                String(decoding: csv.bytes.dropFirst(3), as: UTF8.self).split(separator: "\r\n").map(String.init))
            #expect(published.count == 25)
            for row in published {
                for name in ["CIOの任命", "RPAの導入状況", "マイナンバーカードの保有状況", "よく使う32手続のオンライン化状況"] {
                    let value = (row[name] ?? "").replacing("%", with: "")
                    guard !value.isEmpty else { continue }
                    let head = "\(name),\(row["municipality"] ?? ""),2023,2023,\(value),"
                    #expect(lines.contains { $0.hasPrefix(head) }, "\(head)")
                }
            }
        }
    }

    @Test("調査票は、答え・根拠・時点・前年の回答・答えられない問いを持ち、CSVとXLSXになり、出したあとは変わらない")
    func survey() async throws {
        try await TestTown.run(hasSample: true) { town in
            let keeper = try await town.officer("digital")
            let csv = String(
                decoding: try await keeper.get("/desk/surveys/2026/sheet.csv").bytes.dropFirst(3), as: UTF8.self)
            let rows = csv.split(separator: "\r\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            #expect(rows.count == 27)
            for row in rows.dropFirst() {
                // どの答えにも、根拠と時点がある.
                #expect(row[3].isEmpty == (row[9] == "まだ"), "\(row)")
                if !row[3].isEmpty { #expect(!row[5].isEmpty && Day(iso: row[6]) != nil, "\(row)") }
            }
            let cio = try #require(rows.first { $0[0] == "1-1" })
            #expect(cio[3] == "実施" && cio[4] == "1" && cio[8] == "実施" && cio[5].contains("見本 副町長"))
            let policy = try #require(rows.first { $0[0] == "1-3" })
            // 計画は令和8年3月に終わり、4月1日には策定した計画がない.
            #expect(policy[3].isEmpty && policy[8] == "実施")
            let xlsx = try await keeper.get("/desk/surveys/2026/sheet.xlsx")
            #expect(xlsx.bytes.starts(with: Array("PK".utf8)) && xlsx.bytes.count > 5000)
            let page = try await keeper.get("/desk/surveys/2026")
            let answer = [
                "seen": page.hidden("seen"), "question": "ciso", "answer": "していない", "evidence": "辞令",
                "on": "2026-04-01",
            ]
            #expect(try await keeper.post("/desk/surveys/2026", answer).text.contains("「実施」か「未実施」のどちらか") == true)
            let taken = try await keeper.post("/desk/surveys/2026", answer.merging(["answer": "未実施"]) { $1 })
            #expect(taken.text.contains("未実施（2）"))
            let closed = try await keeper.post("/desk/surveys/2026/close", ["seen": taken.hidden("seen")])
            #expect(closed.text.contains("回答済みにしました"))
            let late = try await keeper.post("/desk/surveys/2026", answer.merging(["answer": "実施", "seen": ""]) { $1 })
            #expect(late.status == 409)
        }
    }

    @Test("お知らせは一つの箱に入り、朝に一度だけ、中身のないメールで届き、予定表になる")
    func notices() async throws {
        try await TestMailServer.run(.init()) { mail in
            let way = try await Settings.read(environment: [
                "ORIGAMI_MAIL_SERVER": "smtp://127.0.0.1:\(mail.port)", "ORIGAMI_MAIL_SENDER": "town@example.jp",
                "ORIGAMI_MAIL_TLS": "none",
            ]).mail
            try await TestTown.run(hasSample: true, settings: { $0.mail = way }) { town in
                let leader = try await town.officer("fukuchocho")
                #expect(try await leader.post("/desk/inbox/settings", ["address": "だれか"]).status == 422)
                let page = try await leader.post("/desk/inbox/settings", ["address": "cio@example.jp"])
                let feed = String(try #require(page.body.firstMatch(of: /\/calendar\/[0-9a-f]{64}\.ics/)).0)
                town.clock.advance(seconds: 86_400)
                try await town.workOff()
                try await town.workOff()
                let mails = try mail.received().filter { $0.recipients == ["cio@example.jp"] }
                #expect(mails.count == 1)
                let text = try #require(mails.first).text
                #expect(text.contains("観察から30日を過ぎても、仮説がありません: 国の計画が改定された"))
                #expect(!text.contains("フロントヤード改革と公金収納"))
                town.clock.advance(seconds: 86_400)
                try await town.workOff()
                #expect(try mail.received().filter { $0.recipients == ["cio@example.jp"] }.count == 1)
                let ics = try await town.visitor().get(feed).body
                #expect(ics.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && ics.hasSuffix("END:VCALENDAR\r\n"))
                #expect(ics.contains("DTSTART:20261206T043000Z") && ics.contains("SUMMARY:期限のあるやること"))
                #expect(ics.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
                #expect(ics.matches(of: /BEGIN:VEVENT/).count == ics.matches(of: /END:VEVENT/).count)
                #expect(
                    try await town.visitor().get("/calendar/\(String(repeating: "0", count: 64)).ics").status == 404)
                _ = try await town.officer("fukuchocho").post("/desk/inbox/settings", ["address": "", "renew": "yes"])
                #expect(try await town.visitor().get(feed).status == 404)
            }
        }
    }

    @Test("5日を過ぎて報告がなければ協力員に、任期の終わる前には推進室に、一度だけ知らせる")
    func reminders() async throws {
        try await TestTown.run(hasSample: true) { town in
            town.clock.advance(seconds: 12 * 86_400)
            try await town.workOff()
            let clerk = try await town.officer("suido")
            #expect(try await clerk.get("/desk/inbox").text.contains("11月の報告がまだです"))
            _ = try await clerk.post("/desk/inbox/read")
            town.clock.advance(seconds: 86_400)
            try await town.workOff()
            let again = try await town.officer("suido").get("/desk/inbox")
            #expect(again.body.matches(of: /11月の報告がまだです/).count == 1 && !again.text.contains("全部を読んだことにする"))
            town.clock.advance(seconds: 100 * 86_400)
            try await town.workOff()
            let office = try await town.officer("digital").get("/desk/inbox")
            #expect(office.text.contains("人の任期が令和9年3月31日に終わります"))
        }
    }

    @Test("声は観察になり、残した人は、あとで同じページでどうなったかを読める")
    func voice() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let voice = try await resident.post("/voice", ["page": "/procedures/dog-registration", "useful": "no"])
            _ = try await resident.post(voice.path, ["words": "番号がどこにあるか分かりません"])
            let clerk = try await town.officer("kankyo")
            let list = try await clerk.get("/desk/voices")
            let form = try await clerk.get(try GovernanceDeskTests.link("この声を観察にする", on: list))
            #expect(form.body.contains("value=\"voice:") && form.body.contains("/procedures/dog-registration"))
            let fields = GovernanceDeskTests.observation.merging(
                [
                    "title": "番号の場所", "card": "dog-registration", "section": "environment", "origin": "voice",
                    "seen-by": "町民",
                    "reference": form.hidden("reference"),
                ]) { $1 }
            let loop = try await clerk.post("/desk/loops/new", fields)
            #expect(loop.status == 200)
            #expect(try await resident.get(voice.path).text.contains("町の職員が調べはじめました"))
            let place = String(loop.path.prefix { $0 != "?" })
            _ = try await clerk.post(place + "/end", ["seen": "1", "ending": "stop", "ending-reason": "絵を足しました。"])
            #expect(try await resident.get(voice.path).text.contains("絵を足しました。"))
            #expect(try await clerk.get("/desk/cards/dog-registration").text.contains("OODA 番号の場所（やめる）"))
        }
    }
}
