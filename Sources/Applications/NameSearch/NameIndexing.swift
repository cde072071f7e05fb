import Core
import Database
import Web

extension Applications {
    static let indexNames = "names.index"

    /// 氏名の索引をつくる仕事. Reads the applications that came before there was one, so many at a time.
    var indexingNames: JobHandler {
        JobHandler(Self.indexNames) { job, moment in
            let ids = try await database.read { transaction -> [Case.ID] in
                try transaction.rows(
                    """
                    SELECT id FROM application WHERE id > \(job.payload["after"] ?? "") AND status <> 'draft'
                    ORDER BY id LIMIT \(Self.namesAtOnce)
                    """
                ).map { try $0["id"] }
            }
            let keys = try await vault.keys(for: ids.map(\.text))
            try await database.write { transaction in
                transaction.keepHouse("the index of names follows what was sent")
                for id in ids {
                    guard let key = keys[id.text], try !NameIndex.has(id, in: transaction) else { continue }
                    let (item, sealed) = try Case.require(id, in: transaction)
                    // What cannot be opened has no name, and does not stand in the way of the others.
                    let name = try? openCase(item, sealed, key, in: transaction).submitted.applicantName
                    try keepName(name, of: id, in: transaction)
                }
                guard ids.count == Self.namesAtOnce, let last = ids.last else { return }
                try transaction.enqueue(Self.indexNames, ["after": last.text], at: moment)
            }
        }
    }

    private static let namesAtOnce = 100

    /// What a name is looked for by.
    var nameTokens: @Sendable ([String]) -> [[UInt8]] {
        { [vault] pieces in vault.fingerprints(of: pieces, for: NameIndex.purpose) }
    }

    /// Keeps what an application is found by.
    func keepName(_ name: PersonName?, of id: Case.ID, in transaction: Transaction) throws {
        try NameIndex.keep(name, of: id, tokens: nameTokens, in: transaction)
    }
}
