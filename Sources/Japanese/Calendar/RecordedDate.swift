/// 住民記録の日付. A date as a register holds it: known, known in part, unknown, or kept as it was written.
///
/// Nothing is guessed: where a day is not certain there is no ``day``. Source of the sorts: 住民記録システム標準仕様書 1.1.8 (the
/// fourteen forms of 不詳日, and the days that no calendar has and a register must keep).
package enum RecordedDate: Sendable, Hashable {
    /// A day of the calendar.
    case exact(Day)
    /// Only the year, or the year and the month, are known: 昭和50年　月日不詳.
    case partial(PartialDate)
    /// A fiscal year: 令和8年度.
    case fiscalYear(FiscalYear)
    /// About then: 昭和50年3月頃, 昭和50年春, 推定昭和50年3月5日.
    case approximate(Known)
    /// 年月日不詳.
    case unknown
    /// A day that the calendar does not have and the register keeps: 昭和50年2月30日.
    case noSuchDay(year: Int, month: Int, day: Int)
    /// A day before 明治6年, counted in the old calendar (天保暦). It is kept as it is written and not converted.
    case oldCalendar(String)

    /// What is known of a date that is not certain.
    package enum Known: Sendable, Hashable {
        case day(Day)
        case month(PartialDate)
        /// From one day to another one.
        case between(Day, Day)
    }

    /// The day, if it is certain.
    package var day: Day? {
        if case .exact(let day) = self { day } else { nil }
    }

    /// How much is known, in one word for programs: exact, partial, approximate, unknown, kept.
    package var status: String {
        switch self {
        case .exact: "exact"
        case .partial, .fiscalYear: "partial"
        case .approximate: "approximate"
        case .unknown: "unknown"
        case .noSuchDay, .oldCalendar: "kept"
        }
    }

    /// What is known, in the order of ISO 8601: `1975-03-05`, `1975-03`, `1975`, `1975-02-30`, `2026-04-01/2027-03-31`; of the
    /// old calendar the words as they were written; empty if nothing is known.
    package var known: String {
        switch self {
        case .exact(let day), .approximate(.day(let day)): day.iso
        case .partial(let part), .approximate(.month(let part)): part.iso
        case .fiscalYear(let year): "\(year.firstDay.iso)/\(year.lastDay.iso)"
        case .approximate(.between(let first, let last)): "\(first.iso)/\(last.iso)"
        case .unknown: ""
        case .noSuchDay(let year, let month, let day):
            "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        case .oldCalendar(let words): words
        }
    }
}
