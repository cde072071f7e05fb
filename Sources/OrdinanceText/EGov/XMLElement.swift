import CXML

/// An element of an XML document, as far as laws need it.
struct XMLElement {
    let name: String
    let attributes: [String: String]
    let children: [XMLPiece]
    let line: Int

    enum XMLPiece {
        case element(XMLElement)
        case text(String)
    }

    /// Why a document cannot be read.
    struct Trouble: Error, CustomStringConvertible, Equatable {
        let description: String
    }

    /// The root of a document in UTF-8. Nothing is fetched, and a document type is refused: an entity can say much with little.
    static func root(of bytes: [UInt8]) throws(Trouble) -> XMLElement {
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        let document = bytes.withUnsafeBytes { bytes in
            xmlReadMemory(bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), nil, "UTF-8", options)
        }
        guard let document else {
            let line = xmlGetLastError().map { Int($0.pointee.line) } ?? 0
            throw Trouble(description: "\(line)行目でXMLが壊れています")
        }
        defer { xmlFreeDoc(document) }
        guard document.pointee.intSubset == nil else { throw Trouble(description: "文書型の宣言（DOCTYPE）のあるXMLは読みません") }
        guard let root = xmlDocGetRootElement(document) else { throw Trouble(description: "XMLに要素がありません") }
        return XMLElement(root)
    }

    /// The root of a page in UTF-8, however badly it is formed; nil for one without any.
    static func root(ofPage bytes: [UInt8]) -> XMLElement? {
        let options = Int32(
            HTML_PARSE_NONET.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_RECOVER.rawValue)
        let document = bytes.withUnsafeBytes { bytes in
            htmlReadMemory(bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), nil, "UTF-8", options)
        }
        guard let document else { return nil }
        defer { xmlFreeDoc(document) }
        return xmlDocGetRootElement(document).map { XMLElement($0) }
    }

    private init(_ node: xmlNodePtr) {
        name = String(cString: node.pointee.name)
        line = Int(xmlGetLineNo(node))
        var (attributes, children) = ([String: String](), [XMLPiece]())
        var attribute = node.pointee.properties
        while let current = attribute {
            if let value = current.pointee.children?.pointee.content {
                attributes[String(cString: current.pointee.name)] = String(cString: value)
            }
            attribute = current.pointee.next
        }
        var child = node.pointee.children
        while let current = child {
            switch current.pointee.type {
            case XML_ELEMENT_NODE: children.append(.element(XMLElement(current)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = current.pointee.content { children.append(.text(String(cString: content))) }
            default: break
            }
            child = current.pointee.next
        }
        (self.attributes, self.children) = (attributes, children)
    }

    /// The elements in it.
    var elements: [XMLElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    func first(_ name: String) -> XMLElement? { elements.first { $0.name == name } }

    /// The first element of a name anywhere in it, itself included.
    func find(_ name: String) -> XMLElement? {
        if self.name == name { return self }
        return elements.lazy.compactMap { $0.find(name) }.first
    }

    /// All words in it. The readings of ruby are left out.
    var text: String {
        children.map { piece in
            switch piece {
            case .text(let text): text.contains { !$0.isWhitespace } ? text : ""
            case .element(let element): element.name == "Rt" ? "" : element.text
            }
        }.joined()
    }
}
