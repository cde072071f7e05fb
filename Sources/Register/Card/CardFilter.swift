import Core
import Database
import HTML
import Web

/// 台帳のしぼり込み. Which cards a list or a sheet has; it stands in the address.
struct CardFilter: Sendable {
    var section: String?
    var kind: Card.Kind?
    var words = ""
    var gap: CardGap?
    /// True for those that were retired, and no others.
    var isRetired = false

    init() {}

    init(_ query: Posted) {
        section = query["section"].flatMap { $0.isEmpty ? nil : $0 }
        kind = query["kind"].flatMap(Card.Kind.init(rawValue:))
        words = String(Cell.plain(query["q"] ?? "").prefix(100))
        gap = query["missing"].flatMap(CardGap.init(code:))
        isRetired = query["state"] == "retired"
    }

    /// As it stands in an address.
    var query: [(name: String, value: String)] {
        [
            ("section", section ?? ""), ("kind", kind?.rawValue ?? ""), ("q", words), ("missing", gap?.code ?? ""),
            ("state", isRetired ? "retired" : ""),
        ].filter { !$0.value.isEmpty }
    }

    /// A card in a list.
    struct Line: Sendable {
        let card: Card
        let version: Int
        let facts: CardFacts
    }

    /// The cards, by section and name.
    func lines(_ town: Town, in transaction: Transaction) throws -> [Line] {
        let matching = words.isEmpty ? nil : try Card.ids(matching: words, in: transaction)
        let cards = try Card.currents(in: transaction).filter { card, _ in
            (card.retirement != nil) == isRetired && (section.map(card.isOf) ?? true)
                && kind.map { $0 == card.kind } ?? true
                && matching.map { $0.contains(card.id) } ?? true
        }
        let facts = try CardFacts.all(in: transaction)
        let order = Dictionary(uniqueKeysWithValues: town.sections.enumerated().map { ($1.id, $0) })
        return cards.map { Line(card: $0, version: $1, facts: facts[$0.id] ?? CardFacts([])) }
            .filter { line in gap.map { $0.isMissing(in: line.card, line.facts) } ?? true }
            .sorted {
                let (left, right) = (order[$0.card.section] ?? order.count, order[$1.card.section] ?? order.count)
                return left == right ? $0.card.id < $1.card.id : left < right
            }
    }
}

extension Card {
    /// True if the section owns it, alone or with others.
    func isOf(_ section: String) -> Bool { self.section == section || coSections?.contains(section) == true }

    /// What nobody knows of it yet.
    func gaps(_ facts: CardFacts) -> [CardGap] { CardGap.all(of: self).filter { $0.isMissing(in: self, facts) } }
}

/// 分かっていないこと. One thing that may be unknown of a card.
enum CardGap: Sendable, Equatable {
    case channels, count, basis, papers, steps, processing, places
    case item(CardFact.Item)

    static let plain: [CardGap] = [.basis, .channels, .count, .papers, .steps, .processing, .places]

    /// What can be missing of any card.
    static let all: [CardGap] = plain + CardFact.Item.allCases.prefix(12).map { .item($0) }

    /// What can be missing of a card of its kind.
    static func all(of card: Card) -> [CardGap] {
        let plain: [CardGap] = card.kind == .process ? [.count, .steps] : plain
        return plain + FactWords.evidence(of: card).map { .item($0) }
    }

    var code: String {
        switch self {
        case .channels: "channels"
        case .count: "count"
        case .basis: "basis"
        case .papers: "papers"
        case .steps: "steps"
        case .processing: "processing"
        case .places: "places"
        case .item(let item): item.rawValue
        }
    }

    init?(code: String) {
        guard let gap = CardGap.all.first(where: { $0.code == code }) else { return nil }
        self = gap
    }

    var name: String {
        switch self {
        case .channels: "受付方法"
        case .count: "年間件数"
        case .basis: "根拠法令・条項"
        case .papers: "添付書類"
        case .steps: "業務の流れ"
        case .processing: "標準処理期間"
        case .places: "手続きのできる場所"
        case .item(let item): item.rawValue
        }
    }

    /// The names in a row; evidence that follows one another as E1〜E12.
    static func words(_ gaps: [CardGap]) -> String {
        var (parts, run): ([String], [String]) = ([], [])
        var last = -2
        func finish() {
            if run.count > 2 { parts.append("\(run[0])〜\(run[run.count - 1])") } else { parts += run }
            run = []
        }
        for gap in gaps {
            guard case .item(let item) = gap, let place = CardFact.Item.allCases.firstIndex(of: item) else {
                finish()
                parts.append(gap.name)
                continue
            }
            if place != last + 1 { finish() }
            run.append(gap.name)
            last = place
        }
        finish()
        return parts.joined(separator: "、")
    }

    func isMissing(in card: Card, _ facts: CardFacts) -> Bool {
        guard CardGap.all(of: card).contains(self) else { return false }
        return switch self {
        case .channels: card.channels == nil
        case .count: card.yearlyCount == nil
        case .basis: card.legalBasis == nil
        case .papers: card.papers == nil
        case .steps: card.steps?.before.isEmpty != false
        case .processing: card.processingDays == nil
        case .places: card.places == nil
        case .item(let item): !facts.knows(item)
        }
    }
}
