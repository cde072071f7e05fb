/// Decimal digits as programs write them.
package enum Decimal {
    /// The number of at most 18 ASCII digits, or nil if anything else stands there or nothing.
    package static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...18).contains(digits.count) else { return nil }
        var number = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 48)
        }
        return number
    }
}
