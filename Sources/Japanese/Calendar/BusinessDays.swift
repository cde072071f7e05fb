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

    /// How many business days there are after a day, up to and with another one: what ``day(after:count:)`` counted.
    /// None if the other one is not later.
    package func count(after start: Day, through end: Day) -> Int {
        let days = end.daysSince1970 - start.daysSince1970
        guard days > 0 else { return 0 }
        let rest = (days - days % 7..<days).filter { start.adding(days: $0 + 1).weekday <= 5 }.count
        return days / 7 * 5 + rest - closed.filter { $0 > start && $0 <= end && $0.weekday <= 5 }.count
    }
}
