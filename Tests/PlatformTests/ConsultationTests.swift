import Applications
import Core
import Database
import Platform
import TestKit
import Testing

@Suite("庁内照会とメモ")
struct ConsultationTests {
    @Test("照会先の課は、照会のあいだだけ申請を見られ、処理はできない。回答すると見られなくなり、照会した人に届く")
    func consultation() async throws {
        try await TestTown.run { town in
            let (visitor, id) = try await town.sent(.dog)
            let (clerk, health) = (try await town.officer("kankyo"), try await town.officer("kenko"))
            let water = try await town.officer("suido")
            _ = try await clerk.press("receive", of: id)
            #expect(try await health.get("/desk/cases/\(id)").status == 404)
            let empty = try await clerk.press("ask", of: id, ["section": "health", "words": ""])
            #expect(empty.status == 422)
            let past = try await clerk.press(
                "ask", of: id, ["section": "health", "words": "接種の記録はありますか。", "due": "2026-11-01"])
            #expect(past.status == 422 && past.body.contains("接種の記録はありますか。"))
            let page = try await clerk.get("/desk/cases/\(id)")
            // 3開庁日後: 2026-11-24（火）の3開庁日後は27日（金）。
            #expect(page.body.contains("value=\"2026-11-27\""))
            let question = ["section": "health", "words": "接種の記録はありますか。"]
            for _ in 0..<2 { _ = try await clerk.press("ask", on: page, of: id, question) }
            #expect(try await town.count("consultation.asked", of: id) == 1)

            let list = try await health.get("/desk/consultations").text
            #expect(list.contains("回答を待たれているもの 1件") && list.contains("2026-11-27 まで"))
            let open = try await health.get("/desk/cases/\(id)")
            #expect(open.status == 200 && open.text.contains("ポチ") && open.text.contains("接種の記録はありますか。"))
            for verb in ["approve", "return", "letter", "note", "ask"] {
                #expect(!open.body.contains("/\(verb)\""))
            }
            let act = ["seen": "received", "once": ID<Int>().text, "words": "x"]
            for verb in ["return", "approve", "letter", "note"] {
                #expect(try await health.post("/desk/cases/\(id)/\(verb)", act).status == 404)
            }
            #expect(try await water.get("/desk/cases/\(id)").status == 404)
            #expect(try await water.get("/desk/consultations").text.contains("回答を待たれている照会はありません"))
            #expect(!(try await visitor.get("/applications/\(id)").text.contains("接種の記録")))

            let answered = try await health.press("answer", of: id, ["words": "6月に接種済みです。"])
            #expect(answered.path == "/desk/consultations")
            #expect(try await health.get("/desk/cases/\(id)").status == 404)
            #expect(try await town.count("case.viewed", of: id) > 3)
            #expect(try await clerk.get("/desk/consultations").text.contains("新しい回答 1件"))
            #expect(try await clerk.get("/desk/cases/\(id)").text.contains("6月に接種済みです。"))
            #expect(!(try await clerk.get("/desk/consultations").text.contains("新しい回答")))
            let late = try await health.post(
                "/desk/cases/\(id)/answer", ["consultation": "x", "words": "もう一度"])
            #expect(late.status == 404)
        }
    }

    @Test("回答を待たずに決めるには、そう言わなければならない。決めると照会は終わり、期限を過ぎたものは一覧で分かる")
    func despite() async throws {
        try await TestTown.run { town in
            let (_, id) = try await town.sent(.dog)
            let chief = try await town.officer("kankyo-kacho")
            _ = try await chief.press("receive", of: id)
            _ = try await chief.press("ask", of: id, ["section": "health", "words": "記録はありますか。"])
            town.clock.advance(seconds: 5 * 86_400)
            let again = try await town.officer("kankyo-kacho")
            #expect(try await town.officer("kenko").get("/desk/consultations").text.contains("うち期限超過 1件"))
            let refused = try await again.press("approve", of: id, ["words": "登録しました。"])
            #expect(refused.status == 422 && refused.text.contains("庁内照会の回答を待っています"))
            #expect(refused.body.contains("登録しました。"))
            _ = try await again.press("approve", of: id, ["words": "登録しました。", "despite": "yes"])
            #expect(try await town.status(id) == .approved)
            #expect(try await town.officer("kenko").get("/desk/cases/\(id)").status == 404)
        }
    }

    @Test("メモには種類と日・相手などがあり、経過で絞り込める。申請者には見えない")
    func notes() async throws {
        try await TestTown.run { town in
            let (visitor, id) = try await town.sent(.dog)
            let clerk = try await town.officer("kankyo")
            let page = try await clerk.get("/desk/cases/\(id)?note=telephone")
            #expect(page.body.contains("name=\"particular\"") && page.body.contains("value=\"2026-11-24\""))
            let typed = ["type": "telephone", "particular": "髙﨑様 080-5678-1234", "words": "狂犬病の注射は来週とのこと。"]
            let wrong = try await clerk.press("note", on: page, of: id, typed.merging(["day": "きのう"]) { $1 })
            #expect(wrong.status == 422 && wrong.text.contains("話した日") && wrong.body.contains("注射は来週とのこと。"))
            #expect(wrong.body.contains("髙﨑様 080-5678-1234"))
            _ = try await clerk.press("note", on: page, of: id, typed.merging(["day": "令和8年11月20日"]) { $1 })
            let inside = try await clerk.get("/desk/cases/\(id)?show=internal").text
            for words in ["電話の記録", "2026-11-20", "髙﨑様 080-5678-1234", "注射は来週とのこと。"] {
                #expect(inside.contains(words))
            }
            let outside = try await clerk.get("/desk/cases/\(id)?show=with").text
            #expect(!outside.contains("注射は来週とのこと。") && outside.contains("送信（到達）"))
            #expect(!(try await visitor.get("/applications/\(id)").text.contains("注射は来週とのこと。")))
        }
    }
}
