import Japanese

/// The texts of an element in which words are changed.
enum WordSlots {
    static func count(_ words: String, in target: LocationReader.Target) -> Int {
        var count = 0
        visit(target) { text in
            count += WidthMatch.places(of: words, in: text).count
            return nil
        }
        return count
    }

    static func replace(_ words: String, in target: LocationReader.Target, _ make: (String) -> String) {
        visit(target) { text in
            let places = WidthMatch.places(of: words, in: text)
            guard !places.isEmpty else { return nil }
            let characters = Array(text)
            var (result, start) = ("", 0)
            for place in places {
                result += String(characters[start..<place.lowerBound]) + make(String(characters[place]))
                start = place.upperBound
            }
            return result + String(characters[start...])
        }
    }

    /// Takes the rows with this head out of the tables of an element; false where there is none.
    static func removeRow(_ head: String, in node: DraftNode) -> Bool {
        let head = WidthMatch.fold(head)
        var isFound = false
        for table in node.all where !table.rows.isEmpty {
            let kept = table.rows.filter { !isRow($0, head) }
            if kept.count < table.rows.count { isFound = true }
            table.rows = kept
        }
        return isFound
    }

    private static func isRow(_ row: String, _ head: [Character]) -> Bool {
        row.split(whereSeparator: { "\t|｜".contains($0) }).prefix(2).contains {
            WidthMatch.fold(Spaces.trim(String($0))) == head
        }
    }

    /// Gives each text of the target; what comes back takes its place.
    private static func visit(_ target: LocationReader.Target, _ work: (String) -> String?) {
        let node = target.entry.node
        switch target.part {
        case .caption: if let caption = work(node.caption) { node.caption = caption }
        case .proviso, .latter:
            let role: OrdinanceNode.Sentence.Role = target.part == .proviso ? .proviso : .latter
            let holder = node.sentenceHolder
            holder.text = SentenceSplit.sentences(holder.text).map {
                $0.role == role ? work($0.text) ?? $0.text : $0.text
            }.joined()
        case .own:
            let holder = node.sentenceHolder
            if let text = work(holder.text) { holder.text = text }
        case .everything, .withCaption:
            for part in node.all {
                if target.part == .withCaption, let caption = work(part.caption) { part.caption = caption }
                // A group or an 附則 has nothing but its title.
                if part.kind.depth != nil || part.kind == .appendix, let caption = work(part.caption) {
                    part.caption = caption
                }
                if target.row == nil, let text = work(part.text) { part.text = text }
                let head = target.row.map(WidthMatch.fold)
                for index in part.rows.indices where head.map({ isRow(part.rows[index], $0) }) ?? true {
                    if let row = work(part.rows[index]) { part.rows[index] = row }
                }
            }
        }
    }
}
