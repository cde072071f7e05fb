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
    /// - Parameters:
    ///   - text: folded, so that every 。 ends a sentence.
    ///   - place: in bytes.
    /// - Returns: with the byte the sentence ends before.
    static func of(_ text: String, at place: Int) -> (modality: Modality, end: Int) {
        let bytes = text.utf8
        let rest = bytes[bytes.index(bytes.startIndex, offsetBy: min(place, bytes.count))...]
        let end = rest.firstRange(of: "。".utf8)?.lowerBound ?? bytes.endIndex
        let sentence = text[..<end]
        let modality = endings.first { $0.1.contains { sentence.hasSuffix($0) } }?.0
        return (
            modality ?? (end == bytes.endIndex ? .nominal : .plain), bytes.distance(from: bytes.startIndex, to: end)
        )
    }
}
