import Yams

/// 見直しの型. A usual way to mend an analog rule, with where it was done.
package struct MendPattern: Sendable {
    package let id: String
    package let category: String
    /// What it does, for people.
    package let title: String
    /// Where the way comes from: the ordinance or the law that was mended so.
    package let origin: String
    private let when: Pattern
    private let to: String

    /// The patterns that come with the program.
    package static func shipped() throws(RulePack.Trouble) -> [MendPattern] {
        struct File: Decodable {
            struct Entry: Decodable { let id, category, title, origin, when, to: String }
            let mends: [Entry]
        }
        let file: File
        do {
            file = try YAMLDecoder().decode(
                File.self, from: String(decoding: PackageResources.mends_yaml, as: UTF8.self))
        } catch {
            throw RulePack.Trouble(description: "見直しの型が読めません。\(error)")
        }
        var found: [MendPattern] = []
        for entry in file.mends {
            found.append(
                MendPattern(
                    id: entry.id, category: entry.category, title: entry.title, origin: entry.origin,
                    when: try RulePack.pattern(entry.when, [:], in: entry.id), to: entry.to))
        }
        return found
    }

    /// The text with the mend in it; nil where it does not fit.
    package func mended(_ text: String) -> String? {
        guard let match = when.first(in: text) else { return nil }
        var words = to
        for group in 1..<max(1, match.bytes.count) { words = words.replacing("$\(group)", with: match[group] ?? "") }
        return text.slice(0..<match.whole.lowerBound) + words + text.slice(match.whole.upperBound..<text.utf8.count)
    }
}

extension Ordinance {
    /// The ordinance with one provision's text changed. Nil where no provision stands there.
    package func changing(_ place: Place, _ change: (String) -> String?) -> Ordinance? {
        let tree = DraftTree(self)
        guard let entry = tree.places().entries.first(where: { $0.place == place && !$0.node.text.isEmpty }),
            let text = change(entry.node.text)
        else { return nil }
        entry.node.text = text
        return tree.ordinance
    }
}
