/// An address as it is compared: without spaces and selectors, forms of characters folded, numbers as digits; each character
/// with the place in the text it came from.
struct FoldedText {
    private(set) var scalars: [UInt32] = []
    /// For each character the place of the first code point it came from.
    private(set) var origins: [Int] = []
    /// The code points of the text.
    let source: [Unicode.Scalar]

    init(_ text: String) {
        source = Array(text.unicodeScalars)
        var place = 0
        while place < source.count { place = take(place) }
    }

    /// The place in the text at which what follows the first so many folded characters begins.
    func origin(after count: Int) -> Int { count < origins.count ? origins[count] : source.count }

    /// The text from a place on.
    func text(from place: Int) -> String { Width.text(of: Array(source[place...])) }

    private mutating func put(_ scalar: UInt32, _ place: Int) {
        scalars.append(scalar)
        origins.append(place)
    }

    private mutating func take(_ place: Int) -> Int {
        let scalar = source[place]
        if let (number, end) = Self.numeral(source, place) {
            for digit in String(number).utf8 { put(UInt32(digit), place) }
            return end
        }
        switch scalar.value {
        case 0x20, 0x09, 0x3000, 0xA0, 0x2000...0x200B, 0xFE00...0xFE0F, 0xE0100...0xE01EF: break
        case 0x3099, 0x309A:
            if let base = scalars.last, let voiced = Voicing.voiced(base, mark: scalar.value) {
                scalars[scalars.count - 1] = Self.usual(voiced)
            }
        case 0xFF9E, 0xFF9F:
            if let base = scalars.last, let voiced = Voicing.voiced(base, mark: scalar.value) {
                scalars[scalars.count - 1] = Self.usual(voiced)
            }
        case 0xFF01...0xFF5E: put(Self.upper(scalar.value - 0xFEE0), place)
        case 0xFF61...0xFF9D: put(Self.usual(Voicing.wide(scalar.value)), place)
        case 0x2010...0x2015, 0x2212, 0x2500: put(0x2D, place)
        default: put(Self.usual(Self.upper(scalar.value)), place)
        }
        return place + 1
    }

    private static func upper(_ scalar: UInt32) -> UInt32 { (0x61...0x7A).contains(scalar) ? scalar - 0x20 : scalar }

    /// Characters that spellings of one place exchange: ケ ヶ が, ノ の 之, ツ ッ, and forms of one kanji.
    private static func usual(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x30F6, 0x304C, 0x30AC, 0x30F5, 0x30B1: 0x30B1
        case 0x306E, 0x30CE, 0x4E4B, 0x4E43, 0x4E3F: 0x30CE
        case 0x30C3, 0x3063, 0x3064, 0x30C4: 0x30C4
        default: VariantFold.fold(scalar)
        }
    }

    /// A number in kanji as it is: 二十四 is 24. Digits stay digits.
    private static func numeral(_ source: [Unicode.Scalar], _ place: Int) -> (Int, Int)? {
        guard KanjiNumeral.isNumeral(source[place].value) else { return nil }
        return KanjiNumeral.read(from: place, until: source.count) { (source[$0].value, 1) }
    }
}
