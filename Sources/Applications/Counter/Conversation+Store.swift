import Core
import Database
import Register
import Web

extension Conversation {
    static let migrations = [
        Migration(
            "applications/0033-counter-conversations",
            """
            CREATE TABLE conversation (
                id TEXT PRIMARY KEY,
                officer TEXT NOT NULL,
                section TEXT NOT NULL,
                event TEXT,
                language TEXT NOT NULL,
                session TEXT UNIQUE,
                desk TEXT,
                shown TEXT NOT NULL,
                arrived_at TEXT,
                began_at TEXT NOT NULL,
                used_at TEXT NOT NULL,
                interrupted_at TEXT,
                paused_seconds \(.integer) NOT NULL CHECK (paused_seconds >= 0),
                ended_at TEXT,
                outcome TEXT CHECK (outcome IN ('sent', 'guided', 'stopped', 'expired')),
                CHECK ((ended_at IS NULL) = (outcome IS NULL)),
                CHECK (session IS NULL OR (interrupted_at IS NULL AND ended_at IS NULL))
            ) \(.strict)
            """,
            "CREATE INDEX conversation_open ON conversation (session) WHERE session IS NOT NULL",
            """
            CREATE INDEX conversation_interrupted ON conversation (section, interrupted_at)
            WHERE interrupted_at IS NOT NULL
            """,
            "CREATE INDEX conversation_desk ON conversation (desk) WHERE desk IS NOT NULL",
            """
            CREATE TABLE conversation_part (
                conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
                card TEXT NOT NULL,
                place \(.integer) NOT NULL,
                section TEXT NOT NULL,
                application TEXT,
                sent_at TEXT,
                questions \(.integer),
                ended_at TEXT,
                waited_seconds \(.integer),
                stayed_seconds \(.integer),
                talked_seconds \(.integer),
                PRIMARY KEY (conversation, card)
            ) \(.strict)
            """,
            "CREATE INDEX conversation_part_application ON conversation_part (application) WHERE application IS NOT NULL",
            "CREATE INDEX conversation_part_card ON conversation_part (card, ended_at) WHERE ended_at IS NOT NULL",
            """
            CREATE INDEX conversation_part_section ON conversation_part (section, ended_at) WHERE ended_at IS NOT NULL
            """)
    ]

    /// The conversation of this id. Throws ``CounterRefusal/notFound`` if there is none.
    static func require(_ id: ID, in transaction: Transaction) throws -> Conversation {
        guard let row = try transaction.row("SELECT * FROM conversation WHERE id = \(id)") else {
            throw CounterRefusal.notFound
        }
        return try Conversation(row, in: transaction)
    }

    /// The conversation of this id, or nil if there is none.
    static func find(_ id: ID, in transaction: Transaction) throws -> Conversation? {
        try transaction.row("SELECT * FROM conversation WHERE id = \(id)").map { try Conversation($0, in: transaction) }
    }

    /// The conversation that a session of the counter holds, or nil.
    static func find(heldBy session: String, in transaction: Transaction) throws -> Conversation? {
        try transaction.row("SELECT * FROM conversation WHERE session = \(session)").map {
            try Conversation($0, in: transaction)
        }
    }

    /// The conversation that a second screen of an officer's session shows, or nil.
    static func find(at desk: String, in transaction: Transaction) throws -> Conversation? {
        try transaction.row("SELECT * FROM conversation WHERE desk = \(desk) ORDER BY used_at DESC LIMIT 1").map {
            try Conversation($0, in: transaction)
        }
    }

    /// The conversation that is not over and fills in an application, or nil.
    static func find(filling application: Case.ID, in transaction: Transaction) throws -> Conversation? {
        try transaction.row(
            """
            SELECT conversation.* FROM conversation_part JOIN conversation
                ON conversation.id = conversation_part.conversation
            WHERE application = \(application) AND conversation.ended_at IS NULL
            """
        ).map { try Conversation($0, in: transaction) }
    }

    /// 中断した会話 of these sections, the newest first.
    static func interrupted(of sections: [String], in transaction: Transaction) throws -> [Conversation] {
        try transaction.rows(
            """
            SELECT * FROM conversation WHERE interrupted_at IS NOT NULL AND section IN (\(anyOf: sections))
            ORDER BY interrupted_at DESC LIMIT 50
            """
        ).map { try Conversation($0, in: transaction) }
    }

    /// Those that were interrupted before a moment.
    static func interrupted(before moment: Moment, in transaction: Transaction) throws -> [Conversation] {
        try transaction.rows(
            """
            SELECT * FROM conversation WHERE interrupted_at IS NOT NULL AND interrupted_at < \(moment) LIMIT 500
            """
        ).map { try Conversation($0, in: transaction) }
    }

    /// 置き去り: those whose session is over, though nobody interrupted them.
    static func left(at moment: Moment, in transaction: Transaction) throws -> [Conversation] {
        try transaction.rows("SELECT * FROM conversation WHERE session IS NOT NULL").map {
            try Conversation($0, in: transaction)
        }.filter { try !$0.isHeld(at: moment, in: transaction) }
    }

    /// True while the session that holds it is in use.
    func isHeld(at moment: Moment, in transaction: Transaction) throws -> Bool {
        guard let session else { return false }
        return try Session.isOpen(session, .counter(officer), at: moment, in: transaction)
    }

    func insert(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO conversation (id, officer, section, event, language, session, desk, shown, arrived_at, began_at,
                used_at, interrupted_at, paused_seconds)
            VALUES (\(id), \(officer), \(section), \(event?.rawValue), \(language.id), \(session), \(desk), \(shown.text),
                \(arrivedAt), \(beganAt), \(usedAt), \(interruptedAt), \(pausedSeconds))
            """)
    }

    /// Keeps what changed, its parts included.
    func save(in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE conversation SET officer = \(officer), event = \(event?.rawValue), language = \(language.id),
                session = \(session), desk = \(desk), shown = \(shown.text), used_at = \(usedAt),
                interrupted_at = \(interruptedAt), paused_seconds = \(pausedSeconds), ended_at = \(endedAt),
                outcome = \(outcome?.rawValue)
            WHERE id = \(id)
            """)
        let shares = shares
        for (place, part) in parts.enumerated() {
            let share = shares[part.card]
            let ended: Moment? = share == nil ? nil : endedAt
            try transaction.run(
                """
                INSERT INTO conversation_part (conversation, card, place, section, application, sent_at, questions, ended_at,
                    waited_seconds, stayed_seconds, talked_seconds)
                VALUES (\(id), \(part.card), \(place), \(part.section), \(part.application), \(part.sentAt),
                    \(part.questions), \(ended), \(share?.waited), \(share?.stayed), \(share?.talked))
                ON CONFLICT (conversation, card) DO UPDATE SET place = excluded.place, application = excluded.application,
                    sent_at = excluded.sent_at, questions = excluded.questions, ended_at = excluded.ended_at,
                    waited_seconds = excluded.waited_seconds, stayed_seconds = excluded.stayed_seconds,
                    talked_seconds = excluded.talked_seconds
                """)
        }
        let kept = Set(parts.map(\.card))
        for row in try transaction.rows("SELECT card FROM conversation_part WHERE conversation = \(id)") {
            let card: String = try row["card"]
            if !kept.contains(card) {
                try transaction.run("DELETE FROM conversation_part WHERE conversation = \(id) AND card = \(card)")
            }
        }
    }

    private init(_ row: Row, in transaction: Transaction) throws {
        let (id, event, outcome): (ID, String?, String?) = try (row["id"], row["event"], row["outcome"])
        let parts = try transaction.rows(
            "SELECT * FROM conversation_part WHERE conversation = \(id) ORDER BY place")
        self.init(
            id: id, officer: try row["officer"], section: try row["section"],
            event: event.flatMap(LifeEvent.init(rawValue:)), language: Language(kept: try row["language"]),
            session: try row["session"], desk: try row["desk"], shown: Shown(try row["shown"]),
            arrivedAt: try row["arrived_at"], beganAt: try row["began_at"], usedAt: try row["used_at"],
            interruptedAt: try row["interrupted_at"], pausedSeconds: try row["paused_seconds"],
            endedAt: try row["ended_at"], outcome: outcome.flatMap(Outcome.init(rawValue:)),
            parts: try parts.map { part in
                Part(
                    card: try part["card"], section: try part["section"], application: try part["application"],
                    sentAt: try part["sent_at"], questions: try part["questions"])
            })
    }
}
