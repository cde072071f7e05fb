import Japanese

/// 番号の書き方. Writes a number as another label of the ordinance is written: 第３条, 第3条, 第三条; (2), （２）, ⑵, 二; イ.
enum NumberStyle {
    /// The label with other numbers in it; the words around them stay.
    /// - Parameter old: the number the label has now: it tells アイウ from イロハ.
    static func label(
        _ number: OrdinanceNumber, like label: String, was old: OrdinanceNumber?, kind: OrdinanceNode.Kind
    ) -> String {
        switch kind {
        case .part, .chapter, .section, .subsection, .division, .article:
            let word = kind.word ?? ""
            return "第\(digits(number.parts[0], like: label))\(word)"
                + number.parts.dropFirst().map { "の" + digits($0, like: label) }.joined()
        case .item, .subitem: return mark(number, like: label, was: old)
        default: return digits(number.parts[0], like: label)
        }
    }

    /// In the numerals of the label: full width, half width, or kanji. One digit alone is full width where the ordinance mixes both.
    private static func digits(_ number: Int, like label: String) -> String {
        let half = String(number)
        if label.contains(where: { "一二三四五六七八九十百".contains($0) }) { return KanjiNumeral.write(number) }
        if label.contains(where: { ("０"..."９").contains($0) }) { return half.fullWidth }
        return half
    }

    private static func mark(_ number: OrdinanceNumber, like label: String, was old: OrdinanceNumber?) -> String {
        let first = number.parts[0]
        let branches = number.parts.dropFirst().map { "の" + digits($0, like: label) }.joined()
        if let scalar = label.unicodeScalars.first, (0x2474...0x2487).contains(scalar.value), first <= 20 {
            return String(Character(Unicode.Scalar(UInt32(0x2473 + first)) ?? scalar)) + branches
        }
        let core = label.filter { !"()（）".contains($0) }
        let inner: String =
            if let kana = core.first, let place = NumberScan.aiueo.firstIndex(of: kana) {
                String(
                    series(place + 1 == old?.parts[0])[min(first, NumberScan.iroha.count, NumberScan.aiueo.count) - 1])
            } else if let letter = core.first, letter.isASCII, letter.isLetter {
                String(Character(Unicode.Scalar(UInt8(0x60 + min(first, 26)))))
            } else {
                digits(first, like: label)
            }
        guard let open = label.first(where: { "(（".contains($0) }) else { return inner + branches }
        return String(open) + inner + (open == "(" ? ")" : "）") + branches
    }

    private static func series(_ isAiueo: Bool) -> [Character] { isAiueo ? NumberScan.aiueo : NumberScan.iroha }
}

extension String {
    /// Digits in full width.
    var fullWidth: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { ("0"..."9").contains($0) ? Unicode.Scalar($0.value + 0xFEE0) ?? $0 : $0 }))
    }
}
