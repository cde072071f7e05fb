import Core
import Database
import HTML
import Web

extension Register {
    /// カードの履歴.
    func addHistoryRoutes(to site: inout Site) {
        site.officer(.get, "/desk/cards/{card}/history", needs: nil) { visit in
            .page(try await history(visit, problem: nil))
        }

        site.officer(.get, "/desk/cards/{card}/history/{version}", needs: nil) { visit in
            let (id, number) = (visit.parameter("card"), Int(visit.parameter("version")) ?? 0)
            let found = try await database.read { transaction -> (CardHistoryPages, CardVersion)? in
                guard let (card, version) = try Card.current(id, in: transaction),
                    let old = try CardVersion.find(id, number, in: transaction)
                else { return nil }
                let pages = CardHistoryPages(
                    officer: visit.who, town: town, card: card, version: version, names: try staff.names(transaction))
                return (pages, old)
            }
            guard let (pages, old) = found else { throw Refused.notHere }
            let content = try old.content
            return .page(pages.one(old, content: content, differences: pages.card.differences(to: content, town)))
        }

        site.officer(.post, "/desk/cards/{card}/history/{version}", needs: .editCards) { visit in
            let id = visit.parameter("card")
            do {
                try await revert(
                    id, to: Int(visit.parameter("version")) ?? 0, seen: visit.seenVersion, by: .officer(visit.who),
                    at: visit.moment)
                return .redirect(.card(id, after: .card))
            } catch CardRefusal.overtaken {
                return .page(try await history(visit, problem: CardRefusal.overtaken.words[.ja]))
            } catch CardRefusal.faults(let faults) {
                let words = faults.map(\.words).joined(separator: " ")
                return .page(try await history(visit, problem: "この版には戻せません。\(words)"))
            }
        }
    }

    private func history(_ visit: Visit<Officer>, problem: String?) async throws -> Page {
        let id = visit.parameter("card")
        let before = visit.query["before"].flatMap { Int($0) } ?? Int(Int32.max)
        let found = try await database.read { transaction -> (CardHistoryPages, [CardVersion], [CardFact])? in
            guard let (card, version) = try Card.current(id, in: transaction) else { return nil }
            let pages = CardHistoryPages(
                officer: visit.who, town: town, card: card, version: version, names: try staff.names(transaction))
            return (
                pages,
                try CardVersion.list(of: id, before: before, limit: CardHistoryPages.size + 1, in: transaction),
                try CardFact.list(of: id, in: transaction)
            )
        }
        guard let (pages, versions, facts) = found else { throw Refused.notHere }
        let lines = try versions.enumerated().prefix(CardHistoryPages.size).map { index, version in
            let next = index + 1 < versions.count ? versions[index + 1] : nil
            return CardHistoryPages.Line(
                version: version, differences: try next.map { try $0.content.differences(to: version.content, town) })
        }
        return pages.list(lines, facts: facts, problem: problem)
    }
}
