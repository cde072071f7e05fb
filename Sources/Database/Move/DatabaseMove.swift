/// 引っ越し. Everything of a SQLite database into another database whose tables were made by the same migrations.
///
/// Rows go over in the order of their keys, so many in one transaction; a move that was interrupted goes on after the
/// last row that is there. Nothing may be written into either meanwhile: ``compare()`` finds it if something was.
package struct DatabaseMove: Sendable {
    private let source: Database
    private let target: Database

    /// How many rows go over in one transaction.
    private static let page = 2000

    package init(from source: Database, to target: Database) { (self.source, self.target) = (source, target) }

    /// A table on both sides.
    package struct Comparison: Sendable, Encodable {
        package let table: String
        package let rows: Int
        package let rowsThere: Int
        /// SHA-256 over all rows in the order of their keys.
        package let digest: String
        package let digestThere: String

        package var isSame: Bool { rows == rowsThere && digest == digestThere }
    }

    /// Deletes what the target's own migrations put into its tables. For a target that nobody uses yet.
    package func clear() async throws {
        let catalogue = try await source.read { try Catalogue(in: $0) }
        try await target.write { transaction in
            transaction.keepHouse("an empty place for a move")
            for table in catalogue.tables.reversed() { try transaction.run("DELETE FROM \(name: table.name)") }
        }
    }

    /// Copies what is not there yet. Gives how many rows it copied.
    /// - Parameter told: each table that is there, with its number of rows; throws to stop.
    package func copy(told: @Sendable (String, Int) throws -> Void = { _, _ in }) async throws -> Int {
        let catalogue = try await source.read { try Catalogue(in: $0) }
        var all = 0
        for table in catalogue.tables {
            var last = try await target.read { try table.lastKey(in: $0) }
            var count = 0
            while true {
                let from = last
                let rows = try await source.read { try table.rows(after: from, limit: Self.page, in: $0) }
                guard let end = rows.last else { break }
                try await target.write { transaction in
                    transaction.keepHouse("a move")
                    try transaction.load(rows.map(\.values), into: table.name, table.columns)
                }
                last = table.key(of: end)
                count += rows.count
            }
            all += count
            try told(table.name, count)
        }
        for search in catalogue.searches { try await copySearch(search) }
        return all
    }

    /// The tables of both sides, compared row by row.
    package func compare() async throws -> [Comparison] {
        let catalogue = try await source.read { try Catalogue(in: $0) }
        var found: [Comparison] = []
        for table in catalogue.tables {
            let here = try await source.read { try table.digest(in: $0) }
            let there = try await target.read { try table.digest(in: $0) }
            found.append(
                Comparison(
                    table: table.name, rows: here.rows, rowsThere: there.rows, digest: here.digest,
                    digestThere: there.digest))
        }
        return found
    }

    /// A full-text index is small, and made anew from its tokens.
    private func copySearch(_ search: String) async throws {
        let rows: [(String, String)] = try await source.read { transaction in
            try transaction.rows("SELECT id, tokens FROM \(name: search)").map { (try $0["id"], try $0["tokens"]) }
        }
        try await target.write { transaction in
            transaction.keepHouse("a move")
            try transaction.run("DELETE FROM \(name: search)")
            for (id, tokens) in rows {
                let tokens = Search.tokens(tokens.split(separator: " ").map(String.init))
                try transaction.run("INSERT INTO \(name: search) (id, tokens) VALUES (\(id), \(tokens))")
            }
        }
    }
}
