/// The tables of a SQLite database, in an order in which they can be filled: what is pointed at comes first.
struct Catalogue {
    let tables: [Table]
    /// Full-text indexes: kept in another form by each engine.
    let searches: [String]

    /// A table and its columns.
    struct Table {
        let name: String
        let columns: [String]
        /// The primary key: rows are read in its order, which is the same in every engine.
        let key: [String]
    }

    init(in transaction: Transaction) throws {
        let all = try transaction.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").map {
            (name: try $0["name"] as String, sql: try $0["sql"] as String)
        }
        let searches = all.filter { $0.sql.hasPrefix("CREATE VIRTUAL TABLE") }.map(\.name)
        let names = all.map(\.name).filter { name in
            name != "migration" && !name.hasPrefix("sqlite_")
                && !searches.contains { name == $0 || name.hasPrefix($0 + "_") }
        }
        var placed: [Table] = []
        var left = try names.map {
            (table: try Self.table($0, in: transaction), needs: try Self.needs($0, in: transaction))
        }
        while !left.isEmpty {
            let isReady = left.map { entry in
                entry.needs.allSatisfy { need in need == entry.table.name || placed.contains { $0.name == need } }
            }
            guard isReady.contains(true) else {
                throw DatabaseError(.other, "tables point at each other: \(left.map(\.table.name))")
            }
            placed += zip(left, isReady).filter(\.1).map(\.0.table)
            left = zip(left, isReady).filter { !$0.1 }.map(\.0)
        }
        (tables, self.searches) = (placed, searches)
    }

    private static func table(_ name: String, in transaction: Transaction) throws -> Table {
        let columns = try transaction.rows("SELECT name, pk FROM pragma_table_info(\(name)) ORDER BY cid").map {
            (name: try $0["name"] as String, place: try $0["pk"] as Int)
        }
        let key = columns.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name)
        guard !key.isEmpty else { throw DatabaseError(.other, "table \(name) has no primary key") }
        return Table(name: name, columns: columns.map(\.name), key: key)
    }

    /// The tables that a table points at.
    private static func needs(_ name: String, in transaction: Transaction) throws -> [String] {
        try transaction.rows("SELECT DISTINCT \"table\" AS name FROM pragma_foreign_key_list(\(name))").map {
            try $0["name"]
        }
    }
}
