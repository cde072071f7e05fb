import Core
import Database

/// 意見. What somebody wrote about a draft: sealed, nobody knows whose it is. What is published is its gist, with the answer.
struct Opinion: Sendable, Identifiable {
    typealias ID = Core.ID<Opinion>

    let id: ID
    let consultation: String
    /// The anchor of the clause it is about; empty for the plan as a whole.
    let clause: String
    /// Nil until somebody wrote one.
    let answer: OpinionAnswer?
    let at: Moment

    static let longest = 2000

    static let migrations = [
        Migration(
            "governance/0005-opinions",
            """
            CREATE TABLE governance_opinion (
                id TEXT PRIMARY KEY,
                consultation TEXT NOT NULL,
                clause TEXT NOT NULL,
                words \(.blob) NOT NULL,
                gist TEXT NOT NULL,
                answer TEXT NOT NULL,
                outcome TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX governance_opinion_consultation ON governance_opinion (consultation, id)")
    ]

    /// Answers became documents, whose every form is kept.
    static let laterMigrations = [
        Migration(
            "governance/0007-answers",
            """
            INSERT INTO governance_document (kind, id, revision, content, created_at, at)
            SELECT 'answer', id, 1,
                '{"gist":"' || replace(replace(replace(replace(replace(gist, '\\', '\\\\'), '"', '\\"'), '
            ', '\\n'), '\r', ' '), '\t', ' ') || '","outcome":"' || outcome || '","words":"'
                || replace(replace(replace(replace(replace(answer, '\\', '\\\\'), '"', '\\"'), '
            ', '\\n'), '\r', ' '), '\t', ' ') || '"}',
                at, COALESCE((SELECT MAX(event.at) FROM event WHERE kind = 'opinion.answered' AND subject = governance_opinion.id), at)
            FROM governance_opinion WHERE outcome <> ''
            """,
            """
            INSERT INTO governance_version (kind, document, revision, verb, content, actor, at)
            SELECT kind, id, revision, 'answered', content,
                COALESCE(
                    (SELECT actor FROM event WHERE event.kind = 'opinion.answered' AND subject = governance_document.id
                    ORDER BY event.id DESC LIMIT 1), 'system'), at
            FROM governance_document WHERE kind = 'answer'
            """,
            "ALTER TABLE governance_opinion DROP COLUMN gist", "ALTER TABLE governance_opinion DROP COLUMN answer",
            "ALTER TABLE governance_opinion DROP COLUMN outcome")
    ]

    /// The name of its key.
    static func key(_ id: ID) -> String { "opinion \(id)" }

    static func place(_ id: ID) -> SealingKey.Place { .init("governance_opinion", id.text, "words") }

    static func list(of number: String, in transaction: Transaction) throws -> [Opinion] {
        try transaction.rows("\(query) WHERE consultation = \(number) ORDER BY governance_opinion.id").map(Opinion.init)
    }

    static func find(_ id: ID, in transaction: Transaction) throws -> Opinion? {
        try transaction.row("\(query) WHERE governance_opinion.id = \(id)").map(Opinion.init)
    }

    private static var query: SQL {
        """
        SELECT governance_opinion.id AS id, consultation, clause, governance_opinion.at AS at, content
        FROM governance_opinion
        LEFT JOIN governance_document ON kind = \(OpinionAnswer.kind) AND governance_document.id = governance_opinion.id
        """
    }

    private init(_ row: Row) throws {
        (id, consultation, clause, at) = try (row["id"], row["consultation"], row["clause"], row["at"])
        answer = try row.has("content") ? KeptText.read(OpinionAnswer.self, row["content"]) : nil
    }
}

/// 町の考え方. What the town says to an opinion; its id is the opinion's.
struct OpinionAnswer: Document, Equatable {
    static var kind: String { "answer" }

    /// 意見の要旨, as it is published.
    let gist: String
    let words: String
    let outcome: Outcome

    enum Outcome: String, Sendable, Codable, CaseIterable {
        case taken, partly, reference, declined

        var name: Text {
            switch self {
            case .taken: Text("反映しました", easy: "{計画|けいかく}を {直|なお}しました", en: "Taken up")
            case .partly: Text("一部を反映しました", easy: "すこし {直|なお}しました", en: "Taken up in part")
            case .reference: Text("これからの参考にします", easy: "これから {考|かんが}えます", en: "Kept in mind")
            case .declined: Text("反映しませんでした", easy: "{直|なお}しませんでした", en: "Not taken up")
            }
        }
    }
}
