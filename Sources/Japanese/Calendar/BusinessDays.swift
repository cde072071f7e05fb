/// 開庁日: the days on which an office works, which is every day but Saturdays, Sundays and the closed days it names
/// (holidays and the turn of the year).
package struct BusinessDays: Sendable, Equatable {
    package let closed: Set<Day>

    package init(closed: Set<Day>) { self.closed = closed }

    /// True if the office works on this day.
    package func contains(_ day: Day) -> Bool { day.weekday <= 5 && !closed.contains(day) }

    /// The business day this many business days after a day. The day itself is not counted (初日不算入, 民法第140条).
    package func day(after start: Day, count: Int) -> Day {
        var day = start
        var left = count
        while left > 0 {
            day = day.adding(days: 1)
            if contains(day) { left -= 1 }
        }
        return day
    }
}
