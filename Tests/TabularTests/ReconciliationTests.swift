import Japanese
import TestKit
import Tabular
import Testing

@Suite("前と後の突合")
struct ReconciliationTests {
    private static let map = """
        old: {key: [番号]}
        new: {key: [新番号]}
        group: 区分
        fields:
          - {name: 氏名, old: [姓, 名], join: "　"}
          - {name: 届出日, compare: date}
          - {name: 性別, codes: {男: "1", 女: "2"}}
          - {name: 住所}
        """

    private func differences(
        _ old: String, _ new: String, keys: String = "", work: String? = nil
    ) async throws -> (found: [String], both: Int) {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (before, after) = (folder.path + "/before.csv", folder.path + "/after.csv")
        try TestFile.write(Array(("番号,姓,名,届出日,性別,住所,区分\n" + old).utf8), to: before)
        try TestFile.write(Array(("新番号,氏名,届出日,性別,住所,区分\n" + new).utf8), to: after)
        let reconciliation = Reconciliation(
            try ReconcileMap(yaml: Self.map), keys: KeyMap(try CSV.read(keys)), folder: work ?? folder.path,
            isKept: work != nil, width: 2)
        let report = try await reconciliation.run(old: before, new: after)
        var found: [String] = []
        try report.log.forEach {
            found.append("\($0.key) \($0.field.map { report.map.fields[$0].name } ?? "-") \($0.cause.id)")
        }
        return (found.sorted(), report.bothRows)
    }

    @Test("同じなら、差はない。順番と書き方の取り決めが変わっても")
    func same() async throws {
        let (found, both) = try await differences(
            "1,山田,太郎,昭和50年3月5日,男,上三川1,A\n2,佐藤,花子,,女,上三川2,B\n", "2,佐藤　花子,,2,上三川2,B\n1,山田　太郎,昭和50年3月5日,1,上三川1,A\n")
        #expect(found == [] && both == 2)
    }

    @Test("差を、項目と原因で挙げる")
    func causes() async throws {
        let (found, _) = try await differences(
            """
            01,高橋,一,2020-01-01,男,上三川１,A
            02,高橋,一,S50.3.5,女,上三川町大字,A
            03,\u{FA19}谷,一,,男,,A
            04,髙橋,一,2020-01-01,他,上三川,A
            05,山田,一,,男,上三 川,A
            06,\u{FA19}谷,一,,男,上三川,A
            07,山田,一,,男,上三川,A
            """,
            """
            01,髙橋　一,,1,上三川1,A
            02,高橋　一,1975-03-05,2,上三川,A
            03,\u{795E}谷　一,,1,新,A
            04,〓橋　一,2020-01-02,3,上三川,A
            05,山田一,,1,上三川,A
            06,\u{FA19}谷　一,,1,上三川,A
            08,山田　一,,1,上三川,A
            """)
        #expect(
            found == [
                "01 住所 width", "01 届出日 lost", "01 氏名 shape", "02 住所 truncated", "02 届出日 date-form", "03 住所 gained",
                "03 氏名 shape", "04 届出日 changed", "04 性別 code-unmapped", "04 氏名 character-lost", "05 住所 spaces",
                "05 氏名 spaces",
                "07 - only-old", "08 - only-new",
            ])
    }

    @Test("番号が変わり、まとまり、分かれても、たどる")
    func keys() async throws {
        let (found, both) = try await differences(
            "1,山田,一,,男,,A\n2,山田,一,,男,,A\n3,佐藤,二,,男,,A\n", "10,山田　一,,1,,A\n30,佐藤　二,,1,,A\n31,佐藤　二,,1,,A\n",
            keys: "1,10\n2,10\n3,30\n3,31\n")
        #expect(found == ["10 - merged", "31 - split"] && both == 2)
    }

    @Test("途中で止まっても、続きから同じ結果になる")
    func resumed() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let rows = (0..<3000).map { "\($0),山田,\($0),2020-01-01,男,上三川,A\n" }.joined()
        let after = (0..<3000).map { "\($0),山田　\($0),\($0 % 7 == 0 ? "" : "2020-01-01"),1,上三川,A\n" }.joined()
        let whole = try await differences(rows, after).found
        #expect(whole.count == 429)
        let work = folder.path + "/work"
        #expect(try await differences(rows, after, work: work).found == whole)
        // What another run left behind is not taken for its own: the files have other names and times.
        for part in 20..<40 { try? TestFile.remove("\(work)/part.\(part)") }
        #expect(try await differences(rows, after, work: work).found == whole)
    }

    @Test("見出しに項目がなければ、どこに何がないかを言う")
    func missing() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try TestFile.write(Array("番号\n1\n".utf8), to: folder.path + "/a.csv")
        let reconciliation = Reconciliation(
            try ReconcileMap(yaml: Self.map), folder: folder.path, isKept: false, width: 1)
        await #expect {
            try await reconciliation.run(old: folder.path + "/a.csv", new: folder.path + "/a.csv")
        } throws: {
            "\($0)".contains("「姓」")
        }
    }
}

@Suite("表の変換")
struct TableConversionTests {
    private func convert(_ steps: String, _ table: String) throws -> (
        text: String, back: String, report: TableConversion.Report
    ) {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let paths = ["in", "out", "changes"].map { "\(folder.path)/\($0).csv" }
        try TestFile.write(Array(table.utf8), to: paths[0])
        let conversion = TableConversion(try ConvertPipeline(yaml: steps))
        var (output, changes) = ([UInt8](), [UInt8]())
        let report = try conversion.run(try TableFile(paths[0]), write: { output += $0 }, note: { changes += $0 })
        try TestFile.write(output, to: paths[1])
        try TestFile.write(changes, to: paths[2])
        var back: [UInt8] = []
        if report.faults.isEmpty {
            _ = try TableConversion.undo(
                try TableFile(paths[1]), changes: try TableFile(paths[2]), write: { back += $0 })
        }
        return (String(decoding: output, as: UTF8.self), String(decoding: back, as: UTF8.self), report)
    }

    @Test(
        "手順ごとに変わり、元に戻る",
        arguments: [
            ("codes: {item: a, table: {男: '1'}}", "a\r\n男\r\n1\r\n\r\n", "a\r\n1\r\n1\r\n"),
            ("rename: {a: b}", "a\r\n1\r\n", "b\r\n1\r\n"),
            ("drop: [a]", "a,b\r\n1,2\r\n", "b\r\n2\r\n"), ("select: [b, a]", "a,b,c\r\n1,2,3\r\n", "b,a\r\n2,1\r\n"),
            ("date: {item: a, as: iso}", "a\r\nS50.3.5\r\n年月日不詳\r\n", "a\r\n1975-03-05\r\n年月日不詳\r\n"),
            ("date: {item: a, as: wareki}", "a\r\n1975-03-05\r\n", "a\r\n昭和50年3月5日\r\n"),
            ("text: {item: a, rules: [widen-kana]}", "a\r\nｶﾞ髙\r\n", "a\r\nガ髙\r\n"),
            ("split: {item: a, at: '　', into: [x, y]}", "a,b\r\n山田　太郎,1\r\n佐藤,2\r\n", "x,y,b\r\n山田,太郎,1\r\n佐藤,,2\r\n"),
            ("join: {items: [a, b], with: '-', into: c}", "a,b,d\r\n1,2,3\r\n", "d,c\r\n3,1-2\r\n"),
            ("pad: {item: a, length: 4}", "a\r\n12\r\n", "a\r\n0012\r\n"),
            ("characters: {item: a, table: {髙: 高}}", "a\r\n髙橋\r\n", "a\r\n高橋\r\n"),
            ("constant: {item: z, value: x}", "a\r\n1\r\n", "a,z\r\n1,x\r\n"),
            ("key: {item: a, table: {'1': '9'}}", "a\r\n1\r\n", "a\r\n9\r\n"),
        ])
    func steps(_ step: String, _ before: String, _ after: String) throws {
        let (text, back, _) = try convert("steps:\n  - \(step)", before)
        #expect(text == after)
        #expect(back == before.replacing("\r\n\r\n", with: "\r\n"))
    }

    @Test("コンマ・改行・引用符・外字が入っていても、何段変換しても、元に戻る")
    func hostile() throws {
        var random = SeededRandom(seed: 5)
        let pool = Array("あ,\"\n　男女髙\u{FA19}\u{E000}ｶﾞ1".unicodeScalars)
        let rows = (0..<300).map { _ in
            (0..<4).map { _ in
                Width.text(
                    of: (0..<Int.random(in: 0...5, using: &random)).map { _ in pool.randomElement(using: &random) ?? "a"
                    })
            }
        }
        let table = CSV.write([["a", "b", "c", "d"]] + rows.map { ["k" + $0[0]] + $0[1...] })
        let (_, back, report) = try convert(
            """
            steps:
              - text: {items: [a, b], rules: [widen-kana, trim-spaces]}
              - split: {item: c, at: "　", into: [c1, c2]}
              - characters: {items: [a, c1, d], table: {髙: 高, "\u{FA19}": "\u{795E}"}}
              - join: {items: [a, d], with: "/", into: b2}
              - select: [b2, c2]
            """, table)
        #expect(back.isExactly(table) && report.rows == 300)
    }

    @Test("列の数が合わない行があれば、行を言い、変換しない")
    func faults() throws {
        let (text, _, report) = try convert("steps: []", "a,b\r\n1,2\r\n1\r\n")
        #expect(report.faults.map(\.line) == [3] && text.isEmpty)
    }

    @Test(
        "手順書のまちがいは、場所を言う",
        arguments: [
            ("steps: [{nothing: {}}]", "steps[0].nothing"),
            ("steps: [{text: {item: a, rules: [narrow-kana, widen-kana]}}]", "steps[0].text.rules"),
            ("title: t", ""), ("steps: [{codes: {item: a}}]", "steps[0].codes"),
        ])
    func mistakes(_ yaml: String, _ place: String) {
        #expect { try ConvertPipeline(yaml: yaml) } throws: { ($0 as? TableSchema.Mistake)?.place == place }
    }
}
