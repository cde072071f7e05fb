import Core
import OrdinanceText

/// What the overview shows of the collection.
struct BoardContent: Sendable {
    /// A row of the heat map.
    struct Row: Sendable {
        let id: String
        let title: String
        let section: String?
        /// Applicable provisions, by category.
        let counts: [String: Int]
        /// Findings that nobody has looked at yet, and those on which two disagree.
        let unseen, disagreed: Int

        var total: Int { counts.values.reduce(0, +) }
    }

    let categories: [String]
    let rows: [Row]
    let documents, clauses: Int
    /// Applicable provisions by outcome.
    let outcomes: [Triage.Outcome: Int]
    /// How many provisions one amendment clears at most, and which.
    let roots: [RootGroup]
    let titles: [String: String]

    /// - Parameter section: only ordinances of this section; nil for all.
    init(
        _ collection: OrdinanceCollection, _ index: ReviewIndex, sections: [String: String], section: String?,
        categories: [String]
    ) {
        self.categories = categories
        var (rows, outcomes) = ([Row](), [Triage.Outcome: Int]())
        let online = collection.onlineOrdinance
        for (number, document) in collection.documents.enumerated() {
            guard section == nil || sections[document.id] == section else { continue }
            var (counts, unseen, disagreed) = ([String: Int](), 0, 0)
            for (place, clause) in document.clauses.enumerated() {
                for judgement in document.judgements[place] where categories.contains(judgement.category) {
                    let state = index.state(document.id, clause, judgement.category)
                    if Self.isApplicable(judgement, state) {
                        counts[judgement.category, default: 0] += 1
                        let triage = collection.triage(judgement, clause: place, document: number, online: online)
                        if let triage { outcomes[triage.outcome, default: 0] += 1 }
                    }
                    if state == .disagreed { disagreed += 1 }
                    if state == .unseen, judgement.verdict == .applicable || judgement.verdict == .borderline {
                        unseen += 1
                    }
                }
            }
            rows.append(
                Row(
                    id: document.id, title: document.title, section: sections[document.id], counts: counts,
                    unseen: unseen, disagreed: disagreed))
        }
        self.rows = rows.sorted { ($1.total, $0.title) < ($0.total, $1.title) }
        self.outcomes = outcomes
        documents = rows.count
        clauses = collection.documents.filter { section == nil || sections[$0.id] == section }.reduce(0) {
            $0 + $1.clauses.count
        }
        roots = collection.rootGroups().filter { $0.cleared.count > 1 }.prefix(10).map(\.self)
        titles = collection.documents.reduce(into: [:]) { $0[$1.id] = $1.title }
    }

    /// What people settled counts; where they did not, what the rules say.
    static func isApplicable(_ judgement: Judgement, _ state: ClauseReview.State) -> Bool {
        switch state {
        case .settled(let verdict), .first(let verdict): verdict == .applicable
        case .unseen, .disagreed: judgement.verdict == .applicable
        }
    }
}
