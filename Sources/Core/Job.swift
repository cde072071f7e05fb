package import Database
import FoundationEssentials

/// Something to be done after a transaction, written down in it (outbox): it happens if and only if the transaction did.
package struct Job: Sendable {
    package let id: String
    package let kind: String
    /// Ids and names alone, never personal data.
    package let payload: [String: String]
    /// How often it was tried, this time included.
    package let attempts: Int

    /// After so many failures a person has to look.
    package static let attemptsAllowed = 10

    /// After so many tries during which the worker itself ended, a person has to look: the job may be what ends it.
    package static let endsAllowed = 3

    /// How long to wait before the next try: two minutes after the first, doubled each time, at most six hours.
    package static func delay(afterAttempts attempts: Int) -> Int { min(60 << min(attempts, 9), 6 * 3600) }
}

/// How a kind of job is done. May run twice for one job: a handler makes sure that nothing happens twice.
package struct JobHandler: Sendable {
    package let kind: String
    /// True where it may take a minute: it is done beside the others, so that nobody's notice waits for it.
    package let isLong: Bool
    package let run: @Sendable (Job, Moment) async throws -> Void

    package init(_ kind: String, run: @escaping @Sendable (_ job: Job, _ now: Moment) async throws -> Void) {
        (self.kind, isLong, self.run) = (kind, false, run)
    }

    /// A kind that takes long.
    package init(long kind: String, run: @escaping @Sendable (_ job: Job, _ now: Moment) async throws -> Void) {
        (self.kind, isLong, self.run) = (kind, true, run)
    }
}

/// Which of the jobs a worker looks for.
struct JobLane: Sendable {
    /// The kinds that take long.
    let long: [String]
    /// True for those, false for all others.
    let isLong: Bool

    /// Whether a job of a kind belongs to it.
    var clause: SQL {
        if isLong { return "kind IN (\(anyOf: long))" }
        return long.isEmpty ? "1 = 1" : "kind NOT IN (\(anyOf: long))"
    }
}

extension Transaction {
    /// Writes a job down, to be done once this transaction is kept.
    package func enqueue(_ kind: String, _ payload: [String: String], at moment: Moment) throws {
        let text = String(decoding: try JSONEncoder().encode(payload), as: UTF8.self)
        try run(
            """
            INSERT INTO job (id, kind, payload, run_at, attempts)
            VALUES (\(ID<Job>()), \(kind), \(text), \(moment), 0)
            """)
    }
}

/// The jobs that wait, and those that a person has to look at.
package enum JobQueue {
    package static let migrations = [
        Migration(
            "core/0002-jobs",
            """
            CREATE TABLE job (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                payload TEXT NOT NULL,
                run_at TEXT NOT NULL,
                attempts \(.integer) NOT NULL,
                claimed_until TEXT,
                done_at TEXT,
                failed_at TEXT,
                last_error TEXT
            ) \(.strict)
            """,
            "CREATE INDEX job_waiting ON job (run_at) WHERE done_at IS NULL AND failed_at IS NULL",
            "CREATE INDEX job_failed ON job (failed_at) WHERE failed_at IS NOT NULL")
    ]

    /// How often nobody said how a job ended, because its worker had.
    package static let endMigrations = [
        Migration("core/0005-job-ends", "ALTER TABLE job ADD COLUMN ends \(.integer) NOT NULL DEFAULT 0")
    ]

    /// True if a job of a lane is due.
    static func isDue(_ lane: JobLane, at now: Moment, in transaction: Transaction) throws -> Bool {
        try transaction.exists(
            """
            SELECT 1 FROM job WHERE done_at IS NULL AND failed_at IS NULL AND run_at <= \(now)
                AND (claimed_until IS NULL OR claimed_until < \(now)) AND \(lane.clause)
            """)
    }

    /// Takes the next job of a lane that is due. Nobody else gets it for ten minutes.
    static func claim(_ lane: JobLane, at now: Moment, in transaction: Transaction) throws -> Job? {
        transaction.keepHouse("a worker takes a job")
        try transaction.run(
            """
            UPDATE job SET failed_at = \(now), claimed_until = NULL, last_error = 'the worker ended each time it did this'
            WHERE done_at IS NULL AND failed_at IS NULL AND run_at <= \(now) AND claimed_until < \(now)
                AND ends + 1 >= \(Job.endsAllowed)
            """)
        let row = try transaction.rows(
            """
            UPDATE job SET claimed_until = \(now.adding(seconds: 600)), attempts = attempts + 1,
                ends = ends + CASE WHEN claimed_until IS NULL THEN 0 ELSE 1 END
            WHERE id = (
                SELECT id FROM job
                WHERE done_at IS NULL AND failed_at IS NULL AND run_at <= \(now)
                    AND (claimed_until IS NULL OR claimed_until < \(now)) AND \(lane.clause)
                ORDER BY run_at LIMIT 1 \(.skipLocked))
            RETURNING id, kind, payload, attempts
            """
        ).first
        return try row.map { row in
            let payload: String = try row["payload"]
            return Job(
                id: try row["id"], kind: try row["kind"],
                payload: try JSONDecoder().decode([String: String].self, from: Data(payload.utf8)),
                attempts: try row["attempts"])
        }
    }

    static func finish(_ job: Job, at now: Moment, in transaction: Transaction) throws {
        transaction.keepHouse("a job is done")
        try transaction.run("UPDATE job SET done_at = \(now), claimed_until = NULL WHERE id = \(job.id)")
    }

    /// Puts a failed job back for later, or before a person if it failed too often.
    static func putBack(_ job: Job, because error: String, at now: Moment, in transaction: Transaction) throws {
        transaction.keepHouse("a job failed")
        let failed: Moment? = job.attempts >= Job.attemptsAllowed ? now : nil
        let next = now.adding(seconds: Job.delay(afterAttempts: job.attempts))
        try transaction.run(
            """
            UPDATE job SET claimed_until = NULL, run_at = \(next), failed_at = \(failed), last_error = \(error)
            WHERE id = \(job.id)
            """)
    }

    /// True if a job of this kind waits that is due after a moment.
    package static func isWaiting(_ kind: String, after moment: Moment, in transaction: Transaction) throws -> Bool {
        try transaction.exists(
            """
            SELECT 1 FROM job
            WHERE kind = \(kind) AND run_at > \(moment) AND done_at IS NULL AND failed_at IS NULL
            """)
    }

    /// How many jobs wait, and how many a person has to look at.
    package static func counts(in transaction: Transaction) throws -> (waiting: Int, failed: Int) {
        let waiting = try transaction.row("SELECT count(*) AS n FROM job WHERE done_at IS NULL AND failed_at IS NULL")
        let failed = try transaction.row("SELECT count(*) AS n FROM job WHERE failed_at IS NOT NULL")
        return (try waiting?["n"] ?? 0, try failed?["n"] ?? 0)
    }

    /// Deletes what was done long ago.
    package static func clear(doneBefore moment: Moment, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM job WHERE done_at < \(moment)")
    }
}
