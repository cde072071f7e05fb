import Core
package import Database
package import Japanese
package import Register

/// 窓口の時間. How long people who came for a procedure were at the counter, as far as it was measured.
///
/// The time of a conversation for several procedures is shared among them by the number of questions asked for each; one
/// that was only explained counts as one question. Waiting is not shared: nobody waits for a part of it. Counted are
/// procedures whose application was sent, and those that were explained.
package struct CounterTime: Sendable, Equatable {
    package let count: Int
    /// 中央値 in minutes.
    package let median: Int
    /// 90%の人が終わるまで, in minutes.
    package let ninetieth: Int

    /// Which minutes.
    package enum Span: Sendable {
        /// From the arrival to the end where the arrival was noted, from the first word otherwise; without interruptions.
        case stay
        /// 話した時間: from the first word to the end, without interruptions: what it takes of the staff.
        case talk
        /// 待った時間: from the arrival to the first word; of those alone whose arrival was noted.
        case wait
    }

    /// Of numbers of seconds; nil for none.
    init?(seconds: [Int]) {
        guard !seconds.isEmpty else { return nil }
        let sorted = seconds.sorted()
        func minutes(_ share: Double) -> Int {
            let place = max(0, Int((Double(sorted.count) * share).rounded(.up)) - 1)
            return (sorted[place] + 30) / 60
        }
        (count, median, ninetieth) = (sorted.count, minutes(0.5), minutes(0.9))
    }

    /// The minutes of a card in a fiscal year; nil where nobody came for it.
    package static func minutes(
        of card: Card.ID, in year: FiscalYear, _ span: Span = .stay, _ transaction: Transaction
    ) throws -> CounterTime? {
        let rows = try transaction.rows(
            """
            SELECT waited_seconds, stayed_seconds, talked_seconds FROM conversation_part
            WHERE card = \(card) AND ended_at >= \(Moment(startOf: year.firstDay))
            AND ended_at < \(Moment(startOf: year.lastDay.adding(days: 1)))
            """)
        return CounterTime(seconds: try rows.compactMap { try seconds($0, span) })
    }

    /// 職員が話した時間, for the numbers of a card: the mean of one case in these months; nil where nobody came for it.
    static func talked(
        about card: Card.ID, in months: ClosedRange<Month>, _ transaction: Transaction
    ) throws -> MeasuredMinutes? {
        let row = try transaction.row(
            """
            SELECT count(talked_seconds) AS n, coalesce(sum(talked_seconds), 0) AS seconds FROM conversation_part
            WHERE card = \(card) AND ended_at >= \(Moment(startOf: months.lowerBound.first))
                AND ended_at < \(Moment(startOf: months.upperBound.last.adding(days: 1)))
            """)
        guard let row, case (let count, let seconds):(Int, Int) = (try row["n"], try row["seconds"]), count > 0 else {
            return nil
        }
        return MeasuredMinutes(perCase: Double(seconds) / 60 / Double(count), cases: count)
    }

    /// One month of one procedure.
    struct Line {
        let card: Card.ID
        let month: Month
        let stay: CounterTime
        let talk: CounterTime
        let wait: CounterTime?
    }

    /// The procedures of these sections, month by month of a fiscal year, the newest first.
    static func lines(
        of sections: [String], in year: FiscalYear, _ transaction: Transaction
    ) throws -> [Line] {
        let rows = try transaction.rows(
            """
            SELECT card, ended_at, waited_seconds, stayed_seconds, talked_seconds FROM conversation_part
            WHERE section IN (\(anyOf: sections)) AND ended_at >= \(Moment(startOf: year.firstDay))
                AND ended_at < \(Moment(startOf: year.lastDay.adding(days: 1)))
            """)
        let groups = try Dictionary(grouping: rows) { row in
            let ended: Moment = try row["ended_at"]
            return Key(card: try row["card"], month: Month(of: ended.day))
        }
        return try groups.compactMap { key, rows in
            let stay = CounterTime(seconds: try rows.compactMap { try seconds($0, .stay) })
            let talk = CounterTime(seconds: try rows.compactMap { try seconds($0, .talk) })
            guard let stay, let talk else { return nil }
            let wait = CounterTime(seconds: try rows.compactMap { try seconds($0, .wait) })
            return Line(card: key.card, month: key.month, stay: stay, talk: talk, wait: wait)
        }.sorted { ($1.month, $0.card) < ($0.month, $1.card) }
    }

    private struct Key: Hashable {
        let card: Card.ID
        let month: Month
    }

    private static func seconds(_ row: Row, _ span: Span) throws -> Int? {
        switch span {
        case .stay: try row["stayed_seconds"]
        case .talk: try row["talked_seconds"]
        case .wait: try row["waited_seconds"]
        }
    }
}
