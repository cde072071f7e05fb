import Japanese

/// What one item asks of its values, ready to be asked of millions.
final class ColumnCheck: Sendable {
    let item: Item
    /// Its place among the columns of the file.
    let column: Int
    /// Its place among the items of the schema.
    let index: Int
    private let codes: Codes?
    // What of the item is asked for every value.
    private let type: Item.Kind
    private let isRequired: Bool
    private let digits: Int?
    private let countsCharacters: Bool
    private let repertoire: Repertoire?
    /// The column that decides whether it is required, and the values with which it is.
    private let when: (column: Int, values: Codes)?
    private let remainderOne: CheckDigit.RemainderOne

    init(
        _ item: Item, index: Int, column: Int, schema: TableSchema, columns: [String: Int],
        remainderOne: CheckDigit.RemainderOne
    ) {
        (self.item, self.index, self.column, self.remainderOne) = (item, index, column, remainderOne)
        (type, isRequired, digits, repertoire) = (item.type, item.required, item.digits, item.repertoire)
        countsCharacters = item.type == .text || item.type == .kana
        codes = item.code.flatMap { schema.codes[$0] }.map { Codes($0.values.keys) }
        when = item.when.flatMap { when in columns[when.item].map { ($0, Codes(when.in)) } }
    }

    /// Some short texts, looked for by their bytes.
    final class Codes: Sendable {
        /// Texts of up to eight bytes as numbers, the others as they are.
        private let short: [UInt64]
        private let long: Set<[UInt8]>

        init(_ texts: some Sequence<String>) {
            let all = texts.map { Array($0.utf8) }
            short = all.filter { $0.count <= 8 }.map { Self.packed($0) }
            long = Set(all.filter { $0.count > 8 })
        }

        @inline(__always)
        func contains(_ text: Bytes) -> Bool {
            if text.count <= 8 {
                let packed = Self.packed(text)
                return short.contains(packed)
            }
            return long.contains(Array(text))
        }

        @inline(__always)
        private static func packed(_ text: some Collection<UInt8>) -> UInt64 {
            var number = UInt64(text.count) << 60
            for (place, byte) in text.enumerated() { number ^= UInt64(byte) << UInt64(place * 8) }
            return number
        }
    }

    /// What is wrong with a value.
    @inline(__always)
    func check(_ value: Bytes, _ record: borrowing RecordReader) -> RuleSet {
        if value.count == 0 {
            guard isRequired else { return [] }
            if let when, !when.values.contains(record[when.column]) { return [] }
            return .init(.required)
        }
        var found = checkType(value)
        if let codes, !codes.contains(value) { found.insert(.init(.code)) }
        if let digits, value.count > digits || item.fixed {
            let count = countsCharacters ? Self.characters(value) : value.count
            if count > digits || item.fixed && count < digits { found.insert(.init(.length)) }
        }
        if let check = item.check, !passes(value, check) { found.insert(.init(.checkDigit)) }
        return found
    }

    /// True if a rule is only a notice here.
    func isNotice(_ rule: FindingRule) -> Bool { rule.weight == .notice || rule == .checkDigit && item.old }

    @inline(__always)
    private func checkType(_ value: Bytes) -> RuleSet {
        let isGood: Bool
        switch type {
        case .text: return checkText(value)
        case .date: return checkDate(value)
        case .kana: return Self.isKana(value) ? [] : .init(.kana)
        case .digits: isGood = value.allSatisfy { $0 &- 48 < 10 }
        case .ascii: isGood = value.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        case .integer: isGood = Self.isInteger(value)
        case .decimal: isGood = Self.isDecimal(value)
        case .postcode: isGood = value.count == 7 && value.allSatisfy { $0 &- 48 < 10 }
        case .phone: isGood = value.allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: "-") }
        }
        return isGood ? [] : .init(.type)
    }

    private func checkDate(_ value: Bytes) -> RuleSet {
        let rule = item.date ?? .iso
        if rule == .iso, value.count == 10, Day(iso: value) != nil { return [] }
        if rule == .compact, value.count == 8, Self.compactDay(value) != nil { return [] }
        do throws(WrittenDate.Problem) {
            switch try WrittenDate.read(value) {
            case .exact: return rule == .iso || rule == .compact ? .init(.dateForm) : []
            case .partial, .fiscalYear, .approximate, .unknown, .noSuchDay, .oldCalendar:
                return rule == .register ? [] : .init(.uncertainDate)
            }
        } catch {
            return .init(.date)
        }
    }

    private static func compactDay(_ value: Bytes) -> Day? {
        guard let number = Decimal.read(value, 0..<8) else { return nil }
        return Day(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    private func checkText(_ value: Bytes) -> RuleSet {
        var (place, digits, found) = (0, 0, RuleSet())
        while place < value.count {
            let byte = value[place]
            if byte < 0x80 {
                if byte < 0x20 || byte == 0x7F { found.insert(.init(.control)) }
                if byte &- 48 < 10 { digits += 1 }
                place += 1
                continue
            }
            let (scalar, length) = value.scalar(at: place)
            place += length
            if (0xFF10...0xFF19).contains(scalar) { digits += 1 }
            if (0xE000...0xF8FF).contains(scalar) || scalar >= 0xF0000 {
                found.insert(.init(.privateUse))
            } else if let repertoire, !repertoire.contains(scalar) {
                found.insert(.init(.repertoire))
            }
        }
        if digits >= 12, item.check == nil, IndividualNumber.isFound(in: value.string) {
            found.insert(.init(.individualNumber))
        }
        switch value[0] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): found.insert(.init(.formula))
        default: break
        }
        return found
    }

    @inline(__always)
    private func passes(_ value: Bytes, _ check: Item.Check) -> Bool {
        switch check {
        case .localGovernment: CheckDigit.isLocalGovernmentCode(value)
        case .corporate: CheckDigit.isCorporateNumber(value)
        case .addressee: CheckDigit.isModulus11(value, remainderOne: remainderOne)
        case .individual: CheckDigit.isIndividualNumber(value)
        case .isbn: CheckDigit.isISBN(value)
        }
    }

    private static func characters(_ value: Bytes) -> Int {
        var count = 0
        for byte in value { count &+= byte & 0xC0 != 0x80 ? 1 : 0 }
        return count
    }

    private static func isInteger(_ value: Bytes) -> Bool {
        let digits = value[0] == UInt8(ascii: "-") ? value.part(1..<value.count) : value
        return digits.count > 0 && digits.allSatisfy { $0 &- 48 < 10 }
    }

    private static func isDecimal(_ value: Bytes) -> Bool {
        guard let point = value.firstIndex(of: UInt8(ascii: ".")) else { return isInteger(value) }
        let fraction = value.part(point + 1..<value.count)
        return point > 0 && isInteger(value.part(0..<point)) && fraction.count > 0
            && fraction.allSatisfy { $0 &- 48 < 10 }
    }

    /// ァ to ヺ, ー, ヽ, ヾ, ・ and the full-width space.
    @inline(__always)
    private static func isKana(_ value: Bytes) -> Bool {
        var place = 0
        while place < value.count {
            guard place + 2 < value.count, value[place] == 0xE3 else { return false }
            let (scalar, _) = value.scalar(at: place)
            guard (0x30A1...0x30FE).contains(scalar) || scalar == 0x3000 else { return false }
            place += 3
        }
        return true
    }
}

/// Some rules.
struct RuleSet: OptionSet {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    @inline(__always)
    init(_ rule: FindingRule) { rawValue = 1 << UInt32(rule.rawValue) }

    /// Takes the first rule out.
    mutating func popFirst() -> FindingRule? {
        guard rawValue != 0 else { return nil }
        let first = rawValue.trailingZeroBitCount
        self = RuleSet(rawValue: rawValue & (rawValue - 1))
        return FindingRule(rawValue: UInt8(first))
    }
}
