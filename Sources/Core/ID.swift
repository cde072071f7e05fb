package import Database
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The identity of a thing: a UUID of version 7 (RFC 9562), so that ids sort by the time they were made.
package struct ID<Subject>: Sendable, Hashable, CustomStringConvertible {
    /// 36 characters, lower case.
    package let text: String

    /// A new one.
    package init() { text = UUIDv7.next() }

    /// One that was written down. Nil if it is not a UUID in lower case.
    package init?(_ text: String) {
        guard UUIDv7.isWritten(text) else { return nil }
        self.text = text
    }

    package var description: String { text }
}

extension ID: Storable {
    package var stored: Value { .text(text) }
    package init?(stored: Value) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}

private enum UUIDv7 {
    /// The last time stamp given out: two ids of one millisecond still sort in the order they were made.
    private static let last = Mutex<UInt64>(0)

    /// True for 32 hexadecimal digits in lower case with a hyphen in the four places.
    static func isWritten(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == 36 else { return false }
            return bytes.indices.allSatisfy { place in
                switch place {
                case 8, 13, 18, 23: bytes[place] == UInt8(ascii: "-")
                default: (48...57).contains(bytes[place]) || (97...102).contains(bytes[place])
                }
            }
        }
    }

    static func next() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        // 48 bits of milliseconds and 12 bits of the fraction of one, as section 6.2, method 3 allows.
        let fraction = UInt64(time.tv_nsec % 1_000_000) * 4096 / 1_000_000
        let now = (UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec / 1_000_000)) << 12 | fraction
        let stamp = last.withLock { last in
            last = max(now, last + 1)
            return last
        }
        let high = (stamp >> 12) << 16 | 0x7000 | (stamp & 0xFFF)
        let low = UInt64.random(in: .min ... .max) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for index in 0..<32 {
            if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
            let word = index < 16 ? high : low
            text.append(digits[Int(word >> UInt64(60 - index % 16 * 4) & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
