import Core
import Database
import Japanese
import Register
import Synchronization

extension Case {
    /// What the applications of a year are counted by, without looking at them.
    static let countMigrations = [
        Migration(
            "applications/0036-counts",
            """
            CREATE INDEX application_counted ON application (card, submitted_at, channel)
            WHERE submitted_at IS NOT NULL
            """)
    ]
}

/// The applications of each card and fiscal year, counted again every ten minutes: a year's statistics change slowly, and a
/// year may have very many.
final class CountedShelf: Sendable {
    private static let seconds = 600
    private struct Place: Hashable {
        let card: Card.ID
        let year: FiscalYear
    }
    private let known = Mutex<[Place: (counted: Counted?, at: Moment)]>([:])

    /// How many were sent in a fiscal year; nil where no form of the card was published before its end.
    func count(
        of card: Card.ID, in year: FiscalYear, at moment: Moment, _ transaction: Transaction
    ) throws -> Counted? {
        let place = Place(card: card, year: year)
        if let entry = known.withLock({ $0[place] }), entry.at <= moment,
            moment < entry.at.adding(seconds: Self.seconds)
        {
            return entry.counted
        }
        let counted = try Self.read(card, year, transaction)
        known.withLock { known in
            if known.count > 10_000 { known = [:] }
            known[place] = (counted, moment)
        }
        return counted
    }

    private static func read(_ card: Card.ID, _ year: FiscalYear, _ transaction: Transaction) throws -> Counted? {
        guard let first = Day(year: year.year, month: 4, day: 1), let next = Day(year: year.year + 1, month: 4, day: 1)
        else { return nil }
        let (start, end) = (Moment(startOf: first), Moment(startOf: next))
        guard
            try transaction.exists("SELECT 1 FROM form_version WHERE card = \(card) AND published_at < \(end) LIMIT 1")
        else { return nil }
        let rows = try transaction.rows(
            """
            SELECT channel, count(*) AS n FROM application
            WHERE card = \(card) AND submitted_at >= \(start) AND submitted_at < \(end) GROUP BY channel
            """)
        var (all, online) = (0, 0)
        for row in rows {
            let (channel, count): (String, Int) = try (row["channel"], row["n"])
            all += count
            if channel == Channel.online.rawValue || channel == Channel.proxy.rawValue { online += count }
        }
        return Counted(all: all, online: online)
    }
}
