import Core
import Database

/// 標準化対象事務の担当. Who looks after a task.
enum BusinessState {
    static let migrations = [
        Migration(
            "standards/0007-board",
            "CREATE TABLE business_section (business TEXT PRIMARY KEY, section TEXT NOT NULL) \(.strict)",
            """
            CREATE TABLE migration_step (
                business TEXT NOT NULL,
                step \(.integer) NOT NULL,
                state TEXT NOT NULL,
                note TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (business, step)
            ) \(.strict)
            """,
            "CREATE TABLE step_title (step \(.integer) PRIMARY KEY, title TEXT NOT NULL) \(.strict)",
            """
            CREATE TABLE published_progress (
                month TEXT NOT NULL,
                business TEXT NOT NULL,
                town \(.real) NOT NULL,
                nation \(.real) NOT NULL,
                source TEXT NOT NULL,
                PRIMARY KEY (month, business)
            ) \(.strict)
            """)
    ]

    /// The section that looks after a task; nil where nobody has said.
    static func find(_ business: String, in transaction: Transaction) throws -> String? {
        try transaction.row("SELECT section FROM business_section WHERE business = \(business)")?["section"]
    }

    static func all(in transaction: Transaction) throws -> [StandardBusiness: String] {
        try transaction.rows("SELECT * FROM business_section").reduce(into: [:]) { sections, row in
            if let business = try StandardBusiness(rawValue: row["business"]) {
                sections[business] = try row["section"]
            }
        }
    }
}

/// 手順. One of the forty steps of the ministry's procedure (自治体情報システムの標準化・共通化に係る手順書), for one task.
struct MigrationStep: Sendable {
    /// From 1.
    let step: Int
    let state: State
    let note: String

    /// How many there are.
    static let count = 40
    static let longestNote = 200

    /// As the ministry's tool tells it; nil there is 不明 here: nobody has said.
    enum State: String, Sendable, CaseIterable {
        case done, working, waiting, unneeded

        var name: String {
            switch self {
            case .done: "完了"
            case .working: "作業中"
            case .waiting: "未着手"
            case .unneeded: "対象外"
            }
        }
    }

    /// The steps that somebody has said something about, by task.
    static func all(in transaction: Transaction) throws -> [StandardBusiness: [Int: MigrationStep]] {
        try transaction.rows("SELECT * FROM migration_step").reduce(into: [:]) { steps, row in
            let (business, state): (String, String) = try (row["business"], row["state"])
            guard let business = StandardBusiness(rawValue: business), let state = State(rawValue: state) else {
                return
            }
            let step: Int = try row["step"]
            steps[business, default: [:]][step] = MigrationStep(step: step, state: state, note: try row["note"])
        }
    }

    /// What the steps are called in the procedure, as the town has brought it in.
    static func titles(in transaction: Transaction) throws -> [Int: String] {
        try transaction.rows("SELECT * FROM step_title").reduce(into: [:]) { $0[try $1["step"]] = try $1["title"] }
    }
}

extension [Int: MigrationStep] {
    /// 進捗率: (完了 + 対象外) / 40, as the ministry counts it; nil while a step is 不明.
    var rate: Double? {
        guard count == MigrationStep.count else { return nil }
        return Double(values.count { $0.state == .done || $0.state == .unneeded }) / Double(MigrationStep.count)
    }
}

/// 公表された進捗. What was published of the town and the nation.
struct PublishedProgress: Sendable {
    let month: String
    let town: Double
    let nation: Double
    let source: String

    /// The newest of each task.
    static func newest(in transaction: Transaction) throws -> [StandardBusiness: PublishedProgress] {
        try transaction.rows("SELECT * FROM published_progress ORDER BY month").reduce(into: [:]) { found, row in
            guard let business = try StandardBusiness(rawValue: row["business"]) else { return }
            found[business] = PublishedProgress(
                month: try row["month"], town: try row["town"], nation: try row["nation"], source: try row["source"])
        }
    }
}
