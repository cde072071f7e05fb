package import Japanese

/// 年度の実績. What can be told of applications in a fiscal year: of a card, of a section or of the town.
package struct YearNumbers: Sendable {
    package let year: FiscalYear
    /// By month and mouth; months without anything are not there.
    package let months: [Month: [Mouth: Tally]]
    /// By mouth.
    package let mouths: [Mouth: Tally]
    package let days: DaysSpread
    package let daysByMouth: [Mouth: DaysSpread]

    package init(year: FiscalYear, months: [MonthTally], days: [DaysTally]) {
        self.year = year
        self.months = months.reduce(into: [:]) { sums, part in
            sums[part.month, default: [:]][part.mouth, default: Tally()] =
                (sums[part.month]?[part.mouth] ?? Tally()) + part.tally
        }
        mouths = months.reduce(into: [:]) { sums, part in
            sums[part.mouth] = (sums[part.mouth] ?? Tally()) + part.tally
        }
        self.days = DaysSpread(days)
        daysByMouth = Dictionary(grouping: days, by: \.mouth).mapValues(DaysSpread.init)
    }

    /// Of several cards, without months.
    init(year: FiscalYear, cards: [CardTally], days: [DaysTally]) {
        self.init(
            year: year, months: cards.map { MonthTally(month: year.firstMonth, mouth: $0.mouth, tally: $0.tally) },
            days: days)
    }

    package var total: Tally { mouths.values.reduce(Tally(), +) }
    /// 本人がオンラインで.
    package var alone: Tally { mouths[.online] ?? Tally() }
    /// 支援・代理: at the counter, or by an agent.
    package var assisted: Tally { (mouths[.counter] ?? Tally()) + (mouths[.proxy] ?? Tally()) }

    package var online: Int { mouths.filter { $0.key.isOnline }.values.reduce(0) { $0 + $1.sent } }

    /// M1 in %; nil where nothing was sent.
    package var onlineShare: Double? { Self.percent(online, of: total.sent) }
    /// M2 in %: sent of begun; nil where nothing was begun. Not more than all.
    package var completion: Double? { Self.completion(total) }

    /// M6 in %: how the completion of assisted and proxy cases compares to that of self-service; nil where there are none.
    package var inclusion: Double? {
        guard let assisted = Self.completion(assisted), let alone = Self.completion(alone), alone > 0 else {
            return nil
        }
        return assisted / alone * 100
    }

    /// The share of cases that came through assistance or an agent, in %.
    package var assistedShare: Double? { Self.percent(assisted.sent, of: total.sent) }

    /// In %; nil of nothing.
    package static func percent(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) * 100 : nil
    }

    /// What was begun before the year may be sent in it: not more than 100 %.
    package static func completion(_ tally: Tally) -> Double? {
        percent(tally.sent, of: tally.begun).map { min($0, 100) }
    }
}

/// 日数の広がり. How many decisions took how many business days.
package struct DaysSpread: Sendable, Equatable {
    private let counts: [(days: Int, count: Int)]
    /// How many decisions there are.
    package let count: Int

    package init(_ parts: [DaysTally]) {
        let sums = parts.reduce(into: [Int: Int]()) { $0[$1.days, default: 0] += $1.count }
        counts = sums.sorted { $0.key < $1.key }.map { (days: $0.key, count: $0.value) }
        count = parts.reduce(0) { $0 + $1.count }
    }

    /// Half of them took so many days at most; nil of none.
    package var median: Int? { reached(byTenths: 5) }
    /// Nine of ten took so many days at most; nil of none.
    package var ninetieth: Int? { reached(byTenths: 9) }

    private func reached(byTenths tenths: Int) -> Int? {
        let wanted = (count * tenths + 9) / 10
        var sum = 0
        for (days, count) in counts {
            sum += count
            if sum >= wanted { return days }
        }
        return nil
    }

    package static func == (left: DaysSpread, right: DaysSpread) -> Bool {
        left.counts.elementsEqual(right.counts) { $0 == $1 }
    }
}
