import Core
import Database
import Platform
import Register
import TestKit
import Testing

@Suite("カードの編集")
struct CardEditTests {
    private static let dog = "/desk/cards/dog-registration"

    /// A part of a card as its page shows it, to be sent back with changes.
    private func form(_ part: String, of visitor: Visitor, _ card: String = dog) async throws -> [String: String] {
        let page = try await visitor.get("\(card)/edit?part=\(part)")
        #expect(page.status == 200)
        return page.fields
    }

    @Test("三つの面に、分かっていることと不明を分けて示す")
    func faces() async throws {
        try await TestTown.run { town in
            let page = try await town.officer("kansa").get(Self.dog)
            for words in ["町民から見る", "職員から見る", "進み具合", "狂犬病予防法", "不明（まだ調べていません）", "段階（L0〜L5）を見る"] {
                #expect(page.text.contains(words), "\(words)")
            }
            #expect(!page.text.contains("基本を直す"))
            #expect(try await town.officer("kansa").get("/desk/cards/nothing").status == 404)
        }
    }

    @Test("直すと版になり、さがす画面にも出る。まちがいは欄のそばに出て、書いたものは残る")
    func edit() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            var form = try await form("base", of: clerk)
            form["words"] = "鑑札; わんこ"
            form["yearly_count"] = "３１２"
            let half = try await clerk.post(Self.dog + "/edit?part=base", form)
            #expect(half.status == 422 && half.text.contains("三つをそろえて") && half.body.contains("value=\"３１２\""))
            (form["yearly_year"], form["yearly_source"], form["note"]) = ("令和7年度", "業務統計", "件数が分かった")
            form["legal_basis"] = "1234 5678 9018"
            let number = try await clerk.post(Self.dog + "/edit?part=base", form)
            #expect(number.status == 422 && number.text.contains("個人番号") && number.body.contains("1234 5678 9018"))
            form["legal_basis"] = "狂犬病予防法 第4条第1項"
            let saved = try await clerk.post(Self.dog + "/edit?part=base", form)
            #expect(saved.status == 200 && saved.text.contains("保存しました") && saved.text.contains("312件"))
            #expect(try await town.visitor().get("/procedures?q=" + Visitor.encoded("わんこ")).text.contains("犬の登録"))
            let history = try await clerk.get(Self.dog + "/history").text
            #expect(history.contains("第2版") && history.contains("件数が分かった") && history.contains("年間件数: 不明 → 312"))
            // The same press again is no further version.
            _ = try await clerk.post(Self.dog + "/edit?part=base", form)
            #expect(!(try await clerk.get(Self.dog + "/history").text.contains("第3版")))
        }
    }

    @Test("二人目には違いを見せ、書いたものを残す。ちがうところを直した二人は、どちらも残る")
    func conflict() async throws {
        try await TestTown.run { town in
            let (one, other) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            var (mine, theirs) = (try await form("base", of: one), try await form("base", of: other))
            let guide = try await form("guide", of: one)
            theirs["summary.ja"] = "先に直した概要"
            #expect(try await other.post(Self.dog + "/edit?part=base", theirs).status == 200)
            mine["summary.ja"] = "あとから直した概要"
            let late = try await one.post(Self.dog + "/edit?part=base", mine)
            #expect(late.status == 409 && late.text.contains("先に直した概要") && late.body.contains("あとから直した概要"))
            var elsewhere = guide
            elsewhere["guide.fee.ja"] = "無料（見本）"
            #expect(try await one.post(Self.dog + "/edit?part=guide", elsewhere).status == 200)
            let page = try await one.get(Self.dog).text
            #expect(page.contains("先に直した概要") && page.contains("無料（見本）"))
            // Whoever has seen the difference may save.
            var again = late.fields
            again["summary.ja"] = "二人で決めた概要"
            #expect(try await one.post(Self.dog + "/edit?part=base", again).text.contains("二人で決めた概要"))
        }
    }

    @Test("直せるのは、所管課・共管課・デジタル推進の担当だけ。共管課は所管課が決める")
    func permissions() async throws {
        try await TestTown.run { town in
            let (owner, stranger) = (try await town.officer("kankyo"), try await town.officer("suido"))
            #expect(try await stranger.get(Self.dog + "/edit?part=base").status == 403)
            let form = try await form("office", of: owner)
            #expect(try await stranger.post(Self.dog + "/edit?part=office", form).status == 403)
            #expect(try await stranger.post(Self.dog + "/facts/E4", [:]).status == 403)
            #expect(try await stranger.post(Self.dog + "/retire", ["version": "1"]).status == 403)

            var shared = form
            shared["co_sections"] = "上下水道課（サンプル）"
            #expect(try await owner.post(Self.dog + "/edit?part=office", shared).status == 200)
            var base = try await self.form("base", of: stranger)
            base["summary.ja"] = "共管課が直した概要"
            #expect(try await stranger.post(Self.dog + "/edit?part=base", base).text.contains("共管課が直した概要"))
            var taken = try await self.form("base", of: stranger)
            taken["section"] = "上下水道課（サンプル）"
            #expect(try await stranger.post(Self.dog + "/edit?part=base", taken).text.contains("両方の課の担当者"))
            var alone = try await self.form("office", of: stranger)
            alone["co_sections"] = nil
            #expect(try await stranger.post(Self.dog + "/edit?part=office", alone).text.contains("所管課の担当者だけ"))
            var moved = try await self.form("base", of: town.officer("digital"))
            moved["section"] = "住民課（サンプル）"
            #expect(try await town.officer("digital").post(Self.dog + "/edit?part=base", moved).status == 200)
        }
    }

    @Test("工程は、足し、動かし、見直し後に写してから保存する。合計と差が出る")
    func steps() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            let place = Self.dog + "/edit?part=steps"
            var page = try await clerk.get(place)
            for _ in 0..<2 { page = try await clerk.post(place, page.fields.merging(["do": "add"]) { $1 }) }
            #expect(page.text.contains("まだ保存していません"))
            var typed = page.fields
            (typed["0.name"], typed["0.by"], typed["0.minutes"], typed["0.visits"]) = ("台帳に書く", "職員", "12", "0")
            (typed["0.papers"], typed["0.stamps"]) = ("1", "1")
            (typed["1.name"], typed["1.by"], typed["1.minutes"]) = ("窓口で申し込む", "町民", "多分10分")
            let wrong = try await clerk.post(place, typed.merging(["do": "save"]) { $1 })
            #expect(wrong.status == 422 && wrong.body.contains("多分10分") && wrong.body.contains("href=\"#1.minutes\""))
            typed["1.minutes"] = ""
            page = try await clerk.post(place, typed.merging(["do": "up.1"]) { $1 })
            #expect(page.fields["0.name"] == "窓口で申し込む")
            page = try await clerk.post(place, page.fields.merging(["do": "copy"]) { $1 })
            #expect(page.fields["count"] == "4" && page.fields["3.phase"] == "見直し後")
            page = try await clerk.post(place, page.fields.merging(["do": "remove.3"]) { $1 })
            let saved = try await clerk.post(place, page.fields.merging(["do": "save"]) { $1 })
            #expect(saved.text.contains("12＋不明1") && saved.text.contains("窓口で申し込む"))
            #expect(try await clerk.get(Self.dog + "/history").text.contains("業務の流れ: 不明 →"))
        }
    }

    @Test("事実は、出典と日とともに記録され、いちばん新しいものが使われる。適用除外には根拠が要る")
    func facts() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            let place = Self.dog + "/facts/E4"
            let empty = try await clerk.post(place, ["finding": "not-applicable"])
            #expect(empty.status == 422 && empty.text.contains("出典") && empty.text.contains("適用除外の根拠"))
            let future = try await clerk.post(place, ["finding": "yes", "source": "窓口", "as_of": "2027-01-01"])
            #expect(future.status == 422 && future.text.contains("まだ来ていない日"))
            let fact = ["finding": "yes", "source": "窓口での聞き取り", "as_of": "令和8年11月2日"]
            #expect(try await clerk.post(place, fact).text.contains("窓口での聞き取り"))
            _ = try await clerk.post(place, fact)
            _ = try await clerk.post(place, ["finding": "unknown", "source": "聞きちがい", "as_of": "2026-11-20"])
            let history = try await town.platform.database.read { try CardFact.list(of: "dog-registration", in: $0) }
                .filter { $0.item == .e4 }
            #expect(history.map(\.finding) == [.yes, .unknown])
            let measure = try await clerk.post(
                Self.dog + "/facts/M1", ["number": "130", "source": "統計", "as_of": "2026-04-01"])
            #expect(measure.status == 422 && measure.text.contains("100%まで") && measure.text.contains("会計年度"))
            let known = try await clerk.get("/desk/cards?missing=E4").text
            #expect(known.contains("犬の登録"))
        }
    }

    @Test("以前の版に戻すと新しい版になる。廃止すると町民の一覧から消え、履歴は残り、取り消せる")
    func revert() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            var form = try await form("base", of: clerk)
            form["summary.ja"] = "新しい概要"
            _ = try await clerk.post(Self.dog + "/edit?part=base", form)
            let old = try await clerk.get(Self.dog + "/history/1")
            #expect(old.text.contains("この版に戻す") && old.text.contains("新しい概要 →"))
            #expect(try await clerk.post(Self.dog + "/history/1", ["version": "1"]).status == 409)
            _ = try await clerk.post(Self.dog + "/history/1", ["version": "2"])
            #expect(!(try await clerk.get(Self.dog).text.contains("新しい概要")))
            #expect(try await clerk.get(Self.dog + "/history").text.contains("第1版に戻しました"))

            #expect(try await clerk.post(Self.dog + "/retire", ["version": "3"]).status == 422)
            let end = ["version": "3", "retired_on": "令和9年4月1日", "retired_reason": "制度の終わり"]
            #expect(try await clerk.post(Self.dog + "/retire", end).text.contains("制度の終わり"))
            let visitor = town.visitor()
            #expect(!(try await visitor.get("/procedures?q=" + Visitor.encoded("犬")).body.contains("dog-registration")))
            #expect(!(try await visitor.get("/").body.contains("/procedures/dog-registration")))
            #expect(try await visitor.post("/procedures/dog-registration/apply").status == 404)
            #expect(try await clerk.get("/desk/cards?state=retired").text.contains("犬の登録"))
            _ = try await clerk.post(Self.dog + "/retire", ["version": "4", "undo": "yes"])
            #expect(try await visitor.get("/").body.contains("/procedures/dog-registration"))
        }
    }

    @Test("新しいカードは八つの項目から始まる。ほかの課のカードは作れない")
    func new() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            var form = ["id": "Dog Registration", "section": "上下水道課（サンプル）"]
            let wrong = try await clerk.post("/desk/cards/new", form)
            #expect(wrong.status == 422 && wrong.text.contains("識別名は、英小文字"))
            #expect(wrong.text.contains("「手続名」を書いてください") && wrong.text.contains("手続類型を選んでください"))
            form = [
                "id": "stray-cats", "name.ja": "猫の相談", "section": "環境課（サンプル）", "kind": "申請等", "summary.ja": "猫の相談です。",
            ]
            let made = try await clerk.post("/desk/cards/new", form)
            #expect(made.path == "/desk/cards/stray-cats" && made.text.contains("カードを作りました"))
            #expect(try await clerk.post("/desk/cards/new", form).status == 200)
            form["summary.ja"] = "別の概要"
            #expect(try await clerk.post("/desk/cards/new", form).text.contains("もうあります"))
            (form["id"], form["section"]) = ("water-meter", "上下水道課（サンプル）")
            #expect(try await clerk.post("/desk/cards/new", form).text.contains("この課のカードを作る権限がありません"))
            #expect(try await town.visitor().get("/procedures/stray-cats").text.contains("猫の相談です。"))
        }
    }
}
