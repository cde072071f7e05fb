import Japanese

extension Ordinance {
    /// The ordinance in 法令標準XML (XMLSchemaForJapaneseLaw v3), as e-Gov gives laws and reads them.
    /// - Throws: ``FormatTrouble`` where the year and the number of its promulgation cannot be told: the schema demands both.
    package func egovXML() throws(FormatTrouble) -> String {
        guard let number = LawNumber(enactment) else {
            throw FormatTrouble(description: "公布の年と番号（例: 昭和31年条例第1号）が読めないので、法令標準XMLにできません")
        }
        var writer = EGovWriter()
        writer.law(self, number)
        return writer.xml
    }
}

/// 法令番号, as the schema wants it.
private struct LawNumber {
    let era: String
    let year, number: Int
    let type: String

    private static let pattern = Pattern.sure(
        "(明治|大正|昭和|平成|令和)(元|[0-9０-９一二三四五六七八九十〇]+)年(?:.*?)((?:憲法|法律|政令|勅令|[^ 　(（月日]*[府省]令|[^ 　(（月日]*規則|[^ 　(（月日]*))第([0-9０-９一二三四五六七八九十百千〇]+)号"
    )
    private static let eras: [Substring: String] = [
        "明治": "Meiji", "大正": "Taisho", "昭和": "Showa", "平成": "Heisei", "令和": "Reiwa",
    ]

    init?(_ enactment: String) {
        let text = enactment.replacing("\n", with: " ")
        guard let match = Self.pattern.first(in: text), let era = match[1].flatMap({ Self.eras[$0] }),
            var year = match[2],
            let word = match[3], var number = match[4], let count = NumberScan.number(&number), count > 0
        else { return nil }
        (self.era, self.number) = (era, count)
        self.year = year == "元" ? 1 : NumberScan.number(&year) ?? 1
        type =
            switch word {
            case "憲法": "Constitution"
            case "法律": "Act"
            case "政令": "CabinetOrder"
            case "勅令": "ImperialOrder"
            case _ where word.hasSuffix("令"): "MinisterialOrdinance"
            case _ where word.hasSuffix("規則"): "Rule"
            default: "Misc"
            }
    }
}

/// Writes the elements of the schema.
private struct EGovWriter {
    private(set) var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    private mutating func element(_ name: String, _ attributes: [(String, String)] = [], _ inner: (inout Self) -> Void)
    {
        xml += "<\(name)" + attributes.map { " \($0.0)=\"\($0.1.escaped)\"" }.joined() + ">"
        inner(&self)
        xml += "</\(name)>"
    }

    private mutating func words(_ name: String, _ text: String, _ attributes: [(String, String)] = []) {
        element(name, attributes) { $0.xml += text.escaped }
    }

    mutating func law(_ ordinance: Ordinance, _ number: LawNumber) {
        let attributes = [
            ("Era", number.era), ("Year", "\(number.year)"), ("Num", "\(number.number)"), ("LawType", number.type),
            ("Lang", "ja"),
        ]
        element("Law", attributes) { writer in
            writer.words("LawNum", ordinance.enactment)
            writer.element("LawBody") { $0.body(ordinance) }
        }
        xml += "\n"
    }

    private mutating func body(_ ordinance: Ordinance) {
        words("LawTitle", ordinance.title)
        let nodes = ordinance.nodes
        let statements = nodes.filter { $0.kind == .preamble && $0.label == "制定文" }
        for node in statements { words("EnactStatement", node.text) }
        if let contents = nodes.first(where: { $0.kind == .tableOfContents }) {
            EGovContents.write(contents) { xml += $0 }
        }
        let preambles = nodes.filter { $0.kind == .preamble && $0.label != "制定文" }
        let main = nodes.filter { ![.preamble, .tableOfContents, .supplement, .appendix].contains($0.kind) }
        if !main.isEmpty, !preambles.isEmpty {
            element("Preamble") { writer in for node in preambles { writer.textParagraph(node) } }
        }
        element("MainProvision") { writer in
            // A text without articles is its own provision.
            if main.isEmpty { for node in preambles { writer.textParagraph(node) } }
            if main.isEmpty, preambles.isEmpty { writer.textParagraph(OrdinanceNode(.preamble, line: 0)) }
            for node in main { writer.node(node) }
        }
        for node in nodes where node.kind == .supplement || node.kind == .appendix { self.node(node) }
    }

    private mutating func textParagraph(_ node: OrdinanceNode) {
        element("Paragraph", [("Num", "1")]) { writer in
            writer.words("ParagraphNum", "")
            writer.element("ParagraphSentence") { $0.sentences(node.sentences) }
        }
    }

    private static let groups: [OrdinanceNode.Kind: String] = [
        .part: "Part", .chapter: "Chapter", .section: "Section", .subsection: "Subsection", .division: "Division",
    ]

    private mutating func node(_ node: OrdinanceNode, depth: Int = 1) {
        if let name = Self.groups[node.kind] { return group(node, name) }
        switch node.kind {
        case .article: article(node)
        case .paragraph: paragraph(node)
        case .item: item(node, "Item", depth: 0)
        case .subitem: item(node, "Subitem\(min(depth, 10))", depth: depth)
        case .table: table(node)
        case .supplement: supplement(node)
        case .appendix: appendix(node)
        default: textParagraph(node)
        }
    }

    private func num(_ node: OrdinanceNode) -> (String, String) {
        ("Num", node.number?.parts.map(String.init).joined(separator: "_") ?? "1")
    }

    private mutating func group(_ node: OrdinanceNode, _ name: String) {
        element(name, [num(node)]) { writer in
            writer.words("\(name)Title", node.label + (node.caption.isEmpty ? "" : "　" + node.caption))
            for child in node.children { writer.node(child) }
        }
    }

    private mutating func article(_ node: OrdinanceNode) {
        element("Article", [num(node)] + (node.isDeleted ? [("Delete", "true")] : [])) { writer in
            if !node.caption.isEmpty { writer.words("ArticleCaption", "（\(node.caption)）") }
            writer.words("ArticleTitle", node.label)
            for child in node.children { writer.node(child) }
            for note in node.notes { writer.words("SupplNote", "（\(note)）") }
        }
    }

    private mutating func paragraph(_ node: OrdinanceNode) {
        element("Paragraph", [num(node)]) { writer in
            if !node.caption.isEmpty { writer.words("ParagraphCaption", "（\(node.caption)）") }
            writer.words("ParagraphNum", node.label)
            writer.element("ParagraphSentence") { $0.sentences(node.sentences) }
            for child in node.children { writer.node(child) }
        }
    }

    private mutating func item(_ node: OrdinanceNode, _ name: String, depth: Int) {
        element(name, [num(node)]) { writer in
            writer.words("\(name)Title", node.label)
            writer.element("\(name)Sentence") { writer in
                if node.sentences.count > 1,
                    node.sentences.dropFirst().allSatisfy({ $0.text.hasPrefix("　") && $0.role == .main })
                {
                    writer.columns(node.sentences)
                } else {
                    writer.sentences(node.sentences)
                }
            }
            for child in node.children { writer.node(child, depth: depth + 1) }
        }
    }

    private mutating func columns(_ sentences: [OrdinanceNode.Sentence]) {
        for (index, sentence) in sentences.enumerated() {
            element("Column", [("Num", "\(index + 1)")]) { writer in
                writer.words("Sentence", index == 0 ? sentence.text : String(sentence.text.dropFirst()))
            }
        }
    }

    private mutating func sentences(_ sentences: [OrdinanceNode.Sentence]) {
        guard !sentences.isEmpty else { return words("Sentence", "") }
        for (index, sentence) in sentences.enumerated() {
            var attributes = [("Num", "\(index + 1)")]
            if sentence.role == .proviso { attributes.append(("Function", "proviso")) }
            if sentence.role == .main, index > 0 { attributes.append(("Function", "main")) }
            words("Sentence", sentence.text, attributes)
        }
    }

    private mutating func table(_ node: OrdinanceNode) {
        element("TableStruct") { writer in
            if !node.caption.isEmpty { writer.words("TableStructTitle", node.caption) }
            writer.element("Table") { writer in
                for row in node.sentences {
                    writer.element("TableRow") { writer in
                        for cell in row.text.split(separator: "\t", omittingEmptySubsequences: false) {
                            writer.element("TableColumn") { $0.words("Sentence", String(cell)) }
                        }
                    }
                }
            }
        }
    }

    private mutating func supplement(_ node: OrdinanceNode) {
        let attributes = node.caption.isEmpty ? [] : [("Type", "Amend"), ("AmendLawNum", node.caption)]
        element("SupplProvision", attributes) { writer in
            writer.words("SupplProvisionLabel", node.label)
            if node.children.isEmpty { writer.textParagraph(node) }
            for child in node.children where child.kind != .appendix { writer.node(child) }
            for child in node.children where child.kind == .appendix {
                writer.appendix(child, prefix: "SupplProvision")
            }
        }
    }

    private mutating func appendix(_ node: OrdinanceNode, prefix: String = "") {
        let kind = ["様式": "Style", "書式": "Style", "別記": "Note", "別図": "Note", "別紙": "Note"].first {
            node.label.contains($0.key)
        }?.value
        let name = prefix + "Appdx" + (prefix.isEmpty ? kind ?? "Table" : kind == "Style" ? "Style" : "Table")
        element(name) { writer in
            writer.words("\(name)Title", node.label)
            if !node.caption.isEmpty { writer.words("RelatedArticleNum", "（\(node.caption.bracketsOff)）") }
            let tables = node.children.filter { $0.kind == .table || $0.kind == .item }
            if name.hasSuffix("Table") || name.hasSuffix("Note") { for child in tables { writer.node(child) } }
            // A form is what it looks like; here it is its words.
            if name.hasSuffix("Style") {
                for child in node.children {
                    writer.element("StyleStruct") {
                        $0.words("Style", child.sentences.map(\.text).joined(separator: "\n"))
                    }
                }
            }
            guard !node.sentences.isEmpty, prefix.isEmpty else { return }
            writer.element("Remarks") { writer in
                writer.words("RemarksLabel", "")
                for sentence in node.sentences { writer.words("Sentence", sentence.text) }
            }
        }
    }
}

/// 目次.
private enum EGovContents {
    private static let names: [OrdinanceNode.Kind: String] = [
        .part: "Part", .chapter: "Chapter", .section: "Section", .subsection: "Subsection", .division: "Division",
    ]

    static func write(_ node: OrdinanceNode, _ out: (String) -> Void) {
        var open: [OrdinanceNode.Kind] = []
        out("<TOC><TOCLabel>目次</TOCLabel>")
        func close(to depth: Int) {
            while let last = open.last, (last.depth ?? 0) >= depth { out("</TOC\(names[open.removeLast()] ?? "")>") }
        }
        for line in node.sentences.map(\.text) {
            let title = line.prefix { $0 != "（" && $0 != "(" }
            let range = line[title.endIndex...]
            if case .group(let kind, let number, _, _) = LineHead(String(title)), let name = names[kind],
                let depth = kind.depth
            {
                close(to: depth)
                let num = number.parts.map(String.init).joined(separator: "_")
                out("<TOC\(name) Num=\"\(num)\"><\(name)Title>\(String(title).escaped)</\(name)Title>")
                if !range.isEmpty { out("<ArticleRange>\(String(range).escaped)</ArticleRange>") }
                open.append(kind)
            } else if line.filter({ $0 != "　" && $0 != " " }).hasPrefix("附則") {
                close(to: 0)
                out("<TOCSupplProvision><SupplProvisionLabel>\(String(title).escaped)</SupplProvisionLabel>")
                if !range.isEmpty { out("<ArticleRange>\(String(range).escaped)</ArticleRange>") }
                out("</TOCSupplProvision>")
            } else if line.hasPrefix("前文") {
                out("<TOCPreambleLabel>\(line.escaped)</TOCPreambleLabel>")
            } else if line.hasPrefix("別表") {
                close(to: 0)
                out("<TOCAppdxTableLabel>\(line.escaped)</TOCAppdxTableLabel>")
            }
        }
        close(to: 0)
        out("</TOC>")
    }
}

extension String {
    fileprivate var escaped: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
            "\"", with: "&quot;")
    }
}
