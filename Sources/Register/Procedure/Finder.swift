import Core
import Synchronization

/// 手続きをさがす. The procedures that residents can find, by words, situation, section and place together.
package struct Finder: Sendable {
    /// What somebody looks for; each part narrows what the others leave.
    package struct Wanted: Sendable, Equatable {
        var words = ""
        var event: LifeEvent?
        var section: String?
        var place: Place?

        /// True if nothing narrows anything.
        var isEverything: Bool { words.isEmpty && event == nil && section == nil && place == nil }

        package init(words: String = "", event: LifeEvent? = nil, section: String? = nil, place: Place? = nil) {
            (self.words, self.event, self.section, self.place) = (words, event, section, place)
        }
    }

    /// What there is of it.
    package struct Found: Sendable {
        package let cards: [Card]
        package let how: How
        /// How many there would be for each value of a part, the other parts as they are.
        package let events: [LifeEvent: Int]
        let sections: [String: Int]
        let places: [Place: Int]
    }

    /// How the words were found.
    package enum How: Sendable, Equatable {
        /// As they stand, or there were none.
        case exact
        /// もしかして: with some characters wrong; what was meant.
        case near(String)
        /// Parts of a sentence.
        case related
        case nothing
    }

    let entries: [FinderEntry]
    /// The cards that can be begun on this site.
    let online: Set<Card.ID>

    /// The best first; those that can be begun here before others.
    package func find(_ wanted: Wanted) -> Found {
        let (matches, how) = matches(wanted.words)
        let ranked = matches.sorted { one, other in
            let (first, second) = (online.contains(one.card.id), online.contains(other.card.id))
            if one.score != other.score { return one.score > other.score }
            return first == second ? one.card.id < other.card.id : first
        }
        let cards = ranked.map(\.card)
        func narrowed(event: LifeEvent?, section: String?, place: Place?) -> [Card] {
            cards.filter { card in
                (event.map(card.events.contains) ?? true) && (section.map { $0 == card.section } ?? true)
                    && (place.map { self.places(of: card).contains($0) } ?? true)
            }
        }
        func counts<Value: Hashable>(_ cards: [Card], _ values: (Card) -> [Value]) -> [Value: Int] {
            cards.reduce(into: [:]) { counts, card in for value in values(card) { counts[value, default: 0] += 1 } }
        }
        return Found(
            cards: narrowed(event: wanted.event, section: wanted.section, place: wanted.place), how: how,
            events: counts(narrowed(event: nil, section: wanted.section, place: wanted.place), \.events),
            sections: counts(narrowed(event: wanted.event, section: nil, place: wanted.place)) { [$0.section] },
            places: counts(narrowed(event: wanted.event, section: wanted.section, place: nil), places))
    }

    /// Where a card can be done, this site included.
    func places(of card: Card) -> [Place] { card.knownPlaces(isOnlineHere: online.contains(card.id)) }

    private typealias Match = (card: Card, score: Int)

    private func matches(_ words: String) -> (matches: [Match], how: How) {
        let wanted = FoldedWords.words(in: words)
        guard !wanted.isEmpty else {
            return words.allSatisfy(\.isWhitespace) ? (entries.map { ($0.card, 0) }, .exact) : ([], .nothing)
        }
        let exact = exact(wanted)
        if !exact.isEmpty { return (exact, .exact) }
        if let meant = meant(wanted) {
            // What the words that were meant lead to: the same as if they had been written.
            return (self.exact(FoldedWords.words(in: meant)), .near(meant))
        }
        let related = entries.compactMap { entry in entry.related(wanted).map { (card: entry.card, score: $0.score) } }
        let best = related.map(\.score).max() ?? 0
        let good = related.filter { $0.score * 2 >= best }
        // What fits a great many says nothing: 申請, 届出.
        return good.isEmpty || good.count > 15 ? ([], .nothing) : (good, .related)
    }

    /// Every word as it stands.
    private func exact(_ wanted: [FoldedWords]) -> [Match] {
        entries.compactMap { entry in
            let fits = wanted.compactMap(entry.exact)
            return fits.count == wanted.count ? (entry.card, fits.reduce(0) { $0 + $1.score }) : nil
        }
    }

    /// The words that were meant: each as it stands, or else with the fewest characters wrong; nil where none is near.
    private func meant(_ wanted: [FoldedWords]) -> String? {
        let found = entries.compactMap { entry -> FinderEntry.Fit? in
            let fits = wanted.compactMap { words in
                (entry.exact(words) ?? entry.near(words)).map { ($0, $0.meant ?? words.shown(0..<words.count)) }
            }
            guard fits.count == wanted.count else { return nil }
            return FinderEntry.Fit(
                score: fits.reduce(0) { $0 + $1.0.score }, edits: fits.reduce(0) { $0 + $1.0.edits },
                meant: fits.map(\.1).joined(separator: " "), isWhole: fits.allSatisfy(\.0.isWhole))
        }
        return found.max { $1.isBetter(than: $0) }?.meant
    }
}

/// What cards are found by, kept from one look to the next: made again for those that changed.
package final class FinderShelf: Sendable {
    private let known = Mutex<[Card.ID: FinderEntry]>([:])

    package init() {}

    /// The finder of these cards; processes inside the town hall are not among them.
    package func finder(_ cards: [Card], online: Set<Card.ID>) -> Finder {
        let entries = known.withLock { known in
            let entries = cards.filter { $0.kind != .process }.map { card in
                known[card.id].flatMap { $0.ground == .init(card) ? $0.renewed(card) : nil } ?? FinderEntry(card)
            }
            known = Dictionary(entries.map { ($0.card.id, $0) }) { first, _ in first }
            return entries
        }
        return Finder(entries: entries, online: online)
    }
}
