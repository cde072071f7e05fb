import Core
import Japanese
import Register

/// A fact as a card's file says it, under `facts`.
struct WrittenFact: Sendable, Decodable {
    let item: CardFact.Item
    /// `yes`, `no`, `unknown` or `not-applicable`; none where there is a number.
    let finding: String?
    let number: Double?
    /// The Gregorian year in which the fiscal year begins.
    let fiscalYear: Int?
    let source: String
    let asOf: String
    let clause: String?
    let reason: String?

    private enum CodingKeys: String, CodingKey {
        case item, finding, number, source, clause, reason
        case fiscalYear = "fiscal_year"
        case asOf = "as_of"
    }

    /// The part of a card's file that says what is known.
    struct Listing: Decodable {
        let facts: [WrittenFact]?
    }

    /// The fact. Throws ``Refused`` where a part is missing or does not fit.
    func fact(of card: Card.ID, at moment: Moment) throws -> CardFact {
        func refused(_ words: String) -> Refused {
            Refused(.invalid, Text(verbatim: "\(card) の \(item.rawValue): \(words)"))
        }
        guard let found = CardFact.Finding(number == nil ? finding ?? "" : "number", number),
            item.isNumber == (found.number != nil)
        else { throw refused("finding は yes・no・unknown・not-applicable の一つ、数の項目は number にしてください") }
        guard let day = Day(iso: asOf) else { throw refused("as_of は 2026-04-01 の形で書いてください") }
        let exemption = clause.flatMap { clause in reason.map { CardFact.Exemption(clause: clause, reason: $0) } }
        guard found != .notApplicable || exemption != nil else { throw refused("適用除外には clause と reason が必要です") }
        return CardFact(
            card: card, item: item, finding: found, fiscalYear: fiscalYear.map { FiscalYear($0) }, source: source,
            asOf: day, exemption: exemption, by: .system, at: moment)
    }
}
