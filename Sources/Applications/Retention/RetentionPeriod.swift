package import Core
package import Japanese

/// 保存期間. From the first day of the fiscal year after the one in which a case was closed, for the years that its card says
/// (公文書等の管理に関する法律 第5条, 同法施行令 第8条, which the town's own rule on documents follows).
package struct RetentionPeriod: Sendable {
    package let years: Int

    package init(years: Int) { self.years = years }

    /// The last day of the period of a case that was closed on a day.
    package func lastDay(closedOn day: Day) -> Day {
        let first = FiscalYear(FiscalYear(of: day).year + 1 + years).firstDay
        return first.adding(days: -1)
    }

    /// Cases that were closed before this moment are past their period on a day.
    package func closedBefore(on today: Day) -> Moment {
        Moment(startOf: FiscalYear(FiscalYear(of: today).year - years).firstDay)
    }
}
