import Applications
import Core
import Database
import Platform
import TestKit
import Testing

@Suite("文例と通知書のひな形")
struct TemplateTests {
    private static let letter = [
        "section": "environment", "card": "", "use": "letter", "name": "鑑札のお渡し",
        "words": "{氏名} 様\n{手続き}（{受付番号}）の鑑札を、{担当課}でお渡しします。",
    ]

    @Test("文例の差し込みは、保存のときに確かめ、選ぶと申請の内容が入る。ほかの課の文例は直せない")
    func messages() async throws {
        try await TestTown.run { town in
            let (_, id) = try await town.sent(.dog)
            let clerk = try await town.officer("kankyo")
            let wrong = try await clerk.post(
                "/desk/templates/edit", Self.letter.merging(["words": "{氏名}様の{犬の年齢}について"]) { $1 })
            #expect(wrong.status == 422 && wrong.text.contains("{犬の年齢}は使えない差し込みです") && wrong.text.contains("{受付番号}"))
            #expect(wrong.body.contains("{氏名}様の{犬の年齢}について"))
            #expect(try await clerk.post("/desk/templates/edit", Self.letter).path == "/desk/templates")
            let page = try await clerk.get("/desk/cases/\(id)")
            let option = /<option value="([^"]+)">鑑札のお渡し/
            let template = try #require(page.body.firstMatch(of: option)?.output.1)
            let chosen = try await clerk.get("/desk/cases/\(id)?for=letter&template=\(template)")
            #expect(chosen.text.contains("髙﨑　花子 様") && chosen.text.contains("環境課（サンプル）でお渡しします。"))
            #expect(!chosen.text.contains("{受付番号}"))

            // 二人が同じ文例を開く。
            let chief = try await town.officer("kankyo-kacho")
            let changed = Self.letter.merging(["id": String(template), "revision": "1", "words": "一人目の文章"]) { $1 }
            _ = try await clerk.post("/desk/templates/edit", changed)
            let late = try await chief.post("/desk/templates/edit", changed.merging(["words": "二人目の文章"]) { $1 })
            #expect(late.status == 409 && late.text.contains("一人目の文章") && late.body.contains("二人目の文章"))
            let water = try await town.officer("suido")
            #expect(!(try await water.get("/desk/templates").text.contains("鑑札のお渡し")))
            #expect(try await water.post("/desk/templates/edit", Self.letter).status == 403)
            #expect(try await water.post("/desk/templates/delete", ["id": String(template)]).status == 403)
        }
    }

    @Test("通知書のひな形は、使えない差し込みを断り、別の人が公開する。決定した申請は、決めたときの版のまま")
    func notices() async throws {
        try await TestTown.run { town in
            let place = "/desk/notices/dog-registration/rejected"
            let (clerk, chief) = (try await town.officer("kankyo"), try await town.officer("kankyo-kacho"))
            func save(_ officer: Visitor, _ blocks: [(String, String)]) async throws -> Visitor.Reply {
                var typed = [
                    "revision": try await officer.get(place).hidden("revision"), "count": String(blocks.count),
                ]
                for (index, block) in blocks.enumerated() {
                    (typed["kind-\(index)"], typed["words-\(index)"]) = block
                }
                return try await officer.post(place, typed)
            }
            func step(_ officer: Visitor, _ verb: String) async throws -> Visitor.Reply {
                try await officer.post(
                    "\(place)/\(verb)", ["revision": try await officer.get(place).hidden("revision")])
            }
            let wrong = try await save(clerk, [("paragraph", "{氏名}様の{回答:犬の年齢}")])
            #expect(wrong.status == 422 && wrong.text.contains("{回答:犬の年齢}は使えない差し込みです"))
            #expect(wrong.text.contains("{回答:犬の名前}") && wrong.body.contains("{氏名}様の{回答:犬の年齢}"))

            let blocks = [
                ("title", "犬の登録 不承認通知書"), ("addressee", "{氏名} 様"), ("row", "犬の名前｜{回答:犬の名前}"),
                ("row", "理由｜{理由}"), ("row", "根拠｜{根拠}"),
            ]
            #expect(try await save(clerk, blocks).status == 200)
            #expect(try await step(clerk, "propose").text.contains("教示（不服の申立ての方法"))
            _ = try await save(clerk, blocks + [("appeal", "{長}に審査請求をすることができます。")])
            #expect(try await step(clerk, "propose").status == 200)
            #expect(try await step(clerk, "publish").status == 403)
            #expect(try await step(chief, "publish").status == 200)
            let preview = try await PaperText.read(try await clerk.get("\(place)/preview.pdf").bytes)
            #expect(preview.contains("犬の登録不承認通知書") && preview.contains("見本"))

            let (visitor, id) = try await town.sent(.dog)
            _ = try await chief.press("receive", of: id)
            _ = try await chief.press("reject", of: id, ["words": "町外の犬のため"])
            func notice() async throws -> String {
                try await PaperText.read(try await visitor.get("/applications/\(id)/notice.pdf").bytes)
            }
            let issued = try await notice()
            for words in ["犬の登録不承認通知書", "ポチ", "町外の犬のため", "狂犬病予防法", "上三川町長に審査請求"] {
                #expect(issued.contains(words), "\(words) is not in \(issued)")
            }
            _ = try await save(chief, [("title", "新しい通知書"), ("appeal", "審査請求ができます。")])
            #expect(try await step(chief, "propose").status == 200)
            let own = try await step(chief, "publish")
            #expect(own.status == 409 && own.text.contains("申し出た人とは別の決裁者"))
            #expect(try await notice() == issued)
            #expect(try await town.officer("suido").get(place).status == 404)
        }
    }
}
