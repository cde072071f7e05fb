import Japanese
import TestKit
import Testing

@Suite("文字の範囲")
struct RepertoireTests {
    @Test(
        "JIS X 0213 の表と、水準も字数も同じ",
        .enabled(
            if: Shared.has("facts/standard/jisx0213_nta_shrink.tsv"),
            "JIS X 0213 の表（facts/standard/jisx0213_nta_shrink.tsv）が要ります"))
    func levels() throws {
        let data = try #require(Shared.data("facts/standard/jisx0213_nta_shrink.tsv"))
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        let names = lines[0].map(String.init)
        let (ucs, sort) = (try #require(names.firstIndex(of: "ucs")), try #require(names.firstIndex(of: "class")))
        let levels: [Substring: CharacterKind] = ["L1": .level1, "L2": .level2, "L3": .level3, "L4": .level4]
        var counts: [Substring: Int] = [:]
        for line in lines.dropFirst() {
            let scalars = line[ucs].split(separator: " ").compactMap { UInt32($0.replacing("U+", with: ""), radix: 16) }
            guard scalars.count == 1 else { continue }
            counts[line[sort], default: 0] += 1
            let kind = CharacterKind.of(scalars[0])
            #expect(kind.contains(.jisX0213), "\(line.joined(separator: "/"))")
            if let level = levels[line[sort]] { #expect(kind.contains(level), "\(line)") }
            if line[sort] == "N0208" { #expect(kind.contains(.jisX0208), "\(line.joined(separator: "/"))") }
        }
        #expect(counts["L1"] == 2965 && counts["L2"] == 3390 && counts["L3"] ?? 0 > 1200 && counts["L4"] == 2436)
    }

    @Test(
        "外字・互換漢字・セレクター・Shift_JISの文字",
        arguments: [
            ("\u{E000}", CharacterKind.privateUse), ("\u{10DE92}", .privateUse), ("\u{FA19}", .compatibility),
            ("\u{E0100}", .selector), ("髙", .cp932),
            ("①", .cp932), ("𠮷", .kanji), ("高", .level1), ("辻", .level1), ("龠", .level2), ("﨑", .jisX0213),
        ])
    func kinds(_ text: String, _ kind: CharacterKind) throws {
        #expect(CharacterKind.of(try #require(text.unicodeScalars.first).value).contains(kind))
    }

    @Test(
        "範囲に入る字と、入らない字",
        arguments: [
            ("山", Repertoire.jis12, true), ("髙", .jis12, false), ("髙", .cp932, true), ("𠮷", .cp932, false),
            ("𠮷", .unicode, true), ("\u{E000}", .unicode, false),
        ])
    func contains(_ text: String, _ repertoire: Repertoire, _ isIn: Bool) throws {
        #expect(repertoire.contains(try #require(text.unicodeScalars.first).value) == isIn)
    }
}
