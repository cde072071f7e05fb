/// One run of a ``TextRewriter`` over some bytes.
struct RewritePass {
    let rewriter: TextRewriter
    let input: Bytes
    let output: UnsafeMutableBufferPointer<UInt8>
    /// The next byte to read.
    var place = 0
    /// How many bytes were written.
    var written = 0

    /// Copies so many bytes as they are.
    @inline(__always)
    mutating func copy(_ length: Int) {
        for _ in 0..<length {
            output[written] = input[place]
            written += 1
            place += 1
        }
    }

    /// Treats the code point at the place as its entry says.
    @inline(__always)
    mutating func apply(_ entry: RewriteTable.Entry, _ scalar: UInt32, _ length: Int, noting: inout some ChangeNotes) {
        switch entry.kind {
        case .replace: replace(entry, length, noting: &noting)
        case .kana: kana(entry, scalar, length, noting: &noting)
        case .dash: dash(entry, length, noting: &noting)
        case .space: spaces(noting: &noting)
        case .numeral: numeral(entry, length, noting: &noting)
        case .copy: copy(length)
        }
    }

    @inline(__always)
    private mutating func replace(_ entry: RewriteTable.Entry, _ length: Int, noting: inout some ChangeNotes) {
        guard entry.length > 0 else { return copy(length) }
        let begin = written
        put(entry)
        noting.note(place..<place + length, begin..<written, entry.rules)
        place += length
    }

    @inline(__always)
    private mutating func put(_ entry: RewriteTable.Entry) {
        var bytes = entry.bytes
        for _ in 0..<entry.length {
            output[written] = UInt8(truncatingIfNeeded: bytes)
            bytes >>= 8
            written += 1
        }
    }

    private mutating func put(_ scalar: UInt32) {
        for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? .encodedReplacementCharacter {
            output[written] = byte
            written += 1
        }
    }

    /// A kana, joined with the mark after it where a rule says so.
    private mutating func kana(
        _ entry: RewriteTable.Entry, _ scalar: UInt32, _ length: Int, noting: inout some ChangeNotes
    ) {
        guard place + length < input.count else { return replace(entry, length, noting: &noting) }
        let (mark, markLength) = input.scalar(at: place + length)
        let isHalf = (0xFF61...0xFF9F).contains(scalar)
        let rule: TextRule = isHalf && mark >= 0xFF61 ? .widenKana : .joinMarks
        guard Voicing.isMark(mark), rewriter.rules.contains(rule.bit),
            // A half-width base stays as it is unless it is widened.
            !isHalf || rewriter.rules.contains(TextRule.widenKana.bit),
            let joined = Voicing.voiced(isHalf ? Voicing.wide(scalar) : scalar, mark: mark)
        else { return replace(entry, length, noting: &noting) }
        let begin = written
        var used = rule.bit.union(isHalf ? TextRule.widenKana.bit : [])
        if let further = rewriter.table.entry(joined), further.length > 0 {
            put(further)
            used.formUnion(further.rules)
        } else {
            put(joined)
        }
        noting.note(place..<place + length + markLength, begin..<written, used)
        place += length + markLength
    }

    /// A dash or long mark: a hyphen between digits, a long mark after kana.
    private mutating func dash(_ entry: RewriteTable.Entry, _ length: Int, noting: inout some ChangeNotes) {
        let before = lastWritten
        let after = place + length < input.count ? input.scalar(at: place + length).value : nil
        if rewriter.rules.contains(TextRule.hyphen.bit), Self.isDigit(before), Self.isDigit(after) {
            return put(UInt8(ascii: "-"), .hyphen, length, noting: &noting)
        }
        if rewriter.rules.contains(TextRule.longMark.bit), Self.isKana(before),
            after.map({ Self.isKana($0) || RewriteTable.isSpace($0) }) ?? true
        {
            let isNarrow = rewriter.rules.contains(TextRule.narrowKana.bit)
            return put(isNarrow ? 0xFF70 as UInt32 : 0x30FC, .longMark, length, noting: &noting)
        }
        replace(entry, length, noting: &noting)
    }

    private mutating func put(
        _ scalar: some BinaryInteger, _ rule: TextRule, _ length: Int, noting: inout some ChangeNotes
    ) {
        if input.scalar(at: place).value == UInt32(scalar) { return copy(length) }
        let begin = written
        put(UInt32(scalar))
        noting.note(place..<place + length, begin..<written, rule.bit)
        place += length
    }

    /// Spaces that follow one another.
    private mutating func spaces(noting: inout some ChangeNotes) {
        let (from, begin) = (place, written)
        var (used, count): (TextRules, Int) = ([], 0)
        let isTrimmedHere = written == 0 && rewriter.rules.contains(TextRule.trimSpaces.bit)
        var end = place
        while end < input.count, case (let scalar, let length) = input.scalar(at: end), RewriteTable.isSpace(scalar) {
            end += length
        }
        if isTrimmedHere || end == input.count && rewriter.rules.contains(TextRule.trimSpaces.bit) {
            place = end
            return noting.note(from..<end, begin..<begin, TextRule.trimSpaces.bit)
        }
        while place < end {
            let (scalar, length) = input.scalar(at: place)
            if count > 0, rewriter.rules.contains(TextRule.collapseSpaces.bit) {
                used.formUnion(TextRule.collapseSpaces.bit)
                place += length
            } else if let entry = scalar == 0x20 ? rewriter.table.ascii[0x20] : rewriter.table.entry(scalar),
                entry.length > 0
            {
                put(entry)
                used.formUnion(entry.rules)
                place += length
            } else {
                copy(length)
            }
            count += 1
        }
        if !used.isEmpty { noting.note(from..<end, begin..<written, used) }
    }

    /// A number in kanji before what is counted in addresses and dates.
    private mutating func numeral(_ entry: RewriteTable.Entry, _ length: Int, noting: inout some ChangeNotes) {
        guard let (number, end) = KanjiNumeral.read(input, from: place), KanjiNumeral.isCounter(input, at: end) else {
            return replace(entry, length, noting: &noting)
        }
        let begin = written
        for digit in String(number).utf8 {
            output[written] = digit
            written += 1
        }
        noting.note(place..<end, begin..<written, TextRule.arabicDigits.bit)
        place = end
    }

    /// The code point that was written last.
    private var lastWritten: UInt32? {
        guard written > 0 else { return nil }
        var begin = written - 1
        while begin > 0, output[begin] & 0xC0 == 0x80 { begin -= 1 }
        return Bytes(rebasing: Bytes(output)[begin..<written]).scalar(at: 0).value
    }

    private static func isDigit(_ scalar: UInt32?) -> Bool {
        guard let scalar else { return false }
        return (0x30...0x39).contains(scalar) || (0xFF10...0xFF19).contains(scalar)
    }

    private static func isKana(_ scalar: UInt32?) -> Bool {
        guard let scalar else { return false }
        switch scalar {
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0xFF66...0xFF9F: return true
        default: return false
        }
    }
}
