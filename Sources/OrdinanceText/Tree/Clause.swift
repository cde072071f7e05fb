/// 条文の一まとまり. A provision as it is read and judged by itself: a 項, a 号, a row of a table.
package struct Clause: Sendable {
    package let place: Place
    /// 第3条第1項第2号ア, as the ordinance itself would call it.
    package let address: String
    package let kind: OrdinanceNode.Kind
    /// 見出し of its article.
    package let caption: String
    /// What it says, without its number.
    package let text: String
    /// The line of the source, from 1.
    package let line: Int
    /// The index of the provision it is an item of.
    package let lead: Int?
    /// True where its article has no other 項.
    package let isOnlyParagraph: Bool
    /// True for an item of a list of things that are forbidden.
    package let isForbidden: Bool
}

extension Clause {
    private static let forbidding = Pattern.sure("てはならない|禁止する")

    /// True where it forbids what its items name, or is an item of one that does.
    var forbids: Bool { isForbidden || Self.forbidding.fits(text) }
}

extension Ordinance {
    /// Its provisions in the order of the text. Headings of groups and tables of contents say nothing to anybody and are left out.
    package var clauses: [Clause] {
        var walk = ClauseWalk()
        for node in nodes { walk.take(node, Place(), caption: "", lead: nil) }
        return walk.clauses
    }
}

private struct ClauseWalk {
    private(set) var clauses: [Clause] = []
    private var supplements = 0

    mutating func take(_ node: OrdinanceNode, _ place: Place, caption: String, lead: Int?, isOnly: Bool = true) {
        var (place, caption, lead) = (place, caption, lead)
        switch node.kind {
        case .tableOfContents: return
        case .supplement:
            supplements += 1
            place.supplement = supplements
        case .appendix: place.appendix = node.label
        case .article:
            place.article = node.number
            caption = node.caption
        case .paragraph:
            place.paragraph = node.number?.parts[0]
            if !node.caption.isEmpty { caption = node.caption }
        case .item: place.item = node.number
        case .subitem: place.subitems.append(node.segment)
        default: break
        }
        let paragraphs = node.kind == .article ? node.children.count { $0.kind == .paragraph } : 0
        if node.kind == .table {
            for row in node.sentences { add(node, place, caption, row.text, lead, isOnly) }
        } else if !node.sentences.isEmpty {
            add(node, place, caption, node.text, lead, isOnly)
            lead = clauses.count - 1
        }
        for child in node.children {
            take(child, place, caption: caption, lead: lead, isOnly: node.kind == .article ? paragraphs <= 1 : isOnly)
        }
    }

    private mutating func add(
        _ node: OrdinanceNode, _ place: Place, _ caption: String, _ text: String, _ lead: Int?, _ isOnly: Bool
    ) {
        let isForbidden = node.kind != .paragraph && lead.map { clauses[$0].forbids } ?? false
        clauses.append(
            Clause(
                place: place, address: place.text, kind: node.kind, caption: caption, text: text, line: node.line,
                lead: lead, isOnlyParagraph: isOnly, isForbidden: isForbidden))
    }
}
