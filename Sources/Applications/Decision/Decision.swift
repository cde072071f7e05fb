import Core
import Database

/// 決定. What was decided about an application, with the reason and the law; an earlier one stays when it is considered
/// again.
struct Decision: Sendable {
    typealias ID = Core.ID<Decision>

    let id: ID
    /// 承認, 不承認 or 受付不可.
    let outcome: Case.Status
    let content: Content
    /// Who decided; of several who agreed, the last.
    let officer: Core.ID<Officer>
    /// 通知書のひな形の版 it was issued with; nil for the program's own.
    let notice: Int?
    let at: Moment

    /// What it says. Sealed.
    struct Content: Sendable, Codable, Equatable {
        /// 理由, or words to the applicant.
        let words: String
        /// 根拠法令・条項; empty where none was named.
        let law: String

        /// As the applicant reads it.
        func message(_ outcome: Case.Status) -> String {
            let clause = law.isEmpty || outcome == .approved ? "" : "根拠: \(law)"
            return [words, clause].filter { !$0.isEmpty }.joined(separator: "\n")
        }
    }

    /// What somebody wants to decide.
    struct Draft: Sendable {
        let outcome: Case.Status
        let content: Content

        /// Throws a ``CaseRefusal`` that says what is missing: an adverse decision names its reason and the law
        /// (行政手続法 第8条).
        /// - Parameter law: nil for the card's own.
        init(_ outcome: Case.Status, words: String, law: String?, basis: String?) throws {
            self.outcome = outcome
            let isAdverse = outcome != .approved
            let words = try Applications.usable(words, required: isAdverse)
            let law = try Applications.usable(law ?? basis ?? "", required: false)
            if isAdverse, law.isEmpty { throw CaseRefusal.lawMissing }
            content = Content(words: words, law: law)
        }
    }

    static let migrations = [
        Migration(
            "applications/0025-decisions",
            """
            CREATE TABLE decision (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'rejected', 'refused')),
                content \(.blob) NOT NULL,
                officer TEXT NOT NULL,
                notice \(.integer),
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX decision_application ON decision (application, id)")
    ]

    static func add(
        _ draft: Draft, to item: Case, notice: Int?, by officer: Core.ID<Officer>, key: SealingKey, at moment: Moment,
        in transaction: Transaction
    ) throws {
        let id = ID()
        let sealed = try key.seal(json: draft.content, at: place(id))
        try transaction.run(
            """
            INSERT INTO decision (id, application, outcome, content, officer, notice, at)
            VALUES (\(id), \(item.id), \(draft.outcome.rawValue), \(sealed), \(officer), \(notice), \(moment))
            """)
    }

    /// The decisions of an application, the oldest first.
    static func list(of item: Case.ID, key: SealingKey, in transaction: Transaction) throws -> [Decision] {
        try transaction.rows("SELECT * FROM decision WHERE application = \(item) ORDER BY id").map { row in
            let (id, outcome): (ID, String) = try (row["id"], row["outcome"])
            guard let outcome = Case.Status(rawValue: outcome) else {
                throw DatabaseError(.corrupted, "a decision of no known outcome")
            }
            return Decision(
                id: id, outcome: outcome, content: try key.open(json: row["content"], at: place(id)),
                officer: try row["officer"], notice: try row["notice"], at: try row["at"])
        }
    }

    private static func place(_ id: ID) -> SealingKey.Place { .init("decision", id.text, "content") }
}
