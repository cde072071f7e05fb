/// Reads a date in the ways people and systems write it.
package enum WrittenDate {
    /// Why a written date cannot be read.
    package enum Problem: Error, Equatable, Sendable {
        /// Nothing is written.
        case empty
        /// It is not a date at all, or a part is missing.
        case unreadable
        /// The calendar has no such day: 13月1日. (2月30日 is one only where a day of the calendar is asked for.)
        case noSuchDay
        /// A year of one or two digits without an era, or six digits alone: it may be meant in several ways.
        case noEra
        /// The day does not lie in the era: 昭和64年1月8日. Carries the day as it should be written.
        case outsideEra(Era, correct: Day)
        /// The year or the month does not lie in the era: 昭和65年.
        case monthOutsideEra(Era, correct: PartialDate)
        /// The weekday written with it is another one. Carries the day.
        case wrongWeekday(Day)

        /// What is wrong and how to mend it.
        package var words: String {
            switch self {
            case .empty: "空欄です"
            case .unreadable: "日付として読めません。昭和50年3月5日 や 1975-03-05 のように書いてください"
            case .noSuchDay: "暦にない日です。月と日を確かめてください"
            case .noEra: "元号がありません。S50.3.5 のように元号を付けるか、西暦4桁で書いてください"
            case .outsideEra(let era, let correct): "\(era.name)の期間の外です。正しくは\(correct.wareki)ではないか、確かめてください"
            case .monthOutsideEra(let era, let correct):
                "\(era.name)の期間の外です。正しくは\(correct.wareki)ではないか、確かめてください"
            case .wrongWeekday(let day): "曜日が合いません。\(day.wareki)の曜日を確かめてください"
            }
        }
    }

    /// Reads 昭和55年3月1日, S55/3/1, 昭55.3.1, 令和元年5月1日, 1980-03-01, 1980年3月1日, 19800301, 3550301, 昭和五十五年三月一日, in any
    /// width, with a weekday or a time after it or not; and what a register holds where the day is not certain: the
    /// fourteen forms of 不詳日, years and months alone, fiscal years, days that no calendar has.
    ///
    /// In codes of seven digits the first is the era (1 明治 to 5 令和). Zeros for the month or the day mean that it is not
    /// known, as in records of the resident registers.
    package static func read(_ text: String) throws(Problem) -> RecordedDate { try text.withBytes(result).get() }

    /// The same of bytes.
    package static func read(_ text: Bytes) throws(Problem) -> RecordedDate { try result(text).get() }

    private static func result(_ text: Bytes) -> Result<RecordedDate, Problem> {
        DateSigns.read(text) { signs in
            guard let signs else { return .failure(.unreadable) }
            guard signs.count > 0 else { return .failure(.empty) }
            var reader = DateReader(signs: signs, written: text)
            do throws(Problem) {
                return .success(try reader.read())
            } catch {
                return .failure(error)
            }
        }
    }

    /// Reads a date that must be a day of the calendar.
    package static func day(_ text: String) throws(Problem) -> Day {
        switch try read(text) {
        case .exact(let day): return day
        case .noSuchDay: throw .noSuchDay
        case .partial, .fiscalYear, .approximate, .unknown, .oldCalendar: throw .unreadable
        }
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
        guard era.contains(found) else { throw .outsideEra(era, correct: found) }
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
}
