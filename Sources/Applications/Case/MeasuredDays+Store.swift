import Core
import Database
import Japanese
import Register

extension MeasuredDays {
    /// Of the decisions of a card in the days before a day; nil where there are too few to tell.
    static func read(of card: String, on today: Day, in transaction: Transaction) throws -> MeasuredDays? {
        let since = Moment(startOf: today.adding(days: -window))
        let rows = try transaction.rows(
            """
            SELECT submitted_at, decided_at FROM application
            WHERE card = \(card) AND decided_at IS NOT NULL AND decided_at >= \(since)
            ORDER BY decided_at DESC LIMIT 1000
            """)
        guard rows.count >= fewest else { return nil }
        let days = try rows.map { row in
            let (sent, decided): (Moment, Moment) = (try row["submitted_at"], try row["decided_at"])
            return max(1, decided.day.daysSince1970 - sent.day.daysSince1970)
        }.sorted()
        func reached(by tenths: Int) -> Int { days[(days.count * tenths + 9) / 10 - 1] }
        return MeasuredDays(median: reached(by: 5), ninetieth: reached(by: 9), count: days.count)
    }
}
