/// 元号, from 明治 on.
///
/// First days: 元号法 and its predecessors; 明治 counts from 1868-10-23, its civil calendar is Gregorian from 明治6年
/// (1873-01-01). The day of an accession belongs to both eras in 1912 and 1926, and to the new one since.
package enum Era: String, CaseIterable, Sendable {
    case meiji, taisho, showa, heisei, reiwa

    /// 令和, 平成 …
    package var name: String {
        switch self {
        case .meiji: "明治"
        case .taisho: "大正"
        case .showa: "昭和"
        case .heisei: "平成"
        case .reiwa: "令和"
        }
    }

    /// Reiwa, Heisei …
    package var latinName: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// The letter of forms and systems: M, T, S, H, R.
    package var letter: Character { Character(rawValue.prefix(1).uppercased()) }

    /// The first and the last day; the present era has no last.
    package var days: (first: Day, last: Day?) {
        switch self {
        case .meiji: (Day(daysSince1970: -36_959), Day(daysSince1970: -20_974))
        case .taisho: (Day(daysSince1970: -20_974), Day(daysSince1970: -15_713))
        case .showa: (Day(daysSince1970: -15_713), Day(daysSince1970: 6_946))
        case .heisei: (Day(daysSince1970: 6_947), Day(daysSince1970: 18_016))
        case .reiwa: (Day(daysSince1970: 18_017), nil)
        }
    }

    /// True if the day lies in the era.
    package func contains(_ day: Day) -> Bool {
        let (first, last) = days
        return day >= first && last.map { day <= $0 } ?? true
    }

    /// The Gregorian year of a year of this era: 昭和55年 is 1980.
    package func gregorian(year: Int) -> Int { days.first.year + year - 1 }

    /// The era that a day is written in, the newer one on a day that belongs to two. Nil before 明治.
    package static func of(_ day: Day) -> Era? { allCases.last { day >= $0.days.first } }
}

extension Day {
    /// 昭和55年3月1日; the first year is 元年. Before 明治 the Gregorian form.
    package var wareki: String {
        guard let era = Era.of(self) else { return seireki }
        let year = year - era.days.first.year + 1
        return "\(era.name)\(year == 1 ? "元" : String(year))年\(month)月\(day)日"
    }

    /// S55.3.1; before 明治 the Gregorian form.
    package var warekiLetters: String {
        guard let era = Era.of(self) else { return iso }
        return "\(era.letter)\(year - era.days.first.year + 1).\(month).\(day)"
    }

    /// 3550301: the era as a digit (1 明治 to 5 令和), then two each for the year, the month and the day. Nil before 明治.
    package var code7: String? {
        guard let era = Era.of(self), let number = Era.allCases.firstIndex(of: era) else { return nil }
        return String((number + 1) * 1_000_000 + (year - era.days.first.year + 1) * 10_000 + month * 100 + day)
    }

    /// 1980年3月1日.
    package var seireki: String { "\(year)年\(month)月\(day)日" }

    /// 昭和55年（1980年）3月1日, the form shown to residents.
    package var bothCalendars: String {
        guard let era = Era.of(self) else { return seireki }
        let year = year - era.days.first.year + 1
        return "\(era.name)\(year == 1 ? "元" : String(year))年（\(self.year)年）\(month)月\(day)日"
    }
}
