import Core
import HTML
import Web
import Yams

/// 条件の編集. When something holds, built from the questions before it, in words; what is too long for that is written in
/// YAML.
struct ConditionEntry {
    /// The name of its controls: `when`.
    let name: String
    let node: Node?
    /// True where it has to be said: then there is no always.
    let isNeeded: Bool
    let fields: [EntryList.KnownField]

    /// How a condition is set.
    private enum Mode: String, CaseIterable {
        case always, simple, yaml
    }

    /// What is asked of one field.
    private struct Clause {
        var values: Set<String> = []
        var isNot = false
        var operation = ""
        var value = ""
    }

    /// The comparisons of a number or a date, and whether there is an answer at all.
    private static let operations: [(value: String, name: String)] = [
        ("answered", "回答がある"), ("unanswered", "回答がない"), ("at_least", "この数以上"), ("at_most", "この数以下"),
        ("more_than", "この数より大きい"), ("less_than", "この数より小さい"), ("equals", "この数"), ("before", "この日より前"),
        ("on_or_after", "この日以後"),
    ]

    private static func operations(for kind: String) -> [(value: String, name: String)] {
        let has = operations.prefix(2)
        return switch kind {
        case "number", "money", "computed": Array(has + operations[2...6])
        case "date": Array(has + operations[7...])
        default: Array(has)
        }
    }

    // MARK: Page

    var html: HTML {
        let (mode, join, clauses) = parsed
        let blocks: [HTML] = fields.filter { $0.kind != "information" }.map { block($0, clauses[$0.id] ?? Clause()) }
        let none: HTML = fields.isEmpty ? "<p class=\"hint\">前に質問がないため、条件を付けられません。</p>" : .empty
        return """
            \(isNeeded ? .empty : radio(.always, "いつも", isChosen: mode == .always))
            \(radio(.simple, "次の答えのときだけ", isChosen: mode == .simple || isNeeded && mode == .always))
            <div class="inner">\(none)
            <label for="\(name).join">組み合わせ</label>
            <select id="\(name).join" name="\(name).join">\(option("all", "選んだものを、すべて満たすとき", join))\(option("any", "選んだもののどれかを満たすとき", join))</select>
            \(blocks)</div>
            \(radio(.yaml, "くわしい条件を書く（YAML）", isChosen: mode == .yaml))
            <details class="inner"\(Attributes().with("open", when: mode == .yaml))><summary>条件（YAML）</summary>
            <label for="\(name).yaml" class="unseen">条件（YAML）</label>
            <textarea id="\(name).yaml" name="\(name).yaml" rows="6" spellcheck="false">
            \(source)</textarea></details>
            """
    }

    private func radio(_ mode: Mode, _ label: String, isChosen: Bool) -> HTML {
        let id = "\(name).mode-\(mode.rawValue)"
        return """
            <div class="option"><input type="radio" id="\(id)" name="\(name).mode" value="\(mode.rawValue)"\(Attributes().with("checked", when: isChosen))>
            <label for="\(id)">\(label)</label></div>
            """
    }

    private func option(_ value: String, _ label: String, _ chosen: String) -> HTML {
        #"<option value="\#(value)"\#(Attributes().with("selected", when: value == chosen))>\#(label)</option>"#
    }

    private func block(_ field: EntryList.KnownField, _ clause: Clause) -> HTML {
        let head = "\(name).\(field.id)"
        let isUsed = !clause.values.isEmpty || !clause.operation.isEmpty
        let choices: [HTML] = field.options.map { value, label in
            let id = "\(head).is-\(value)"
            return """
                <div class="option"><input type="checkbox" id="\(id)" name="\(head).is" value="\(value)"\(Attributes().with("checked", when: clause.values.contains(value)))>
                <label for="\(id)">\(label)</label></div>
                """
        }
        let isOf: HTML =
            field.options.isEmpty
            ? .empty
            : """
            \(choices)<label for="\(head).not">選んだ答えの</label>
            <select id="\(head).not" name="\(head).not">\(option("", "どれかであるとき", clause.isNot ? "yes" : ""))\(option("yes", "どれでもないとき", clause.isNot ? "yes" : ""))</select>
            """
        let operations: [HTML] = Self.operations(for: field.kind).map { option($0.value, $0.name, clause.operation) }
        let takesValue = ["number", "money", "computed", "date"].contains(field.kind)
        let value: HTML =
            takesValue
            ? """
            <label for="\(head).value">\(field.kind == "date" ? "日付（例: 2027-04-01）" : "数")</label>
            <input id="\(head).value" name="\(head).value" class="short" value="\(clause.value)" autocomplete="off">
            """ : .empty
        let compare: HTML = """
            <label for="\(head).op">回答が</label>
            <select id="\(head).op" name="\(head).op">\(option("", "（問わない）", clause.operation))\(operations)</select>\(value)
            """
        return """
            <details\(Attributes().with("open", when: isUsed))><summary>\(field.label)</summary>\(isOf)\(compare)</details>
            """
    }

    private var source: String {
        guard let node, parsed.0 == .yaml else { return "" }
        if let text = node.text { return text }
        return (try? FormTree(node).yaml) ?? ""
    }

    // MARK: Reading

    /// The condition as it is now; nil for always.
    /// - Parameter before: how it was. What is ticked under an 「いつも」 that stood there before is meant.
    static func read(
        _ name: String, _ posted: Posted, before: Node?, fields: [EntryList.KnownField]
    ) -> Node? {
        switch posted["\(name).mode"].flatMap(Mode.init) {
        case .yaml?:
            let text = (posted["\(name).yaml"] ?? "").replacing("\r\n", with: "\n")
            if text.allSatisfy(\.isWhitespace) { return nil }
            // What cannot be read is kept as words: the check says what is the matter, and nothing typed is lost.
            guard let node = try? FormFile.compose(text), node.mapping != nil else { return .words(text) }
            return node
        case .simple?: return simple(name, posted, fields)
        case .always?: return before == nil ? simple(name, posted, fields) : nil
        case nil: return nil
        }
    }

    private static func simple(_ name: String, _ posted: Posted, _ fields: [EntryList.KnownField]) -> Node? {
        let chosen = fields.flatMap { clauses(of: $0, name, posted) }
        if chosen.count < 2 { return chosen.first }
        return .map([(posted["\(name).join"] == "any" ? "any" : "all", .list(chosen))])
    }

    private static func clauses(of field: EntryList.KnownField, _ name: String, _ posted: Posted) -> [Node] {
        let head = "\(name).\(field.id)"
        var clauses: [Node] = []
        let values = field.options.map(\.value).filter(posted.all("\(head).is").contains)
        if !values.isEmpty {
            let clause = Node.map([("field", .plain(field.id)), ("is", .list(values.map { .words($0) }))])
            clauses.append(posted["\(head).not"] == "yes" ? .map([("not", clause)]) : clause)
        }
        let value = (posted["\(head).value"] ?? "").filter { !$0.isWhitespace }
        switch posted["\(head).op"] ?? "" {
        case "answered": clauses.append(.map([("field", .plain(field.id)), ("answered", .plain("true"))]))
        case "unanswered": clauses.append(.map([("field", .plain(field.id)), ("answered", .plain("false"))]))
        case let operation where operations.contains { $0.value == operation }:
            clauses.append(.map([("field", .plain(field.id)), (operation, .plain(value))]))
        default: break
        }
        return clauses
    }

    /// How the condition is set now: by questions where it is made of nothing else, in YAML otherwise.
    private var parsed: (Mode, join: String, [String: Clause]) {
        guard let node else { return (.always, "all", [:]) }
        var (parts, join) = ([node], "all")
        for key in ["all", "any"] {
            if let items = node[key]?.sequence { (parts, join) = (Array(items), key) }
        }
        var clauses: [String: Clause] = [:]
        for part in parts {
            guard add(part, to: &clauses) else { return (.yaml, join, [:]) }
        }
        return (.simple, join, clauses)
    }

    /// Takes in a part of the condition. False if it is more than the questions can say.
    private func add(_ part: Node, to clauses: inout [String: Clause]) -> Bool {
        let isNot = part["not"] != nil
        let inner = part["not"] ?? part
        guard let id = inner["field"]?.text, inner.mapping?.count == 2,
            let field = fields.first(where: { $0.id == id })
        else { return false }
        var clause = clauses[id] ?? Clause()
        if let values = inner["is"]?.sequence?.compactMap(\.text) {
            guard clause.values.isEmpty, Set(values).isSubset(of: field.options.map(\.value)) else { return false }
            (clause.values, clause.isNot) = (Set(values), isNot)
        } else {
            guard !isNot, clause.operation.isEmpty else { return false }
            if let answered = inner["answered"]?.text {
                clause.operation = answered == "false" ? "unanswered" : "answered"
            } else {
                let known = Self.operations(for: field.kind).dropFirst(2).first { inner[$0.value]?.text != nil }
                guard let known else { return false }
                (clause.operation, clause.value) = (known.value, inner[known.value]?.text ?? "")
            }
        }
        clauses[id] = clause
        return true
    }
}
