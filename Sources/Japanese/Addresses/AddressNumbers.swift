/// 丁目・番地・号 and what stands after them.
struct AddressNumbers {
    private let text: FoldedText
    private var place: Int

    init(_ text: FoldedText, from place: Int) { (self.text, self.place) = (text, place) }

    /// True if a 丁目 is written where the town has none.
    private(set) var hasStrayChome = false

    /// Takes a 丁目: written, or as the first of several numbers where the town has nothing but 丁目.
    mutating func takeChome(of town: AddressTable.Town) -> (number: Int, isWritten: Bool)? {
        guard let (number, end) = number(at: place), number < 100 else { return nil }
        for mark in [Self.chome, Self.cho] where starts(mark, at: end) {
            if town.chomes.isEmpty, town.hasChome == false {
                hasStrayChome = true
                return nil
            }
            place = end + mark.count
            _ = takeConnector()
            return (number, true)
        }
        guard town.chomes.contains(number), !town.isWhole || town.chomes.count > 1 && isFollowedByTwo(end) else {
            return nil
        }
        place = end
        _ = takeConnector()
        return (number, false)
    }

    /// True if two more numbers follow, joined by dashes: 2-1-3.
    private func isFollowedByTwo(_ end: Int) -> Bool {
        var copy = self
        copy.place = end
        guard copy.takeConnector(), let (_, second) = copy.number(at: copy.place) else { return false }
        copy.place = second
        return copy.takeConnector() && copy.number(at: copy.place) != nil
    }

    /// The number, the building, and what is left.
    mutating func finish() -> (number: String, building: String, rest: String) {
        var parts: [String] = []
        let begin = place
        if let letter = letter(at: place) {
            parts.append(letter)
            place += 1
            _ = takeConnector()
        }
        while let (number, end) = number(at: place) {
            parts.append(String(number))
            place = end
            guard takeConnector() else { break }
        }
        if parts.count == 1, Int(parts[0]) == nil {
            place = begin
            parts = []
        }
        let remainder = Spaces.trim(text.text(from: text.origin(after: place)))
        if parts.isEmpty { return ("", "", remainder) }
        let building = remainder.isEmpty ? "" : Width.widenKana(Width.narrow(remainder))
        return (parts.joined(separator: "-"), building, "")
    }

    /// A number at a place. Digits in the text and numerals in kanji that stand beside one another are two.
    private func number(at place: Int) -> (number: Int, end: Int)? {
        var (end, number) = (place, 0)
        guard place < text.scalars.count else { return nil }
        let first = text.origin(after: place)
        let isKanji = KanjiNumeral.isNumeral(text.source[first].value)
        while end < text.scalars.count, AddressReader.isDigit(text.scalars[end]), end - place < 6 {
            let origin = text.origin(after: end)
            if KanjiNumeral.isNumeral(text.source[origin].value) != isKanji || isKanji && origin != first { break }
            number = number * 10 + Int(text.scalars[end] - 0x30)
            end += 1
        }
        return end == place ? nil : (number, end)
    }

    /// A letter that stands for a block: A-5.
    private func letter(at place: Int) -> String? {
        guard place + 1 < text.scalars.count, (0x41...0x5A).contains(text.scalars[place]),
            let letter = Unicode.Scalar(text.scalars[place]),
            text.scalars[place + 1] == 0x2D || AddressReader.isDigit(text.scalars[place + 1])
        else { return nil }
        return String(letter)
    }

    private static let chome = scalars("丁目")
    private static let cho = scalars("丁")
    private static let connectors = ["番地ノ", "番地", "番ノ", "番", "号ノ", "号", "ノ", "丁目", "丁"].map(scalars)
    private static let rooms = ["室", "棟", "館"].map(scalars)

    private static func scalars(_ word: String) -> [UInt32] { word.unicodeScalars.map(\.value) }

    private func starts(_ word: [UInt32], at place: Int) -> Bool {
        guard place + word.count <= text.scalars.count else { return false }
        for (index, scalar) in word.enumerated() where text.scalars[place + index] != scalar { return false }
        return true
    }

    /// Takes what joins two numbers: 番地の, 番, 号, の, a dash. True if a number follows.
    private mutating func takeConnector() -> Bool {
        let begin = place
        for word in Self.connectors where starts(word, at: place) {
            place += word.count
            if word.last == 0x53F7, isRoom(after: place) { place = begin }
            break
        }
        if place < text.scalars.count, [0x2D, 0x30FC].contains(text.scalars[place]) { place += 1 }
        // 1一3: a dash that was taken for a number.
        if place == begin, place + 1 < text.scalars.count, text.scalars[place] == 0x31,
            text.source[text.origin(after: place)].value == 0x4E00, AddressReader.isDigit(text.scalars[place + 1])
        {
            place += 1
        }
        return place > begin && number(at: place) != nil
    }

    /// 301号室, 2号棟: the number belongs to the building.
    private func isRoom(after place: Int) -> Bool { Self.rooms.contains { starts($0, at: place) } }
}
