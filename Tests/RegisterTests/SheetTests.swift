import Core
import Database
import Platform
import Register
import Tabular
import TestKit
import Testing

@Suite("台帳のCSV")
struct SheetTests {
    /// A sheet as it is written out.
    private func sheet(_ path: String, of visitor: Visitor) async throws -> [[String]] {
        let reply = try await visitor.get(path)
        let (text, _) = try #require(TextEncoding.text(of: reply.bytes))
        return try CSV.read(text).map(\.fields)
    }

    /// Sends a sheet in and gives its report.
    private func report(_ rows: [[String]], as encoding: TextEncoding = .utf8, by visitor: Visitor) async throws
        -> Visitor.Reply
    {
        try await visitor.upload(
            "/desk/cards/import", control: "file", files: [("台帳.csv", encoding.file(rows).bytes)])
    }

    private func summary(_ card: String, in town: TestTown) async throws -> String? {
        try await town.platform.database.read { try Card.find(card, in: $0)?.summary[.ja] }
    }

    @Test(
        "書き出したままを取り込んでも、何も変わらない。どちらの文字コードでも",
        arguments: ["cards.csv", "cards/papers.csv", "cards/steps.csv", "cards/links.csv", "cards/facts.csv"])
    func unchanged(_ path: String) async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            _ = try await digital.post(
                "/desk/cards/dog-registration/facts/E4", ["finding": "yes", "source": "窓口〜電話", "as_of": "2026-11-02"])
            for encoding in ["utf-8", "cp932"] {
                let rows = try await sheet("/desk/\(path)?encoding=\(encoding)", of: digital)
                #expect(rows.count > 1 || path.contains("links") || path.contains("facts"))
                let kind = try #require(TextEncoding(rawValue: encoding))
                let page = try await report(rows, as: kind, by: digital)
                #expect(
                    page.status == 200 && page.text.contains("変わる: 0件") && page.text.contains("直すところ: 0件"),
                    "\(page.text)")
            }
        }
    }

    @Test("直した行だけが版になり、もう一度送っても変わらない。数式に見える言葉も、そのまま戻る")
    func changed() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            var rows = try await sheet("/desk/cards.csv", of: digital)
            let (row, column) = (
                try #require(rows.firstIndex { $0[0] == "dog-registration" }),
                try #require(rows[0].firstIndex(of: "概要"))
            )
            rows[row][column] = "'=犬の登録です"
            let new =
                ["id-check", ""]
                + rows[0].dropFirst(2).map { name in
                    ["手続名": "確認", "所管課": "water", "手続類型": "内部業務", "概要": "見本"][name] ?? ""
                }
            let page = try await report(rows + [new], by: digital)
            #expect(page.text.contains("変わる: 2件") && page.text.contains("=犬の登録です") && page.text.contains("新しいカード"))
            #expect(try await summary("dog-registration", in: town)?.hasPrefix("=") == false)
            let done = try await digital.post(page.path)
            #expect(done.text.contains("2件を取り込みました"))
            #expect(try await digital.post(page.path).text.contains("2件を取り込みました"))
            #expect(try await summary("dog-registration", in: town) == "=犬の登録です")
            #expect(try await digital.get("/desk/cards/dog-registration/history").text.contains("CSVの取込み"))
            let again = try await report(try await sheet("/desk/cards.csv", of: digital), by: digital)
            #expect(again.text.contains("変わる: 0件"))
            // What was written out before is older now.
            rows[row][column] = "古いCSVから"
            let late = try await report(rows, by: digital)
            #expect(late.status == 422 && late.text.contains("CSVは第1版、いまは第2版"))
        }
    }

    @Test("一つでも直すところがあれば何も取り込まず、行と列を示す")
    func faults() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            var rows = try await sheet("/desk/cards.csv", of: digital)
            let dog = try #require(rows.firstIndex { $0[0] == "dog-registration" })
            let water = try #require(rows.firstIndex { $0[0] == "water-start" })
            let (summary, days) = (
                try #require(rows[0].firstIndex(of: "概要")), try #require(rows[0].firstIndex(of: "標準処理期間"))
            )
            rows[dog][summary] = "よい概要"
            rows[water][days] = "たぶん3日"
            let page = try await report(rows, by: digital)
            #expect(page.status == 422 && page.text.contains("標準処理期間: 0〜1000の数"))
            #expect(page.body.contains("<td class=\"number\">\(days + 1)</td>"))
            #expect(try await digital.post(page.path).status == 422)
            #expect(try await self.summary("dog-registration", in: town) != "よい概要")
            rows[0][3] = "知らない列"
            #expect(try await report(rows, by: digital).text.contains("「知らない列」という列は知りません"))
            let broken = try await digital.upload(
                "/desk/cards/import", control: "file", files: [("x.csv", Array("識別名,版\n\"a".utf8))])
            #expect(broken.status == 422 && broken.text.contains("閉じていません"))
        }
    }

    @Test("自分の課でない行が変わっていれば断る。変わっていなければ、町全体のCSVでもよい")
    func permissions() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            var rows = try await sheet("/desk/cards.csv", of: clerk)
            let column = try #require(rows[0].firstIndex(of: "概要"))
            rows[try #require(rows.firstIndex { $0[0] == "dog-registration" })][column] = "環境課の概要"
            let mine = try await report(rows, by: clerk)
            #expect(mine.status == 200 && mine.text.contains("変わる: 1件"))
            rows[try #require(rows.firstIndex { $0[0] == "water-start" })][column] = "よその課の概要"
            #expect(try await report(rows, by: clerk).text.contains("この行は変えられません"))
            // The file of one is not another's to take.
            #expect(try await town.officer("suido").get(mine.path).status == 404)
        }
    }

    @Test("Shift_JISで直しても、その文字コードにない文字は失われない")
    func narrow() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            var rows = try await sheet("/desk/cards.csv?encoding=cp932", of: digital)
            let dog = try #require(rows.firstIndex { $0[0] == "dog-registration" })
            #expect(rows[dog].contains { $0.contains("〓") })
            rows[dog][try #require(rows[0].firstIndex(of: "概要"))] = "髙い概要"
            let page = try await report(rows, as: .cp932, by: digital)
            #expect(page.text.contains("変わる: 1件"), "\(page.text)")
            _ = try await digital.post(page.path)
            let card = try await town.platform.database.read { try Card.find("dog-registration", in: $0) }
            #expect(card?.summary[.ja] == "髙い概要" && card?.audience?.written(in: "pt")?.contains("você") != true)
            #expect(card?.audience?.written(in: "pt")?.contains("〓") == false)
        }
    }

    @Test("添付書類の表は、カードごとに入れ替わる。「なし」と「不明」はちがう")
    func tables() async throws {
        try await TestTown.run { town in
            let digital = try await town.officer("digital")
            let rows = try await sheet("/desk/cards/papers.csv", of: digital)
            let header = rows[0]
            func row(_ card: String, _ number: String, _ cells: [String: String]) -> [String] {
                header.map { ["識別名": card, "版": "1", "番号": number].merging(cells) { $1 }[$0] ?? "" }
            }
            let page = try await report(
                [
                    header, row("dog-registration", "なし", [:]),
                    row("water-start", "1", ["書類": "口座の写し", "撤廃・省略": "撤廃・省略予定"]),
                    row("water-start", "2", ["書類": "印鑑", "求める根拠（条項）": "給水条例 第5条"]),
                ], by: digital)
            #expect(page.text.contains("変わる: 2件"), "\(page.text)")
            _ = try await digital.post(page.path)
            let (dog, water) = try await town.platform.database.read {
                (try Card.find("dog-registration", in: $0), try Card.find("water-start", in: $0))
            }
            #expect(dog?.papers?.isEmpty == true && water?.papers?.map(\.state) == [.planned, nil])
            let wrong = try await report([header, row("water-start", "1", ["撤廃・省略": "廃止"])], by: digital)
            #expect(wrong.status == 422 && wrong.text.contains("書類の名前") && wrong.text.contains("「廃止」は使えません"))
        }
    }
}
