import Applications
import Core
import Database
import Platform
import TestKit
import Testing

@Suite("決定とそのあと")
struct DecisionTests {
    @Test("受付不可には理由と根拠が要り、通知書に教示が付く。根拠は台帳から出ている")
    func inadmissible() async throws {
        try await TestTown.run { town in
            let (visitor, id) = try await town.sent(.dog)
            let (clerk, chief) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            #expect(try await clerk.press("refuse", of: id, ["words": "様式が違います。"]).status == 403)
            let page = try await chief.get("/desk/cases/\(id)")
            #expect(page.body.contains("value=\"狂犬病予防法 第4条第1項\""))
            let lawless = try await chief.press("refuse", of: id, ["words": "様式が違います。", "law": " "])
            #expect(lawless.status == 422 && lawless.text.contains("根拠となる法令・条項を入力"))
            #expect(lawless.body.contains("様式が違います。"))
            #expect(try await chief.press("refuse", of: id, ["words": ""]).status == 422)
            _ = try await chief.press("refuse", of: id, ["words": "様式が違います。"])
            #expect(try await town.status(id) == .inadmissible)
            let status = try await visitor.get("/applications/\(id)").text
            #expect(status.contains("受付不可") && status.contains("様式が違います。") && status.contains("根拠: 狂犬病予防法"))
            let notice = try await PaperText.read(try await visitor.get("/applications/\(id)/notice.pdf").bytes)
            for words in ["受け付けません", "様式が違います。", "狂犬病予防法第4条第1項", "審査請求", "3か月以内"] {
                #expect(notice.contains(words), "\(words) is not in \(notice)")
            }
        }
    }

    @Test("承認のあとは交付、完了と進み、申請者はどの言語でも分かる。飛ばした順は理由を付けて断る")
    func issued() async throws {
        try await TestTown.run { town in
            let (visitor, id) = try await town.sent(.dog)
            let (clerk, chief) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            let early = try await clerk.post(
                "/desk/cases/\(id)/issue", ["seen": "submitted", "once": ID<Int>().text, "way": "counter"])
            #expect(early.status == 409 && early.text.contains("いまの状態（送信済）からは、「交付済」にできません"))
            _ = try await clerk.press("receive", of: id)
            _ = try await chief.press("approve", of: id, ["words": "鑑札を用意しました。"])
            let words = "鑑札 第12号です。"
            let issued = try await clerk.press("issue", of: id, ["way": "counter", "words": words])
            #expect(issued.text.contains("窓口で渡した"))
            let seen = try await visitor.get("/applications/\(id)").text
            #expect(seen.contains("交付済") && seen.contains("窓口でお渡ししました。") && seen.contains(words))
            _ = try await clerk.press("complete", of: id)
            #expect(try await town.status(id) == .completed)
            for (language, words) in [
                ("ja", "手続きはすべて終わりました"), ("easy", "ぜんぶ"), ("en", "Completed"), ("pt", "Concluído"),
            ] {
                _ = try await visitor.get("/language/\(language)?back=/")
                #expect(try await visitor.get("/applications/\(id)").text.contains(words))
            }
            #expect(try await visitor.get("/applications/\(id)/notice.pdf").status == 200)
        }
    }

    @Test("再審査は決裁者が理由を付けて始め、申請者に知らせる。前の決定は記録に残り、もう一度決定できる")
    func reopened() async throws {
        try await TestTown.run { town in
            let (visitor, id) = try await town.sent(.dog)
            let (clerk, chief) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            _ = try await clerk.press("receive", of: id)
            _ = try await chief.press("reject", of: id, ["words": "町外の犬のため"])
            #expect(!(try await clerk.get("/desk/cases/\(id)").body.contains("/reopen\"")))
            #expect(try await clerk.press("reopen", of: id, ["words": "新しい資料"]).status == 403)
            #expect(try await chief.press("reopen", of: id, ["words": ""]).status == 422)
            let again = try await chief.press("reopen", of: id, ["words": "住所の登録が確認できたため"])
            #expect(try await town.status(id) == .reviewing)
            #expect(again.text.contains("再審査") && again.text.contains("町外の犬のため"))
            let seen = try await visitor.get("/applications/\(id)").text
            #expect(seen.contains("もう一度審査します") && seen.contains("住所の登録が確認できたため"))
            #expect(try await visitor.get("/applications/\(id)/notice.pdf").status == 404)
            _ = try await chief.press("approve", of: id, ["words": ""])
            let notice = try await PaperText.read(try await visitor.get("/applications/\(id)/notice.pdf").bytes)
            #expect(notice.contains("承認します") && !notice.contains("町外の犬"))
        }
    }

    @Test("補正で送り直した答えは、前と後が並び、だれがいつ変えたか分かる。前の添付も見られる")
    func difference() async throws {
        try await TestTown.run { town in
            let (visitor, id) = try await town.sent(.dog)
            let clerk = try await town.officer("kankyo")
            _ = try await clerk.press("receive", of: id)
            #expect(!(try await clerk.get("/desk/cases/\(id)").text.contains("補正で変わったところ")))
            for (name, why) in [("ハチ", "名前が違いませんか。"), ("クロ", "もう一度お願いします。")] {
                _ = try await clerk.press("return", of: id, ["pin": "dog", "why.dog": why, "words": why])
                _ = try await visitor.correct("dog", of: id, as: .dog.with(["dog_name": name]))
            }
            let desk = try await clerk.get("/desk/cases/\(id)")
            let part = try #require(desk.text.firstRange(of: "補正で変わったところ").map { desk.text[$0.lowerBound...] })
            #expect(desk.text.contains("申請者の補正"))
            let compact = part.filter { !$0.isWhitespace }
            #expect(compact.contains("犬の名前ハチクロ") && compact.contains("犬の名前ポチハチ"), "\(compact.prefix(600))")
            #expect(desk.text.contains("変更"))
        }
    }

    @Test("二人目の職員には、先の人が何をしたかを見せ、書いた言葉を残す。補正が送り直されていれば、その差も見せる")
    func second() async throws {
        try await TestTown.run { town in
            let (visitor, id) = try await town.sent(.dog)
            let (clerk, chief) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            _ = try await clerk.press("receive", of: id)
            let old = try await chief.get("/desk/cases/\(id)")
            _ = try await clerk.press("return", of: id, ["words": "犬の名前をお確かめください。"])
            let late = try await chief.press("approve", on: old, of: id, ["words": "登録しました。"])
            #expect(late.status == 409 && late.body.contains("登録しました。"))
            #expect(late.text.contains("補正依頼") && late.text.contains("見本 環") && late.text.contains("犬の名前をお確かめください。"))
            #expect(late.text.contains("受付済 → 補正依頼中"))

            // 状態が元に戻っていても、そのあいだに送り直されていれば、前のページからは決められない。
            _ = try await visitor.submit(visitor.get("/applications/\(id)/check"))
            let reviewing = try await chief.get("/desk/cases/\(id)")
            _ = try await clerk.press("return", of: id, ["words": "もう一度お願いします。"])
            _ = try await visitor.correct("dog", of: id, as: .dog.with(["dog_name": "ハチ"]))
            let stale = try await chief.press("approve", on: reviewing, of: id, ["words": ""])
            #expect(stale.status == 409 && stale.text.contains("補正の提出") && stale.text.contains("ハチ"))
            #expect(try await town.status(id) == .reviewing)
        }
    }
}
