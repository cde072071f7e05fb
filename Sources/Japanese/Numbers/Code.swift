/// Codes that people read aloud, copy from paper and type on a phone: no characters that look alike, and a last one that
/// finds every single mistake and every exchange of neighbours.
///
/// The check character makes the sum of the values, each weighed by its place from the right, divisible by 23, which is
/// prime: the scheme of ISBN-10 over another alphabet.
package enum Code {
    /// Without 0 O Q, 1 I, 2 Z, 5 S, 8 B, U V.
    package static let alphabet = Array("34679ACDEFGHJKLMNPRTWXY".unicodeScalars)

    /// A code of this many characters, the check character included, from a source of random numbers.
    package static func make(length: Int, using random: inout some RandomNumberGenerator) -> String {
        // Weights stay below 23 in all lengths we use, so each place counts.
        let values = (1..<length).map { _ in Int.random(in: 0..<23, using: &random) }
        return Width.text(of: (values + [check(values)]).map { alphabet[$0] })
    }

    /// The code as it was meant: in any width and case, with spaces and hyphens. Nil if it is not a code of this length
    /// or its check character is wrong.
    package static func read(_ text: String, length: Int) -> String? {
        let scalars = Width.narrow(text).uppercased().unicodeScalars.filter { $0 != "-" && !$0.properties.isWhitespace }
        let values = scalars.compactMap { scalar in alphabet.firstIndex(of: scalar) }
        guard scalars.count == length, values.count == length, check(values.dropLast()) == values.last else {
            return nil
        }
        return Width.text(of: Array(scalars))
    }

    /// In groups of four: KX4T-9M7A.
    package static func grouped(_ code: String) -> String {
        stride(from: 0, to: code.count, by: 4)
            .map { String(code.dropFirst($0).prefix(4)) }.joined(separator: "-")
    }

    private static func check(_ values: some Collection<Int>) -> Int {
        let sum = values.reversed().enumerated().reduce(0) { $0 + ($1.offset + 2) * $1.element }
        return (23 - sum % 23) % 23
    }
}
