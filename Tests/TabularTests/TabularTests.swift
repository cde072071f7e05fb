import Tabular
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
