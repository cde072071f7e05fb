import Core
import Database
import Japanese

/// 帳簿の記入. One entry of a book, as it is now; every earlier form of it is kept.
struct LedgerEntry: Sendable {
    typealias ID = Core.ID<LedgerEntry>

    let id: ID
    let book: String
    /// What it is about; empty where its book has no parent.
    let parent: String
    /// Counts up with each change.
    let revision: Int
    let values: [String: String]
    let at: Moment

    var name: String { self["name"] }

    subscript(_ field: String) -> String { values[field] ?? "" }

    /// True if these are its values, code point by code point.
    func isSame(as other: [String: String]) -> Bool {
        values.count == other.count && values.allSatisfy { field, value in other[field]?.isExactly(value) == true }
    }

    func day(_ field: String) -> Day? { Day(iso: self[field]) }
    func number(_ field: String) -> Int? { Int(self[field]) }
    var cards: [String] { self["cards"].split(separator: " ").map(String.init) }

    /// One earlier form.
    struct Version: Sendable {
        let revision: Int
        let values: [String: String]
        let officer: Core.ID<Officer>?
        let at: Moment
        let isRemoval: Bool
    }

    static let migrations = [
        Migration(
            "standards/0006-ledgers",
            """
            CREATE TABLE ledger_entry (
                id TEXT PRIMARY KEY,
                book TEXT NOT NULL,
                parent TEXT NOT NULL,
                revision \(.integer) NOT NULL,
                content TEXT NOT NULL,
                at TEXT NOT NULL,
                removed_at TEXT
            ) \(.strict)
            """,
            "CREATE INDEX ledger_entry_parent ON ledger_entry (book, parent)",
            """
            CREATE TABLE ledger_version (
                entry TEXT NOT NULL REFERENCES ledger_entry (id),
                revision \(.integer) NOT NULL,
                content TEXT NOT NULL,
                officer TEXT,
                at TEXT NOT NULL,
                removal \(.integer) NOT NULL,
                PRIMARY KEY (entry, revision)
            ) \(.strict)
            """)
    ]

    static func find(_ id: String, in transaction: Transaction) throws -> LedgerEntry? {
        try transaction.row("SELECT * FROM ledger_entry WHERE id = \(id) AND removed_at IS NULL").map(LedgerEntry.init)
    }

    /// The entries of a book, in the order they came.
    /// - Parameter parent: only those about this; nil for all.
    static func list(_ book: Book, of parent: String? = nil, in transaction: Transaction) throws -> [LedgerEntry] {
        var clauses: [SQL] = ["book = \(book.id)", "removed_at IS NULL"]
        if let parent { clauses.append("parent = \(parent)") }
        return try transaction.rows("SELECT * FROM ledger_entry WHERE \(SQL.all(clauses)) ORDER BY id").map(
            LedgerEntry.init)
    }

    func versions(in transaction: Transaction) throws -> [Version] {
        try transaction.rows("SELECT * FROM ledger_version WHERE entry = \(id) ORDER BY revision DESC").map { row in
            Version(
                revision: try row["revision"], values: try KeptJSON.read(row["content"] as String),
                officer: try row["officer"], at: try row["at"], isRemoval: try row["removal"])
        }
    }

    private init(_ row: Row) throws {
        (id, book, parent, revision) = try (row["id"], row["book"], row["parent"], row["revision"])
        values = try KeptJSON.read(row["content"] as String)
        at = try row["at"]
    }

    init(id: ID, book: String, parent: String, revision: Int, values: [String: String], at: Moment) {
        (self.id, self.book, self.parent, self.revision) = (id, book, parent, revision)
        (self.values, self.at) = (values, at)
    }

    /// Keeps it as its next form.
    func save(isRemoval: Bool = false, by actor: Actor, at moment: Moment, in transaction: Transaction) throws {
        let content = try KeptJSON.write(values)
        let removed: Moment? = isRemoval ? moment : nil
        try transaction.run(
            """
            INSERT INTO ledger_entry (id, book, parent, revision, content, at, removed_at)
            VALUES (\(id), \(book), \(parent), \(revision), \(content), \(moment), \(removed))
            ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, content = excluded.content, at = excluded.at,
                removed_at = excluded.removed_at
            """)
        let officer: Core.ID<Officer>? = if case .officer(let id) = actor { id } else { nil }
        try transaction.run(
            """
            INSERT INTO ledger_version (entry, revision, content, officer, at, removal)
            VALUES (\(id), \(revision), \(content), \(officer), \(moment), \(isRemoval))
            """)
        try transaction.record(
            Event(
                isRemoval ? "ledger.removed" : "ledger.saved", subject: id.text,
                detail: ["book": book, "revision": String(revision)]), by: actor, at: moment)
    }
}
