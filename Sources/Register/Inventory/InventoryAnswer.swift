import Core
import Database

/// 回答. What somebody answered to a question of the inventory for a card, or took back. Answers are added, never changed: the
/// newest of a question counts.
struct InventoryAnswer: Sendable {
    typealias ID = Core.ID<InventoryAnswer>

    let id: ID
    /// The year of the survey.
    let survey: Int
    let card: Card.ID
    /// The question, by its name: it stays through the years.
    let question: String
    /// Nil where the answer was taken back.
    let answer: String?
    /// Where it comes from, when the survey was closed; nil for what a person wrote.
    let evidence: String?
    /// Who, as ``Actor/text``.
    let actor: String
    let at: Moment

    static let migrations = [
        Migration(
            "register/0008-inventory-answers",
            """
            CREATE TABLE inventory_answer (
                id TEXT PRIMARY KEY,
                survey \(.integer) NOT NULL,
                card TEXT NOT NULL REFERENCES card (id),
                question TEXT NOT NULL,
                answer TEXT,
                evidence TEXT,
                actor TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX inventory_answer_card ON inventory_answer (survey, card, id)",
            """
            CREATE TABLE inventory_closing (
                survey \(.integer) PRIMARY KEY,
                actor TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """)
    ]

    init(
        survey: Int, card: Card.ID, question: String, answer: String?, evidence: String?, by actor: Actor,
        at moment: Moment
    ) {
        (id, self.survey, self.card, self.question) = (ID(), survey, card, question)
        (self.answer, self.evidence, self.actor, at) = (answer, evidence, actor.text, moment)
    }

    func insert(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO inventory_answer (id, survey, card, question, answer, evidence, actor, at)
            VALUES (\(id), \(survey), \(card), \(question), \(answer), \(evidence), \(actor), \(at))
            """)
    }

    /// The newest answers to a survey, by card and question; of one card where one is named.
    static func newest(
        _ survey: Int, card: Card.ID? = nil, in transaction: Transaction
    ) throws -> [Card.ID: [String: InventoryAnswer]] {
        let one: SQL = card.map { "AND card = \($0)" } ?? ""
        let rows = try transaction.rows(
            "SELECT * FROM inventory_answer WHERE survey = \(survey) " + one + " ORDER BY id")
        return try rows.reduce(into: [:]) { answers, row in
            let answer = try InventoryAnswer(row)
            answers[answer.card, default: [:]][answer.question] = answer
        }
    }

    /// True for a survey that was closed: its answers stand as they were then.
    static func isClosed(_ survey: Int, in transaction: Transaction) throws -> Bool {
        try transaction.exists("SELECT 1 FROM inventory_closing WHERE survey = \(survey)")
    }

    static func close(_ survey: Int, by actor: Actor, at moment: Moment, in transaction: Transaction) throws {
        try transaction.run(
            "INSERT INTO inventory_closing (survey, actor, at) VALUES (\(survey), \(actor.text), \(moment))")
    }

    private init(_ row: Row) throws {
        (id, survey, card, question) = try (row["id"], row["survey"], row["card"], row["question"])
        (answer, evidence, actor, at) = try (row["answer"], row["evidence"], row["actor"], row["at"])
    }
}

/// What a question is answered with for a card: what a person wrote, else what the register knows, else unknown.
struct InventoryCell: Sendable {
    /// What a person wrote.
    let written: InventoryAnswer?
    /// What the register knows by itself.
    let known: InventoryEvidence.Known?

    /// Nil for unknown.
    var value: String? { written?.answer ?? known?.value }
}
