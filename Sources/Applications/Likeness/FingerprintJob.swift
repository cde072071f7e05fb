import Core
import Database

extension Applications {
    static let fingerprint = "cases.fingerprint"

    /// 指紋の作り直し. Gives fingerprints to the applications that were sent before there were any; goes on where it stopped.
    var fingerprinting: JobHandler {
        JobHandler(Self.fingerprint) { _, moment in
            while try await fingerprintSome(at: moment) {}
        }
    }

    /// Sees to it that applications without fingerprints get them.
    func scheduleFingerprints(at moment: Moment, in transaction: Transaction) throws {
        let isDone = try transaction.exists("SELECT 1 FROM fingerprint_progress WHERE done_at IS NOT NULL")
        guard !isDone, try !JobQueue.isWaiting(Self.fingerprint, after: Moment(milliseconds: 0), in: transaction)
        else { return }
        transaction.keepHouse("fingerprints of what was sent before")
        try transaction.enqueue(Self.fingerprint, [:], at: moment)
    }

    /// So many at a time, that others can write between. False if there are no more.
    private func fingerprintSome(at moment: Moment) async throws -> Bool {
        let ids: [Case.ID] = try await database.read { transaction in
            let upto: String = try transaction.row("SELECT upto FROM fingerprint_progress")?["upto"] ?? ""
            return try transaction.rows(
                "SELECT id FROM application WHERE id > \(upto) AND status <> 'draft' ORDER BY id LIMIT 100"
            ).map { try $0["id"] }
        }
        let keys = try await vault.keys(for: ids.map(\.text))
        try await database.write { transaction in
            transaction.keepHouse("fingerprints of what was sent before")
            guard let last = ids.last else {
                try transaction.run("UPDATE fingerprint_progress SET done_at = \(moment)")
                return
            }
            for id in ids {
                guard let key = keys[id.text] else { continue }
                let (item, sealed) = try Case.require(id, in: transaction)
                let journey = try openCase(item, sealed, key, in: transaction).submitted
                try Fingerprint.keep(Fingerprint.all(of: journey, by: vault), of: id, in: transaction)
            }
            try transaction.run("UPDATE fingerprint_progress SET upto = \(last)")
        }
        return !ids.isEmpty
    }
}
