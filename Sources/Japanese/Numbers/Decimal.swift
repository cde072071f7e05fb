/// Decimal digits as programs write them.
package enum Decimal {
    /// The number of the ASCII digits in these places, at most 18, or nil if anything else stands there or nothing.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ places: Range<Int>) -> Int? {
        guard (1...18).contains(places.count) else { return nil }
        var number = 0
        for place in places {
            guard (48...57).contains(bytes[place]) else { return nil }
            number = number * 10 + Int(bytes[place] - 48)
        }
        return number
    }

    /// Writes a number that is not negative as ASCII digits into these places, with zeros in front.
    package static func write(_ number: Int, into bytes: UnsafeMutableBufferPointer<UInt8>, _ places: Range<Int>) {
        var rest = number
        for place in places.reversed() {
            bytes[place] = UInt8(48 + rest % 10)
            rest /= 10
        }
    }
}
