import Japanese

/// Words as the finder compares them: width, case, kind and size of kana, long sounds, accents and signs are ignored, so
/// that じゅうみんひよう and ｼﾞｭｳﾐﾝﾋｮｳ are the same.
struct FoldedWords: Sendable, Equatable {
    let scalars: [UInt32]
    /// The words as they can be shown, and which of their characters each folded one comes from.
    private let shown: [Unicode.Scalar]
    private let origin: [Int]
    /// One bit for each kind of character: tells quickly that words cannot be in others.
    private let mask: UInt64

    init(_ text: String) {
        let shown = Array(Width.widenKana(Width.narrow(text)).unicodeScalars)
        var (scalars, origin, mask): ([UInt32], [Int], UInt64) = ([], [], 0)
        for (index, scalar) in shown.enumerated() {
            guard let folded = Self.fold(scalar) else { continue }
            scalars.append(folded)
            origin.append(index)
            mask |= 1 << UInt64((folded &* 0x9E37_79B1) >> 26)
        }
        (self.scalars, self.shown, self.origin, self.mask) = (scalars, shown, origin, mask)
    }

    /// The words between spaces and signs, each by itself.
    static func words(in text: String) -> [FoldedWords] {
        text.unicodeScalars.split { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }
            .map { FoldedWords(String(String.UnicodeScalarView($0))) }.filter { !$0.scalars.isEmpty }
    }

    var count: Int { scalars.count }

    /// True for words in Latin letters: they are looked for at the beginning of a word.
    var isLatin: Bool { scalars.allSatisfy { $0 < 0x250 } }

    /// True if the other words can be in these but for so many characters.
    func canHold(_ other: FoldedWords, but misses: Int) -> Bool {
        (other.mask & ~mask).nonzeroBitCount <= misses && other.count - misses <= count
    }

    /// Where the other words begin in these, or nil.
    func place(of other: FoldedWords) -> Int? {
        guard canHold(other, but: 0), let first = other.scalars.first else { return nil }
        return scalars.indices.dropLast(other.count - 1).first { start in
            scalars[start] == first && scalars[start..<(start + other.count)].elementsEqual(other.scalars)
        }
    }

    /// These words from one place to another, as they can be shown.
    func shown(_ range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        return String(String.UnicodeScalarView(shown[origin[range.lowerBound]...origin[range.upperBound - 1]]))
    }

    /// One character folded, or nil where it does not count.
    private static func fold(_ scalar: Unicode.Scalar) -> UInt32? {
        if scalar.value == 0x30FC { return nil }
        guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return nil }
        switch scalar.value {
        case 0x30A1...0x30F6: return large(scalar.value - 0x60)
        case 0x3041...0x3096: return large(scalar.value)
        case 0xC0...0x17F: return base(scalar)
        default: return (scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar).value
        }
    }

    /// っ, ゃ and their like as つ, や.
    private static func large(_ kana: UInt32) -> UInt32 {
        switch kana {
        case 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E: kana + 1
        case 0x3095: 0x304B
        case 0x3096: 0x3051
        default: kana
        }
    }

    private static func base(_ letter: Unicode.Scalar) -> UInt32 {
        switch letter.properties.lowercaseMapping.unicodeScalars.first?.value ?? 0 {
        case 0xE0...0xE5: 0x61
        case 0xE7: 0x63
        case 0xE8...0xEB: 0x65
        case 0xEC...0xEF: 0x69
        case 0xF1: 0x6E
        case 0xF2...0xF6: 0x6F
        case 0xF9...0xFC: 0x75
        case let other: other
        }
    }
}

extension FoldedWords {
    /// Where these words hold something like the other ones, with the fewest characters wrong, missing or too many; nil
    /// where more than so many are.
    func nearest(to other: FoldedWords, within limit: Int) -> (edits: Int, range: Range<Int>)? {
        guard limit > 0, canHold(other, but: limit) else { return nil }
        // Column by column: the edits up to each character of the other words, and where that way began.
        var edits = Array(0...other.count)
        var starts = Array(repeating: 0, count: other.count + 1)
        var best: (edits: Int, range: Range<Int>)?
        for (column, scalar) in scalars.enumerated() {
            var (diagonal, from) = (edits[0], starts[0])
            (edits[0], starts[0]) = (0, column + 1)
            from = column
            for row in 1...other.count {
                let (above, left) = (edits[row - 1] + 1, edits[row] + 1)
                let replaced = diagonal + (other.scalars[row - 1] == scalar ? 0 : 1)
                let (next, nextFrom) = (edits[row], starts[row])
                if replaced <= above, replaced <= left {
                    (edits[row], starts[row]) = (replaced, from)
                } else if above <= left {
                    (edits[row], starts[row]) = (above, starts[row - 1])
                } else {
                    edits[row] = left
                }
                (diagonal, from) = (next, nextFrom)
            }
            let (found, start) = (edits[other.count], starts[other.count])
            guard found <= limit, start <= column else { continue }
            // Of two as near, the one that is about as long as what was written.
            let range = start..<(column + 1)
            let (off, before) = (abs(range.count - other.count), abs((best?.range.count ?? 0) - other.count))
            if found < best?.edits ?? .max || found == best?.edits && off < before { best = (found, range) }
        }
        return best
    }

    /// How much of the beginning of these words is in the other ones: two for each kanji, one for every other character.
    func beginning(in other: FoldedWords) -> Int {
        var best = 0
        for start in other.scalars.indices where other.scalars[start] == scalars.first {
            let same = zip(scalars, other.scalars[start...]).prefix { $0 == $1 }
            best = max(best, same.reduce(0) { $0 + ($1.0 >= 0x3400 ? 2 : 1) })
        }
        return best
    }
}
