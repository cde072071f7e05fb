import Core
import Database
import Japanese

/// 庁内照会. A question about an application to another section, which sees it until it has answered.
struct Consultation: Sendable {
    typealias ID = Core.ID<Consultation>

    let id: ID
    let application: Case.ID
    /// 照会先.
    let section: String
    let question: String
    /// 照会した人.
    let officer: Core.ID<Officer>
    /// 回答期限.
    let dueOn: Day
    let answer: String?
    let answeredBy: Core.ID<Officer>?
    let state: State
    let at: Moment
    let answeredAt: Moment?

    enum State: String, Sendable { case open, answered, cancelled }

    static let migrations = [
        Migration(
            "applications/0027-consultations",
            """
            CREATE TABLE consultation (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                section TEXT NOT NULL,
                question \(.blob) NOT NULL,
                officer TEXT NOT NULL,
                due_on TEXT NOT NULL,
                answer \(.blob),
                answered_by TEXT,
                answered_at TEXT,
                seen_at TEXT,
                state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'cancelled')),
                at TEXT NOT NULL,
                once TEXT NOT NULL UNIQUE
            ) \(.strict)
            """,
            "CREATE INDEX consultation_application ON consultation (application, id)",
            "CREATE INDEX consultation_open ON consultation (section, due_on, id) WHERE state = 'open'",
            "CREATE INDEX consultation_officer ON consultation (officer, id)")
    ]

    /// The parts that are sealed with the application's key.
    enum Sealed { case question, answer }

    static func place(_ id: ID, _ part: Sealed) -> SealingKey.Place {
        switch part {
        case .question: .init("consultation", id.text, "question")
        case .answer: .init("consultation", id.text, "answer")
        }
    }

    init(_ row: Row, key: SealingKey) throws {
        let state: String = try row["state"]
        let due: String = try row["due_on"]
        guard let state = State(rawValue: state), let due = Day(iso: due) else {
            throw DatabaseError(.corrupted, "a consultation of no known state")
        }
        (self.state, dueOn) = (state, due)
        let id: ID = try row["id"]
        let answer: [UInt8]? = try row["answer"]
        self.id = id
        (application, section, officer) = try (row["application"], row["section"], row["officer"])
        question = try key.text(row["question"], at: Self.place(id, .question))
        self.answer = try answer.map { try key.text($0, at: Self.place(id, .answer)) }
        (answeredBy, answeredAt, at) = try (row["answered_by"], row["answered_at"], row["at"])
    }

    /// All of an application, the oldest first.
    static func list(of id: Case.ID, key: SealingKey, in transaction: Transaction) throws -> [Consultation] {
        try transaction.rows("SELECT * FROM consultation WHERE application = \(id) ORDER BY id")
            .map { try Consultation($0, key: key) }
    }

    /// True while a section has not answered.
    static func isOpen(for id: Case.ID, in transaction: Transaction) throws -> Bool {
        try transaction.exists("SELECT 1 FROM consultation WHERE application = \(id) AND state = 'open'")
    }

    /// The sections that are asked about an application now.
    static func sections(for id: Case.ID, in transaction: Transaction) throws -> [String] {
        try transaction.rows("SELECT section FROM consultation WHERE application = \(id) AND state = 'open'").map {
            try $0["section"]
        }
    }

    /// Ends what is open: it is decided or withdrawn. The access of the sections ends with it.
    static func endAll(of id: Case.ID, by actor: Actor, at moment: Moment, in transaction: Transaction) throws {
        let ended = try transaction.rows(
            """
            UPDATE consultation SET state = 'cancelled', answered_at = \(moment)
            WHERE application = \(id) AND state = 'open' RETURNING id
            """)
        for row in ended {
            let consultation: String = try row["id"]
            try transaction.record(
                Event("consultation.cancelled", subject: id.text, detail: ["consultation": consultation]), by: actor,
                at: moment)
        }
    }
}
