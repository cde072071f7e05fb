import Core
import Database
import Japanese
import Tabular

/// 直し. Another value for one place of a run's file, typed by somebody and not yet put into a file.
struct Mend: Sendable {
    /// The id of the part of the schema.
    let file: String
    /// 件目.
    let row: Int
    let item: String
    let content: Content
    let officer: Core.ID<Officer>
    let at: Moment

    /// One place of a file.
    struct Spot: Hashable {
        let file: String
        let row: Int
        let item: LegalText

        init(_ file: String, _ row: Int, _ item: String) {
            (self.file, self.row, self.item) = (file, row, LegalText(item))
        }
    }

    /// What is sealed of it.
    struct Content: Sendable, Codable {
        let key: String
        let old: String
        let new: String
    }

    static let migrations = [
        Migration(
            "standards/0003-mends",
            """
            CREATE TABLE extract_mend (
                run TEXT NOT NULL REFERENCES extract_run (id),
                file TEXT NOT NULL,
                place \(.integer) NOT NULL,
                item TEXT NOT NULL,
                content \(.blob) NOT NULL,
                officer TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (run, file, place, item)
            ) \(.strict)
            """)
    ]

    /// A value longer than this is shown cut, and is mended where it comes from.
    static let longest = 390

    private static func place(_ run: ExtractRun.ID, _ file: String, _ row: Int, _ item: String) -> SealingKey.Place {
        .init("extract_mend", "\(run) \(file) \(row) \(item)", "content")
    }

    static func list(of run: ExtractRun.ID, key: SealingKey, in transaction: Transaction) throws -> [Mend] {
        try transaction.rows("SELECT * FROM extract_mend WHERE run = \(run) ORDER BY file, place, item").map { row in
            let (file, place, item): (String, Int, String) = try (row["file"], row["place"], row["item"])
            let content = try key.open(row["content"], at: Self.place(run, file, place, item))
            return Mend(
                file: file, row: place, item: item, content: try KeptJSON.read(content), officer: try row["officer"],
                at: try row["at"])
        }
    }

    func save(in run: ExtractRun.ID, key: SealingKey, in transaction: Transaction) throws {
        let sealed = try key.seal(try KeptJSON.write(content), at: Self.place(run, file, row, item))
        try transaction.run(
            """
            INSERT INTO extract_mend (run, file, place, item, content, officer, at)
            VALUES (\(run), \(file), \(row), \(item), \(sealed), \(officer), \(at))
            ON CONFLICT (run, file, place, item) DO UPDATE SET content = excluded.content, officer = excluded.officer,
                at = excluded.at
            """)
    }

    static func remove(
        _ file: String, _ row: Int, _ item: String, of run: ExtractRun.ID, in transaction: Transaction
    ) throws {
        try transaction.run(
            "DELETE FROM extract_mend WHERE run = \(run) AND file = \(file) AND place = \(row) AND item = \(item)")
    }
}
