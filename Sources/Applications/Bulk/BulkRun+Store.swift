import Core
import Database

extension BulkRun {
    static let migrations = [
        Migration(
            "applications/0024-bulk-runs",
            """
            CREATE TABLE bulk_run (
                id TEXT PRIMARY KEY,
                officer TEXT NOT NULL,
                deed TEXT NOT NULL,
                target TEXT,
                words \(.blob),
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX bulk_run_officer ON bulk_run (officer, id)",
            """
            CREATE TABLE bulk_item (
                run TEXT NOT NULL REFERENCES bulk_run (id) ON DELETE CASCADE,
                place \(.integer) NOT NULL,
                application TEXT NOT NULL,
                number TEXT NOT NULL,
                status TEXT NOT NULL,
                assignee TEXT,
                is_done \(.integer),
                words TEXT NOT NULL DEFAULT '',
                PRIMARY KEY (run, place)
            ) \(.strict)
            """)
    ]

    /// The name of the key that its words are sealed with: never that of an application.
    var keyName: String { "bulk run \(id)" }

    /// Where its words are sealed.
    var place: SealingKey.Place { .init("bulk_run", id.text, "words") }

    func insert(_ items: [Item], words: [UInt8]?, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO bulk_run (id, officer, deed, target, words, at)
            VALUES (\(id), \(officer), \(deed.rawValue), \(target), \(words), \(at))
            """)
        for (place, item) in items.enumerated() {
            try transaction.run(
                """
                INSERT INTO bulk_item (run, place, application, number, status, assignee)
                VALUES (\(id), \(place), \(item.application), \(item.number), \(item.status.rawValue), \(item.assignee))
                """)
        }
    }

    /// The run of this id with its sealed words, or nil.
    static func find(_ id: ID, in transaction: Transaction) throws -> (run: BulkRun, words: [UInt8]?)? {
        try transaction.row("SELECT * FROM bulk_run WHERE id = \(id)").map { (try BulkRun($0), try $0["words"]) }
    }

    /// What an officer did lately, the newest first, with how many of each wait.
    static func list(
        of officer: Core.ID<Officer>, in transaction: Transaction
    ) throws -> [(run: BulkRun, total: Int, waiting: Int)] {
        try transaction.rows("SELECT * FROM bulk_run WHERE officer = \(officer) ORDER BY id DESC LIMIT 20").map {
            let run = try BulkRun($0)
            let row = try transaction.row(
                """
                SELECT count(*) AS total, count(*) FILTER (WHERE is_done IS NULL) AS waiting FROM bulk_item
                WHERE run = \(run.id)
                """)
            return (run, try row?["total"] ?? 0, try row?["waiting"] ?? 0)
        }
    }

    /// The next that wait.
    func waiting(_ limit: Int, in transaction: Transaction) throws -> [(place: Int, item: Item)] {
        try transaction.rows(
            "SELECT * FROM bulk_item WHERE run = \(id) AND is_done IS NULL ORDER BY place LIMIT \(limit)"
        ).compactMap { row in
            let (application, number, status): (Case.ID, String, String) = try (
                row["application"], row["number"], row["status"]
            )
            let assignee: String? = try row["assignee"]
            return try Item("\(application) \(number) \(status) \(assignee ?? "-")").map { (try row["place"], $0) }
        }
    }

    /// Keeps what came of one: done, or why not.
    func keep(_ refusal: String?, at place: Int, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE bulk_item SET is_done = \(refusal == nil ? 1 : 0), words = \(refusal ?? "")
            WHERE run = \(id) AND place = \(place)
            """)
    }

    /// What came of each, in their order.
    func outcomes(in transaction: Transaction) throws -> [Outcome] {
        try transaction.rows("SELECT * FROM bulk_item WHERE run = \(id) ORDER BY place").map { row in
            let isDone: Int? = try row["is_done"]
            return Outcome(
                place: try row["place"], application: try row["application"], number: try row["number"],
                isDone: isDone.map { $0 == 1 }, words: try row["words"])
        }
    }

    /// Forgets those that nobody looks at any more, and gives them.
    static func clear(before moment: Moment, in transaction: Transaction) throws -> [BulkRun] {
        try transaction.rows("DELETE FROM bulk_run WHERE at < \(moment) RETURNING *").map(BulkRun.init)
    }

    private init(_ row: Row) throws {
        guard let deed = Deed(rawValue: try row["deed"]) else {
            throw DatabaseError(.corrupted, "a bulk run does nothing that is known")
        }
        try self.init(
            id: row["id"], deed: deed, target: row["target"], officer: row["officer"], at: row["at"])
    }
}
