import Core
import Database
import Japanese
import Register

extension Governance {
    static let recordMeasures = "measures.record"

    /// 指標の記録. Every month, what the months that are over came to.
    var recordingMeasures: JobHandler {
        JobHandler(Self.recordMeasures) { _, moment in
            _ = try await recordMonths(at: moment)
            try await database.write { transaction in
                transaction.keepHouse("tomorrow's measures")
                guard try !JobQueue.isWaiting(Self.recordMeasures, after: moment, in: transaction) else { return }
                let tomorrow = Moment(startOf: moment.day.adding(days: 1)).adding(seconds: 4 * 3600)
                try transaction.enqueue(Self.recordMeasures, [:], at: tomorrow)
            }
        }
    }

    /// Keeps the value of every measure for the month before this one, of the town and of the procedures that KPIs and
    /// trials look at; and for the eleven months before it what was missed, or what came to be another number since. How
    /// things were at the end of a month that was missed cannot be counted any more. Gives how many values were added.
    func recordMonths(at moment: Moment) async throws -> Int {
        let last = Month(of: moment.day).adding(months: -1)
        var added = 0
        for back in 0..<12 { added += try await record(last.adding(months: -back), isLast: back == 0, at: moment) }
        return added
    }

    private func record(_ month: Month, isLast: Bool, at moment: Moment) async throws -> Int {
        let today = moment.day
        return try await database.write { transaction in
            let actions = try Kept<PlanAction>.list(in: transaction)
            let trials = try Kept<Loop>.list(in: transaction).compactMap { $0.trial?.expectation }
            let watched = Set(
                actions.flatMap(\.kpis).map { Watched($0.measure, $0.card) }
                    + trials.map { Watched($0.measure, $0.card) })
            var added = 0
            for measure in shelf.measures where !shelf.isEntered(measure.id) && (isLast || measure.span == .flow) {
                let cards = watched.filter { $0.measure == measure.id }.compactMap(\.card).sorted()
                for card in [nil] + cards.map(Optional.some) {
                    let scope = Measure.Scope(card: card, months: month...month, today: today)
                    guard let reading = try measure.reading(scope, in: transaction) else { continue }
                    // How things are is kept once, as it was when the month was over.
                    if measure.span == .state,
                        try !MeasureValue.all(measure.id, card: card, month...month, in: transaction).isEmpty
                    {
                        continue
                    }
                    let value = MeasureValue(
                        measure: measure.id, card: card, month: month, value: reading.value, cases: reading.cases,
                        source: measure.source, evidence: nil, by: .system, at: moment)
                    if try value.add(in: transaction) { added += 1 }
                }
            }
            if added == 0 { transaction.keepHouse("nothing new") }
            if added > 0 {
                try transaction.record(
                    Event("measure.recorded", subject: month.iso, detail: ["values": String(added)]), by: .system,
                    at: moment)
            }
            return added
        }
    }

    private struct Watched: Hashable {
        let measure: String?
        let card: Card.ID?

        init(_ measure: String?, _ card: Card.ID?) { (self.measure, self.card) = (measure, card) }
    }

    /// Who may enter a value of a measure: who keeps the plan, and the sections of the actions that it is about.
    func mayEnter(_ measure: String, _ officer: Officer, on today: Day, in transaction: Transaction) throws -> Bool {
        if officer.may(.preparePlan) { return true }
        let plan = try currentPlan(on: today, in: transaction)
        let items = (plan?.items ?? []).filter { ($0.measures ?? []).contains(measure) }.map(\.no)
        return try Kept<PlanAction>.list(in: transaction).contains { action in
            action.plan == plan?.number && officer.mayReport(for: action.section)
                && (action.kpis.contains { $0.measure == measure } || items.contains(where: action.content.serves))
        }
    }

    /// 値の記録. A month's value of a measure that nothing counts by itself.
    func enter(
        _ value: Double, for month: Month, of measure: String, evidence: String, by officer: Officer, at moment: Moment
    ) async throws {
        guard shelf.isEntered(measure) else { throw Refused.notNow("この指標は自動で数えています。手では記録できません。") }
        guard try await database.read({ try mayEnter(measure, officer, on: moment.day, in: $0) }) else {
            throw Refused(
                .notAllowed, Text(verbatim: "この指標の値は、デジタル推進室か、この指標を使う取組の主管課が記録します。デジタル推進室に相談してください。"))
        }
        let now = Month(of: moment.day)
        guard (now.adding(months: -36)...now).contains(month) else { throw Refused.unusable("記録できるのは、この月までの3年分です。") }
        guard value >= 0, shelf.find(measure)?.unit != .percent || value <= 100 else {
            throw Refused.unusable("値は0以上（割合は0から100まで）で入力してください。")
        }
        try await database.write { transaction in
            let entered = MeasureValue(
                measure: measure, card: nil, month: month, value: value, cases: nil, source: "職員の記録",
                evidence: evidence,
                by: .officer(officer.id), at: moment)
            guard try entered.add(in: transaction) else { return transaction.keepHouse("the same value again") }
            try transaction.record(
                Event("measure.entered", subject: measure, detail: ["month": month.iso]), by: .officer(officer.id),
                at: moment)
        }
    }

    /// 国の指標の取込み.
    func takeIndicators(
        _ bytes: [UInt8], by officer: Officer, at moment: Moment
    ) async throws -> (added: Int, corrected: Int, findings: [SheetReport.Finding]) {
        let actor = Actor.officer(officer.id)
        let (values, findings) = IndicatorFile.read(bytes, by: actor, at: moment)
        guard findings.isEmpty else { return (0, 0, findings) }
        return try await database.write { transaction in
            let (added, corrected) = try IndicatorFile.keep(values, in: transaction)
            if added + corrected == 0 {
                transaction.keepHouse("nothing new")
            } else {
                try transaction.record(
                    Event(
                        "indicator.taken", subject: town.code,
                        detail: ["added": String(added), "corrected": String(corrected)]), by: actor, at: moment)
            }
            return (added, corrected, [])
        }
    }
}
