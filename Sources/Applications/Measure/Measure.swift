import Core
import Database
import Japanese
import Register

/// 実績の集計. Counts what happens to applications, in the transaction in which it happens: by month, card and mouth. A
/// month that is over does not change any more. Everything can be counted again from the events (`Measure+Rebuild`).
enum Measure {
    static let migrations = [
        Migration(
            "applications/0020-measured-months",
            """
            CREATE TABLE measure_month (
                month TEXT NOT NULL,
                card TEXT NOT NULL,
                channel TEXT NOT NULL,
                begun \(.integer) NOT NULL,
                sent \(.integer) NOT NULL,
                with_papers \(.integer) NOT NULL,
                returned \(.integer) NOT NULL,
                decided \(.integer) NOT NULL,
                approved \(.integer) NOT NULL,
                withdrawn \(.integer) NOT NULL,
                PRIMARY KEY (month, card, channel)
            ) \(.strict)
            """,
            "CREATE INDEX measure_month_card ON measure_month (card, month)",
            """
            CREATE TABLE measure_days (
                month TEXT NOT NULL,
                card TEXT NOT NULL,
                channel TEXT NOT NULL,
                days \(.integer) NOT NULL,
                decided \(.integer) NOT NULL,
                PRIMARY KEY (month, card, channel, days)
            ) \(.strict)
            """,
            "CREATE INDEX measure_days_card ON measure_days (card, month)",
            """
            CREATE TABLE measure_stop (
                month TEXT NOT NULL,
                card TEXT NOT NULL,
                page TEXT NOT NULL,
                drafts \(.integer) NOT NULL,
                PRIMARY KEY (card, month, page)
            ) \(.strict)
            """,
            "CREATE TABLE measure_built (at TEXT PRIMARY KEY) \(.strict)",
            "ALTER TABLE application ADD COLUMN stopped_at TEXT",
            "CREATE INDEX application_stopped ON application (card, saved_at) WHERE status = 'draft'")
    ]

    /// Where somebody stands who has answered everything and has not sent it.
    static let checkPage = "check"

    /// Adds to a month of a card.
    static func add(
        _ tally: Tally, to month: Month, card: String, channel: Channel, in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO measure_month (month, card, channel, begun, sent, with_papers, returned, decided, approved, withdrawn)
            VALUES (\(month.iso), \(card), \(channel.rawValue), \(tally.begun), \(tally.sent), \(tally.withPapers),
                \(tally.returned), \(tally.decided), \(tally.approved), \(tally.withdrawn))
            ON CONFLICT (month, card, channel) DO UPDATE SET
                begun = measure_month.begun + excluded.begun, sent = measure_month.sent + excluded.sent,
                with_papers = measure_month.with_papers + excluded.with_papers,
                returned = measure_month.returned + excluded.returned,
                decided = measure_month.decided + excluded.decided,
                approved = measure_month.approved + excluded.approved,
                withdrawn = measure_month.withdrawn + excluded.withdrawn
            """)
    }

    /// Adds decisions of a month that took so many business days.
    static func add(
        decisions count: Int, after days: Int, to month: Month, card: String, channel: Channel,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO measure_days (month, card, channel, days, decided)
            VALUES (\(month.iso), \(card), \(channel.rawValue), \(days), \(count))
            ON CONFLICT (month, card, channel, days) DO UPDATE SET decided = measure_days.decided + excluded.decided
            """)
    }

    /// Adds drafts that expired on a page; an empty page for those into which nothing was written.
    static func add(
        stops count: Int, at page: String, to month: Month, card: String, in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO measure_stop (month, card, page, drafts) VALUES (\(month.iso), \(card), \(page), \(count))
            ON CONFLICT (card, month, page) DO UPDATE SET drafts = measure_stop.drafts + excluded.drafts
            """)
    }
}

extension Case {
    /// Counts a draft that begins.
    func countBegun(in transaction: Transaction) throws {
        var tally = Tally()
        tally.begun = 1
        try Measure.add(tally, to: Month(of: beganAt.day), card: card, channel: channel, in: transaction)
    }

    /// Counts a draft that goes on through another mouth: it is that one's from now on.
    func countBrought(from earlier: Channel, at moment: Moment, in transaction: Transaction) throws {
        var (gone, come) = (Tally(), Tally())
        (gone.begun, come.begun) = (-1, 1)
        let month = Month(of: moment.day)
        try Measure.add(gone, to: month, card: card, channel: earlier, in: transaction)
        try Measure.add(come, to: month, card: card, channel: channel, in: transaction)
    }

    /// Counts what a change of the status means. Every status is kept through `save`, whoever changes it.
    func count(after before: Status, in transaction: Transaction) throws {
        guard before != status else { return }
        var tally = Tally()
        if before == .draft { tally.sent = 1 }
        if status == .returned { tally.returned = 1 }
        if status.isDecided, !before.isDecided {
            if status == .withdrawn { tally.withdrawn = 1 } else { tally.decided = 1 }
            if status == .approved { tally.approved = 1 }
        }
        guard tally != Tally() else { return }
        let month = Month(of: savedAt.day)
        try Measure.add(tally, to: month, card: card, channel: channel, in: transaction)
        guard tally.decided == 1, let submittedAt else { return }
        let calendar = try Town.find(in: transaction)?.businessDays ?? BusinessDays(closed: [])
        try Measure.add(
            decisions: 1, after: calendar.count(after: submittedAt.day, through: savedAt.day), to: month, card: card,
            channel: channel, in: transaction)
    }

    /// Counts an application that was just sent whose papers come another way.
    func countPapers(in transaction: Transaction) throws {
        var tally = Tally()
        tally.withPapers = 1
        try Measure.add(tally, to: Month(of: savedAt.day), card: card, channel: channel, in: transaction)
    }
}

extension Answers {
    /// How many papers come later or are shown at the counter.
    var papersElsewhere: Int {
        values.reduce(0) { sum, answer in
            switch answer.value {
            case .substituted(.later), .substituted(.counter): sum + 1
            case .rows(let rows): sum + rows.reduce(0) { $0 + $1.answers.papersElsewhere }
            default: sum
            }
        }
    }
}
