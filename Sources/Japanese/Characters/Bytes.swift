/// Text as UTF-8, not copied.
@usableFromInline
package typealias Bytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer<UInt8> {
    /// The code point that begins at a place, and how many bytes it takes. What is not UTF-8 is one byte long and has a value
    /// beyond all code points.
    @inlinable @inline(__always)
    package func scalar(at place: Int) -> (value: UInt32, length: Int) {
        let first = self[place]
        if first < 0x80 { return (UInt32(first), 1) }
        if first & 0xF0 == 0xE0, place + 2 < count {
            return (
                UInt32(first & 0x0F) << 12 | UInt32(self[place + 1] & 0x3F) << 6 | UInt32(self[place + 2] & 0x3F), 3
            )
        }
        if first & 0xE0 == 0xC0, place + 1 < count {
            return (UInt32(first & 0x1F) << 6 | UInt32(self[place + 1] & 0x3F), 2)
        }
        if first & 0xF8 == 0xF0, place + 3 < count {
            let high = UInt32(first & 0x07) << 18 | UInt32(self[place + 1] & 0x3F) << 12
            return (high | UInt32(self[place + 2] & 0x3F) << 6 | UInt32(self[place + 3] & 0x3F), 4)
        }
        return (0x8000_0000 | UInt32(first), 1)
    }

    /// The same bytes from one place to before another one.
    @inlinable @inline(__always)
    package func part(_ range: Range<Int>) -> Bytes { Bytes(rebasing: self[range]) }

    /// The text they are; what is not UTF-8 becomes U+FFFD.
    package var string: String { String(decoding: self, as: UTF8.self) }
}

extension String {
    /// Works on the UTF-8 of the text.
    package func withBytes<Result>(_ work: (Bytes) throws -> Result) rethrows -> Result {
        var text = self
        return try text.withUTF8(work)
    }
}
