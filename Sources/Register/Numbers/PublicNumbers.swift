import Core
package import Database
import HTML
package import Japanese
import Synchronization

/// 公開する実績. What everybody may know of a fiscal year, up to the end of a month: counts that are too small, or would tell
/// those, are not in it.
package struct PublicNumbers: Sendable {
    package let year: FiscalYear
    /// The last month that is counted; months that are not over are not.
    package let through: Month
    package let rows: [Row]
    package let town: Counts
    /// What was sent in each month; nil where it is not shown.
    package let months: [(month: Month, sent: Int?)]

    /// What is shown of a procedure.
    package struct Row: Sendable {
        package let card: Card.ID
        package let counts: Counts
        /// Half of the decisions took so many business days at most; nil where there are too few.
        package let days: (median: Int, ninetieth: Int, count: Int)?
        /// Voices about the procedure's pages: how many of 100 found them useful; nil where there are too few.
        package let useful: (percent: Double, count: Int)?
    }

    /// Counts as far as they are shown.
    package struct Counts: Sendable {
        package let sent: Int?
        package let online: Int?

        /// M1 in %.
        package var onlineShare: Double? {
            online.flatMap { online in sent.flatMap { YearNumbers.percent(online, of: $0) } }
        }
    }

    /// - Parameter voices: by card, how many there are and how many of them are good.
    init(
        year: FiscalYear, through: Month, cards: [CardTally], days: [DaysTally], months: [MonthTally],
        voices: [Card.ID: (count: Int, good: Int)]
    ) {
        (self.year, self.through) = (year, through)
        let ids = Set(cards.map(\.card)).sorted()
        let sums = cards.reduce(into: [Card.ID: [Int]]()) { sums, part in
            sums[part.card, default: [0, 0]][part.mouth.isOnline ? 0 : 1] += part.tally.sent
        }
        let table = Suppression(ids.map { sums[$0] ?? [0, 0] })
        let spreads = Dictionary(grouping: days, by: \.card).mapValues(DaysSpread.init)
        rows = ids.enumerated().map { index, card in
            let spread = spreads[card]
            let voice = voices[card]
            return Row(
                card: card, counts: Counts(sent: table.shown(index, 2), online: table.shown(index, 0)),
                days: spread.flatMap { spread in
                    guard spread.count >= Suppression.fewest, let median = spread.median, let most = spread.ninetieth
                    else { return nil }
                    return (median, most, spread.count)
                },
                useful: voice.flatMap { voice in
                    // Neither side is few, or single people could be known by what they said.
                    guard min(voice.good, voice.count - voice.good) >= Suppression.fewest else { return nil }
                    return YearNumbers.percent(voice.good, of: voice.count).map { ($0, voice.count) }
                })
        }
        town =
            ids.isEmpty
            ? Counts(sent: nil, online: nil)
            : Counts(sent: table.shown(ids.count, 2), online: table.shown(ids.count, 0))
        let sent = months.reduce(into: [Month: Int]()) { $0[$1.month, default: 0] += $1.tally.sent }
        let over = year.months.filter { $0 <= through }
        let line = Suppression(over.map { [sent[$0] ?? 0] })
        // The months add up to the town's count: where that is not shown, they are not.
        let isShown = town.sent != nil
        self.months = over.enumerated().map { index, month in (month, isShown ? line.shown(index, 0) : nil) }
    }
}

/// What is public, kept once it was made: months that are over do not change.
final class PublicShelf: Sendable {
    private let known = Mutex<[String: PublicNumbers]>([:])

    func numbers(_ key: String, make: () throws -> PublicNumbers) rethrows -> PublicNumbers {
        if let numbers = known.withLock({ $0[key] }) { return numbers }
        let numbers = try make()
        known.withLock { known in
            if known.count > 40 { known = [:] }
            known[key] = numbers
        }
        return numbers
    }
}

extension Register {
    /// 公開する実績 of a fiscal year, up to the end of the month before this one.
    package func publicNumbers(_ year: FiscalYear, on today: Day, in transaction: Transaction) throws -> PublicNumbers?
    {
        let through = min(year.lastMonth, Month(of: today).adding(months: -1))
        guard through >= year.firstMonth else { return nil }
        return try publicShelf.numbers("\(year.year) \(through) \(numbers.edition(transaction))") {
            let range = year.firstMonth...through
            let cards = try Set(Card.list(in: transaction).map(\.id))
            return PublicNumbers(
                year: year, through: through,
                cards: try numbers.byCard(range, transaction).filter { cards.contains($0.card) },
                days: try numbers.days(nil, range, transaction),
                months: try numbers.byMonth(nil, range, transaction),
                voices: try Voice.counts(of: nil, range, in: transaction))
        }
    }

    /// What a procedure's own page says: of this year, or of the one before while there is nothing to show yet.
    func numbersPart(
        of card: Card.ID, _ language: Language, on today: Day, in transaction: Transaction
    ) throws -> HTML? {
        let pages = PublicNumbersPages(language: language)
        let now = FiscalYear(of: today)
        for year in [now, FiscalYear(now.year - 1)] {
            if let part = pages.part(of: card, try publicNumbers(year, on: today, in: transaction)) { return part }
        }
        return nil
    }

    /// The fiscal years since there is anything, the newest first; the present one always.
    func years(on today: Day, in transaction: Transaction) throws -> [FiscalYear] {
        let now = FiscalYear(of: today)
        let first = min(try numbers.first(transaction)?.fiscalYear ?? now, now)
        return (first.year...now.year).reversed().map { FiscalYear($0) }
    }
}

extension Voice {
    /// By card: how many there are in some months, and how many of them are good.
    /// - Parameter card: the only card that is looked at; nil for all.
    static func counts(
        of card: Card.ID?, _ range: ClosedRange<Month>, in transaction: Transaction
    ) throws -> [Card.ID: (count: Int, good: Int)] {
        let (from, until) = (
            Moment(startOf: range.lowerBound.first), Moment(startOf: range.upperBound.last.adding(days: 1))
        )
        return try transaction.rows(
            """
            SELECT card.id AS card,
                (SELECT count(*) FROM voice WHERE voice.card = card.id AND at >= \(from) AND at < \(until)) AS n,
                (SELECT count(*) FROM voice WHERE voice.card = card.id AND at >= \(from) AND at < \(until) AND useful = 1)
                    AS good
            FROM card \(card.map { "WHERE card.id = \($0)" as SQL } ?? "")
            """
        ).reduce(into: [:]) { $0[try $1["card"]] = (count: try $1["n"], good: try $1["good"]) }
    }
}
