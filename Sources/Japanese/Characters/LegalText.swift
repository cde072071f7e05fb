#if canImport(Glibc)
    import Glibc
#endif

/// 氏名などの文字. Text whose characters have legal meaning: it is the same only if every code point is the same.
///
/// `String` compares by canonical equivalence (Unicode Standard, 3.12): 神 (U+FA19, a 人名用漢字 of its own) and 神 (U+795E)
/// are one key of a dictionary, and one of the two is lost. Here they are two. Nothing is composed, folded or trimmed, and
/// variation selectors (IVS) stay where they stand.
package struct LegalText: Sendable, Hashable, Comparable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text as it was given.
    package let text: String

    package init(_ text: String) { self.text = text }

    package init(stringLiteral text: String) { self.text = text }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package var description: String { text }

    /// How many code points it has. A character with a variation selector counts two.
    package var count: Int { text.unicodeScalars.count }

    package static func == (left: LegalText, right: LegalText) -> Bool {
        left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(UInt8(0xFF))
    }

    /// In the order of code points, which is that of the UTF-8 bytes.
    package static func < (left: LegalText, right: LegalText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension String {
    /// True if both texts have the same code points; see ``LegalText``.
    package func isExactly(_ other: String) -> Bool { LegalText(self) == LegalText(other) }
}
