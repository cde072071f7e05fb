import Core
import Database
import Japanese

/// 事実の記入. A fact as it is typed, in a form or a sheet.
struct FactEntry: Sendable {
    /// `yes`, `no`, `unknown`, `not-applicable`, or はい, いいえ, 不明, 適用除外; a number for a measure.
    var finding = ""
    var year = ""
    var source = ""
    var asOf = ""
    var clause = ""
    var reason = ""

    static let findings = [
        Cell.Option("yes", "はい"), .init("no", "いいえ"), .init("unknown", "不明"), .init("not-applicable", "適用除外"),
    ]

    /// The fact; what is wrong goes into the list, by the name of the control.
    func fact(
        of card: Card.ID, _ item: CardFact.Item, by actor: Actor, at moment: Moment, _ faults: inout [CardFault]
    ) -> CardFact? {
        var found: [CardFault] = []
        func take<T>(_ key: String, _ read: () throws(CellFault) -> T?) -> T? {
            do throws(CellFault) { return try read() } catch {
                found.append(CardFault(key, error.words))
                return nil
            }
        }
        let finding = take("finding") { () throws(CellFault) in try Self.finding(self.finding, of: item) }
        if finding == nil, found.isEmpty {
            found.append(CardFault("finding", item.isNumber ? "数を書くか、不明を選んでください" : "どれか一つを選んでください"))
        }
        let year = take("year") { () throws(CellFault) in try Cell.year(self.year) }
        if FactWords.isYearly(item), year == nil, found.allSatisfy({ $0.key != "year" }) {
            found.append(CardFault("year", "どの会計年度の数かを書いてください。例: 令和7年度"))
        }
        if !FactWords.isYearly(item), year != nil { found.append(CardFault("year", "この項目に年度はありません。空欄にしてください")) }
        let source = take("source") { () throws(CellFault) in try Cell.line(self.source) }
        if source == nil, found.allSatisfy({ $0.key != "source" }) {
            found.append(CardFault("source", "出典（どこで、何を見て分かったか）を書いてください"))
        }
        let day = take("as_of") { () throws(CellFault) in try Cell.day(asOf) }
        if day == nil, found.allSatisfy({ $0.key != "as_of" }) { found.append(CardFault("as_of", "いつの事実かを書いてください")) }
        if let day, day > moment.day { found.append(CardFault("as_of", "まだ来ていない日です。確かめた日を書いてください")) }
        let clause = take("clause") { () throws(CellFault) in try Cell.line(self.clause) }
        let reason = take("reason") { () throws(CellFault) in try Cell.line(self.reason, limit: 500) }
        var exemption: CardFact.Exemption?
        if finding == .notApplicable {
            if clause == nil { found.append(CardFault("clause", "適用除外の根拠（条項）を書いてください")) }
            if reason == nil { found.append(CardFault("reason", "適用除外の理由を書いてください")) }
            exemption = clause.flatMap { clause in reason.map { CardFact.Exemption(clause: clause, reason: $0) } }
        }
        faults += found
        guard found.isEmpty, let finding, let source, let day else { return nil }
        return CardFact(
            card: card, item: item, finding: finding, fiscalYear: year, source: source, asOf: day, exemption: exemption,
            by: actor, at: moment)
    }

    private static func finding(_ typed: String, of item: CardFact.Item) throws(CellFault) -> CardFact.Finding? {
        let text = Cell.plain(typed)
        if text.isEmpty { return nil }
        if item.isNumber {
            if let code = try? Cell.choice(text, findings), code == "unknown" || code == "not-applicable" {
                return code == "unknown" ? .unknown : .notApplicable
            }
            let unit = FactWords.unit(item)
            let bare = !unit.isEmpty && text.hasSuffix(unit) ? String(text.dropLast(unit.count)) : text
            guard let number = try Cell.decimal(bare) else { return nil }
            guard number <= FactWords.most(item) else {
                throw CellFault("\(FactWords.plain(FactWords.most(item)))\(unit)までの数で書いてください")
            }
            return .number(number)
        }
        return try Cell.choice(text, findings).flatMap { CardFact.Finding($0, nil) }
    }
}

extension Register {
    /// 事実の記録. What an officer found; a wrong fact is taken back by a newer one. Written down twice, it is there once.
    package func record(_ fact: CardFact, by editor: CardEditor) async throws {
        try await database.write { transaction in
            guard let card = try Card.find(fact.card, in: transaction) else { throw CardRefusal.notFound }
            guard editor.may(edit: card) else { throw Refused.notYours }
            try fact.save(by: editor.actor, in: transaction)
            transaction.keepHouse("what is known already is left out")
        }
    }
}
