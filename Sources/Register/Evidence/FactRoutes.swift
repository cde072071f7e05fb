import Core
import Database
import HTML
import Web

extension Register {
    /// 事実の記録.
    func addFactRoutes(to site: inout Site) {
        site.officer(.get, "/desk/cards/{card}/facts/{item}", needs: .editCards) { visit in
            .page(try await factPage(visit, FactEntry(), []))
        }

        site.officer(.post, "/desk/cards/{card}/facts/{item}", needs: .editCards) { visit in
            guard let item = CardFact.Item(rawValue: visit.parameter("item")) else { throw Refused.notHere }
            let (card, _) = try await editable(visit.parameter("card"), by: visit.who)
            let posted = visit.posted
            let number = Cell.plain(posted["number"] ?? "")
            let entry = FactEntry(
                finding: number.isEmpty ? posted["finding"] ?? "" : number, year: posted["year"] ?? "",
                source: posted["source"] ?? "", asOf: posted["as_of"] ?? "", clause: posted["clause"] ?? "",
                reason: posted["reason"] ?? "")
            var faults: [CardFault] = []
            let editor = CardEditor.officer(visit.who)
            if !number.isEmpty, posted["finding"] != nil {
                faults.append(CardFault("finding", "数を書くか、不明・適用除外を選ぶか、どちらかにしてください"))
            }
            let made = entry.fact(of: card.id, item, by: editor.actor, at: visit.moment, &faults)
            guard let fact = made, faults.isEmpty else { return .page(try await factPage(visit, entry, faults)) }
            try await record(fact, by: editor)
            return .redirect(.card(card.id, after: .fact))
        }
    }

    private func factPage(_ visit: Visit<Officer>, _ entry: FactEntry, _ faults: [CardFault]) async throws -> Page {
        guard let item = CardFact.Item(rawValue: visit.parameter("item")) else { throw Refused.notHere }
        let (card, _) = try await editable(visit.parameter("card"), by: visit.who)
        let (facts, names) = try await database.read { transaction in
            (CardFacts(try CardFact.list(of: card.id, in: transaction)), try staff.names(transaction))
        }
        return FactPages(officer: visit.who, card: card, item: item, facts: facts, names: names)
            .page(entry, faults, today: visit.moment.day)
    }
}
