import Core
import Database

/// 抽出. Files that a section takes out of one of its systems and has checked again and again: before a migration, after it,
/// every month.
struct Extract: Sendable {
    typealias ID = Core.ID<Extract>

    let id: ID
    let name: String
    /// 課 whose data they are. Its officers alone see values as they are.
    let section: String
    /// The id of the schema they are checked against.
    let schema: String

    static let longestName = 60

    static let migrations = [
        Migration(
            "standards/0001-extracts",
            """
            CREATE TABLE extract (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                section TEXT NOT NULL,
                schema_id TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            """
            CREATE TABLE extract_run (
                id TEXT PRIMARY KEY,
                extract TEXT NOT NULL REFERENCES extract (id),
                number \(.integer) NOT NULL,
                state TEXT NOT NULL,
                way TEXT NOT NULL,
                base TEXT,
                schema_text TEXT NOT NULL,
                files TEXT NOT NULL,
                findings TEXT NOT NULL DEFAULT '[]',
                changes TEXT NOT NULL DEFAULT '[]',
                changed \(.integer) NOT NULL DEFAULT 0,
                done \(.integer) NOT NULL DEFAULT 0,
                row_count \(.integer) NOT NULL DEFAULT 0,
                errors \(.integer) NOT NULL DEFAULT 0,
                notices \(.integer) NOT NULL DEFAULT 0,
                earlier TEXT,
                characters \(.blob),
                trouble TEXT,
                officer TEXT NOT NULL,
                at TEXT NOT NULL,
                finished_at TEXT
            ) \(.strict)
            """,
            "CREATE UNIQUE INDEX extract_run_number ON extract_run (extract, number)",
            """
            CREATE TABLE extract_group (
                run TEXT NOT NULL REFERENCES extract_run (id),
                number \(.integer) NOT NULL,
                file TEXT NOT NULL,
                file_title TEXT NOT NULL,
                item TEXT NOT NULL,
                rule TEXT NOT NULL,
                weight TEXT NOT NULL,
                section TEXT NOT NULL,
                count \(.integer) NOT NULL,
                fresh \(.integer) NOT NULL,
                pages TEXT NOT NULL,
                PRIMARY KEY (run, number)
            ) \(.strict)
            """)
    ]
}

extension Extract {
    static func find(_ id: String, in transaction: Transaction) throws -> Extract? {
        try transaction.row("SELECT * FROM extract WHERE id = \(id)").map(Extract.init)
    }

    /// The extracts of sections, by name.
    static func list(of sections: [String], in transaction: Transaction) throws -> [Extract] {
        try transaction.rows("SELECT * FROM extract WHERE section IN (\(anyOf: sections)) ORDER BY name, id").map(
            Extract.init)
    }

    func insert(at moment: Moment, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO extract (id, name, section, schema_id, at)
            VALUES (\(id), \(name), \(section), \(schema), \(moment))
            """)
    }

    private init(_ row: Row) throws {
        (id, name, section, schema) = try (row["id"], row["name"], row["section"], row["schema_id"])
    }
}
