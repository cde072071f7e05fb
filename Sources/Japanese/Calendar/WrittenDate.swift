/// Reads a date in the ways people write it.
package enum WrittenDate {
    /// Why a written date is not a day.
    package enum Problem: Error, Equatable, Sendable {
        /// It is not a date at all, or a part is missing.
        case unreadable
        /// The calendar has no such day: 2月30日.
        case noSuchDay
        /// The day does not lie in the era: 昭和64年1月8日. Carries the day as it should be written.
        case outsideEra(Era, correct: Day)
    }

    /// Reads 昭和55年3月1日, S55/3/1, 昭55.3.1, 令和元年5月1日, 1980-03-01, 1980年3月1日, 19800301, in any width.
    package static func day(_ text: String) throws(Problem) -> Day {
        var rest = Width.narrow(Spaces.trim(text)).uppercased()[...]
        let era = takeEra(&rest)
        let parts = numbers(rest)
        if era == nil, parts.count == 1, rest.count == 8, let number = parts.first {
            return try day(year: number / 10_000, month: number / 100 % 100, day: number % 100, era: nil)
        }
        guard parts.count == 3 else { throw .unreadable }
        return try day(year: parts[0], month: parts[1], day: parts[2], era: era)
    }

    /// The day of three numbers, the year counted in the era or, without one, in the Gregorian calendar.
    package static func day(year: Int, month: Int, day: Int, era: Era?) throws(Problem) -> Day {
        // Beyond any calendar, and kept from overflowing.
        guard (1...9999).contains(year), (0...99).contains(month), (0...99).contains(day) else { throw .noSuchDay }
        guard let era else {
            guard year >= 1000, let found = Day(year: year, month: month, day: day) else { throw .noSuchDay }
            return found
        }
        guard let found = Day(year: era.gregorian(year: year), month: month, day: day) else { throw .noSuchDay }
        let (first, last) = era.days
        guard found >= first, last.map({ found <= $0 }) ?? true else { throw .outsideEra(era, correct: found) }
        return found
    }

    /// The era at the beginning, by its name, the first character of it or its letter.
    package static func takeEra(_ text: inout Substring) -> Era? {
        for era in Era.allCases {
            for mark in [era.name, String(era.name.prefix(1)), String(era.letter)] where text.hasPrefix(mark) {
                text.removeFirst(mark.count)
                return era
            }
        }
        if text.hasPrefix("西暦") { text.removeFirst(2) }
        return nil
    }

    /// The numbers between 年, 月, 日 and the usual signs. Empty if anything else stands there.
    private static func numbers(_ text: Substring) -> [Int] {
        guard text.allSatisfy({ $0.isASCII && $0.isNumber || "年月日元-/., ".contains($0) }) else { return [] }
        return text.split { !($0.isNumber || $0 == "元") }.map { $0 == "元" ? 1 : Int($0) ?? -1 }
    }
}
