/// 例規集. The ordinances of a town with what was found in them, and what one of them does to another.
package struct OrdinanceCollection: Sendable {
    package let documents: [ReviewedDocument]
    private let byTitle: [String: Int]

    /// Carries the judgements along 準用, as far as it goes.
    package init(_ documents: [ReviewedDocument]) {
        let byTitle = Dictionary(documents.enumerated().map { ($1.title, $0) }, uniquingKeysWith: { first, _ in first })
        var carried = Delegation.resolved(documents)
        var changed = true
        // 準用 of 準用: each round goes one step further; a circle adds nothing new and ends it.
        while changed {
            changed = false
            for index in carried.indices where !carried[index].references.applications.isEmpty {
                for application in carried[index].references.applications {
                    let found = Carrying.judgements(application, of: index, carried, byTitle)
                    guard !found.isEmpty else { continue }
                    carried[index].judgements[application.clause] = found.reduce(
                        carried[index].judgements[application.clause]
                    ) { own, new in own.filter { $0.category != new.category } + [new] }
                    changed = true
                }
            }
        }
        (self.documents, self.byTitle) = (carried, byTitle)
    }

    package func document(named title: String) -> ReviewedDocument? { byTitle[title].map { documents[$0] } }

    /// The provisions that refer to a provision, from anywhere in the collection.
    package func citations(of address: ClauseAddress) -> [ClauseAddress] {
        guard let target = documents.first(where: { $0.id == address.document }),
            let place = target.clauses.first(where: { $0.address == address.address })?.place
        else { return [] }
        return documents.flatMap { document in
            document.clauses.indices.filter { clause in
                document.references.byClause[clause].contains { reference in
                    switch reference.target {
                    case .here(let places, let isRange):
                        document.id == target.id
                            && (isRange
                                ? document.clauses(of: places, isRange: true).contains {
                                    place == document.clauses[$0].place
                                }
                                : places.contains { $0.holds(place) || place.holds($0) })
                    case .elsewhere(let name, let there): name == target.title && (there?.holds(place) ?? false)
                    case .unresolved: false
                    }
                }
            }.map { document.address($0) }
        }
    }
}

/// Carries judgements from what applies to where it is applied.
private enum Carrying {
    /// Many articles at once are applied as they are: amending the root is enough, and the 準用 itself needs no look.
    private static let few = 3

    /// What is new at the provision that says 準用.
    static func judgements(
        _ application: Application, of index: Int, _ documents: [ReviewedDocument], _ byTitle: [String: Int]
    ) -> [Judgement] {
        let own = documents[index].judgements[application.clause]
        var found: [Judgement] = []
        for (document, clauses) in sources(application, index, documents, byTitle) {
            let articles = Set(clauses.map { documents[document].clauses[$0].place.root }).count
            for clause in clauses where document != index || clause != application.clause {
                for judgement in documents[document].judgements[clause] where judgement.verdict == .applicable {
                    let verdict: Verdict = articles > few ? .borderline : .applicable
                    let known = (own + found).first { $0.category == judgement.category }
                    guard known == nil || known?.verdict == .notApplicable else { continue }
                    found.append(
                        carried(judgement, from: documents[document], clause, verdict, isHere: document == index))
                }
            }
        }
        return found
    }

    private static func carried(
        _ judgement: Judgement, from document: ReviewedDocument, _ clause: Int, _ verdict: Verdict, isHere: Bool
    ) -> Judgement {
        let root = judgement.root ?? document.address(clause)
        let name = (isHere ? "" : document.title) + root.address
        return Judgement(
            category: judgement.category, type: judgement.type, phase: verdict == .applicable ? judgement.phase : nil,
            verdict: verdict, reason: "\(name)の準用です。元の規定を改めれば、ここも改まります", words: judgement.words,
            rule: judgement.rule.hasPrefix("carried/") ? judgement.rule : "carried/" + judgement.rule,
            confidence: judgement.confidence * 0.95, root: root)
    }

    private static func sources(
        _ application: Application, _ index: Int, _ documents: [ReviewedDocument], _ byTitle: [String: Int]
    ) -> [(Int, [Int])] {
        application.sources.compactMap { reference in
            switch reference.target {
            case .here(let places, let isRange): (index, documents[index].clauses(of: places, isRange: isRange))
            case .elsewhere(let name, let place?):
                byTitle[name].map { ($0, documents[$0].clauses(of: [place], isRange: false)) }
            case .elsewhere, .unresolved: nil
            }
        }
    }
}
