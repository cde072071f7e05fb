/// 委任. 規則で定める: what is left to a rule. Which rule shows only in the rule itself, which says 条例第5条の規則で定める….
enum Delegation {
    static let reason = "どの規則の何条かは、この条文に書いてありません"
    private static let words = Pattern.sure("(?:規則|規程|要綱)(?:で|に)定める")

    static func references(in text: String) -> [Reference] {
        words.all(in: text).map { match in
            Reference(words: match[0].map(String.init) ?? "", bytes: match.whole, target: .unresolved(reason))
        }
    }

    /// The references of a collection with what is left to rules resolved, where exactly one of its rules takes the provision up: a
    /// rule named after the ordinance, or one whose provision says 条例第5条の規則で定める….
    static func resolved(_ documents: [ReviewedDocument]) -> [ReviewedDocument] {
        // Who cites whom, as far as it is a rule that cites.
        var takers: [String: [(rule: Int, clause: Int, place: Place)]] = [:]
        for (index, document) in documents.enumerated()
        where ["規則", "規程", "細則", "要綱"].contains(where: document.title.hasSuffix) {
            for (clause, references) in document.references.byClause.enumerated() {
                let takesUp = words.fits(document.clauses[clause].text)
                for reference in references {
                    guard case .elsewhere(let name, let place?) = reference.target,
                        takesUp || document.title.hasPrefix(name)
                    else { continue }
                    takers[name, default: []].append((index, clause, place))
                }
            }
        }
        guard !takers.isEmpty else { return documents }
        var resolved = documents
        for (index, document) in documents.enumerated() {
            guard let rules = takers[document.title] else { continue }
            for (clause, references) in document.references.byClause.enumerated() {
                let place = document.clauses[clause].place
                let found = rules.filter { $0.place.holds(place) || place.holds($0.place) }
                guard let first = found.first, Set(found.map(\.rule)).count == 1 else { continue }
                for (number, reference) in references.enumerated() where reference.target == .unresolved(reason) {
                    resolved[index].references.byClause[clause][number] = Reference(
                        words: reference.words, bytes: reference.bytes,
                        target: .elsewhere(
                            name: documents[first.rule].title, documents[first.rule].clauses[first.clause].place.root))
                }
            }
        }
        return resolved
    }
}
