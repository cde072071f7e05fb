import Core
import HTML
import Web

/// 手続・業務台帳の一覧, as the staff see it.
struct CardListPages {
    let officer: Officer
    let town: Town

    /// Cards on a page.
    static let size = 100

    func list(_ lines: [CardFilter.Line], _ filter: CardFilter, page: Int) -> Page {
        let shown = lines.dropFirst((page - 1) * Self.size).prefix(Self.size)
        let rows: [HTML] = shown.map(row)
        let table: HTML = """
            <div class="scroll" role="region" aria-label="手続・業務台帳の表" tabindex="0"><table>
            <thead><tr><th scope="col">手続・業務</th><th scope="col">担当</th><th scope="col">類型</th>
            <th scope="col">まだ分かっていないこと</th><th scope="col">段階</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
        let nothing: HTML = "<p>当てはまるカードはありません。しぼり込みの条件を変えてください。</p>"
        let mayEdit = officer.may(.editCards)
        let new: HTML? = mayEdit ? #"<a class="button" href="/desk/cards/new">新しいカードを作る</a>"# : nil
        return Page(
            "手続・業務台帳", zone: .desk(officer),
            """
            <h1>手続・業務台帳</h1>
            \(search(filter))
            <p role="status">\(lines.count)件\(filter.isRetired ? "（廃止したもの）" as HTML : .empty)</p>
            \(lines.isEmpty ? nothing : table)\(pages(lines.count, page, filter))
            <p>\(new) <a href="/desk/inventory">国の棚卸調査</a></p>
            <h2>表計算ソフトで見る・まとめて直す</h2>
            \(sheets(filter))
            \(mayEdit ? #"<p><a href="/desk/cards/import">直したCSVを取り込む</a></p>"# as HTML : .empty)
            """)
    }

    private func row(_ line: CardFilter.Line) -> HTML {
        let card = line.card
        let gaps = card.gaps(line.facts)
        let names = CardGap.words(gaps)
        let missing: HTML =
            gaps.isEmpty
            ? #"<span class="tag good">なし</span>"#
            : "<b>\(gaps.count)</b> <small>\(names)</small>"
        let others = (card.coSections ?? []).map { town.sectionName($0)[.ja] }
        let co: HTML? = others.isEmpty ? nil : "<br><small>共管: \(others.joined(separator: "、"))</small>"
        return """
            <tr><th scope="row" class="wraps"><a href="\(.card(card.id))">\(card.name[.ja])</a></th>
            <td>\(town.sectionName(card.section)[.ja])\(co)</td><td class="nowrap">\(CardWords.name(card.kind))</td>
            <td>\(missing)</td>
            <td><a href="\(Link.card(card.id).below("level"))">段階<span class="unseen">（\(card.name[.ja])）</span></a></td></tr>
            """
    }

    private func search(_ filter: CardFilter) -> HTML {
        let sections = [("", "すべての課")] + town.sections.map { ($0.id, $0.name[.ja]) }
        let kinds = [("", "すべての類型")] + CardWords.kinds.map { ($0.code, $0.name) }
        let gaps =
            [("", "問わない")]
            + CardGap.all.map { gap -> (String, String) in
                if case .item(let item) = gap { return (gap.code, "\(gap.name) \(FactWords.name(item))") }
                return (gap.code, gap.name)
            }
        return """
            <form action="/desk/cards" class="filter" role="search">
            <div class="field"><label for="q">言葉</label><input id="q" name="q" type="search" value="\(filter.words)" maxlength="100"></div>
            \(choice("section", "担当", sections, filter.section ?? ""))
            \(choice("kind", "類型", kinds, filter.kind?.rawValue ?? ""))
            \(choice("missing", "分かっていないこと", gaps, filter.gap?.code ?? ""))
            \(choice("state", "状態", [("", "使っているもの"), ("retired", "廃止したもの")], filter.isRetired ? "retired" : ""))
            <button>しぼり込む</button></form>
            """
    }

    private func choice(_ name: String, _ label: String, _ options: [(String, String)], _ current: String) -> HTML {
        let lines: [HTML] = options.map { value, words in
            #"<option value="\#(value)"\#(Attributes().with("selected", when: value == current))>\#(words)</option>"#
        }
        return
            #"<div class="field"><label for="\#(name)">\#(label)</label><select id="\#(name)" name="\#(name)">\#(lines)</select></div>"#
    }

    private func pages(_ count: Int, _ page: Int, _ filter: CardFilter) -> HTML {
        let last = max(1, (count + Self.size - 1) / Self.size)
        guard last > 1 else { return .empty }
        let links: [HTML] = (1...last).map { number in
            let place = ("/desk/cards" as Link).asking(filter.query + [("page", String(number))])
            let mark = Attributes().with("aria-current", ifPresent: number == page ? "page" : nil)
            return #"<li><a href="\#(place)"\#(mark)>\#(number)</a></li>"#
        }
        return #"<nav aria-label="ページ"><ul class="tabs">\#(links)</ul></nav>"#
    }

    private func sheets(_ filter: CardFilter) -> HTML {
        let items: [HTML] = CardSheet.Kind.allCases.map { kind in
            let place = Link.sheet(kind)
            let other = place.asking(filter.query + [("encoding", "cp932")])
            return """
                <li><span>\(kind.name)</span> <a href="\(place.asking(filter.query))">CSV（UTF-8）<span class="unseen">: \(kind.name)</span></a>
                <a href="\(other)">CSV（Shift_JIS）<span class="unseen">: \(kind.name)</span></a></li>
                """
        }
        return #"<ul class="rows">\#(items)</ul>"#
    }
}
