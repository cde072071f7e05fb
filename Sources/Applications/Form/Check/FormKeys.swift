import Core
import Yams

/// The words that a document may use. A word that is written wrongly would be passed over in silence otherwise.
enum FormKeys {
    /// What may stand in a mapping: each key with the shape of what follows it; nil for anything.
    private typealias Shape = [String: String?]

    private static let shapes: [String: Shape] = [
        "form": [
            "id": nil, "version": nil, "card": nil, "minutes": nil, "applicant": nil, "title": "text", "send": "text",
            "declaration": "text", "requirements": "requirement", "fee": "fee", "routing": "route",
            "deadlines": "deadline", "waived": nil, "pages": "page", "lineage": "origin", "exported_from": "origin",
        ],
        "text": ["ja": nil, "easy": nil, "en": nil],
        "origin": ["town": nil, "code": nil, "form": nil, "version": nil, "on": nil],
        "requirement": [
            "id": nil, "name": "text", "clause": nil, "reason": "text", "state": nil, "substitutes": nil,
        ],
        "fee": ["due": nil, "lines": "line"],
        "line": ["label": "text", "price": nil, "count": "formula", "unit": "text", "when": "condition"],
        "route": ["when": "condition", "section": nil],
        "deadline": ["when": "condition", "business_days": nil],
        "page": [
            "id": nil, "question": "text", "hint": "text", "script": "text", "when": "condition", "fields": "field",
            "exit": "text",
        ],
        "field": [
            "id": nil, "label": "text", "hint": "text", "required": nil, "kind": nil, "maximum": nil, "minimum": nil,
            "digits": nil, "options": "option", "days": "days", "words": "text", "unit": "text", "unsure": nil,
            "rows": "rows", "value": "formula", "requirement": nil, "files": nil, "fact": nil,
            "places": nil,
        ],
        "option": ["value": nil, "label": "text", "hint": "text"],
        "days": ["days_back": nil, "days_ahead": nil, "business_days_ahead": nil, "partial": nil],
        "rows": ["noun": "text", "unit": "text", "minimum": nil, "maximum": nil, "title": nil, "pages": "page"],
        "condition": [
            "field": nil, "value": "formula", "is": nil, "answered": nil, "some": nil, "every": nil, "all": "condition",
            "any": "condition", "not": "condition", "where": "condition", "before": nil, "on_or_after": nil,
            "at_least": "formula", "at_most": "formula", "more_than": "formula", "less_than": "formula",
            "equals": "formula",
        ],
        "formula": [
            "field": nil, "count": nil, "sum": nil, "of": "formula", "add": "formula", "subtract": "formula",
            "multiply": "formula", "least": "formula", "greatest": "formula", "divide": "formula", "by": nil,
            "age": nil,
            "on": nil, "cases": "branch", "otherwise": "formula", "where": "condition",
        ],
        "branch": ["when": "condition", "then": "formula"],
    ]

    /// The words that mean nothing where they stand.
    static func unknown(in root: Node) -> [FormCheck.Finding] { unknown(in: root, "form", []) }

    private static func unknown(in node: Node, _ name: String, _ path: FormCheck.Path) -> [FormCheck.Finding] {
        if let items = node.sequence {
            return items.enumerated().flatMap { unknown(in: $0.element, name, path + [.index($0.offset)]) }
        }
        guard let pairs = node.mapping, let shape = shapes[name] else { return [] }
        return pairs.flatMap { key, value -> [FormCheck.Finding] in
            let word = key.scalar?.string ?? ""
            let place = path + [.key(word)]
            // Any language: one that this town does not have may be another town's.
            if name == "text", Language.isTag(word) { return [] }
            guard let inside = shape[word] else {
                let known = shape.keys.sorted().joined(separator: ", ")
                return [.init(place, "「\(word)」という項目はありません。ここに書けるのは \(known) です")]
            }
            return inside.map { unknown(in: value, $0, place) } ?? []
        }
    }
}
