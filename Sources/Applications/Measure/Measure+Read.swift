import Core
import Database
import Japanese
package import Register

extension Measure {
    private static let sums: SQL = """
        sum(begun) AS begun, sum(sent) AS sent, sum(with_papers) AS with_papers, sum(returned) AS returned,
        sum(decided) AS decided, sum(approved) AS approved, sum(withdrawn) AS withdrawn
        """

    static func byMonth(
        _ card: String?, _ range: ClosedRange<Month>, in transaction: Transaction
    ) throws -> [MonthTally] {
        let rows =
            if let card {
                try transaction.rows(
                    """
                    SELECT * FROM measure_month WHERE card = \(card)
                    AND month BETWEEN \(range.lowerBound.iso) AND \(range.upperBound.iso)
                    """)
            } else {
                try transaction.rows(
                    """
                    SELECT month, channel, \(sums) FROM measure_month
                    WHERE month BETWEEN \(range.lowerBound.iso) AND \(range.upperBound.iso) GROUP BY month, channel
                    """)
            }
        return try rows.map { row in
            guard let month = Month(iso: try row["month"]) else { throw DatabaseError(.corrupted, "no month") }
            return MonthTally(month: month, mouth: try mouth(row), tally: try tally(row))
        }
    }

    static func byCard(_ range: ClosedRange<Month>, in transaction: Transaction) throws -> [CardTally] {
        try transaction.rows(
            """
            SELECT card, channel, \(sums) FROM measure_month
            WHERE month BETWEEN \(range.lowerBound.iso) AND \(range.upperBound.iso) GROUP BY card, channel
            """
        ).map { CardTally(card: try $0["card"], mouth: try mouth($0), tally: try tally($0)) }
    }

    static func days(_ card: String?, _ range: ClosedRange<Month>, in transaction: Transaction) throws -> [DaysTally] {
        let which: SQL = if let card { "card = \(card) AND" } else { "" }
        return try transaction.rows(
            """
            SELECT card, channel, days, sum(decided) AS decided FROM measure_days
            WHERE \(which) month BETWEEN \(range.lowerBound.iso) AND \(range.upperBound.iso)
            GROUP BY card, channel, days
            """
        ).map { DaysTally(card: try $0["card"], mouth: try mouth($0), days: try $0["days"], count: try $0["decided"]) }
    }

    /// Days without a change after which somebody is taken to have given up a draft, though it still waits.
    static let quietDays = 7
    /// More drafts of one card are not looked at.
    private static let mostDrafts = 5000

    /// The drafts that expired in these months, and, where the present month is among them, those that were left alone.
    static func stops(
        _ card: String, _ range: ClosedRange<Month>, at moment: Moment, in transaction: Transaction
    ) throws -> [String: Int] {
        var stops: [String: Int] = try transaction.rows(
            """
            SELECT page, sum(drafts) AS n FROM measure_stop
            WHERE card = \(card) AND month BETWEEN \(range.lowerBound.iso) AND \(range.upperBound.iso) GROUP BY page
            """
        ).reduce(into: [:]) { $0[try $1["page"]] = try $1["n"] }
        guard range.contains(Month(of: moment.day)) else { return stops }
        let quiet = Moment(startOf: moment.day.adding(days: -quietDays))
        let rows = try transaction.rows(
            """
            SELECT page, count(*) AS n FROM (
                SELECT CASE WHEN revision = 0 THEN '' ELSE coalesce(stopped_at, '') END AS page FROM application
                WHERE card = \(card) AND status = 'draft' AND saved_at < \(quiet)
                ORDER BY saved_at DESC LIMIT \(mostDrafts)) AS quiet_drafts
            GROUP BY page
            """)
        for row in rows { stops[try row["page"], default: 0] += try row["n"] }
        return stops
    }

    private static func mouth(_ row: Row) throws -> Mouth {
        guard let mouth = Mouth(rawValue: try row["channel"]) else {
            throw DatabaseError(.corrupted, "a number of an unknown channel")
        }
        return mouth
    }

    private static func tally(_ row: Row) throws -> Tally {
        var tally = Tally()
        (tally.begun, tally.sent, tally.withPapers) = try (row["begun"], row["sent"], row["with_papers"])
        (tally.returned, tally.decided) = try (row["returned"], row["decided"])
        (tally.approved, tally.withdrawn) = try (row["approved"], row["withdrawn"])
        return tally
    }
}

extension Applications {
    /// What levels and numbers are told by.
    package var caseNumbers: CaseNumbers {
        let (shelf, isPayable) = (shelf, !payments.isEmpty)
        return CaseNumbers(
            first: { transaction in
                let first: String? = try transaction.row("SELECT min(month) AS first FROM measure_month")?["first"]
                return first.flatMap(Month.init(iso:))
            },
            edition: { try $0.row("SELECT at FROM measure_built")?["at"] ?? "" },
            byMonth: { try Measure.byMonth($0, $1, in: $2) }, byCard: { try Measure.byCard($0, in: $1) },
            days: { try Measure.days($0, $1, in: $2) },
            stops: { card, range, moment, transaction in
                let form = try shelf.newest(of: card, through: .online, in: transaction)
                return FormStop.list(
                    try Measure.stops(card, range, at: moment, in: transaction), in: form)
            },
            form: { card, transaction in
                guard let form = try shelf.newest(of: card, through: .online, in: transaction),
                    let first: Moment = try transaction.row(
                        "SELECT min(published_at) AS first FROM form_version WHERE card = \(card)")?["first"]
                else { return nil }
                return FormSight(form, since: first.day, isPayable: isPayable)
            },
            minutes: { try CounterTime.talked(about: $0, in: $1, $2) })
    }
}

extension FormStop {
    /// The pages of a form with what stopped there, in its order. What a form does not ask any more comes last.
    fileprivate static func list(_ stops: [String: Int], in form: Form?) -> [FormStop] {
        let own = form?.pages ?? []
        let pages = Channel.allCases.flatMap(Preface.pages(for:)) + own
        return stops.filter { $0.value > 0 }.map { id, count in
            switch id {
            case "": return FormStop(question: nil, count: count, place: -1)
            case Measure.checkPage:
                return FormStop(question: DraftTexts.checkTitle, count: count, place: pages.count)
            default:
                let place = pages.firstIndex { $0.id == id }
                return FormStop(
                    question: place.map { pages[$0].question } ?? Text(verbatim: "\(id)（いまの様式にない質問）"), count: count,
                    place: place ?? pages.count + 1)
            }
        }.sorted { ($0.place, $0.count) < ($1.place, $1.count) }
    }
}

extension FormSight {
    /// - Parameter isPayable: true where a fee can be paid besides at the counter.
    fileprivate init(_ form: Form, since: Day, isPayable: Bool) {
        let asked = (form.requirements ?? []).filter { $0.state != .abolished }
        let sendable = Set(form.fields.compactMap { $0.attachment?.requirement })
        self.init(
            since: since, papersElsewhere: asked.filter { !sendable.contains($0.id) }.map { $0.name[.ja] },
            papers: asked.map { $0.name[.ja] },
            takesIdentification: asked.contains { $0.id == "identity" || $0.name[.ja].contains("本人確認") },
            fee: form.fee == nil ? .none : isPayable ? .online : .counter,
            reuses: form.fields.contains { $0.fact != nil })
    }
}
