/// One place that a rewriting changed.
package struct TextChange: Sendable, Hashable, Codable {
    /// Where it stands in the text before, in code points, from 0.
    package let position: Int
    /// What stood there.
    package let before: String
    /// What stands there now; empty if it was left out.
    package let after: String
    /// Why.
    package let rules: [TextRule]

    package init(position: Int, before: String, after: String, rules: [TextRule]) {
        (self.position, self.before, self.after, self.rules) = (position, before, after, rules)
    }

    package static func == (left: TextChange, right: TextChange) -> Bool {
        left.position == right.position && left.rules == right.rules && left.before.isExactly(right.before)
            && left.after.isExactly(right.after)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(position) }

    /// Why changes cannot be taken back.
    package struct NotTheSame: Error, Equatable {
        /// The place in the text as it is now where something else stands than was written, in code points, from 0.
        package let position: Int
    }

    /// The text as it was before these changes, which stand in their order.
    package static func undo(_ changes: [TextChange], in text: String) throws(NotTheSame) -> String {
        let now = Array(text.unicodeScalars)
        var (before, place) = (String.UnicodeScalarView(), 0)
        var (count, shift) = (0, 0)
        for change in changes {
            let until = change.position - shift
            guard until >= place, until <= now.count else { throw NotTheSame(position: place) }
            before.append(contentsOf: now[place..<until])
            let after = Array(change.after.unicodeScalars)
            guard now[until...].starts(with: after) else { throw NotTheSame(position: until) }
            before.append(contentsOf: change.before.unicodeScalars)
            place = until + after.count
            count = change.before.unicodeScalars.count
            shift += count - after.count
        }
        before.append(contentsOf: now[place...])
        return String(before)
    }
}
