import Core
import Database
import Japanese
import Register

/// 月の報告. What the 協力員 of a section tells of a month: they report, the committee confirms. Its id is the section and the
/// month, so that there is one.
struct Update: Document, Equatable {
    static var kind: String { "update" }

    let section: String
    /// `2026-11`.
    let month: String
    var lines: [Line]
    /// 困っていること・手伝ってほしいこと.
    var ask: String
    /// Who reported, as ``Actor/text``.
    var by: String
    var on: Day
    var confirmation: Confirmation?

    /// What is told of an action.
    struct Line: Sendable, Codable, Equatable {
        let action: String
        let state: PlanAction.State
        let words: String
    }

    /// 確認, by the committee or who leads it.
    struct Confirmation: Sendable, Codable, Equatable {
        let by: String
        let on: Day
        let words: String
    }

    static func id(_ section: String, _ month: Month) -> String { "\(section)-\(month.iso)" }
}

/// 報告の下書き. What the system knows already of a section's month, so that nobody has to type it.
struct UpdateStart: Sendable {
    /// An action of the section, with what happened to it in the month.
    struct Part: Sendable {
        let status: ActionStatus
        let known: String
    }

    let parts: [Part]
    /// 次に必要な事実: cards of the section, those nearest to their next level first.
    let needed: [LevelList.Line]

    init(_ state: GovernanceState, section: String, month: Month, levels: LevelList) {
        parts = state.statuses.filter { $0.action.section == section }.map { status in
            let loops = state.loops.filter { $0.action == status.action.id }
            var known = loops.compactMap { Self.told($0, month) }
            known += status.kpis.filter { $0.value != nil }.map {
                "\($0.kpi.name)は\(Piece.number($0.value, $0.kpi.unit))（目標 \(Piece.number($0.target, $0.kpi.unit))）。"
            }
            return Part(status: status, known: String(known.joined(separator: "\n").prefix(600)))
        }
        needed = levels.lines.filter { $0.card.section == section && $0.card.retirement == nil }
            .filter { ($0.record?.missing.isEmpty ?? true) == false }
            .sorted { ($0.record?.missing.count ?? 0, $0.card.id) < ($1.record?.missing.count ?? 0, $1.card.id) }
    }

    /// What became of a loop in a month; nil where nothing did.
    private static func told(_ loop: Kept<Loop>, _ month: Month) -> String? {
        func isNow(_ day: Day?) -> Bool { day.map { Month(of: $0) == month } ?? false }
        if let ending = loop.ending, isNow(ending.on) { return ProgressLine(loop: loop).words }
        if isNow(loop.trial?.result?.on) { return "\(loop.title): 試行の結果が出ました。" }
        if isNow(loop.trial?.start) { return "\(loop.title): 試行を始めました。" }
        if isNow(loop.decision?.decidedOn) { return "\(loop.title): \(loop.decision?.sentence ?? "")と決まりました。" }
        return isNow(loop.observation.on) ? "\(loop.title): 観察を残しました。" : nil
    }
}

extension Governance {
    /// 報告. Its states become those of the actions.
    func report(_ update: Update, month: Month, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        guard officer.mayReport(for: update.section) else { throw Refused.notYours }
        let now = Month(of: moment.day)
        guard (now.adding(months: -3)...now).contains(month) else { throw Refused.unusable("報告できるのは、この月と、前の3か月です。") }
        try await database.write { transaction in
            let id = Update.id(update.section, month)
            var kept = try Kept<Update>.find(id, in: transaction) ?? Kept(update, id: id, at: moment)
            guard seen == nil || seen == kept.revision else { throw Refused.overtaken }
            guard kept.confirmation == nil else { throw Refused.notNow("この月の報告は、もう確認されています。") }
            kept.content = update
            try kept.save("reported", by: .officer(officer.id), at: moment, in: transaction)
            // An older month does not put the actions back to where they were.
            let isNewest = try Kept<Update>.list(in: transaction).allSatisfy {
                $0.section != update.section || $0.month <= update.month
            }
            for line in update.lines where isNewest {
                var action = try Kept<PlanAction>.require(line.action, in: transaction)
                guard action.content.state != line.state, action.section == update.section, action.fate == nil else {
                    continue
                }
                action.content.state = line.state
                try action.save("moved", by: .officer(officer.id), at: moment, in: transaction)
            }
            if !update.ask.isEmpty {
                try notifySecretariat(
                    .init(
                        "ask \(id)", "\(town.sectionName(update.section)[.ja])から相談があります（\(month.iso)の報告）",
                        .update(update.section, month)),
                    at: moment, in: transaction)
            }
        }
    }

    /// 確認, by who leads the plan.
    func confirm(_ id: String, words: String, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.leadPlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var update = try Kept<Update>.require(id, in: transaction)
            guard update.confirmation == nil else { return transaction.keepHouse("confirmed before") }
            update.content.confirmation = .init(by: Actor.officer(officer.id).text, on: moment.day, words: words)
            try update.save("confirmed", by: .officer(officer.id), at: moment, in: transaction)
        }
    }
}
