import Core
import Database
import Japanese

/// 改正の作業. An amendment of an ordinance on its way: from the draft to the day it comes into force.
struct AmendmentTask: Sendable {
    typealias ID = Core.ID<AmendmentTask>

    /// 議案の段階.
    enum State: String, Sendable, CaseIterable {
        case draft, submitted, passed, promulgated
        /// In force, but the text of the collection does not yet say so: it had changed so that the amendment could not be applied.
        case unmerged
        case enforced, dropped

        var japanese: String {
            switch self {
            case .draft: "案"
            case .submitted: "議会に提出"
            case .passed: "可決"
            case .promulgated: "公布"
            case .unmerged: "施行（例規集への反映待ち）"
            case .enforced: "施行"
            case .dropped: "取りやめ"
            }
        }

        /// Where it may go from here.
        var next: [State] {
            switch self {
            case .draft: [.submitted, .dropped]
            case .submitted: [.passed, .draft, .dropped]
            case .passed: [.promulgated, .dropped]
            case .unmerged: [.enforced]
            case .promulgated, .enforced, .dropped: []
            }
        }

        var isInForce: Bool { self == .unmerged || self == .enforced }
    }

    let id: ID
    let ordinance: String
    let name: String
    /// The version of the ordinance it amends.
    let revision: Int
    /// The ordinance after it, as plain text.
    let text: String
    /// 改め文.
    let amendment: String
    let state: State
    /// 令和9年3月定例会.
    let assembly: String
    let effectiveOn: Day?
    let officer: Core.ID<Officer>
    let at: Moment

    static let migrations = [
        Migration(
            "ordinances/0003-amendments",
            """
            CREATE TABLE ordinance_task (
                id TEXT PRIMARY KEY,
                ordinance TEXT NOT NULL REFERENCES ordinance (id),
                name TEXT NOT NULL,
                revision INTEGER NOT NULL,
                text TEXT NOT NULL,
                amendment TEXT NOT NULL,
                state TEXT NOT NULL,
                assembly TEXT NOT NULL,
                effective_on TEXT,
                officer TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX ordinance_task_ordinance ON ordinance_task (ordinance)")
    ]

    static func find(_ id: String, in transaction: Transaction) throws -> AmendmentTask? {
        try transaction.row("SELECT * FROM ordinance_task WHERE id = \(id)").map(AmendmentTask.init)
    }

    static func list(of ordinance: String, in transaction: Transaction) throws -> [AmendmentTask] {
        try transaction.rows("SELECT * FROM ordinance_task WHERE ordinance = \(ordinance) ORDER BY at").map(
            AmendmentTask.init)
    }

    static func all(in transaction: Transaction) throws -> [AmendmentTask] {
        try transaction.rows("SELECT * FROM ordinance_task ORDER BY effective_on, at").map(AmendmentTask.init)
    }

    private init(_ row: Row) throws {
        let state: String = try row["state"]
        guard let state = State(rawValue: state) else {
            throw DatabaseError(.corrupted, "an amendment of no known state")
        }
        self.state = state
        (id, ordinance, name, revision) = try (row["id"], row["ordinance"], row["name"], row["revision"])
        (text, amendment, assembly) = try (row["text"], row["amendment"], row["assembly"])
        (effectiveOn, officer, at) = try (row["effective_on"], row["officer"], row["at"])
    }
}
