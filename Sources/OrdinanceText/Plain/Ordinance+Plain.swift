extension Ordinance {
    /// The ordinance as plain text, an element a line, as ``init(plain:)`` reads it.
    package var plain: String {
        var lines = ["○" + title]
        if !enactment.isEmpty { lines.append(enactment) }
        for node in nodes { Self.write(node, to: &lines) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func write(_ node: OrdinanceNode, to lines: inout [String]) {
        switch node.kind {
        case .article:
            if !node.caption.isEmpty { lines.append("（\(node.caption)）") }
            let first = node.children.first
            lines.append("\(node.label)　\(first?.text ?? "")")
            for child in first?.children ?? [] { write(child, to: &lines) }
            for child in node.children.dropFirst() { write(child, to: &lines) }
        case .tableOfContents:
            lines.append("目次")
            lines += node.sentences.map(\.text) + [""]
        case .table: lines += node.sentences.map(\.text)
        case .preamble: lines.append(node.text)
        case .supplement, .appendix:
            let isBare = node.caption.isEmpty || node.caption.first == "（" || node.caption.first == "("
            lines.append(node.label + (isBare ? node.caption : "（\(node.caption)）"))
            if !node.text.isEmpty { lines.append(node.text) }
            for child in node.children { write(child, to: &lines) }
        default:
            if node.kind == .paragraph, !node.caption.isEmpty { lines.append("（\(node.caption)）") }
            let title = node.kind.depth == nil ? "" : node.caption
            lines.append(node.label + (node.label.isEmpty ? "" : "　") + title + node.text)
            for child in node.children { write(child, to: &lines) }
        }
        for note in node.notes { lines.append("（\(note)）") }
    }
}
