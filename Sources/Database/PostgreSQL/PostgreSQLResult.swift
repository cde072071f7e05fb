import CPostgres

/// What a server answered, read from its binary form.
enum PostgreSQLResult {
    static func outcome(_ result: OpaquePointer?) throws -> Outcome {
        let (count, width) = (PQntuples(result), PQnfields(result))
        let columns = Row.Columns(names: (0..<width).map { String(cString: PQfname(result, $0)) })
        let types = (0..<width).map { PQftype(result, $0) }
        let rows = try (0..<count).map { row in
            Row(
                columns: columns,
                values: try (0..<width).map { column in
                    guard PQgetisnull(result, row, column) == 0 else { return .null }
                    let bytes = UnsafeRawBufferPointer(
                        start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
                    return try value(bytes, types[Int(column)], String(cString: PQfname(result, column)))
                })
        }
        return Outcome(rows: rows, changed: changed(result))
    }

    /// How many rows a statement changed; none for one that reads.
    private static func changed(_ result: OpaquePointer?) -> Int {
        let words = String(cString: PQcmdStatus(result)).split(separator: " ")
        guard let verb = words.first, ["INSERT", "UPDATE", "DELETE"].contains(verb) else { return 0 }
        return words.last.flatMap { Int($0) } ?? 0
    }

    /// A value of a type that our statements give, by its number in the server's catalogue (`pg_type.oid`).
    private static func value(_ bytes: UnsafeRawBufferPointer, _ type: Oid, _ column: String) throws -> Value {
        switch type {
        case 16: .integer(bytes[0] == 0 ? 0 : 1)
        case 20: .integer(Int64(bitPattern: number(bytes)))
        case 21: .integer(Int64(Int16(truncatingIfNeeded: number(bytes))))
        case 23: .integer(Int64(Int32(truncatingIfNeeded: number(bytes))))
        case 701: .real(Double(bitPattern: number(bytes)))
        case 700: .real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: number(bytes)))))
        case 1700: try decimal(bytes)
        case 17: .blob(Array(bytes))
        // text, varchar, name, and what has no type of its own
        case 25, 1043, 19, 705: .text(String(decoding: bytes, as: UTF8.self))
        // void
        case 2278: .null
        default: throw DatabaseError(.datatypeMismatch, "column \(column) has a type that is not known here: \(type)")
        }
    }

    private static func number(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// `numeric`, which sums of whole numbers are: digits of 10,000 each, with the power of the first before them.
    private static func decimal(_ bytes: UnsafeRawBufferPointer) throws -> Value {
        let words = stride(from: 0, to: bytes.count - 1, by: 2).map {
            Int16(bitPattern: UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]))
        }
        guard words.count >= 4, words[2] == 0 || words[2] == 0x4000 else {
            throw DatabaseError(.datatypeMismatch, "a number that is none")
        }
        let (weight, isNegative, digits) = (Int(words[1]), words[2] != 0, words.dropFirst(4))
        guard digits.count > weight + 1 else {
            var whole: Int64 = 0
            for place in stride(from: 0, through: weight, by: 1) {
                let (times, over) = whole.multipliedReportingOverflow(by: 10_000)
                let (sum, more) = times.addingReportingOverflow(place < digits.count ? Int64(digits[4 + place]) : 0)
                guard !over, !more else { throw DatabaseError(.datatypeMismatch, "a number that is too large") }
                whole = sum
            }
            return .integer(isNegative ? -whole : whole)
        }
        var (value, unit) = (0.0, 1.0)
        for _ in stride(from: 0, to: weight, by: 1) { unit *= 10_000 }
        for _ in stride(from: 0, to: -weight, by: 1) { unit /= 10_000 }
        for digit in digits {
            value += Double(digit) * unit
            unit /= 10_000
        }
        return .real(isNegative ? -value : value)
    }
}
