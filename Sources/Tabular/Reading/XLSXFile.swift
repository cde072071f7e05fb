import CArchive
import CXML

/// 表計算のファイル (XLSX, ECMA-376, also its strict form), read as texts. For lists of definitions; extracts come as CSV.
package enum XLSXFile {
    /// One sheet.
    package struct Sheet: Sendable, Equatable {
        package let name: String
        /// The texts of its rows, from column A on; what is empty is an empty text.
        package let rows: [[String]]
    }

    /// Why a file cannot be read.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    /// Every sheet of a workbook, in its order.
    /// - Parameters:
    ///   - name: what it is called where something is said of it; nil for its path.
    ///   - most: so many bytes may its parts have when unpacked; a file that says much with little is refused.
    package static func sheets(
        of path: String, named name: String? = nil, most: Int = 128 << 20
    ) throws(Trouble) -> [Sheet] {
        let file = name ?? path
        let parts = try parts(of: path, named: file, most: most)
        guard let workbook = parts["xl/workbook.xml"] else {
            throw Trouble(description: "\(file) は、表計算のファイル（XLSX）ではありません")
        }
        let targets = try relations(parts["xl/_rels/workbook.xml.rels"] ?? [])
        let strings = try sharedStrings(parts["xl/sharedStrings.xml"] ?? [])
        var sheets: [Sheet] = []
        for (name, id) in try names(workbook) {
            guard let target = targets[id], let part = parts[target] else { continue }
            sheets.append(Sheet(name: name, rows: try rows(part, strings)))
        }
        return sheets
    }

    private static func parts(of path: String, named file: String, most: Int) throws(Trouble) -> [String: [UInt8]] {
        let reader = archive_read_new()
        defer { archive_read_free(reader) }
        archive_read_support_format_zip(reader)
        guard archive_read_open_filename(reader, path, 65_536) == ARCHIVE_OK else {
            throw Trouble(description: "\(file) を開けません。XLSXのファイルか、確かめてください")
        }
        var (parts, total) = ([String: [UInt8]](), 0)
        var entry: OpaquePointer?
        var piece = [UInt8](repeating: 0, count: 65_536)
        while archive_read_next_header(reader, &entry) == ARCHIVE_OK {
            let name = archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
            guard name.hasSuffix(".xml") || name.hasSuffix(".rels") else { continue }
            var bytes: [UInt8] = []
            while true {
                let count = piece.withUnsafeMutableBytes { archive_read_data(reader, $0.baseAddress, $0.count) }
                guard count >= 0 else { throw Trouble(description: "\(file) が壊れています。もう一度入手してください") }
                guard count > 0 else { break }
                bytes.append(contentsOf: piece[..<Int(count)])
                total += Int(count)
                guard total <= most else {
                    throw Trouble(description: "\(file) は、開くと\(most >> 20)MBを超えます。中身を確かめてください")
                }
            }
            parts[name] = bytes
        }
        return parts
    }

    // MARK: - Parts

    private static func relations(_ part: [UInt8]) throws(Trouble) -> [String: String] {
        var targets: [String: String] = [:]
        try XMLWalk.walk(part) { node in
            guard node.begins("Relationship"), let id = node.attribute("Id"), let target = node.attribute("Target")
            else {
                return
            }
            targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        }
        return targets
    }

    private static func names(_ part: [UInt8]) throws(Trouble) -> [(name: String, id: String)] {
        var names: [(String, String)] = []
        try XMLWalk.walk(part) { node in
            if node.begins("sheet"), let name = node.attribute("name"), let id = node.attribute("id") {
                names.append((name, id))
            }
        }
        return names
    }

    /// The texts that cells share. ふりがな beside them are left out.
    private static func sharedStrings(_ part: [UInt8]) throws(Trouble) -> [String] {
        var (strings, text, isText, reading) = ([String](), "", false, 0)
        try XMLWalk.walk(part) { node in
            if node.begins("si") { text = "" }
            if node.begins("rPh") { reading += 1 }
            if node.ends("rPh") { reading -= 1 }
            if node.begins("t") { isText = !node.isEmpty }
            if node.ends("t") { isText = false }
            if isText, reading == 0, let value = node.text { text += value }
            if node.ends("si") { strings.append(text) }
        }
        return strings
    }

    private static func rows(_ part: [UInt8], _ strings: [String]) throws(Trouble) -> [[String]] {
        var (rows, row, column) = ([[String]](), [String](), 0)
        var (kind, value, isValue) = ("", "", false)
        try XMLWalk.walk(part) { node in
            if node.begins("row") {
                // Rows without a cell are left out of the file.
                if let number = node.attribute("r").flatMap({ Int($0) }), number - 1 > rows.count, number < 1 << 20 {
                    rows += Array(repeating: [], count: number - 1 - rows.count)
                }
                row = []
                if node.isEmpty { rows.append(row) }
            }
            if node.begins("c") {
                column = node.attribute("r").map(Self.column) ?? row.count
                (kind, value) = (node.attribute("t") ?? "", "")
            }
            if node.begins("v") || node.begins("t") { isValue = !node.isEmpty }
            if node.ends("v") || node.ends("t") { isValue = false }
            if isValue, let text = node.text { value += text }
            if node.ends("c") || node.begins("c") && node.isEmpty {
                guard column < 16_384 else { return }
                while row.count <= column { row.append("") }
                let shared = kind == "s" ? Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } : nil
                row[column] = shared ?? value
            }
            if node.ends("row") { rows.append(row) }
        }
        return rows
    }

    /// The column of a place: 1 for B7.
    private static func column(_ place: String) -> Int {
        place.utf8.prefix { (0x41...0x5A).contains($0) }.prefix(4).reduce(0) { $0 * 26 + Int($1) - 0x40 } - 1
    }
}

/// Walks through an XML text without building a tree (libxml2's reader). Nothing is fetched, and a document type is refused: an
/// entity can say much with little.
enum XMLWalk {
    /// Where the walk is.
    struct Node {
        fileprivate let reader: xmlTextReaderPtr

        private var kind: Int32 { xmlTextReaderNodeType(reader) }

        private func isNamed(_ name: StaticString) -> Bool {
            guard let local = xmlTextReaderConstLocalName(reader) else { return false }
            return name.withUTF8Buffer { expected in
                for (place, byte) in expected.enumerated() where local[place] != byte { return false }
                return local[expected.count] == 0
            }
        }

        /// True at the beginning of an element of this name, whatever its namespace.
        func begins(_ name: StaticString) -> Bool { kind == 1 && isNamed(name) }

        /// True at its end.
        func ends(_ name: StaticString) -> Bool { kind == 15 && isNamed(name) }

        /// True if the element has no content.
        var isEmpty: Bool { xmlTextReaderIsEmptyElement(reader) == 1 }

        /// The text at this place.
        var text: String? {
            guard [3, 4, 13, 14].contains(kind), let value = xmlTextReaderConstValue(reader) else { return nil }
            return String(cString: value)
        }

        /// The value of an attribute, whatever its namespace.
        func attribute(_ name: String) -> String? {
            guard xmlTextReaderMoveToFirstAttribute(reader) == 1 else { return nil }
            defer { xmlTextReaderMoveToElement(reader) }
            repeat {
                if let local = xmlTextReaderConstLocalName(reader), String(cString: local) == name {
                    return xmlTextReaderConstValue(reader).map { String(cString: $0) }
                }
            } while xmlTextReaderMoveToNextAttribute(reader) == 1
            return nil
        }
    }

    /// Goes through all nodes.
    static func walk(_ part: [UInt8], _ work: (Node) -> Void) throws(XLSXFile.Trouble) {
        guard !part.isEmpty else { return }
        let broken = part.withUnsafeBytes { bytes -> String? in
            let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
            guard
                let reader = xmlReaderForMemory(
                    bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), nil, nil, options)
            else { return "読めません" }
            defer { xmlFreeTextReader(reader) }
            var state = xmlTextReaderRead(reader)
            while state == 1 {
                if xmlTextReaderNodeType(reader) == 10 { return "文書型の宣言があります" }
                work(Node(reader: reader))
                state = xmlTextReaderRead(reader)
            }
            return state == 0 ? nil : "\(xmlTextReaderGetParserLineNumber(reader))行目でXMLが壊れています"
        }
        if let broken { throw XLSXFile.Trouble(description: "表計算のファイルの中身が正しくありません（\(broken)）。保存し直してください") }
    }
}
