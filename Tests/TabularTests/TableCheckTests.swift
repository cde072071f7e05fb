import Japanese
import TestKit
import Tabular
import Testing

@Suite("抽出ファイルの検査")
struct TableCheckTests {
    private static let schema = """
        id: t
        title: 試験
        files:
          - id: people
            title: 住民
            pattern: "people*.csv"
            section: 住民課
            key: [宛名番号]
            items:
              - {name: 宛名番号, type: digits, digits: 10, fixed: true, required: true, check: addressee, unique: true}
              - {name: 世帯番号, type: digits}
              - {name: 氏名, digits: 20, required: true, repertoire: jis1234}
              - {name: カナ, type: kana, section: 窓口係}
              - {name: 生年月日, type: date, date: register}
              - {name: 届出日, type: date}
              - {name: 性別, code: sex}
              - {name: 廃止日, type: date, required: true, when: {item: 性別, in: ["2"]}}
              - {name: 備考}
            references: [{items: [世帯番号], file: households, to: [世帯番号]}]
          - id: households
            title: 世帯
            pattern: "house*.csv"
            section: 税務課
            key: [世帯番号]
            items: [{name: 世帯番号, type: digits, required: true}, {name: 開始日, type: date}, {name: 終了日, type: date}]
            history: {of: [世帯番号], from: 開始日, until: 終了日}
        codes:
          sex: {name: 性別, values: {"1": 男, "2": 女}}
        """
    private static let households = "世帯番号,開始日,終了日\r\n1,2020-01-01,\r\n2,2020-01-01,\r\n"
    private static let heading = "宛名番号,世帯番号,氏名,カナ,生年月日,届出日,性別,廃止日,備考\r\n"

    /// What a check of these files finds, as `file line item rule`.
    private func findings(_ files: [(name: String, text: String)], width: Int = 2) async throws -> [String] {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        for file in files { try TestFile.write(Array(file.text.utf8), to: "\(folder.path)/\(file.name)") }
        let check = TableCheck(try TableSchema(yaml: Self.schema), folder: folder.path, width: width)
        let report = try await check.run(try check.inputs(for: files.map { "\(folder.path)/\($0.name)" }))
        var found: [String] = []
        try report.log.forEach { finding in
            let file = report.schema.files[finding.file]
            found.append("\(finding.line) \(finding.item.map { file.items[$0].name } ?? "-") \(finding.rule.id)")
        }
        #expect(found.count == report.errorCount + report.count(.notice))
        return found
    }

    private func findings(_ rows: String...) async throws -> [String] {
        try await findings([
            ("people.csv", Self.heading + rows.map { $0 + "\r\n" }.joined()), ("house.csv", Self.households),
        ])
    }

    @Test("参照先のファイルがなければ、調べていないことを言う")
    func missingFile() async throws {
        let found = try await findings([("people.csv", Self.heading + "0000000019,9,山田,,,,1,,\r\n")])
        #expect(found == ["1 - file-missing"])
    }

    @Test("正しい行には、何も言わない")
    func good() async throws {
        #expect(
            try await findings(
                "0000000019,1,山田　太郎,ヤマダ　タロウ,昭和50年3月頃,2020-01-01,1,,", "0000000027,2,﨑山 𠮟子,,S50.2.30,,2,2020-02-29,a")
                == [])
    }

    @Test("まちがいを、行と項目ときまりで挙げる")
    func wrong() async throws {
        let found = try await findings(
            "0000000018,1,,ヤマダ,昭和65年1月1日,令和2年1月1日,3,,", "19,x,\u{E000}田,ﾔﾏﾀﾞ,,2020-02-30,2,,=1+1",
            "0000000019,1,葛\u{E0100}\u{7},,,年月日不詳,1,,123456789018", "0000000027,1")
        #expect(
            found == [
                "2 宛名番号 check-digit", "2 氏名 required", "2 生年月日 date", "2 届出日 date-form", "2 性別 code", "3 宛名番号 length",
                "3 世帯番号 type", "3 氏名 private-use", "3 カナ kana", "3 届出日 date-uncertain",
                "3 廃止日 required", "3 備考 formula", "4 氏名 repertoire", "4 氏名 control", "4 届出日 date-uncertain",
                "4 備考 individual-number", "5 - columns", "3 世帯番号 reference",
            ])
    }

    @Test("重なり・参照・履歴を、ファイルをまたいで調べる")
    func acrossFiles() async throws {
        let people =
            Self.heading + """
                0000000019,1,山田,,,,1,,\r
                0000000019,2,山田,,,,1,,\r
                0000000027,3,山田,,,,1,,\r

                """
        let households = """
            世帯番号,開始日,終了日\r
            1,2020-01-01,2020-03-31\r
            1,2020-04-01,\r
            2,2020-01-01,2020-03-31\r
            2,2020-03-31,2020-05-01\r
            2,2020-06-01,\r
            2,2021-01-01,\r
            4,2020-05-02,2020-05-01\r

            """
        let found = try await findings([("people.csv", people), ("house.csv", households)])
        #expect(
            found == [
                "3 宛名番号 unique", "4 世帯番号 reference", "5 開始日 history-overlap", "6 開始日 history-gap",
                "7 開始日 history-overlap", "7 終了日 history-current", "8 終了日 history-order", "8 終了日 history-current",
            ])
    }

    @Test("壊れたファイルも、終わりまで調べて場所を言う")
    func broken() async throws {
        let text = Self.heading + "0000000019,1,山\u{0}田,,,,1,,\r\n"
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var bytes =
            Array(text.utf8) + Array("0000000027,1,".utf8) + [0xE5, 0xB1]
            + Array(",,,,1,,\n0000000035,1,\"a\"b,,,,1,,\n".utf8)
        bytes += [0xE5]
        let path = folder.path + "/people.csv"
        try TestFile.write(bytes, to: path)
        let check = TableCheck(try TableSchema(yaml: Self.schema), folder: folder.path, width: 1)
        let report = try await check.run(try check.inputs(for: [path], encoding: .utf8))
        var found: [String] = []
        try report.log.forEach { found.append("\($0.line) \($0.rule.id)") }
        #expect(
            found == [
                "1 file-missing", "2 control", "3 encoding", "4 quotes-after", "5 encoding", "5 columns", "1 line-ends",
            ])
    }

    @Test("大きくても、同時にいくつ調べても、結果は同じ順")
    func stable() async throws {
        let rows = (0..<8_000).map { "00000\(10_000 + $0 % 6_000),\($0),山\u{E000}田,ヤマダ,,2020/1/1,9,," }
        let text = Self.heading + rows.map { $0 + "\r\n" }.joined()
        let one = try await findings([("people.csv", text)], width: 1)
        #expect(try await findings([("people.csv", text)], width: 4) == one)
        #expect(one.filter { $0.hasSuffix("unique") }.count == 2_000)
        #expect(one.filter { $0.hasSuffix("private-use") }.count == 8_000)
    }

    @Test("見出しにない項目と、知らない列を言う")
    func heading() async throws {
        let found = try await findings([("people.csv", "宛名番号,氏名,追加\r\n0000000019,山田,x\r\n")])
        #expect(found.filter { $0.hasSuffix("item-missing") }.count == 7 && found.contains("1 - item-unknown"))
        // A file with nothing in it lacks every item.
        #expect(try await findings([("people.csv", "")]).count == 10)
    }

    @Test(
        "定義のまちがいは、場所を言う",
        arguments: [
            (
                "id: t\ntitle: t\nfiles: [{id: a, title: a, items: [{name: x, type: nothing}]}]",
                "files[0].items[0].type"
            ),
            ("id: t\ntitle: t\nfiles: [{id: a, title: a, items: [{name: x, code: y}]}]", "files[0].items[0].code"),
            ("id: t\ntitle: t\nfiles: [{id: a, title: a, key: [z], items: [{name: x}]}]", "files[0].key"),
            ("id: t\ntitle: t", ""), (": : :", ""),
        ])
    func mistakes(_ yaml: String, _ place: String) {
        #expect { try TableSchema(yaml: yaml) } throws: { ($0 as? TableSchema.Mistake)?.place == place }
    }

    @Test("定義は、書き出して読み直しても同じ")
    func schemaRoundTrip() throws {
        let schema = try TableSchema(yaml: Self.schema)
        #expect(try TableSchema(yaml: schema.yaml()) == schema)
    }

    @Test(
        "住民の見本4千件で、ほかの道具と同じ数のまちがいを見つける",
        .enabled(if: Shared.has(Residents.generator), "住民の見本をつくる data/residents/generate.py が要ります"))
    func residents() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let residents = try await Residents(rows: 4_000, in: folder.path)
        let schema = try #require(TestFile.bytes(Repository.root + "/Benchmarks/Text/residents.yaml"))
        let check = TableCheck(
            try TableSchema(yaml: String(decoding: schema, as: UTF8.self)), folder: folder.path, width: 2)
        let report = try await check.run(try check.inputs(for: [residents.path]))
        let truth = try residents.truth()
        func count(_ item: String, _ rules: FindingRule...) -> Int {
            report.lines.filter { $0.item == item && rules.contains($0.group.rule) }.reduce(0) { $0 + $1.tally.count }
        }
        #expect(count("氏名", .privateUse) == truth.filter { $0["errs"]?.contains("pua") == true }.count)
        #expect(count("生年月日", .date) == truth.filter { $0["生年月日状態"] == "invalid" }.count)
        #expect(
            count("生年月日", .uncertainDate)
                == truth.filter { ["unknown", "partial", "approx", "noncal"].contains($0["生年月日状態"]) }.count)
        #expect(
            count("生年月日", .dateForm) == truth.filter { $0["生年月日状態"] == "ok" && $0["生年月日形式"] != "iso" }.count)
    }
}
