import Core
import HTML
import Web

extension Link {
    /// The pages of the national inventory in a year.
    static func inventory(_ year: Int) -> Link { ("/desk/inventory" as Link).asking([("year", String(year))]) }
}

/// 国の棚卸調査, as the staff see it.
struct InventoryPages {
    let officer: Officer
    let town: Town
    let survey: Survey

    static let size = 100

    private var years: HTML {
        let links: [HTML] = Survey.all.map { other in
            let mark = Attributes().with("aria-current", ifPresent: other.year == survey.year ? "page" : nil)
            return #"<li><a href="\#(.inventory(other.year))"\#(mark)>\#(other.name)</a></li>"#
        }
        return #"<ul class="tabs">\#(links)</ul>"#
    }

    private var about: HTML? {
        survey.isPreliminary
            ? "<p class=\"notice\">この年度の項目は、まだ公表されていません。前の年度の項目で準備します。</p>" : nil
    }

    func list(_ inventory: Inventory, page: Int) -> Page {
        let shown = inventory.lines.dropFirst((page - 1) * Self.size).prefix(Self.size)
        let rows: [HTML] = shown.map { line in
            let counts = line.counts(survey)
            let place = Link("/desk/inventory/cards").below(line.card.id).asking([("year", String(survey.year))])
            return """
                <tr><th scope="row"><a href="\(place)">\(line.card.name[.ja])</a></th><td>\(town.sectionName(line.card.section)[.ja])</td>
                <td>\(line.value("手続ID") ?? "不明")</td><td class="number">\(counts.known)</td><td class="number">\(counts.written)</td>
                <td class="number"><b>\(counts.unknown)</b></td></tr>
                """
        }
        let year = ("year", String(survey.year))
        let csv = ("/desk/inventory.csv" as Link).asking([year])
        let last = max(1, (inventory.lines.count + Self.size - 1) / Self.size)
        let pages: [HTML] = (1...last).map { number in
            let mark = Attributes().with("aria-current", ifPresent: number == page ? "page" : nil)
            return
                #"<li><a href="\#(Link.inventory(survey.year).asking([("page", String(number))]))"\#(mark)>\#(number)</a></li>"#
        }
        return Page(
            "国の棚卸調査 \(survey.name)", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/cards">手続・業務台帳</a></p>
            <h1>国の棚卸調査 <small>行政手続等の棚卸調査</small></h1>
            \(years)\(about)\(inventory.isClosed ? #"<p class="notice">この年度の回答は締め切りました。内容は変わりません。</p>"# as HTML : .empty)
            <p>\(survey.questions.count)の項目を、台帳の事実から答えられるものは答え、残りを人が答えます。空欄は「不明」で、0ではありません。
            件数は\(FactWords.year(survey.countYear))の数です。</p>
            <p><a href="\(("/desk/inventory/questions" as Link).asking([year]))">どの項目が根拠から答えられるか</a></p>
            <div class="scroll" role="region" aria-label="回答の状況の表" tabindex="0"><table>
            <thead><tr><th scope="col">手続き</th><th scope="col">担当</th><th scope="col">手続ID</th><th scope="col" class="number">根拠から</th>
            <th scope="col" class="number">人が回答</th><th scope="col" class="number">不明</th></tr></thead><tbody>\(rows)</tbody></table></div>
            \(last > 1 ? #"<nav aria-label="ページ"><ul class="tabs">\#(pages)</ul></nav>"# as HTML : .empty)
            <h2>国の様式のCSV</h2>
            <ul class="rows"><li><span>国の列の順・名前・符号のとおり</span> <a href="\(csv)">CSV（UTF-8）</a>
            <a href="\(csv.asking([("encoding", "cp932")]))">CSV（Shift_JIS）</a></li></ul>
            \(officer.may(.editCards) && !inventory.isClosed ? taking(year) : .empty)
            """)
    }

    private func taking(_ year: (String, String)) -> HTML {
        let closing: HTML? =
            officer.sections(for: .editCards) == nil
            ? """
            <details class="act"><summary>この年度の回答を締め切る</summary>
            <form method="post" action="/desk/inventory/close"><input type="hidden" name="year" value="\(survey.year)">
            <p>いまの回答を、根拠とともにそのまま残します。締め切ったあとは変えられません。</p>
            <div class="field"><label for="typed">確認のため、\(survey.year) と入力してください</label>
            <input id="typed" name="typed" class="short" autocomplete="off"></div>
            <button>締め切る</button></form></details>
            """ : nil
        return """
            <p><a href="\(("/desk/inventory/import" as Link).asking([year]))">CSVを取り込む</a></p>\(closing)
            """
    }

    /// Which questions can be answered from evidence, and how far they are.
    func questions(_ inventory: Inventory) -> Page {
        let rows: [HTML] = survey.questions.enumerated().map { index, question in
            let source = InventoryEvidence.sources.first { $0.question == question.name }?.from
            var (known, written, unknown) = (0, 0, 0)
            for line in inventory.lines {
                let cell = line.cells[question.name]
                if cell?.value == nil {
                    unknown += 1
                } else if cell?.written?.answer != nil {
                    written += 1
                } else {
                    known += 1
                }
            }
            let way: HTML =
                source.map { #"<span class="tag good">根拠から</span> \#($0)"# } ?? #"<span class="tag">人が答える</span>"#
            return """
                <tr><td class="number">\(index + 1)</td><th scope="row" class="wraps">\(question.name)</th><td>\(way)</td>
                <td class="number">\(known)</td><td class="number">\(written)</td><td class="number">\(unknown)</td></tr>
                """
        }
        let count = survey.questions.count { question in
            InventoryEvidence.sources.contains { $0.question == question.name }
        }
        return Page(
            "どの項目が根拠から答えられるか", zone: .desk(officer),
            """
            <p class="way"><a href="\(.inventory(survey.year))">国の棚卸調査 \(survey.name)</a></p>
            <h1>どの項目が根拠から答えられるか</h1>\(about)
            <p>\(survey.questions.count)項目のうち\(count)項目は、台帳の事実があれば根拠から答えられます。残りの\(survey.questions.count - count)項目は、人が答えます。</p>
            <div class="scroll" role="region" aria-label="項目の表" tabindex="0"><table>
            <thead><tr><th scope="col">番号</th><th scope="col">項目</th><th scope="col">答え方</th><th scope="col" class="number">根拠から</th>
            <th scope="col" class="number">人が回答</th><th scope="col" class="number">不明</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """)
    }
}
