import Core
import HTML
import Japanese
import Web

/// 事実の記録. One item of a card: what is known, what was known before, and a short form.
struct FactPages {
    let officer: Officer
    let card: Card
    let item: CardFact.Item
    let facts: CardFacts
    let names: [String: String]

    func page(_ entry: FactEntry, _ faults: [CardFault], today: Day) -> Page {
        let name = FactWords.name(item)
        let place = Link.card(card.id).below("facts").below(item.rawValue)
        let history: [HTML] = facts.history.filter { $0.item == item }.reversed().map { fact in
            let year: HTML? = fact.fiscalYear.map { "（\(FactWords.year($0))）" }
            return """
                <li><b>\(FactWords.finding(fact))</b>\(year) <small>出典: \(fact.source)、いつの事実か: \(fact.asOf.bothCalendars)、
                記録: \(CardPages.who(fact.recorder, names)) \(fact.recordedAt.day.iso)</small></li>
                """
        }
        let known: HTML =
            history.isEmpty ? "<p>\(CardPages.unknown)</p>" : "<ul class=\"history\">\(history)</ul>"
        return Page(
            (faults.isEmpty ? "" : "エラー: ") + "事実を記録する: \(name)", zone: .desk(officer),
            status: faults.isEmpty ? 200 : 422,
            """
            <p class="way"><a href="\(.card(card.id))#governance">\(card.name[.ja])</a></p>
            \(CellProblems.summary(faults, among: ["finding", "year", "source", "as_of", "clause", "reason"]))
            <h1>\(name) <small>\(card.name[.ja])</small></h1>
            <h2>これまでの記録</h2>\(known)
            <h2>記録する</h2>
            <p>まちがった記録は消せません。正しい事実（分からなければ「不明」）を、新しく記録します。いちばん新しい記録が使われます。</p>
            <form method="post" action="\(place)" class="column">
            \(finding(entry.finding, faults))
            \(FactWords.isYearly(item) ? field("year", "会計年度", entry.year, faults, hint: "例: 令和7年度") : .empty)
            \(field("source", "出典", entry.source, faults, hint: "どこで、何を見て分かったか。例: 窓口での聞き取り、業務統計"))
            \(field("as_of", "いつの事実か", entry.asOf.isEmpty ? today.wareki : entry.asOf, faults, hint: "確かめた日。例: 令和8年4月1日"))
            <details\(Attributes().with("open", when: !entry.clause.isEmpty || !entry.reason.isEmpty || faults.contains { $0.key == "clause" || $0.key == "reason" }))>
            <summary>適用除外のとき: 根拠と理由</summary>
            \(field("clause", "根拠（条項）", entry.clause, faults, hint: ""))\(field("reason", "理由", entry.reason, faults, hint: ""))</details>
            <button class="primary">記録する</button></form>
            """)
    }

    private func finding(_ value: String, _ faults: [CardFault]) -> HTML {
        let fault = faults.first { $0.key == "finding" }?.words
        let error: HTML? = fault.map { #"<p class="error" id="finding-error">\#($0)</p>"# }
        let about = Attributes().with("aria-describedby", ifPresent: fault == nil ? nil : "finding-error")
        let all = item.isNumber ? FactEntry.findings.filter { $0.code != "yes" && $0.code != "no" } : FactEntry.findings
        let radios: [HTML] = all.map { option in
            let isChosen = value == option.code || value == option.name
            return """
                <div class="option"><input type="radio" id="finding-\(option.code)" name="finding" value="\(option.code)"\(Attributes().with("checked", when: isChosen))>
                <label for="finding-\(option.code)">\(option.name)</label></div>
                """
        }
        guard item.isNumber else {
            return
                #"<fieldset id="finding"\#(about)><legend>分かったこと</legend>\#(error)<div class="boxes">\#(radios)</div></fieldset>"#
        }
        let number = FactEntry.findings.contains { $0.code == value || $0.name == value } ? "" : value
        return """
            <fieldset id="finding"\(about)><legend>分かったこと</legend>\(error)
            <div class="field"><label for="number">数</label><input id="number" name="number" class="short" value="\(number)" inputmode="decimal" autocomplete="off">
            <span class="unit">\(FactWords.unit(item))</span></div>
            <p class="hint">数が分からないとき:</p><div class="boxes">\(radios)</div></fieldset>
            """
    }

    private func field(_ id: String, _ label: String, _ value: String, _ faults: [CardFault], hint: String) -> HTML {
        CellView(
            id: id, label: label, entry: .line, hint: hint, value: value, fault: faults.first { $0.key == id }?.words
        ).html
    }
}
