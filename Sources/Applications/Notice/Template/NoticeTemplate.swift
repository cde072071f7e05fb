import Core
import Database
import FoundationEssentials

/// 通知書のひな形. A version that was published for a card and an outcome; it never changes.
struct NoticeTemplate: Sendable {
    let card: String
    let outcome: Case.Status
    let version: Int
    let document: NoticeDocument
    let publishedAt: Moment

    static let migrations = [
        Migration(
            "applications/0032-notices",
            """
            CREATE TABLE notice_template (
                card TEXT NOT NULL,
                outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'rejected', 'refused')),
                version \(.integer) NOT NULL,
                document TEXT NOT NULL,
                proposed_by TEXT NOT NULL,
                published_by TEXT NOT NULL,
                published_at TEXT NOT NULL,
                PRIMARY KEY (card, outcome, version)
            ) \(.strict)
            """,
            """
            CREATE TABLE notice_draft (
                card TEXT NOT NULL,
                outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'rejected', 'refused')),
                document TEXT NOT NULL,
                revision \(.integer) NOT NULL,
                proposed_by TEXT,
                returned TEXT,
                edited_by TEXT NOT NULL,
                edited_at TEXT NOT NULL,
                PRIMARY KEY (card, outcome)
            ) \(.strict)
            """)
    ]

    /// The newest version for a card and an outcome, or nil: then the program's own is used.
    static func newest(
        _ card: String, _ outcome: Case.Status, in transaction: Transaction
    ) throws -> NoticeTemplate? {
        try transaction.row(
            """
            SELECT * FROM notice_template WHERE card = \(card) AND outcome = \(outcome.rawValue)
            ORDER BY version DESC LIMIT 1
            """
        ).map(NoticeTemplate.init)
    }

    static func find(
        _ card: String, _ outcome: Case.Status, version: Int, in transaction: Transaction
    ) throws -> NoticeTemplate? {
        try transaction.row(
            """
            SELECT * FROM notice_template
            WHERE card = \(card) AND outcome = \(outcome.rawValue) AND version = \(version)
            """
        ).map(NoticeTemplate.init)
    }

    /// The newest version of each card and outcome, by ``NoticeDraft/name(_:_:)``.
    static func versions(in transaction: Transaction) throws -> [String: Int] {
        try transaction.rows(
            "SELECT card, outcome, max(version) AS version FROM notice_template GROUP BY card, outcome"
        ).reduce(into: [:]) { versions, row in
            let (card, outcome): (String, String) = try (row["card"], row["outcome"])
            versions["\(card) \(outcome)"] = try row["version"]
        }
    }

    private init(_ row: Row) throws {
        let (outcome, document): (String, String) = try (row["outcome"], row["document"])
        guard let outcome = Case.Status(rawValue: outcome) else {
            throw DatabaseError(.corrupted, "a notice of no known outcome")
        }
        self.outcome = outcome
        (card, version, publishedAt) = try (row["card"], row["version"], row["published_at"])
        self.document = try JSONDecoder().decode(NoticeDocument.self, from: Data(document.utf8))
    }
}

/// 通知書のひな形の下書き. The next version, that officers work on.
struct NoticeDraft: Sendable {
    let card: String
    let outcome: Case.Status
    var document: NoticeDocument
    /// Counts every change, so that nobody overwrites what somebody else changed. 0: nobody has kept it yet.
    var revision: Int
    /// 公開の申し出; nil while it is worked on.
    var proposedBy: Core.ID<Officer>?
    /// Why it was given back the last time.
    var returned: String?

    /// A new one, of what is used now.
    init(_ card: String, _ outcome: Case.Status, _ document: NoticeDocument) {
        (self.card, self.outcome, self.document, revision) = (card, outcome, document, 0)
    }

    static func name(_ card: String, _ outcome: Case.Status) -> String { "\(card) \(outcome.rawValue)" }

    static func find(_ card: String, _ outcome: Case.Status, in transaction: Transaction) throws -> NoticeDraft? {
        try transaction.row(
            "SELECT * FROM notice_draft WHERE card = \(card) AND outcome = \(outcome.rawValue)"
        ).map(NoticeDraft.init)
    }

    /// All of them, by ``name(_:_:)``.
    static func list(in transaction: Transaction) throws -> [String: NoticeDraft] {
        try transaction.rows("SELECT * FROM notice_draft").map(NoticeDraft.init).reduce(into: [:]) {
            $0[name($1.card, $1.outcome)] = $1
        }
    }

    private init(_ row: Row) throws {
        let (outcome, document): (String, String) = try (row["outcome"], row["document"])
        guard let outcome = Case.Status(rawValue: outcome) else {
            throw DatabaseError(.corrupted, "a notice of no known outcome")
        }
        self.outcome = outcome
        (card, revision) = try (row["card"], row["revision"])
        (proposedBy, returned) = try (row["proposed_by"], row["returned"])
        self.document = try JSONDecoder().decode(NoticeDocument.self, from: Data(document.utf8))
    }

    func save(by officer: Core.ID<Officer>, at moment: Moment, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO notice_draft (card, outcome, document, revision, proposed_by, returned, edited_by, edited_at)
            VALUES (\(card), \(outcome.rawValue), \(try document.text), \(revision), \(proposedBy), \(returned), \(officer),
                \(moment))
            ON CONFLICT (card, outcome) DO UPDATE SET document = excluded.document, revision = excluded.revision,
                proposed_by = excluded.proposed_by, returned = excluded.returned, edited_by = excluded.edited_by,
                edited_at = excluded.edited_at
            """)
    }

    func delete(in transaction: Transaction) throws {
        try transaction.run("DELETE FROM notice_draft WHERE card = \(card) AND outcome = \(outcome.rawValue)")
    }

    /// Makes it the newest version.
    func publish(by officer: Core.ID<Officer>, at moment: Moment, in transaction: Transaction) throws -> Int {
        let version = (try NoticeTemplate.newest(card, outcome, in: transaction)?.version ?? 0) + 1
        try transaction.run(
            """
            INSERT INTO notice_template (card, outcome, version, document, proposed_by, published_by, published_at)
            VALUES (\(card), \(outcome.rawValue), \(version), \(try document.text), \(proposedBy), \(officer), \(moment))
            """)
        try delete(in: transaction)
        return version
    }
}

extension NoticeDocument {
    fileprivate var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
