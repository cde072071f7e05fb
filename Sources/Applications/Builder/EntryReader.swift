import Core
import Japanese
import Web
import Yams

/// Puts what was typed into a place of a form. Everything is kept as it was typed: what does not hold is found by the
/// check and shown at its place.
struct EntryReader {
    let list: EntryList
    let place: FormTree.Place
    let posted: Posted

    /// The tree with what was typed.
    var changed: FormTree {
        var tree = list.tree
        for entry in list.entries(at: place) where isSent(entry) {
            let value = value(entry)
            tree.change(FormTree.Place(place.path + FormTree.Place(entry.key).path)) { before in
                // 1 is what is counted where nothing is said.
                if entry.key == "count", value?.text == "1", before == nil { return nil }
                if case .number(let usual?) = entry.kind, before == nil, value?.text == String(usual) { return nil }
                return value
            }
        }
        if let kind = posted["kind"], let field = tree.node(place), field["kind"]?.text != kind,
            EntryList.sort(of: place) == .field, FieldKinds.all.contains(where: { $0.value == kind })
        {
            let requirement = tree.root["requirements"]?[.index(0)]?["id"]?.text
            tree.change(place) { _ in FieldKinds.change(field, to: kind, requirement: requirement) }
        }
        return tree
    }

    /// True if the page had the entry: a box that is not ticked sends nothing, but comes with the others.
    private func isSent(_ entry: Entry) -> Bool {
        switch entry.kind {
        case .words: posted["\(entry.key).ja"] != nil
        case .line, .number, .choice, .day: posted[entry.key] != nil
        case .flag, .several: posted["revision"] != nil
        case .options: posted["\(entry.key).0.label.ja"] != nil
        case .condition, .formula: posted["\(entry.key).mode"] != nil
        }
    }

    private func value(_ entry: Entry) -> Node? {
        switch entry.kind {
        case .words(_, let isNeeded):
            let words = words(entry.key) ?? (isNeeded ? FieldKinds.words("") : nil)
            let before = list.tree.node(FormTree.Place(place.path + FormTree.Place(entry.key).path))
            return words.map { others(before, with: $0) }
        case .day: return text(entry.key).isEmpty ? nil : .plain(Width.narrow(text(entry.key)))
        case .line: return .words(text(entry.key))
        case .number:
            let typed = Width.narrow(text(entry.key)).filter { $0 != "," }
            return typed.isEmpty ? nil : .plain(typed)
        case .flag(let on): return posted[entry.key] == "yes" ? .plain(on ? "true" : "false") : nil
        case .choice:
            let chosen = text(entry.key)
            return chosen.isEmpty ? nil : .words(chosen)
        case .several(let options):
            let chosen = options.map(\.value).filter(posted.all(entry.key).contains)
            return chosen.isEmpty ? nil : .list(chosen.map(Node.plain))
        case .options: return options(entry.key)
        case .condition:
            let before = place.path.first == .key("pages") ? place : nil
            let old = list.tree.node(place)?["when"]
            return ConditionEntry.read(entry.key, posted, before: old, fields: list.fields(before: before))
        case .formula: return FormulaEntry.read(entry.key, posted)
        }
    }

    /// New words, and those in languages that this town has not: in a form from another one they stay.
    private func others(_ before: Node?, with words: Node) -> Node {
        let others = before?.mapping.map(Array.init)?.filter { pair in
            !list.languages.contains { $0.id == pair.key.text }
        }
        return (others ?? []).reduce(words) { $0.with($1.key.text ?? "", $1.value) }
    }

    private func text(_ name: String) -> String {
        Spaces.trim((posted[name] ?? "").replacing("\r\n", with: "\n"))
    }

    /// Words in the languages that were written; nil where none was.
    private func words(_ name: String) -> Node? {
        let pairs = list.languages.map(\.id).compactMap { id -> (String, Node)? in
            let text = text("\(name).\(id)")
            return text.isEmpty ? nil : (id, .words(text))
        }
        return pairs.isEmpty ? nil : .map(pairs)
    }

    private func options(_ name: String) -> Node {
        var options: [Node] = []
        var values: Set<String> = []
        let before = list.tree.node(place)?["options"]?.sequence.map(Array.init) ?? []
        for index in 0..<2000 {
            guard let label = words("\(name).\(index).label"), label["ja"] != nil else {
                if posted["\(name).\(index).value"] == nil { break }
                continue
            }
            var value = text("\(name).\(index).value")
            if value.isEmpty || values.contains(value) {
                value = (1...).lazy.map { "o\($0)" }.first { !values.contains($0) && !isTaken($0, name) } ?? "o"
            }
            values.insert(value)
            let old = before.first { $0["value"]?.text == value }
            let hint = words("\(name).\(index).hint").map { [("hint", others(old?["hint"], with: $0))] } ?? []
            options.append(.map([("value", .words(value)), ("label", others(old?["label"], with: label))] + hint))
        }
        return .list(options)
    }

    private func isTaken(_ value: String, _ name: String) -> Bool {
        (0..<2000).contains { posted["\(name).\($0).value"] == value }
    }
}
