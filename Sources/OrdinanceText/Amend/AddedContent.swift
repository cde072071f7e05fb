import Japanese

/// The provisions that an amending sentence adds or puts in the place of others.
struct AddedContent {
    private let lines: [String]
    private let width: TextWidth

    init(_ lines: [String], _ width: TextWidth) { (self.lines, self.width) = (lines, width) }

    /// All of it as one text, for ただし書 and 後段.
    var text: String { width.fit(lines.map(Spaces.trim).joined()) }

    /// As elements of the kind of another one, which they take the place of.
    func nodes(like node: DraftNode) throws(Amendment.Missing) -> [DraftNode] {
        switch node.kind {
        case .paragraph: return try paragraphs(node)
        case .item: return try inside("第1条　x\n", lines) { $0.children.first?.children ?? [] }
        case .subitem: return try inside("第1条　x\n(1)　x\n", lines) { $0.children.first?.children.first?.children ?? [] }
        case .appendix, .table, .preamble, .tableOfContents:
            let found = top()
            if found.first?.kind == node.kind { return found }
            let copy = DraftNode(node.node)
            (copy.text, copy.children, copy.rows) = ("", [], lines.map { width.fit($0) })
            return [copy]
        default: return try whole()
        }
    }

    /// As elements of what the sentence says: 1条, 2項, 1号.
    func nodes(_ what: String, like node: DraftNode?) throws(Amendment.Missing) -> [DraftNode] {
        guard !lines.isEmpty else { throw Amendment.Missing("加える規定が、改め文の次の行にありません") }
        switch what.last {
        case "項": return try paragraphs(nil)
        case "号": return try nodes(like: DraftNode(OrdinanceNode(.item, line: 0)))
        case "条", "章", "節", "款", "目", "編", "表": return try whole()
        default:
            guard let node else { return try whole() }
            return try nodes(like: node)
        }
    }

    private func whole() throws(Amendment.Missing) -> [DraftNode] {
        let found = top()
        guard !found.isEmpty, found.first?.kind != .preamble else { throw Amendment.Missing("加える規定が、条や章として読めません") }
        return found
    }

    private func top() -> [DraftNode] {
        var reader = PlainReader()
        reader.take("x", line: 1)
        reader.take("", line: 1)
        for line in lines { reader.take(line, line: 1) }
        return reader.finish().nodes.map { fitted(DraftNode($0)) }
    }

    private func paragraphs(_ old: DraftNode?) throws(Amendment.Missing) -> [DraftNode] {
        guard let first = lines.first else { throw Amendment.Missing("規定がありません") }
        guard case .paragraph(let number, _, _) = LineHead(first) else {
            let found = try inside("第1条　", lines.map(Spaces.trim), joined: true) { $0.children }
            if let old { for node in found.prefix(1) { (node.number, node.label) = (old.number, old.label) } }
            return found
        }
        // Those before it, so that its number follows.
        let before = (2..<max(2, number.parts[0])).map { "\($0)　x\n" }.joined()
        return try inside("第1条　x\n" + before, lines) {
            $0.children.filter { ($0.number ?? OrdinanceNumber(0)) >= number }
        }
    }

    /// Reads the lines as they would stand behind others, and takes from the article what is theirs.
    private func inside(
        _ before: String, _ lines: [String], joined: Bool = false, _ pick: (OrdinanceNode) -> [OrdinanceNode]
    ) throws(Amendment.Missing) -> [DraftNode] {
        let text = "x\n\n" + before + lines.joined(separator: "\n")
        let article = Ordinance(plain: text).nodes.first { $0.kind == .article }
        let found = article.map(pick) ?? []
        guard !found.isEmpty else { throw Amendment.Missing("規定が、項や号として読めません（\(lines.first ?? "")）") }
        return found.map { fitted(DraftNode($0)) }
    }

    private func fitted(_ node: DraftNode) -> DraftNode {
        for part in node.all {
            (part.text, part.caption) = (width.fit(part.text), width.fit(part.caption))
            part.rows = part.rows.map { width.fit($0) }
        }
        return node
    }
}
