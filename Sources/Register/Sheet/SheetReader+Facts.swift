import Core
import Tabular

extension SheetReader {
    /// 事実の記録: rows with an id are those that were written out; rows without one are new.
    func factPlan(_ known: [Card.ID: CardFacts]) -> SheetPlan {
        var plan = SheetPlan()
        let needed = Array(CardSheet.factHeader.prefix(6))
        plan.report.findings =
            file.headerFaults(known: Set(CardSheet.factHeader), needed: needed) + file.widthFaults()
        guard plan.report.findings.isEmpty else { return plan }
        for record in file.records { read(record, known, &plan) }
        return plan
    }

    private func read(_ record: CSV.Record, _ known: [Card.ID: CardFacts], _ plan: inout SheetPlan) {
        func cell(_ name: String) -> String { Cell.plain(file.cell(record, name) ?? "") }
        let id = cell(CardSheet.id)
        guard let card = cards[id]?.card else { return fail(&plan, record, CardSheet.id, "識別名「\(id)」のカードはありません") }
        guard let item = CardFact.Item(rawValue: cell("項目")) else {
            let names = CardFact.Item.allCases.map(\.rawValue).joined(separator: "、")
            return fail(&plan, record, "項目", "「\(cell("項目"))」という項目はありません。使えるのは: \(names)")
        }
        let history = known[id]?.history ?? []
        if !cell("記録ID").isEmpty {
            guard let old = history.first(where: { $0.id.text == cell("記録ID") }) else {
                return fail(&plan, record, "記録ID", "この記録はありません。新しい事実なら、記録IDを空にしてください")
            }
            let isSame = zip(CardSheet.factHeader, CardSheet.factRow(old, [:])).prefix(8).allSatisfy { name, now in
                let known = Cell.plain(FormulaGuard.unguarded(now))
                return file.place(name) == nil || Cell.plain(file.value(cell(name), now: known)) == known
            }
            guard isSame else { return fail(&plan, record, "記録ID", "記録した事実は変えられません。正しい事実を、記録IDを空にした新しい行に書いてください") }
            plan.report.unchanged += 1
            return
        }
        let entry = FactEntry(
            finding: cell("分かったこと"), year: cell("年度"), source: cell("出典"), asOf: cell("いつの事実か"),
            clause: cell("根拠（条項）"), reason: cell("理由"))
        var faults: [CardFault] = []
        let made = entry.fact(of: id, item, by: editor.actor, at: moment, &faults)
        let names = [
            "finding": "分かったこと", "year": "年度", "source": "出典", "as_of": "いつの事実か", "clause": "根拠（条項）", "reason": "理由",
        ]
        for fault in faults { fail(&plan, record, fault.key.flatMap { names[$0] }, fault.words) }
        guard let fact = made, faults.isEmpty else { return }
        let newest = history.last { $0.item == item && $0.fiscalYear == fact.fiscalYear }
        if newest?.says(as: fact) == true {
            plan.report.unchanged += 1
            return
        }
        guard editor.may(edit: card) else {
            return fail(&plan, record, nil, "この行は取り込めません。このカードの事実を記録する権限がありません")
        }
        plan.facts.append(fact)
        let after = FactWords.finding(fact) + (fact.fiscalYear.map { "（\(FactWords.year($0))）" } ?? "")
        plan.report.changes.append(
            .init(
                line: record.line, card: id, name: card.name[.ja], isNew: false,
                differences: [
                    CardDifference(
                        name: FactWords.name(item), before: newest.map(FactWords.finding) ?? "", after: after)
                ]))
    }
}
