/// 文字の調べ. Which characters a text has, by what the standards say of them, counted, with the first places of each that needs a
/// look.
package struct RepertoireReport: Sendable {
    /// A sort of characters.
    package enum Sort: String, Sendable, CaseIterable, Codable {
        case privateUse = "private-use"
        case broken
        case control
        case unassigned
        case compatibility
        case selector
        case outsideJIS = "outside-jis"
        case level4 = "level-4"
        case level3 = "level-3"
        case level2 = "level-2"
        case level1 = "level-1"
        case halfKana = "half-kana"
        case signs
        case ascii

        package var words: String {
            switch self {
            case .privateUse: "外字（私用領域）"
            case .broken: "文字として読めないバイト"
            case .control: "制御文字"
            case .unassigned: "割り当てのない番号"
            case .compatibility: "互換漢字（正規化で別の字になる）"
            case .selector: "異体字セレクター（IVS）"
            case .outsideJIS: "JIS第一〜第四水準の外"
            case .level4: "JIS第四水準"
            case .level3: "JIS第三水準"
            case .level2: "JIS第二水準"
            case .level1: "JIS第一水準"
            case .halfKana: "半角カナ"
            case .signs: "かな・記号など"
            case .ascii: "半角の英数字・記号"
            }
        }

        /// True if each of its characters is listed with its places.
        package var isListed: Bool {
            switch self {
            case .level1, .level2, .halfKana, .signs, .ascii: false
            default: true
            }
        }
    }

    /// Where a character stands.
    package struct Place: Sendable, Hashable {
        /// From 1.
        package let line: Int
        /// The field of the line, from 1.
        package let column: Int
    }

    /// One character.
    package struct Entry: Sendable {
        package let scalar: UInt32
        package let sort: Sort
        package internal(set) var count = 0
        /// The first of its places.
        package internal(set) var places: [Place] = []
        /// True if CP932 (Shift_JIS of Windows) cannot write it.
        package let isOutsideCP932: Bool
    }

    /// So many places of a character are kept.
    package static let placeCount = 10

    package private(set) var counts: [Sort: Int] = [:]
    private var found: [UInt32: Entry] = [:]
    private var ascii = 0

    package init() {}

    /// Looks at a text at a place.
    package mutating func look(at text: Bytes, line: Int, column: Int) {
        var place = 0
        while place < text.count {
            let byte = text[place]
            if byte >= 0x20, byte < 0x7F {
                ascii += 1
                place += 1
                continue
            }
            let (scalar, length) = text.scalar(at: place)
            place += length
            note(scalar, Place(line: line, column: column))
        }
    }

    private mutating func note(_ scalar: UInt32, _ place: Place) {
        let sort = Self.sort(of: scalar)
        counts[sort, default: 0] += 1
        let isOutside = scalar >= 0x80 && !CharacterKind.of(scalar).contains(.cp932)
        guard sort.isListed || isOutside else { return }
        var entry = found[scalar] ?? Entry(scalar: scalar, sort: sort, isOutsideCP932: isOutside)
        entry.count += 1
        if entry.places.count < Self.placeCount, entry.places.last != place { entry.places.append(place) }
        found[scalar] = entry
    }

    /// What sort a character is of.
    package static func sort(of scalar: UInt32) -> Sort {
        if scalar >= 0x8000_0000 { return .broken }
        if scalar < 0x20 || scalar == 0x7F || (0x80...0x9F).contains(scalar) {
            return scalar == 9 || scalar == 10 || scalar == 13 ? .signs : .control
        }
        if scalar < 0x7F { return .ascii }
        if (0xFF61...0xFF9F).contains(scalar) { return .halfKana }
        let kind = CharacterKind.of(scalar)
        if kind.contains(.privateUse) { return .privateUse }
        if kind.contains(.selector) { return .selector }
        if kind.contains(.unassigned) { return .unassigned }
        if kind.contains(.compatibility) { return .compatibility }
        if kind.contains(.level1) { return .level1 }
        if kind.contains(.level2) { return .level2 }
        if kind.contains(.level3) { return .level3 }
        if kind.contains(.level4) { return .level4 }
        return kind.contains(.jisX0213) ? .signs : .outsideJIS
    }

    /// How many characters of a sort there are.
    package func count(of sort: Sort) -> Int { (counts[sort] ?? 0) + (sort == .ascii ? ascii : 0) }

    /// The characters that need a look, by their sort, the frequent ones first.
    package var entries: [Entry] {
        found.values.sorted { left, right in
            let (one, other) = (Self.rank(left.sort), Self.rank(right.sort))
            return (one, -left.count, left.scalar) < (other, -right.count, right.scalar)
        }
    }

    private static func rank(_ sort: Sort) -> Int { Sort.allCases.firstIndex(of: sort) ?? 0 }

    /// The code point as people write it: U+9AD9.
    package static func name(of scalar: UInt32) -> String {
        if scalar >= 0x8000_0000 { return "0x" + hexadecimal(scalar & 0xFF, 2) }
        return "U+" + hexadecimal(scalar, 4)
    }

    private static func hexadecimal(_ number: UInt32, _ length: Int) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }
}
