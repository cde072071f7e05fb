import CPostgres

extension PostgreSQLSession {
    /// Many rows at once, in the text form of `COPY`.
    func load(_ rows: [[Value]], into table: String, _ columns: [String]) throws {
        let names = columns.map(SQL.Piece.quoted).joined(separator: ", ")
        try beginCopy("COPY \(SQL.Piece.quoted(table)) (\(names)) FROM STDIN")
        var bytes: [UInt8] = []
        for row in rows {
            for (index, value) in row.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: "\t")) }
                try Self.append(value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        try endCopy(bytes)
    }

    private static func append(_ value: Value, to bytes: inout [UInt8]) throws {
        switch value {
        case .null: bytes += Array("\\N".utf8)
        case .integer(let number): bytes += Array(String(number).utf8)
        case .real(let number): bytes += Array("\(number)".utf8)
        case .text(let text):
            try Value.requireKeepable(text)
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "\\"): bytes += Array("\\\\".utf8)
                case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
                case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
                case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
                default: bytes.append(byte)
                }
            }
        case .blob(let blob):
            let digits = Array("0123456789abcdef".utf8)
            bytes += Array("\\\\x".utf8)
            for byte in blob { bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        }
    }
}
