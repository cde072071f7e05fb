/// A date of which only the year, or the year and the month, are known: 昭和55年, 昭和55年3月.
package struct PartialDate: Sendable, Hashable, Codable {
    package let year: Int
    package let month: Int?

    /// Nil if there is no such month. Years 1 to 9999.
    package init?(year: Int, month: Int?) {
        guard (1...9999).contains(year), month.map({ (1...12).contains($0) }) ?? true else { return nil }
        (self.year, self.month) = (year, month)
    }

    /// The first day it can be.
    package var first: Day? { Day(year: year, month: month ?? 1, day: 1) }

    /// The last day it can be.
    package var last: Day? {
        let month = month ?? 12
        return (28...31).reversed().lazy.compactMap { Day(year: year, month: month, day: $0) }.first
    }

    /// 昭和55年3月; a year that two eras share is written in the one it began in.
    package var wareki: String {
        guard let last, let era = Era.of(month == nil ? first ?? last : last) else { return seireki }
        let number = year - era.days.first.year + 1
        return "\(era.name)\(number == 1 ? "元" : String(number))年" + (month.map { "\($0)月" } ?? "")
    }

    /// 1980年3月.
    package var seireki: String { "\(year)年" + (month.map { "\($0)月" } ?? "") }

    /// `1980-03`.
    package var iso: String { month.map { "\(year)-\($0 < 10 ? "0" : "")\($0)" } ?? String(year) }
}
