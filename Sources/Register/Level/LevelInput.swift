import Core
package import Japanese

/// What a level is computed from, all of it: the same input gives the same level.
package struct LevelInput: Sendable {
    package let today: Day
    let isInternal: Bool
    /// What was recorded, the newest of each item.
    let facts: [CardFact.Item: CardFact]
    let sight: Sight
    /// What came in through each mouth in the twelve months before this one.
    let cases: [Mouth: Tally]
    let series: [CardFact.Item: MeasureSeries]
    /// Cases in a year through all mouths; nil where nobody knows.
    package let yearlyCases: Int?
    /// Voices of twelve months about the card, and how many of them are good.
    let voices: (count: Int, good: Int)
    /// The level it had before; nil for a card that is looked at for the first time.
    let held: Level?
    /// 委員会の決定による例外 that holds on the day.
    let exception: LevelException?

    /// - Parameters:
    ///   - facts: everything that was recorded, the oldest first.
    ///   - months: the tallies of whole months.
    ///   - seenSeries: what Origami itself measured, by item.
    package init(
        _ sight: Sight, facts: [CardFact], months: [MonthTally], seenSeries: [CardFact.Item: [MeasureSeries.Value]],
        voices: (count: Int, good: Int), held: Level?, exception: LevelException?, on today: Day
    ) {
        (self.sight, self.voices, self.held, self.exception, self.today) = (sight, voices, held, exception, today)
        isInternal = sight.isInternal
        self.facts = Dictionary(
            facts.filter { !$0.item.isNumber || $0.item == .visits }.map { ($0.item, $0) }, uniquingKeysWith: { $1 })
        let since = Month(of: today).adding(months: -12)
        cases = months.filter { $0.month >= since && $0.month < Month(of: today) }.reduce(into: [:]) { sums, part in
            sums[part.mouth] = (sums[part.mouth] ?? Tally()) + part.tally
        }
        series = CardFact.Item.measures.reduce(into: [:]) { series, item in
            let written = LevelInput.values(of: item, in: facts)
            let values = written.merging(
                Dictionary(grouping: seenSeries[item] ?? [], by: \.year).compactMapValues(\.last)
            ) {
                $1
            }
            series[item] = MeasureSeries(item, Array(values.values), on: today)
        }
        yearlyCases = LevelInput.yearlyCases(sight, cases, on: today)
    }

    /// What was recorded of a measure, the newest of each year.
    static func values(
        of item: CardFact.Item, in facts: [CardFact]
    ) -> [FiscalYear: MeasureSeries.Value] {
        facts.filter { $0.item == item }.reduce(into: [:]) { values, fact in
            guard let number = fact.finding.number else { return }
            let year = fact.fiscalYear ?? FiscalYear(of: fact.asOf)
            values[year] = MeasureSeries.Value(
                year: year, number: number, count: fact.sampleSize, source: fact.source, isSeen: false)
        }
    }

    /// The most that anybody knows of: the card's own number, and what came in here. What came in here alone is a year's
    /// number once the form has been open for a year.
    private static func yearlyCases(_ sight: Sight, _ cases: [Mouth: Tally], on today: Day) -> Int? {
        let sent = cases.values.reduce(0) { $0 + $1.sent }
        if let typed = sight.yearlyCount { return max(typed, sent) }
        guard sent < Rubric.few else { return sent }
        let since = sight.form?.since ?? today
        return Month(of: since).adding(months: 12) < Month(of: today) ? sent : nil
    }

    /// 少件数 (rule 5).
    package var isFew: Bool { yearlyCases.map { $0 < Rubric.few } ?? false }

    /// What Origami sees of each item.
    var seen: [CardFact.Item: Sight.Seen] {
        let identity: Bool? =
            switch facts[.identity]?.finding {
            case .yes: true
            case .no: false
            default: nil
            }
        var seen = sight.evidence(on: today, cases: cases, needsIdentity: identity)
        if voices.count >= Rubric.few, voices.good * 2 >= voices.count {
            seen[.residents] = (true, today, "12か月の声\(voices.count)件のうち\(voices.good)件が「役に立った」です")
        }
        return seen
    }
}

extension CardFact.Item {
    /// 指標.
    package static let measures: [CardFact.Item] = [.m1, .m2, .m3, .m4, .m5, .m6]
    /// 証拠.
    package static let evidence: [CardFact.Item] = [
        .e1, .e2, .e3, .e4, .e5, .e6, .e7, .e8, .e9, .e10, .e11, .e12,
    ]
}

extension CardFact {
    /// How many answered, where the source says it: 「アンケート n=45」.
    package var sampleSize: Int? {
        let narrow = source.lowercased().replacing("ｎ", with: "n").replacing("＝", with: "=")
        guard let start = narrow.firstRange(of: "n=")?.upperBound else { return nil }
        return Int(narrow[start...].drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber })
    }
}
