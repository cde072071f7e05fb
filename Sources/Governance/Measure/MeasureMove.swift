import Core
import Database
import Japanese
import Register

/// 動いた数字. A measure whose last three months differ clearly from the three before.
struct MeasureMove: Sendable {
    let measure: Measure
    let card: Card.ID?
    let cardName: String?
    let before: Measure.Reading
    let now: Measure.Reading
    /// The last month that is counted.
    let month: Month

    /// A fifth of the value, and at least one of its unit.
    static func isClear(_ before: Measure.Reading, _ now: Measure.Reading) -> Bool {
        let difference = abs(now.value - before.value)
        return difference >= 1 && difference >= abs(before.value) * 0.2
    }

    var title: String {
        "\(cardName.map { "\($0)の" } ?? "")\(measure.name)が\(now.value > before.value ? "上がった" : "下がった")"
    }

    var words: String {
        "\(cardName.map { "\($0)の" } ?? "町全体の")\(measure.name)は、\(month.adding(months: -2).number)月から\(month.number)月までの3か月で\(Piece.number(now.value, measure.unit.rawValue))。その前の3か月は\(Piece.number(before.value, measure.unit.rawValue))"
    }
}

extension Governance {
    /// What has moved, by the months that are over. Small numbers move by chance and are left out.
    func moves(on today: Day, in transaction: Transaction) throws -> [MeasureMove] {
        let last = Month(of: today).adding(months: -1)
        let names = try Card.list(in: transaction).reduce(into: [Card.ID: String]()) { $0[$1.id] = $1.name[.ja] }
        let busy = try Set(caseNumbers.byCard(last.adding(months: -5)...last, transaction).map(\.card))
        let scopes: [Card.ID?] = [nil] + busy.sorted().filter { names[$0] != nil }
        return try shelf.measures.filter { $0.span == .flow && ["online-share", "days", "cases"].contains($0.id) }
            .flatMap {
                measure in
                try scopes.compactMap { card -> MeasureMove? in
                    func reading(_ months: ClosedRange<Month>) throws -> Measure.Reading? {
                        try measure.reading(.init(card: card, months: months, today: today), in: transaction)
                    }
                    guard let now = try reading(last.adding(months: -2)...last), !now.isSmall,
                        let before = try reading(last.adding(months: -5)...last.adding(months: -3)), !before.isSmall,
                        MeasureMove.isClear(before, now)
                    else { return nil }
                    return MeasureMove(
                        measure: measure, card: card, cardName: card.flatMap { names[$0] }, before: before, now: now,
                        month: last)
                }
            }
    }
}
