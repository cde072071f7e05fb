/// メールアドレス. A plain address, `name@example.jp`: no display name, comment, list or line end, so that it can neither add a
/// header nor a recipient.
///
/// The rule is the one of `<input type="email">` in the HTML standard, with a domain of at least two labels and the lengths of
/// RFC 5321. It takes dots where RFC 5322 does not: addresses such as `a..b@docomo.ne.jp` are in use in Japan.
package struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    /// As a person writes it. ASCII, at most 254 characters.
    package let text: String

    package var description: String { text }

    /// Nil for what is not a plain address.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].count),
            parts[0].allSatisfy({ Self.isAlphanumeric($0) || Self.marks.contains($0) })
        else { return nil }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(Self.isLabel) else { return nil }
        self.text = text
    }

    /// As a message and a server have it: a name with dots at its ends, or two together, stands in quotes (RFC 5321, 4.1.2).
    var quoted: String {
        let name = text.prefix { $0 != "@" }
        guard name.hasPrefix(".") || name.hasSuffix(".") || name.contains("..") else { return text }
        return "\"\(name)\"\(text.dropFirst(name.count))"
    }

    /// What follows the `@`.
    var domain: Substring { text.drop { $0 != "@" }.dropFirst() }

    private static let marks = Set(".!#$%&'*+/=?^_`{|}~-".utf8)

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
            && label.first != hyphen && label.last != hyphen
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
