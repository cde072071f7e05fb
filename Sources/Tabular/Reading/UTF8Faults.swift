import Japanese

/// Bytes that are no UTF-8.
enum UTF8Faults {
    /// The ranges that are no UTF-8, in their order: cut-off sequences, bytes out of place, over-long forms, surrogates (Unicode
    /// Standard, table 3-7).
    static func find(in bytes: Bytes) -> [Range<Int>] {
        var (place, faults) = (0, [Range<Int>]())
        while place < bytes.count {
            // Eight bytes of ASCII at a time.
            while place + 8 <= bytes.count, isASCII(bytes, place) { place += 8 }
            // Kana and kanji, three bytes each, nearly all of which need no closer look.
            while place + 4 <= bytes.count, isPlainTriple(bytes, place) { place += 3 }
            guard place < bytes.count else { break }
            let length = length(bytes, place)
            if length > 0 {
                place += length
            } else {
                if let last = faults.last, last.upperBound == place {
                    faults[faults.count - 1] = last.lowerBound..<place + 1
                } else {
                    faults.append(place..<place + 1)
                }
                place += 1
            }
        }
        return faults
    }

    @inline(__always)
    private static func isASCII(_ bytes: Bytes, _ place: Int) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
        return word & 0x8080_8080_8080_8080 == 0
    }

    /// True for a whole character of three bytes whose first is neither 0xE0 nor 0xED, after which not every second byte may
    /// stand.
    @inline(__always)
    private static func isPlainTriple(_ bytes: Bytes, _ place: Int) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt32.self).littleEndian
        return word & 0x00C0_C0F0 == 0x0080_80E0 && word & 0xFF != 0xE0 && word & 0xFF != 0xED
    }

    /// How long the character at a place is; 0 if there is none.
    @inline(__always)
    private static func length(_ bytes: Bytes, _ place: Int) -> Int {
        let first = bytes[place]
        if first < 0x80 { return 1 }
        if first & 0xF0 == 0xE0 {
            guard place + 2 < bytes.count else { return 0 }
            let (second, third) = (bytes[place + 1], bytes[place + 2])
            guard second & 0xC0 == 0x80, third & 0xC0 == 0x80 else { return 0 }
            if first == 0xE0, second < 0xA0 { return 0 }
            if first == 0xED, second >= 0xA0 { return 0 }
            return 3
        }
        if first >= 0xC2, first < 0xE0 {
            return place + 1 < bytes.count && bytes[place + 1] & 0xC0 == 0x80 ? 2 : 0
        }
        guard first >= 0xF0, first <= 0xF4, place + 3 < bytes.count else { return 0 }
        let second = bytes[place + 1]
        guard second & 0xC0 == 0x80, bytes[place + 2] & 0xC0 == 0x80, bytes[place + 3] & 0xC0 == 0x80 else { return 0 }
        return first == 0xF0 && second < 0x90 || first == 0xF4 && second >= 0x90 ? 0 : 4
    }
}
