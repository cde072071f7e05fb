/// 仮名.
package enum Kana {
    /// Hiragana and half-width katakana as full-width katakana; spaces become one full-width space: やまだ ﾀﾛｳ gives
    /// ヤマダ　タロウ.
    package static func katakana(_ text: String) -> String {
        Spaces.collapse(rewriter.rewrite(text))
    }

    private static let rewriter = TextRewriter(certain: TextRules([.widenKana, .katakana]))

    /// True if every character is katakana, its marks, a middle dot or a space: what a フリガナ field takes.
    package static func isKatakana(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x30A1...0x30FA).contains($0.value) }
            && text.unicodeScalars.allSatisfy {
                (0x30A1...0x30FE).contains($0.value) || $0.value == 0x3000 || $0 == "゛" || $0 == "゜"
            }
    }
}

/// 空白.
package enum Spaces {
    /// Without spaces at the ends, and one full-width space between words.
    package static func collapse(_ text: String) -> String {
        text.unicodeScalars.split { $0.properties.isWhitespace || $0.value == 0x200B }
            .map { Width.text(of: Array($0)) }.joined(separator: "\u{3000}")
    }

    /// True if there is nothing to see: spaces, and characters that are never shown.
    package static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint }
    }

    /// Without spaces and line ends at either end. Everything between stays.
    package static func trim(_ text: String) -> String {
        let scalars = text.unicodeScalars
        var (start, end) = (scalars.startIndex, scalars.endIndex)
        while start < end, scalars[start].properties.isWhitespace { start = scalars.index(after: start) }
        while end > start, scalars[scalars.index(before: end)].properties.isWhitespace {
            end = scalars.index(before: end)
        }
        return start == scalars.startIndex && end == scalars.endIndex ? text : String(text[start..<end])
    }
}
