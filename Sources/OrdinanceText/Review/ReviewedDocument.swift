package import Japanese

/// An ordinance that has been read, resolved and judged.
package struct ReviewedDocument: Sendable {
    /// What the collection calls it: its file, or its number.
    package let id: String
    package let title: String
    package let clauses: [Clause]
    package internal(set) var references: References
    /// The days of its promulgation and of its amendments, as its head and its 附則 tell them.
    package let days: [Day]
    /// Of each provision, by its index.
    package internal(set) var judgements: [[Judgement]]

    package init(id: String, title: String, clauses: [Clause], days: [Day] = [], judge: Judge) {
        (self.id, self.title, self.clauses, self.days) = (id, title, clauses, days)
        references = References(clauses, title: title)
        judgements = clauses.map { judge.findings($0, of: title) }
    }

    package init(id: String, _ ordinance: Ordinance, judge: Judge) {
        let heads = ordinance.nodes.filter { $0.kind == .supplement }.map(\.caption)
        let days = ([ordinance.enactment] + heads).flatMap { EffectiveDate.days(in: $0) }
        self.init(id: id, title: ordinance.title, clauses: ordinance.clauses, days: days, judge: judge)
    }

    package func address(_ clause: Int) -> ClauseAddress {
        ClauseAddress(document: id, address: clauses[clause].address)
    }

    /// The provisions that a reference of it means.
    func clauses(of places: [Place], isRange: Bool) -> [Int] {
        guard let first = places.first, let last = places.last else { return [] }
        if isRange {
            guard let start = clauses.firstIndex(where: { first.holds($0.place) }),
                let end = clauses.lastIndex(where: { last.holds($0.place) }), start <= end
            else { return [] }
            return Array(start...end)
        }
        return clauses.indices.filter { index in places.contains { $0.holds(clauses[index].place) } }
    }
}
