/// Finds words of an amendment in a text that is kept in another width: official papers write ２７万円 where the system keeps 27万円.
enum WidthMatch {
    /// Digits, Latin letters, brackets and commas in one width; every character stays one character.
    static func fold(_ text: String) -> [Character] { text.map(fold) }

    private static func fold(_ character: Character) -> Character {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return character }
        switch scalar.value {
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map(Character.init) ?? character
        case 0x3000: return " "
        default: return character
        }
    }

    /// Where the words stand, in characters of the text.
    static func places(of words: String, in text: String) -> [Range<Int>] {
        let (needle, haystack) = (fold(words), fold(text))
        guard !needle.isEmpty, haystack.count >= needle.count else { return [] }
        var (found, index) = ([Range<Int>](), 0)
        while index + needle.count <= haystack.count {
            if haystack[index] == needle[0], haystack[index..<(index + needle.count)].elementsEqual(needle) {
                found.append(index..<(index + needle.count))
                index += needle.count
            } else {
                index += 1
            }
        }
        return found
    }
}

/// 全角・半角. In which width an ordinance is kept: official papers are in full width, many collections are not.
struct TextWidth {
    private let isHalf, hasHalfBrackets: Bool

    /// Told by what there is more of.
    init(_ ordinance: Ordinance) {
        var (full, half, brackets) = (0, 0, 0)
        func count(_ text: String) {
            for scalar in text.unicodeScalars {
                switch scalar.value {
                case 0x30...0x39: half += 1
                case 0xFF10...0xFF19: full += 1
                case 0x28: brackets += 1
                case 0xFF08: brackets -= 1
                default: break
                }
            }
        }
        ordinance.forEach { node, _ in count(node.text) }
        // A short one may have no number but those of its articles.
        if full + half == 0 { ordinance.forEach { node, _ in count(node.label) } }
        (isHalf, hasHalfBrackets) = (half > full, brackets > 0)
    }

    /// Words of a paper in that width.
    func fit(_ words: String) -> String {
        guard isHalf else { return words }
        return String(
            String.UnicodeScalarView(
                words.unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF0C:
                        Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
                    case 0xFF08...0xFF09 where hasHalfBrackets: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
                    default: scalar
                    }
                }))
    }
}
