import Core
import Database
import Japanese
import Register

/// 保存期間の見通し. What of a section is past its period, and what will be next April.
struct RetentionOverview: Sendable {
    let section: String
    let rows: [Row]
    /// The cards of the section for which nobody has said how long their cases are kept.
    let undecided: [Card]
    let holds: [Hold]

    struct Row: Sendable {
        let card: Card
        let period: RetentionPeriod
        let now: Inbox.Count
        let nextApril: Inbox.Count
    }

    /// A case that is kept beyond its period.
    struct Hold: Sendable {
        let application: Case.ID
        let number: String
        let sealedReason: [UInt8]
        let officer: String
        let at: Moment
    }

    /// More is not counted.
    private static let countedUpTo = 999

    static func read(of section: String, on today: Day, in transaction: Transaction) throws -> RetentionOverview {
        let next = FiscalYear(FiscalYear(of: today).year + 1).firstDay
        let cards = try Card.list(in: transaction)
        let rows = try cards.compactMap { card -> Row? in
            guard let years = card.retentionYears else { return nil }
            let period = RetentionPeriod(years: years)
            let now = try Disposal.due(
                card.id, of: section, period: period, on: today, limit: countedUpTo + 1, in: transaction)
            let later = try Disposal.due(
                card.id, of: section, period: period, on: next, limit: countedUpTo + 1, in: transaction)
            guard !later.isEmpty else { return nil }
            return Row(
                card: card, period: period, now: .init(upTo: countedUpTo, of: now.count),
                nextApril: .init(upTo: countedUpTo, of: later.count))
        }
        let holds = try transaction.rows(
            "SELECT * FROM retention_hold WHERE section = \(section) ORDER BY number LIMIT 500"
        ).map { row in
            Hold(
                application: try row["application"], number: try row["number"], sealedReason: try row["reason"],
                officer: try row["officer"], at: try row["at"])
        }
        return RetentionOverview(
            section: section, rows: rows,
            undecided: cards.filter { $0.section == section && $0.retentionYears == nil && $0.kind != .process },
            holds: holds)
    }
}
