import Core
import Database

extension Applications {
    static let shred = "case.shred"

    /// 復元できない消去. Deletes the key of an application, then what was sealed with it: without the key nobody can read that,
    /// in no copy there is.
    var shredding: JobHandler {
        JobHandler(Self.shred) { job, _ in
            guard let id = job.payload["application"].flatMap(Case.ID.init) else { return }
            try await vault.shred(id.text)
            try await database.write { transaction in
                transaction.keepHouse("the shredding was recorded when it was decided")
                try Case.empty(id, in: transaction)
                // Nobody finds it by a name that nobody can read.
                try NameIndex.forget(id, in: transaction)
            }
        }
    }
}

extension Case {
    /// What is left of a shredded application: its number, its procedure, its days and its status.
    fileprivate static func empty(_ id: ID, in transaction: Transaction) throws {
        let nothing: [UInt8] = []
        try transaction.run(
            """
            UPDATE application SET draft = NULL, answers = \(nothing), applicant = NULL, pins = NULL, mail = NULL,
                code = \(nothing), code_fingerprint = \(Array(id.text.utf8)), digest = NULL
            WHERE id = \(id) AND shredded_at IS NOT NULL
            """)
        try transaction.run("DELETE FROM message WHERE application = \(id)")
        try transaction.run("DELETE FROM sent_version WHERE application = \(id)")
        try transaction.run("DELETE FROM consultation WHERE application = \(id)")
        try transaction.run("DELETE FROM proposal WHERE application = \(id)")
        try transaction.run("DELETE FROM decision WHERE application = \(id)")
        try Fingerprint.forget(id.text, in: transaction)
        try transaction.run("DELETE FROM attachment WHERE application = \(id)")
        try transaction.run("DELETE FROM application_access WHERE application = \(id)")
        try transaction.run("UPDATE fee_entry SET words = NULL WHERE application = \(id)")
    }
}

extension Applications {
    /// 消去の証明. What is wrong with what should be gone; empty if nothing of it is left.
    package func leftovers() async throws -> (count: Int, faults: [String]) {
        var (count, last) = (0, "")
        var faults: [String] = []
        while true {
            let after = last
            let found: [(id: String, number: String)] = try await database.read { transaction in
                try transaction.rows(
                    """
                    SELECT id, number FROM application WHERE shredded_at IS NOT NULL AND id > \(after)
                    ORDER BY id LIMIT 1000
                    """
                ).map { (try $0["id"], try $0["number"]) }
            }
            guard let newest = found.last?.id else { return (count, faults) }
            let keys = try await vault.keys(for: found.map(\.id))
            for (id, number) in found {
                if keys[id] != nil { faults.append("\(number): 鍵がまだあります（消去の処理を待っています）") }
            }
            faults += try await database.read { transaction in
                try found.flatMap { try Case.remains(of: $0.id, number: $0.number, in: transaction) }
            }
            count += found.count
            last = newest
        }
    }
}

extension Case {
    /// What is still there of an application that was shredded, in words.
    fileprivate static func remains(of id: String, number: String, in transaction: Transaction) throws -> [String] {
        var faults: [String] = []
        let isRecorded = try transaction.exists(
            "SELECT 1 FROM event WHERE subject = \(id) AND kind = 'case.shredded'")
        if !isRecorded { faults.append("\(number): 消去の記録がありません") }
        let isFull = try transaction.exists(
            "SELECT 1 FROM application WHERE id = \(id) AND (length(answers) > 0 OR applicant IS NOT NULL)")
        let isFound = try transaction.exists("SELECT 1 FROM fingerprint WHERE application = \(id)")
        if isFull || isFound { faults.append("\(number): 読めない内容が、まだ残っています（消去の処理を待っています）") }
        if try NameIndex.has(Case.ID(id) ?? Case.ID(), in: transaction) {
            faults.append("\(number): 氏名の索引が、まだ残っています（消去の処理を待っています）")
        }
        return faults
    }
}
