import Applications
import Core
import Platform
import TestKit
import Testing

/// 犬の登録, by whichever mouth: what is typed before the form's own questions.
private let agent = [
    "by_agent.family": "代理", "by_agent.given": "一郎", "by_agent.family_kana": "ダイリ",
    "by_agent.given_kana": "イチロウ", "by_agent_address.postcode": "329-0617",
    "by_agent_address.street": "上三川町大字上蒲生999", "by_agent_telephone": "090-1111-2222", "by_relation": "family",
    "by_scope": "correct", "by_until.era": "reiwa", "by_until.year": "8", "by_until.month": "11", "by_until.day": "30",
    "by_consent": "yes",
]

@Suite("本人・代理人・窓口・紙: 同じ様式に四つの入口")
struct ChannelTests {
    /// Answers question after question, up to the check page.
    private func fillIn(_ visitor: Visitor, _ first: Visitor.Reply, _ typed: [String: String]) async throws
        -> Visitor.Reply
    {
        var page = first
        for _ in 0..<60 where page.status == 200 && !page.path.hasSuffix("/check") {
            if page.path.hasSuffix("/by-evidence") {
                page = try await visitor.upload(page.path, ["way": "later"], control: "by_evidence", files: [])
            } else if page.path.hasSuffix("/by-scan") {
                page = try await visitor.upload(page.path, [:], control: "by_scan", files: [])
            } else {
                let body = page.body
                page = try await visitor.post(page.path, typed.filter { body.contains("name=\"\($0.key)\"") })
            }
        }
        #expect(page.path.hasSuffix("/check"), "\(page.path): \(page.text)")
        return page
    }

    @Test("代理人が申請すると、本人との関係と委任の範囲が記録され、課に見える")
    func proxy() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let start = try await visitor.post("/procedures/dog-registration/apply", ["as": "proxy"])
            #expect(start.text.contains("代わりに申請する方（代理人）は、どなたですか"))
            let check = try await fillIn(visitor, start, Walk.dog.typed.merging(agent) { $1 })
            #expect(check.text.contains("代理　一郎") && check.text.contains("髙﨑　花子"))
            let receipt = try await visitor.submit(check)
            let id = String(receipt.path.split(separator: "/")[1])
            let officer = try await town.officer("kankyo")
            let desk = try await officer.get("/desk/cases/\(id)")
            #expect(desk.text.contains("オンライン（代理人）") && desk.text.contains("別に住む家族"))
            #expect(try await officer.get("/desk").text.contains("髙﨑　花子"))
        }
    }

    @Test("委任の期限が過ぎたか代理人は直せない。取り消されれば、代理人のコードは使えず、本人の新しいコードで続けられる")
    func mandateEnds() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let start = try await visitor.post("/procedures/dog-registration/apply", ["as": "proxy"])
            let check = try await fillIn(visitor, start, Walk.dog.typed.merging(agent) { $1 })
            let id = String(check.path.split(separator: "/")[1])
            let receipt = try await visitor.post(
                "/applications/\(id)/submit",
                ["submission": check.hidden("submission"), "revision": check.hidden("revision"), "reuse": "own"])
            let old = try #require(receipt.text.firstMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.output)
            let officer = try await town.officer("kankyo")
            for (verb, seen, words) in [("receive", "submitted", ""), ("return", "received", "毛の色を直してください。")] {
                let fields = ["seen": seen, "once": ID<Int>().text, "words": words]
                #expect(try await officer.post("/desk/cases/\(id)/\(verb)", fields).firstStatus == 303)
            }
            town.clock.advance(seconds: 7 * 24 * 3600)
            let late = try await town.visitor().post("/resume", ["code": String(old)])
            #expect(late.status == 200)
            let agents = town.visitor()
            _ = try await agents.post("/resume", ["code": String(old)])
            let refused = try await agents.post(
                "/applications/\(id)/dog", ["colour": "白"].merging(Walk.dog.typed) { $1 })
            #expect(refused.firstStatus == 409 && refused.text.contains("委任の期限が過ぎたか"))

            for (path, fields) in [
                ("withdraw", ["words": ""]), ("consent", ["reuse": "own"]),
                ("reply", ["once": ID<Int>().text, "words": "代理人です。"]),
            ] {
                let reply = try await agents.post("/applications/\(id)/\(path)", fields)
                #expect([409, 422].contains(reply.firstStatus) && reply.text.contains("委任の期限が過ぎたか"), "\(path)")
            }
            let desk = try await town.officer("kankyo")
            let fields = ["once": ID<Int>().text, "words": "本人から電話。本人確認済み。"]
            let revoked = try await desk.post("/desk/cases/\(id)/revoke", fields)
            let new = try #require(revoked.text.firstMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.output)
            #expect(try await desk.post("/desk/cases/\(id)/revoke", fields).text.contains(String(new)))
            let revokedCase = try await desk.get("/desk/cases/\(id)").text
            #expect(revokedCase.contains("委任の取消し 2026-12-01") && revokedCase.contains("答えの再利用の同意の取消し"))
            #expect(try await agents.get("/applications/\(id)").status == 404)
            #expect(try await town.visitor().post("/resume", ["code": String(old)]).status == 422)
            let principal = town.visitor()
            _ = try await principal.post("/resume", ["code": String(new)])
            let typed = Walk.dog.typed.merging(["colour": "白"]) { $1 }
            let saved = try await principal.post("/applications/\(id)/dog?from=check", typed)
            #expect(saved.path.hasSuffix("/check") && saved.text.contains("白"))
        }
    }

    @Test("窓口で職員が入力した申請は、窓口の申請として職員の名で記録される。次の人の画面に前の人の答えは出ない")
    func counter() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("kankyo")
            let start = try await officer.talk(about: ["dog-registration"], in: "environment")
            #expect(try await officer.get("/counter/talk/choose").text.contains("犬の登録"))
            #expect(start.text.contains("窓口に来た方を確かめてください") && start.text.contains("窓口で入力しています"))
            let typed = Walk.dog.typed.merging(["by_present": "principal", "by_identity": "photo"]) { $1 }
            let check = try await fillIn(officer, start, typed)
            let receipt = try await officer.sendAll(check)
            #expect(receipt.path == "/counter/talk/receipt")
            let id = String(start.path.split(separator: "/")[1])
            let desk = try await officer.get("/desk/cases/\(id)")
            #expect(desk.text.contains("受付の方法窓口") && desk.text.contains("送信（到達） 見本 環"))

            let next = try await officer.talk(about: ["dog-registration"], in: "environment")
            #expect(!next.path.contains(id))
            #expect(try await officer.get("/applications/\(id)").status == 404)
            let words = try await fillIn(officer, next, typed.merging(["owner.family": "別人"]) { $1 })
            #expect(!words.text.contains("髙﨑"))
            _ = try await officer.post("/desk/counter/end")
            #expect(try await officer.get(words.path).path == "/resume")
            #expect(try await officer.get("/desk/counter").status == 200)
        }
    }

    @Test("頼まれていない代理人は直せず、結果も見えない。代理の内容は、送ったあとには変えられない")
    func scope() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let start = try await visitor.post("/procedures/dog-registration/apply", ["as": "proxy"])
            let typed = Walk.dog.typed.merging(agent) { $1 }.filter {
                !["by_scope"].contains($0.key) && !$0.key.hasPrefix("by_until")
            }
            let receipt = try await visitor.submit(try await fillIn(visitor, start, typed))
            let id = String(receipt.path.split(separator: "/")[1])
            let officer = try await town.officer("kankyo-kacho")
            for (verb, seen, words) in [("receive", "submitted", ""), ("return", "received", "直してください。")] {
                let fields = ["seen": seen, "once": ID<Int>().text, "words": words]
                #expect(try await officer.post("/desk/cases/\(id)/\(verb)", fields).firstStatus == 303)
            }
            #expect(try await visitor.post("/applications/\(id)/dog", Walk.dog.typed).firstStatus == 409)
            #expect(try await visitor.get("/applications/\(id)/by-mandate").path == "/applications/\(id)")
            #expect(!(try await visitor.get("/applications/\(id)/check").body.contains("/by-mandate")))
            let other = town.visitor()
            let check = try await fillIn(
                other, try await other.post("/procedures/dog-registration/apply", ["as": "proxy"]), typed)
            let second = String(try await other.submit(check).path.split(separator: "/")[1])
            let approve = ["seen": "received", "once": ID<Int>().text, "words": "鑑札をお渡しします。"]
            _ = try await officer.post(
                "/desk/cases/\(second)/receive", ["seen": "submitted", "once": ID<Int>().text, "words": ""])
            _ = try await officer.post("/desk/cases/\(second)/approve", approve)
            let status = try await other.get("/applications/\(second)")
            #expect(status.text.contains("結果は、本人にお知らせします") && !status.text.contains("鑑札をお渡しします"))
            #expect(try await other.get("/applications/\(second)/notice.pdf").status == 409)
        }
    }

    @Test("窓口で開いた申請は、その職員がサインインしているあいだだけ開く。終わるボタンは、だれが押しても閉じる")
    func held() async throws {
        try await TestTown.run { town in
            let one = try await town.officer("kankyo")
            let start = try await one.talk(about: ["dog-registration"], in: "environment")
            #expect(try await one.get(start.path).status == 200)
            _ = try await one.post("/desk/sign-in", ["login": "kodomo", "password": "mihon-kodomo-2026"])
            _ = try await one.post("/desk/sign-out")
            _ = try await one.post("/desk/sign-in", ["login": "kodomo", "password": "mihon-kodomo-2026"])
            #expect(try await one.get(start.path).path == "/resume")
            // Nor does it open again when its officer comes back to this browser.
            _ = try await one.post("/desk/sign-in", ["login": "kankyo", "password": "mihon-kankyo-2026"])
            #expect(try await one.get(start.path).path == "/resume")
            // Whoever finds the page of an officer whose session is over closes it.
            let left = try await town.officer("kankyo")
            let open = try await left.talk(about: ["dog-registration"], in: "environment")
            town.clock.advance(seconds: 3700)
            #expect(try await left.post("/desk/counter/end").status == 200)
            _ = try await left.post("/desk/sign-in", ["login": "kankyo", "password": "mihon-kankyo-2026"])
            #expect(try await left.get(open.path).path == "/resume")
            let two = try await town.officer("kankyo")
            let next = try await two.talk(about: ["dog-registration"], in: "environment")
            let browser = two.twin()
            _ = try await two.post("/desk/counter/end")
            #expect(try await browser.get(next.path).path == "/resume")
            // A code that is typed on the residents' page of an officer's browser is opened at the counter too.
            let resident = town.visitor()
            let receipt = try await resident.submit(resident.fillIn(.dog))
            let code = try #require(receipt.text.firstMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.output)
            #expect(try await two.post("/resume", ["code": String(code)]).text.contains("窓口で入力しています"))
        }
    }

    @Test("作り直した確認コードは、押した人のものだけがもう一度見える。あとで作られたものは見えない")
    func recoding() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let receipt = try await visitor.submit(visitor.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            let (one, other) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            let fields = ["once": ID<Int>().text, "words": "紛失。免許証で確認。"]
            let first = try await one.post("/desk/cases/\(id)/code", fields)
            #expect(first.status == 200 && first.text.contains("新しい確認コード"))
            #expect(try await one.post("/desk/cases/\(id)/code", fields).text == first.text)
            _ = try await other.post("/desk/cases/\(id)/code", ["once": ID<Int>().text, "words": "見られたため。"])
            #expect(try await one.post("/desk/cases/\(id)/code", fields).status == 409)
        }
    }

    @Test("サインアウトすると、窓口で開いていた申請も閉じる")
    func signOut() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("kankyo")
            let start = try await officer.talk(about: ["dog-registration"], in: "environment")
            _ = try await officer.post("/desk/sign-out")
            #expect(try await officer.get(start.path).path == "/resume")
        }
    }

    @Test("紙の申請書は様式番号から入力し、期限は紙が届いた日から数える")
    func paper() async throws {
        try await TestTown.run { town in
            let pdf = try await town.visitor().get("/procedures/dog-registration/form.pdf")
            let words = try await PaperText.read(pdf.bytes)
            let code = try #require(words.firstMatch(of: /dog-registration-[0-9]+/)?.output)
            #expect(words.contains("マイクロチップの番号") && words.contains("「マイクロチップ」が「入っている」の場合だけ"))
            let officer = try await town.officer("kankyo")
            let wrong = try await officer.post("/desk/counter/paper", ["form": "dog-registration-99"])
            #expect(wrong.status == 422 && wrong.body.contains("value=\"dog-registration-99\""))
            let start = try await officer.post("/desk/counter/paper", ["form": "ｄｏｇ－registration" + code.suffix(2)])
            var typed = Walk.dog.typed.merging(["by_present": "principal"]) { $1 }
            for (part, value) in ["era": "reiwa", "year": "8", "month": "11", "day": "16"] {
                typed["by_arrived.\(part)"] = value
            }
            let receipt = try await officer.submit(try await fillIn(officer, start, typed))
            let id = String(receipt.path.split(separator: "/")[1])
            let desk = try await officer.get("/desk/cases/\(id)").text
            #expect(desk.contains("紙の申請書") && desk.contains("期限2026-11-24"))
        }
    }

    @Test("入力の途中で印刷した紙は、窓口で確認コードから続けられる")
    func printedDraft() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.arrive(at: "dog", in: .dog)
            let id = String(page.path.split(separator: "/")[1])
            let words = try await PaperText.read(visitor.get("/applications/\(id)/form.pdf").bytes)
            #expect(words.contains("髙﨑") && words.contains("☑飼い主の住所と同じ"))
            let code = try #require(words.firstMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)?.output)
            let officer = try await town.officer("kankyo")
            let opened = try await officer.post("/desk/counter/code", ["code": String(code)])
            #expect(opened.path == "/applications/\(id)/by-counter")
            // What an officer is asked there nobody else answers: at home it goes on without it.
            #expect(try await visitor.get("/applications/\(id)/by-counter").status == 404)
            let home = town.visitor()
            let again = try await home.post("/resume", ["code": String(code)])
            #expect(!again.path.contains("/by-"))
            let asked = try await home.get("/applications/\(id)/by-counter")
            #expect(asked.status == 404 && !asked.text.contains("窓口に来た方"))
        }
    }
}
