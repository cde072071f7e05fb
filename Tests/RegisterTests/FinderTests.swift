import Core
import Platform
import Register
import TestKit
import Testing

@Suite("手続きをさがす")
struct FinderTests {
    /// The procedures of a page's list, in its order.
    private func listed(_ reply: Visitor.Reply) -> [String] {
        reply.body.matches(of: /<li><a href="\/procedures\/([a-z-]+)"/).map { String($0.output.1) }
    }

    private func search(_ words: String, by visitor: Visitor) async throws -> Visitor.Reply {
        try await visitor.get("/procedures?q=" + Visitor.encoded(words))
    }

    @Test("かなでも漢字でも英語でも、最初のほうに見つかる")
    func words() async throws {
        let expected = [
            ("犬", "dog-registration"), ("いぬ", "dog-registration"), ("ｲﾇ", "dog-registration"),
            ("dog", "dog-registration"), ("ＤＯＧ", "dog-registration"), ("鑑札", "dog-registration"),
            ("水道", "water-start"), ("すいどう", "water-start"), ("引っ越し", "water-start"), ("ひっこし", "moving-out"),
            ("ペット", "dog-registration"), ("骨髄", "marrow-donor"), ("moving", "water-start"),
            ("cachorro", "dog-registration"), ("mudanca", "moving-out"), ("りさい", "disaster-certificate"),
            ("引越 住民票", "moving-out"), ("国保", "health-insurance-join"), ("おくやみ", "death-registration"),
        ]
        try await TestTown.run { town in
            for (words, card) in expected {
                let reply = try await search(words, by: town.visitor())
                #expect(reply.status == 200 && listed(reply).contains(card), "\(words): \(listed(reply))")
                #expect(!reply.text.contains("もしかして"), "\(words)")
            }
        }
    }

    @Test("書きまちがえても見つかり、もしかしての言葉を示す。大きさの違うかなは、まちがいではない")
    func typos() async throws {
        let expected: [(String, String, String?)] = [
            ("住民標", "residence-certificate", "住民票"), ("印鑑照明", "seal-certificate", "印鑑証明"),
            ("住眠票", "residence-certificate", "住民票"),
            ("じゅうみんひよう", "residence-certificate", nil), ("ｼﾞｭｳﾐﾝﾋｮｳ", "residence-certificate", nil),
            ("こそだて てあて", "child-allowance", nil), ("児童手宛", "child-allowance", "児童手当"),
            ("けんこほけん", "health-insurance-join", "けんこうほけん"), ("保育円", "nursery-school", "保育園"),
            ("cachoro", "dog-registration", "cachorro"), ("転出屆", "moving-out", "転出届"),
            ("きょうけんびよ", "dog-vaccination", nil), ("罹災照明書", "disaster-certificate", "罹災証明書"),
        ]
        try await TestTown.run { town in
            for (words, card, meant) in expected {
                let reply = try await search(words, by: town.visitor())
                #expect(listed(reply).prefix(4).contains(card), "\(words): \(listed(reply))")
                #expect(reply.text.contains("もしかして") == (meant != nil), "\(words)")
                if let meant {
                    #expect(reply.body.contains("<b>\(meant)</b>"), "\(words)")
                    let again = try await search(meant, by: town.visitor())
                    #expect(listed(again).contains(card) && !again.text.contains("もしかして"), "\(meant)")
                }
            }
        }
    }

    @Test("文で書いても、関係のありそうな手続きを示す", arguments: [("水道代を払いたいです", "water-start"), ("引っ越しで住民票がほしい", "moving-out")])
    func sentences(_ words: String, _ card: String) async throws {
        try await TestTown.run { town in
            let reply = try await search(words, by: town.visitor())
            #expect(listed(reply).contains(card), "\(listed(reply))")
            #expect(reply.text.contains("関係のありそうな"))
        }
    }

    @Test("ないものは、ないと言って次の手を示す", arguments: ["zzz", "\"*", "' OR 77=77 --", "。", "NEAR(qq zz)", "パスポート", "ベビーカー"])
    func nothing(_ words: String) async throws {
        try await TestTown.run { town in
            let reply = try await search(words, by: town.visitor())
            #expect(reply.status == 200)
            #expect(reply.text.contains("見つかりませんでした") && listed(reply).isEmpty)
            #expect(reply.text.contains("0285-56-9188") && reply.text.contains("妊娠・出産"))
        }
    }

    @Test("場面・場所・担当・言葉は組み合わせられ、それぞれの数は、選んだときの件数と同じ")
    func facets() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            for start in [
                "/procedures?place=counter", "/procedures?q=\(Visitor.encoded("届"))", "/procedures?section=children",
            ] {
                let page = try await visitor.get(start)
                for facet in ["event", "place", "section"] where !start.contains("\(facet)=") {
                    let menu = page.body.firstMatch(of: try Regex("<select id=\"\(facet)\"[^§]*?</select>"))
                    let options = (menu.map { String($0.0) } ?? "").matches(
                        of: /<option value="([a-z_]+)">[^<]*（([0-9]+)）<\/option>/)
                    #expect(!options.isEmpty, "\(start) \(facet)")
                    for option in options.prefix(3) {
                        let reply = try await visitor.get("\(start)&\(facet)=\(option.output.1)")
                        #expect(
                            listed(reply).count == Int(option.output.2) ?? -1, "\(start)&\(facet)=\(option.output.1)")
                    }
                }
            }
            let both = try await visitor.get("/procedures?event=moving&place=convenience_store&section=residents")
            #expect(listed(both) == ["residence-certificate"])
            // What no part has narrows nothing.
            let unknown = try await visitor.get("/procedures?event=xyz&place=moon&section=none")
            #expect(listed(unknown).count > 60)
        }
    }

    @Test("町の中の業務は、どこからも住民に見えない")
    func processes() async throws {
        let folder = try TestTown.folder()
        let processes = folder.cards.filter { $0.kind == .process }
        #expect(processes.count >= 8)
        try await TestTown.run { town in
            let visitor = town.visitor()
            let pages = try await [visitor.get("/"), visitor.get("/procedures"), visitor.get("/papers")]
            let data = try await visitor.get("/procedures.jsonld").body
            for card in processes {
                for page in pages { #expect(!page.text.contains(card.name[.ja])) }
                #expect(!data.contains(card.name[.ja]))
                #expect(try await visitor.get("/procedures/\(card.id)").status == 404)
                #expect(try await visitor.get("/procedures/\(card.id)/service.jsonld").status == 404)
                #expect(!listed(try await search(card.name[.ja], by: visitor)).contains(card.id))
            }
        }
    }

    @Test("入口は場面と数、すぐできる手続きを示し、全部は場面ごとに並べる")
    func home() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let home = try await visitor.get("/")
            #expect(home.text.contains("引っ越し・住まい") && listed(home).count == 10)
            let all = try await visitor.get("/procedures")
            let cards = try TestTown.folder().cards.filter { $0.kind != .process }
            #expect(listed(all).sorted() == cards.map(\.id).sorted())
            #expect(all.body.contains("<h2>妊娠・出産</h2>"))
        }
    }

    @Test("オンラインでできない手続きは、そう言い、窓口を示す")
    func offline() async throws {
        try await TestTown.run { town in
            let reply = try await town.visitor().get("/procedures/marrow-donor")
            #expect(reply.text.contains("このサイトでは、まだ受け付けていません"))
            #expect(reply.text.contains("窓口で申請する") && reply.text.contains("来庁の回数"))
            #expect(!reply.body.contains("/apply"))
            #expect(try await town.visitor().post("/procedures/marrow-donor/apply").status == 404)
        }
    }
}
