package import Core
import Database
import Japanese

extension Register {
    /// 台帳の書出し. A sheet of the cards that a filter leaves.
    func sheet(_ kind: CardSheet.Kind, _ filter: CardFilter) async throws -> [[String]] {
        try await database.read { transaction in
            CardSheet.rows(
                kind, try filter.lines(town, in: transaction), town, names: try staff.names(transaction))
        }
    }

    /// The same of all cards in force, for the command line.
    package func sheet(_ kind: CardSheet.Kind, section: String?, words: String) async throws -> [[String]] {
        var filter = CardFilter()
        (filter.section, filter.words) = (section, words)
        return try await sheet(kind, filter)
    }

    /// 取込みの下見. What a file would change, and what is wrong with it.
    package func check(_ bytes: [UInt8], by editor: CardEditor, at moment: Moment) async throws -> SheetReport {
        try await database.read { try plan(bytes, by: editor, at: moment, in: $0).report }
    }

    /// 取込み. Does all that a file asks for, in one transaction; nothing at all where anything is wrong with it.
    package func take(
        _ bytes: [UInt8], note: String, by editor: CardEditor, at moment: Moment
    ) async throws -> SheetReport {
        try await database.write { try take(bytes, note: note, by: editor, at: moment, in: $0) }
    }

    func take(
        _ bytes: [UInt8], note: String, by editor: CardEditor, at moment: Moment, in transaction: Transaction
    ) throws -> SheetReport {
        let plan = try plan(bytes, by: editor, at: moment, in: transaction)
        transaction.keepHouse("each change is recorded by itself")
        guard plan.report.findings.isEmpty else { return plan.report }
        for card in plan.cards { try card.save(noting: note, by: editor.actor, at: moment, in: transaction) }
        for fact in plan.facts { try fact.save(by: editor.actor, in: transaction) }
        return plan.report
    }

    private func plan(
        _ bytes: [UInt8], by editor: CardEditor, at moment: Moment, in transaction: Transaction
    ) throws -> SheetPlan {
        let cards = Dictionary(uniqueKeysWithValues: try Card.currents(in: transaction).map { ($0.card.id, $0) })
        if ServiceCatalogue.isOne(bytes) {
            return CatalogueReader(town: town, origin: origin, editor: editor, cards: cards).plan(bytes)
        }
        let facts = try CardFacts.all(in: transaction)
        do throws(SheetTrouble) {
            let file = try SheetFile(bytes)
            return SheetReader(file: file, town: town, editor: editor, moment: moment, cards: cards).plan(facts: facts)
        } catch {
            var plan = SheetPlan()
            plan.report.fail(error.line, nil, error.words)
            return plan
        }
    }
}
