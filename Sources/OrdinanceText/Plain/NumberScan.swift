import Japanese

/// Numbers at the head of a text: Arabic in both widths, kanji, and the marks of 号 and 細分.
enum NumberScan {
    static let iroha = Array("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス")
    static let aiueo = Array("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン")

    static func isSpace(_ character: Character?) -> Bool { character == " " || character == "　" || character == "\t" }

    /// A number in Arabic or kanji numerals; nil, and nothing taken, without one.
    static func number(_ text: inout Substring) -> Int? { arabic(&text) ?? kanji(&text) }

    static func arabic(_ text: inout Substring) -> Int? {
        let digits = text.prefix { ("0"..."9").contains($0) || ("０"..."９").contains($0) }
        guard (1...4).contains(digits.count), let number = Int(Width.narrow(String(digits))) else { return nil }
        text = text[digits.endIndex...]
        return number
    }

    static func kanji(_ text: inout Substring) -> Int? {
        guard let (number, count) = KanjiNumeral.leading(text) else { return nil }
        text = text.dropFirst(count)
        return number
    }

    /// ① to ⑳.
    static func circled(_ text: inout Substring) -> Int? {
        guard let scalar = text.unicodeScalars.first?.value, (0x2460...0x2473).contains(scalar) else { return nil }
        text = text.dropFirst()
        return Int(scalar) - 0x245F
    }

    /// ⑴ to ⒇.
    static func inOneBracket(_ text: inout Substring) -> Int? {
        guard let scalar = text.unicodeScalars.first?.value, (0x2474...0x2487).contains(scalar) else { return nil }
        text = text.dropFirst()
        return Int(scalar) - 0x2473
    }

    /// の2, ノ二.
    static func branch(_ text: inout Substring) -> Int? {
        guard text.first == "の" || text.first == "ノ" else { return nil }
        var rest = text.dropFirst()
        guard let number = number(&rest) else { return nil }
        text = rest
        return number
    }

    /// What stands in brackets: 1, 一, ア, a.
    static func bracketed(_ text: String) -> (LineHead.Series, Int)? {
        var rest = text[...]
        if let number = arabic(&rest), rest.isEmpty { return (.bracketedNumber, number) }
        rest = text[...]
        if let number = kanji(&rest), rest.isEmpty { return (.bracketedKanji, number) }
        guard text.count == 1, let first = text.first, let (series, number) = mark(first) else { return nil }
        return (series == .kana ? .bracketedKana : .bracketedLetter, number)
    }

    /// ア, a. Which of アイウ and イロハ a kana belongs to shows only in its row: its place among アイウ is given here.
    static func mark(_ character: Character) -> (LineHead.Series, Int)? {
        if let place = aiueo.firstIndex(of: character) { return (.kana, place + 1) }
        let letter = Width.narrow(String(character)).lowercased()
        guard letter.utf8.count == 1, let byte = letter.utf8.first, (0x61...0x7A).contains(byte) else { return nil }
        return (.letter, Int(byte) - 0x60)
    }

    /// The place of a kana among イロハ.
    static func iroha(_ character: Character) -> Int? { iroha.firstIndex(of: character).map { $0 + 1 } }
}
