import Core
import Yams

/// 書きかけの様式. A form as a tree that may still be wrong or unfinished: what an editor changes place by place.
struct FormTree {
    private(set) var root: Node

    /// Where something stands: `pages.2.fields.0`.
    struct Place: Sendable, Equatable {
        let path: FormCheck.Path

        static let head = Place([])

        init(_ path: FormCheck.Path) { self.path = path }

        init(_ text: String) {
            path = text.split(separator: ".").map { part in Int(part).map(FormCheck.Step.index) ?? .key(String(part)) }
        }

        var text: String {
            path.map { step in
                switch step {
                case .key(let key): key
                case .index(let index): String(index)
                }
            }.joined(separator: ".")
        }

        /// The numbers of the page it is on, and of the page in a row of that page's group; nil for what is on none.
        var page: (top: Int, inner: Int?)? {
            guard path.count > 1, path[0] == .key("pages"), case .index(let top) = path[1] else { return nil }
            // pages.N.fields.0.rows.pages.M
            guard path.count > 6, path[4] == .key("rows"), case .index(let inner) = path[6] else { return (top, nil) }
            return (top, inner)
        }

        func below(_ key: String) -> Place { Place(path + [.key(key)]) }
        func at(_ index: Int) -> Place { Place(path + [.index(index)]) }
        /// The list it is in; the head for the head.
        var list: Place { Place(Array(path.dropLast())) }
        /// Its number in the list, or nil.
        var index: Int? { if case .index(let index)? = path.last { index } else { nil } }
    }

    /// Throws a ``FormFile/Fault`` if it cannot even be read.
    init(yaml: String, file: String) throws(FormFile.Fault) { root = try FormFile.tree(yaml, file) }

    init(_ root: Node) { self.root = root }

    /// What stands at a place, or nil.
    func node(_ place: Place) -> Node? { place.path.reduce(root as Node?) { $0?[$1] } }

    /// Changes what stands at a place; nil takes it away.
    mutating func change(_ place: Place, _ change: (Node?) -> Node?) {
        root = root.changing(place.path[...], change) ?? .map([])
    }

    /// The tree as a document that people read.
    var yaml: String {
        get throws { try Yams.serialize(node: root, indent: 2, width: -1, allowUnicode: true) }
    }
}

extension Node {
    subscript(step: FormCheck.Step) -> Node? {
        switch step {
        case .key(let key): mapping?.first { $0.key.scalar?.string == key }?.value
        case .index(let index): sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
    }

    subscript(key: String) -> Node? { self[FormCheck.Step.key(key)] }

    /// False for a tree that is larger or deeper than any form.
    var isReasonable: Bool {
        var left = 100_000
        func fits(_ node: Node, _ depth: Int) -> Bool {
            left -= 1
            guard left > 0, depth < 40 else { return false }
            if let pairs = node.mapping {
                return pairs.allSatisfy { fits($0.key, depth + 1) && fits($0.value, depth + 1) }
            }
            return node.sequence?.allSatisfy { fits($0, depth + 1) } ?? true
        }
        return fits(self, 0)
    }

    /// What stands in it as text; nil for what is no single value.
    var text: String? { scalar?.string }

    /// Words, kept as they are whatever they look like.
    static func words(_ text: String) -> Node {
        .scalar(.init(text, Tag(.str), text.contains("\n") ? .literal : .doubleQuoted))
    }

    /// A number, a yes or no, a name.
    static func plain(_ text: String) -> Node { .scalar(.init(text, Tag(.implicit), .plain)) }

    static func list(_ nodes: [Node]) -> Node { .sequence(.init(nodes)) }

    static func map(_ pairs: [(String, Node)]) -> Node {
        .mapping(.init(pairs.map { (Node.plain($0.0), $0.1) }))
    }

    /// The same with another value for a key, in its old place; without it for nil.
    func with(_ key: String, _ value: Node?) -> Node {
        var pairs = (mapping.map(Array.init) ?? []).map { ($0.key, $0.value) }
        let index = pairs.firstIndex { $0.0.scalar?.string == key }
        if let index, let value {
            pairs[index].1 = value
        } else if let index {
            pairs.remove(at: index)
        } else if let value {
            pairs.append((Node.plain(key), value))
        }
        return .mapping(.init(pairs))
    }

    fileprivate func changing(_ path: ArraySlice<FormCheck.Step>, _ change: (Node?) -> Node?) -> Node? {
        guard let step = path.first else { return change(self) }
        let rest = path.dropFirst()
        switch step {
        case .key(let key):
            let inner = self[step]
            let changed = rest.isEmpty ? change(inner) : (inner ?? .map([])).changing(rest, change)
            // Nothing inside of nothing is nothing.
            let isNothing = inner == nil && changed?.mapping?.isEmpty == true
            return with(key, isNothing ? nil : changed)
        case .index(let index):
            var items = sequence.map(Array.init) ?? []
            guard items.indices.contains(index) else { return self }
            if let changed = rest.isEmpty ? change(items[index]) : items[index].changing(rest, change) {
                items[index] = changed
            } else {
                items.remove(at: index)
            }
            return .list(items)
        }
    }
}
