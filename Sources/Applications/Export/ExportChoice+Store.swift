import Core
import Database
import FoundationEssentials

extension ExportChoice {
    static let migrations = [
        Migration(
            "applications/0016-export-choices",
            """
            CREATE TABLE export_choice (
                id TEXT PRIMARY KEY,
                section TEXT NOT NULL,
                card TEXT NOT NULL,
                name TEXT NOT NULL,
                choice TEXT NOT NULL,
                revision \(.integer) NOT NULL,
                UNIQUE (section, card, name)
            ) \(.strict)
            """,
            """
            CREATE INDEX application_arrival ON application (card, section, submitted_at, id, status)
            WHERE status <> 'draft'
            """),
        Migration(
            "applications/0017-export-runs",
            """
            CREATE TABLE export_run (
                id TEXT PRIMARY KEY,
                officer TEXT NOT NULL,
                section TEXT NOT NULL,
                card TEXT NOT NULL,
                choice TEXT NOT NULL,
                format TEXT NOT NULL CHECK (format IN ('csv', 'cp932', 'xlsx')),
                state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'gone')),
                rows \(.integer) NOT NULL,
                parts \(.integer) NOT NULL,
                unmappable \(.integer) NOT NULL,
                places \(.blob),
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX export_run_officer ON export_run (officer, id)"),
    ]

    /// The pieces of an export have names of their own; those of before were kept for a day.
    static let partMigrations = [
        Migration(
            "applications/0038-export-parts",
            "ALTER TABLE export_run DROP COLUMN parts",
            "ALTER TABLE export_run ADD COLUMN parts TEXT NOT NULL DEFAULT '[]'",
            "UPDATE export_run SET state = 'gone', places = NULL WHERE state = 'done'")
    ]

    /// The kept choices of some sections, by name.
    static func list(of sections: [String], in transaction: Transaction) throws -> [Kept] {
        try transaction.rows(
            """
            SELECT id, name, choice, revision FROM export_choice WHERE section IN (\(anyOf: sections))
            ORDER BY section, card, name
            """
        ).map(kept)
    }

    /// The choice of this id, if it is one of this section and procedure.
    static func find(_ id: ID, in transaction: Transaction) throws -> Kept? {
        try transaction.row("SELECT id, name, choice, revision FROM export_choice WHERE id = \(id)").map(kept)
    }

    /// The choice of this name, or nil.
    static func find(
        named name: String, section: String, card: String, in transaction: Transaction
    ) throws -> Kept? {
        try transaction.row(
            """
            SELECT id, name, choice, revision FROM export_choice
            WHERE section = \(section) AND card = \(card) AND name = \(name)
            """
        ).map(kept)
    }

    /// ファイル名の決まり of a section for a procedure: that of the choice it kept last.
    static func rule(section: String, card: String, in transaction: Transaction) throws -> String {
        let row = try transaction.row(
            """
            SELECT id, name, choice, revision FROM export_choice WHERE section = \(section) AND card = \(card)
            ORDER BY id DESC LIMIT 1
            """)
        return try row.map { try kept($0).choice.rule } ?? FileNameRule.usual
    }

    func insert(_ id: ID, named name: String, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO export_choice (id, section, card, name, choice, revision)
            VALUES (\(id), \(section), \(card), \(name), \(try text), 0)
            """)
    }

    func replace(_ id: ID, named name: String, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE export_choice SET name = \(name), choice = \(try text), revision = revision + 1 WHERE id = \(id)
            """)
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    static func read(_ text: String) throws -> ExportChoice {
        try JSONDecoder().decode(ExportChoice.self, from: Data(text.utf8))
    }

    private static func kept(_ row: Row) throws -> Kept {
        Kept(id: try row["id"], name: try row["name"], choice: try read(row["choice"]), revision: try row["revision"])
    }
}
