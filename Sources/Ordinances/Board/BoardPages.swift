import Core
import HTML
import OrdinanceText
import Web

extension Link {
    static func ordinance(_ id: String) -> Link { "/desk/ordinances/\(id)" }
    /// A provision, by its place in the ordinance.
    static func provision(_ id: String, _ clause: Int) -> Link { "/desk/ordinances/\(id)/clauses/\(String(clause))" }
}

/// 例規の点検: the overview of the whole town, and what is found in it.
struct BoardPages {
    let officer: Officer
    let town: Town

    func board(
        _ content: BoardContent, section: String?, query: String, problem: String? = nil, report: ImportReport? = nil
    ) -> Page {
        Page(
            (problem == nil ? "" : "エラー: ") + "例規の点検", zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            \(problem.map { ProblemSummary("取り込んでいません", [("files", "\($0)")]).html })
            <h1>例規の点検 <small>デジタル原則に基づく見直し</small></h1>
            \(report.map(told))
            <p>例規を取り込むと、目視・実地・書面掲示などのアナログ規制を条文ごとに判定し、理由を示します。判定は職員が二人で確かめます。
            いまは<b>\(content.documents)</b>の例規、<b>\(content.clauses)</b>の条文です。</p>
            \(search(query))
            \(content.documents == 0 ? HTML.empty : filled(content, section))
            \(officer.may(.reviewOrdinances) ? importing : .empty)
            <p><a href="/desk/ordinances/check">新しい条例案を点検する</a>　<a href="/desk/ordinances/tasks">改正の進み具合</a>　<a href="/desk/ordinances/worksheet">課に配る判定の表</a></p>
            """)
    }

    private func search(_ query: String) -> HTML {
        """
        <form method="get" action="/desk/ordinances/search" role="search" class="filters">
        <div class="field"><label for="q">言葉で探す</label><input id="q" name="q" value="\(query)"></div>
        <div class="field"><label for="address">条の番号</label><input id="address" name="address" size="10" placeholder="第3条"></div>
        <div class="field"><label for="since">制定・改正の日（この日から）</label><input id="since" name="since" type="date"></div>
        <div class="field"><label for="until">（この日まで）</label><input id="until" name="until" type="date"></div>
        <button>探す</button></form>
        """
    }

    private func filled(_ content: BoardContent, _ section: String?) -> HTML {
        let sections = SelectOptions([("", "全部の課")] + town.sections.map { ($0.id, $0.name[.ja]) }).html(section ?? "")
        let outcomes: [HTML] = Triage.Outcome.allCases.map { outcome in
            "<tr><th scope=\"row\">\(outcome.japanese)</th><td class=\"number\">\(content.outcomes[outcome] ?? 0)</td></tr>"
        }
        return """
            <h2>見直しの仕分け</h2>
            <div class="scroll" role="region" aria-label="仕分けの表" tabindex="0"><table><thead><tr><th scope="col">することの種類</th><th scope="col" class="number">該当する条文</th></tr></thead><tbody>\(outcomes)</tbody></table></div>
            \(content.roots.isEmpty ? HTML.empty : roots(content))
            <h2>例規ごとの該当</h2>
            <form method="get" action="/desk/ordinances" class="filters"><div class="field"><label for="section">担当課</label><select id="section" name="section">\(sections)</select></div><button>しぼる</button></form>
            \(heat(content))
            """
    }

    private func roots(_ content: BoardContent) -> HTML {
        let items: [HTML] = content.roots.map { group in
            """
            <li><span><a href="\(Link.ordinance(group.root.document).asking([("at", group.root.address)]))">\(content.titles[group.root.document] ?? "") \(group.root.address)</a>（\(group.category)）</span>
            <span>ここを改めれば、ほかに<b>\(group.cleared.count)</b>の規定がかたづきます</span></li>
            """
        }
        return "<h2>先に改めるとよい規定</h2><ul class=\"rows\">\(items)</ul>"
    }

    /// 熱の地図: each number says itself, the shade only helps the eye.
    private func heat(_ content: BoardContent) -> HTML {
        let heads: [HTML] = content.categories.map { "<th scope=\"col\" class=\"number\">\($0)</th>" }
        let rows: [HTML] = content.rows.filter { $0.total > 0 || $0.unseen > 0 }.prefix(300).map { row in
            let cells: [HTML] = content.categories.map { category in
                let count = row.counts[category] ?? 0
                let shade = count == 0 ? 0 : count < 2 ? 1 : count < 5 ? 2 : 3
                return "<td class=\"number heat\(shade)\">\(count == 0 ? "" : String(count))</td>"
            }
            let disagreed: HTML = row.disagreed > 0 ? " <span class=\"late\">判定ちがい \(row.disagreed)</span>" : .empty
            return """
                <tr><th scope="row"><a href="\(.ordinance(row.id))">\(row.title)</a>\(disagreed)</th><td>\(row.section.map { town.sectionName($0)[.ja] } ?? "—")</td>\(cells)<td class="number">\(row.unseen)</td></tr>
                """
        }
        let quiet = content.rows.count { $0.total == 0 && $0.unseen == 0 }
        return """
            <div class="scroll" role="region" aria-label="例規ごとの該当の表" tabindex="0"><table class="heat"><thead><tr><th scope="col">例規</th><th scope="col">担当課</th>\(heads)<th scope="col" class="number">まだ見ていない</th></tr></thead><tbody>\(rows)</tbody></table></div>
            <p class="quiet">該当がなく、見るところもない例規は\(quiet)あります。</p>
            """
    }

    private var importing: HTML {
        """
        <h2>例規を取り込む</h2>
        <form method="post" action="/desk/ordinances/import" enctype="multipart/form-data" data-progress="送っています"><div class="field"><label for="files">ファイル（いくつでも。ZIPも）</label>
        <p class="hint" id="files-hint">例規システムのHTML（Reiki-Base、D1-Law など）、法令標準XML、文字だけのファイル。全部で100MBまで。同じ名前のファイルは、新しい文章に置きかわり、変わっていない条文の判定は残ります。</p>
        <input type="file" id="files" name="files" multiple="" accept=".html,.htm,.xml,.txt,.zip" aria-describedby="files-hint"></div>
        <div class="field"><label for="folder">または、フォルダーごと</label><input type="file" id="folder" name="files" webkitdirectory=""></div>
        <p role="status" class="sending"></p><button class="primary">取り込む</button></form>
        """
    }

    private func told(_ report: ImportReport) -> HTML {
        let changed: [HTML] = report.changed.map { item in
            "<li><a href=\"\(.ordinance(item.id))\">\(item.title)</a> <span>\(item.lost == 0 ? "判定は全部残りました" : "条文が変わり、\(item.lost)の条文の判定が外れました")</span></li>"
        }
        let troubles: [HTML] = report.troubles.prefix(100).map { "<li><b>\($0.name)</b> \($0.reason)</li>" }
        return """
            <div class="done" role="status"><p>取り込みました。新しい例規 \(report.added)、変わった例規 \(report.changed.count)、同じだった例規 \(report.same)。</p></div>
            \(changed.isEmpty ? HTML.empty : "<h2>変わった例規</h2><ul class=\"rows\">\(changed)</ul>")
            \(troubles.isEmpty ? HTML.empty : "<h2>読めなかったところ（\(report.troubles.count)）</h2><p>文章は残してあり、探せます。</p><ul>\(troubles)</ul>")
            """
    }

    func found(_ hits: [OrdinanceHit], _ collection: OrdinanceCollection, query: String, address: String) -> Page {
        let items: [HTML] = hits.map { hit in
            let document = collection.documents[hit.document]
            let clause = document.clauses[hit.clause]
            let cited = collection.citations(of: document.address(hit.clause)).count
            return """
                <li><span><a href="\(.provision(document.id, hit.clause))">\(document.title) \(clause.address)</a><br>\(hit.snippet)</span>\(cited > 0 ? "<span>引用している条文 \(cited)</span>" as HTML : .empty)</li>
                """
        }
        return Page(
            "例規の検索", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/ordinances">例規の点検</a></p><h1>例規の検索</h1>
            \(search(query))
            \(items.isEmpty ? "<p class=\"notice\">見つかりませんでした。言葉を短くするか、条の番号を外してみてください。</p>" as HTML : "<p>\(hits.count == 50 ? "50まで出しています。" : "\(hits.count)の条文が見つかりました。")</p><ul class=\"rows\">\(items)</ul>")
            """)
    }
}
