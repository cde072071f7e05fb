import Core
import Database
import Japanese

/// What is done with actions.
extension Governance {
    /// Writes an action down, new or changed. Only who reports for its section, or keeps the plan, may.
    /// - Parameter new: what a new one is to be called; where the same is there already it is left as it is.
    func save(
        _ action: PlanAction, id: String?, new: String = ID<PlanAction>().text, seen: Int?, by officer: Officer,
        at moment: Moment
    ) async throws -> String {
        guard officer.mayReport(for: action.section) else { throw Refused.notYours }
        return try await database.write { transaction in
            let (new, isMade) = try Kept<PlanAction>.place(new, in: transaction) {
                ($0.number, $0.title, $0.plan) == (action.number, action.title, action.plan)
            }
            if id == nil, isMade { return new }
            let twin = try Kept<PlanAction>.list(in: transaction).first {
                $0.plan == action.plan && $0.number == action.number && $0.id != id
            }
            if let twin { throw Refused.unusable("番号「\(action.number)」は「\(twin.title)」が使っています。別の番号にしてください。") }
            guard let id else {
                guard officer.may(.preparePlan) else { throw Refused.notYours }
                var kept = Kept(action, id: new, at: moment)
                try kept.save("added", by: .officer(officer.id), at: moment, in: transaction)
                return kept.id
            }
            var kept = try Kept<PlanAction>.require(id, seen: seen, in: transaction)
            // Who may hand it to another section is who may write for both.
            guard officer.mayReport(for: kept.section) else { throw Refused.notYours }
            guard kept.content != action else {
                transaction.keepHouse("the same as before")
                return id
            }
            kept.content = action
            try kept.save("saved", by: .officer(officer.id), at: moment, in: transaction)
            return id
        }
    }

    /// Adds or changes a KPI of an action.
    func save(_ kpi: KPI, of id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await change(id, "kpi", seen: seen, by: officer, at: moment) { action in
            if let place = action.kpis.firstIndex(where: { $0.id == kpi.id }) {
                if let year = kpi.movedTarget(since: action.kpis[place], on: moment.day) {
                    throw Refused.unusable(KPI.targetIsFixed(year))
                }
                guard !kpi.isGradedOtherwise(than: action.kpis[place], on: moment.day) else {
                    throw Refused.unusable(
                        "目標のある年度が終わったので、種類・向き・指標・基準値は変えられません（終わった年度の評価が変わってしまうためです）。新しいKPIを加えてください。")
                }
                action.kpis[place] = kpi
            } else {
                action.kpis.append(kpi)
            }
        }
    }

    /// 実績. A value of a KPI that nothing counts by itself, with its evidence.
    func record(
        _ actual: KPI.Actual, of kpi: String, in id: String, seen: Int?, by officer: Officer, at moment: Moment
    ) async throws {
        try await change(id, "measured", seen: seen, by: officer, at: moment) { action in
            guard let place = action.kpis.firstIndex(where: { $0.id == kpi }) else { throw Refused.notHere }
            guard action.kpis[place].measure == nil else {
                throw Refused.notNow("このKPIは自動で数えています。手で入力した値では置きかえられません。")
            }
            action.kpis[place].actuals.append(actual)
        }
    }

    /// 人の評価.
    func grade(
        _ grading: PlanAction.Grading, of id: String, seen: Int?, by officer: Officer, at moment: Moment
    ) async throws {
        try await change(id, "graded", seen: seen, by: officer, at: moment) { $0.gradings.append(grading) }
    }

    func change(
        _ id: String, _ verb: String, seen: Int?, by officer: Officer, at moment: Moment,
        _ work: @escaping @Sendable (inout PlanAction) throws -> Void
    ) async throws {
        try await database.write { transaction in
            var kept = try Kept<PlanAction>.require(id, seen: seen, in: transaction)
            guard officer.mayReport(for: kept.section) else { throw Refused.notYours }
            let before = kept.content
            try work(&kept.content)
            guard kept.content != before else { return transaction.keepHouse("the same as before") }
            try kept.save(verb, by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// The actions of a version with their KPIs in a fiscal year.
    func statuses(
        _ plan: PlanVersion?, _ year: FiscalYear, today: Day, in transaction: Transaction
    ) throws -> [ActionStatus] {
        try Kept<PlanAction>.list(in: transaction).filter { plan == nil || $0.plan == plan?.number }
            .sorted { $0.number.localizedOrder < $1.number.localizedOrder }
            .map { try status($0, year, today: today, in: transaction) }
    }

    func status(
        _ action: Kept<PlanAction>, _ year: FiscalYear, today: Day, in transaction: Transaction
    ) throws -> ActionStatus {
        ActionStatus(
            action: action, year: year,
            kpis: try action.kpis.map { try shelf.status($0, year, today: today, in: transaction) })
    }
}

extension KPI {
    /// The first fiscal year that is over and had another target before; nil for none. What an action is graded by is not
    /// changed once it is known how it came out.
    func movedTarget(since former: KPI, on today: Day) -> FiscalYear? {
        let now = targets.reduce(into: [Int: Double]()) { $0[$1.year] = $1.value }
        return former.targets.sorted { $0.year < $1.year }.first {
            FiscalYear($0.year).lastDay < today && now[$0.year] != $0.value
        }.map { FiscalYear($0.year) }
    }

    /// True where it is graded otherwise than before, although a year that it had a target for is over.
    func isGradedOtherwise(than former: KPI, on today: Day) -> Bool {
        former.targets.contains { FiscalYear($0.year).lastDay < today }
            && (kind != former.kind || better != former.better || measure != former.measure || card != former.card
                || former.baseline != nil && baseline?.value != former.baseline?.value)
    }

    static func targetIsFixed(_ year: FiscalYear) -> String {
        "\(year.wareki)は終わったので、目標は変えられません（評価のあとで目標を合わせることを防ぐためです）。事情は「人の評価」の理由に書いてください。"
    }
}

extension String {
    /// Numbers in it count as numbers: 1-2 comes before 1-10.
    fileprivate var localizedOrder: String {
        split { !$0.isNumber }.map { String(repeating: "0", count: max(0, 6 - $0.count)) + $0 }.joined(separator: "-")
    }
}

/// 進捗の表の一行. A loop that ended in a fiscal year, as the progress sheet of its action tells it: nobody types it.
struct ProgressLine: Sendable {
    let loop: Kept<Loop>

    var words: String {
        let ending = loop.ending.map { "\($0.kind.name)。\($0.reason)" } ?? ""
        guard let trial = loop.trial, let result = trial.result else { return "\(loop.title): \(ending)" }
        let expectation = trial.expectation
        return
            "\(loop.title): \(expectation.metric)は見込み\(Piece.number(expectation.expected, expectation.unit))に対して\(Piece.number(result.value, expectation.unit))。\(ending)"
    }

    /// The lines of an action in a year, the oldest first.
    static func list(_ loops: [Kept<Loop>], of action: String, in year: FiscalYear) -> [ProgressLine] {
        loops.filter { loop in
            loop.action == action && (loop.ending.map { FiscalYear(of: $0.on) == year } ?? false)
        }.map(ProgressLine.init)
    }
}
