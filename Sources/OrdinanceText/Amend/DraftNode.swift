/// An element that can be amended. It keeps its identity while numbers change around it: within one sentence of an amendment all numbers
/// are those at its beginning.
final class DraftNode {
    let kind: OrdinanceNode.Kind
    var number: OrdinanceNumber?
    var label: String
    var caption: String
    var text: String
    var children: [DraftNode]
    var notes: [String]
    let line: Int
    var isDeleted: Bool
    /// The rows of a table, the lines of a table of contents: they are not one text.
    var rows: [String]

    init(_ node: OrdinanceNode) {
        (kind, number, label, caption) = (node.kind, node.number, node.label, node.caption)
        (notes, line, isDeleted) = (node.notes, node.line, node.isDeleted)
        let isRows = node.kind == .table || node.kind == .tableOfContents
        rows = isRows ? node.sentences.map(\.text) : []
        text = isRows ? "" : node.text
        children = node.children.map(DraftNode.init)
    }

    /// As an element of a tree again.
    var node: OrdinanceNode {
        var node = OrdinanceNode(kind, number, label: label, caption: caption, line: line)
        node.sentences = rows.isEmpty ? SentenceSplit.sentences(text) : rows.map { .init($0, .main) }
        (node.children, node.notes) = (children.map(\.node), notes)
        node.isDeleted = isDeleted
        return node
    }

    /// Itself and everything in it, in the order of the text.
    var all: [DraftNode] { [self] + children.flatMap(\.all) }
}

/// An ordinance that is being amended.
final class DraftTree {
    var title: String
    let enactment: String
    var nodes: [DraftNode]

    init(_ ordinance: Ordinance) {
        (title, enactment) = (ordinance.title, ordinance.enactment)
        nodes = ordinance.nodes.map(DraftNode.init)
    }

    var ordinance: Ordinance {
        Ordinance(title: title, enactment: enactment, nodes: nodes.map(\.node), faults: [])
    }

    /// Where each element stands now.
    func places() -> DraftPlaces {
        var places = DraftPlaces()
        var supplements = 0
        func walk(_ node: DraftNode, _ place: Place, _ parent: DraftNode?) {
            var place = place
            switch node.kind {
            case .supplement:
                supplements += 1
                place.supplement = supplements
            case .appendix: place.appendix = node.label
            case .article: place.article = node.number
            case .paragraph: place.paragraph = node.number?.parts[0]
            case .item: place.item = node.number
            case .subitem: place.subitems.append(node.node.segment)
            default: break
            }
            places.add(node, at: place, in: parent)
            for child in node.children { walk(child, place, node) }
        }
        for node in nodes { walk(node, Place(), nil) }
        return places
    }

    /// Where the children of an element, or the top, are kept.
    func siblings(_ parent: DraftNode?) -> [DraftNode] { parent?.children ?? nodes }

    func set(_ siblings: [DraftNode], in parent: DraftNode?) {
        if let parent { parent.children = siblings } else { nodes = siblings }
    }

    func remove(_ node: DraftNode, from parent: DraftNode?) {
        set(siblings(parent).filter { $0 !== node }, in: parent)
    }

    func insert(_ added: [DraftNode], after node: DraftNode, in parent: DraftNode?) {
        var siblings = siblings(parent)
        guard let index = siblings.firstIndex(where: { $0 === node }) else { return }
        siblings.insert(contentsOf: added, at: index + 1)
        set(siblings, in: parent)
    }

    func insert(_ added: [DraftNode], before node: DraftNode, in parent: DraftNode?) {
        var siblings = siblings(parent)
        guard let index = siblings.firstIndex(where: { $0 === node }) else { return }
        siblings.insert(contentsOf: added, at: index)
        set(siblings, in: parent)
    }
}

/// Where the elements of a draft stood when a sentence of an amendment began.
struct DraftPlaces {
    struct Entry {
        let node: DraftNode
        let parent: DraftNode?
        let place: Place
    }

    private(set) var entries: [Entry] = []
    private var byPlace: [Place: Int] = [:]
    private var byNode: [ObjectIdentifier: Int] = [:]

    mutating func add(_ node: DraftNode, at place: Place, in parent: DraftNode?) {
        byNode[ObjectIdentifier(node)] = entries.count
        // A table has the place of what it stands in.
        if byPlace[place] == nil { byPlace[place] = entries.count }
        entries.append(Entry(node: node, parent: parent, place: place))
    }

    subscript(_ place: Place) -> Entry? { byPlace[place].map { entries[$0] } }
    subscript(_ node: DraftNode) -> Entry? { byNode[ObjectIdentifier(node)].map { entries[$0] } }
}
