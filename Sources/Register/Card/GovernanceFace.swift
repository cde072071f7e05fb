import Core
import HTML
import Japanese
import Web

/// 進み具合: what is known, from where and since when, and what is missing.
struct GovernanceFace {
    let page: CardPages
    private var card: Card { page.card }

    var html: HTML {
        let gaps = card.gaps(page.facts)
        let rows: [HTML] = FactWords.items(of: card).map(row)
        let missing: HTML =
            gaps.isEmpty
            ? "<p>分かっていないことは、ありません。</p>"
            : "<p>まだ分かっていないこと（\(gaps.count)）: \(CardGap.words(gaps))</p>"
        return """
            <h2 id="governance">進み具合</h2>
            <p><a href="\(Link.card(card.id).below("level"))">段階（L0〜L5）を見る</a>
            <a href="\(("/desk/numbers" as Link).below(card.id))">実績の数字を見る</a></p>
            \(missing)\(plan)
            <div class="scroll" role="region" aria-label="事実の表" tabindex="0"><table>
            <thead><tr><th scope="col">項目</th><th scope="col">分かっていること</th><th scope="col">出典</th>
            <th scope="col">いつの事実か</th><th scope="col">記録した人</th>\(page.mayEdit ? #"<th scope="col">記録</th>"# as HTML : .empty)</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    /// 計画の取組 and OODAループ about the procedure.
    private var plan: HTML {
        let items: [HTML] = page.governance.map { "<li><a href=\"\($0.link)\">\($0.name)</a></li>" }
        return items.isEmpty ? .empty : "<h3>計画の取組とOODA</h3><ul>\(items)</ul>"
    }

    private func row(_ item: CardFact.Item) -> HTML {
        let place = Link.card(card.id).below("facts").below(item.rawValue)
        let name = FactWords.name(item)
        let record: HTML =
            page.mayEdit ? #"<td><a href="\#(place)">記録する<span class="unseen">（\#(name)）</span></a></td>"# : .empty
        let code: HTML? = item.rawValue.count <= 3 ? "<b>\(item.rawValue)</b> " : nil
        let head: HTML = #"<th scope="row" class="wraps">\#(code)\#(name)</th>"#
        guard let fact = page.facts.newest(item) else {
            return "<tr>\(head)<td>\(CardPages.unknown)</td><td>—</td><td>—</td><td>—</td>\(record)</tr>"
        }
        let mark: HTML =
            fact.finding == .unknown
            ? "<span class=\"tag attention\">\(FactWords.finding(fact))</span>" : "<b>\(FactWords.finding(fact))</b>"
        let year: HTML? = fact.fiscalYear.map { "<br><small>\(FactWords.year($0))</small>" }
        return """
            <tr>\(head)<td>\(mark)\(year)</td><td>\(fact.source)</td><td class="nowrap">\(fact.asOf.bothCalendars)</td>
            <td>\(page.who(fact.recorder))<br><small>\(fact.recordedAt.day.iso)</small></td>\(record)</tr>
            """
    }
}
