/// 言葉の改め方. Words for the difference of two texts: each phrase stands in the text exactly once, and is one that a reader finds.
enum WordChanges {
    enum Change: Equatable {
        case replace(String, String)
        case insert(after: String, String)
        case delete(String)
    }

    /// Nil where too much changed to say it in words: the whole is written anew then.
    static func between(_ old: String, _ new: String) -> [Change]? {
        let (left, right) = (Array(old), Array(new))
        let hunks = TextDiff.hunks(left, right)
        let touched = hunks.reduce(0) { $0 + $1.old.count }
        guard hunks.count <= 8, touched * 2 <= left.count || hunks.count < 3 && touched < left.count * 4 / 5 else {
            return nil
        }
        var changes: [Change] = []
        for (index, hunk) in hunks.enumerated() {
            // A phrase may reach into the next one's place, not into its change.
            let start = index == 0 ? 0 : hunks[index - 1].old.upperBound
            let end = index + 1 == hunks.count ? left.count : hunks[index + 1].old.lowerBound
            guard let change = phrase(hunk, left, right, within: start..<end) else { return nil }
            changes.append(change)
        }
        return isRight(changes, old, new) ? changes : nil
    }

    private static func phrase(
        _ hunk: TextDiff.Hunk, _ left: [Character], _ right: [Character], within bounds: Range<Int>
    ) -> Change? {
        let text = String(left)
        if hunk.old.isEmpty, let before = anchor(endingAt: hunk.old.lowerBound, left, text, bounds.lowerBound) {
            return .insert(after: before, String(right[hunk.new]))
        }
        if hunk.new.isEmpty, isOnce(String(left[hunk.old]), text) { return .delete(String(left[hunk.old])) }
        var (start, end) = (hunk.old.lowerBound, hunk.old.upperBound)
        while start > bounds.lowerBound, start > 0, isOneWord(left[start - 1], start < left.count ? left[start] : " ") {
            start -= 1
        }
        while end < bounds.upperBound, end > 0, isOneWord(left[end], left[end - 1]) { end += 1 }
        while !isOnce(String(left[start..<end]), text) || start == end {
            if end < bounds.upperBound, end - hunk.old.upperBound < 12 {
                end = wordEnd(after: end, left, bounds.upperBound)
            } else if start > bounds.lowerBound {
                start -= 1
            } else if end < bounds.upperBound {
                end += 1
            } else {
                return nil
            }
        }
        let from = String(left[start..<end])
        let to = String(left[start..<hunk.old.lowerBound] + right[hunk.new] + left[hunk.old.upperBound..<end])
        return .replace(from, to)
    }

    /// The end of the word that begins at a place, with the kana behind it: の定める.
    private static func wordEnd(after start: Int, _ left: [Character], _ limit: Int) -> Int {
        var end = start + 1
        while end < limit, isOneWord(left[end - 1], left[end]) || isKana(left[end]) && !isKana(left[start]) { end += 1 }
        return end
    }

    private static func isKana(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { (0x3041...0x309F).contains($0.value) } ?? false
    }

    /// The shortest phrase before a place that stands in the text once and begins with a word.
    private static func anchor(endingAt end: Int, _ left: [Character], _ text: String, _ limit: Int) -> String? {
        var start = end - 1
        while start >= limit {
            let begins = (start == 0 || !isOneWord(left[start - 1], left[start])) && isOneWord(left[start], left[start])
            if begins, end - start >= 2 || start == limit, isOnce(String(left[start..<end]), text) {
                return String(left[start..<end])
            }
            if end - start > 40 { return nil }
            start -= 1
        }
        return nil
    }

    /// Two characters beside one another belong to a word where both are kanji, katakana or digits.
    private static func isOneWord(_ left: Character, _ right: Character) -> Bool {
        func kind(_ character: Character) -> Int {
            guard let value = character.unicodeScalars.first?.value else { return 0 }
            switch value {
            case 0x30...0x39, 0xFF10...0xFF19, 0x2C, 0xFF0C: return 1
            case 0x3400...0x9FFF, 0x3005: return 1
            case 0x30A1...0x30FA, 0x30FC: return 2
            default: return 0
            }
        }
        return kind(left) != 0 && kind(left) == kind(right)
    }

    private static func isOnce(_ words: String, _ text: String) -> Bool {
        WidthMatch.places(of: words, in: text).count == 1
    }

    /// Done one after another, the changes have to give the new text.
    private static func isRight(_ changes: [Change], _ old: String, _ new: String) -> Bool {
        var text = old
        for change in changes {
            let (from, to) =
                switch change {
                case .replace(let from, let to): (from, to)
                case .insert(let after, let words): (after, after + words)
                case .delete(let words): (words, "")
                }
            guard isOnce(from, text), let place = WidthMatch.places(of: from, in: text).first else { return false }
            let characters = Array(text)
            text = String(characters[..<place.lowerBound]) + to + String(characters[place.upperBound...])
        }
        return text == new
    }
}
