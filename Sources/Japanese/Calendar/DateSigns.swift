/// A written date as a short row of signs, one byte each, whatever width, script and words it was written in.
///
/// `0`–`9` digits (kanji numerals included) · `M T S H R` eras · `W` 西暦 · `O` an era before 明治 · `y m d` 年月日 · `-` any
/// separator · `~` 頃 · `e` 推定 · `?` 不詳 · `s` a season · `t` a third of a month · `>` から · `<` まで · `f` 度 · `:` of times
/// · `(` `)` · `w` the weekdays 火 to 土 (月 and 日 are `m` and `d`) with the ISO number after it · `u` 曜.
struct DateSigns {
    /// Longer than any date.
    static let limit = 96

    private let output: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    private init(_ output: UnsafeMutableBufferPointer<UInt8>) { self.output = output }

    /// Works on the signs of a text; on none if something else stands in it.
    static func read<Result>(_ text: Bytes, _ work: (Bytes?) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: limit) { room in
            guard text.count <= limit * 3 else { return work(nil) }
            var signs = DateSigns(room)
            var place = 0
            while place < text.count {
                guard signs.count < limit - 8, let next = signs.take(text, at: place) else { return work(nil) }
                place = next
            }
            if signs.last == UInt8(ascii: " ") { signs.count -= 1 }
            return work(Bytes(rebasing: Bytes(room)[..<signs.count]))
        }
    }

    private var last: UInt8 { count > 0 ? output[count - 1] : 0 }

    private mutating func put(_ sign: Unicode.Scalar) {
        output[count] = UInt8(ascii: sign)
        count += 1
    }

    private mutating func put(_ number: Int) {
        for digit in String(number).utf8 where count < Self.limit {
            output[count] = digit
            count += 1
        }
    }

    private func isDigit(_ sign: UInt8) -> Bool { sign &- 48 < 10 }

    /// Reads what stands at a place and returns the place after it; nil if it belongs to no date.
    private mutating func take(_ text: Bytes, at place: Int) -> Int? {
        let byte = text[place]
        if byte < 0x80 { return takeASCII(UInt32(byte)) ? place + 1 : nil }
        let (scalar, length) = text.scalar(at: place)
        let next = place + length
        switch scalar {
        case 0xFF01...0xFF5E: return takeASCII(scalar - 0xFEE0) ? next : nil
        case 0x3000, 0xA0, 0x2000...0x200A: return takeASCII(0x20) ? next : nil
        case 0x5E74: put("y")
        case 0x6708: put("m")
        case 0x65E5: put("d")
        case 0x5143:  // 元
            guard count > 0, !isDigit(last) else { return nil }
            put("1")
        case 0x660E: return era("M", text, next, then: 0x6CBB)
        case 0x5927: return era("T", text, next, then: 0x6B63)
        case 0x662D: return era("S", text, next, then: 0x548C)
        case 0x5E73: return era("H", text, next, then: 0x6210)
        case 0x4EE4: return era("R", text, next, then: 0x548C)
        case 0x337E: put("M")
        case 0x337D: put("T")
        case 0x337C: put("S")
        case 0x337B: put("H")
        case 0x32FF: put("R")
        case 0x2010...0x2015, 0x2212, 0x30FC, 0xFF70, 0x2E, 0x3001, 0x30FB, 0xFF65, 0xFF61: put("-")
        case 0x9803: put("~")
        case 0x5EA6: put("f")
        case 0x66DC: put("u")
        case 0x6625, 0x590F, 0x79CB, 0x51AC: put("s")
        case 0x706B: weekday(2)
        case 0x6C34: weekday(3)
        case 0x6728: weekday(4)
        case 0x91D1: weekday(5)
        case 0x571F: weekday(6)
        default: return takeNumeral(text, at: place) ?? takeWord(text, at: place, scalar)
        }
        return next
    }

    /// An era, written with one character or two.
    private mutating func era(_ letter: Unicode.Scalar, _ text: Bytes, _ next: Int, then second: UInt32) -> Int {
        put(letter)
        guard next < text.count, case (let scalar, let length) = text.scalar(at: next), scalar == second else {
            return next
        }
        return next + length
    }

    private mutating func weekday(_ number: Int) {
        put("w")
        put(number)
    }

    private mutating func takeASCII(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x30...0x39:
            // A space between two numbers parts them.
            output[count] = UInt8(scalar)
            count += 1
        case 0x20, 0x09:
            if isDigit(last) || last == UInt8(ascii: "d") { put(" ") }
            return true
        case 0x2D, 0x2E, 0x2F, 0x2C: put("-")
        case 0x3A: put(":")
        case 0x28: put("(")
        case 0x29: put(")")
        case 0x7E: put(">")
        case 0x4D, 0x6D: put("M")
        case 0x53, 0x73: put("S")
        case 0x48, 0x68: put("H")
        case 0x52, 0x72: put("R")
        case 0x54, 0x74: put(count > 0 ? " " : "T")
        default: return false
        }
        return true
    }

    private static let words: [(text: [UInt32], sign: Unicode.Scalar)] = [
        ("西暦", "W"), ("不詳", "?"), ("不明", "?"), ("推定", "e"), ("上旬", "t"), ("中旬", "t"), ("下旬", "t"), ("初旬", "t"),
        ("ごろ", "~"), ("ころ", "~"), ("から", ">"), ("まで", "<"), ("の間", "<"), ("～", ">"), ("〜", ">"),
        ("慶応", "O"), ("慶應", "O"), ("元治", "O"), ("文久", "O"), ("万延", "O"), ("安政", "O"), ("嘉永", "O"), ("弘化", "O"),
        ("天保", "O"),
    ].map { (Array($0.0.unicodeScalars).map(\.value), $0.1) }

    private mutating func takeWord(_ text: Bytes, at place: Int, _ first: UInt32) -> Int? {
        for (word, sign) in Self.words where word[0] == first {
            var end = place
            let fits = word.allSatisfy { expected in
                guard end < text.count, case (let scalar, let length) = text.scalar(at: end), scalar == expected else {
                    return false
                }
                end += length
                return true
            }
            guard fits else { continue }
            put(sign)
            return end
        }
        return nil
    }

    private mutating func takeNumeral(_ text: Bytes, at place: Int) -> Int? {
        guard let (number, end) = KanjiNumeral.read(text, from: place), !isDigit(last) else { return nil }
        put(number)
        return end
    }
}
