import Applications
import Core
import Database
import Platform
import TestKit
import Testing

@Suite("窓口の会話のあと: 次の人に何も残さない", .serialized)
struct CounterWipeTests {
    @Test("終わったあとは、使ったどのページも、次の人の会話のどこにも、前の人の言葉が出ない", arguments: ["end", "interrupt", "sign-out", "idle", "next"])
    func wiped(_ way: String) async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: Birth.cards, in: "residents")
            let (check, _) = try await officer.answer(start, Birth.said)
            let ids = check.body.matches(of: /name="revision\.([0-9a-f-]+)"/).map { String($0.1) }
            try #require(ids.count == 3)
            let pages = ids.flatMap { id in
                ["", "/check", "/person", "/claimant", "/children", "/code", "/form.pdf"].map {
                    "/applications/\(id)\($0)"
                }
            }
            let talk = ["", "/check", "/choose", "/receipt", "/interrupt", "/check.pdf"].map { "/counter/talk\($0)" }
            switch way {
            case "end": #expect(try await officer.post("/desk/counter/end").path == "/desk/counter")
            case "interrupt": #expect(try await officer.post("/counter/talk/interrupt").path == "/desk/counter")
            case "sign-out": _ = try await officer.post("/desk/sign-out")
            case "idle":
                town.clock.advance(seconds: 15 * 60 + 1)
                #expect(try await officer.get("/desk/counter/idle").text.contains("画面から内容を消しました"))
            default: break
            }
            if way == "sign-out" {
                _ = try await officer.post("/desk/sign-in", ["login": "madoguchi", "password": "mihon-madoguchi-2026"])
            }
            let next = try await officer.talk(about: ["pregnancy"], in: "residents")
            for path in pages + talk + ["/desk/counter", "/desk/counter/times"] {
                let reply = try await officer.get(path)
                for trace in Birth.traces { #expect(!reply.body.contains(trace), "\(path): \(trace)") }
            }
            // What a browser sends again out of its own memory comes back to nobody either.
            let again = try await officer.post(
                "/applications/\(ids[0])/person", Birth.said["妊娠の届出"]?.filter { $0.key.hasPrefix("person") } ?? [:])
            for trace in Birth.traces { #expect(!again.body.contains(trace)) }
            let other = Birth.said.mapValues { typed in
                typed.mapValues { Birth.traces.contains($0) ? "別人" : $0 }.merging([
                    "address.street": "上三川町大字上蒲生999", "telephone": "0285-56-9188",
                ]) { typed["address.street"] == nil ? $0 : $1 }
            }
            let (end, _) = try await officer.answer(next, other) { reply in
                for trace in Birth.traces { #expect(!reply.body.contains(trace), "\(reply.path): \(trace)") }
                return reply.path == "/counter/talk/check"
            }
            #expect(end.path == "/counter/talk/check" && end.text.contains("別人"))
            for trace in Birth.traces { #expect(!end.body.contains(trace)) }
        }
    }

    @Test("終わるとブラウザーの記憶も消させ、窓口のページは何も残させず、15分さわらないと閉じさせる")
    func headers() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: ["pregnancy"], in: "residents")
            for path in [start.path, "/counter/talk/choose", "/counter/talk/check", "/counter/talk/interrupt"] {
                let page = try await officer.get(path)
                #expect(page.headers["cache-control"] == "no-store", "\(path)")
                #expect(page.headers["refresh"] == "900; url=/desk/counter/idle", "\(path)")
            }
            // What was typed meanwhile keeps it open.
            town.clock.advance(seconds: 10 * 60)
            _ = try await officer.post(start.path + "?auto=yes", ["by_present": "principal"])
            town.clock.advance(seconds: 10 * 60)
            #expect(try await officer.get("/desk/counter/idle").path.hasSuffix("/by-counter"))
            let ended = try await officer.once("/desk/counter/end")
            #expect(ended["clear-site-data"] == "\"cache\", \"storage\"")
            #expect(ended["set-cookie"]?.hasPrefix("origami=; ") == true)
        }
    }

    @Test("中断した会話は、氏名なしで並ぶ。確認コードか本人確認で、ほかの職員が続きから再開し、あとの人には知らせる")
    func interrupted() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: ["pregnancy", "child-allowance"], in: "health")
            let (due, _) = try await officer.answer(start, Birth.said) { $0.path.hasSuffix("/due") }
            let asking = try await officer.get("/counter/talk/interrupt")
            let code = try #require(asking.text.firstMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.output)
            _ = try await officer.post("/counter/talk/interrupt")
            town.clock.advance(seconds: 20 * 60)

            let (one, two) = (try await town.officer("kenko"), try await town.officer("madoguchi"))
            let list = try await one.get("/desk/counter")
            #expect(list.text.contains("妊娠の届出、児童手当の認定請求") && !list.text.contains("髙﨑"))
            let place = String(try #require(list.body.firstMatch(of: /\/desk\/counter\/talks\/[0-9a-f-]+/)?.output))
            #expect(try await town.officer("suido").get(place).status == 404)
            #expect(!(try await town.officer("suido").get("/desk/counter").body.contains(place)))
            let unproved = try await one.post(place)
            #expect(unproved.status == 422 && unproved.text.contains("本人確認の方法を選んでください"))
            let wrong = try await one.post(place, ["code": "3AC4-79DX-RTWH"])
            #expect(wrong.status == 422 && wrong.body.contains("value=\"3AC4-79DX-RTWH\""))
            let resumed = try await one.post(place, ["proof": "photo"])
            #expect(resumed.path == due.path, "\(resumed.path)")
            let late = try await two.post(place, ["code": String(code)])
            #expect(late.status == 409 && late.text.contains("ほかの職員が先に再開しました"))
            let (check, _) = try await one.answer(resumed, Birth.said)
            #expect(check.text.contains("髙﨑　花子") && check.text.contains("見本医院"))
            _ = try await one.sendAll(check)
            _ = try await one.post("/desk/counter/end")
            let row = try await town.platform.database.read { transaction -> (String, Int)? in
                try transaction.row("SELECT outcome, paused_seconds FROM conversation").map {
                    (try $0["outcome"], try $0["paused_seconds"])
                }
            }
            #expect(row?.0 == "sent" && row?.1 == 20 * 60)
            let recognised: String? = try await town.platform.database.read {
                try $0.row("SELECT detail FROM event WHERE kind = 'conversation.resumed'")?["detail"]
            }
            #expect(recognised?.contains("photo") == true)
        }
    }

    @Test("確認コードを窓口のページに入れると、中断した会話がそのまま開く。家で送った手続きは、もう伺わない")
    func resumedByCode() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: ["pregnancy", "child-allowance"], in: "health")
            _ = try await officer.answer(start, Birth.said) { $0.path.hasSuffix("/due") }
            let asking = try await officer.get("/counter/talk/interrupt")
            let codes = asking.text.matches(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/).map { String($0.output) }
            _ = try await officer.post("/counter/talk/interrupt")
            try #require(codes.count == 2)

            let home = town.visitor()
            var page = try await home.post("/resume", ["code": codes[0]])
            let typed = Birth.said["妊娠の届出"] ?? [:]
            for _ in 0..<30 where !page.path.hasSuffix("/check") {
                let body = page.body
                page = try await home.post(page.path, typed.filter { body.contains("name=\"\($0.key)\"") })
            }
            #expect(try await home.submit(page).path.hasSuffix("/receipt"))

            let other = try await town.officer("kodomo")
            let resumed = try await other.post("/desk/counter/code", ["code": codes[1]])
            let (check, asked) = try await other.answer(resumed, Birth.said)
            #expect(check.path == "/counter/talk/check" && !asked.map(\.page).contains("handbook"))
            #expect(check.text.contains("1つの手続きを送る") && check.text.contains("髙﨑　花子"))
        }
    }

    @Test("中断したまま期限が過ぎた会話は、下書きといっしょに終わる")
    func expired() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: ["pregnancy"], in: "health")
            _ = try await officer.answer(start, Birth.said) { $0.path.hasSuffix("/due") }
            _ = try await officer.post("/counter/talk/interrupt")
            try await town.workOff()
            town.clock.advance(seconds: 92 * 24 * 3600)
            try await town.workOff()
            let (outcome, drafts) = try await town.platform.database.read { transaction -> (String?, Int) in
                (
                    try transaction.row("SELECT outcome FROM conversation")?["outcome"],
                    try transaction.row("SELECT count(*) AS n FROM application")?["n"] ?? 0
                )
            }
            #expect(outcome == "expired" && drafts == 0)
        }
    }

    @Test("2つめの画面は、いまの質問と確認だけを映し、終わればすぐに消える。コードは一度だけ使える")
    func screen() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let paired = try await officer.post("/desk/counter/screens")
            let code = try #require(paired.text.firstMatch(of: /[0-9]{3}-[0-9]{3}/)?.output)
            let tablet = town.visitor()
            #expect(try await tablet.get("/counter/screen").text.contains("組み合わせコード"))
            #expect(try await tablet.post("/counter/screen", ["code": "000000"]).status == 422)
            let blank = try await tablet.post("/counter/screen", ["code": String(code)])
            #expect(blank.status == 200 && blank.headers["refresh"] == "2" && blank.text.contains("窓口でお話を伺います"))
            #expect(try await town.visitor().post("/counter/screen", ["code": String(code)]).status == 422)

            let start = try await officer.talk(about: ["pregnancy"], in: "residents")
            let (contact, _) = try await officer.answer(start, Birth.said) { $0.path.hasSuffix("/contact") }
            #expect(contact.status == 200)
            let question = try await tablet.get("/counter/screen")
            #expect(question.text.contains("つながる電話番号を教えてください"))
            #expect(
                !question.text.contains("髙﨑") && !question.body.contains("<a href=\"/")
                    && !question.body.contains("<input"))
            let (check, _) = try await officer.answer(contact, Birth.said)
            let shown = try await tablet.get("/counter/screen")
            #expect(shown.text.contains("内容をお確かめください") && shown.text.contains("髙﨑　花子"))
            #expect(!shown.text.contains("変更"))
            _ = try await officer.post("/counter/talk/language", ["language": "en"])
            #expect(try await tablet.get("/counter/screen").text.contains("Check your answers"))
            // Another officer's screen shows nothing of it.
            let second = try await town.officer("kenko")
            let other = try await second.post("/desk/counter/screens")
            let next = try #require(other.text.firstMatch(of: /[0-9]{3}-[0-9]{3}/)?.output)
            #expect(!(try await town.visitor().post("/counter/screen", ["code": String(next)]).text.contains("髙﨑")))

            _ = try await officer.sendAll(check)
            #expect(!(try await tablet.get("/counter/screen").text.contains("髙﨑")))
            _ = try await officer.post("/desk/counter/end")
            let over = try await tablet.get("/counter/screen")
            #expect(over.text.contains("窓口でお話を伺います") && !over.text.contains("髙﨑"))
            _ = try await officer.post("/desk/sign-out")
            #expect(try await tablet.get("/counter/screen").text.contains("組み合わせコード"))
        }
    }
}
