import Core
import HTML
import Japanese
import OrdinanceText
import Web

/// An ordinance, provision by provision.
struct DocumentPages {
    let officer: Officer
    let town: Town

    struct Content: Sendable {
        let kept: KeptOrdinance
        let document: ReviewedDocument
        let index: ReviewIndex
        let cards: [String]
        let tasks: [AmendmentTask]
        let mayWrite: Bool
    }

    func document(_ content: Content, at address: String?, problem: String? = nil) -> Page {
        let (kept, document) = (content.kept, content.document)
        var lines: [HTML] = []
        var caption = ""
        for (number, clause) in document.clauses.enumerated() {
            if clause.caption != caption, !clause.caption.isEmpty {
                lines.append("<li class=\"caption\"><span>（\(clause.caption)）</span></li>")
            }
            caption = clause.caption
            let marks: [HTML] = document.judgements[number].compactMap { judgement in
                let state = content.index.state(document.id, clause, judgement.category)
                guard judgement.verdict != .notApplicable || state != .unseen else { return nil }
                return
                    "<span class=\"tag\(BoardContent.isApplicable(judgement, state) ? " attention" : "")\">\(judgement.category) \(judgement.verdict.japanese)・\(state.words)</span>"
            }
            let mark: HTML = clause.address == address ? " class=\"here\" id=\"here\"" : .empty
            lines.append(
                """
                <li\(mark)><span><a href="\(.provision(document.id, number))">\(clause.address.isEmpty ? "前文" : clause.address)</a> \(clause.text)</span>\(marks)</li>
                """)
        }
        return Page(
            (problem == nil ? "" : "エラー: ") + document.title, zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="/desk/ordinances">例規の点検</a></p>
            \(problem.map { ProblemSummary("保存していません", [("section", "\($0)")]).html })
            <h1>\(document.title)</h1>
            <p>担当課: <b>\(kept.section.map { town.sectionName($0)[.ja] } ?? "まだ決まっていません")</b>　ファイル: \(kept.name)　\(kept.changedAt.day.iso)に取り込み（第\(kept.revision)版）\(versions(kept))</p>
            \(tasks(content))\(content.mayWrite ? forms(content) : .empty)
            <h2>条文</h2><ul class="rows provisions">\(lines)</ul>
            """)
    }

    private func versions(_ kept: KeptOrdinance) -> HTML {
        let links: [HTML] = (1..<max(1, kept.revision)).reversed().prefix(10).map { number in
            "　<a href=\"\(Link.ordinance(kept.id.text).below("versions").below(String(number)))\">第\(number)版から第\(number + 1)版で変わったところ</a>"
        }
        return "\(links)"
    }

    /// What changed from one version to the next.
    func comparison(_ kept: KeptOrdinance, _ number: Int, _ table: ComparisonTable) -> Page {
        Page(
            "\(kept.title) 第\(number)版と第\(number + 1)版", zone: .desk(officer),
            """
            <p class="way"><a href="\(.ordinance(kept.id.text))">\(kept.title)</a></p>
            <h1>変わったところ <small>第\(number)版から第\(number + 1)版</small></h1>
            <div class="scroll" role="region" aria-label="変わったところの表" tabindex="0"><table class="comparison">\(ComparisonPage.rows(table))</table></div>
            """)
    }

    private func tasks(_ content: Content) -> HTML {
        let items: [HTML] = content.tasks.map { task in
            "<li><span><a href=\"\(.amendment(task.id))\">\(task.name)</a></span> <span>\(task.state.japanese)</span></li>"
        }
        let new: HTML =
            content.mayWrite
            ? "<p><a class=\"button\" href=\"\(Link.ordinance(content.kept.id.text).below("amend"))\">改正の案を作る</a></p>"
            : .empty
        return (items.isEmpty ? HTML.empty : "<h2>改正</h2><ul class=\"rows\">\(items)</ul>") + new
    }

    private func forms(_ content: Content) -> HTML {
        let options = SelectOptions(town.sections.map { ($0.id, $0.name[.ja]) }).html(content.kept.section)
        return """
            <details><summary>担当課と、手続きとのつながり</summary>
            <form method="post" action="\(.ordinance(content.kept.id.text))"><div class="field"><label for="section">担当課</label><select id="section" name="section">\(options)</select></div><button>担当課を決める</button></form>
            <form method="post" action="\(.ordinance(content.kept.id.text))"><div class="field"><label for="cards">この例規が妨げている手続きのカード</label>
            <p class="hint" id="cards-hint">カードの番号を、空白か改行で区切って書きます。例: dog-registration</p>
            <input id="cards" name="cards" value="\(content.cards.joined(separator: " "))" aria-describedby="cards-hint"></div><button>つなぐ</button></form></details>
            """
    }
}
