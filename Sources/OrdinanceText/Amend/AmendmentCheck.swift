/// 改正の点検. What an amendment breaks or leaves behind, here and in other ordinances.
package struct AmendmentCheck: Sendable {
    package struct Remark: Sendable, Encodable, Equatable {
        package enum Kind: String, Sendable, Encodable {
            /// ハネ: a reference that means another provision now, or none.
            case brokenReference = "broken-reference"
            /// A word that was defined and is used no more.
            case unusedDefinition = "unused-definition"
            /// The 附則 does not say when it comes into force.
            case noEffectiveDate = "no-effective-date"
        }

        package let kind: Kind
        /// The ordinance it is in.
        package let ordinance: String
        package let address: String
        package let words: String
        package let reason: String
    }

    package let remarks: [Remark]

    /// - Parameters:
    ///   - others: the rest of the collection, in which references to this ordinance may break.
    ///   - supplement: 附則 of the amendment.
    package init(from old: Ordinance, to new: Ordinance, others: [ReviewedDocument] = [], supplement: [String]) {
        let moves = Moves(old, new)
        var remarks = Self.broken(here: old, new, moves)
        for other in others where other.title != old.title {
            remarks += Self.broken(in: other, of: old.title, moves)
        }
        remarks += Self.unused(old, new)
        if !supplement.contains(where: { $0.contains("から施行する") || $0.contains("から適用する") }) {
            remarks.append(
                Remark(
                    kind: .noEffectiveDate, ordinance: new.title, address: "附則", words: supplement.joined(),
                    reason: "附則に「…から施行する。」がありません"))
        }
        self.remarks = remarks
    }

    /// Where each provision went.
    private struct Moves {
        private var to: [Place: Place] = [:]
        private var gone: Set<Place> = []

        init(_ old: Ordinance, _ new: Ordinance) {
            let (left, right) = (DraftTree(old), DraftTree(new))
            let (before, after) = (left.places(), right.places())
            func walk(_ old: [DraftNode], _ new: [DraftNode]) {
                for pair in Alignment.pairs(old, new) {
                    switch pair {
                    case .same(let a, let b):
                        if let from = before[a]?.place, let place = after[b]?.place { to[from] = place }
                        walk(a.children, b.children)
                    case .removed(let node):
                        for part in node.all { if let place = before[part]?.place { gone.insert(place) } }
                    case .added: break
                    }
                }
            }
            walk(left.nodes, right.nodes)
        }

        /// What became of a place: nil where it stayed, otherwise what to say of it.
        func fate(_ reference: Place) -> String? {
            var place = reference
            // 第5条第2号 of another ordinance is in its first 項.
            if place.item != nil, place.paragraph == nil { place.paragraph = 1 }
            if gone.contains(place) { return "\(place.text)はなくなります" }
            guard let now = to[place], now != place else { return nil }
            return "\(place.text)は\(now.text)になります"
        }

        /// What stands now where the old text had a place.
        func now(_ place: Place) -> Place? { to[place] }
    }

    /// A reference that stayed as it was while what it meant moved.
    private static func broken(here old: Ordinance, _ new: Ordinance, _ moves: Moves) -> [Remark] {
        let (before, after) = (old.clauses, new.clauses)
        let (oldReferences, newReferences) = (References(before, title: old.title), References(after, title: new.title))
        let byPlace = Dictionary(after.enumerated().map { ($1.place, $0) }, uniquingKeysWith: { first, _ in first })
        var remarks: [Remark] = []
        for (index, clause) in before.enumerated() {
            // Rows of 別表 have no place of their own.
            guard clause.place.appendix == nil, let place = moves.now(clause.place), let now = byPlace[place] else {
                continue
            }
            for reference in oldReferences.byClause[index] {
                guard case .here(let targets, _) = reference.target,
                    let same = newReferences.byClause[now].first(where: { $0.words == reference.words })
                else { continue }
                let expected = targets.map { moves.now($0) ?? $0 }
                if case .here(let found, _) = same.target, found == expected { continue }
                let meant = expected.map(\.text).joined(separator: "・")
                let reason =
                    switch same.target {
                    case .here(let found, _):
                        "\(found.map(\.text).joined(separator: "・"))を指すようになります（指していたのは、改正後の\(meant)）"
                    case .elsewhere, .unresolved: "指すものがなくなります（指していたのは\(targets.map(\.text).joined(separator: "・"))）"
                    }
                remarks.append(
                    Remark(
                        kind: .brokenReference, ordinance: new.title, address: after[now].address,
                        words: reference.words, reason: reason))
            }
        }
        return remarks
    }

    private static func broken(in other: ReviewedDocument, of title: String, _ moves: Moves) -> [Remark] {
        zip(other.clauses, other.references.byClause).flatMap { clause, found in
            found.compactMap { reference -> Remark? in
                guard case .elsewhere(title, let place?) = reference.target, let fate = moves.fate(place) else {
                    return nil
                }
                return Remark(
                    kind: .brokenReference, ordinance: other.title, address: clause.address, words: reference.words,
                    reason: "\(title)の\(fate)")
            }
        }
    }

    private static func unused(_ old: Ordinance, _ new: Ordinance) -> [Remark] {
        func orphans(_ ordinance: Ordinance) -> [(Definition, Clause)] {
            let clauses = ordinance.clauses
            return References(clauses, title: ordinance.title).definitions.compactMap { definition in
                let clause = clauses[definition.clause]
                let elsewhere = clauses.indices.contains { index in
                    index != definition.clause && clauses[index].text.contains(definition.term)
                }
                let again = clause.text.split(separator: definition.term, omittingEmptySubsequences: false).count > 2
                return elsewhere || again ? nil : (definition, clause)
            }
        }
        let before = Set(orphans(old).map(\.0.term))
        return orphans(new).filter { !before.contains($0.0.term) }.map { definition, clause in
            Remark(
                kind: .unusedDefinition, ordinance: new.title, address: clause.address, words: definition.term,
                reason: "「\(definition.term)」という言葉が、ほかで使われなくなります")
        }
    }
}
