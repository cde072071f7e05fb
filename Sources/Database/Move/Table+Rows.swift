import Crypto

extension Catalogue.Table {
    /// The next rows in the order of the key; from the first on without one.
    func rows(after key: [Value]?, limit: Int, in transaction: Transaction) throws -> [Row] {
        let start = key.map { "WHERE (\(names: self.key)) > (\(values: $0)) " as SQL } ?? ""
        return try transaction.rows(
            "SELECT \(names: columns) FROM \(name: name) \(start)ORDER BY \(names: self.key) LIMIT \(limit)")
    }

    /// The key of the last row; nil for a table without rows.
    func lastKey(in transaction: Transaction) throws -> [Value]? {
        let order = key.dropFirst().reduce("\(name: key[0]) DESC" as SQL) { $0 + ", \(name: $1) DESC" }
        return try transaction.row("SELECT \(names: key) FROM \(name: name) ORDER BY \(order) LIMIT 1")?.values
    }

    func key(of row: Row) -> [Value] { key.compactMap { row.columns.index(of: $0).map { row.values[$0] } } }

    /// How many rows there are, and SHA-256 over them.
    func digest(in transaction: Transaction) throws -> (rows: Int, digest: String) {
        var hash = SHA256()
        var count = 0
        var last: [Value]?
        while true {
            let rows = try rows(after: last, limit: 2000, in: transaction)
            guard let end = rows.last else { break }
            count += rows.count
            for value in rows.lazy.flatMap(\.values) { value.feed(&hash) }
            last = key(of: end)
        }
        return (count, hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
    }
}

extension Value {
    /// Its kind, its length and its bytes: no two rows give the same.
    fileprivate func feed(_ hash: inout SHA256) {
        func feed(_ kind: UInt8, _ bytes: [UInt8]) {
            hash.update(data: [kind])
            withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: bytes)
        }
        switch self {
        case .null: feed(0, [])
        case .integer(let number): feed(1, Array(String(number).utf8))
        case .real(let number): feed(2, Array(String(number.bitPattern).utf8))
        case .text(let text): feed(3, Array(text.utf8))
        case .blob(let bytes): feed(4, bytes)
        }
    }
}
