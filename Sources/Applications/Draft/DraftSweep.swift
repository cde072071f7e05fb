package import Core
package import Database
import Japanese
import Web

extension Applications {
    /// Days without a change after which a draft is deleted.
    package static let draftDays = 90
    /// Days after which a draft is deleted into which nothing was ever written.
    static let emptyDraftDays = 1

    static let sweep = "drafts.sweep"

    /// 下書きの期限. Deletes the drafts that nobody came back to, and comes again tomorrow.
    var sweeping: JobHandler {
        JobHandler(Self.sweep) { _, moment in
            try await settleConversations(at: moment)
            try await deleteExpiredDrafts(at: moment)
            try await forgetEndedSessions(at: moment)
            try await collectFiles()
            try await forgetBulkRuns(at: moment)
            try await clearJournal(at: moment)
            try await database.write { transaction in
                transaction.keepHouse("the next sweep")
                let monthAgo = moment.adding(seconds: -30 * 24 * 3600)
                try JobQueue.clear(doneBefore: monthAgo, in: transaction)
                try DeskDeed.clear(before: monthAgo, in: transaction)
                let tomorrow = moment.adding(seconds: 24 * 3600)
                guard try !JobQueue.isWaiting(Self.sweep, after: moment, in: transaction) else { return }
                try transaction.enqueue(Self.sweep, [:], at: tomorrow)
            }
        }
    }

    /// Sees to it that there will be a sweep.
    package func scheduleSweep(at moment: Moment, in transaction: Transaction) throws {
        try scheduleFingerprints(at: moment, in: transaction)
        guard try !JobQueue.isWaiting(Self.sweep, after: Moment(milliseconds: 0), in: transaction) else { return }
        transaction.keepHouse("the first sweep")
        try transaction.enqueue(Self.sweep, [:], at: moment)
    }

    /// Deletes drafts past their day; their keys follow, so that no copy can be read either.
    package func deleteExpiredDrafts(at moment: Moment) async throws {
        // The last day that was promised is a whole day.
        let old = Moment(startOf: moment.day.adding(days: -Self.draftDays))
        let emptyOld = Moment(startOf: moment.day.adding(days: -Self.emptyDraftDays))
        while try await deleteSome(before: old, empty: emptyOld, at: moment) {}
    }

    /// So many at a time, that others can write between. False if there are no more.
    private func deleteSome(before old: Moment, empty emptyOld: Moment, at moment: Moment) async throws -> Bool {
        try await database.write { transaction in
            let rows = try transaction.rows(
                """
                DELETE FROM application WHERE id IN (
                    SELECT id FROM application
                    WHERE status = 'draft' AND (saved_at < \(old) OR revision = 0 AND saved_at < \(emptyOld)) LIMIT 500)
                RETURNING id, card, revision, stopped_at
                """)
            if rows.isEmpty { transaction.keepHouse("no draft has expired") }
            for row in rows {
                let (id, revision): (Case.ID, Int) = try (row["id"], row["revision"])
                let stop: String? = try row["stopped_at"]
                let page = revision == 0 ? "" : stop ?? ""
                try Measure.add(
                    stops: 1, at: page, to: Month(of: moment.day), card: try row["card"], in: transaction)
                try transaction.enqueue(Self.shred, ["application": id.text], at: moment)
                try transaction.record(
                    Event("case.expired", subject: id.text, detail: ["page": page]), by: .system, at: moment)
            }
            return !rows.isEmpty
        }
    }

    /// Forgets sessions that are over, and takes applications away from them.
    package func forgetEndedSessions(at moment: Moment) async throws {
        try await database.write { transaction in
            try Session.clear(at: moment, in: transaction)
            transaction.keepHouse("sessions that are over hold nothing")
            try transaction.run("DELETE FROM application_access WHERE session NOT IN (SELECT id FROM session)")
            try CounterScreen.clear(in: transaction)
        }
    }
}
