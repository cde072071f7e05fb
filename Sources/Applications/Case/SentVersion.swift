import Core
import Database

/// 前の版. What had been sent before a correction took its place. What is sent now stands in the application itself.
struct SentVersion: Sendable {
    /// From 1.
    let number: Int
    let answers: Answers
    /// When it was replaced.
    let replacedAt: Moment
    /// Who replaced it, as the event says it.
    let actor: String

    static let migrations = [
        Migration(
            "applications/0029-versions",
            """
            CREATE TABLE sent_version (
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                number \(.integer) NOT NULL,
                answers \(.blob) NOT NULL,
                replaced_at TEXT NOT NULL,
                actor TEXT NOT NULL,
                PRIMARY KEY (application, number)
            ) \(.strict)
            """)
    ]

    /// Keeps what an application says before a correction replaces it.
    static func keep(_ open: OpenCase, by actor: Actor, at moment: Moment, in transaction: Transaction) throws {
        let id = open.item.id
        let last: Int? = try transaction.row(
            "SELECT number FROM sent_version WHERE application = \(id) ORDER BY number DESC LIMIT 1")?["number"]
        let number = (last ?? 0) + 1
        let sealed = try open.key.seal(json: open.submitted.answers, at: place(id, number))
        try transaction.run(
            """
            INSERT INTO sent_version (application, number, answers, replaced_at, actor)
            VALUES (\(id), \(number), \(sealed), \(moment), \(actor.text))
            """)
    }

    /// What was sent before, the first one first.
    static func list(of id: Case.ID, key: SealingKey, in transaction: Transaction) throws -> [SentVersion] {
        try transaction.rows("SELECT * FROM sent_version WHERE application = \(id) ORDER BY number").map { row in
            let number: Int = try row["number"]
            return SentVersion(
                number: number, answers: try key.open(json: row["answers"], at: place(id, number)),
                replacedAt: try row["replaced_at"], actor: try row["actor"])
        }
    }

    private static func place(_ id: Case.ID, _ number: Int) -> SealingKey.Place {
        .init("sent_version", "\(id)#\(number)", "answers")
    }
}
