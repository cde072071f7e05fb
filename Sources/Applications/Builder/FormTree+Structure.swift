import Core
import Yams

extension FormTree {
    /// 構成の変更. What is done with a place as a whole.
    enum Step: Sendable {
        /// Adds something of a sort at the end of a list.
        case add(String)
        case remove, up, down

        init?(_ verb: String, sort: String?) {
            switch verb {
            case "add": self = .add(sort ?? "")
            case "remove": self = .remove
            case "up": self = .up
            case "down": self = .down
            default: return nil
            }
        }
    }

    mutating func take(_ step: Step, at place: Place) {
        switch step {
        case .add(let sort):
            guard let item = new(sort) else { return }
            if sort == "fee" { return change(place) { $0 ?? item } }
            guard case .key(let list)? = place.path.last, Self.lists[sort]?.contains(list) == true else { return }
            change(place) { .list(($0?.sequence.map(Array.init) ?? []) + [item]) }
        case .remove:
            guard place.index != nil else { return }
            change(place) { _ in nil }
            // A list that is empty says nothing; without a line there is no fee.
            if node(place.list)?.sequence?.isEmpty == true {
                change(place.list.path == [.key("fee"), .key("lines")] ? Place("fee") : place.list) { _ in nil }
            }
        case .up, .down:
            guard let index = place.index else { return }
            let other = if case .up = step { index - 1 } else { index + 1 }
            change(place.list) { list in
                guard var items = list?.sequence.map(Array.init), items.indices.contains(index),
                    items.indices.contains(other)
                else { return list }
                items.swapAt(index, other)
                return .list(items)
            }
        }
    }

    /// The lists that a sort of thing may be added to.
    private static let lists = [
        "page": ["pages"], "exit": ["pages"], "field": ["fields"], "requirement": ["requirements"],
        "route": ["routing"], "deadline": ["deadlines"], "line": ["lines"],
    ]

    private func new(_ sort: String) -> Node? {
        let requirement = root["requirements"]?[.index(0)]?["id"]?.text
        switch sort {
        case "page":
            return .map([
                ("id", .plain(freeID("page-"))), ("question", FieldKinds.words("新しい質問")),
                ("fields", .list([FieldKinds.field("text", id: freeID("field_"), requirement: requirement)])),
            ])
        case "exit":
            return .map([
                ("id", .plain(freeID("page-"))), ("question", FieldKinds.words("この手続きではありません")),
                ("exit", FieldKinds.words("案内を書いてください。")),
            ])
        case "field": return FieldKinds.field("text", id: freeID("field_"), requirement: requirement)
        case "requirement":
            return .map([
                ("id", .plain(freeID("paper-"))), ("name", FieldKinds.words("新しい書類")), ("clause", .words("")),
                ("reason", FieldKinds.words("")), ("state", .plain("other")), ("substitutes", .list([.plain("later")])),
            ])
        case "route": return .map([("section", .words(""))])
        case "deadline": return .map([("business_days", .plain("5"))])
        case "line": return .map([("label", FieldKinds.words("手数料")), ("price", .plain("0"))])
        case "fee":
            return .map([
                ("due", .plain("approval")),
                ("lines", .list([.map([("label", FieldKinds.words("手数料")), ("price", .plain("0"))])])),
            ])
        default: return nil
        }
    }

    /// An id that nothing in the form has.
    private func freeID(_ head: String) -> String {
        let taken = Self.ids(root)
        return (1...).lazy.map { head + String($0) }.first { !taken.contains($0) } ?? head
    }

    private static func ids(_ node: Node) -> Set<String> {
        var ids: Set<String> = []
        if let id = node["id"]?.text { ids.insert(id) }
        for pair in node.mapping.map(Array.init) ?? [] { ids.formUnion(Self.ids(pair.value)) }
        for item in node.sequence.map(Array.init) ?? [] { ids.formUnion(Self.ids(item)) }
        return ids
    }
}
