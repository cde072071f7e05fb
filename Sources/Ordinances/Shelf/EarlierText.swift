import Core
import Database
import OrdinanceText

/// 前の版. What an ordinance said before its text changed: nothing that was taken in is lost.
struct EarlierText: Sendable {
    let revision: Int
    let format: OrdinanceFormat
    let source: String
    /// Since when it said so here.
    let changedAt: Moment

    static let migrations = [
        Migration(
            "ordinances/0004-earlier-texts",
            """
            CREATE TABLE ordinance_earlier (
                ordinance TEXT NOT NULL REFERENCES ordinance (id),
                revision INTEGER NOT NULL,
                format TEXT NOT NULL,
                source TEXT NOT NULL,
                changed_at TEXT NOT NULL,
                PRIMARY KEY (ordinance, revision)
            ) \(.strict)
            """)
    ]

    var ordinance: Ordinance { KeptOrdinance.ordinance(format, source).ordinance }

    static func find(_ revision: Int, of ordinance: String, in transaction: Transaction) throws -> EarlierText? {
        try transaction.row("SELECT * FROM ordinance_earlier WHERE ordinance = \(ordinance) AND revision = \(revision)")
            .map(EarlierText.init)
    }

    private init(_ row: Row) throws {
        let format: String = try row["format"]
        self.format = OrdinanceFormat(rawValue: format) ?? .plain
        (revision, source, changedAt) = try (row["revision"], row["source"], row["changed_at"])
    }
}

extension KeptOrdinance {
    /// Gives it another text, and keeps the one it has.
    func change(
        to source: String, _ format: OrdinanceFormat, title: String, at moment: Moment, in transaction: Transaction
    )
        throws
    {
        try transaction.run(
            """
            INSERT INTO ordinance_earlier (ordinance, revision, format, source, changed_at)
            VALUES (\(id), \(revision), \(self.format.rawValue), \(self.source), \(changedAt))
            """)
        try transaction.run(
            """
            UPDATE ordinance SET title = \(title), format = \(format.rawValue), source = \(source), revision = revision + 1,
                changed_at = \(moment) WHERE id = \(id)
            """)
    }
}
