import Core
package import Japanese

/// 証拠. An item as it stands on a day: what was recorded, what Origami sees itself, and which of the two counts.
package struct Evidence: Sendable {
    package let item: CardFact.Item
    package let standing: Standing
    /// 出典; nil where nobody knows anything.
    package let source: String?
    /// The day it was so.
    package let asOf: Day?
    /// The last day on which it is fresh; nil where that does not matter.
    package let freshUntil: Day?
    package let exemption: CardFact.Exemption?
    /// True where Origami sees it itself.
    package let isSeen: Bool
    /// What Origami sees, in words.
    package let words: String?
    /// What was recorded where that says something else than what is seen: shown, not counted.
    package let disagreement: CardFact?

    /// 出典 of what Origami sees itself.
    package static let ownSource = "Origamiの記録"

    /// - Parameters:
    ///   - fact: the newest that was recorded; nil for nothing.
    ///   - seen: what Origami sees itself; nil for nothing.
    /// Where they disagree, what is seen counts; an exemption is no disagreement.
    init(_ item: CardFact.Item, fact: CardFact?, seen: Sight.Seen?, on today: Day) {
        self.item = item
        if let seen, !(fact?.finding == .notApplicable && !seen.isSo) {
            let days = item == .e11 ? Rubric.recordDays : Rubric.freshDays
            (isSeen, source, asOf, words) = (true, Evidence.ownSource, seen.on, seen.words)
            freshUntil = seen.on.adding(days: days)
            standing = seen.isSo ? Evidence.fresh(since: seen.on, days: days, on: today) : .no
            exemption = nil
            disagreement = fact.flatMap { fact in
                switch (fact.finding, seen.isSo) {
                case (.yes, false), (.no, true): fact
                default: nil
                }
            }
            return
        }
        (isSeen, words, disagreement) = (false, nil, nil)
        (source, asOf, exemption) = (fact?.source, fact?.asOf, fact?.exemption)
        freshUntil = fact?.asOf.adding(days: Rubric.freshDays)
        standing = Evidence.standing(of: fact, on: today)
    }

    private static func standing(of fact: CardFact?, on today: Day) -> Standing {
        guard let fact else { return .unknown }
        switch fact.finding {
        case .yes: return fresh(since: fact.asOf, days: Rubric.freshDays, on: today)
        case .notApplicable:
            let fresh = fresh(since: fact.asOf, days: Rubric.freshDays, on: today)
            return fresh == .yes ? .exempt : fresh
        case .no: return .no
        case .unknown, .number: return .unknown
        }
    }

    /// How something that was so on a day stands on another one.
    static func fresh(since day: Day, days: Int, on today: Day) -> Standing {
        let age = today.daysSince1970 - day.daysSince1970
        return age <= days ? .yes : age <= days + Rubric.graceDays ? .grace : .expired
    }
}

/// 指標の推移. A measure of a card, by fiscal year.
package struct MeasureSeries: Sendable {
    package let item: CardFact.Item
    /// The oldest year first; nothing after the year that it is.
    package let values: [Value]

    /// One year's value.
    package struct Value: Sendable {
        package let year: FiscalYear
        package let number: Double
        /// How many cases or answers it rests on, where that is known.
        package let count: Int?
        package let source: String
        package let isSeen: Bool

        package init(year: FiscalYear, number: Double, count: Int?, source: String, isSeen: Bool) {
            (self.year, self.number, self.count, self.source) = (year, number, count, source)
            self.isSeen = isSeen
        }
    }

    init(_ item: CardFact.Item, _ values: [Value], on today: Day) {
        self.item = item
        let year = FiscalYear(of: today)
        self.values = values.filter { $0.year <= year }.sorted { $0.year < $1.year }
    }

    /// The newest value.
    package var current: Value? { values.last }

    /// 基準: the first year's value, where it is not the only one.
    package var baseline: Value? { values.count > 1 ? values.first : nil }

    /// Whether the newest value is so, if it is still fresh: twelve months after the end of its year.
    func current(on today: Day, _ isSo: (Value) -> Bool) -> Standing {
        guard let current else { return .unknown }
        return standing(isSo(current), on: today)
    }

    /// Whether the newest value compares to its baseline in a way.
    func change(on today: Day, _ isSo: (_ baseline: Double, _ current: Double) -> Bool) -> Standing {
        guard let current, let baseline else { return .unknown }
        return standing(isSo(baseline.number, current.number), on: today)
    }

    /// Whether it went down by so many percent.
    func fell(by percent: Double, on today: Day) -> Standing {
        change(on: today) { baseline, current in current <= baseline * (100 - percent) / 100 + 1e-9 }
    }

    private func standing(_ isSo: Bool, on today: Day) -> Standing {
        guard isSo, let current else { return .no }
        return Evidence.fresh(since: min(current.year.lastDay, today), days: Rubric.freshDays, on: today)
    }
}
