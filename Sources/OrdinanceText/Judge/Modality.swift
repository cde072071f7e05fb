/// 規定の様相. What a sentence does to whom it speaks of, told by how it ends.
package enum Modality: String, Sendable, Codable {
    /// しなければならない, ものとする.
    case duty
    /// してはならない.
    case prohibition
    /// することができる.
    case power
    /// 努めるものとする.
    case effort
    /// をいう, とする, による: it says what something is.
    case definition
    /// 行う, 掲示する: the organ says what it does.
    case plain
    /// すること: an item that is to be done, of a list that is not one of things forbidden.
    case task
    /// No sentence: an item that ends with a noun.
    case nominal

    private static let endings: [(Modality, [String])] = [
        (.effort, ["努めなければならない", "努めるものとする", "努める", "努力義務を負う"]),
        (.prohibition, ["てはならない", "ではならない", "ことができない", "ないものとする", "しないこと", "ことはできない"]),
        (.duty, ["なければならない", "ものとする", "こととする", "を要する", "ねばならない", "ことを要する", "するものである"]),
        (.power, ["ことができる", "ことを妨げない"]),
        (.definition, ["をいう", "に該当する", "のとおりとする", "による", "によるものである", "とする", "である", "に準ずる"]),
        (.nominal, ["に関すること", "であること", "がないこと", "もの", "とき", "場合", "者"]), (.task, ["こと"]),
    ]

    /// Of the sentence a place of a text is in.
    /// - Parameter place: in bytes.
    static func of(_ text: String, at place: Int) -> Modality {
        let bytes = text.utf8
        let start = bytes.index(bytes.startIndex, offsetBy: min(place, bytes.count))
        var (depth, end) = (0, text.endIndex)
        for index in text[start...].indices {
            switch text[index] {
            case "（", "(", "「": depth += 1
            case "）", ")", "」": depth = max(0, depth - 1)
            case "。" where depth == 0: end = index
            default: continue
            }
            if end != text.endIndex { break }
        }
        let sentence = text[..<end]
        for (modality, endings) in endings where endings.contains(where: { sentence.hasSuffix($0) }) {
            return modality
        }
        return end == text.endIndex ? .nominal : .plain
    }
}
