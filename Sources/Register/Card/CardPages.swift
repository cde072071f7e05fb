import Core
import HTML
import Web

/// 手続・業務台帳, as the staff see it.
struct CardPages {
    let officer: Officer
    let town: Town

    func list(_ cards: [Card]) -> Page {
        let rows: [HTML] = cards.map { card in
            """
            <tr><th scope="row">\(card.name[.ja])</th><td>\(town.sectionName(card.section)[.ja])</td></tr>
            """
        }
        return Page(
            "手続・業務台帳", zone: .desk(officer),
            """
            <h1>手続・業務台帳</h1>
            <div class="scroll" role="region" aria-label="手続・業務台帳の表" tabindex="0"><table>
            <thead><tr><th scope="col">手続・業務</th><th scope="col">担当</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """)
    }
}
