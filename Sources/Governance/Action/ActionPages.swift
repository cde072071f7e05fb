import Core
import HTML
import Japanese
import Register
import Web

/// 取組: the list of all, and one with its KPIs.
struct ActionPages {
    let frame: Frame
    let people: People
    let today: Day

    func list(_ statuses: [ActionStatus], plan: PlanVersion?, year: FiscalYear, filter: ActionFilter) -> Page {
        let years = plan?.yearsShown(on: today) ?? [year]
        let tabs: [HTML] = years.map { choice in
            let mark = Attributes().with("aria-current", ifPresent: choice == year ? "page" : nil)
            return #"<li><a href="\#(filter.link(choice))"\#(mark)>\#(choice.wareki)</a></li>"#
        }
        let rows: [[HTML]] = statuses.filter { filter.shows($0) }.map { status in
            let action = status.action
            return [
                #"<a href="\#(.action(action.id))">\#(action.number) \#(action.title)</a>"#,
                "\(frame.sectionName(action.section))", "\(action.content.state.name)",
                "\(status.automatic.mark)",
                "\(status.human.map(\.mark) ?? "まだ")\(status.disagrees ? " \(Piece.tag("食い違い", "attention"))" : .empty)",
                "\(summary(status))",
            ]
        }
        let items = (plan?.items ?? []).map { (String($0.no), "\($0.no) \($0.name)") }
        return frame.page(
            .actions, "取組・KPI",
            """
            <h1>取組・KPI <small>\(plan.map { "計画 第\($0.number)版" } ?? "")</small></h1>
            <nav aria-label="年度"><ul class="tabs">\(tabs)</ul></nav>
            <form method="get" action="/desk/actions" class="filters"><input type="hidden" name="year" value="\(year.year)">
            <div class="field"><label for="item">重点取組事項</label><select id="item" name="item">\(SelectOptions([("", "全部")] + items).html(filter.item.map(String.init) ?? ""))</select></div>
            <div class="field"><label for="section">課</label><select id="section" name="section">\(SelectOptions([("", "全部")] + frame.sections).html(filter.section ?? ""))</select></div>
            <div class="tick"><input type="checkbox" id="differing" name="differing" value="yes"\(Attributes().with("checked", when: filter.isDiffering))><label for="differing">評価が食い違うものだけ</label></div>
            <button>しぼる</button></form>
            \(rows.isEmpty ? "<p class=\"quiet\">ここに当てはまる取組は、まだありません。</p>" : Piece.table("取組", ["取組", "主管課", "状態", "自動の評価", "人の評価", "KPI"], rows))
            <p class="quiet">評価の意味: \(Grade.allCases.map { "\($0.mark)は\($0.meaning)" }.joined(separator: "、"))。自動の評価は、基準値・目標値・いまの値だけで決まります。「状態」は進んでいるか、「評価」は効いているかで、別のことです。</p>
            <p class="acts"><a class="button" href="\(("/desk/actions.csv" as Link).asking([("year", String(year.year))]))">\(year.wareki)の表をCSVで保存</a>
            \(frame.officer.may(.reportProgress) ? "<a class=\"button\" href=\"/desk/actions/import\">直したCSVを取り込む</a>" : .empty)
            \(frame.officer.may(.preparePlan) ? "<a class=\"button\" href=\"/desk/actions/new\">取組を加える</a>" : .empty)</p>
            """)
    }

    private func summary(_ status: ActionStatus) -> String {
        let known = status.kpis.filter { $0.value != nil }.count
        return status.kpis.isEmpty ? "なし" : "\(known) / \(status.kpis.count)に値あり"
    }

    /// One action, with everything about it.
    func page(
        _ statuses: [ActionStatus], plan: PlanVersion, lines: [(year: FiscalYear, lines: [ProgressLine])],
        cards: [Card],
        former: [Kept<PlanAction>], entry: Entry, saved: String?
    ) -> Page {
        guard let newest = statuses.last else { return frame.page(.actions, "取組", "") }
        let (action, mayWork) = (newest.action, frame.officer.mayReport(for: newest.action.section))
        let told: [HTML] = lines.flatMap { year, lines in
            lines.map { line in
                "<li><span>\(year.wareki) <a href=\"\(.loop(line.loop.id))\">\(line.words)</a></span></li>"
            }
        }
        let earlier: [HTML] = former.map {
            "<li>第\($0.plan)版の <a href=\"\(.action($0.id))\">\($0.number) \($0.title)</a></li>"
        }
        return frame.page(
            .actions, action.title, entry: entry, saved: saved,
            """
            <p class="way"><a href="/desk/actions">取組・KPI</a></p>
            <h1>\(action.number) \(action.title) <small>\(action.content.state.name)</small></h1>
            \(facts(action, plan, cards))
            \(action.fate.map { "<p class=\"notice\">終期の扱い: <b>\($0.kind.name)</b>。\($0.reason)</p>" as HTML })
            <h2 id="kpis">KPI</h2>
            \(action.kpis.isEmpty ? "<p class=\"quiet\">KPIがまだありません。</p>" : kpiTable(statuses))
            \(mayWork ? kpiForms(action, plan, entry) : .empty)
            <h2>評価</h2>
            \(grades(statuses))
            \(mayWork ? gradeForm(action, plan, entry) : .empty)
            <h2>試したことと結果</h2>
            <p class="quiet">終わったOODAループが、自動でここに並びます。</p>
            \(Piece.rows(told, empty: "まだありません。"))
            \(earlier.isEmpty ? .empty : "<h2>引き継いだ取組</h2><ul>\(earlier)</ul>")
            <p class="acts">\(mayWork ? "<a class=\"button\" href=\"\(Link.action(action.id).below("edit"))\">取組を直す</a>" : .empty)
            <a href="\(.history("action", action.id))">だれがいつ何を書いたか（全部の版）</a></p>
            """)
    }

    private func facts(_ action: Kept<PlanAction>, _ plan: PlanVersion, _ cards: [Card]) -> HTML {
        let item = plan.item(action.item)
        let own: [HTML] = action.cards.compactMap { id in cards.first { $0.id == id } }.map {
            "<a href=\"\("/desk/cards/\($0.id)" as Link)\">\($0.name[.ja])</a> "
        }
        let budgets = action.budgets.map {
            "\(FiscalYear($0.year).wareki) \($0.yen.map { Piece.number(Double($0), "円") } ?? "不明")　\($0.source)"
        }
        return Piece.facts([
            (
                "計画のところ",
                item.map {
                    "<a href=\"\(.plan(plan.number))#\(plan.anchor(of: $0))\">第\(plan.number)版 \(plan.anchor(of: $0)) \($0.name)</a>"
                } ?? "—"
            ),
            ("再掲", "\(action.also.compactMap { plan.item($0)?.name }.joined(separator: "、"))"),
            ("現状", Piece.kept(action.situation)), ("課題", Piece.kept(action.issue)), ("取組", Piece.kept(action.work)),
            (
                "主管課・関係課",
                "\(frame.sectionName(action.section))　\(action.coSections.map(frame.sectionName).joined(separator: "、"))"
            ),
            ("手続き", own.isEmpty ? "—" : "\(own)"),
            ("日程", Piece.kept(action.schedule.map { "\($0.time) \($0.words)" }.joined(separator: "\n"))),
            ("予算", Piece.kept(budgets.joined(separator: "\n"))),
        ])
    }

    /// Every KPI over the years of the plan, and its chart.
    private func kpiTable(_ statuses: [ActionStatus]) -> HTML {
        let kpis = statuses.last?.action.kpis ?? []
        let parts: [HTML] = kpis.enumerated().map { index, kpi in
            let line = statuses.compactMap { $0.kpis.first { $0.kpi.id == kpi.id } }
            let rows: [[HTML]] = line.map { status in
                [
                    "\(status.year.wareki)", "\(Piece.number(status.target, kpi.unit))",
                    "\(Piece.number(status.value, kpi.unit))\(status.isSmall ? " \(Piece.tag("少件数"))" : .empty)",
                    "<b>\(status.grade.mark)</b> \(status.reason)", "\(status.source ?? "—")",
                ]
            }
            let told = line.map { "\($0.year.wareki) \(Piece.number($0.value, kpi.unit))" }.joined(separator: "、")
            let chart = Chart("kpi-\(index)", title: "\(kpi.name)の実績と目標", summary: told)
                .lines(
                    [.init("実績", line.map(\.value)), .init("目標", line.map(\.target))],
                    over: line.map { $0.year.wareki },
                    unit: kpi.unit)
            let base =
                kpi.baseline.map { "基準値 \(Piece.number($0.value, kpi.unit))（\($0.on.wareki)、\($0.source)）" } ?? "基準値は不明"
            let hasValues = line.contains { $0.value != nil }
            return """
                <h3>\(kpi.name) <small>\(kpi.kind.name)（\(kpi.kind.rule)）、\(kpi.better.name)</small></h3>
                <p class="quiet">\(base)</p>\(hasValues ? chart : .empty)
                \(Piece.table(kpi.name, ["年度", "目標", "実績", "自動の評価", "出典"], numeric: [1, 2], rows))
                """
        }
        return "\(parts)"
    }

    private func kpiForms(_ action: Kept<PlanAction>, _ plan: PlanVersion, _ entry: Entry) -> HTML {
        let entered = action.kpis.filter { $0.measure == nil }
        let years = plan.yearsShown(on: today).map { (String($0.year), $0.wareki) }
        let edits: [HTML] = action.kpis.map {
            "<li><a href=\"\(Link.action(action.id).below("kpis").below($0.id))\">\($0.name)を直す</a></li>"
        }
        let actual: HTML =
            entered.isEmpty
            ? .empty
            : Piece.act(
                "実績を記録する", Link.action(action.id).below("actuals"), isOpen: entry["actual"] != nil,
                """
                \(entry.seen(action.revision))
                \(entry.list("actual-kpi", "KPI", entered.map { ($0.id, $0.name) }, none: nil))
                \(entry.list("actual-year", "年度", years, now: String(FiscalYear(of: today).year), none: nil))
                \(entry.line("actual", "実績値", width: "medium"))\(entry.date("actual-on", "いつの値か", now: today))
                \(entry.line("actual-evidence", "根拠", hint: "どこを見れば確かめられるか"))
                """, button: "実績を記録する")
        return """
            \(actual)
            <ul class="plain">\(edits)<li><a href="\(Link.action(action.id).below("kpis").below("new"))">KPIを加える</a></li></ul>
            """
    }

    private func grades(_ statuses: [ActionStatus]) -> HTML {
        let rows: [[HTML]] = statuses.map { status in
            let given = status.action.content.grading(status.year)
            return [
                "\(status.year.wareki)", "\(status.automatic.mark)",
                "\(given?.grade.mark ?? "まだ")\(status.disagrees ? " \(Piece.tag("食い違い", "attention"))" : .empty)",
                "\(given?.words ?? "")", "\(given.map { "\(people.name($0.by))（\($0.on.wareki)）" } ?? "")",
            ]
        }
        return Piece.table("評価", ["年度", "自動", "人", "理由", "評価した人"], rows)
    }

    private func gradeForm(_ action: Kept<PlanAction>, _ plan: PlanVersion, _ entry: Entry) -> HTML {
        let years = plan.yearsShown(on: today).map { (String($0.year), $0.wareki) }
        return Piece.act(
            "評価を記録する", Link.action(action.id).below("grade"), isOpen: entry["grade-words"] != nil,
            """
            \(entry.seen(action.revision))
            \(entry.list("grade-year", "年度", years, now: String(FiscalYear(of: today).year), none: nil))
            \(entry.radios("grade", "評価", Grade.allCases.map { ($0.rawValue, "\($0.mark)　\($0.meaning)") }))
            \(entry.area("grade-words", "評価の理由", rows: 2))
            """, button: "評価を記録する")
    }
}

/// Which actions are shown.
struct ActionFilter: Sendable {
    let item: Int?
    let section: String?
    let isDiffering: Bool

    init(_ query: Posted) {
        item = query["item"].flatMap { Int($0) }
        section = (query["section"] ?? "").isEmpty ? nil : query["section"]
        isDiffering = query["differing"] == "yes"
    }

    func shows(_ status: ActionStatus) -> Bool {
        let action = status.action
        return (item.map { action.content.serves($0) } ?? true)
            && (section.map { action.section == $0 || action.coSections.contains($0) } ?? true)
            && (!isDiffering || status.disagrees)
    }

    func link(_ year: FiscalYear) -> Link {
        ("/desk/actions" as Link).asking(
            [("year", String(year.year))] + (item.map { [("item", String($0))] } ?? [])
                + (section.map { [("section", $0)] } ?? []) + (isDiffering ? [("differing", "yes")] : []))
    }
}

extension PlanVersion {
    /// The fiscal years that are looked at: those of the plan, and on to the present while nothing takes its place.
    func yearsShown(on today: Day) -> [FiscalYear] {
        let last = max(FiscalYear(of: until).year, state == .adopted ? FiscalYear(of: today).year : 0)
        return (FiscalYear(of: from).year...max(last, FiscalYear(of: from).year)).map { FiscalYear($0) }
    }
}
