import Core
import HTML
import Japanese
import Web

/// カードの履歴: every version with what it changed, and every fact that was written down.
struct CardHistoryPages {
    let officer: Officer
    let town: Town
    let card: Card
    let version: Int
    let names: [String: String]

    /// A version with what it changed.
    struct Line: Sendable {
        let version: CardVersion
        /// Nil for the first.
        let differences: [CardDifference]?
    }

    /// Versions on a page.
    static let size = 30

    private var mayEdit: Bool { CardEditor.officer(officer).may(edit: card) }

    func list(_ lines: [Line], facts: [CardFact], problem: String?) -> Page {
        let items: [HTML] = lines.map(item)
        let known: [HTML] = facts.reversed().map { fact in
            let year: HTML? = fact.fiscalYear.map { "（\(FactWords.year($0))）" }
            return """
                <li>\(fact.recordedAt.day.bothCalendars) \(fact.recordedAt.timeOfDay) <b>\(FactWords.name(fact.item))</b>\(year): \(FactWords.finding(fact))<br>
                <small>出典: \(fact.source)、いつの事実か: \(fact.asOf.bothCalendars)、記録: \(CardPages.who(fact.recorder, names))</small></li>
                """
        }
        let older: HTML? = lines.last.flatMap { last in
            guard last.version.number > 1 else { return nil }
            let place = Link.card(card.id).below("history").asking([("before", String(last.version.number))])
            return #"<p><a href="\#(place)">これより前の版</a></p>"#
        }
        return Page(
            (problem == nil ? "" : "エラー: ") + "履歴: \(card.name[.ja])", zone: .desk(officer),
            status: problem == nil ? 200 : 409,
            """
            <p class="way"><a href="\(.card(card.id))">\(card.name[.ja])</a></p>
            \(problem.map { ProblemSummary("できませんでした", [(nil, "\($0)")]).html })
            <h1>履歴 <small>\(card.name[.ja])</small></h1>
            <h2>カードの版</h2>
            <ol class="messages">\(items)</ol>\(older)
            <h2>事実の記録</h2>
            \(known.isEmpty ? "<p>まだ、事実の記録はありません。</p>" : "<ul class=\"history\">\(known)</ul>")
            """)
    }

    private func item(_ line: Line) -> HTML {
        let version = line.version
        let place = Link.card(card.id).below("history").below(String(version.number))
        let changes: HTML
        if let differences = line.differences {
            let lines: [HTML] = differences.map { "<li class=\"kept\">\($0.words)</li>" }
            changes = lines.isEmpty ? "<p>内容の違いはありません。</p>" : "<ul>\(lines)</ul>"
        } else {
            changes = "<p>最初の版です。</p>"
        }
        let note: HTML? = version.note.isEmpty ? nil : "<p>メモ: \(version.note)</p>"
        return """
            <li><p><b><a href="\(place)">第\(version.number)版</a></b> \(version.at.day.bothCalendars) \(version.at.timeOfDay)
            \(CardPages.who(version.actor, names))</p>\(note)\(changes)</li>
            """
    }

    /// One version as it was.
    func one(_ old: CardVersion, content: Card, differences: [CardDifference]) -> Page {
        let columns: [HTML] = CardColumns(town).all.map { column in
            let value = column.read(content)
            let words: HTML = value.isEmpty ? "<span class=\"tag\">不明</span>" : "<span class=\"kept\">\(value)</span>"
            return "<div><dt>\(column.name)</dt><dd>\(words)</dd></div>"
        }
        let tables: [HTML] = CardTable.all(town).map { table in
            let lines = table.lines(of: content).map { lines -> HTML in
                let items: [HTML] = lines.map { "<li>\($0)</li>" }
                return lines.isEmpty ? "\(table.none)" : "<ol>\(items)</ol>"
            }
            return "<div><dt>\(table.name)</dt><dd>\(lines ?? "<span class=\"tag\">不明</span>")</dd></div>"
        }
        let changes: [HTML] = differences.map { "<li class=\"kept\">\($0.words)</li>" }
        let isNow = old.number == version
        let back: HTML =
            !mayEdit || isNow
            ? .empty
            : """
            <details class="act"><summary>この版に戻す</summary>
            <p>次のところが変わり、新しい版になります。いまの版は履歴に残ります。</p><ul>\(changes)</ul>
            <form method="post" action="\(Link.card(card.id).below("history").below(String(old.number)))">
            <input type="hidden" name="version" value="\(version)"><button>第\(old.number)版に戻す</button></form></details>
            """
        return Page(
            "第\(old.number)版: \(card.name[.ja])", zone: .desk(officer),
            """
            <p class="way"><a href="\(Link.card(card.id).below("history"))">履歴</a></p>
            <h1>第\(old.number)版 <small>\(content.name[.ja])</small></h1>
            <p>\(old.at.day.bothCalendars) \(old.at.timeOfDay) \(CardPages.who(old.actor, names))\(old.note.isEmpty ? "" : "。メモ: \(old.note)")</p>
            \(isNow ? "<p class=\"notice\">いまの版です。</p>" as HTML : .empty)\(back)
            <dl class="facts">\(columns)\(tables)</dl>
            """)
    }
}
