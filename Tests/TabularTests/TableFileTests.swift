import Japanese
import TestKit
import Tabular
import Testing

@Suite("CSVのファイルを読む")
struct TableFileTests {
    /// The records of a file in any encoding.
    private func records(_ bytes: [UInt8], encoding: TableFile.Encoding? = nil) throws -> [[String]] {
        try inFile(bytes) { path in
            let file = try TableFile(path, encoding: encoding)
            var records: [[String]] = []
            while let block = file.next() {
                block.bytes.withUnsafeBufferPointer { bytes in
                    var reader = RecordReader(bytes, line: block.line)
                    while reader.next() { records.append((0..<reader.count).map { reader.text($0) }) }
                }
            }
            return records
        }
    }

    @Test("文字コードがちがっても、同じに読める")
    func encodings() throws {
        let text = "氏名,住所\r\n山田　太郎,\"本町1,2\"\r\n髙橋,\"改行\r\nあり\"\r\n"
        let expected = [["氏名", "住所"], ["山田　太郎", "本町1,2"], ["髙橋", "改行\r\nあり"]]
        let utf16 = Array(text.utf16)
        let little = utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        #expect(try records(Array(text.utf8)) == expected)
        #expect(try records([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == expected)
        #expect(try records(TextEncoding.cp932.file(expected).bytes) == expected)
        #expect(try records([0xFF, 0xFE] + little) == expected)
        #expect(try records([0xFE, 0xFF] + big) == expected)
        #expect(try records(little) == expected && records(big) == expected)
    }

    @Test("大きなファイルは区切って読み、どこで区切っても同じ")
    func blocks() throws {
        var random = SeededRandom(seed: 7)
        let pieces = ["山田", "\"a,b\"", "\"改行\r\n\"\"引用\"\"\"", "", "1", "x\"y", " ", "\"\""]
        let read = ["山田", "a,b", "改行\r\n\"引用\"", "", "1", "x\"y", " ", ""]
        var (text, expected) = ("", [[String]]())
        while text.utf8.count < 600_000 {
            let row = (0..<4).map { _ in Int.random(in: 0..<pieces.count, using: &random) }
            text +=
                row.map { pieces[$0] }.joined(separator: ",") + ["\n", "\r\n"][Int.random(in: 0...1, using: &random)]
            expected.append(row.map { read[$0] })
        }
        #expect(try records(Array(text.utf8)) == expected)
    }

    @Test("書いたものは、そのまま読める")
    func roundTrip() throws {
        var random = SeededRandom(seed: 11)
        let pool = Array("あ,\"\r\n =髙\u{FA19}葛\u{E0100}ｱ".unicodeScalars)
        for _ in 0..<500 {
            let rows = (0..<5).map { _ in
                ["k"]
                    + (0..<3).map { _ in
                        Width.text(
                            of: (0..<Int.random(in: 0...6, using: &random)).map { _ in
                                pool.randomElement(using: &random) ?? "a"
                            })
                    }
            }
            let bytes = Array(CSV.write(rows).utf8)
            let found = try records(bytes)
            #expect(
                zip(found, rows).allSatisfy { zip($0, $1).allSatisfy { $0.isExactly($1) } } && found.count == rows.count
            )
        }
    }

    @Test("でたらめなバイトでも、止まらずに最後まで読む")
    func fuzz() throws {
        var random = SeededRandom(seed: 3)
        let pool: [UInt8] = [
            0, 9, 10, 13, 32, 34, 34, 44, 44, 65, 0x81, 0xE3, 0x81, 0x82, 0xFF, 0xFE, 0xEF, 0xBB, 0xBF,
        ]
        for round in 0..<300 {
            let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
                pool.randomElement(using: &random) ?? 65
            }
            _ = try records(
                bytes, encoding: round % 2 == 0 ? nil : TableFile.Encoding.allCases.randomElement(using: &random))
        }
    }

    @Test(
        "引用符のまちがいは、行を言い、その先も読む",
        arguments: [
            ("a,b\n1,\"x\"y\n2,z\n", RecordReader.Fault.afterQuotes(line: 2), "xy"),
            ("a,b\n1,\"x\n2,z\n", .openQuotes(line: 2), "\"x"),
        ])
    func quotes(_ text: String, _ fault: RecordReader.Fault, _ value: String) {
        let read = text.withBytes { bytes in
            var reader = RecordReader(bytes)
            var read: [(faults: [RecordReader.Fault], line: Int, text: String)] = []
            while reader.next() { read.append((reader.faults, reader.line, reader.text(1))) }
            return read
        }
        #expect(read.map(\.text) == ["b", value, "z"] && read.map(\.line) == [1, 2, 3])
        #expect(read.map(\.faults) == [[], [fault], []])
    }

    @Test("長すぎる行と、閉じない引用符は、そこだけを飛ばす")
    func tooLong() throws {
        let long = String(repeating: "x", count: TableFile.longestRecord + 400_000)
        let bytes = Array("a\n\(long)\nend\n".utf8)
        #expect(try records(bytes) == [["a"], ["end"]])
        let open = Array("a\n\"open\n".utf8) + Array(String(repeating: "row\n", count: 400_000).utf8)
        let found = try records(open)
        #expect(found.count == 400_002 && found[1] == ["\"open"] && found.last == ["row"])
    }
}

/// Works with bytes in a file of their own.
func inFile<Result>(_ bytes: [UInt8], _ work: (String) throws -> Result) throws -> Result {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.path + "/table.csv"
    try TestFile.write(bytes, to: path)
    return try work(path)
}
