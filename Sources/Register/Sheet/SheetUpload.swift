import Core
import Database

/// 取り込む前のファイル. A sheet that somebody sent in and that waits until they say so.
struct SheetUpload: Sendable {
    typealias ID = Core.ID<SheetUpload>

    let id: ID
    /// `register`, or `inventory` with the survey it is for: `inventory:2025`.
    let kind: String
    let content: [UInt8]
    let officer: Core.ID<Officer>
    let at: Moment
    /// What was taken of it, in words; nil while it waits.
    let result: String?

    static let migrations = [
        Migration(
            "register/0007-sheet-uploads",
            """
            CREATE TABLE sheet_upload (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                content \(.blob) NOT NULL,
                officer TEXT NOT NULL,
                at TEXT NOT NULL,
                result TEXT
            ) \(.strict)
            """,
            "CREATE INDEX sheet_upload_at ON sheet_upload (at)")
    ]

    init(kind: String, content: [UInt8], by officer: Officer, at moment: Moment) {
        (id, self.kind, self.content, self.officer, at, result) = (ID(), kind, content, officer.id, moment, nil)
    }

    /// Keeps it, and forgets those that nobody came back to.
    func insert(in transaction: Transaction) throws {
        try transaction.run("DELETE FROM sheet_upload WHERE at < \(at.adding(seconds: -24 * 3600))")
        try transaction.run(
            """
            INSERT INTO sheet_upload (id, kind, content, officer, at)
            VALUES (\(id), \(kind), \(content), \(officer), \(at))
            """)
        transaction.keepHouse("a file that waits; what is taken of it is recorded")
    }

    /// What this officer sent in under an id.
    static func find(_ id: String, by officer: Officer, in transaction: Transaction) throws -> SheetUpload? {
        try transaction.row("SELECT * FROM sheet_upload WHERE id = \(id) AND officer = \(officer.id)").map(
            SheetUpload.init)
    }

    /// Notes what was taken of it; the content is not needed any more.
    func finish(_ result: String, in transaction: Transaction) throws {
        try transaction.run("UPDATE sheet_upload SET result = \(result), content = \([UInt8]()) WHERE id = \(id)")
    }

    private init(_ row: Row) throws {
        (id, kind, content) = try (row["id"], row["kind"], row["content"])
        (officer, at, result) = try (row["officer"], row["at"], row["result"])
    }
}
