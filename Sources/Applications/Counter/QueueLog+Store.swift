import Core
import Database
import Japanese

extension QueueLog {
    static let migrations = [
        Migration(
            "applications/0035-counter-queue",
            """
            CREATE TABLE queue_ticket (
                id TEXT PRIMARY KEY,
                number TEXT NOT NULL,
                section TEXT NOT NULL,
                category TEXT,
                issued_at TEXT,
                called_at TEXT,
                ended_at TEXT,
                staff \(.integer),
                at TEXT NOT NULL,
                CHECK (issued_at IS NOT NULL OR called_at IS NOT NULL)
            ) \(.strict)
            """,
            "CREATE INDEX queue_ticket_called ON queue_ticket (section, called_at) WHERE called_at IS NOT NULL")
    ]

    /// What became of a file.
    struct Imported: Equatable {
        let new: Int
        /// Tickets that were there already.
        let known: Int
        let passedOver: Int
    }

    /// Keeps the tickets, each once: one that is there already is filled up where something was missing.
    func keep(by actor: Actor, at moment: Moment, in transaction: Transaction) throws -> Imported {
        var new = 0
        for ticket in tickets {
            if try !transaction.exists("SELECT 1 FROM queue_ticket WHERE id = \(ticket.key)") { new += 1 }
            try transaction.run(
                """
                INSERT INTO queue_ticket (id, number, section, category, issued_at, called_at, ended_at, staff, at)
                VALUES (\(ticket.key), \(ticket.number), \(ticket.section), \(ticket.category), \(ticket.issuedAt),
                    \(ticket.calledAt), \(ticket.endedAt), \(ticket.staff), \(moment))
                ON CONFLICT (id) DO UPDATE SET
                    issued_at = coalesce(queue_ticket.issued_at, excluded.issued_at),
                    called_at = coalesce(queue_ticket.called_at, excluded.called_at),
                    ended_at = coalesce(queue_ticket.ended_at, excluded.ended_at),
                    staff = coalesce(queue_ticket.staff, excluded.staff)
                """)
        }
        let known = tickets.count - new
        try transaction.record(
            Event("queue.imported", subject: "queue", detail: ["new": String(new), "known": String(known)]),
            by: actor, at: moment)
        return Imported(new: new, known: known, passedOver: passedOver)
    }

    /// One month at one section's counter.
    struct Line {
        let section: String
        let month: Month
        let category: String?
        let wait: CounterTime
        /// 応対の時間; nil where no end was noted.
        let served: CounterTime?
    }

    /// The waiting of a fiscal year, month by month and button by button, the newest first.
    static func lines(of sections: [String], in year: FiscalYear, _ transaction: Transaction) throws -> [Line] {
        struct Key: Hashable {
            let section: String
            let month: Month
            let category: String?
        }
        let rows = try transaction.rows(
            """
            SELECT section, category, issued_at, called_at, ended_at FROM queue_ticket
            WHERE section IN (\(anyOf: sections)) AND called_at >= \(Moment(startOf: year.firstDay))
                AND called_at < \(Moment(startOf: year.lastDay.adding(days: 1)))
            """)
        let groups = try Dictionary(grouping: rows) { row in
            let called: Moment = try row["called_at"]
            return Key(section: try row["section"], month: Month(of: called.day), category: try row["category"])
        }
        return try groups.compactMap { key, rows in
            func seconds(_ from: String, _ to: String) throws -> [Int] {
                try rows.compactMap { row in
                    guard let from: Moment = try row[from], let to: Moment = try row[to] else { return nil }
                    return max(0, (to.milliseconds - from.milliseconds) / 1000)
                }
            }
            return try CounterTime(seconds: seconds("issued_at", "called_at")).map { wait in
                Line(
                    section: key.section, month: key.month, category: key.category, wait: wait,
                    served: CounterTime(seconds: try seconds("called_at", "ended_at")))
            }
        }.sorted { ($1.month, $0.section, $0.category ?? "") < ($0.month, $1.section, $1.category ?? "") }
    }
}
