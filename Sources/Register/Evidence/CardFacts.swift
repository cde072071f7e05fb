import Core
package import Database
package import Japanese

/// 分かっていること. The newest fact of each item and, for measures, of each fiscal year.
package struct CardFacts: Sendable {
    /// Everything that was ever written down, the oldest first.
    package let history: [CardFact]

    package init(_ history: [CardFact]) { self.history = history }

    /// The newest of an item, of the newest fiscal year where there are several; nil where nobody wrote anything down.
    package func newest(_ item: CardFact.Item) -> CardFact? {
        let all = history.filter { $0.item == item }
        let year = all.compactMap { $0.fiscalYear?.year }.max()
        return all.last { $0.fiscalYear?.year == year }
    }

    /// The newest of an item in a fiscal year.
    package func newest(_ item: CardFact.Item, in year: FiscalYear?) -> CardFact? {
        history.last { $0.item == item && $0.fiscalYear == year }
    }

    /// True where an item is known: yes, no, a number or an exemption.
    func knows(_ item: CardFact.Item) -> Bool {
        guard let finding = newest(item)?.finding else { return false }
        return finding != .unknown
    }

    /// The facts of all cards.
    package static func all(in transaction: Transaction) throws -> [Card.ID: CardFacts] {
        Dictionary(grouping: try CardFact.everything(in: transaction), by: \.card).mapValues { CardFacts($0) }
    }
}

extension CardFact {
    /// Takes what the town's folder says. What it said before is left out, so that it is not newer than what an officer
    /// found since.
    package func install(in transaction: Transaction) throws {
        let isKnown = try CardFact.list(of: card, in: transaction).contains {
            $0.recorder == recorder && $0.says(as: self)
        }
        if isKnown { return }
        try save(by: .system, in: transaction)
    }

    /// True where both say the same of the same, from the same source and day.
    func says(as other: CardFact) -> Bool {
        item == other.item && fiscalYear == other.fiscalYear && finding == other.finding && source == other.source
            && asOf == other.asOf && exemption == other.exemption
    }
}
