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
}
