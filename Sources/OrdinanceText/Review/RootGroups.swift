/// 元の規定. A provision whose amendment clears others, with those.
package struct RootGroup: Sendable, Encodable {
    /// How a provision hangs on the root.
    package enum Tie: String, Sendable, Codable {
        /// 準用.
        case application
        /// It refers to the root, or to what hangs on it.
        case reference
        /// It stands in the same 条.
        case article
    }

    package struct Member: Sendable, Encodable, Hashable {
        package let address: ClauseAddress
        package let verdict: Verdict
        package let tie: Tie
    }

    package let category: String
    package let root: ClauseAddress
    package let rootText: String
    /// What amending the root clears, besides the root itself.
    package let cleared: [Member]
}

extension OrdinanceCollection {
    /// The judgements in groups under the provision whose amendment clears the rest; those that clear most come first.
    package func rootGroups() -> [RootGroup] {
        var members: [Key: [RootGroup.Member]] = [:]
        for document in documents {
            for clause in document.clauses.indices {
                for judgement in document.judgements[clause]
                where judgement.verdict != .notApplicable && judgement.verdict != .digital {
                    let own = Key(judgement.category, document.address(clause))
                    guard let (root, tie) = root(of: judgement, clause, document), root != own.address else {
                        if judgement.verdict == .applicable { members[own, default: []] += [] }
                        continue
                    }
                    let member = RootGroup.Member(address: own.address, verdict: judgement.verdict, tie: tie)
                    members[Key(judgement.category, root), default: []].append(member)
                }
            }
        }
        let texts = documents.reduce(into: [String: ReviewedDocument]()) { $0[$1.id] = $1 }
        return members.map { key, cleared in
            let text = texts[key.address.document]?.clauses.first { $0.address == key.address.address }?.text ?? ""
            return RootGroup(
                category: key.category, root: key.address, rootText: text, cleared: Array(Set(cleared)).sorted())
        }
        .sorted {
            ($1.cleared.count, $0.root.document, $0.root.address) < (
                $0.cleared.count, $1.root.document, $1.root.address
            )
        }
    }

    private struct Key: Hashable {
        let category: String
        let address: ClauseAddress
        init(_ category: String, _ address: ClauseAddress) { (self.category, self.address) = (category, address) }
    }

    /// The provision a judgement hangs on: by 準用, by a reference, or as another row of the same 条.
    private func root(
        of judgement: Judgement, _ clause: Int, _ document: ReviewedDocument
    ) -> (ClauseAddress, RootGroup.Tie)? {
        if let root = judgement.root { return (root, .application) }
        for reference in document.references.byClause[clause] {
            if let found = applicable(judgement.category, reference, document),
                found.1 != clause || found.0.id != document.id
            {
                let root = found.0.judgements[found.1].first { $0.category == judgement.category }?.root
                return (root ?? found.0.address(found.1), .reference)
            }
        }
        guard judgement.verdict == .borderline else { return nil }
        let place = document.clauses[clause].place
        let other = document.clauses.indices.first { index in
            index != clause && place.article != nil && document.clauses[index].place.root == place.root
                && document.judgements[index].contains {
                    $0.category == judgement.category && $0.verdict == .applicable
                }
        }
        return other.map { (document.address($0), .article) }
    }

    /// The provision a reference means, where it is applicable in the category.
    private func applicable(
        _ category: String, _ reference: Reference, _ document: ReviewedDocument
    ) -> (ReviewedDocument, Int)? {
        let (target, clauses): (ReviewedDocument?, [Int]) =
            switch reference.target {
            case .here(let places, let isRange): (document, document.clauses(of: places, isRange: isRange))
            case .elsewhere(let name, let place?):
                (self.document(named: name), self.document(named: name)?.clauses(of: [place], isRange: false) ?? [])
            case .elsewhere, .unresolved: (nil, [])
            }
        guard let target else { return nil }
        let found = clauses.first { clause in
            target.judgements[clause].contains { $0.category == category && $0.verdict == .applicable }
        }
        return found.map { (target, $0) }
    }
}

extension RootGroup.Member: Comparable {
    package static func < (left: RootGroup.Member, right: RootGroup.Member) -> Bool {
        (left.address.document, left.address.address) < (right.address.document, right.address.address)
    }
}
