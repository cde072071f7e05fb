import Core
import Database
import Japanese

extension Applications {
    /// How many applications are opened at once.
    private static let exportBatch = 200

    /// A place in the order of arrival.
    struct ExportPlace: Sendable {
        let at: String
        let id: String
    }

    /// Opens the applications of a choice, in the order they arrived, a few at a time, and shows each to `take`. Gives how
    /// many there were.
    ///
    /// - Parameter limit: more are not read.
    func eachExported(
        _ choice: ExportChoice, limit: Int = .max, _ take: (ExportTable.Item) async throws -> Void
    ) async throws -> Int {
        let needsFee = choice.chosen.contains { $0 == .fixed(.fee) || $0 == .fixed(.feeState) }
        var (count, place): (Int, ExportPlace?) = (0, nil)
        while count < limit {
            let after = place
            let size = min(Self.exportBatch, limit - count)
            let rows = try await database.read { transaction in
                try transaction.rows(choice.statement(after: after, limit: size)).map {
                    (try Case($0), try SealedCase($0), try $0["submitted_at"] as String)
                }
            }
            guard let last = rows.last else { break }
            let keys = try await vault.keys(for: rows.map(\.0.id.text))
            let items = try await database.read { transaction in
                try rows.map { item, sealed, _ in
                    guard let key = keys[item.id.text] else {
                        return ExportTable.Item(item: item, journey: nil, ledger: nil)
                    }
                    return ExportTable.Item(
                        item: item, journey: try openCase(item, sealed, key, in: transaction).submitted,
                        ledger: needsFee ? try FeeLedger.read(of: item, key: key, in: transaction) : nil)
                }
            }
            for item in items { try await take(item) }
            count += items.count
            place = ExportPlace(at: last.2, id: last.0.id.text)
        }
        return count
    }

    /// How many applications a choice has, counted up to a limit and one more.
    func countExported(_ choice: ExportChoice, upTo limit: Int) async throws -> Int {
        try await database.read { transaction in
            try transaction.row(
                "SELECT count(*) AS n FROM (SELECT 1 FROM application WHERE \(choice.condition) LIMIT \(limit + 1)) AS found"
            )?["n"] ?? 0
        }
    }
}

extension ExportChoice {
    /// In these words, so that the index of arrivals is used. A draft is never among them, nor another section's case.
    fileprivate var condition: SQL {
        var clauses: [SQL] = ["card = \(card)", "section = \(section)", "status <> 'draft'"]
        if let from { clauses.append("submitted_at >= \(Moment(startOf: from))") }
        if let until { clauses.append("submitted_at < \(Moment(startOf: until.adding(days: 1)))") }
        if !statuses.isEmpty { clauses.append("status IN (\(anyOf: statuses))") }
        return .all(clauses)
    }

    fileprivate func statement(after place: Applications.ExportPlace?, limit: Int) -> SQL {
        let next: SQL = place.map { "(submitted_at, id) > (\($0.at), \($0.id))" } ?? "1 = 1"
        return """
            SELECT * FROM application WHERE \(condition) AND \(next) ORDER BY submitted_at, id LIMIT \(limit)
            """
    }
}
