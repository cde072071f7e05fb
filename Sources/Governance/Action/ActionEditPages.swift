import Core
import HTML
import Japanese
import Register
import Web

/// The forms of an action and of a KPI.
struct ActionEditPages {
    let frame: Frame
    let plan: PlanVersion
    let cards: [Card]

    private var cardChoices: [(id: String, name: String)] { cards.map { ($0.id, $0.name[.ja]) } }

    func action(_ action: Kept<PlanAction>?, _ entry: Entry) -> Page {
        let now = action?.content
        let items = plan.items.map { (String($0.no), "\($0.no) \($0.name)") }
        let budgets: [HTML] = plan.yearsShown(on: entry.today).map { year in
            let known = now?.budgets.first { $0.year == year.year }
            return """
                <div class="halves">\(entry.line("budget-\(year.year)", "\(year.wareki)の予算（円）", now: known?.yen.map(String.init) ?? ""))\(entry.line("budget-source-\(year.year)", "財源", now: known?.source ?? ""))</div>
                """
        }
        return frame.page(
            .actions, action == nil ? "取組を加える" : "取組を直す", entry: entry,
            """
            <div class="column"><p class="way"><a href="\(action.map { .action($0.id) } ?? "/desk/actions")">戻る</a></p>
            <h1>\(action == nil ? "取組を加える" : "取組を直す")</h1>
            <form method="post" action="\(action.map { Link.action($0.id).below("edit") } ?? "/desk/actions/new")">
            \(entry.seen(action?.revision ?? 0))\(entry.onceField)
            \(entry.line("number", "番号", hint: "例: 1-2", now: now?.number ?? "", width: "medium"))
            \(entry.line("title", "取組の名前", now: now?.title ?? ""))
            \(entry.list("item", "重点取組事項", items, now: now.map { String($0.item) } ?? ""))
            \(entry.boxes("also", "ほかに当てはまる事項（再掲）", items, now: now?.also.map(String.init) ?? []))
            \(entry.area("situation", "現状", now: now?.situation ?? ""))\(entry.area("issue", "課題", now: now?.issue ?? ""))\(entry.area("work", "取組の内容", now: now?.work ?? ""))
            \(entry.list("section", "主管課", frame.ownSections, now: now?.section ?? ""))
            \(entry.boxes("co-sections", "関係課", frame.sections, now: now?.coSections ?? []))
            \(entry.radios("state", "状態", PlanAction.State.allCases.map { ($0.rawValue, $0.name) }, now: (now?.state ?? .waiting).rawValue))
            \(entry.area("schedule", "日程（1行に一つ）", hint: "年度・四半期・することを空白で区切ります。例: 令和8年度 1-2 チラシをつくる", now: now?.schedule.map(\.written).joined(separator: "\n") ?? "", rows: 4))
            \(budgets)
            <details class="act"><summary>関係する手続き（\(now?.cards.count ?? 0)）</summary>\(entry.boxes("cards", "手続き", cardChoices, now: now?.cards ?? []))</details>
            <button class="primary">保存する</button></form></div>
            """)
    }

    func kpi(_ kpi: KPI?, of action: Kept<PlanAction>, measures: [Measure], _ entry: Entry) -> Page {
        let targets: [HTML] = plan.yearsShown(on: entry.today).map { year in
            let known = kpi?.targets.first { $0.year == year.year }
            return entry.line(
                "target-\(year.year)", "\(year.wareki)の目標", now: ActionSheet.written(known?.value),
                width: "medium")
        }
        let place = Link.action(action.id).below("kpis").below(kpi?.id ?? "new")
        return frame.page(
            .actions, kpi == nil ? "KPIを加える" : "KPIを直す", entry: entry,
            """
            <div class="column"><p class="way"><a href="\(.action(action.id))">\(action.number) \(action.title)</a></p>
            <h1>\(kpi == nil ? "KPIを加える" : "KPIを直す")</h1>
            <form method="post" action="\(place)">
            \(entry.seen(action.revision))
            \(entry.line("name", "KPIの名前", now: kpi?.name ?? ""))
            \(entry.radios("kind", "種類", KPI.Kind.allCases.map { ($0.rawValue, "\($0.name)　\($0.rule)") }, now: (kpi?.kind ?? .ratio).rawValue))
            \(entry.list("measure", "指標（自動で数えるもの）", measures.map { ($0.id, "\($0.name)（\($0.unit.rawValue)）") }, hint: "選ぶと、実績は自動で入ります", now: kpi?.measure ?? "", none: "人が記録する"))
            \(entry.list("card", "どの手続きの指標か", cardChoices, now: kpi?.card ?? "", none: "町全体"))
            <div class="halves">\(entry.line("unit", "単位（人が記録するとき）", now: kpi?.unit ?? ""))\(entry.list("better", "どちらがよいか（人が記録するとき）", Measure.Better.allCases.map { ($0.rawValue, $0.name) }, now: (kpi?.better ?? .higher).rawValue, none: nil))</div>
            <h2>基準値</h2><p class="hint">分からないときは空けておきます。空欄は「不明」で、0ではありません。</p>
            \(entry.line("baseline", "基準値", now: ActionSheet.written(kpi?.baseline?.value), width: "medium"))
            \(entry.date("baseline-on", "いつの値か", now: kpi?.baseline?.on))
            \(entry.line("baseline-source", "出典", now: kpi?.baseline?.source ?? ""))
            <h2>目標</h2>\(targets)
            <button class="primary">保存する</button></form></div>
            """)
    }

    /// 取込み.
    static func importing(_ frame: Frame, problem: String? = nil, report: ActionSheet.Report? = nil) -> Page {
        var entry = Entry(today: Day(daysSince1970: 0))
        if let problem { entry.fail("file", problem) }
        let told: HTML? = report.map { report in
            let findings: [HTML] = report.findings.map { finding in
                "<li>\(finding.line)行目\(finding.column.map { "・\($0)列目" } ?? ""): \(finding.words)</li>"
            }
            let changes: [HTML] = report.changes.map { "<li>\($0.line)行目 \($0.name): \($0.words)</li>" }
            return report.findings.isEmpty
                ? """
                <div class="done" role="status"><p>\(report.changes.count)行を取り込みました。同じだった行は\(report.unchanged)行です。</p></div>
                <ul>\(changes)</ul>
                """
                : """
                <div class="problems" role="alert" tabindex="-1"><h2>直すところがあるので、何も取り込んでいません</h2><ul>\(findings)</ul></div>
                """
        }
        return frame.page(
            .actions, "取組のCSVの取込み", entry: entry,
            """
            <div class="column"><p class="way"><a href="/desk/actions">取組・KPI</a></p>
            <h1>取組のCSVの取込み</h1>\(told)
            <p>「取組・KPI」で保存したCSVを表計算ソフトで直して、同じ形のまま送ります。直せる列は、<b>状態・目標値・実績値・実績の日・実績の根拠・人の評価・評価の理由</b>です。</p>
            <ul><li>自分の課の取組の行だけを変えられます。ほかの課の行は、そのままなら問題ありません。</li>
            <li>ほかの職員が先に変えた行は取り込みません。</li><li>一つでも直すところがあれば、何も取り込みません。</li>
            <li>自動で数えるKPIの実績と、ほかの列（名前や基準値など）は読みません。</li>
            <li>評価できないときは「-」と書きます（ほかの町の「D」も同じ意味として読みます）。</li></ul>
            <form method="post" action="/desk/actions/import" enctype="multipart/form-data" data-progress="送っています"><div class="field"><label for="file">CSVファイル（UTF-8 か Shift_JIS）</label>
            <input type="file" id="file" name="file" accept=".csv"></div><p role="status" class="sending"></p>
            <button class="primary">取り込む</button></form></div>
            """)
    }
}
