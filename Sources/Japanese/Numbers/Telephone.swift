/// 電話番号: ten or eleven digits beginning with 0 (電気通信番号規則).
package struct Telephone: Sendable, Hashable {
    /// The digits alone: 0285569188.
    package let digits: String

    /// Reads a number in any width, with hyphens, spaces, brackets or +81. Nil if it is not one.
    package init?(_ text: String) {
        var rest = Width.narrow(Spaces.trim(text))[...]
        if rest.hasPrefix("+81") { rest = "0" + rest.dropFirst(3).drop { $0 == "-" || $0 == " " || $0 == "0" } }
        guard rest.allSatisfy({ $0.isASCII && $0.isNumber || "-() ".contains($0) }) else { return nil }
        digits = rest.filter(\.isNumber)
        guard (10...11).contains(digits.count), digits.hasPrefix("0"), !digits.hasPrefix("00") else { return nil }
        if digits.count == 11, !["050", "060", "070", "080", "090", "020"].contains(String(digits.prefix(3))) {
            return nil
        }
    }

    /// 090-1234-5678 for eleven digits; ten digits are left together, as where they divide depends on the place.
    package var grouped: String {
        guard digits.count == 11 else { return digits }
        return "\(digits.prefix(3))-\(digits.dropFirst(3).prefix(4))-\(digits.suffix(4))"
    }
}
