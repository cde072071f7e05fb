/// 月. A month of the Gregorian calendar.
package struct Month: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let year: Int
    /// 1 to 12.
    package let number: Int

    /// The month of a day.
    package init(of day: Day) { (year, number) = (day.year, day.month) }

    /// Reads `2026-11`. Nil for everything else.
    package init?(iso text: String) {
        guard text.utf8.count == 7, let day = Day(iso: text + "-01") else { return nil }
        self.init(of: day)
    }

    private init(count: Int) { (year, number) = (count / 12, count % 12 + 1) }

    /// `2026-11`: sorts by time.
    package var iso: String { String(first.iso.prefix(7)) }

    package var description: String { iso }

    /// Its first day.
    package var first: Day { Day(year: year, month: number, day: 1) ?? Day(daysSince1970: 0) }

    /// Its last day.
    package var last: Day { adding(months: 1).first.adding(days: -1) }

    /// So many months later.
    package func adding(months: Int) -> Month { Month(count: year * 12 + number - 1 + months) }

    /// 会計年度 it belongs to.
    package var fiscalYear: FiscalYear { FiscalYear(of: first) }

    package static func < (left: Month, right: Month) -> Bool { (left.year, left.number) < (right.year, right.number) }
}

extension FiscalYear {
    /// 4月 to 3月, in order.
    package var months: [Month] { (0..<12).map { firstMonth.adding(months: $0) } }

    /// April.
    package var firstMonth: Month { Month(of: Day(year: year, month: 4, day: 1) ?? Day(daysSince1970: 0)) }

    /// March.
    package var lastMonth: Month { firstMonth.adding(months: 11) }

    /// 3月31日.
    package var lastDay: Day { lastMonth.last }

    /// 令和8年度; 令和元年度 for its first.
    package var wareki: String {
        guard let era = Era.of(firstMonth.first) else { return "\(year)年度" }
        return era.name + (yearOfEra == 1 ? "元" : String(yearOfEra)) + "年度"
    }

    /// 令和8年度（2026年度）.
    package var bothCalendars: String { "\(wareki)（\(year)年度）" }
}
