package import Core
import Database
package import Japanese

/// 例外. A level that the committee decided on, with an end: the only one that is not computed (rule 7). Added, never
/// changed; the newest of a card counts, while it lasts.
package struct LevelException: Sendable, Identifiable {
    package typealias ID = Core.ID<LevelException>

    package let id: ID
    package let card: Card.ID
    package let level: Level
    /// 決めた会議: DX推進委員会.
    package let body: String
    /// 決定の番号や会議録の場所.
    package let reference: String
    package let decidedOn: Day
    /// Its last day.
    package let until: Day
    package let reason: String
    /// Who wrote it down, as ``Actor/text``.
    package let recorder: String
    package let recordedAt: Moment

    /// The longest that one may last, in days.
    static let longest = 366

    /// - Parameter moment: when it is written down.
    package init(
        card: Card.ID, level: Level, body: String, reference: String, decidedOn: Day, until: Day, reason: String,
        by actor: Actor, at moment: Moment
    ) {
        (id, self.card, self.level, self.body, self.reference) = (ID(), card, level, body, reference)
        (self.decidedOn, self.until, self.reason) = (decidedOn, until, reason)
        (recorder, recordedAt) = (actor.text, moment)
    }

    /// True on the days from the one it was written down to its last.
    package func holds(on day: Day) -> Bool { recordedAt.day <= day && day <= until }

    /// 「委員会の決定による例外（令和9年3月31日まで）」.
    package var words: String { "委員会の決定による例外（\(until.wareki)まで）" }

    static let migrations = [
        Migration(
            "register/0004-level-exceptions",
            """
            CREATE TABLE level_exception (
                id TEXT PRIMARY KEY,
                card TEXT NOT NULL REFERENCES card (id),
                level \(.integer) NOT NULL CHECK (level BETWEEN 0 AND 5),
                body TEXT NOT NULL,
                reference TEXT NOT NULL,
                decided_on TEXT NOT NULL,
                until TEXT NOT NULL,
                reason TEXT NOT NULL,
                recorder TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX level_exception_card ON level_exception (card, id)")
    ]

    func insert(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO level_exception (id, card, level, body, reference, decided_on, until, reason, recorder, at)
            VALUES (\(id), \(card), \(level.rawValue), \(body), \(reference), \(decidedOn), \(until), \(reason),
                \(recorder), \(recordedAt))
            """)
    }

    /// All that were ever decided of a card, the oldest first.
    /// - Parameter before: an id: only those written down before it.
    static func list(of card: Card.ID, before id: String? = nil, in transaction: Transaction) throws -> [LevelException]
    {
        let last = id ?? "~"
        return try transaction.rows("SELECT * FROM level_exception WHERE card = \(card) AND id < \(last) ORDER BY id")
            .map(LevelException.init)
    }

    private init(_ row: Row) throws {
        (id, card, body, reference) = try (row["id"], row["card"], row["body"], row["reference"])
        (decidedOn, until, reason) = try (row["decided_on"], row["until"], row["reason"])
        (recorder, recordedAt) = try (row["recorder"], row["at"])
        guard let level = Level(rawValue: try row["level"]) else {
            throw DatabaseError(.corrupted, "an exception of no known level")
        }
        self.level = level
    }
}
