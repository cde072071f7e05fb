package import Core
import Database

/// 連絡. Words about an application: to its applicant, or among the staff.
package struct Message: Sendable {
    package typealias ID = Core.ID<Message>

    package let id: ID
    package let kind: Kind
    /// Who wrote it; nil for the program.
    package let officer: Core.ID<Officer>?
    /// What was written; of an acknowledgement, the day by which the town expects to answer.
    package let words: String
    /// メモの種類, with its particulars; nil for what is no note, or one without a type.
    package let note: NoteDetail?
    package let at: Moment

    package enum Kind: String, Sendable {
        /// The program's own word that the application arrived.
        case acknowledgement
        /// お知らせ: to the applicant.
        case letter
        /// 補正依頼: what has to be corrected.
        case correction
        /// 決定: the decision and its reason.
        case decision
        /// 申請者からの連絡.
        case reply
        /// 取下げの理由, by the applicant.
        case withdrawal
        /// メモ: for the staff alone.
        case note

        /// True if the applicant reads it.
        package var isForApplicant: Bool { self != .note }
    }

    static let migrations = [
        Migration(
            "applications/0003-messages",
            """
            CREATE TABLE message (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                kind TEXT NOT NULL CHECK (kind IN ('acknowledgement', 'letter', 'correction', 'decision', 'note')),
                officer TEXT,
                words \(.blob) NOT NULL,
                at TEXT NOT NULL,
                once TEXT NOT NULL UNIQUE
            ) \(.strict)
            """,
            "CREATE INDEX message_application ON message (application, id)")
    ]

    /// More than a letter needs.
    static let maximum = 2000

    /// Keeps a message. False if the same one is there already.
    /// - Parameter once: the sender's own name for it: the second with the same name is not kept.
    @discardableResult
    static func add(
        _ kind: Kind, _ words: String, note: NoteDetail? = nil, to item: Case, by officer: Core.ID<Officer>?,
        once: String, key: SealingKey,
        at moment: Moment, in transaction: Transaction
    ) throws -> Bool {
        let id = ID()
        let sealed = try key.seal(words, at: place(id))
        let detail = try note.map { try key.seal(json: $0, at: notePlace(id)) }
        return try transaction.run(
            """
            INSERT INTO message (id, application, kind, officer, words, note, at, once)
            VALUES (\(id), \(item.id), \(kind.rawValue), \(officer), \(sealed), \(detail), \(moment), \(once))
            ON CONFLICT (once) DO NOTHING
            """) == 1
    }

    /// All messages of an application, the oldest first.
    static func list(of item: Case, key: SealingKey, in transaction: Transaction) throws -> [Message] {
        try transaction.rows("SELECT * FROM message WHERE application = \(item.id) ORDER BY id").map { row in
            let (id, kind): (ID, String) = try (row["id"], row["kind"])
            guard let kind = Kind(rawValue: kind) else { throw DatabaseError(.corrupted, "a message of no known kind") }
            let note: [UInt8]? = try row["note"]
            return Message(
                id: id, kind: kind, officer: try row["officer"], words: try key.text(row["words"], at: place(id)),
                note: try note.map { try key.open(json: $0, at: notePlace(id)) }, at: try row["at"])
        }
    }

    private static func place(_ id: ID) -> SealingKey.Place { .init("message", id.text, "words") }

    private static func notePlace(_ id: ID) -> SealingKey.Place { .init("message", id.text, "note") }
}
