import Applications
import Core
import Database
import FoundationEssentials
import Platform
import TestKit
import Testing

/// A town with a schema and an extract of the residents' section.
struct ExtractDesk {
    let town: TestTown
    /// 住民課.
    let residents: Visitor
    /// Below `/desk/extracts`.
    let place: String

    static let schema = """
        id: persons-test
        title: 個人（試験）
        files:
          - id: persons
            title: 個人
            section: 住民課
            key: [宛名番号]
            items:
              - { name: 宛名番号, type: digits, digits: 4, fixed: true, required: true, unique: true }
              - { name: 氏名, type: text, digits: 20, required: true, repertoire: jis1234 }
              - { name: カナ, type: kana, digits: 20 }
              - { name: 児童, type: digits, code: flag, section: 子ども家庭課 }
        codes:
          flag: { name: 児童フラグ, values: { "0": いない, "1": いる } }
        """

    static let file = """
        宛名番号,氏名,カナ,児童\r
        0001,見本 太郎,ミホン タロウ,1\r
        0002,髙橋 花子,タカハシ　ハナコ,2\r
        0003,,ヤマダ　サブロウ,0\r
        0003,"佐藤, 四郎",サトウ　シロウ,9\r
        0005,\u{E001}田 五郎,タダ　ゴロウ,0\r

        """

    init(_ town: TestTown) async throws {
        (self.town, residents) = (town, try await town.officer("jumin"))
        let saved = try await residents.post("/desk/schemas/save", ["yaml": Self.schema, "revision": ""])
        #expect(saved.path == "/desk/schemas/persons-test")
        let made = try await residents.post(
            "/desk/extracts", ["name": "住民記録（毎月）", "section": "residents", "schema": "persons-test"])
        place = made.path
        #expect(made.status == 200 && made.body.contains("住民記録（毎月）"))
    }

    /// Sends a file and has it checked. Gives the place of the run.
    func send(_ content: String = file) async throws -> String {
        let sent = try await residents.upload(
            place, control: "file-persons", files: [("kojin.csv", Array(content.utf8))])
        #expect(sent.path.hasPrefix("/desk/runs/"))
        try await town.workOff()
        return sent.path
    }

    /// The place of the group of an item and a rule.
    func group(_ run: String, _ item: String, _ rule: String) async throws -> String {
        let page = try await residents.get("\(run)?item=\(Visitor.encoded(item))&rule=\(rule)")
        let link = page.body.firstMatch(of: /href="(\/desk\/runs\/[^"]*\/groups\/[0-9]+)"/)
        return String(try #require(link?.1))
    }
}

@Suite("データの点検")
struct ExtractDeskTests {
    @Test("送ったファイルが定義と見比べられ、課ごと・項目ごとに絞り込める。ほかの課には見えない")
    func check() async throws {
        try await TestTown.run { town in
            let desk = try await ExtractDesk(town)
            let run = try await desk.send()
            let page = try await desk.residents.get(run)
            #expect(page.text.contains("5件を調べて"))
            for words in ["必須なのに空", "コード表にない値", "同じ値が2つ以上", "外字（私用領域の文字）", "全角カタカナでない"] {
                #expect(page.body.contains(words), "\(words)")
            }
            let children = try await desk.residents.get("\(run)?section=\(Visitor.encoded("子ども家庭課"))")
            #expect(children.body.contains("コード表にない値"))
            #expect(!children.text.contains("必須なのに空。"))
            let other = try await town.officer("kankyo")
            for place in [run, desk.place, "\(run)/findings.csv", "\(run)/files/persons"] {
                #expect(try await other.get(place).status == 404, "\(place)")
            }
            // デジタル推進室 sees the numbers and no value.
            let digital = try await town.officer("digital")
            #expect(try await digital.get(run).text.contains("5件を調べて"))
            let group = try await desk.group(run, "児童", "code")
            #expect(try await digital.get("\(run)/groups/0").status == 200)
            #expect(try await digital.get(group).body.contains("値は、担当課の職員だけに見えます"))
            #expect(try await !digital.get(group).body.contains("0002"))
            #expect(try await desk.residents.get(group).body.contains("0002"))
            #expect(try await digital.get("\(run)/files/persons").status == 403)
            let events = try await town.platform.database.read { try EventLog.newest(50, in: $0).map(\.event.kind) }
            #expect(events.contains("extract.viewed") && events.contains("extract.checked"))
        }
    }

    @Test("画面で直した値だけがファイルに入り、ほかの行は1バイトも変わらない。次の回と比べられ、取り消せる")
    func mend() async throws {
        try await TestTown.run { town in
            let desk = try await ExtractDesk(town)
            let run = try await desk.send()
            let code = try await desk.group(run, "児童", "code")
            let wrong = try await desk.residents.post(code, ["page": "1", "v0": "1\u{7}", "v1": "0"])
            #expect(wrong.status == 422 && wrong.body.contains("制御文字"))
            let saved = try await desk.residents.post(code, ["page": "1", "v0": "1", "v1": "0"])
            #expect(saved.body.contains("保存しました"))
            let name = try await desk.group(run, "氏名", "required")
            _ = try await desk.residents.post(name, ["page": "1", "v0": "山田 \"三郎\""])
            #expect(try await desk.residents.get(run).body.contains("画面での直し（3か所）"))
            let next = try await desk.residents.post("\(run)/apply")
            #expect(next.path != run)
            try await town.workOff()
            let file = try await desk.residents.get("\(next.path)/files/persons")
            let wanted = ExtractDesk.file.replacing("タカハシ　ハナコ,2", with: "タカハシ　ハナコ,1")
                .replacing("0003,,", with: "0003,\"山田 \"\"三郎\"\"\",").replacing("シロウ,9", with: "シロウ,0")
            #expect(file.bytes == Array(wanted.utf8))
            let after = try await desk.residents.get(next.path)
            #expect(!after.body.contains("コード表にない値"))
            #expect(try await desk.residents.get("\(next.path)/changes/persons").body.contains("2,児童,2,1,児童"))
            let series = try await desk.residents.get(desk.place)
            let link = try #require(series.body.firstMatch(of: /href="([^"]*compare[^"]*)"/)?.1)
            let compared = try await desk.residents.get(String(link).replacing("&amp;", with: "&"))
            #expect(compared.text.contains("第1回と第2回の比較"))
            #expect(compared.body.contains("コード表にない値"))
            // Back to where it was.
            let back = try await desk.residents.post("\(next.path)/withdraw")
            #expect(back.path == run)
            #expect(try await desk.residents.get(next.path).body.contains("取り消しました"))
            #expect(try await desk.residents.get("\(run)/files/persons").bytes == Array(ExtractDesk.file.utf8))
        }
    }

    @Test("課に依頼した分は、その課だけが見て、画面とCSVで直して返せる")
    func worksheet() async throws {
        try await TestTown.run { town in
            let desk = try await ExtractDesk(town)
            let run = try await desk.send()
            let children = try await town.officer("kodomo")
            #expect(try await children.get(run).status == 404)
            let bad = try await desk.residents.post(
                "\(run)/worksheets", ["source": "子ども家庭課", "section": "children", "due": "きのう"])
            #expect(bad.status == 422)
            _ = try await desk.residents.post(
                "\(run)/worksheets", ["source": "子ども家庭課", "section": "children", "due": "2026-12-25"])
            let list = try await children.get("/desk/worksheets")
            let place = String(try #require(list.body.firstMatch(of: /href="(\/desk\/worksheets\/[^"]+)"/)?.1))
            let sheet = try await children.get(place)
            #expect(sheet.body.contains("コード表にない値") && !sheet.body.contains("必須なのに空"))
            #expect(try await children.get(run).status == 404)
            let csv = try await children.get("\(place)/sheet.csv")
            #expect(csv.body.contains("persons,2,0002,児童,コード表にない値,2,2,"))
            let filled = csv.body.replacing("値,2,2,", with: "値,2,1,")
            let broken = try await children.upload(
                "\(place)/sheet", control: "file",
                files: [
                    (
                        "s.csv",
                        Array(
                            filled.replacing("persons,4,", with: "persons,99,").replacing("値,9,9,", with: "値,9,0,").utf8
                        )
                    )
                ])
            #expect(broken.status == 422 && broken.body.contains("3行目"))
            #expect(try await !desk.residents.get(run).body.contains("画面での直し（"))
            let taken = try await children.upload(
                "\(place)/sheet", control: "file", files: [("s.csv", Array(filled.utf8))])
            #expect(taken.body.contains("1か所を取り込みました"))
            // The value of before takes the mend away again, and Shift_JIS does no harm to what it cannot write.
            let narrow = try await children.get("\(place)/sheet.csv?encoding=cp932")
            #expect(
                try await children.upload("\(place)/sheet", control: "file", files: [("s.csv", narrow.bytes)]).body
                    .contains("0か所を取り込みました"))
            let reverted = try await children.upload(
                "\(place)/sheet", control: "file", files: [("s.csv", Array(csv.body.utf8))])
            #expect(reverted.body.contains("1か所を取り込みました"))
            #expect(try await !desk.residents.get(run).body.contains("画面での直し（"))
            let number = filled.replacing("値,2,1,", with: "値,2,123456789018,")
            let refused = try await children.upload(
                "\(place)/sheet", control: "file", files: [("s.csv", Array(number.utf8))])
            #expect(refused.status == 422 && refused.body.contains("個人番号は書けません"))
            _ = try await children.upload("\(place)/sheet", control: "file", files: [("s.csv", Array(filled.utf8))])
            _ = try await children.post("\(place)/return", ["words": "4件目は本人に確認中です"])
            let answered = try await desk.residents.get(place)
            #expect(answered.body.contains("4件目は本人に確認中です") && answered.body.contains("回答あり"))
            _ = try await desk.residents.post("\(place)/close", ["do": "close"])
            #expect(try await desk.residents.get(run).body.contains("終わり"))
            #expect(try await desk.residents.get(run).body.contains("画面での直し（1か所）"))
            #expect(try await town.officer("kankyo").get(place).status == 404)
        }
    }

    @Test("文字の決定は、だれが・いつ・なぜ・字形とともに残り、当てはめ、書き出し、取り消しができる")
    func characters() async throws {
        try await TestTown.run { town in
            let desk = try await ExtractDesk(town)
            let run = try await desk.send()
            let shown = try await desk.residents.get("\(run)/characters")
            #expect(shown.body.contains("U+E001") && shown.body.contains("外字（私用領域）"))
            let fields = ["character": "U+E001", "target": "多", "reason": "戸籍の字形と同じ", "evidence": "戸籍簿"]
            let unread = try await desk.residents.upload(
                "/desk/characters", fields, control: "picture", files: [("x.png", Array("no picture".utf8))])
            #expect(unread.status == 422 && unread.body.contains("画像として読めません") && unread.body.contains("戸籍簿"))
            let decided = try await desk.residents.upload(
                "/desk/characters", fields, control: "picture", files: [("x.jpg", SamplePicture.jpeg)])
            #expect(decided.path == "/desk/characters" && decided.body.contains("戸籍の字形と同じ"))
            let picture = String(try #require(decided.body.firstMatch(of: /src="([^"]*picture)"/)?.1))
            #expect(try await desk.residents.get(picture).bytes.starts(with: [0xFF, 0xD8]))
            let twice = try await desk.residents.upload("/desk/characters", fields, control: "picture", files: [])
            #expect(twice.status == 409)
            #expect(
                try await desk.residents.get("/desk/characters/decisions.yaml").body.contains(#""\U0000E001": "多""#))
            let applied = try await desk.residents.post("\(run)/characters/apply")
            try await town.workOff()
            let file = try await desk.residents.get("\(applied.path)/files/persons")
            #expect(file.bytes == Array(ExtractDesk.file.replacing("\u{E001}", with: "多").utf8))
            let id = picture.split(separator: "/")[2]
            _ = try await desk.residents.post("/desk/characters/\(id)/reverse", ["reason": "字形を取りちがえていた"])
            #expect(try await desk.residents.get("/desk/characters").body.contains("字形を取りちがえていた"))
            #expect(try await !desk.residents.get("/desk/characters/decisions.csv").body.contains("U+E001"))
            #expect(try await desk.residents.post("\(run)/characters/apply").status == 409)
        }
    }

    @Test("2つの回を突き合わせると、前にあって後にない値が項目ごとに分かり、検収票になる")
    func reconcile() async throws {
        try await TestTown.run { town in
            let desk = try await ExtractDesk(town)
            let old = try await desk.send()
            let moved = ExtractDesk.file.replacing("ミホン タロウ", with: "").replacing("髙橋", with: "高橋")
                .replacing("0005,", with: "0006,")
            let new = try await desk.send(moved)
            let form = try await desk.residents.get("\(desk.place)/reconcile")
            #expect(form.body.contains("- 宛名番号") && form.body.contains("第1回"))
            let map = "old: { key: [宛名番号] }\nnew: { key: [宛名番号] }\nfields: [{ name: 氏名 }, { name: カナ }]\n"
            let ids = [old, new].map { String($0.split(separator: "/")[2]) }
            let fields = ["old": ids[0], "new": ids[1], "part": "persons", "map": map]
            let wrong = try await desk.residents.post(
                "\(desk.place)/reconcile", fields.merging(["map": "fields: 1"]) { $1 })
            #expect(wrong.status == 422 && wrong.body.contains("対応表を読めません"))
            let begun = try await desk.residents.post("\(desk.place)/reconcile", fields)
            try await town.workOff()
            let result = try await desk.residents.get(begun.path)
            for words in ["前にあった値が、後にない", "字形が変わった（異体字）", "前にだけある記録", "後にだけある記録"] {
                #expect(result.body.contains(words), "\(words)")
            }
            #expect(!result.body.contains("ミホン タロウ"))
            #expect(try await desk.residents.get("\(begun.path)/differences.csv").body.contains("ミホン タロウ"))
            #expect(try await desk.residents.get("\(begun.path)/sheet.html").body.contains("□ 合格"))
            #expect(try await town.officer("kankyo").get(begun.path).status == 404)
            #expect(try await town.officer("digital").get(begun.path).status == 403)
        }
    }

    @Test("定義は、公式の一覧から読み込むか、中身から推定して、見直してから使う")
    func schemas() async throws {
        try await TestTown.run { town in
            let officer = try await town.officer("jumin")
            let list = "データ項目ID,データ項目名,データ型,桁数,出力条件\n001,宛名番号,半角数字,15,必須\n002,氏名,全角文字,100,必須\n"
            let made = try await officer.upload(
                "/desk/schemas", ["from": "list", "id": "official-1", "title": "住民記録 基本データリスト"], control: "file",
                files: [("list.csv", Array(list.utf8))])
            #expect(made.body.contains("name: 宛名番号") && made.body.contains("origin: official"))
            let rows = (1...200).map {
                "\(1000 + $0),見本　太郎,1990-01-\($0 % 28 < 9 ? "0" : "")\($0 % 28 + 1),\($0 % 3),\($0 % 9 == 0 ? "年月日不詳" : "昭55.3.1")"
            }
            let extract = "番号,氏名,登録日,区分,生年月日\n" + rows.joined(separator: "\n")
            let guessed = try await officer.upload(
                "/desk/schemas", ["from": "extract", "id": "guess-1", "title": "推定"], control: "file",
                files: [("x.csv", Array(extract.utf8))])
            #expect(guessed.body.contains("unique: true") && guessed.body.contains("date: iso"))
            #expect(guessed.body.contains("date: register"))
            #expect(guessed.body.contains("はじめの200件から推定しました"))
            let wrong = try await officer.post(
                "/desk/schemas/save", ["yaml": "id: x\ntitle: y\nfiles: [{}]", "revision": ""])
            #expect(wrong.status == 422 && wrong.body.contains("files[0]"))
            let none = try await officer.upload(
                "/desk/schemas", ["from": "extract", "id": "guess-2", "title": "空"], control: "file", files: [])
            #expect(none.status == 422 && none.body.contains("ファイルを選んで"))
        }
    }

    @Test("個人番号の列があるファイルは、名前を変えてあっても受け取らず、何も残さない")
    func individualNumbers() async throws {
        try await TestTown.run { town in
            let desk = try await ExtractDesk(town)
            // Numbers with the right check digit, made up.
            let numbers = ["123456789018", "111111111118", "222222222225", "333333333332"]
            for heading in ["個人番号", "番号2"] {
                let rows = numbers.enumerated().map { "000\($0),見本 太郎,ミホン　タロウ,1,\($1)" }
                let content = "宛名番号,氏名,カナ,児童,\(heading)\r\n" + rows.joined(separator: "\r\n")
                let sent = try await desk.residents.upload(
                    desk.place, control: "file-persons", files: [("k.csv", Array(content.utf8))])
                #expect(sent.status == 422 && sent.body.contains("「\(heading)」の列に個人番号"), "\(heading)")
            }
            #expect(try await FileStore(folder: town.folder + "/files").names().isEmpty)
            let other = (0..<50).map { "\($0 + 1000),x,ミホン,1,\(123_456_789_000 + $0 * 7)" }
            let content = "宛名番号,氏名,カナ,児童,整理番号\r\n" + other.joined(separator: "\r\n")
            _ = try await desk.send(content)
        }
    }

    @Test("読めないファイルは理由とともに失敗し、90日たつとファイルも値も消えて数だけが残る")
    func ends() async throws {
        try await TestTown.run { town in
            let desk = try await ExtractDesk(town)
            let empty = try await desk.residents.upload(desk.place, control: "file-persons", files: [("a.csv", [])])
            #expect(empty.status == 422)
            let run = try await desk.send()
            for rubbish in [
                String(repeating: "\u{0}\"", count: 500), "宛名番号,氏名", "\r\n\r\n",
                "<script>alert(1)</script>,氏名\r\n<b>,\"\r\n",
                "宛名番号,氏名\r\n" + String(repeating: "あ", count: 2_000_000) + "\r\n0001,=1+1\r\n",
            ] {
                let page = try await desk.residents.get(try await desk.send(rubbish))
                #expect(page.status == 200 && !page.body.contains("/proc/") && !page.body.contains("<script>alert"))
                #expect(page.text.contains("調べ"))
            }
            let excel = try await desk.residents.upload(
                desk.place, control: "file-persons", files: [("<b>.xlsx", [0x50, 0x4B, 3, 4, 0, 0])])
            #expect(excel.status == 422 && excel.body.contains("CSV で保存して"))
            town.clock.advance(seconds: 91 * 24 * 3600)
            try await town.workOff()
            let again = try await town.officer("jumin")
            let after = try await again.get(run)
            #expect(after.text.contains("ファイルと値を消しました") && after.text.contains("5件を調べて"))
            #expect(try await again.get("\(run)/files/persons").status == 409)
            #expect(try await town.platform.applications.missingFiles() == 0)
        }
    }
}
