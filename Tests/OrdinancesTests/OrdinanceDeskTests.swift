import Core
import Database
import Japanese
import Platform
import Tabular
import TestKit
import Testing

@Suite("例規の点検の画面")
struct OrdinanceDeskTests {
    static let notice = """
        ○見本町公告式条例
        昭和31年9月30日条例第1号

        （条例の公布）
        第1条　条例を公布するときは、公布の旨の前文を付ける。
        2　条例の公布は、町役場の掲示場に掲示してこれを行う。

        （規則）
        第2条　前条の規定は、規則にこれを準用する。

        附　則
        この条例は、公布の日から施行する。
        """
    static let tax = """
        ○見本町税条例
        昭和30年4月1日条例第9号

        （公示送達）
        第18条　公示送達は、見本町公告式条例第1条第2項に規定する掲示場に掲示して行う。
        """

    /// Takes the two in, and gives the place of the first.
    private func filled(_ town: TestTown) async throws -> (clerk: Visitor, place: String) {
        let clerk = try await town.officer("digital")
        let taken = try await clerk.upload(
            "/desk/ordinances/import", control: "files",
            files: [("a.txt", Array(Self.notice.utf8)), ("b.txt", Array(Self.tax.utf8))])
        #expect(taken.status == 200 && taken.body.contains("新しい例規 2"))
        let board = try await clerk.get("/desk/ordinances")
        let place = try #require(board.body.firstMatch(of: /href="(\/desk\/ordinances\/[^"\/?]+)">見本町公告式条例/)?.1)
        return (clerk, String(place))
    }

    @Test("取り込むと、判定と、先に改めるとよい規定と、仕分けが見える")
    func board() async throws {
        try await TestTown.run { town in
            let (clerk, place) = try await filled(town)
            let board = try await clerk.get("/desk/ordinances")
            #expect(board.body.contains("ほかに<b>2</b>の規定がかたづきます"))
            #expect(board.body.contains("個別の改正が必要"))
            let clause = try await clerk.get(place + "/clauses/1")
            #expect(clause.body.contains("掲示場に掲示して知らせることになっています"))
            #expect(clause.body.contains("見本町税条例 第18条第1項"))
            #expect(clause.body.contains("インターネットを利用して公衆の閲覧に供するとともに"))
            let found = try await clerk.get("/desk/ordinances/search?q=掲示&address=")
            #expect(found.body.contains("引用している条文"))
            let later = try await clerk.get("/desk/ordinances/search?q=掲示&address=&since=1956-01-01&until=")
            #expect(later.body.contains("見本町公告式条例") && !later.body.contains("見本町税条例"))
            // Whoever is an officer may read; nobody else.
            #expect(try await town.officer("kansa").get("/desk/ordinances").status == 200)
            #expect(try await town.visitor().get("/desk/ordinances").body.contains("見本町税条例") == false)
        }
    }

    @Test("二人が同じなら確定、ちがえば分かり、取り込み直しても変わらない条文の判定は残る")
    func reviews() async throws {
        try await TestTown.run { town in
            let (first, place) = try await filled(town)
            let second = try await town.officer("kankyo")
            let answer = ["category": "書面掲示", "verdict": "Y", "comment": "掲示場だけ"]
            #expect(try await first.post(place + "/clauses/1", answer).body.contains("一人が該当"))
            #expect(try await second.post(place + "/clauses/1", answer).body.contains("確定（該当）"))
            let other = try await second.post(
                place + "/clauses/1", ["category": "書面掲示", "verdict": "N", "comment": ""])
            #expect(other.body.contains("判定がちがいます") && other.body.contains("掲示場だけ"))
            // The article moves, the words stay: so does the judgement. What says something else is judged anew.
            let moved = Self.notice.replacing("第1条　", with: "第3条　").replacing("（規則）\n第2条　前条", with: "（規則）\n第4条　前条")
                .replacing("前文を付ける", with: "前文と日付を付ける")
            let taken = try await first.upload(
                "/desk/ordinances/import", control: "files", files: [("a.txt", Array(moved.utf8))])
            #expect(taken.body.contains("変わった例規 1") && taken.body.contains("判定は全部残りました"))
            #expect(try await first.get(place + "/clauses/1").body.contains("判定がちがいます"))
            // What it said before is kept, and what changed can be seen.
            let changed = try await first.get(place + "/versions/1")
            #expect(changed.status == 200 && changed.body.contains("<u>"))
            #expect(try await first.get(place + "/versions/2").status == 404)
        }
    }

    @Test("課に配る表を書き出し、書き込んで返してもらう。読めない行があれば、何も取り込まない")
    func worksheet() async throws {
        try await TestTown.run { town in
            let (clerk, place) = try await filled(town)
            let sheet = try await clerk.get("/desk/ordinances/worksheet.csv").body
            #expect(sheet.contains("見本町公告式条例") && sheet.contains("記号"))
            #expect(try await clerk.get("/desk/ordinances/worksheet.xlsx").status == 200)
            let header = sheet.split(separator: "\r\n").first.map(String.init) ?? ""
            let line = try #require(
                sheet.split(separator: "\r\n").first { $0.contains("第1条第2項") && $0.contains("書面掲示") })
            func filledIn(_ verdict: String) -> [UInt8] {
                var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                cells[cells.count - 3] = verdict
                return Array((header + "\r\n" + cells.joined(separator: ",") + "\r\n").utf8)
            }
            let bad = try await clerk.upload(
                "/desk/ordinances/worksheet", control: "file", files: [("h.csv", filledIn("たぶん"))])
            #expect(bad.status == 422 && bad.body.contains("2行目") && bad.body.contains("たぶん"))
            #expect(try await clerk.get(place + "/clauses/1").body.contains("まだ見ていません"))
            let good = try await clerk.upload(
                "/desk/ordinances/worksheet", control: "file", files: [("h.csv", filledIn("境界・付随"))])
            #expect(good.body.contains("1の判定を取り込みました"))
            #expect(try await clerk.get(place + "/clauses/1").body.contains("一人が境界・付随"))
        }
    }

    @Test("議会に出す前の案を、はって点検できる。案は残らない")
    func draftCheck() async throws {
        try await TestTown.run { town in
            let clerk = try await town.officer("kankyo")
            let result = try await clerk.upload(
                "/desk/ordinances/check",
                ["text": "○案\n\n第1条　事業者は、見やすい場所に標識を設置しなければならない。\n第2条　町長は、定める。\n"], control: "none", files: [])
            #expect(result.status == 200 && result.body.contains("標識を立てることが義務") && result.body.contains("見つか") == false)
            let empty = try await clerk.upload("/desk/ordinances/check", ["text": " "], control: "none", files: [])
            #expect(empty.status == 422)
            #expect(try await clerk.get("/desk/ordinances").body.contains("<b>0</b>の例規"))
        }
    }

    @Test("改正の案から施行まで進み、施行の日に例規とカードと公開の画面が変わる")
    func amendment() async throws {
        try await TestTown.run { town in
            let (clerk, place) = try await filled(town)
            #expect(try await clerk.post(place, ["cards": "dog-registration"]).status == 200)
            #expect(try await clerk.post(place, ["cards": "no-such-card"]).status == 422)
            let card = try await clerk.get("/desk/cards/dog-registration")
            #expect(card.body.contains("見本町公告式条例（改正はまだ）"))
            let text = Self.notice.replacing("町役場の掲示場に掲示してこれを行う", with: "インターネットの利用により行う")
            let same = try await clerk.upload(
                place + "/amend", ["name": "公布", "text": Self.notice], control: "files", files: [])
            #expect(same.status == 422 && same.body.contains("改めるところがありません"))
            let task = try await clerk.upload(
                place + "/amend", ["name": "公布をインターネットで", "text": ""], control: "files",
                files: [("a.txt", Array(text.utf8))])
            #expect(task.body.contains("第1条第2項中「町役場の掲示場に掲示してこれを」を「インターネットの利用により」に改める。"))
            #expect(task.body.contains("から施行する。") && task.body.contains("新旧対照表"))
            let empty = try await clerk.upload(
                place + "/amend", ["name": "空", "text": " "], control: "files", files: [])
            #expect(empty.status == 422 && empty.body.contains("条が一つもありません"))
            // A long ordinance can be typed in, not only sent as a file.
            let articles = (8...1500).map { "第\($0)条　町長は、第\($0)号様式により定める。" }.joined(separator: "\n")
            let long = Self.notice.replacing("\n附　則", with: "\n" + articles + "\n\n附　則")
            #expect(long.utf8.count > 65_536)
            let typed = try await clerk.upload(
                place + "/amend", ["name": "長い", "text": long], control: "files", files: [])
            #expect(typed.status == 200 && typed.body.contains("第1500号様式"))
            #expect(try await clerk.get(place + "/text.txt").body.hasPrefix("○見本町公告式条例"))
            let early = try await clerk.post(task.path, ["do": "promulgated", "assembly": ""])
            #expect(early.status == 409)
            #expect(try await clerk.post(task.path, ["do": "submitted", "assembly": ""]).status == 422)
            #expect(
                try await clerk.post(task.path, ["do": "submitted", "assembly": "令和9年3月定例会"]).body.contains("議会に提出"))
            #expect(try await clerk.post(task.path, ["do": "passed"]).body.contains("可決"))
            #expect(try await clerk.post(task.path, ["do": "promulgated", "effective": "いつか"]).status == 422)
            let today = town.clock.now.day
            #expect(try await clerk.post(task.path, ["do": "promulgated", "effective": today.iso]).body.contains("公布"))
            #expect(try await town.visitor().get("/ordinances").body.contains("これから変わる決まり"))
            try await town.workOff()
            let after = try await clerk.get(place)
            #expect(after.body.contains("インターネットの利用により行う") && after.body.contains("第2版"))
            #expect(try await clerk.get("/desk/cards/dog-registration").body.contains("改正済み、\(today.iso)施行"))
            #expect(try await town.visitor().get("/ordinances").body.contains("公布をインターネットで"))
        }
    }

    @Test("PDFや、知らない条文や、ほかの課の例規は、理由を言って断る")
    func refusals() async throws {
        try await TestTown.run { town in
            let (clerk, place) = try await filled(town)
            let pdf = try await clerk.upload(
                "/desk/ordinances/import", control: "files", files: [("a.pdf", Array("%PDF-1.7".utf8))])
            #expect(pdf.status == 422 && pdf.body.contains("PDFは読めません"))
            #expect(try await clerk.get(place + "/clauses/99").status == 404)
            #expect(try await clerk.get("/desk/ordinances/nothing").status == 404)
            #expect(try await clerk.post(place, ["section": "residents"]).status == 200)
            let stranger = try await town.officer("kankyo")
            let refused = try await stranger.post(
                place + "/clauses/1", ["category": "書面掲示", "verdict": "N", "comment": ""])
            #expect(refused.status == 403)
            // A page says of itself that it is in Shift_JIS, and is.
            let page =
                "<html><head><meta charset=Shift_JIS></head><body><p>○見本条例</p><p>第1条　町長は、麒麟を飼う。</p></body></html>"
            let (bytes, _) = TextEncoding.cp932.file([[page]])
            _ = try await clerk.upload("/desk/ordinances/import", control: "files", files: [("d.html", bytes)])
            #expect(try await clerk.get("/desk/ordinances/search?q=麒麟&address=").body.contains("見本条例 第1条"))
            // A broken page is kept as text, and can be found.
            let odd = try await clerk.upload(
                "/desk/ordinances/import", control: "files", files: [("c.xml", Array("<Law><LawBody>こわれた鳳凰".utf8))])
            #expect(odd.body.contains("文字だけを読みました"))
            #expect(try await clerk.get("/desk/ordinances/search?q=鳳凰&address=").body.contains("鳳凰"))
        }
    }
}

extension OrdinanceDeskTests {
    @Test("施行の日までに例規集の文章が変わり、溶け込まなくなった改正は、施行でも、反映を待つことが分かる")
    func overtaken() async throws {
        try await TestTown.run { town in
            let (clerk, place) = try await filled(town)
            let text = Self.notice.replacing("町役場の掲示場に掲示してこれを行う", with: "インターネットの利用により行う")
            let task = try await clerk.upload(
                place + "/amend", ["name": "公布", "text": text], control: "files", files: [])
            func takeIn(_ text: String) async throws {
                _ = try await clerk.upload(
                    "/desk/ordinances/import", control: "files", files: [("a.txt", Array(text.utf8))])
            }
            try await takeIn(Self.notice.replacing("町役場の掲示場に掲示して", with: "門の前に掲げて"))
            let open = try await clerk.get(task.path).body
            #expect(open.contains("案を作り直してください") && open.contains("<u>町役場の掲示場に掲示してこれを</u>"))
            for step in [
                ["do": "submitted", "assembly": "令和9年3月定例会"], ["do": "passed"],
                ["do": "promulgated", "effective": town.clock.now.day.iso],
            ] { _ = try await clerk.post(task.path, step) }
            try await town.workOff()
            let waiting = try await clerk.get(task.path).body
            #expect(waiting.contains("施行（例規集への反映待ち）") && waiting.contains("溶け込ませることができませんでした"))
            #expect(try await clerk.get(place).body.contains("門の前に掲げて"))
            #expect(try await town.visitor().get("/ordinances").body.contains("見本町公告式条例（公布）"))
            try await takeIn(text)
            #expect(try await clerk.post(task.path, ["do": "enforced"]).body.contains("いまは<b>施行</b>です"))
        }
    }

    @Test("例規集のZIPを、そのまま取り込める。例規でないファイルは、理由を言って残す")
    func archive() async throws {
        try await TestTown.run { town in
            let zip = try ZIPArchive()
            var bytes: [UInt8] = []
            for (name, text) in [("例規集/公告式.txt", Self.notice), ("例規集/税.txt", Self.tax), ("例規集/様式.doc", "x")] {
                try zip.begin(name, size: nil, at: 1_780_000_000, packs: true)
                try zip.write(Array(text.utf8))
                bytes += zip.take()
            }
            try zip.finish()
            bytes += zip.take()
            let clerk = try await town.officer("digital")
            let taken = try await clerk.upload(
                "/desk/ordinances/import", control: "files", files: [("reiki.zip", bytes)])
            #expect(
                taken.body.contains("新しい例規 2") && taken.body.contains("例規集/様式.doc"),
                "\(taken.body.firstMatch(of: /(?s)<main.*?<h1/)?.0.suffix(900) ?? "")")
            let broken = try await clerk.upload(
                "/desk/ordinances/import", control: "files", files: [("b.zip", Array(bytes.prefix(40)))])
            #expect(broken.status == 422 && broken.body.contains("b.zip"))
        }
    }
}
