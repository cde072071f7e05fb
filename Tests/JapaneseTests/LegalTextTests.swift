import Japanese
import TestKit
import Testing

@Suite("文字の変換")
struct TextRewriterTests {
    @Test("別の字は別。並べても、組にしても、一つにならない")
    func scalarExact() {
        let (compatible, ordinary): (LegalText, LegalText) = ("\u{FA19}谷", "\u{795E}谷")
        #expect(compatible != ordinary && Set([compatible, ordinary]).count == 2)
        #expect(compatible.text == ordinary.text, "String はこの二つを同じとみなす")
        #expect([compatible, ordinary].sorted().map { Array($0.text.unicodeScalars)[0].value } == [0x795E, 0xFA19])
        #expect(LegalText("葛\u{E0100}").count == 2 && LegalText("葛\u{E0100}") != "葛")
        #expect(LegalText("が") != LegalText("か\u{3099}"))
    }

    @Test(
        "きまりは、一つずつ使える",
        arguments: [
            (TextRule.narrowLetters, "Ａｂ１！", "Ab１！"), (.narrowDigits, "Ａ１２", "Ａ12"), (.narrowSigns, "（１）＆￥", "(１)&¥"),
            (.widenLetters, "Ab1", "Ａｂ1"), (.widenDigits, "A12", "A１２"), (.widenSigns, "(1)", "（1）"),
            (.widenKana, "ｶﾞｷﾞ ﾊﾟ ｱﾞ ｳﾞｰ｡", "ガギ パ ア゛ ヴー。"), (.narrowKana, "ガ　パー「ヴ」", "ｶﾞ　ﾊﾟｰ｢ｳﾞ｣"),
            (.joinMarks, "か゛は\u{309A}カ\u{3099}", "がぱガ"), (.katakana, "やまだゔゝ", "ヤマダヴヽ"), (.hiragana, "ヤマダヴヽー", "やまだゔゝー"),
            (.longMark, "スキ－ ラ-メン A-1 ハイツ-1", "スキー ラーメン A-1 ハイツ-1"), (.hyphen, "1ー2−３―4 ラーメン", "1-2-３-4 ラーメン"),
            (.narrowSpace, "山田　太郎", "山田 太郎"), (.widenSpace, "山田 太郎", "山田　太郎"), (.collapseSpaces, "山田　 太郎", "山田　太郎"),
            (.trimSpaces, "　山田　太郎 ", "山田　太郎"), (.arabicDigits, "二丁目十三番地廿五号 三郎", "2丁目13番地25号 三郎"),
        ])
    func rules(_ rule: TextRule, _ before: String, _ after: String) throws {
        let rewriter = try TextRewriter(TextRules([rule]))
        #expect(rewriter.rewrite(before).isExactly(after))
        let (text, changes) = rewriter.changes(before)
        #expect(text.isExactly(after) && !changes.isEmpty && changes.allSatisfy { $0.rules == [rule] })
        #expect(try TextChange.undo(changes, in: text).isExactly(before))
    }

    @Test("反対のきまりは、いっしょに使えない")
    func conflict() {
        #expect {
            try TextRewriter(TextRules([.narrowLetters, .widenLetters]))
        } throws: { error in
            let conflict = error as? TextRewriter.Conflict
            return conflict?.one == .narrowLetters && conflict?.other == .widenLetters
        }
    }

    @Test("何をどう組み合わせても、元に戻せ、漢字は一字も変わらない")
    func reversible() throws {
        var random = SeededRandom(seed: 20_261_126)
        let pool = Array(
            "ｱｶﾞｷﾟヴガか゛\u{3099}\u{309A}ー－-‐ｰ 　\u{A0}１2三十百廿〇丁番号年月髙﨑\u{FA19}\u{795E}𠮷邉\u{E0102}葛\u{E0100}Ａb（!￥~～゛゜ﾞﾟハﾊぱ🐈"
                .unicodeScalars)
        let pairs = TextRule.allCases
        for _ in 0..<3000 {
            let text = Width.text(
                of: (0..<Int.random(in: 0...24, using: &random)).map { _ in pool.randomElement(using: &random) ?? "a" })
            let chosen = pairs.filter { _ in Bool.random(using: &random) }
            guard let rewriter = try? TextRewriter(TextRules(chosen)) else { continue }
            let (after, changes) = rewriter.changes(text)
            #expect(after.isExactly(rewriter.rewrite(text)))
            #expect(try TextChange.undo(changes, in: after).isExactly(text), "\(text) \(chosen)")
            if !chosen.contains(.arabicDigits) { #expect(kanji(after) == kanji(text)) }
        }
    }

    @Test("UTF-8 でないバイトも、なくならない")
    func broken() throws {
        let rewriter = try TextRewriter(.width)
        for bytes in [[0xE3, 0x81], [0xFF, 0x41], [0xEF, 0xBC], [0xC3], [0xF0, 0x9F, 0x90]] as [[UInt8]] {
            var room = [UInt8](repeating: 0, count: bytes.count * 3)
            let count = bytes.withUnsafeBufferPointer { bytes in
                room.withUnsafeMutableBufferPointer { rewriter.rewrite(bytes, into: $0) }
            }
            #expect(Array(room[..<count]) == bytes)
        }
    }

    @Test("戻すとき、記録と文字が合わなければ断る")
    func notTheSame() throws {
        let (_, changes) = try TextRewriter(.width).changes("Ａ1")
        #expect(throws: TextChange.NotTheSame.self) { try TextChange.undo(changes, in: "B1") }
    }

    private func kanji(_ text: String) -> [UInt32] {
        text.unicodeScalars.map(\.value).filter { (0x4E00...0xFAFF).contains($0) || $0 > 0xFFFF }
    }
}

@Suite("検査数字")
struct CheckDigitTests {
    @Test(
        "全国の地方公共団体のコードは、すべて合う",
        .enabled(
            if: Shared.has("facts/standard/municipality_codes.csv"),
            "市区町村の表（facts/standard/municipality_codes.csv）が要ります"))
    func municipalities() throws {
        let rows = try Shared.rows("facts/standard/municipality_codes.csv")
        #expect(rows.count == 1916)
        for row in rows {
            let code = try #require(row["lgcode6"])
            #expect(code.withBytes(CheckDigit.isLocalGovernmentCode))
            let wrong =
                code.dropLast() + String((Int(code.suffix(1)) ?? 0 + 1) % 10 == 9 ? 0 : (Int(code.suffix(1)) ?? 0) + 1)
            #expect(!String(wrong).withBytes(CheckDigit.isLocalGovernmentCode))
        }
    }

    @Test(
        "法人番号",
        arguments: [
            ("8000012010038", true), ("7000012050002", true), ("8000012010039", false), ("800001201003", false),
            ("", false),
        ])
    func corporate(_ number: String, _ isGood: Bool) {
        #expect(number.withBytes(CheckDigit.isCorporateNumber) == isGood)
    }

    @Test("宛名番号。余り1の扱いは、設定で選ぶ")
    func addressee() {
        // 000000001: 1 × 2 = 2 → 9; 000000006: 12 → remainder 1.
        func check(_ number: String, _ remainderOne: CheckDigit.RemainderOne) -> Bool {
            number.withBytes { CheckDigit.isModulus11($0, remainderOne: remainderOne) }
        }
        #expect(check("0000000019", .unused) && !check("0000000018", .zero))
        #expect(check("0000000060", .zero) && !check("0000000060", .unused) && !check("0000000061", .zero))
        #expect(check("0000000000", .unused) && !check("1", .zero) && !check("00000000A9", .zero))
    }

    @Test(
        "ISBN",
        arguments: [
            ("9784797386738", true), ("4003101014", true), ("080442957X", true), ("9784797386737", false), ("X", false),
        ])
    func isbn(_ number: String, _ isGood: Bool) { #expect(number.withBytes(CheckDigit.isISBN) == isGood) }
}
