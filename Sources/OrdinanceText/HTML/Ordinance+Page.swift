import Japanese

extension Ordinance {
    /// Reads a page of an 例規 system: Reiki-Base (`div.eline`), D1-Law (`div id="h:…"`), or any other one by its blocks. The
    /// page's lists of contents, histories and buttons are left out where the system marks them. Nil for a page without a
    /// line of an ordinance.
    /// - Parameter bytes: in UTF-8, whatever the page says of itself.
    package init?(page bytes: [UInt8]) {
        guard let root = XMLElement.root(ofPage: bytes), let body = root.find("body") else { return nil }
        var lines = PageLines()
        if let text = body.find(where: { $0.attributes["id"] == "primary" }) {
            lines.take(blocksOf: text)
        } else if body.find(where: { $0.isOfD1Law }) != nil {
            lines.take(markedIn: body)
        } else {
            lines.take(blocksOf: body)
        }
        var reader = PlainReader()
        for line in lines.lines { reader.take(line.text, line: line.number) }
        let ordinance = reader.finish()
        guard !ordinance.nodes.isEmpty else { return nil }
        self = ordinance
    }
}

/// The lines of a page: a block of it each.
private struct PageLines {
    private(set) var lines: [(text: String, number: Int)] = []

    private static let blocks: Set = ["p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "center"]
    private static let silent: Set = ["script", "style", "head", "nav", "form", "button", "rt", "rp"]

    /// A line for each innermost block; a row of a table is one with tabs between its cells.
    mutating func take(blocksOf element: XMLElement) {
        if element.name == "tr" {
            let cells = element.elements.filter { $0.name == "td" || $0.name == "th" }.map { Spaces.trim($0.pageText) }
            guard cells.contains(where: { !$0.isEmpty }) else { return }
            // The second cell makes it a row even where the first is empty.
            return lines.append((cells.joined(separator: "\t"), element.line))
        }
        var words = ""
        func end(_ lines: inout [(text: String, number: Int)]) {
            let text = Spaces.trim(words)
            if !text.isEmpty { lines.append((text, element.line)) }
            words = ""
        }
        for piece in element.children {
            switch piece {
            case .text(let text): words += text.onOneLine
            case .element(let child) where Self.silent.contains(child.name): continue
            case .element(let child) where child.name == "br": end(&lines)
            case .element(let child) where Self.blocks.contains(child.name) || child.holdsBlocks(Self.blocks):
                end(&lines)
                take(blocksOf: child)
            case .element(let child): words += child.pageText
            }
        }
        end(&lines)
    }

    /// D1-Law: each element whose id says what it is; the title that is repeated is left out.
    mutating func take(markedIn element: XMLElement) {
        guard element.isOfD1Law else {
            for child in element.elements { take(markedIn: child) }
            return
        }
        if element.attributes["id"]?.hasPrefix("h:dG") == true { return }
        let text = Spaces.trim(element.pageText)
        if !text.isEmpty { lines.append((text, element.line)) }
    }
}

extension XMLElement {
    fileprivate var isOfD1Law: Bool { attributes["id"]?.hasPrefix("h:") == true }

    /// The first element anywhere in it that fits.
    fileprivate func find(where fits: (XMLElement) -> Bool) -> XMLElement? {
        if fits(self) { return self }
        for element in elements { if let found = element.find(where: fits) { return found } }
        return nil
    }

    fileprivate func holdsBlocks(_ blocks: Set<String>) -> Bool {
        elements.contains { blocks.contains($0.name) || $0.name == "table" || $0.holdsBlocks(blocks) }
    }

    /// The words in it, without those that are only beside them.
    fileprivate var pageText: String {
        children.map { piece in
            switch piece {
            case .text(let text): text.onOneLine
            case .element(let element): ["rt", "rp", "script", "style"].contains(element.name) ? "" : element.pageText
            }
        }.joined()
    }
}

extension String {
    /// Line ends of the markup say nothing.
    fileprivate var onOneLine: String { filter { !$0.isNewline && $0 != "\u{A0}" } }
}
