package import Core
import Database
package import Japanese
package import Register
import Tabular

/// 取組の表. Every action and KPI of a fiscal year, a row each: the same format goes out and comes in.
package struct ActionSheet: Sendable {
    let year: FiscalYear
    let sections: [(id: String, name: String)]

    enum Column: String, CaseIterable {
        case id = "取組の識別名", revision = "版", number = "番号", title = "取組", item = "重点取組事項", section = "主管課"
        case year = "年度", state = "状態", kpi = "KPIの識別名", name = "KPI", kind = "種類", unit = "単位", baseline = "基準値"
        case target = "目標値", value = "実績値", on = "実績の日", evidence = "実績の根拠", automatic = "自動の評価"
        case grade = "人の評価", words = "評価の理由"
    }

    /// What the import says.
    package struct Report: Sendable {
        package internal(set) var findings: [SheetReport.Finding] = []
        package internal(set) var changes: [(line: Int, name: String, words: String)] = []
        package internal(set) var unchanged = 0
    }

    static let header = Column.allCases.map(\.rawValue)

    /// The rows of some actions; an action without KPIs has one.
    func rows(_ statuses: [ActionStatus]) -> [[String]] {
        let rows = statuses.flatMap { status in
            status.kpis.isEmpty ? [row(status, nil)] : status.kpis.map { row(status, $0) }
        }
        return [Self.header] + rows.guarded
    }

    private func row(_ status: ActionStatus, _ kpi: KPIStatus?) -> [String] {
        let action = status.action
        let given = action.content.grading(year)
        let actual = kpi?.kpi.actual(year)
        return Column.allCases.map { column in
            switch column {
            case .id: action.id
            case .revision: String(action.revision)
            case .number: action.number
            case .title: action.title
            case .item: String(action.item)
            case .section: sections.first { $0.id == action.section }?.name ?? action.section
            case .year: String(year.year)
            case .state: action.content.state.name
            case .kpi: kpi?.kpi.id ?? ""
            case .name: kpi?.kpi.name ?? ""
            case .kind: kpi?.kpi.kind.name ?? ""
            case .unit: kpi?.kpi.unit ?? ""
            case .baseline: Self.written(kpi?.kpi.baseline?.value)
            case .target: Self.written(kpi?.kpi.targets.first { $0.year == year.year }?.value)
            case .value: Self.written(kpi?.kpi.measure == nil ? actual?.value : kpi?.value)
            case .on: kpi?.kpi.measure == nil ? actual?.on.iso ?? "" : ""
            case .evidence: kpi?.kpi.measure == nil ? actual?.evidence ?? "" : kpi?.source ?? ""
            case .automatic: kpi.map { $0.grade.rawValue } ?? ""
            case .grade: given?.grade.rawValue ?? ""
            case .words: given?.words ?? ""
            }
        }
    }

    /// A number so that it is read as the same number again.
    static func written(_ value: Double?) -> String {
        guard let value else { return "" }
        return value == value.rounded() && abs(value) < 1e12 ? String(Int(value)) : String(value)
    }

    /// Reads a file against the actions as they are. Gives the report, and the actions as they would become.
    func read(
        _ bytes: [UInt8], _ statuses: [ActionStatus], by reporter: Reporter, at moment: Moment
    ) -> (report: Report, changed: [Kept<PlanAction>]) {
        var report = Report()
        let file: SheetFile
        do throws(SheetTrouble) { file = try SheetFile(bytes) } catch {
            report.findings = [.init(line: error.line, column: nil, words: error.words)]
            return (report, [])
        }
        report.findings =
            file.headerFaults(known: Set(Self.header), needed: [Column.id, .revision, .year, .kpi].map(\.rawValue))
            + file.widthFaults()
        guard report.findings.isEmpty else { return (report, []) }
        var actions = statuses.reduce(into: [String: Kept<PlanAction>]()) { $0[$1.action.id] = $1.action }
        let before = statuses.reduce(into: [String: ActionStatus]()) { $0[$1.action.id] = $1 }
        var (touched, seen) = ([String](), [String: Int]())
        for record in file.records {
            var row = Row(sheet: self, file: file, record: record, today: moment.day, reporter: reporter)
            let id = row.plain(.id)
            guard let status = before[id], var action = actions[id] else {
                row.fail(.id, "「\(id.prefix(40))」という取組はありません。書き出したCSVの識別名のままにしてください")
                report.findings += row.findings
                continue
            }
            if let line = seen.updateValue(record.line, forKey: "\(id) \(row.plain(.kpi))") {
                row.fail(.id, "同じ取組とKPIの行が、\(line)行目にもあります")
            }
            row.apply(to: &action.content, status)
            report.findings += row.findings
            if row.differences.isEmpty {
                report.unchanged += 1
            } else if row.findings.isEmpty {
                report.changes.append(
                    (record.line, "\(action.number) \(action.title)", row.differences.joined(separator: "、")))
                if !touched.contains(id) { touched.append(id) }
            }
            actions[id] = action
        }
        return (report, report.findings.isEmpty ? touched.compactMap { actions[$0] } : [])
    }

    /// One row of a file that comes in.
    private struct Row {
        let sheet: ActionSheet
        let file: SheetFile
        let record: CSV.Record
        let today: Day
        let reporter: Reporter
        var findings: [SheetReport.Finding] = []
        var differences: [String] = []

        func plain(_ column: Column) -> String { Spaces.trim(file.cell(record, column.rawValue) ?? "") }

        mutating func fail(_ column: Column, _ words: String) {
            let place = file.header.firstIndex(of: column.rawValue).map { $0 + 1 }
            findings.append(.init(line: record.line, column: place, words: "\(column.rawValue): \(words)"))
        }

        /// Changes what the row says otherwise, as far as it may be.
        mutating func apply(to action: inout PlanAction, _ status: ActionStatus) {
            let known = sheet.row(status, status.kpis.first { $0.kpi.id == plain(.kpi) })
            func now(_ column: Column) -> String { Spaces.trim(known[Column.allCases.firstIndex(of: column) ?? 0]) }
            // What a spreadsheet makes of numbers and days is the same number and the same day; what the program fills in by
            // itself is not read back.
            let isCounted = status.kpis.first { $0.kpi.id == plain(.kpi) }?.kpi.measure != nil
            let read: [Column] = [.state, .target, .value, .on, .evidence, .grade, .words]
            let changed = read.filter { column in
                file.header.contains(column.rawValue) && !isSame(plain(column), now(column), column)
                    && !(isCounted && [.value, .on, .evidence].contains(column))
            }
            guard plain(.year) == String(sheet.year.year) || FiscalYear(written: plain(.year)) == sheet.year else {
                return fail(.year, "この表は\(sheet.year.wareki)のものです。年度を分けて送ってください")
            }
            guard !changed.isEmpty else { return }
            guard plain(.revision) == String(status.action.revision) else {
                return fail(
                    .revision, "書き出したあとに、ほかの職員が変えました（いまは第\(status.action.revision)版）。書き出し直してください")
            }
            guard reporter.mayReport(for: action.section) else {
                return fail(.id, "この行は変えられません。\(plain(.section))の取組です")
            }
            for column in changed where file.isLost(file.cell(record, column.rawValue) ?? "") {
                fail(column, "Shift_JISにない文字（〓）があります。UTF-8のCSVで書き出し直してください")
            }
            state(&action, changed)
            values(&action, status, changed)
            grading(&action, changed)
            differences = changed.map {
                "\($0.rawValue) \(now($0).isEmpty ? "空" : now($0)) → \(plain($0).isEmpty ? "空" : plain($0))"
            }
        }

        /// True where a cell says what it said, however a spreadsheet writes it.
        private func isSame(_ cell: String, _ known: String, _ column: Column) -> Bool {
            if cell == known || file.value(cell, now: known) == known { return true }
            switch column {
            case .target, .value:
                guard let left = Entry.number(cell), let right = Entry.number(known) else { return false }
                return abs(left - right) <= abs(right) * 1e-9
            case .on: return (try? WrittenDate.day(cell)).map { $0.iso == known } ?? false
            case .grade: return Grade(written: cell).map { $0.rawValue == known } ?? false
            default: return false
            }
        }

        private mutating func state(_ action: inout PlanAction, _ changed: [Column]) {
            guard changed.contains(.state) else { return }
            guard let state = PlanAction.State.allCases.first(where: { $0.name == plain(.state) }) else {
                return fail(
                    .state,
                    "「\(plain(.state).prefix(20))」は、\(PlanAction.State.allCases.map(\.name).joined(separator: "・"))のどれでもありません"
                )
            }
            action.state = state
        }

        private mutating func values(_ action: inout PlanAction, _ status: ActionStatus, _ changed: [Column]) {
            guard changed.contains(where: { [.target, .value, .on, .evidence].contains($0) }) else { return }
            guard let place = action.kpis.firstIndex(where: { $0.id == plain(.kpi) }) else {
                return fail(.kpi, "「\(plain(.kpi).prefix(20))」というKPIは、この取組にありません")
            }
            if changed.contains(.target) {
                let target = plain(.target).isEmpty ? nil : Entry.number(plain(.target))
                if sheet.year.lastDay < today,
                    action.kpis[place].targets.contains(where: { $0.year == sheet.year.year })
                {
                    return fail(.target, KPI.targetIsFixed(sheet.year))
                }
                if target == nil, !plain(.target).isEmpty { fail(.target, "「\(plain(.target).prefix(20))」は数ではありません") }
                action.kpis[place].targets.removeAll { $0.year == sheet.year.year }
                if let target { action.kpis[place].targets.append(.init(year: sheet.year.year, value: target)) }
            }
            guard changed.contains(where: { [.value, .on, .evidence].contains($0) }) else { return }
            guard let value = Entry.number(plain(.value)) else {
                return fail(
                    .value,
                    plain(.value).isEmpty ? "記録した実績は消せません。直した値を書いてください" : "「\(plain(.value).prefix(20))」は数ではありません")
            }
            guard let on = try? WrittenDate.day(plain(.on)), on <= today else {
                return fail(.on, "実績の日を、2026-09-30 の形で、きょうまでの日にしてください")
            }
            let evidence = words(.evidence, most: 300)
            guard !evidence.isEmpty else { return fail(.evidence, "実績には根拠が要ります") }
            action.kpis[place].actuals.append(
                .init(year: sheet.year.year, value: value, evidence: evidence, on: on, by: reporter.actor.text))
        }

        private mutating func grading(_ action: inout PlanAction, _ changed: [Column]) {
            guard changed.contains(.grade) || changed.contains(.words) else { return }
            guard let grade = Grade(written: plain(.grade)) else {
                return fail(.grade, "「\(plain(.grade).prefix(20))」は、S・A・B・C・-（評価できない）のどれでもありません")
            }
            let grading = PlanAction.Grading(
                year: sheet.year.year, grade: grade, words: words(.words, most: 600), by: reporter.actor.text,
                on: today)
            // Rows of the same action say the same once.
            guard action.grading(sheet.year) != grading else { return }
            action.gradings.append(grading)
        }

        private mutating func words(_ column: Column, most: Int) -> String {
            let words = plain(column)
            if words.count > most { fail(column, "\(most)文字までにしてください") }
            if IndividualNumber.isFound(in: words) { fail(column, "マイナンバー（個人番号）のような数字があります。消してください") }
            if Unwanted.hasControls(words) { fail(column, "目に見えない制御文字があります。消してください") }
            return words
        }
    }
}

extension Governance {
    /// Takes a file in: all of it, or nothing where anything is wrong with it.
    package func take(
        _ bytes: [UInt8], year: FiscalYear, by reporter: Reporter, at moment: Moment
    ) async throws -> ActionSheet.Report {
        try await database.write { transaction in
            let plan = try currentPlan(on: moment.day, in: transaction)
            let statuses = try statuses(plan, year, today: moment.day, in: transaction)
            let sheet = ActionSheet(year: year, sections: town.sections.map { ($0.id, $0.name[.ja]) })
            let (report, changed) = sheet.read(bytes, statuses, by: reporter, at: moment)
            if changed.isEmpty { transaction.keepHouse("nothing was taken") }
            for var action in changed {
                try action.save("imported", by: reporter.actor, at: moment, in: transaction)
            }
            return report
        }
    }
}

extension ActionSheet {
    /// The fiscal year that a file is about, by its first row; nil where it says none.
    package static func year(in bytes: [UInt8]) -> FiscalYear? {
        guard let file = try? SheetFile(bytes), let first = file.records.first else { return nil }
        return file.cell(first, Column.year.rawValue).flatMap { FiscalYear(written: Spaces.trim($0)) }
    }
}

/// 報告する人: an officer, as far as they report for a section, or whoever runs the program.
package enum Reporter: Sendable {
    case officer(Officer)
    case commandLine

    var actor: Actor {
        switch self {
        case .officer(let officer): .officer(officer.id)
        case .commandLine: .system
        }
    }

    func mayReport(for section: String) -> Bool {
        switch self {
        case .officer(let officer): officer.mayReport(for: section)
        case .commandLine: true
        }
    }
}
