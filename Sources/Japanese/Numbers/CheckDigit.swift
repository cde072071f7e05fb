/// 検査数字.
package enum CheckDigit {
    /// What stands as check digit of a number of modulus 11 at remainder 1, where the digit would be 10. 住民記録システム標準仕様書
    /// 1.1.13 does not say; ask the vendor.
    package enum RemainderOne: String, Sendable, CaseIterable, Codable {
        /// 0 stands there.
        case zero
        /// Such a number is not given out.
        case unused
    }

    /// 宛名番号, 世帯番号: modulus 11, weights 2 to 7 from the right, remainder 0 gives 0 (住民記録システム標準仕様書 第1.0版 1.1.13).
    ///
    /// The rule holds for numbers newly given out; an older one may have another digit.
    /// - Parameter digits: the number with its check digit at the end, ASCII digits, at least two.
    package static func isModulus11(_ digits: Bytes, remainderOne: RemainderOne) -> Bool {
        guard digits.count >= 2, digits.allSatisfy({ $0 &- 48 < 10 }), let last = digits.last else { return false }
        var (sum, weight) = (0, 2)
        for place in stride(from: digits.count - 2, through: 0, by: -1) {
            sum += Int(digits[place] - 48) * weight
            weight = weight == 7 ? 2 : weight + 1
        }
        let check = Int(last - 48)
        return switch sum % 11 {
        case 0: check == 0
        case 1: remainderOne == .zero && check == 0
        case let remainder: check == 11 - remainder
        }
    }

    /// 全国地方公共団体コード: six digits, the weights 6 5 4 3 2, the check digit (11 − sum mod 11) mod 10. Source: 総務省
    /// 「全国地方公共団体コード仕様」.
    package static func isLocalGovernmentCode(_ digits: Bytes) -> Bool {
        guard digits.count == 6, digits.allSatisfy({ $0 &- 48 < 10 }) else { return false }
        let sum = (0..<5).reduce(0) { $0 + Int(digits[$1] - 48) * (6 - $1) }
        return Int(digits[5] - 48) == (11 - sum % 11) % 10
    }

    /// 法人番号: thirteen digits, the first is the check digit: 9 − (sum mod 9), weights 1 and 2 in turn from the right. Source:
    /// 法人番号の指定等に関する省令 (平成26年財務省令第70号) 第2条.
    package static func isCorporateNumber(_ digits: Bytes) -> Bool {
        guard digits.count == 13, digits.allSatisfy({ $0 &- 48 < 10 }) else { return false }
        let sum = (1...12).reduce(0) { $0 + Int(digits[13 - $1] - 48) * ($1 % 2 == 1 ? 1 : 2) }
        return Int(digits[0] - 48) == 9 - sum % 9
    }

    /// ISBN of thirteen or ten digits without hyphens, 10 as X (ISO 2108; the tenth of the older form by modulus 11).
    package static func isISBN(_ digits: Bytes) -> Bool {
        switch digits.count {
        case 13:
            guard digits.allSatisfy({ $0 &- 48 < 10 }),
                digits.starts(with: "978".utf8) || digits.starts(with: "979".utf8)
            else { return false }
            return (0..<13).reduce(0) { $0 + Int(digits[$1] - 48) * ($1 % 2 == 0 ? 1 : 3) } % 10 == 0
        case 10:
            guard digits[..<9].allSatisfy({ $0 &- 48 < 10 }) else { return false }
            let last = digits[9] == UInt8(ascii: "X") ? 10 : Int(digits[9]) - 48
            guard (0...10).contains(last) else { return false }
            return ((0..<9).reduce(0) { $0 + Int(digits[$1] - 48) * (10 - $1) } + last) % 11 == 0
        default: return false
        }
    }

    /// True if these are the twelve digits of a 個人番号 with the right check digit. Used only to find and refuse them; see
    /// ``IndividualNumber``.
    package static func isIndividualNumber(_ digits: Bytes) -> Bool {
        guard digits.count == 12, digits.allSatisfy({ $0 &- 48 < 10 }) else { return false }
        // The digits before the last, counted from the right, weigh 2 to 7 and then 2 to 6.
        let sum = (1...11).reduce(0) { $0 + Int(digits[11 - $1] - 48) * ($1 <= 6 ? $1 + 1 : $1 - 5) }
        let remainder = sum % 11
        return Int(digits[11] - 48) == (remainder <= 1 ? 0 : 11 - remainder)
    }
}
