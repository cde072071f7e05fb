import Core
import Database
package import HTML
import Web

extension Link {
    /// 手続・業務カード, as the staff see it.
    package static func card(_ id: String) -> Link { Link("/desk/cards").below(id) }
}

extension Register {
    /// 手続・業務台帳, for the staff.
    func addCardRoutes(to site: inout Site) {
        site.add(MenuItem("台帳", "/desk/cards", needs: nil, isDaily: true))

        site.officer(.get, "/desk/cards", needs: nil) { visit in
            let filter = CardFilter(visit.query)
            let lines = try await database.read { try filter.lines(town, in: $0) }
            let page = max(1, min(1000, visit.query["page"].flatMap { Int($0) } ?? 1))
            return .page(CardListPages(officer: visit.who, town: town).list(lines, filter, page: page))
        }

        site.officer(.get, "/desk/cards/{card}", needs: nil) { visit in
            let id = visit.parameter("card")
            let found = try await database.read { transaction -> CardPages? in
                guard let (card, version) = try Card.current(id, in: transaction) else { return nil }
                let minutes = try online.minutesOf(id, transaction)
                return CardPages(
                    officer: visit.who, town: town, card: card, version: version,
                    changedAt: try CardVersion.find(id, version, in: transaction)?.at,
                    facts: CardFacts(try CardFact.list(of: id, in: transaction)), names: try staff.names(transaction),
                    online: .init(
                        minutes: minutes, measured: try online.measured(id, visit.moment, transaction),
                        papers: minutes == nil ? [] : try online.papers(id, transaction)),
                    systems: try systems.of(id, transaction), ordinances: try ordinances.of(id, transaction),
                    governance: try governance.of(id, transaction))
            }
            guard let page = found else { throw Refused.notHere }
            return .page(page.page(saved: CardSaved(rawValue: visit.query["saved"] ?? "")?.words))
        }

        addCardEditRoutes(to: &site)
        addHistoryRoutes(to: &site)
        addFactRoutes(to: &site)
    }
}

/// What a card's page says was done.
enum CardSaved: String {
    case card, fact, new, retired, restored

    var words: String {
        switch self {
        case .card: "保存しました。"
        case .fact: "事実を記録しました。"
        case .new: "カードを作りました。分かっていることから、埋めていってください。"
        case .retired: "廃止しました。"
        case .restored: "廃止を取り消しました。"
        }
    }
}

extension Link {
    static func card(_ id: String, after saved: CardSaved) -> Link { card(id).asking([("saved", saved.rawValue)]) }
}
