import Core
import Database
import HTML
import Japanese

/// What a procedure's page tells.
struct ProcedureKnowledge: Sendable {
    let card: Card
    /// Where a post begins it here; nil where it cannot be begun now.
    let start: Link?
    /// How long filling in takes.
    let minutes: Int?
    /// Where the same questions are on paper.
    let paperForm: Link?
    let measured: MeasuredDays?
    let visits: VisitCount?
    let papers: [ListedPaper]
}

/// 来庁の回数, with where the number comes from.
struct VisitCount: Sendable, Equatable {
    let count: Int
    /// Source and date, where somebody wrote them down.
    let source: String?

    /// The newest number that was written down, or else what the steps say; nil where neither says anything.
    init?(of card: Card, in transaction: Transaction) throws {
        let newest = try CardFact.newest(.visits, of: card.id, in: transaction)
        if let newest {
            guard let number = newest.finding.number else { return nil }
            (count, source) = (Int(number.rounded()), "\(newest.source)、\(newest.asOf.iso)")
            return
        }
        let steps = card.steps.map { $0.after ?? $0.before } ?? []
        let visits = steps.filter { $0.by == .resident }.map(\.visits)
        guard !visits.isEmpty, visits.allSatisfy({ $0 != nil }) else { return nil }
        (count, source) = (visits.reduce(0) { $0 + ($1 ?? 0) }, nil)
    }
}

/// 添付書類, as residents read of it: from the form that is filled in here and from the card.
struct ListedPaper: Sendable, Equatable {
    let name: Text
    let reason: Text?
    /// 根拠.
    let clause: String?
    let state: State

    enum State: Sendable, CaseIterable {
        /// いらなくなった.
        case abolished
        /// これからなくす.
        case planned
        /// いまも要る: looked at, and it has to stay.
        case required
        /// 一部の人だけ, or something else that the reason says.
        case other
        /// まだ見直していない.
        case unknown
    }

    /// The papers of both, each once. What the card says of a paper comes before what the form says; where the card does
    /// not say whether it can go, the form does.
    static func list(_ asked: [Paper], _ demanded: [DemandedPaper]) -> [ListedPaper] {
        let known = demanded.map { paper in
            let same = asked.first { $0.name[.ja] == paper.name[.ja] }
            return ListedPaper(
                name: paper.name, reason: paper.reason ?? same?.reason, clause: paper.clause,
                state: paper.state.map(State.init) ?? same.map(State.init) ?? .unknown)
        }
        let more = asked.filter { paper in !known.contains { $0.name[.ja] == paper.name[.ja] } }.map { paper in
            ListedPaper(name: paper.name, reason: paper.reason, clause: nil, state: State(paper))
        }
        return known + more
    }
}

extension ListedPaper.State {
    fileprivate init(_ paper: Paper) { self = paper.isAsked ? .unknown : .abolished }

    fileprivate init(_ state: DemandedPaper.State) {
        self =
            switch state {
            case .abolished: .abolished
            case .planned: .planned
            case .required: .required
            case .other: .other
            }
    }
}
