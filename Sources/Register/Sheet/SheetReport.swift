import Core

/// 取込みの報告. What a sheet would change, and what is wrong with it, by line and column. A sheet with anything wrong
/// changes nothing at all.
package struct SheetReport: Sendable {
    /// What is wrong, in the order of the lines.
    package internal(set) var findings: [Finding] = []
    /// What is worth knowing and stops nothing.
    package internal(set) var notes: [Finding] = []
    package internal(set) var changes: [Change] = []
    /// Rows that say what the register says already.
    package internal(set) var unchanged = 0

    package init() {}

    package struct Finding: Sendable, Equatable {
        /// From 1, as the file counts them.
        package let line: Int
        /// From 1; nil for the row as a whole.
        package let column: Int?
        package let words: String

        package init(line: Int, column: Int?, words: String) {
            (self.line, self.column, self.words) = (line, column, words)
        }
    }

    /// What becomes of a card.
    package struct Change: Sendable {
        package let line: Int
        package let card: Card.ID
        package let name: String
        package let isNew: Bool
        package let differences: [CardDifference]
    }

    mutating func fail(_ line: Int, _ column: Int?, _ words: String) {
        findings.append(Finding(line: line, column: column, words: words))
    }
}

/// What a sheet asks for: the report, and what is done if nothing is wrong.
struct SheetPlan: Sendable {
    var report = SheetReport()
    var cards: [Card] = []
    var facts: [CardFact] = []

    /// Notes a card as it would become; one that stays as it is counts as unchanged.
    mutating func become(_ card: Card, from before: Card?, line: Int, _ town: Town) {
        let differences = before?.differences(to: card, town) ?? []
        if before != nil, differences.isEmpty {
            report.unchanged += 1
            return
        }
        cards.append(card)
        report.changes.append(
            .init(line: line, card: card.id, name: card.name[.ja], isNew: before == nil, differences: differences))
    }
}
