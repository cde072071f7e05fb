package import Japanese

/// CSV as RFC 4180 has it: commas, CRLF, quotes doubled within quotes.
package enum CSV {
    /// The rows as one text.
    package static func write(_ rows: [[String]]) -> String {
        var bytes: [UInt8] = []
        for row in rows { write(row, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a row and its line end.
    package static func write(_ row: [String], to bytes: inout [UInt8]) {
        for (index, field) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            field.withBytes { write($0, to: &bytes) }
        }
        bytes += [13, 10]
    }

    /// Appends a field, in quotes where it needs them.
    package static func write(_ field: Bytes, to bytes: inout [UInt8]) {
        let needsQuotes =
            field.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
            || field.first == 0x20 || field.last == 0x20
        guard needsQuotes else { return bytes.append(contentsOf: field) }
        bytes.append(UInt8(ascii: "\""))
        for byte in field {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A row as it was read.
    package struct Record: Sendable, Equatable {
        /// The line it begins on, from 1.
        package let line: Int
        package let fields: [String]

        package init(line: Int, fields: [String]) { (self.line, self.fields) = (line, fields) }
    }

    /// Why a text is no CSV.
    package typealias Fault = RecordReader.Fault

    /// The rows of a text that is held: line ends of any kind, quotes where they are, blank lines left out. For a file of any
    /// size see ``TableFile``.
    package static func read(_ text: String) throws(Fault) -> [Record] {
        try text.withBytes { bytes -> Result<[Record], Fault> in
            var reader = RecordReader(bytes)
            var records: [Record] = []
            while reader.next() {
                if let fault = reader.faults.first { return .failure(fault) }
                let fields = (0..<reader.count).map { reader.text($0) }
                if fields != [""] { records.append(Record(line: reader.line, fields: fields)) }
            }
            return .success(records)
        }.get()
    }
}
