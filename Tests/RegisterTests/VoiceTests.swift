import TestKit
import Testing

@Suite("町民の声")
struct VoiceTests {
    @Test("どのページからも送れ、手続きの担当課に届く。ほかの課には見えない")
    func voices() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let page = try await visitor.get("/procedures/dog-registration")
            #expect(page.text.contains("このページは役に立ちましたか"))
            let thanks = try await visitor.post("/voice", ["page": page.hidden("page"), "useful": "no"])
            let number = try await visitor.post(thanks.path, ["words": "1234 5678 9018"])
            #expect(number.firstStatus == 422 && number.body.contains("1234 5678 9018"))
            #expect(try await visitor.post(thanks.path, ["words": "鑑札の受け取り方が分かりません。"]).text.contains("お届けしました"))
            _ = try await visitor.post(thanks.path, ["words": "あとから変える"])
            let question = try await visitor.post("/procedures/dog-registration/apply")
            _ = try await visitor.post("/voice", ["page": question.hidden("page"), "useful": "yes"])

            let desk = try await town.officer("kankyo").get("/desk/voices").text
            #expect(desk.contains("鑑札の受け取り方が分かりません。") && !desk.contains("あとから変える"))
            #expect(desk.contains("/applications/…/age"))
            let other = try await town.officer("suido").get("/desk/voices").text
            #expect(!other.contains("鑑札"))
        }
    }

    @Test("答えのない声、知らない声は断る")
    func refused() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let silent = try await visitor.post("/voice", ["page": "/"])
            let unknown = try await visitor.post("/voice/0199ad2e-1111-7222-8333-944455556666", ["words": "x"])
            let long = "/" + String(repeating: "あ", count: 5000)
            let taken = try await visitor.post("/voice", ["page": long, "useful": "yes"])
            #expect(silent.status == 404 && unknown.status == 404 && taken.status == 200)
        }
    }
}
