extension Ordinance {
    /// Why a text cannot be read as what it is said to be, or written so.
    package struct FormatTrouble: Error, CustomStringConvertible, Equatable {
        package let description: String
    }

    /// Reads a law in 法令標準XML, as e-Gov gives it. Readings of ruby are left out; an element that is not known is kept as text,
    /// and told.
    /// - Parameter bytes: in UTF-8, whatever the declaration says.
    package init(egov bytes: [UInt8]) throws(FormatTrouble) {
        let root: XMLElement
        do throws(XMLElement.Trouble) { root = try XMLElement.root(of: bytes) } catch {
            throw FormatTrouble(description: error.description)
        }
        guard let law = root.find("Law"), let body = law.first("LawBody") else {
            throw FormatTrouble(description: "法令標準XMLではありません（Law と LawBody がありません）")
        }
        var reader = EGovReader()
        let nodes = body.elements.flatMap { reader.top($0) }
        self.init(
            title: body.first("LawTitle")?.text ?? "", enactment: law.first("LawNum")?.text ?? "", nodes: nodes,
            faults: reader.faults)
    }
}

/// Makes elements of the tree out of those of the XML.
private struct EGovReader {
    var faults: [Ordinance.Fault] = []

    private static let groups: [String: OrdinanceNode.Kind] = [
        "Part": .part, "Chapter": .chapter, "Section": .section, "Subsection": .subsection, "Division": .division,
    ]
    private static let appendices: Set = [
        "AppdxTable", "AppdxNote", "AppdxStyle", "Appdx", "AppdxFig", "AppdxFormat", "SupplProvisionAppdxTable",
        "SupplProvisionAppdxStyle", "SupplProvisionAppdx",
    ]

    /// What stands directly in a law.
    mutating func top(_ element: XMLElement) -> [OrdinanceNode] {
        switch element.name {
        case "LawTitle": []
        case "TOC": [contents(element)]
        case "Preamble": [worded(.preamble, label: "前文", element)]
        case "EnactStatement": [worded(.preamble, label: "制定文", element)]
        case "MainProvision": element.elements.flatMap { inside($0) }
        default: inside(element)
        }
    }

    /// What stands in a group, an article, 附則 …
    private mutating func inside(_ element: XMLElement) -> [OrdinanceNode] {
        if let kind = Self.groups[element.name] { return [group(kind, element)] }
        if Self.appendices.contains(element.name) { return [appendix(element)] }
        if element.name.hasPrefix("Subitem") { return [item(.subitem, element, name: element.name)] }
        switch element.name {
        case "Article": return [article(element)]
        case "Paragraph": return [paragraph(element)]
        case "Item": return [item(.item, element, name: "Item")]
        case "SupplProvision": return [supplement(element)]
        case "TableStruct", "Table": return [table(element)]
        case "List", "FigStruct", "StyleStruct", "NoteStruct", "FormatStruct", "AmendProvision", "RelatedArticleNum",
            "Remarks":
            return []
        default:
            faults.append(.init(line: element.line, words: "知らない要素 \(element.name) です。文として残しました"))
            return [worded(.preamble, label: element.name, element)]
        }
    }

    private func number(_ element: XMLElement) -> OrdinanceNumber? {
        // 3:5 is 第3条から第5条まで.
        let first = element.attributes["Num"]?.split(separator: ":").first ?? ""
        let parts = first.split(separator: "_").compactMap { Int($0) }
        return parts.isEmpty ? nil : OrdinanceNumber(parts)
    }

    private func contents(_ element: XMLElement) -> OrdinanceNode {
        var node = OrdinanceNode(.tableOfContents, label: "目次", line: element.line)
        func add(_ element: XMLElement) {
            let inner = element.elements.filter { $0.name.hasPrefix("TOC") }
            let own = element.elements.filter { !$0.name.hasPrefix("TOC") }.map(\.text).joined()
            if !own.isEmpty { node.sentences.append(.init(own, .main)) }
            for part in inner where part.name != "TOCLabel" { add(part) }
        }
        add(element)
        return node
    }

    private func worded(_ kind: OrdinanceNode.Kind, label: String, _ element: XMLElement) -> OrdinanceNode {
        var node = OrdinanceNode(kind, label: label, line: element.line)
        node.sentences = [.init(element.text, .main)]
        return node
    }

    private mutating func group(_ kind: OrdinanceNode.Kind, _ element: XMLElement) -> OrdinanceNode {
        let title = element.first("\(element.name)Title")?.text ?? ""
        let label = String(title.prefix { $0 != "　" && $0 != " " })
        var node = OrdinanceNode(
            kind, number(element), label: label,
            caption: String(title.dropFirst(label.count).drop { $0 == "　" || $0 == " " }),
            line: element.line)
        node.children = element.elements.filter { $0.name != "\(element.name)Title" }.flatMap { inside($0) }
        return node
    }

    /// The text of a caption without its brackets.
    private func caption(_ element: XMLElement?) -> String {
        let text = element?.text ?? ""
        return text.first == "（" && text.last == "）" ? String(text.dropFirst().dropLast()) : text
    }

    private mutating func article(_ element: XMLElement) -> OrdinanceNode {
        var node = OrdinanceNode(
            .article, number(element), label: element.first("ArticleTitle")?.text ?? "",
            caption: caption(element.first("ArticleCaption")), line: element.line)
        node.notes = element.elements.filter { $0.name == "SupplNote" }.map { caption($0) }
        let heads: Set = ["ArticleTitle", "ArticleCaption", "SupplNote"]
        node.children = element.elements.filter { !heads.contains($0.name) }.flatMap { inside($0) }
        node.isDeleted = node.children.count == 1 && node.children[0].text == "削除"
        return node
    }

    private mutating func paragraph(_ element: XMLElement) -> OrdinanceNode {
        var node = OrdinanceNode(
            .paragraph, number(element), label: element.first("ParagraphNum")?.text ?? "",
            caption: caption(element.first("ParagraphCaption")), line: element.line)
        node.sentences = sentences(element.first("ParagraphSentence")) + loose(element)
        let heads: Set = ["ParagraphNum", "ParagraphCaption", "ParagraphSentence"]
        node.children = element.elements.filter { !heads.contains($0.name) }.flatMap { inside($0) }
        return node
    }

    private mutating func item(_ kind: OrdinanceNode.Kind, _ element: XMLElement, name: String) -> OrdinanceNode {
        var node = OrdinanceNode(
            kind, number(element), label: element.first("\(name)Title")?.text ?? "", line: element.line)
        node.sentences = sentences(element.first("\(name)Sentence")) + loose(element)
        let heads: Set = ["\(name)Title", "\(name)Sentence"]
        node.children = element.elements.filter { !heads.contains($0.name) }.flatMap { inside($0) }
        return node
    }

    /// What stands in an element besides its sentence, and is no element of the tree: lists, figures, amending provisions.
    private func loose(_ element: XMLElement) -> [OrdinanceNode.Sentence] {
        let names: Set = ["List", "FigStruct", "StyleStruct", "NoteStruct", "FormatStruct", "AmendProvision"]
        return element.elements.filter { names.contains($0.name) && !$0.text.isEmpty }.map { .init($0.text, .main) }
    }

    private func sentences(_ element: XMLElement?) -> [OrdinanceNode.Sentence] {
        var found: [OrdinanceNode.Sentence] = []
        for part in element?.elements ?? [] {
            switch part.name {
            case "Sentence":
                let function = part.attributes["Function"]
                let isMain = found.isEmpty || function == "main"
                found.append(.init(part.text, function == "proviso" ? .proviso : isMain ? .main : .latter))
            case "Column":
                // Columns stand beside one another on one line.
                found.append(.init((found.isEmpty ? "" : "　") + part.text, .main))
            default: found.append(.init(part.text, .main))
            }
        }
        return found
    }

    private mutating func supplement(_ element: XMLElement) -> OrdinanceNode {
        var node = OrdinanceNode(.supplement, label: "附則", line: element.line)
        node.caption = element.attributes["AmendLawNum"] ?? ""
        node.children = element.elements.filter { $0.name != "SupplProvisionLabel" }.flatMap { inside($0) }
        return node
    }

    private mutating func appendix(_ element: XMLElement) -> OrdinanceNode {
        let title = element.elements.first { $0.name.hasSuffix("Title") }
        var node = OrdinanceNode(.appendix, label: title?.text ?? "", line: element.line)
        node.caption = caption(element.first("RelatedArticleNum"))
        node.sentences = loose(element) + element.elements.filter { $0.name == "Remarks" }.map { .init($0.text, .main) }
        node.children = element.elements.filter { $0.name != title?.name }.flatMap { inside($0) }
        return node
    }

    /// A row a line, its cells with tabs between.
    private func table(_ element: XMLElement) -> OrdinanceNode {
        var node = OrdinanceNode(.table, line: element.line)
        node.caption = element.first("TableStructTitle")?.text ?? ""
        func rows(_ element: XMLElement) {
            for part in element.elements {
                if part.name == "TableRow" || part.name == "TableHeaderRow" {
                    node.sentences.append(.init(part.elements.map(\.text).joined(separator: "\t"), .main))
                } else if part.name == "Table" {
                    rows(part)
                } else if part.name != "TableStructTitle" {
                    node.sentences.append(.init(part.text, .main))
                }
            }
        }
        rows(element)
        return node
    }
}
