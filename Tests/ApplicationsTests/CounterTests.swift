import Applications
import Core
import Database
import Japanese
import Platform
import TestKit
import Testing

/// What people who come because of a birth say, by form. Mrs 髙﨑 has a second child.
enum Birth {
    static let cards = ["pregnancy", "child-allowance", "nursery-school"]
    static let traces = ["髙﨑", "花子", "ゆうきが丘99", "080-5678", "0805678", "さくら", "デザイナー"]

    static let said: [String: [String: String]] = [
        "": ["by_present": "principal", "by_identity": "photo"],
        "妊娠の届出": [
            "person.family": "髙﨑", "person.given": "花子", "person.family_kana": "タカサキ", "person.given_kana": "ハナコ",
            "birth.era": "heisei", "birth.year": "4", "birth.month": "3", "birth.day": "1",
            "address.postcode": "329-0618", "address.street": "上三川町ゆうきが丘99-9", "telephone": "080-5678-1234",
            "work": "yes", "occupation": "デザイナー", "weeks": "12", "due.era": "reiwa", "due.year": "9", "due.month": "5",
            "due.day": "20", "clinic": "見本医院", "std_test": "yes", "tuberculosis_test": "yes", "handbook": "centre",
        ],
        "児童手当の認定請求": [
            "reason": "moving", "work": "no", "spouse": "no", "child_name.family": "髙﨑", "child_name.given": "さくら",
            "child_name.family_kana": "タカサキ", "child_name.given_kana": "サクラ", "child_birth.era": "reiwa",
            "child_birth.year": "5", "child_birth.month": "6", "child_birth.day": "1", "together": "yes",
            "account.bank": "見本銀行", "account.branch": "上三川支店", "account.type": "ordinary",
            "account.number": "1234567", "account.holder": "タカサキ ハナコ",
        ],
        "保育施設等の利用申込": [
            "child_health": "no", "single": "yes", "guardian_name.family": "髙﨑", "guardian_name.given": "花子",
            "guardian_name.family_kana": "タカサキ", "guardian_name.given_kana": "ハナコ", "relation": "mother",
            "reason": "search", "start.era": "reiwa", "start.year": "9", "start.month": "4", "start.day": "1",
            "first_choice": "hana",
        ],
    ]

    /// The same with something said otherwise.
    static func saying(_ form: String, _ other: [String: String]) -> [String: [String: String]] {
        said.merging([form: other]) { $0.merging($1) { $1 } }
    }
}

@Suite("窓口の会話")
struct CounterTests {
    @Test("3つの手続きを一度の会話で伺う。同じことは一度だけ。様式の中の分かれ道はそのまま", arguments: ["yes", "no"])
    func askedOnce(_ work: String) async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: Birth.cards, in: "residents")
            #expect(start.path.hasSuffix("/by-counter") && start.text.contains("手続き 1／3　妊娠の届出"))
            let (check, asked) = try await officer.answer(start, Birth.saying("妊娠の届出", ["work": work]))
            #expect(check.path == "/counter/talk/check", "\(check.path): \(check.text)")
            let pages = asked.map(\.page)
            for page in ["by-counter", "person", "birth", "address", "child", "child-birth", "account"] {
                #expect(pages.filter { $0 == page }.count == 1, "\(page) in \(pages)")
            }
            #expect(pages.filter { $0 == "contact" || $0 == "telephone" }.count == 1)
            #expect(!pages.contains("claimant") && !pages.contains("applicant"))
            #expect(pages.contains("occupation") == (work == "yes"))
            // One by one the three forms ask 41 questions, or 40.
            #expect(asked.count == (work == "yes" ? 29 : 28), "\(asked)")
            #expect(check.text.contains("すでに伺いました（「妊娠の届出」の質問で）"))
            #expect(check.text.contains("すでに伺いました（「児童手当の認定請求」の質問で）"))
        }
    }

    @Test("「はい」をもらってから、すべてを一度に送る。二度押しても一度だけ。課ごとに届き、控えのコードでもう一人の親も見られる")
    func sendAll() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let (check, _) = try await officer.answer(
                try await officer.talk(about: Birth.cards, explaining: ["moving-out"], in: "residents"), Birth.said)
            let early = try await officer.sendAll(check, agreed: nil)
            #expect(early.status == 422 && early.text.contains("ご本人が「はい」と言うまで送れません"))
            let receipt = try await officer.sendAll(check)
            #expect(receipt.path == "/counter/talk/receipt" && receipt.text.contains("ご案内した手続き"))
            #expect(try await officer.sendAll(check).path == "/counter/talk/receipt")
            let sections: [String] = try await town.platform.database.read { transaction in
                try transaction.rows("SELECT section FROM application WHERE status = 'submitted' ORDER BY id").map {
                    try $0["section"]
                }
            }
            #expect(sections == ["health", "children", "children"])
            #expect(try await town.officer("kodomo").get("/desk").text.contains("髙﨑　花子"))
            let codes = receipt.text.matches(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/).map { String($0.output) }
            #expect(Set(codes).count == 3)
            let paper = try await PaperText.read(officer.get("/counter/talk/receipt.pdf").bytes)
            #expect(codes.allSatisfy(paper.contains))
            let parent = town.visitor()
            #expect(try await parent.post("/resume", ["code": try #require(codes.last)]).text.contains("申請の状況"))
            let agreed: Int = try await town.platform.database.read {
                try $0.row("SELECT count(*) AS n FROM event WHERE kind = 'conversation.agreed'")?["n"] ?? 0
            }
            #expect(agreed == 1)
        }
    }

    @Test("1つが送れなくても、ほかは届く。どれが送れなかったかを言い、直して送れば、それだけが届く")
    func oneFails() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: ["pregnancy", "child-allowance"], in: "residents")
            let (check, _) = try await officer.answer(start, Birth.said)
            // Meanwhile another page changed an answer of the second form.
            let spouse = try #require(
                check.body.firstMatch(of: /\/applications\/[0-9a-f-]+\/spouse\?from=check/)?.output)
            _ = try await officer.post(String(spouse), ["spouse": "yes"])
            let half = try await officer.sendAll(check)
            #expect(half.status == 422 && half.text.contains("「児童手当の認定請求」は送れませんでした"))
            #expect(half.text.contains("届きました") && half.text.contains("配偶者のお名前を教えてください"))
            _ = try await officer.post(String(spouse), ["spouse": "no"])
            let now = try await officer.get("/counter/talk/check")
            #expect(now.text.contains("1つの手続きを送る"))
            #expect(try await officer.sendAll(now).path == "/counter/talk/receipt")
            let count: Int = try await town.platform.database.read {
                try $0.row("SELECT count(*) AS n FROM application WHERE number IS NOT NULL")?["n"] ?? 0
            }
            #expect(count == 2)
        }
    }

    @Test("伺ったところを直すと、どの様式でも直る。別の方の名前にすると、その様式だけが変わり、その方のことは改めて伺う")
    func corrections() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: ["pregnancy", "child-allowance"], in: "residents")
            let (check, _) = try await officer.answer(start, Birth.said)
            let ids = check.body.matches(of: /name="revision\.([0-9a-f-]+)"/).map { String($0.1) }
            try #require(ids.count == 2)
            let typed = Birth.said["妊娠の届出"] ?? [:]
            let corrected = try await officer.post(
                "/applications/\(ids[0])/person?from=check", typed.merging(["person.given": "華子"]) { $1 })
            #expect(corrected.path == "/counter/talk/check")
            #expect(corrected.text.split(separator: "髙﨑　華子").count == 3 && !corrected.text.contains("髙﨑　花子"))
            let father = [
                "claimant.family": "髙﨑", "claimant.given": "太郎", "claimant.family_kana": "タカサキ",
                "claimant.given_kana": "タロウ",
            ]
            let other = try await officer.post("/applications/\(ids[1])/claimant?from=check", father)
            #expect(other.path == "/applications/\(ids[1])/birth", "\(other.path)")
            let both = try await officer.get("/counter/talk/check")
            #expect(both.text.contains("髙﨑　華子") && both.text.contains("髙﨑　太郎"))
            #expect(both.text.contains("「請求する方の生年月日を教えてください」へ"))
            // What is said of the mother afterwards is not the father's.
            _ = try await officer.post(
                "/applications/\(ids[0])/contact?from=check", ["telephone": "0285-56-9188", "call_time": ""])
            #expect(
                !(try await officer.get("/applications/\(ids[1])/contact?from=check").body.contains("0285-56-9188")))
        }
    }

    @Test("この手続きの対象でないと分かったら、案内だけにして、ほかの手続きへ進む")
    func exit() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: ["child-allowance", "pregnancy"], in: "residents")
            let (exit, _) = try await officer.answer(start, Birth.saying("児童手当の認定請求", ["reason": "more"])) {
                $0.path.hasSuffix("/more")
            }
            #expect(exit.text.contains("この手続きは案内だけにして、次へ進む"))
            let next = try await officer.post("/counter/talk/drop", ["card": "child-allowance"])
            let (check, _) = try await officer.answer(next, Birth.said)
            #expect(check.path == "/counter/talk/check" && check.text.contains("ご案内した手続き"))
            #expect(try await officer.sendAll(check).text.contains("児童手当の認定請求"))
        }
    }

    @Test("読み上げる言葉は、様式にあればそれを、なければ質問を話し言葉にする。様式を直しても残る")
    func script() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: ["pregnancy"], in: "residents")
            #expect(start.text.contains("今日は、ご本人の手続きでしょうか。"))
            let (birth, _) = try await officer.answer(start, Birth.said) { $0.path.hasSuffix("/birth") }
            #expect(birth.text.contains("生年月日を教えていただけますか。"))
            let (tests, _) = try await officer.answer(birth, Birth.said) { $0.path.hasSuffix("/tests") }
            #expect(tests.text.contains("みなさまに伺っている項目です"))
            // Nobody else reads it.
            let resident = try await town.visitor().post("/procedures/pregnancy/apply")
            #expect(!resident.text.contains("読み上げる言葉"))

            let editor = try await town.officer("kenko")
            _ = try await editor.post("/desk/forms", ["card": "pregnancy"])
            let place = "/desk/forms/pregnancy/edit?at=pages.9"
            let page = try await editor.get(place)
            #expect(page.text.contains("窓口で読み上げる言葉") && page.body.contains("みなさまに伺っている項目です"))
            let action = try #require(page.body.firstMatch(of: /action="(\/desk\/forms\/pregnancy\/edit[^"]*)"/)?.1)
            var pairs = FilledForm.pairs(page.body, action: String(action).replacing("&amp;", with: "&"))
            let index = try #require(pairs.firstIndex { $0.0 == "question.ja" })
            pairs[index].1 = "性病と結核の検査を受けましたか"
            _ = try await editor.post(String(action).replacing("&amp;", with: "&"), pairs: pairs)
            let again = try await editor.get(place)
            #expect(again.body.contains("性病と結核の検査を受けましたか") && again.body.contains("みなさまに伺っている項目です"))
        }
    }

    @Test("確認書は18ポイント以上の大きな字で、選んだ言葉で出る")
    func sheet() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let start = try await officer.talk(about: ["pregnancy"], in: "residents")
            let (check, _) = try await officer.answer(start, Birth.said)
            #expect(check.text.contains("確認書を印刷する"))
            let paper = try await PaperText.read(officer.get("/counter/talk/check.pdf").bytes)
            #expect(paper.contains("ご確認ください") && paper.contains("髙﨑花子") && paper.contains("デザイナー"))
            let easy = try await officer.post("/counter/talk/language", ["language": "easy"])
            #expect(easy.body.contains("<ruby>"))
            let ruby = try await PaperText.read(officer.get("/counter/talk/check.pdf").bytes)
            #expect(ruby.contains("にんしん") && ruby.contains("髙﨑花子"))
            let portuguese = try await officer.post("/counter/talk/language", ["language": "pt"])
            #expect(portuguese.text.contains("Confira as suas respostas"))
        }
    }

    @Test("来庁から終わりまでの分数が、会話ごと・手続きごとに残る。分け方は、伺った質問の数")
    func minutes() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("madoguchi")
            let wrong = try await officer.post(
                "/desk/counter/begin", ["talk": ID<Int>().text, "section": "residents", "arrived": "11:00"])
            #expect(wrong.status == 422 && wrong.body.contains("value=\"11:00\""))
            let start = try await officer.talk(
                about: ["pregnancy"], explaining: ["moving-out"], arrived: "９時３５分", in: "residents")
            town.clock.advance(seconds: 10 * 60)
            let (check, asked) = try await officer.answer(start, Birth.said)
            _ = try await officer.sendAll(check)
            town.clock.advance(seconds: 3 * 60)
            _ = try await officer.post("/desk/counter/end")
            func minutes(_ card: String, _ span: CounterTime.Span) async throws -> CounterTime? {
                try await town.platform.database.read {
                    try CounterTime.minutes(of: card, in: FiscalYear(2026), span, $0)
                }
            }
            // 25 minutes of waiting and 13 of talking, over 12 questions and one explanation.
            #expect(asked.count == 13)
            let stay = try await minutes("pregnancy", .stay)
            #expect(stay?.count == 1 && stay?.median == 35)
            #expect(try await minutes("pregnancy", .talk)?.median == 12)
            #expect(try await minutes("pregnancy", .wait)?.median == 25)
            #expect(try await minutes("moving-out", .stay)?.median == 3)
            #expect(try await minutes("child-allowance", .stay) == nil)
            let page = try await officer.get("/desk/counter/times")
            #expect(page.text.contains("妊娠の届出") && page.text.contains("2026年11月"))
            #expect(!(try await town.officer("suido").get("/desk/counter/times").text.contains("妊娠の届出")))
        }
    }
}
