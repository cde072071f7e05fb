import Core

/// What a card is found by.
struct FinderEntry: Sendable {
    let card: Card
    /// What the terms were made of: made again only where this changed.
    let ground: Ground
    private let terms: [Term]

    /// The parts of a card that it is found by.
    struct Ground: Sendable, Equatable {
        let name: Text
        let summary: Text
        let words: [String]
        let events: [LifeEvent]

        init(_ card: Card) { (name, summary, words, events) = (card.name, card.summary, card.words, card.events) }
    }

    /// Words with what they are worth. Those of a summary are found as they stand alone, never nearly.
    private struct Term: Sendable {
        let words: FoldedWords
        let worth: Int
        let isKey: Bool
    }

    /// How well some words fit: the more, the better.
    struct Fit: Sendable {
        var score: Int
        /// Characters that are wrong.
        var edits = 0
        /// The words that were meant, where some characters were wrong.
        var meant: String?
        /// True if those are a word, and not a piece of one.
        var isWhole = true

        /// The fewer characters wrong, the better; then words before pieces of words, and what is worth more.
        func isBetter(than other: Fit) -> Bool {
            if edits != other.edits { return edits < other.edits }
            return isWhole == other.isWhole ? score > other.score : isWhole
        }
    }

    init(_ card: Card) {
        (self.card, ground) = (card, Ground(card))
        var terms: [Term] = []
        func add(_ text: String, _ worth: Int, isKey: Bool = true) {
            let whole = FoldedWords(text)
            // Words in Latin letters stand by themselves, those within Japanese ones too.
            let latin = FoldedWords.words(in: text).filter(\.isLatin)
            let pieces = whole.isLatin ? latin : [whole] + latin
            terms += pieces.map { Term(words: $0, worth: worth, isKey: isKey) }
        }
        add(card.name[.ja], 10)
        add(card.name.reading(.easy).filter { $0 != " " }, 8)
        for word in card.words { for piece in word.split(separator: " ") { add(String(piece), 6) } }
        for name in card.name.wordings.dropFirst() { add(name, 5) }
        for event in card.events {
            for words in event.name.wordings + event.reading { add(words, 3) }
        }
        for summary in card.summary.wordings + [card.summary.reading(.easy)] { add(summary, 1, isKey: false) }
        self.terms = terms
    }

    private init(_ card: Card, _ ground: Ground, _ terms: [Term]) {
        (self.card, self.ground, self.terms) = (card, ground, terms)
    }

    /// The same for a card that is found by the same.
    func renewed(_ card: Card) -> FinderEntry { FinderEntry(card, ground, terms) }

    /// How well words fit as they stand, or nil.
    func exact(_ wanted: FoldedWords) -> Fit? {
        let startsOnly = wanted.isLatin
        var score = 0
        for term in terms where term.worth * 3 > score {
            guard let place = term.words.place(of: wanted), place == 0 || !startsOnly else { continue }
            let factor = place > 0 ? 1 : term.words.count == wanted.count ? 3 : 2
            score = max(score, term.worth * factor)
        }
        return score > 0 ? Fit(score: score) : nil
    }

    /// How well they fit with some characters wrong, or nil.
    func near(_ wanted: FoldedWords) -> Fit? {
        var best: Fit?
        let limit = Self.edits(allowedIn: wanted)
        for term in terms where term.isKey {
            guard let (edits, range) = term.words.nearest(to: wanted, within: best?.edits ?? limit) else { continue }
            guard !wanted.isLatin || range.lowerBound == 0 else { continue }
            let isWhole = term.words.count <= wanted.count + 2
            let meant = term.words.shown(isWhole ? 0..<term.words.count : range)
            let fit = Fit(score: term.worth, edits: edits, meant: meant, isWhole: isWhole)
            if best.map(fit.isBetter) ?? true { best = fit }
        }
        return best
    }

    /// How much of what somebody wrote in a sentence is in its words; nil for too little to mean anything.
    func related(_ wanted: [FoldedWords]) -> Fit? {
        let shared = wanted.filter { !$0.isLatin }.map { words in
            terms.lazy.filter { $0.worth > 3 }.map { $0.words.beginning(in: words) }.max() ?? 0
        }
        let score = shared.filter { $0 >= 4 }.reduce(0) { $0 + $1 * $1 }
        return score > 0 ? Fit(score: score) : nil
    }

    /// One wrong character in a short word, three in a long one; none where hardly anything would be left.
    private static func edits(allowedIn words: FoldedWords) -> Int {
        let steps = words.isLatin ? [5, 8, 12] : [3, 6, 10]
        return steps.count { words.count >= $0 }
    }
}

extension LifeEvent {
    /// How its Japanese name is read, where the easy one has other words.
    fileprivate var reading: [String] {
        let easy = name.reading(.easy)
        return switch self {
        case .birth: [easy, "にんしん", "しゅっさん"]
        case .childcare: [easy, "こそだて", "子供"]
        case .education: [easy, "きょういく"]
        case .moving: [easy, "ひっこし", "すまい", "引越し", "住居"]
        case .work: [easy, "しゅうしょく", "たいしょく", "転職"]
        case .care: [easy, "こうれいしゃ"]
        case .death: [easy, "ふこう", "おくやみ"]
        case .register: [easy, "こせき", "いんかん"]
        case .community: [easy, "しみんかつどう"]
        case .disaster: [easy, "ぼうさい"]
        case .culture: [easy, "ぶんか"]
        case .waste: [easy, "ゴミ", "かんきょう"]
        default: [easy]
        }
    }
}
