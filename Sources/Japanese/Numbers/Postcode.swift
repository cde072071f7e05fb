/// 郵便番号: seven digits.
package struct Postcode: Sendable, Hashable {
    /// The digits alone: 3290696.
    package let digits: String

    /// Reads 329-0696, 〒３２９－０６９６ or 3290696. Nil if it is not one.
    package init?(_ text: String) {
        var rest = Width.narrow(Spaces.trim(text))[...]
        if rest.hasPrefix("〒") { rest = rest.dropFirst() }
        guard rest.allSatisfy({ $0.isASCII && $0.isNumber || "- ".contains($0) }) else { return nil }
        digits = rest.filter(\.isNumber)
        guard digits.count == 7 else { return nil }
    }

    /// 329-0696.
    package var grouped: String { "\(digits.prefix(3))-\(digits.suffix(4))" }
}
