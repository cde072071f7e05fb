/// 漢数字, by code points.
package enum KanjiNumeral {
    /// The value of a digit, or the power of a place (十 10, 百 100, 千 1000).
    private static func value(_ scalar: UInt32) -> (digit: Int?, place: Int?)? {
        switch scalar {
        case 0x3007, 0x96F6: (0, nil)  // 〇 零
        case 0x4E00, 0x58F1: (1, nil)  // 一 壱
        case 0x4E8C, 0x5F10: (2, nil)  // 二 弐
        case 0x4E09, 0x53C2: (3, nil)  // 三 参
        case 0x56DB: (4, nil)
        case 0x4E94: (5, nil)
        case 0x516D: (6, nil)
        case 0x4E03: (7, nil)
        case 0x516B: (8, nil)
        case 0x4E5D: (9, nil)
        case 0x5341: (nil, 10)
        case 0x5EFF: (20, nil)  // 廿
        case 0x5345: (30, nil)  // 卅
        case 0x767E: (nil, 100)
        case 0x5343: (nil, 1000)
        default: nil
        }
    }

    /// True for 〇 to 九, 十, 百, 千 and the forms of documents (壱, 弐, 参, 廿, 卅).
    static func isNumeral(_ scalar: UInt32) -> Bool { value(scalar) != nil }

    /// The number that stands at a place, and where it ends: 二十三, 二三 or 百二. Nil beyond six digits.
    static func read(_ bytes: Bytes, from place: Int) -> (number: Int, end: Int)? {
        read(from: place, until: bytes.count) { bytes.scalar(at: $0) }
    }

    /// The number that a text begins with, and how many characters it has; nil without one.
    package static func leading(_ text: some StringProtocol) -> (number: Int, count: Int)? {
        let scalars = Array(text.prefix(8).unicodeScalars)
        guard let (number, end) = read(from: 0, until: scalars.count, { (scalars[$0].value, 1) }) else { return nil }
        return (number, end)
    }

    /// The same of characters anywhere: what stands at a place, and how long it is.
    @inline(__always)
    static func read(
        from place: Int, until limit: Int, _ scalarAt: (Int) -> (value: UInt32, length: Int)
    ) -> (number: Int, end: Int)? {
        var (sum, current, count, end) = (0, nil as Int?, 0, place)
        while end < limit {
            let (scalar, length) = scalarAt(end)
            guard let (digit, power) = value(scalar) else { break }
            if let power {
                sum += (current ?? 1) * power
                current = nil
            } else if let digit {
                if digit >= 10 { sum += digit } else { current = (current ?? 0) * 10 + digit }
            }
            count += 1
            guard count <= 6 else { return nil }
            end += length
        }
        return count == 0 ? nil : (sum + (current ?? 0), end)
    }

    /// 1 to 9999 as 一 to 九千九百九十九; digits beyond.
    package static func write(_ number: Int) -> String {
        guard (1...9999).contains(number) else { return String(number) }
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        var (words, rest) = ("", number)
        for (place, name) in [(1000, "千"), (100, "百"), (10, "十")] {
            let count = rest / place
            if count > 0 { words += (count == 1 ? "" : digits[count]) + name }
            rest %= place
        }
        return words + digits[rest]
    }

    /// True if what addresses and dates count stands at a place: 丁目, 番, 号, 年 …, or a dash or の before another number.
    static func isCounter(_ bytes: Bytes, at place: Int) -> Bool {
        guard place < bytes.count else { return false }
        switch bytes.scalar(at: place).value {
        // 丁 番 号 年 月 日 条 線 階 室
        case 0x4E01, 0x756A, 0x53F7, 0x5E74, 0x6708, 0x65E5, 0x6761, 0x7DDA, 0x968E, 0x5BA4: return true
        default: return false
        }
    }
}
