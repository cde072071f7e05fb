/// What a set of rules makes of each code point that any rule knows, made once.
struct RewriteTable: Sendable {
    /// How a code point is treated.
    enum Kind: UInt8, Sendable {
        case copy
        /// Always the same.
        case replace
        /// A kana that a voiced mark may follow.
        case kana
        case dash
        case space
        case numeral
    }

    /// What becomes of one code point: its bytes, from the lowest on.
    struct Entry: Sendable {
        var kind = Kind.copy
        var length: UInt8 = 0
        var bytes: UInt64 = 0
        var rules: TextRules = []
    }

    private static let pageCount = 6
    /// The pages of 256 code points that have entries.
    @inline(__always)
    private static func page(_ scalar: UInt32) -> Int? {
        switch scalar >> 8 {
        case 0x30: 0
        case 0xFF: 1
        case 0x20: 2
        case 0x22: 3
        case 0x25: 4
        case 0x00: 5
        default: nil
        }
    }

    let ascii: [Entry]
    private let entries: [Entry]
    private let numerals: Bool

    init(_ rules: TextRules) {
        ascii = (0..<128).map { Self.make($0, rules) }
        let pages: [UInt32] = [0x30, 0xFF, 0x20, 0x22, 0x25, 0x00]
        entries = pages.flatMap { page in (0..<256).map { Self.make(page << 8 | $0, rules) } }
        numerals = rules.contains(TextRule.arabicDigits.bit)
    }

    @inline(__always)
    func entry(_ scalar: UInt32) -> Entry? {
        if let page = Self.page(scalar) {
            let entry = entries[page << 8 | Int(scalar & 0xFF)]
            return entry.kind == .copy ? nil : entry
        }
        guard numerals, KanjiNumeral.isNumeral(scalar) else { return nil }
        return Entry(kind: .numeral)
    }

    private static func make(_ scalar: UInt32, _ rules: TextRules) -> Entry {
        var entry = Entry()
        let (mapped, used) = map(scalar, rules)
        if mapped != [scalar] {
            for value in mapped {
                for byte in UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? .encodedReplacementCharacter {
                    entry.bytes |= UInt64(byte) << (8 * UInt64(entry.length))
                    entry.length += 1
                }
            }
            (entry.kind, entry.rules) = (.replace, used)
        }
        if Voicing.canTakeMark(scalar), !rules.isDisjoint(with: TextRules([.joinMarks, .widenKana])) {
            entry.kind = .kana
        }
        if isDash(scalar), !rules.isDisjoint(with: TextRules([.hyphen, .longMark])) { entry.kind = .dash }
        if isSpace(scalar), !rules.isDisjoint(with: TextRules([.collapseSpaces, .trimSpaces])) { entry.kind = .space }
        if KanjiNumeral.isNumeral(scalar), rules.contains(TextRule.arabicDigits.bit) { entry.kind = .numeral }
        return entry
    }

    /// A code point by itself, after all rules that need no neighbour, and the rules that changed it.
    private static func map(_ scalar: UInt32, _ rules: TextRules) -> ([UInt32], TextRules) {
        var (value, used): (UInt32, TextRules) = (scalar, [])
        func turn(_ rule: TextRule, _ next: UInt32) {
            guard rules.contains(rule.bit), next != value else { return }
            (value, used) = (next, used.union(rule.bit))
        }
        switch value {
        case 0xFF21...0xFF3A, 0xFF41...0xFF5A: turn(.narrowLetters, value - 0xFEE0)
        case 0xFF10...0xFF19: turn(.narrowDigits, value - 0xFEE0)
        case 0xFF01...0xFF5E: turn(.narrowSigns, value - 0xFEE0)
        case 0xFFE5: turn(.narrowSigns, 0xA5)
        case 0x41...0x5A, 0x61...0x7A: turn(.widenLetters, value + 0xFEE0)
        case 0x30...0x39: turn(.widenDigits, value + 0xFEE0)
        case 0x21...0x7E: turn(.widenSigns, value + 0xFEE0)
        case 0x3000: turn(.narrowSpace, 0x20)
        case 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F:
            turn(.narrowSpace, 0x20)
            turn(.widenSpace, 0x3000)
        case 0xFF61...0xFF9F: turn(.widenKana, Voicing.wide(value))
        default: break
        }
        if (0x3041...0x3096).contains(value) || (0x309D...0x309E).contains(value) { turn(.katakana, value + 0x60) }
        if (0x30A1...0x30F6).contains(value) || (0x30FD...0x30FE).contains(value) { turn(.hiragana, value - 0x60) }
        if rules.contains(TextRule.narrowKana.bit), let narrow = Voicing.narrow(value) {
            return (narrow, used.union(TextRule.narrowKana.bit))
        }
        return ([value], used)
    }

    /// 空白 within a line.
    static func isSpace(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// The dashes and long marks that people type for one another.
    static func isDash(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2D, 0x2010...0x2015, 0x2212, 0x2500, 0x30FC, 0xFF0D, 0xFF70: true
        default: false
        }
    }
}
