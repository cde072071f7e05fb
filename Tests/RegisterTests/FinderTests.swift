import TestKit
import Testing

@Suite("手続きをさがす")
struct FinderTests {
    @Test(
        "かなでも漢字でも英語でも、見つかる",
        arguments: [
            ("犬", "犬の登録"), ("いぬ", "犬の登録"), ("ｲﾇ", "犬の登録"), ("dog", "犬の登録"), ("ＤＯＧ", "犬の登録"), ("鑑札", "犬の登録"),
            ("水道", "水道使用開始届"), ("すいどう", "水道使用開始届"), ("引っ越し", "水道使用開始届"), ("ひっこし", "転出届"), ("ペット", "犬の登録"),
            ("骨髄", "骨髄等提供者"), ("moving", "水道使用開始届"), ("cachorro", "犬の登録"),
            ("りさい", "罹災証明書"),
        ])
    func words(_ words: String, _ name: String) async throws {
        try await TestTown.run { town in
            let reply = try await town.visitor().get("/procedures?q=" + Visitor.encoded(words))
            #expect(reply.status == 200)
            #expect(reply.text.contains(name))
        }
    }

    @Test("ないものは、ないと言って次の手を示す", arguments: ["zzz", "\"*", "' OR 77=77 --", "。", "NEAR(犬 猫)"])
    func nothing(_ words: String) async throws {
        try await TestTown.run { town in
            let reply = try await town.visitor().get("/procedures?q=" + Visitor.encoded(words))
            #expect(reply.status == 200)
            #expect(reply.text.contains("見つかりませんでした"))
            #expect(reply.text.contains("0285-56-9188"))
        }
    }

    @Test("くらしの場面から、関わる手続きに行ける")
    func events() async throws {
        try await TestTown.run { town in
            let text = try await town.visitor().get("/procedures?event=moving").text
            #expect(text.contains("水道使用開始届") && text.contains("転出届") && !text.contains("犬の登録"))
        }
    }

    @Test("オンラインでできない手続きは、そう言い、窓口を示す")
    func offline() async throws {
        try await TestTown.run { town in
            let reply = try await town.visitor().get("/procedures/marrow-donor")
            #expect(reply.text.contains("このサイトでは、まだ受け付けていません"))
            #expect(!reply.body.contains("/apply"))
            #expect(try await town.visitor().post("/procedures/marrow-donor/apply").status == 404)
        }
    }
}
