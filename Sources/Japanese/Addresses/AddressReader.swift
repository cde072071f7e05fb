/// Reads addresses by a table. A wrong town is worse than none: where two readings fit, neither is given.
package struct AddressReader: Sendable {
    private let table: AddressTable

    package init(_ table: AddressTable) { self.table = table }

    /// A municipality with a town, and how much of the text they took.
    private struct Candidate {
        let place: Int
        /// The folded characters that prefecture and municipality took.
        let municipalityEnd: Int
        /// The place of the town in the table.
        var town: Int?
        var end: Int
        /// True if the town is written otherwise than in the table.
        var isLoose = false
        var street = 0..<0
    }

    /// Takes an address apart.
    package func read(_ text: String) -> WrittenAddress {
        var result = WrittenAddress()
        let body = takePostcode(text, &result)
        let folded = FoldedText(body)
        guard !folded.scalars.isEmpty else {
            result.rest = body
            return result
        }
        let (prefecture, begin) = prefecture(folded)
        var candidates = municipalities(folded, prefecture, from: begin).map { town(folded, $0) }
        var isTownAlone = false
        if candidates.isEmpty, prefecture == nil {
            candidates = townsAlone(folded)
            isTownAlone = true
        }
        candidates = best(candidates, result.postcode)
        guard let chosen = candidates.first else {
            result.prefecture = prefecture ?? ""
            result.rest = folded.text(from: folded.origin(after: begin))
            result.confidence = prefecture == nil ? 0 : 0.2
            return result
        }
        guard candidates.count == 1 else {
            result.alternatives = candidates.map(alternative)
            result.notes.append("同じ名前の市区町村・町字が\(candidates.count)か所にあります")
            result.rest = body
            result.confidence = 0.3
            return result
        }
        fill(&result, folded, chosen, hasPrefecture: prefecture != nil, isTownAlone: isTownAlone)
        return result
    }

    // MARK: - Prefecture and municipality

    private func takePostcode(_ text: String, _ result: inout WrittenAddress) -> String {
        let mayBegin = text.unicodeScalars.first {
            !$0.properties.isWhitespace
        }.map { $0 == "〒" || $0.isDigit || (0xFF10...0xFF19).contains($0.value) }
        guard mayBegin == true else { return text }
        let narrow = Array(Width.narrow(text).unicodeScalars)
        var place = 0
        while place < narrow.count, narrow[place] == " " { place += 1 }
        let hasMark = place < narrow.count && narrow[place] == "〒"
        if hasMark { place += 1 }
        var digits: [Unicode.Scalar] = []
        while place < narrow.count, digits.count < 7,
            narrow[place].isDigit || narrow[place] == "-" && digits.count == 3 || narrow[place] == " " && digits.isEmpty
        {
            if narrow[place].isDigit { digits.append(narrow[place]) }
            place += 1
        }
        guard digits.count == 7, place == narrow.count || !narrow[place].isDigit else { return text }
        result.postcode = Width.text(of: digits)
        return Width.text(of: Array(Array(text.unicodeScalars)[place...]))
    }

    private static let prefectures: [(folded: [UInt32], name: String)] = AddressTable.prefectures.map {
        (FoldedText($0).scalars, $0)
    }

    /// The prefecture at the beginning, also without 都, 府 or 県 where a municipality follows.
    private func prefecture(_ text: FoldedText) -> (String?, end: Int) {
        let near = Self.prefectures.filter { $0.folded[0] == text.scalars[0] }
        for (folded, name) in near where text.scalars.starts(with: folded) { return (name, folded.count) }
        for (folded, name) in near where folded.count > 2 {
            let short = folded.dropLast()
            guard text.scalars.starts(with: short), !municipalities(text, name, from: short.count).isEmpty,
                municipalities(text, nil, from: 0).isEmpty
            else { continue }
            return (name, short.count)
        }
        return (nil, 0)
    }

    /// Every municipality whose name stands at a place, the longest names only.
    private func municipalities(_ text: FoldedText, _ prefecture: String?, from begin: Int) -> [Candidate] {
        var (hash, found) = (AddressTable.names, [Candidate]())
        for end in begin..<min(begin + table.longestName, text.scalars.count) {
            hash = AddressTable.next(hash, text.scalars[end])
            let places = table.municipalities(named: hash).filter {
                prefecture == nil || table.municipalities[$0].prefecture == prefecture
            }
            if !places.isEmpty {
                found = places.map { Candidate(place: $0, municipalityEnd: end + 1, end: end + 1) }
            }
        }
        return found
    }

    // MARK: - Town

    /// The town that stands after the municipality.
    private func town(_ text: FoldedText, _ candidate: Candidate) -> Candidate {
        let begin = skipMarks(text, candidate.municipalityEnd)
        if let found = town(text, candidate.place, from: begin) {
            return with(candidate, found, street: 0..<0)
        }
        guard isKyoto(candidate.place) else { return candidate }
        for begin in afterStreets(text, candidate.municipalityEnd) {
            guard let found = town(text, candidate.place, from: begin) else { continue }
            return with(candidate, found, street: candidate.municipalityEnd..<begin)
        }
        return candidate
    }

    private func with(
        _ candidate: Candidate, _ found: (town: Int, end: Int, isLoose: Bool), street: Range<Int>
    ) -> Candidate {
        var candidate = candidate
        (candidate.town, candidate.end, candidate.isLoose) = (found.town, found.end, found.isLoose)
        candidate.street = street
        return candidate
    }

    /// The place after 大字 or 字.
    private func skipMarks(_ text: FoldedText, _ place: Int) -> Int {
        for mark in AddressTable.marks where text.scalars[place...].starts(with: mark) {
            return place + mark.count
        }
        return place
    }

    /// The longest town whose name stands at a place.
    private func town(_ text: FoldedText, _ place: Int, from begin: Int) -> (town: Int, end: Int, isLoose: Bool)? {
        guard table.hasTowns[place] else { return nil }
        var (hash, found) = (AddressTable.towns(of: place), nil as (town: Int, end: Int, isLoose: Bool)?)
        for end in begin..<min(begin + 24, text.scalars.count) {
            hash = AddressTable.next(hash, text.scalars[end])
            let name = text.scalars[begin...end]
            if let town = table.town(hash, name) {
                if fits(text, after: end + 1, name.last) { found = (town, end + 1, false) }
            } else if let town = table.spelling(hash), fits(text, after: end + 1, name.last), !isName(text, end + 1) {
                found = (town, end + 1, true)
            }
        }
        return found
    }

    /// True if a name may end here: 本町1 does not end within 本町10, and what is counted belongs to its number.
    private func fits(_ text: FoldedText, after end: Int, _ last: UInt32?) -> Bool {
        guard let last, end < text.scalars.count, Self.isDigit(last) else { return true }
        let next = text.scalars[end]
        return !Self.isDigit(next) && ![0x4E01, 0x756A, 0x53F7, 0x2D].contains(next)
    }

    /// True if a kanji or kana stands at a place that is no word of numbers: the name goes on.
    private func isName(_ text: FoldedText, _ place: Int) -> Bool {
        guard place < text.scalars.count else { return false }
        let scalar = text.scalars[place]
        if Self.isDigit(scalar) || scalar < 0x80 || scalar == 0x5B57 { return false }
        return true
    }

    private func isKyoto(_ place: Int) -> Bool { table.municipalities[place].name.hasPrefix("京都市") }

    private static let streetMarks = [
        "上る", "下る", "上ル", "下ル", "東入る", "西入る", "東入ル", "西入ル", "東入", "西入", "上がる", "下がる", "通り", "通", "筋目", "丁目", "丁", "側",
        "角", "町目",
    ].map { FoldedText($0).scalars }

    /// The places after 上る, 下る, 東入, 西入 and 通, from the last one on.
    private func afterStreets(_ text: FoldedText, _ begin: Int) -> [Int] {
        let marks: [[UInt32]] = Self.streetMarks
        return text.scalars.indices.reversed().filter { $0 > begin }.compactMap { place in
            for mark in marks where text.scalars[place...].starts(with: mark) { return place + mark.count }
            return nil
        }
    }

    /// Every town of the country whose name stands at the beginning.
    private func townsAlone(_ text: FoldedText) -> [Candidate] {
        let begin = skipMarks(text, 0)
        let found = table.municipalities.indices.compactMap { place -> Candidate? in
            guard let found = town(text, place, from: begin), !found.isLoose, found.end - begin >= 3
            else { return nil }
            return with(Candidate(place: place, municipalityEnd: 0, end: 0), found, street: 0..<0)
        }
        let longest = found.map(\.end).max() ?? 0
        return found.filter { $0.end == longest }
    }

    /// The candidates that say most: with a town before without one, the longest reading, then that of the postcode.
    private func best(_ candidates: [Candidate], _ postcode: String) -> [Candidate] {
        let withTown = candidates.filter { $0.town != nil }
        let chosen = withTown.isEmpty ? candidates : withTown
        guard chosen.count > 1 else { return chosen }
        let byPostcode = chosen.filter { postcodes(of: $0).contains(postcode) }
        return byPostcode.count == 1 ? byPostcode : chosen
    }

    private func entry(_ candidate: Candidate) -> AddressTable.Town? {
        candidate.town.map { table.towns[$0] }
    }

    private func postcodes(of candidate: Candidate) -> Set<String> { entry(candidate)?.postcodes ?? [] }

    private func alternative(_ candidate: Candidate) -> WrittenAddress.Alternative {
        let municipality = table.municipalities[candidate.place]
        return .init(
            prefecture: municipality.prefecture, municipality: municipality.fullName, code: municipality.code,
            town: entry(candidate)?.name ?? "")
    }

    // MARK: - What follows

    private func fill(
        _ result: inout WrittenAddress, _ text: FoldedText, _ chosen: Candidate, hasPrefecture: Bool, isTownAlone: Bool
    ) {
        let municipality = table.municipalities[chosen.place]
        (result.prefecture, result.municipality) = (municipality.prefecture, municipality.fullName)
        result.code = municipality.code
        guard let entry = entry(chosen) else {
            result.rest = text.text(from: text.origin(after: chosen.municipalityEnd))
            result.confidence = 0.6
            if !table.hasTowns[chosen.place] {
                result.notes.append("\(municipality.fullName)の町字の表がありません。読み込んでください")
            } else if !result.rest.isEmpty {
                result.notes.append("町字が表にありません")
            }
            return
        }
        result.town = entry.name
        if !chosen.street.isEmpty {
            let (from, until) = (
                text.origin(after: chosen.street.lowerBound), text.origin(after: chosen.street.upperBound)
            )
            result.street = Width.text(of: Array(text.source[from..<until]))
        }
        var confidence = chosen.isLoose ? 0.85 : isTownAlone ? 0.8 : hasPrefecture ? 0.98 : 0.93
        var numbers = AddressNumbers(text, from: chosen.end)
        if let chome = numbers.takeChome(of: entry) {
            result.chome = "\(KanjiNumeral.write(chome.number))\(entry.unit)"
            if !chome.isWritten { confidence -= 0.06 }
            if !entry.chomes.isEmpty, !entry.chomes.contains(chome.number) {
                confidence -= 0.25
                result.notes.append("\(entry.name)に\(result.chome)はありません")
            }
        }
        (result.number, result.building, result.rest) = numbers.finish()
        if let first = result.rest.unicodeScalars.first {
            // A 小字 is marked as one; other words may belong to the name of another town.
            confidence -= first == "字" || isBuilding(text, chosen.end) ? 0.12 : 0.3
        }
        if numbers.hasStrayChome {
            confidence -= 0.1
            result.notes.append("\(entry.name)に丁目はありません。番地として読みました")
        }
        if result.building.contains("番地") || result.building.contains("丁目") { confidence -= 0.3 }
        if !result.postcode.isEmpty, !entry.postcodes.isEmpty, !entry.postcodes.contains(result.postcode) {
            confidence -= 0.3
            result.notes.append("郵便番号がこの町字のものではありません")
        }
        result.confidence = (max(0, confidence) * 100).rounded() / 100
    }

    /// True if a space stands in the text before a place: what follows is no part of the name.
    private func isBuilding(_ text: FoldedText, _ place: Int) -> Bool {
        let origin = text.origin(after: place)
        return origin > 0 && origin < text.source.count && text.source[origin - 1].properties.isWhitespace
    }

    static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }
}
