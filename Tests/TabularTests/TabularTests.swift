import Tabular
import TestKit
import Testing

@Suite("表のファイル")
struct TabularTests {
    @Test("書いたものは、同じに読める")
    func roundTrip() throws {
        let rows = [["名", "メモ"], ["髙﨑", "一行目\r\n二行目"], [" 空白 ", "\"引用\",と"], ["", ""]]
        #expect(try CSV.read(CSV.write(rows)).map(\.fields) == rows)
    }

    @Test("行の終わりはどれでもよく、空の行は数えるが読まない")
    func lines() throws {
        let records = try CSV.read("a,b\n\r\nc,\"d\ne\"\rf,")
        #expect(records.map(\.fields) == [["a", "b"], ["c", "d\ne"], ["f", ""]])
        #expect(records.map(\.line) == [1, 3, 5])
    }

    @Test("閉じない引用符は、始まりの行で知らせる")
    func faults() {
        #expect(throws: CSV.Fault.openQuotes(line: 2)) { try CSV.read("a\n\"b") }
        #expect(throws: CSV.Fault.afterQuotes(line: 1)) { try CSV.read("\"a\"b,c") }
    }

    @Test("Shift_JIS にない文字は、場所を知らせ、〓 にする")
    func encodings() throws {
        let rows = [["氏名"], ["髙﨑①"], ["𠮷田"]]
        let (bytes, unmappable) = TextEncoding.cp932.file(rows)
        #expect(unmappable == [.init(character: "𠮷", row: 3, column: 1)])
        let read = try #require(TextEncoding.text(of: bytes))
        #expect(read.encoding == .cp932)
        #expect(try CSV.read(read.text).map(\.fields) == [["氏名"], ["髙﨑①"], ["〓田"]])
        let whole = try #require(TextEncoding.text(of: TextEncoding.utf8.file(rows).bytes))
        #expect(whole.encoding == .utf8)
        #expect(try CSV.read(whole.text).map(\.fields) == rows)
    }

    @Test("どちらの文字コードでもないものは読まない")
    func neither() { #expect(TextEncoding.text(of: [0x81, 0xFF, 0x80]) == nil) }
}

@Suite("表のファイルの、ほかの形")
struct WorkbookTests {
    @Test("XLSX の文字は文字のまま、日は日。式にはならず、見出しは動かない")
    func workbook() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let book = try Workbook(path: folder.path + "/a.xlsx", scratch: "/dev/shm")
        let sheet = try book.addSheet(
            "申請[1]", [.init("電話", width: 14), .init("届いた日", width: 12), .init("額", width: 8)])
        let day = Cell.day(iso: "2026-11-24", number: 20781)
        try book.append([.typed("0285-56-9188"), day, .number(-3)], to: sheet)
        try book.append([.typed("=1+1"), .empty, .decimal(335, places: 1)], to: sheet)
        let other = try book.addSheet("お子さん", [.init("名", width: 10)])
        for number in 0..<3000 { try book.append([.typed("𠮷\(number)")], to: other) }
        try book.close()
        let read = try await Python.read(Array(#require(TestFile.bytes(folder.path + "/a.xlsx"))), with: "read-xlsx.py")
        let lines = read.split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(4) == [
                "sheet\t申請_1_\t1", "row\ttext:電話\ttext:届いた日\ttext:額",
                "row\ttext:0285-56-9188\tday:46350\tnumber:-3", "row\ttext:=1+1\tnumber:33.5",
            ])
        #expect(lines.count == 4 + 2 + 3000 && lines.last == "row\ttext:𠮷2999")
    }

    @Test("ZIP は、日本語の名前も中身も、ほかの道具でそのまま読める")
    func archive() async throws {
        let archive = try ZIPArchive()
        var bytes: [UInt8] = []
        for (name, packs) in [("髙﨑/申請書.pdf", false), ("一覧.csv", true), ("plain.txt", true)] {
            try archive.begin(name, size: packs ? nil : 6, at: 1_780_000_000, packs: packs)
            try archive.write(Array("本文".utf8))
            bytes += archive.take()
        }
        try archive.finish()
        bytes += archive.take()
        let lines = try await Python.read(bytes, with: "read-zip.py").split(separator: "\n")
        #expect(
            lines.map { $0.split(separator: "\t").prefix(3).joined(separator: " ") } == [
                "髙﨑/申請書.pdf True 6", "一覧.csv True 6", "plain.txt True 6",
            ])
    }

    @Test(
        "式に見える入力は、CSV では ' を前に置く。数や日はそのまま",
        arguments: [
            (Cell.typed("=1+1"), "'=1+1"), (.typed("+81"), "'+81"), (.typed("-5"), "'-5"), (.typed("@A1"), "'@A1"),
            (.typed("\t=1"), "'\t=1"), (.typed("＝1"), "'＝1"), (.typed("普通"), "普通"), (.typed(""), ""),
            (.number(-5), "-5"),
            (.decimal(-5, places: 2), "-0.05"), (.text("-"), "-"),
        ])
    func formulas(_ cell: Cell, _ csv: String) { #expect(cell.csv == csv) }
}
