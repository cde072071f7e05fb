import Japanese

extension Clause {
    /// The provisions of one ordinance as a list gives them, a text each: `(掲示) 第34条 事業者は…`, `2 前項の…`, `(1) 毎日点検`. Where
    /// each stands is told by its head and by those before it. The index of each is its place in the list.
    /// - Parameter gaps: the places before which the list leaves something out.
    package static func listed(_ texts: [String], gaps: Set<Int> = []) -> [Clause] {
        let heads = texts.map { LineHead(ListedHead.caption(of: $0).1) }
        var (place, lead, known) = (Place(), Int?.none, [(Place, OrdinanceNode.Kind, String, String, Int?)]())
        for (index, text) in texts.enumerated() {
            let (caption, rest) = ListedHead.caption(of: text)
            var own = place
            switch heads[index] {
            case .article(let number, _, let words):
                own = Place(article: number, paragraph: 1)
                known.append((own, .paragraph, caption, words, nil))
                lead = index
            case .paragraph(let number, _, let words) where place.article != nil || place.supplement > 0:
                let article = gaps.contains(index) ? ListedHead.leftOut(place.article, heads[index...]) : place.article
                own = Place(supplement: place.supplement, article: article, paragraph: number.parts[0])
                known.append((own, .paragraph, caption, words, nil))
                lead = index
            case .item(let series, let number, let label, let words):
                let isItem = series == .bracketedNumber || series == .kanji
                if isItem { (own.item, own.subitems) = (number, []) } else { own.subitems = [label] }
                known.append((own, isItem ? .item : .subitem, caption, words, lead))
            case .supplement:
                own = Place(supplement: place.supplement + 1, article: nil)
                known.append((own, .supplement, caption, rest, nil))
            default: known.append((own, .paragraph, caption, rest, nil))
            }
            place = own
        }
        let paragraphs = Dictionary(grouping: known.filter { $0.1 == .paragraph }, by: \.0.root).mapValues(\.count)
        return known.map { place, kind, caption, text, lead in
            Clause(
                place: place, address: place.text, kind: kind, caption: caption, text: text, line: 0, lead: lead,
                isOnlyParagraph: paragraphs[place.root, default: 1] <= 1, isForbidden: false)
        }
    }
}

enum ListedHead {
    /// The article a later 項 belongs to whose head was left out: the one before the next that is listed.
    static func leftOut(_ before: OrdinanceNumber?, _ heads: ArraySlice<LineHead>) -> OrdinanceNumber? {
        for head in heads {
            guard case .article(let number, _, _) = head else { continue }
            let last = number.parts[0] - 1
            return last > before?.parts[0] ?? 0 ? OrdinanceNumber(last) : before
        }
        return before
    }

    /// （見出し） before 第N条 on the same line, and what follows it.
    static func caption(of line: String) -> (String, String) {
        let text = Spaces.trim(line)
        guard text.first == "(" || text.first == "（" else { return ("", text) }
        var (depth, end) = (0, text.startIndex)
        for index in text.indices {
            if "(（".contains(text[index]) { depth += 1 }
            if ")）".contains(text[index]) { depth -= 1 }
            if depth == 0 {
                end = index
                break
            }
        }
        let rest = Spaces.trim(String(text[end...].dropFirst()))
        guard end > text.startIndex, case .article = LineHead(rest) else { return ("", text) }
        return (String(text[text.index(after: text.startIndex)..<end]), rest)
    }
}
