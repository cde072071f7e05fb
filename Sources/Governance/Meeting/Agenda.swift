import Core
import Database
import Japanese

/// 議題の案. What needs the committee, found in what is kept: nobody has to remember it.
struct Agenda: Sendable {
    let items: [Meeting.Item]

    /// - Parameter told: what earlier agendas of the body have told already.
    init(_ state: GovernanceState, body: String, meeting: String, told: Set<String>, today: Day) {
        var items: [Meeting.Item] = []
        func add(_ sort: Meeting.Sort, _ title: String, _ note: String, _ about: String) {
            items.append(
                Meeting.Item(
                    id: String(items.count + 1), sort: sort, title: title, note: note, about: about, minutes: "",
                    decision: nil, hidden: nil))
        }
        for former in state.meetings where former.body == body && former.state == .minuted && former.id != meeting {
            add(.decide, "前回の議事録の承認: \(former.title)", "議事録の案を確かめて、承認します。", "minutes:\(former.id)")
        }
        for loop in state.loops where loop.content.waitsFor == .committee {
            add(.decide, "決定: \(loop.title)", Self.summary(loop.content), "loop:\(loop.id)")
        }
        for plan in state.plans where plan.state == .draft || plan.state == .comment {
            add(.decide, "計画 第\(plan.number)版の策定", plan.reason ?? "", "plan:\(plan.number)")
        }
        if let closing = state.plan, closing.isClosing(on: today) {
            for status in state.closing where status.action.fate == nil {
                add(
                    .decide, "終期の扱い: \(status.action.number) \(status.action.title)",
                    "自動の評価 \(status.automatic.mark)、人の評価 \(status.human?.mark ?? "まだ")。完了・継続・統合・中止のどれかを、理由とともに決めます。",
                    "fate:\(status.action.id)")
            }
        }
        for status in state.statuses + state.former where status.disagrees {
            add(
                .discuss, "評価の食い違い: \(status.action.number) \(status.action.title)",
                "\(status.year.wareki): 自動は\(status.automatic.mark)（\(status.automatic.meaning)）、人は\(status.human?.mark ?? "")です。",
                "action:\(status.action.id) \(status.year.year)")
        }
        for loop in state.loops where loop.content.isReviewDue(on: today) && loop.decision?.level == .committee {
            add(.discuss, "見直しの日: \(loop.title)", Self.summary(loop.content), "review:\(loop.id)")
        }
        for loop in state.loops {
            if let days = loop.content.daysUnoriented(on: today), days > Governance.orientWithin {
                add(
                    .discuss, "方向づけのない観察: \(loop.title)", "\(days)日そのままです。\(loop.observation.fact)",
                    "observe:\(loop.id)")
            }
        }
        for errand in state.errands where errand.content.isLate(on: today) {
            add(
                .report, "期限を過ぎたやること（\(state.sectionName(errand.section))）", "\(errand.due.wareki)まででした。",
                "errand:\(errand.id)")
        }
        for loop in state.loops {
            guard let ending = loop.ending, !told.contains("ended:\(loop.id)") else { continue }
            add(
                .report, "試行の結果（\(ending.kind.name)）: \(loop.title)", ProgressLine(loop: loop).words, "ended:\(loop.id)"
            )
        }
        let months = state.updates.filter { $0.confirmation == nil }
        if !months.isEmpty {
            add(
                .report, "協力員の報告（\(months.count)件）の確認",
                months.map { "\($0.month) \(state.sectionName($0.section))" }.joined(separator: "、"),
                "updates:")
        }
        self.items = items
    }

    private static func summary(_ loop: Loop) -> String {
        let seen = "\(loop.observation.fact)（\(loop.observation.source)、\(loop.observation.on.wareki)）"
        let ideas = loop.hypotheses.map { "仮説: \($0.words)。見込み \($0.size)。誤りの条件 \($0.wrongIf)" }
        let options = (loop.proposal?.options ?? []).enumerated().map { "案\($0.offset + 1): \($0.element)" }
        return ([seen] + ideas + options).joined(separator: "\n")
    }
}

/// いまの姿. Everything that homes, agendas and packets look at, read once.
struct GovernanceState: Sendable {
    let plan: PlanVersion?
    let plans: [Kept<PlanVersion>]
    let year: FiscalYear
    let statuses: [ActionStatus]
    /// The same in the fiscal year before: it is graded after its end.
    let former: [ActionStatus]
    /// The same in the last year of the plan, by which its end is judged.
    let closing: [ActionStatus]
    let loops: [Kept<Loop>]
    let bodies: [Kept<Body>]
    let meetings: [Kept<Meeting>]
    let errands: [Kept<Errand>]
    let updates: [Kept<Update>]
    let people: People
    private let sections: [Town.Section]

    /// - Parameter last: the last day that numbers are counted to; today without it.
    init(_ governance: Governance, on today: Day, countedTo last: Day? = nil, in transaction: Transaction) throws {
        let counted = last ?? today
        plan = try governance.currentPlan(on: today, in: transaction)
        plans = try Kept<PlanVersion>.list(in: transaction)
        year = FiscalYear(of: counted)
        let now = try governance.statuses(plan, year, today: counted, in: transaction)
        statuses = now
        former = try governance.statuses(plan, FiscalYear(year.year - 1), today: counted, in: transaction)
        let end = plan?.years.last ?? year
        closing = end < year ? try governance.statuses(plan, end, today: counted, in: transaction) : now
        loops = try Kept<Loop>.list(in: transaction)
        bodies = try Kept<Body>.list(in: transaction)
        meetings = try Kept<Meeting>.list(in: transaction)
        errands = try Kept<Errand>.list(in: transaction)
        updates = try Kept<Update>.list(in: transaction)
        people = try People(governance.staff, in: transaction)
        sections = governance.town.sections
    }

    /// True for a loop that is not to be public: by itself, or because the meeting that decided it keeps it back.
    func isHidden(_ loop: Kept<Loop>) -> Bool {
        loop.hidden != nil
            || meetings.contains { $0.agenda.contains { $0.about == "loop:\(loop.id)" && $0.hidden != nil } }
    }

    func sectionName(_ id: String) -> String { sections.first { $0.id == id }?.name[.ja] ?? id }

    /// The body that decides; nil where none was founded.
    var committee: Kept<Body>? { bodies.first { $0.sort == .committee } }
    var liaisons: Kept<Body>? { bodies.first { $0.sort == .liaisons } }
}

extension PlanVersion {
    /// True in the twelve months before its end and after it, as long as nothing took its place.
    func isClosing(on today: Day) -> Bool { state == .adopted && today >= until.adding(days: -365) }
}
