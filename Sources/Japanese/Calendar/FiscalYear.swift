/// 会計年度: from 1 April to 31 March (地方自治法 第208条第1項).
package struct FiscalYear: Sendable, Hashable, Comparable {
    /// The Gregorian year in which it begins.
    package let year: Int

    package init(_ year: Int) { self.year = year }

    /// The fiscal year of a day.
    package init(of day: Day) { year = day.month >= 4 ? day.year : day.year - 1 }

    /// 1 April.
    package var firstDay: Day {
        // Every year of the calendar has this day.
        Day(year: year, month: 4, day: 1) ?? Day(daysSince1970: 0)
    }

    /// The number of its year in the era it begins in: 8 for 令和8年度.
    package var yearOfEra: Int {
        guard let first = Day(year: year, month: 4, day: 1), let era = Era.of(first) else { return year }
        return year - era.days.first.year + 1
    }

    /// R8 for 令和8年度.
    package var mark: String {
        let letter = Day(year: year, month: 4, day: 1).flatMap(Era.of)?.letter
        return (letter.map(String.init) ?? "") + String(yearOfEra)
    }

    package static func < (left: FiscalYear, right: FiscalYear) -> Bool { left.year < right.year }
}
