package import Database

/// できごとの見張り. Kinds of events after which a job is done: it is written down in the event's own transaction, so that it
/// happens if and only if the event did.
package enum EventWatch {
    package static let migrations = [
        Migration(
            "core/0004-event-watches",
            """
            CREATE TABLE event_watch (kind TEXT NOT NULL, job TEXT NOT NULL, PRIMARY KEY (kind, job)) \(.strict)
            """)
    ]

    /// Has a job done after events of these kinds, and after no others.
    package static func set(_ job: String, after kinds: Set<String>, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM event_watch WHERE job = \(job)")
        for kind in kinds.sorted() {
            try transaction.run("INSERT INTO event_watch (kind, job) VALUES (\(kind), \(job))")
        }
    }

    /// Writes down the jobs that an event asks for. They are told its id, kind, subject and time.
    static func enqueue(after event: Event, _ id: String, at moment: Moment, in transaction: Transaction) throws {
        for row in try transaction.rows("SELECT job FROM event_watch WHERE kind = \(event.kind)") {
            let payload = ["event": id, "kind": event.kind, "subject": event.subject, "at": moment.iso]
            try transaction.enqueue(try row["job"], payload, at: moment)
        }
    }
}
