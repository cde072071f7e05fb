/// 例規. One ordinance, rule or law as a tree.
package struct Ordinance: Sendable, Equatable, Codable {
    package let title: String
    /// 公布の日 and 番号 as they are written, line by line: 昭和31年9月30日 条例第1号.
    package let enactment: String
    package let nodes: [OrdinanceNode]
    /// What could not be read as an element, with its line: it is kept where it stands, as text.
    package let faults: [Fault]

    /// A line that is no element that could stand there.
    package struct Fault: Sendable, Equatable, Codable {
        package let line: Int
        package let words: String

        package init(line: Int, words: String) { (self.line, self.words) = (line, words) }
    }

    package init(title: String, enactment: String, nodes: [OrdinanceNode], faults: [Fault]) {
        (self.title, self.enactment, self.nodes, self.faults) = (title, enactment, nodes, faults)
    }

    /// Gives every element with its address, in the order of the text: 第8条の2第3項第1号ア. Groups of articles are not part of
    /// the address of an article (its number counts through); elements of 附則 begin with it.
    package func forEach(_ work: (OrdinanceNode, _ address: String) throws -> Void) rethrows {
        for node in nodes { try Self.walk(node, below: "", work) }
    }

    private static func walk(
        _ node: OrdinanceNode, below address: String, _ work: (OrdinanceNode, String) throws -> Void
    ) rethrows {
        let own = address + node.segment
        try work(node, own)
        // An article stands by itself, whatever chapter it is in.
        let base = node.kind.depth != nil ? address : own
        for child in node.children { try walk(child, below: base, work) }
    }
}

extension OrdinanceNode {
    /// What it adds to an address.
    package var segment: String {
        switch kind {
        case .subitem: label.filter { $0 != "(" && $0 != ")" && $0 != "（" && $0 != "）" }.bracketed(like: label)
        case .supplement, .appendix: label
        case .tableOfContents: "目次"
        case .preamble: "前文"
        case .table: "表"
        default:
            number.map { number in
                "第\(number.parts[0])\(kind.word ?? "")"
                    + number.parts.dropFirst().map { "の\($0)" }.joined()
            } ?? ""
        }
    }
}

extension String {
    /// In half-width brackets where the label has any: (ア).
    fileprivate func bracketed(like label: String) -> String {
        label.contains("(") || label.contains("（") ? "(\(self))" : self
    }
}
