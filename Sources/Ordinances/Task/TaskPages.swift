import Core
import HTML
import Japanese
import OrdinanceText
import Web

extension Link {
    static func amendment(_ id: AmendmentTask.ID) -> Link { "/desk/ordinances/tasks/\(id.text)" }
}

/// 改正の作業.
struct TaskPages {
    let officer: Officer
    let today: Day

    func list(_ tasks: [AmendmentTask], titles: [String: String]) -> Page {
        let rows: [HTML] = tasks.map { task in
            """
            <tr><th scope="row"><a href="\(.amendment(task.id))">\(task.name)</a></th><td>\(titles[task.ordinance] ?? "")</td><td>\(task.state.japanese)</td>
            <td>\(task.assembly.isEmpty ? "—" : task.assembly)</td><td>\(task.effectiveOn?.iso ?? "—")</td></tr>
            """
        }
        return Page(
            "例規の改正", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/ordinances">例規の点検</a></p><h1>例規の改正</h1>
            \(rows.isEmpty ? "<p class=\"notice\">まだ改正の案がありません。例規を開いて「改正の案を作る」から始めます。</p>" as HTML : """
                <div class="scroll" role="region" aria-label="改正の表" tabindex="0"><table><thead><tr><th scope="col">改正</th><th scope="col">例規</th><th scope="col">段階</th><th scope="col">議会</th><th scope="col">施行の日</th></tr></thead><tbody>\(rows)</tbody></table></div>
                """)
            """)
    }

    func form(_ kept: KeptOrdinance, name: String, text: String, problem: String?) -> Page {
        Page(
            (problem == nil ? "" : "エラー: ") + "改正の案", zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="/desk/ordinances">例規の点検</a>　<a href="\(.ordinance(kept.id.text))">\(kept.title)</a></p>
            \(problem.map { ProblemSummary("改正の案を作っていません", [("text", "\($0)")]).html })
            <h1>改正の案 <small>\(kept.title)</small></h1>
            <p>改正後の文章に書き直してください。改め文と新旧対照表は、ここから作ります。改め文は、溶け込ませて同じ文章になることを確かめたものだけを出します。</p>
            <form method="post" action="\(Link.ordinance(kept.id.text).below("amend"))" enctype="multipart/form-data"><div class="field"><label for="name">改正の名前</label><input id="name" name="name" value="\(name)" required=""></div>
            <div class="field"><label for="text">改正後の文章</label><p class="hint" id="text-hint">末尾に「附則（…）」と「この条例は、令和○年○月○日から施行する。」を加えると、改正条例の附則になります。</p>
            <textarea id="text" name="text" rows="24" aria-describedby="text-hint">\(text)</textarea></div>
            <div class="field"><label for="files">または、直したファイル</label><p class="hint" id="files-hint">長い例規は、<a href="\(Link.ordinance(kept.id.text).below("text.txt"))">いまの文章（テキスト）</a>を直して送れます。</p>
            <input type="file" id="files" name="files" accept=".txt,.html,.htm,.xml" aria-describedby="files-hint"></div><button class="primary">改め文を作る</button></form>
            """)
    }

    struct Content: Sendable {
        let task: AmendmentTask
        let kept: KeptOrdinance
        /// Why the amendment cannot be applied to the text the collection has now.
        let obstacle: String?
        let remarks: [AmendmentCheck.Remark]
        let table: ComparisonTable
        let mayWrite: Bool
    }

    func task(_ content: Content, problem: String? = nil) -> Page {
        let task = content.task
        let remarks: [HTML] = content.remarks.map { remark in
            "<li><b>\(remark.ordinance) \(remark.address)</b>「\(remark.words)」 \(remark.reason)</li>"
        }
        let isOpen = !task.state.isInForce && task.state != .dropped
        return Page(
            (problem == nil ? "" : "エラー: ") + task.name, zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="/desk/ordinances">例規の点検</a>　<a href="/desk/ordinances/tasks">例規の改正</a></p>
            \(problem.map { ProblemSummary("進めていません", [("assembly", "\($0)")]).html })
            <h1>\(task.name) <small>\(content.kept.title)</small></h1>
            <p>いまは<b>\(task.state.japanese)</b>です。\(task.assembly.isEmpty ? "" : "議会: \(task.assembly)。")\(task.effectiveOn.map { "施行の日: \($0.iso)。" } ?? "")</p>
            \(content.obstacle.map { obstacle($0, task.state) })
            \(content.mayWrite && !task.state.next.isEmpty ? steps(task) : .empty)
            <h2>改め文</h2><p class="quiet">溶け込ませて、改正後の文章と同じになることを確かめてあります。</p><pre class="kept">\(task.amendment)</pre>
            \(isOpen && !remarks.isEmpty ? "<h2>確かめること</h2><ul>\(remarks)</ul>" as HTML : .empty)
            <h2>新旧対照表</h2><div class="scroll" role="region" aria-label="新旧対照表" tabindex="0"><table class="comparison">\(ComparisonPage.rows(content.table))</table></div><p><a class="button" href="\(Link.amendment(task.id).below("comparison.html"))">新旧対照表（HTML）</a></p>
            """)
    }

    private func obstacle(_ reason: String, _ state: AmendmentTask.State) -> HTML {
        state.isInForce
            ? """
            <p class="notice">施行の日に、改め文を例規集の文章に溶け込ませることができませんでした（\(reason)）。施行後の文章を<a href="/desk/ordinances/import">取り込んで</a>から、「例規集に反映した」を押してください。</p>
            """
            : """
            <p class="notice">この案を作ったあとに例規集の文章が変わり、改め文がいまの文章に溶け込まなくなりました（\(reason)）。いまの文章から、案を作り直してください。</p>
            """
    }

    /// 定例会 of the next year: towns have four.
    private var assemblies: [HTML] {
        let first = today.month / 3 + (today.month % 3 == 0 ? 0 : 1)
        return (first..<(first + 4)).compactMap { quarter in
            let (year, month) = (today.year + (quarter - 1) / 4, (quarter - 1) % 4 * 3 + 3)
            return Day(year: year, month: month, day: 1).map {
                "<option value=\"\($0.wareki.prefix { $0 != "年" } + "年\(month)月定例会")\"></option>"
            }
        }
    }

    private func label(_ state: AmendmentTask.State) -> String {
        switch state {
        case .draft: "案に戻す"
        case .dropped: "取りやめる"
        case .enforced: "例規集に反映した"
        default: "\(state.japanese)にする"
        }
    }

    private func steps(_ task: AmendmentTask) -> HTML {
        let buttons: [HTML] = task.state.next.map { state in
            "<button name=\"do\" value=\"\(state.rawValue)\"\(state == task.state.next.first ? " class=\"primary\"" : "")>\(label(state))</button> "
        }
        let field: HTML =
            task.state.next.contains(.promulgated)
            ? "<div class=\"field\"><label for=\"effective\">施行の日</label><input id=\"effective\" name=\"effective\" placeholder=\"R9.4.1\"></div>"
            : .empty
        return """
            <form method="post" action="\(.amendment(task.id))"><div class="field"><label for="assembly">議会</label><input id="assembly" name="assembly" value="\(task.assembly)" list="assemblies" placeholder="令和9年3月定例会"><datalist id="assemblies">\(assemblies)</datalist></div>\(field)\(buttons)</form>
            """
    }
}
