import TestKit
import Tabular
import Testing

@Suite("定義の読み込み")
struct SchemaImportTests {
    private static let list = [
        ["住民記録 基本データリスト（架空）"], [],
        ["No", "グループ名", "データ項目ID", "データ項目名", "データ型", "桁数", "出力条件", "コード表"],
        ["1", "住民", "001", "宛名番号", "半角数字（固定）", "10", "必須", ""], ["2", "", "002", "氏名", "全角文字", "100", "必須", ""],
        ["3", "", "003", "フリガナ", "全角カナ", "100", "任意", ""], ["4", "", "004", "生年月日", "日付", "10", "必須", ""],
        ["5", "", "005", "性別", "半角英数", "1", "条件付き", "性別コード"], ["6", "世帯", "006", "世帯番号", "謎の型", "１０", "○", ""],
    ]

    @Test("一覧のとおりの定義になり、分からないところは知らせる")
    func made() throws {
        let result = try SchemaImport.schema(of: Self.list, id: "x", title: "住民記録", source: "架空 1.0版")
        let schema = result.schema
        #expect(schema.origin == .official && schema.files.map(\.title) == ["住民", "世帯"])
        let items = schema.files[0].items
        #expect(
            items.map(\.type) == [.digits, .text, .kana, .date, .ascii]
                && items.map(\.id) == ["001", "002", "003", "004", "005"])
        #expect(items.map(\.required) == [true, true, false, true, false] && items[0].fixed && items[0].digits == 10)
        #expect(result.notes.count == 2 && result.notes[0].contains("性別コード") && result.notes[1].contains("謎の型"))
        #expect(try TableSchema(yaml: schema.yaml()) == schema)
        #expect(throws: SchemaImport.Trouble.self) {
            try SchemaImport.schema(of: [["a", "b"]], id: "x", title: "x", source: "x")
        }
    }

    @Test("XLSXからも、同じに読める")
    func xlsx() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path + "/list.xlsx"
        let workbook = try Workbook(path: path, scratch: folder.path)
        let sheet = try workbook.addSheet("一覧", Self.list[2].map { Workbook.Column($0, width: 10) })
        for row in Self.list.dropFirst(3) {
            try workbook.append(row.map { $0.isEmpty ? .empty : .text($0) }, to: sheet)
        }
        try workbook.close()
        let sheets = try XLSXFile.sheets(of: path)
        #expect(sheets.map(\.name) == ["一覧"] && sheets[0].rows[0] == Self.list[2])
        let made = try SchemaImport.schema(of: sheets[0].rows, id: "x", title: "住民記録", source: "架空 1.0版").schema
        #expect(
            made.files
                == (try SchemaImport.schema(of: Self.list, id: "x", title: "住民記録", source: "架空 1.0版").schema.files))
        #expect { try XLSXFile.sheets(of: path, most: 1000) } throws: { "\($0)".contains("超えます") }
    }

    @Test("XLSXでないもの、壊れたものは、そう言って断る")
    func broken() throws {
        var random = SeededRandom(seed: 4)
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path + "/list.xlsx"
        let workbook = try Workbook(path: path, scratch: folder.path)
        let sheet = try workbook.addSheet("一覧", [Workbook.Column("a", width: 10)])
        try workbook.append([.text("髙")], to: sheet)
        try workbook.close()
        let whole = Array(try #require(TestFile.bytes(path)))
        for _ in 0..<60 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
            try TestFile.write(bytes, to: path)
            do throws(XLSXFile.Trouble) { _ = try XLSXFile.sheets(of: path) } catch {
                #expect(!error.description.isEmpty)
            }
        }
        try TestFile.write(Array("a,b\n".utf8), to: path)
        #expect(throws: XLSXFile.Trouble.self) { try XLSXFile.sheets(of: path) }
    }
}
