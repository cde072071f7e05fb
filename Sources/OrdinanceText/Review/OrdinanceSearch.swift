package import Japanese

/// 検索. What is looked for in a collection.
package struct OrdinanceQuery: Sendable {
    /// All of them have to stand in one provision, its caption or the ordinance's title; of any length from one character on, in any width.
    package var words: [String] = []
    /// 第3条, 第3条第2項: only provisions there.
    package var address: String?
    /// Only ordinances that were enacted or amended in these days.
    package var days: ClosedRange<Day>?

    package init(words: [String] = [], address: String? = nil, days: ClosedRange<Day>? = nil) {
        (self.words, self.address, self.days) = (words, address, days)
    }
}

/// A provision that was found.
package struct OrdinanceHit: Sendable {
    package let document: Int
    package let clause: Int
    /// The text around the first word, with an ellipsis where it was cut.
    package let snippet: String
    /// The more the better: words in the title and the caption weigh more.
    package let weight: Int
}

extension OrdinanceCollection {
    /// What fits, the weightiest first, then in the order of the collection.
    /// - Parameter limit: how many at most.
    package func hits(_ query: OrdinanceQuery, limit: Int = 50) -> [OrdinanceHit] {
        let words = query.words.map(Judge.fold).filter { !$0.isEmpty }
        let place = query.address.map(Judge.fold)
        guard !words.isEmpty || place != nil || query.days != nil else { return [] }
        var hits: [OrdinanceHit] = []
        for (index, document) in documents.enumerated() {
            if let days = query.days, !document.days.contains(where: { days.contains($0) }) { continue }
            let title = Judge.fold(document.title)
            // A word of the title stands for all its provisions: the first one is shown.
            let inTitle = words.count { title.contains($0) }
            for (number, clause) in document.clauses.enumerated() {
                if let place, !clause.address.hasPrefix(place) || clause.address.dropFirst(place.count).first == "の" {
                    continue
                }
                let (text, caption) = (Judge.fold(clause.text), Judge.fold(clause.caption))
                let found = words.allSatisfy { text.contains($0) || caption.contains($0) || title.contains($0) }
                guard found else { continue }
                let own = words.count { text.contains($0) || caption.contains($0) }
                if own == 0, !words.isEmpty, number > 0 { continue }
                let weight = inTitle * 4 + words.count { caption.contains($0) } * 3 + own
                hits.append(
                    OrdinanceHit(
                        document: index, clause: number, snippet: Snippet.around(words, in: text), weight: weight))
            }
        }
        return Array(
            hits.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.prefix(limit)
                .map(\.element))
    }
}

private enum Snippet {
    private static let width = 40

    static func around(_ words: [String], in text: String) -> String {
        let place = words.lazy.compactMap { text.firstRange(of: $0)?.lowerBound }.first ?? text.startIndex
        let start = text.index(place, offsetBy: -width / 2, limitedBy: text.startIndex) ?? text.startIndex
        let end = text.index(place, offsetBy: width, limitedBy: text.endIndex) ?? text.endIndex
        return (start > text.startIndex ? "…" : "") + text[start..<end] + (end < text.endIndex ? "…" : "")
    }
}
