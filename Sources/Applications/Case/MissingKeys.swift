import Core
import Database

extension Applications {
    /// How many applications have no key and were not shredded: nobody can read them any more.
    package func withoutKey() async throws -> Int {
        var (missing, last) = (0, "")
        while true {
            let after = last
            let ids: [String] = try await database.read { transaction in
                try transaction.rows(
                    "SELECT id FROM application WHERE id > \(after) AND shredded_at IS NULL ORDER BY id LIMIT 5000"
                ).map {
                    try $0["id"]
                }
            }
            guard let newest = ids.last else { return missing }
            missing += try await vault.missing(ids)
            last = newest
        }
    }

    /// Opens everything that was sealed of every application that was not shredded. Gives how many open, and how many do
    /// not: their key is missing or another's, or what was sealed was changed.
    package func readability() async throws -> (read: Int, unread: Int) {
        var (read, unread, last) = (0, 0, "")
        while true {
            let after = last
            let cases: [(id: Case.ID, sealed: SealedCase)] = try await database.read { transaction in
                try transaction.rows(
                    """
                    SELECT id, code, draft, answers, pins FROM application WHERE id > \(after) AND shredded_at IS NULL
                    ORDER BY id LIMIT 500
                    """
                ).map { (try $0["id"], try SealedCase($0)) }
            }
            guard let newest = cases.last?.id else { return (read, unread) }
            let keys = try await vault.keys(for: cases.map(\.id.text))
            for (id, sealed) in cases {
                let opens = keys[id.text].map { sealed.opens(with: $0, of: id) } ?? false
                (read, unread) = opens ? (read + 1, unread) : (read, unread + 1)
            }
            last = newest.text
        }
    }
}

extension SealedCase {
    fileprivate func opens(with key: SealingKey, of id: Case.ID) -> Bool {
        let parts: [(sealed: [UInt8]?, place: Case.Sealed)] = [
            (code, .code), (draft, .draft), (answers, .answers), (pins, .pins),
        ]
        return parts.allSatisfy { part in
            part.sealed.map { (try? key.open($0, at: part.place.place(id))) != nil } ?? true
        }
    }
}
