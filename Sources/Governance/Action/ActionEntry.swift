import Core
package import Japanese
import Register

/// What people type about an action and its KPIs.
extension Entry {
    /// - Parameter known: the action as it is; nil for a new one.
    mutating func action(_ known: PlanAction?, plan: PlanVersion, sections: [String], cards: [String]) -> PlanAction {
        let item = id("item", "重点取組事項", of: plan.items.map { String($0.no) }).flatMap { Int($0) } ?? 0
        let section = id("section", "主管課", of: sections) ?? ""
        var budgets = (known?.budgets ?? []).filter { kept in
            !plan.yearsShown(on: today).contains { $0.year == kept.year }
        }
        for year in plan.yearsShown(on: today) {
            let yen = number("budget-\(year.year)", "\(year.wareki)の予算", optional: true)
            let source = words("budget-source-\(year.year)", "\(year.wareki)の財源", most: 100, optional: true)
            if let yen, yen < 0 || yen != yen.rounded() { fail("budget-\(year.year)", "予算は、0円以上の整数で入力してください。") }
            if yen != nil || !source.isEmpty {
                budgets.append(.init(year: year.year, yen: yen.map { Int($0) }, source: source))
            }
        }
        return PlanAction(
            number: words("number", "番号", most: 12), plan: plan.number, item: item,
            also: all("also").compactMap { Int($0) }.filter { $0 != item && plan.item($0) != nil },
            title: words("title", "取組の名前", most: 80), situation: words("situation", "現状", optional: true),
            issue: words("issue", "課題", optional: true), work: words("work", "取組の内容", optional: true), section: section,
            coSections: all("co-sections").filter { sections.contains($0) && $0 != section },
            cards: all("cards").filter(cards.contains), budgets: budgets, schedule: schedule(plan),
            kpis: known?.kpis ?? [], state: choice("state", "状態", PlanAction.State.self) ?? .waiting,
            gradings: known?.gradings ?? [], fate: known?.fate, follows: known?.follows ?? [])
    }

    /// 日程: a line each, such as 「令和8年度 1-2 チラシをつくる」.
    private mutating func schedule(_ plan: PlanVersion) -> [PlanAction.Milestone] {
        let typed = words("schedule", "日程", most: 2000, optional: true)
        var milestones: [PlanAction.Milestone] = []
        for line in typed.split(separator: "\n") {
            guard let milestone = PlanAction.Milestone(written: String(line)) else {
                fail(
                    "schedule", "日程の「\(line.prefix(30))」を読めません。「令和8年度 1-2 チラシをつくる」のように、年度・四半期（1〜4）・することを空白で区切って書いてください。"
                )
                continue
            }
            milestones.append(milestone)
        }
        return milestones
    }

    mutating func kpi(_ known: KPI?, plan: PlanVersion, measures: [Measure], cards: [String]) -> KPI {
        let id = (self["measure"] ?? "").isEmpty ? nil : self.id("measure", "指標", of: measures.map(\.id))
        let measure = id.flatMap { id in measures.first { $0.id == id } }
        let kind = choice("kind", "種類", KPI.Kind.self) ?? .annual
        let baseline = number("baseline", "基準値", optional: true)
        var kept: KPI.Baseline?
        if let baseline {
            let on = day("baseline-on", "基準値の日")
            let source = words("baseline-source", "基準値の出典", most: 200)
            if let on { kept = KPI.Baseline(value: baseline, on: on, source: source) }
        }
        let others = (known?.targets ?? []).filter { kept in
            !plan.yearsShown(on: today).contains { $0.year == kept.year }
        }
        let targets =
            others
            + plan.yearsShown(on: today).compactMap { year in
                number("target-\(year.year)", "\(year.wareki)の目標", optional: true).map {
                    KPI.Target(year: year.year, value: $0)
                }
            }
        if kind == .milestone, targets.contains(where: { $0.value != 1 }) {
            fail("target-\(plan.years[0].year)", "「達成したか」の目標は、達成する年度に 1 と入力してください。")
        }
        let chosenCard = (self["card"] ?? "").isEmpty ? nil : self.id("card", "手続き", of: cards)
        if let measure, chosenCard != nil, !measure.isPerCard {
            fail("card", "「\(measure.name)」は町全体の指標です。「町全体」を選んでください。")
        }
        return KPI(
            id: known?.id ?? String(Core.ID<KPI>().text.suffix(8)), name: words("name", "KPIの名前", most: 80), kind: kind,
            better: measure?.better ?? choice("better", "どちらがよいか", Measure.Better.self) ?? .higher,
            unit: measure?.unit.rawValue ?? words("unit", "単位", most: 10, optional: true), baseline: kept,
            targets: targets.sorted { $0.year < $1.year }, measure: id,
            card: chosenCard, actuals: known?.actuals ?? [])
    }

    mutating func actual(_ kpi: KPI, _ years: [FiscalYear], by officer: Officer) -> KPI.Actual {
        let year = id("actual-year", "年度", of: years.map { String($0.year) }).flatMap { Int($0) } ?? 0
        let value = number("actual", "実績値") ?? 0
        if kpi.kind == .milestone, value != 0, value != 1 { fail("actual", "達成したら 1、まだなら 0 と入力してください。") }
        let on = day("actual-on", "いつの値か") ?? today
        if on > today { fail("actual-on", "「いつの値か」は、きょうまでの日にしてください。") }
        return KPI.Actual(
            year: year, value: value, evidence: words("actual-evidence", "根拠", most: 300), on: on,
            by: Actor.officer(officer.id).text)
    }

    mutating func grading(_ years: [FiscalYear], by officer: Officer) -> PlanAction.Grading {
        PlanAction.Grading(
            year: id("grade-year", "年度", of: years.map { String($0.year) }).flatMap { Int($0) } ?? 0,
            grade: choice("grade", "評価", Grade.self) ?? .none, words: words("grade-words", "評価の理由", most: 600),
            by: Actor.officer(officer.id).text, on: today)
    }
}

extension PlanAction.Milestone {
    /// Reads 「令和8年度 1-2 チラシをつくる」 and 「2026 3 点検」. Nil for what is no milestone.
    init?(written line: String) {
        let parts = line.split(maxSplits: 2, omittingEmptySubsequences: true) { $0 == " " || $0 == "　" || $0 == "\t" }
        guard parts.count == 3, let year = FiscalYear(written: String(parts[0])) else { return nil }
        let quarters = Width.narrow(String(parts[1])).split { "-〜~ー−第四半期".contains($0) }.compactMap { Int($0) }
        guard (1...2).contains(quarters.count), quarters.allSatisfy({ (1...4).contains($0) }),
            quarters[0] <= quarters.last ?? 0
        else { return nil }
        self.init(year: year.year, first: quarters[0], last: quarters.last ?? quarters[0], words: String(parts[2]))
    }

    /// As it is typed.
    var written: String { "\(FiscalYear(year).wareki) \(first)\(first == last ? "" : "-\(last)") \(words)" }
}

extension FiscalYear {
    /// Reads 令和8年度, R8, 2026年度 and 2026. Nil for what is none.
    package init?(written text: String) {
        let narrow = Width.narrow(text).replacing("年度", with: "").replacing("年", with: "")
        if let year = Int(narrow), (1900...2200).contains(year) { self.init(year); return }
        let known = (1980...2100).map { FiscalYear($0) }
        guard
            let found = known.first(where: {
                $0.wareki.replacing("年度", with: "") == narrow || $0.mark == narrow.uppercased()
            })
        else { return nil }
        self = found
    }
}
