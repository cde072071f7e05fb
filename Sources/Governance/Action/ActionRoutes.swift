import Core
import Database
import HTML
import Japanese
import Register
import Web

extension Governance {
    func addActionRoutes(to site: inout Site) {
        site.officer(.get, "/desk/actions", needs: nil) { visit in
            let (frame, today) = (frame(visit), visit.moment.day)
            let year = Self.year(visit.query, today)
            return .page(
                try await database.read { transaction in
                    let plan = try currentPlan(on: today, in: transaction)
                    return ActionPages(frame: frame, people: try People(staff, in: transaction), today: today).list(
                        try statuses(plan, year, today: today, in: transaction), plan: plan, year: year,
                        filter: ActionFilter(visit.query))
                })
        }

        site.officer(.get, "/desk/actions.csv", needs: nil) { visit in
            let year = Self.year(visit.query, visit.moment.day)
            let rows = try await database.read { transaction in
                let plan = try currentPlan(on: visit.moment.day, in: transaction)
                return ActionSheet(year: year, sections: frame(visit).sections).rows(
                    try statuses(plan, year, today: visit.moment.day, in: transaction))
            }
            return .file(Download(table: rows, name: "取組-\(year.year).csv", visit.query))
        }

        site.officer(.get, "/desk/actions/import", needs: .reportProgress) { visit in
            .page(ActionEditPages.importing(frame(visit)))
        }

        site.officer(.post, "/desk/actions/import", needs: .reportProgress, takesFiles: true) { visit in
            let frame = frame(visit)
            let arriving = try ArrivingSheet()
            if let upload = visit.upload { _ = try await upload.read { $0.control == "file" ? arriving : nil } }
            guard let bytes = arriving.bytes else {
                let words = arriving.count == 0 ? "ファイルを選んでください。" : "ファイルが大きすぎます。20MBまでにしてください。"
                return .page(ActionEditPages.importing(frame, problem: words))
            }
            let year = ActionSheet.year(in: bytes) ?? FiscalYear(of: visit.moment.day)
            let report = try await take(bytes, year: year, by: .officer(visit.who), at: visit.moment)
            var page = ActionEditPages.importing(frame, report: report)
            if !report.findings.isEmpty { page.status = 422 }
            return .page(page)
        }

        addActionPages(to: &site)
        addKPIRoutes(to: &site)
    }

    private func addActionPages(to site: inout Site) {
        site.officer(.get, "/desk/actions/new", needs: .preparePlan) { visit in
            .page(try await actionForm(visit, nil, Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/actions/new", needs: .preparePlan) { visit in try await saveAction(visit, nil) }
        site.officer(.get, "/desk/actions/{id}", needs: nil) { visit in
            .page(try await actionPage(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.get, "/desk/actions/{id}/edit", needs: .reportProgress) { visit in
            .page(try await actionForm(visit, visit.parameter("id"), Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/actions/{id}/edit", needs: .reportProgress) { visit in
            try await saveAction(visit, visit.parameter("id"))
        }
        site.officer(.post, "/desk/actions/{id}/grade", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await actionPage(visit, $0) }) { entry in
                let plan = try await planOf(visit.parameter("id"))
                let grading = entry.grading(plan.yearsShown(on: entry.today), by: visit.who)
                try entry.check()
                try await grade(grading, of: visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.action(visit.parameter("id")).asking([("saved", "graded")]))
            }
        }
    }

    private func addKPIRoutes(to site: inout Site) {
        site.officer(.get, "/desk/actions/{id}/kpis/{kpi}", needs: .reportProgress) { visit in
            .page(try await kpiForm(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/actions/{id}/kpis/{kpi}", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await kpiForm(visit, $0) }) { entry in
                let id = visit.parameter("id")
                let plan = try await planOf(id)
                let (action, cards) = try await database.read { transaction in
                    (try Kept<PlanAction>.require(id, in: transaction), try Card.list(in: transaction).map(\.id))
                }
                let known = action.kpis.first { $0.id == visit.parameter("kpi") }
                guard known != nil || visit.parameter("kpi") == "new" else { throw Refused.notHere }
                let kpi = entry.kpi(known, plan: plan, measures: shelf.measures, cards: cards)
                try entry.check()
                try await save(kpi, of: id, seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.action(id).asking([("saved", "kpi")]))
            }
        }
        site.officer(.post, "/desk/actions/{id}/actuals", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await actionPage(visit, $0) }) { entry in
                let id = visit.parameter("id")
                let plan = try await planOf(id)
                let action = try await database.read { try Kept<PlanAction>.require(id, in: $0) }
                guard let kpi = action.kpis.first(where: { $0.id == entry["actual-kpi"] }) else {
                    throw Refused.notHere
                }
                let actual = entry.actual(kpi, plan.yearsShown(on: entry.today), by: visit.who)
                try entry.check()
                try await record(actual, of: kpi.id, in: id, seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.action(id).asking([("saved", "measured")]))
            }
        }
    }

    /// The fiscal year that is asked for, or the present one.
    static func year(_ query: Posted, _ today: Day) -> FiscalYear {
        query["year"].flatMap { Int($0) }.flatMap { (2000...2200).contains($0) ? FiscalYear($0) : nil }
            ?? FiscalYear(of: today)
    }

    private func planOf(_ action: String) async throws -> PlanVersion {
        try await database.read { transaction in
            let action = try Kept<PlanAction>.require(action, in: transaction)
            return try Kept<PlanVersion>.require(action.plan, in: transaction).content
        }
    }

    private static let savedAction = [
        "saved": "保存しました。", "graded": "評価を記録しました。", "kpi": "KPIを保存しました。", "measured": "実績を記録しました。",
    ]

    private func actionPage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (id, today, frame) = (visit.parameter("id"), visit.moment.day, frame(visit))
        return try await database.read { transaction in
            let action = try Kept<PlanAction>.require(id, in: transaction)
            let plan = try Kept<PlanVersion>.require(action.plan, in: transaction).content
            let years = plan.yearsShown(on: today)
            let loops = try Kept<Loop>.list(in: transaction)
            return ActionPages(frame: frame, people: try People(staff, in: transaction), today: today).page(
                try years.map { try status(action, $0, today: today, in: transaction) }, plan: plan,
                lines: years.map { ($0, ProgressLine.list(loops, of: id, in: $0)) },
                cards: try Card.list(in: transaction),
                former: try action.follows.compactMap { try Kept<PlanAction>.find($0, in: transaction) }, entry: entry,
                saved: visit.query["saved"].flatMap { Self.savedAction[$0] })
        }
    }

    private func actionForm(_ visit: Visit<Officer>, _ id: String?, _ entry: Entry) async throws -> Page {
        let (today, frame) = (visit.moment.day, frame(visit))
        return try await database.read { transaction in
            let action = try id.map { try Kept<PlanAction>.require($0, in: transaction) }
            if let action, !frame.officer.mayReport(for: action.section) { throw Refused.notYours }
            let plan = try action.map { try Kept<PlanVersion>.require($0.plan, in: transaction).content }
            guard let plan = try plan ?? currentPlan(on: today, in: transaction) else { throw Refused.notHere }
            return ActionEditPages(frame: frame, plan: plan, cards: try Card.list(in: transaction)).action(
                action, entry)
        }
    }

    private func saveAction(_ visit: Visit<Officer>, _ id: String?) async throws -> Answer {
        try await fill(visit, orShow: { try await actionForm(visit, id, $0) }) { entry in
            let today = entry.today
            let (known, plan, cards) = try await database.read { transaction in
                let known = try id.map { try Kept<PlanAction>.require($0, in: transaction) }
                let own = try known.map { try Kept<PlanVersion>.require($0.plan, in: transaction).content }
                return (
                    known, try own ?? currentPlan(on: today, in: transaction), try Card.list(in: transaction).map(\.id)
                )
            }
            guard let plan else { throw Refused.notHere }
            let action = entry.action(known?.content, plan: plan, sections: town.sections.map(\.id), cards: cards)
            try entry.check()
            let saved = try await save(
                action, id: id, new: entry.once, seen: entry.seen, by: visit.who, at: visit.moment)
            return .redirect(Link.action(saved).asking([("saved", "saved")]))
        }
    }

    private func kpiForm(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let frame = frame(visit)
        return try await database.read { transaction in
            let action = try Kept<PlanAction>.require(visit.parameter("id"), in: transaction)
            guard frame.officer.mayReport(for: action.section) else { throw Refused.notYours }
            let plan = try Kept<PlanVersion>.require(action.plan, in: transaction).content
            let kpi = action.kpis.first { $0.id == visit.parameter("kpi") }
            guard kpi != nil || visit.parameter("kpi") == "new" else { throw Refused.notHere }
            return ActionEditPages(frame: frame, plan: plan, cards: try Card.list(in: transaction)).kpi(
                kpi, of: action, measures: shelf.measures, entry)
        }
    }
}
