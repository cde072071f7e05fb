package import Database
import FoundationEssentials
package import Trail

/// Something that somebody did. What was done is told by events; everything else can be computed from them.
package struct Event: Sendable {
    /// `<noun>.<verb in the past>`, such as `case.received`.
    package let kind: String
    /// The thing it was done to: an id, or a name of the register.
    package let subject: String
    /// More about it. Never personal data: an event is never taken out.
    package let detail: [String: String]

    package init(_ kind: String, subject: String, detail: [String: String] = [:]) {
        (self.kind, self.subject, self.detail) = (kind, subject, detail)
    }
}

/// An event as it was recorded.
package struct RecordedEvent: Sendable {
    package let id: String
    package let event: Event
    /// `applicant`, `officer:ID`, `machine:ID` or `system`.
    package let actor: String
    package let at: Moment

    /// As a row of the table has it.
    package init(_ row: Row) throws {
        id = try row["id"]
        actor = try row["actor"]
        at = try row["at"]
        let detail: String = try row["detail"]
        event = Event(
            try row["kind"], subject: try row["subject"],
            detail: try JSONDecoder().decode([String: String].self, from: Data(detail.utf8)))
    }
}

extension Transaction {
    /// Records an event and its trail entry. Belongs into the transaction of the action itself.
    package func record(_ event: Event, by actor: Actor, at moment: Moment) throws {
        let id = ID<Event>().text
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let detail = String(decoding: try encoder.encode(event.detail), as: UTF8.self)
        try run(
            """
            INSERT INTO event (id, kind, subject, actor, at, detail)
            VALUES (\(id), \(event.kind), \(event.subject), \(actor.text), \(moment), \(detail))
            """)
        let content = EventLog.content(id, event.kind, event.subject, actor.text, moment.iso, detail)
        try Trail.append(id: id, content: content, in: self)
        try EventWatch.enqueue(after: event, id, at: moment, in: self)
        account()
    }

    /// The events of a subject, the oldest first.
    package func events(of subject: String) throws -> [RecordedEvent] {
        try rows("SELECT * FROM event WHERE subject = \(subject) ORDER BY id").map(RecordedEvent.init)
    }
}

/// 記録. All events, and the proof that none was changed.
package enum EventLog {
    package static let migrations = [
        Migration(
            "core/0001-events",
            """
            CREATE TABLE event (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                actor TEXT NOT NULL,
                at TEXT NOT NULL,
                detail TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX event_subject ON event (subject, id)")
    ]

    /// The newest events, the newest first.
    package static func newest(_ limit: Int, in transaction: Transaction) throws -> [RecordedEvent] {
        try transaction.rows("SELECT * FROM event ORDER BY id DESC LIMIT \(limit)").map(RecordedEvent.init)
    }

    /// The events of a kind since a moment, the newest first. For kinds whose subjects are few.
    package static func events(
        of kind: String, about subjects: [String], since moment: Moment, in transaction: Transaction
    ) throws -> [RecordedEvent] {
        try transaction.rows(
            """
            SELECT * FROM event WHERE subject IN (\(anyOf: subjects)) AND kind = \(kind) AND at >= \(moment)
            ORDER BY id DESC
            """
        ).map(RecordedEvent.init)
    }

    /// Goes through the trail and compares each entry with its event as it is now.
    package static func verify(_ trail: Trail, in database: Database) async throws -> Trail.Verification {
        var result = try await trail.verify(database) { ids, transaction in
            let rows = try transaction.rows("SELECT * FROM event WHERE id IN (\(anyOf: ids))")
            return try rows.reduce(into: [:]) { contents, row in
                contents[try row["id"]] = try content(
                    row["id"], row["kind"], row["subject"], row["actor"], row["at"], row["detail"])
            }
        }
        let orphans: Int = try await database.read { transaction in
            try transaction.row(
                """
                SELECT count(*) AS n FROM event LEFT JOIN trail_entry ON trail_entry.id = event.id
                WHERE trail_entry.id IS NULL
                """)?["n"] ?? 0
        }
        if orphans > 0 { result.faults.append("\(orphans) events are not in the trail") }
        return result
    }

    /// What the trail proves of an event: its fields, each with its length before it, so that no two events agree.
    static func content(_ fields: String...) -> [UInt8] {
        fields.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
    }
}
