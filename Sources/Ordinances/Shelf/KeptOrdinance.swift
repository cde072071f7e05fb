import Core
import Crypto
import Database
import OrdinanceText
import Tabular

/// 例規. A document of the town's collection, as it came.
struct KeptOrdinance: Sendable {
    typealias ID = Core.ID<KeptOrdinance>

    let id: ID
    /// The name of its file in the collection: it stays while titles change.
    let name: String
    let title: String
    let format: OrdinanceFormat
    let source: String
    /// 担当課; nil while nobody is named.
    let section: String?
    /// Counts how often the text has changed, from 1.
    let revision: Int
    let changedAt: Moment

    static let migrations = [
        Migration(
            "ordinances/0001-collection",
            """
            CREATE TABLE ordinance (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                title TEXT NOT NULL,
                format TEXT NOT NULL,
                source TEXT NOT NULL,
                section TEXT,
                revision INTEGER NOT NULL,
                changed_at TEXT NOT NULL
            ) \(.strict)
            """,
            """
            CREATE TABLE ordinance_card (
                ordinance TEXT NOT NULL REFERENCES ordinance (id),
                card TEXT NOT NULL,
                PRIMARY KEY (ordinance, card)
            ) \(.strict)
            """,
            "CREATE INDEX ordinance_card_card ON ordinance_card (card)")
    ]

    /// The text of a file as it comes from an 例規 system. Nil for what is no text.
    static func text(of file: [UInt8]) -> String? {
        file.starts(with: "%PDF".utf8) ? nil : TextEncoding.text(of: file)?.text
    }

    /// The ordinance as a tree. What cannot be read as what it says it is, is read as plain text: nothing is lost, and all can be found.
    static func ordinance(_ format: OrdinanceFormat, _ source: String) -> (ordinance: Ordinance, trouble: String?) {
        do throws(Ordinance.FormatTrouble) { return (try format.ordinance(source), nil) } catch {
            return (Ordinance(plain: source), "\(error.description)。文字だけを読みました")
        }
    }

    var ordinance: Ordinance { Self.ordinance(format, source).ordinance }

    static func find(_ id: String, in transaction: Transaction) throws -> KeptOrdinance? {
        try transaction.row("SELECT * FROM ordinance WHERE id = \(id)").map(KeptOrdinance.init)
    }

    static func named(_ name: String, in transaction: Transaction) throws -> KeptOrdinance? {
        try transaction.row("SELECT * FROM ordinance WHERE name = \(name)").map(KeptOrdinance.init)
    }

    static func all(in transaction: Transaction) throws -> [KeptOrdinance] {
        try transaction.rows("SELECT * FROM ordinance ORDER BY name").map(KeptOrdinance.init)
    }

    /// The titles, by id.
    static func titles(in transaction: Transaction) throws -> [String: String] {
        try transaction.rows("SELECT id, title FROM ordinance").reduce(into: [:]) {
            $0[try $1["id"]] = try $1["title"] as String
        }
    }

    /// Says whether anything has changed since it was said last: how many there are, and how often they changed.
    static func state(in transaction: Transaction) throws -> String {
        let row = try transaction.row("SELECT COUNT(*) AS count, COALESCE(SUM(revision), 0) AS changes FROM ordinance")
        let (count, changes): (Int, Int) = (try row?["count"] ?? 0, try row?["changes"] ?? 0)
        return "\(count) \(changes)"
    }

    /// The sections, by id.
    static func sections(in transaction: Transaction) throws -> [String: String] {
        try transaction.rows("SELECT id, section FROM ordinance WHERE section IS NOT NULL").reduce(into: [:]) {
            $0[try $1["id"]] = try $1["section"] as String
        }
    }

    func cards(in transaction: Transaction) throws -> [String] {
        try transaction.rows("SELECT card FROM ordinance_card WHERE ordinance = \(id) ORDER BY card").map {
            try $0["card"]
        }
    }

    private init(_ row: Row) throws {
        let format: String = try row["format"]
        guard let format = OrdinanceFormat(rawValue: format) else {
            throw DatabaseError(.corrupted, "an ordinance of no known format")
        }
        self.format = format
        (id, name, title, source) = try (row["id"], row["name"], row["title"], row["source"])
        (section, revision, changedAt) = try (row["section"], row["revision"], row["changed_at"])
    }
}

/// What a provision says, in so many letters that two do not get mixed up: a judgement holds as long as the words are the same.
enum ClauseDigest {
    static func of(_ text: String) -> String {
        let bare = text.filter { !$0.isWhitespace }
        return SHA256.hash(data: Array(bare.utf8)).prefix(12).map { byte in
            let hex = String(byte, radix: 16)
            return hex.count == 1 ? "0" + hex : hex
        }.joined()
    }
}
