import Yams

/// 版の違い. What changed from one version of a form to another, page by page and field by field.
package struct FormComparison: Sendable {
    /// One difference, and whether it leaves every answer that was given as it is: only words changed.
    package struct Difference: Sendable, Equatable {
        package let words: String
        package let isSafe: Bool
    }

    package let differences: [Difference]

    /// True if an application that began with the one version could go on with the other.
    package var isSafe: Bool { differences.allSatisfy(\.isSafe) }

    /// Compares two documents that were proved.
    package init(_ before: FormFile.Proved, _ after: FormFile.Proved) throws {
        try self.init(before: before.document, after: after.document)
    }

    /// Compares two documents, as far as they can be read.
    init(before: String, after: String) throws {
        let (old, new) = (try Yams.compose(yaml: before), try Yams.compose(yaml: after))
        differences =
            Self.head(old, new) + Self.things("ページ", Self.pages(old), Self.pages(new))
            + Self.things("項目", Self.fields(old), Self.fields(new))
    }

    /// What only words are in: a change of them changes no answer.
    private static let wordKeys: Set = [
        "title", "send", "question", "hint", "label", "words", "noun", "minutes", "waived", "exit", "declaration",
        "lineage", "exported_from",
    ]

    private static func head(_ old: Node?, _ new: Node?) -> [Difference] {
        changes(old, new, without: ["pages", "version"]).map {
            Difference(words: "様式の \($0) が変わりました", isSafe: wordKeys.contains($0))
        }
    }

    private static func things(_ what: String, _ old: [(String, Node)], _ new: [(String, Node)]) -> [Difference] {
        let before = Dictionary(old) { first, _ in first }
        let after = Dictionary(new) { first, _ in first }
        let gone = old.filter { after[$0.0] == nil }.map {
            Difference(words: "\(what)「\($0.0)」がなくなりました", isSafe: false)
        }
        let added = new.filter { before[$0.0] == nil }.map {
            Difference(words: "\(what)「\($0.0)」が増えました", isSafe: false)
        }
        let changed = new.flatMap { id, node -> [Difference] in
            before[id].map { earlier -> [Difference] in
                changes(earlier, node, without: ["fields", "rows"]).map { key -> Difference in
                    let isSafe = wordKeys.contains(key) || key == "options" && values(earlier) == values(node)
                    return Difference(words: "\(what)「\(id)」の \(key) が変わりました", isSafe: isSafe)
                }
            } ?? []
        }
        let kept = old.map(\.0).filter { after[$0] != nil }
        let isMoved = kept != new.map(\.0).filter { before[$0] != nil }
        return gone + added + changed + (isMoved ? [Difference(words: "\(what)の順番が変わりました", isSafe: false)] : [])
    }

    /// The values of a field's options, whatever they are called.
    private static func values(_ field: Node) -> [String?] {
        (field.mapping?["options"]?.sequence.map(Array.init) ?? []).map { $0.mapping?["value"]?.scalar?.string }
    }

    /// The keys of a mapping that have another value in another one.
    private static func changes(_ old: Node?, _ new: Node?, without: Set<String>) -> [String] {
        func values(_ node: Node?) -> [String: Node] {
            Dictionary((node?.mapping ?? [:]).compactMap { key, value in key.scalar.map { ($0.string, value) } }) { $1 }
        }
        let (before, after) = (values(old), values(new))
        return Set(before.keys).union(after.keys).subtracting(without).filter { before[$0] != after[$0] }.sorted()
    }

    private static func pages(_ node: Node?) -> [(String, Node)] {
        (node?.mapping?["pages"]?.sequence.map(Array.init) ?? []).flatMap { page -> [(String, Node)] in
            let inside = (page.mapping?["fields"]?.sequence.map(Array.init) ?? []).flatMap {
                pages($0.mapping?["rows"])
            }
            return (page.mapping?["id"]?.scalar.map { [($0.string, page)] } ?? []) + inside
        }
    }

    private static func fields(_ node: Node?) -> [(String, Node)] {
        pages(node).flatMap { _, page in page.mapping?["fields"]?.sequence.map(Array.init) ?? [] }.compactMap { field in
            field.mapping?["id"]?.scalar.map { ($0.string, field) }
        }
    }
}
