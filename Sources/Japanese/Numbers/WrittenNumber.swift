/// Reads a whole number in the ways people write it.
package enum WrittenNumber {
    /// Reads 1200, １，２００, ¥1,200, 3人, 二十五, 1万2千. Nil for everything else, and beyond fifteen digits.
    /// - Parameter units: words that may stand after it.
    package static func read(_ text: String, units: [String] = []) -> Int? {
        var rest = Width.narrow(text).filter { !"¥￥\\, 　".contains($0) }
        for unit in (units + usual).sorted(by: { $0.count > $1.count }) where rest.hasSuffix(unit) && rest != unit {
            rest.removeLast(unit.count)
            break
        }
        guard !rest.isEmpty, rest.count <= 20 else { return nil }
        let isNegative = rest.hasPrefix("-")
        if isNegative { rest.removeFirst() }
        return number(rest).map { isNegative ? -$0 : $0 }
    }

    /// True for a digit or a numeral in kanji.
    package static func isNumeral(_ character: Character) -> Bool {
        character.wholeNumberValue != nil || digits[character] != nil || small[character] != nil
    }

    private static let usual = ["円", "人", "名", "個", "頭", "匹", "件", "通", "枚", "回", "時間", "歳", "才", "日", "か月", "つ"]
    private static let digits: [Character: Int] = [
        "〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let small: [Character: Int] = ["十": 10, "百": 100, "千": 1000]

    /// Digits with 千 and 万 between them, or kanji numerals.
    private static func number(_ text: String) -> Int? {
        if text.utf8.count <= 15, let number = Int(text), text.utf8.allSatisfy({ (48...57).contains($0) }) {
            return number
        }
        let parts = text.split(separator: "万", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let high = below10000(parts[0], isEmptyZero: false) else { return nil }
        guard parts.count == 2 else { return high }
        return below10000(parts[1], isEmptyZero: true).map { high * 10_000 + $0 }
    }

    private static func below10000(_ text: Substring, isEmptyZero: Bool) -> Int? {
        if text.isEmpty { return isEmptyZero ? 0 : nil }
        var (sum, current): (Int, Int?) = (0, nil)
        for character in text {
            if let place = small[character] {
                sum += (current ?? 1) * place
                current = nil
            } else if let digit = digits[character] ?? character.wholeNumberValue {
                guard (current ?? 0) < 1000 else { return nil }
                current = (current ?? 0) * 10 + digit
            } else {
                return nil
            }
        }
        return sum + (current ?? 0)
    }
}
