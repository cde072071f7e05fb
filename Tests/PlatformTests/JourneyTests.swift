import Core
import Database
import TestKit
import Platform
import Testing

@Suite("申請から決定まで")
struct JourneyTests {
    @Test("スクリプトのない端末で申請し、受け付けられ、承認を知る", arguments: [Walk.dog, Walk.water])
    func wholeJourney(_ walk: Walk) async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let check = try await resident.fillIn(walk)
            #expect(check.text.contains(walk.name))
            let receipt = try await resident.submit(check)
            #expect(receipt.path.hasSuffix("/receipt"))
            #expect(receipt.text.contains("申請が届きました"))
            let id = String(receipt.path.split(separator: "/")[1])

            let clerk = try await town.officer(walk.card == "dog-registration" ? "kankyo" : "suido")
            #expect(try await clerk.get("/desk").text.contains(walk.name))
            let page = try await clerk.get("/desk/cases/\(id)")
            #expect(page.text.contains(walk.name))
            let received = try await clerk.post(
                "/desk/cases/\(id)/receive", ["seen": "submitted", "once": page.hidden("once")])
            #expect(received.status == 200)
            #expect(try await resident.get("/applications/\(id)").text.contains("受付済"))

            let decider = try await town.officer("kankyo-kacho")
            let open = try await decider.get("/desk/cases/\(id)")
            _ = try await decider.post(
                "/desk/cases/\(id)/approve",
                ["seen": "received", "once": open.hidden("once"), "words": "登録が済みました。"])
            let status = try await resident.get("/applications/\(id)")
            #expect(status.text.contains("承認"))
            #expect(status.text.contains("登録が済みました。"))
        }
    }

    @Test("書いたとおりに受け取り、分かった形で見せる")
    func normalisation() async throws {
        try await TestTown.run { town in
            let text = try await town.visitor().fillIn(.dog).text
            for shown in [
                "髙﨑　花子（タカサキ　ハナコ）", "〒329-0618", "上三川町しらさぎ一丁目1番地 ハイツしらさぎ101", "080-5678-1234",
                "令和8年（2026年）11月1日", "392141234567890",
            ] {
                #expect(text.contains(shown))
            }
        }
    }

    @Test("補正を求められた申請を直して送り直す")
    func correction() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let receipt = try await resident.submit(resident.fillIn(.dog))
            let id = String(receipt.path.split(separator: "/")[1])
            let clerk = try await town.officer("kankyo")
            for (verb, seen, words) in [("receive", "submitted", ""), ("return", "received", "犬の名前を確かめてください。")] {
                let page = try await clerk.get("/desk/cases/\(id)")
                _ = try await clerk.post(
                    "/desk/cases/\(id)/\(verb)", ["seen": seen, "once": page.hidden("once"), "words": words])
            }
            #expect(try await resident.get("/applications/\(id)").text.contains("犬の名前を確かめてください。"))
            let changed = try await resident.post(
                "/applications/\(id)/dog?from=check",
                ["dog_name": "タマ", "breed": "柴犬", "colour": "茶", "sex": "male"])
            #expect(changed.path.hasSuffix("/check"))
            // The desk still sees what was sent, not what is being written.
            #expect(try await clerk.get("/desk/cases/\(id)").text.contains("ポチ"))
            let again = try await resident.submit(changed)
            #expect(again.path.hasSuffix("/receipt"))
            let desk = try await clerk.get("/desk/cases/\(id)").text
            #expect(desk.contains("タマ") && desk.contains("審査中"))
        }
    }

    @Test("確認コードで、別の端末から続ける")
    func resume() async throws {
        try await TestTown.run { town in
            let phone = town.visitor()
            let first = try await phone.post("/procedures/water-start/apply")
            let next = try await phone.post(first.path, ["who": "person"])
            #expect(next.path.hasSuffix("/user"))
            let id = first.path.split(separator: "/")[1]
            let code = try #require(
                try await phone.get("/applications/\(id)/code").text.firstMatch(
                    of: /[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/))
            let other = town.visitor()
            #expect(try await other.get("/applications/\(id)/user").path == "/resume")
            let opened = try await other.post(
                "/resume", ["code": String(code.0).lowercased().replacing("-", with: " ")])
            #expect(opened.path == next.path)
        }
    }

    @Test("申請が届いたことを、あとから一度だけ知らせる")
    func acknowledgement() async throws {
        try await TestTown.run { town in
            let resident = town.visitor()
            let receipt = try await resident.submit(resident.fillIn(.water))
            let id = String(receipt.path.split(separator: "/")[1])
            #expect(try await resident.get("/applications/\(id)").text.contains("まだお知らせはありません"))
            try await town.workOff()
            try await town.workOff()
            let text = try await resident.get("/applications/\(id)").text
            #expect(text.ranges(of: "申請が届きました").count == 1)
        }
    }

    @Test("出口のページから先へは進めない")
    func exitPage() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let first = try await visitor.post("/procedures/water-start/apply")
            let exit = try await visitor.post(first.path, ["who": "company"])
            #expect(exit.path.hasSuffix("/company"))
            #expect(exit.text.contains("お電話でお届けください"))
            let id = first.path.split(separator: "/")[1]
            #expect(!(try await visitor.get("/applications/\(id)/check").body.contains("name=\"submission\"")))
        }
    }
}

extension Walk: CustomTestStringConvertible {
    /// The card alone: what is typed would fill the screen.
    public var testDescription: String { card }
}
