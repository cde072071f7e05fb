package import Core
import Database

/// 手数料の台帳. What was charged and what became of it: entries are added, never changed; each kind at most once for an
/// application, so that nobody pays twice. What is charged may be adjusted until it is paid.
package struct FeeLedger: Sendable {
    package let entries: [Entry]

    package struct Entry: Sendable {
        package let kind: Kind
        package let yen: Int
        /// How it was paid: 窓口 or the address of a payment page.
        package let way: String?
        /// Why it was waived or refunded.
        package let words: String?
        package let officer: ID<Officer>?
        package let at: Moment
    }

    package enum Kind: String, Sendable {
        /// 請求.
        case charged
        /// 請求額の変更: a correction changed what it comes to.
        case adjusted
        /// 納付.
        case paid
        /// 免除.
        case waived
        /// 返金.
        case refunded
    }

    /// 納付の状態.
    package enum State: Sendable {
        case none, due, paid, waived, refunded
    }

    package func entry(_ kind: Kind) -> Entry? { entries.first { $0.kind == kind } }

    /// 請求額: what is charged now; nil where nothing is.
    package var charged: Int? { entries.last { $0.kind == .charged || $0.kind == .adjusted }?.yen }

    package var state: State {
        if entry(.refunded) != nil { return .refunded }
        if entry(.paid) != nil { return .paid }
        if entry(.waived) != nil { return .waived }
        return (charged ?? 0) == 0 ? .none : .due
    }

    /// What may be done next.
    package var next: [Kind] {
        switch state {
        case .due: [.paid, .waived]
        case .paid: [.refunded]
        case .none, .waived, .refunded: []
        }
    }

    static func read(of item: Case, key: SealingKey, in transaction: Transaction) throws -> FeeLedger {
        let rows = try transaction.rows("SELECT * FROM fee_entry WHERE application = \(item.id) ORDER BY id")
        return FeeLedger(
            entries: try rows.map { row in
                let (id, kind): (String, String) = (try row["id"], try row["kind"])
                guard let kind = Kind(rawValue: kind) else { throw DatabaseError(.corrupted, "a fee of no known kind") }
                let words: [UInt8]? = try row["words"]
                return Entry(
                    kind: kind, yen: try row["yen"], way: try row["way"],
                    words: try words.map { try key.text($0, at: place(id)) }, officer: try row["officer"],
                    at: try row["at"])
            })
    }

    static let migrations = [
        Migration(
            "applications/0013-fee-adjustments",
            """
            CREATE TABLE fee_entry_now (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                kind TEXT NOT NULL CHECK (kind IN ('charged', 'adjusted', 'paid', 'waived', 'refunded')),
                yen \(.integer) NOT NULL CHECK (yen >= 0),
                way TEXT,
                words \(.blob),
                officer TEXT,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "INSERT INTO fee_entry_now SELECT id, application, kind, yen, way, words, officer, at FROM fee_entry",
            "DROP TABLE fee_entry", "ALTER TABLE fee_entry_now RENAME TO fee_entry",
            "CREATE UNIQUE INDEX fee_entry_once ON fee_entry (application, kind) WHERE kind <> 'adjusted'",
            "CREATE INDEX fee_entry_application ON fee_entry (application, id)")
    ]

    /// Adds an entry. False if one of its kind is there already.
    static func add(
        _ kind: Kind, yen: Int, way: String?, words: String?, to item: Case, by officer: ID<Officer>?, key: SealingKey,
        at moment: Moment, in transaction: Transaction
    ) throws -> Bool {
        let id = ID<FeeLedger>().text
        let sealed = try words.map { try key.seal($0, at: place(id)) }
        return try transaction.run(
            """
            INSERT INTO fee_entry (id, application, kind, yen, way, words, officer, at)
            VALUES (\(id), \(item.id), \(kind.rawValue), \(yen), \(way), \(sealed), \(officer), \(moment))
            ON CONFLICT (application, kind) WHERE kind <> 'adjusted' DO NOTHING
            """) == 1
    }

    private static func place(_ id: String) -> SealingKey.Place { .init("fee_entry", id, "words") }
}
