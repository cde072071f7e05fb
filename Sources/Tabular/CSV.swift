/// CSV as RFC 4180 has it: commas, CRLF, quotes doubled within quotes.
package enum CSV {
    /// The rows as one text.
    package static func write(_ rows: [[String]]) -> String {
        var text = ""
        for row in rows {
            for (index, field) in row.enumerated() {
                if index > 0 { text += "," }
                text += written(field)
            }
            text += "\r\n"
        }
        return text
    }

    private static func written(_ field: String) -> String {
        let needsQuotes =
            field.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
            || field.utf8.first == 0x20 || field.utf8.last == 0x20
        return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }

    /// A row as it was read.
    package struct Record: Sendable, Equatable {
        /// The line it begins on, from 1.
        package let line: Int
        package let fields: [String]

        package init(line: Int, fields: [String]) { (self.line, self.fields) = (line, fields) }
    }

    /// Why a text is no CSV.
    package enum Fault: Error, Equatable {
        /// Quotes that begin on this line do not end.
        case openQuotes(line: Int)
        /// Something stands behind closing quotes on this line.
        case afterQuotes(line: Int)
    }

    /// The rows of a text: line ends of any kind, quotes where they are, blank lines left out.
    package static func read(_ text: String) throws(Fault) -> [Record] {
        var reader = Reader(bytes: Array(text.utf8))
        var records: [Record] = []
        while let record = try reader.record() {
            if record.fields != [""] { records.append(record) }
        }
        return records
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0
        var line = 1

        mutating func record() throws(Fault) -> Record? {
            guard place < bytes.count else { return nil }
            let begin = line
            var fields: [String] = []
            while true {
                fields.append(try field())
                guard place < bytes.count else { break }
                let byte = bytes[place]
                place += 1
                if byte == UInt8(ascii: ",") {
                    // A comma at the very end is followed by an empty field.
                    if place == bytes.count { fields.append("") }
                    if place == bytes.count { break }
                    continue
                }
                if byte == 13, place < bytes.count, bytes[place] == 10 { place += 1 }
                line += 1
                break
            }
            return Record(line: begin, fields: fields)
        }

        private mutating func field() throws(Fault) -> String {
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
                let begin = place
                while place < bytes.count, ![UInt8(ascii: ","), 10, 13].contains(bytes[place]) { place += 1 }
                return String(decoding: bytes[begin..<place], as: UTF8.self)
            }
            let begin = line
            place += 1
            var content: [UInt8] = []
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                if byte == UInt8(ascii: "\"") {
                    guard place < bytes.count, bytes[place] == byte else {
                        if place < bytes.count, ![UInt8(ascii: ","), 10, 13].contains(bytes[place]) {
                            throw .afterQuotes(line: line)
                        }
                        return String(decoding: content, as: UTF8.self)
                    }
                    place += 1
                } else if byte == 10 || byte == 13 && (place == bytes.count || bytes[place] != 10) {
                    line += 1
                }
                content.append(byte)
            }
            throw .openQuotes(line: begin)
        }
    }
}
