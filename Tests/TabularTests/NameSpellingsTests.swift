import TestKit
import Tabular
import Testing

@Suite("氏名の表記のちがい")
struct NameSpellingsTests {
    @Test("同じ人の、ちがう書き方だけを並べる")
    func sideBySide() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (one, other) = (folder.path + "/a.csv", folder.path + "/b.csv")
        try TestFile.write(Array("番号,氏名\n1,髙橋　一\n2,\u{FA19}谷\n3,山田\n4,葛\u{E0100}城\n5,佐藤\n".utf8), to: one)
        try TestFile.write(Array("番号,名前\n5,佐籐\n4,葛城\n3,山田\n2,\u{795E}谷\n1,高橋 一\n6,林\n".utf8), to: other)
        var lines: [NameSpellings.Line] = []
        let inputs = [
            NameSpellings.Input(path: one, key: "番号", name: "氏名"), .init(path: other, key: "番号", name: "名前"),
        ]
        try NameSpellings.find(inputs, folder: folder.path) { lines.append($0) }
        lines.sort { $0.key < $1.key }
        #expect(lines.map(\.key) == ["1", "2", "4", "5"])
        #expect(lines.map(\.isSameName) == [true, true, true, false])
        #expect(lines[0].characters == ["髙", "高"].sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(lines[1].characters.map { Array($0.unicodeScalars)[0].value } == [0x795E, 0xFA19])
        #expect(lines[2].names.map(\.unicodeScalars.count) == [3, 2])
        #expect {
            try NameSpellings.find([.init(path: one, key: "ない", name: "氏名")], folder: folder.path) { _ in }
        } throws: {
            "\($0)".contains("「ない」")
        }
    }
}
