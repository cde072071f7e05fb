import Core
import Database
import Japanese
import Register

/// 国の調査. The questions of a year's survey, each mapped to what the program keeps; how answers are worded and coded is the
/// year's own.
struct PlanSurvey: Document, Equatable {
    static var kind: String { "survey" }

    /// The year it is asked in.
    let id: String
    let name: String
    /// 調査年度.
    let surveyed: Int
    /// 調査の時点 of states.
    let observedOn: Day
    /// 実績年度 of what happened: the year before the survey's.
    let observedYear: Int
    /// The survey before; nil for the first.
    let before: String?
    let words: [String: String]
    let codes: [String: String]
    let questions: [Question]
    /// 回答の締切; nil while it is not known.
    var due: Day?
    /// What people answered, by question; the newest last.
    var answers: [Written]?
    /// 回答済み: the answers as they were sent in, by question.
    var closed: Closed?

    private enum CodingKeys: String, CodingKey {
        case id, name, surveyed, before, words, codes, questions, due, answers, closed
        case observedOn = "observed_on"
        case observedYear = "observed_year"
    }

    struct Question: Sendable, Codable, Equatable, Identifiable {
        let id: String
        let no: String
        let part: String
        let text: String
        let kind: Kind
        let field: Field
        /// Of which measure or procedure.
        let of: String?
    }

    enum Kind: String, Sendable, Codable, CaseIterable {
        case yesNo = "yes-no"
        case count
        case percent
    }

    /// What of the program answers a question.
    enum Field: String, Sendable, Codable, CaseIterable {
        case chair, plan, organisation, kpi, measure, cases
        case counterWriting = "counter-writing"
        case onlineSystem = "online-system"
        case onlineCases = "online-cases"
        case dashboardAll = "dashboard-all"
        case dashboardOnline = "dashboard-online"
        /// People answer, with evidence.
        case written

        /// どこを見れば確かめられるか.
        var name: String {
            switch self {
            case .chair: "会議体「委員会」の委員長"
            case .plan: "計画の版の策定日と期間"
            case .organisation: "委員会と協力員の在任"
            case .kpi: "取組のKPI"
            case .measure: "指標の記録"
            case .cases, .onlineCases: "申請の記録"
            case .counterWriting: "窓口入力で届いた申請の記録"
            case .onlineSystem: "公開中のオンライン様式"
            case .dashboardAll, .dashboardOnline: "手続・業務台帳"
            case .written: "職員の記入"
            }
        }
    }

    struct Written: Sendable, Codable, Equatable {
        let question: String
        /// `yes`, `no`, or a number.
        let answer: String
        let evidence: String
        let on: Day
        let by: String
    }

    struct Closed: Sendable, Codable, Equatable {
        let on: Day
        let by: String
        let answers: [String: Answered]
    }

    /// An answer as it was sent in: `yes`, `no` or a number, with its evidence and day.
    struct Answered: Sendable, Codable, Equatable {
        let answer: String
        let evidence: String
        let on: Day
    }

    func written(_ question: String) -> Written? { answers?.last { $0.question == question } }

    /// An answer as this year's survey words it.
    func worded(_ answer: String?) -> String { answer.map { words[$0] ?? $0 } ?? "" }

    /// An answer as this year's survey codes it.
    func coded(_ answer: String?) -> String { answer.map { codes[$0] ?? $0 } ?? "" }
}

/// 調査票. A survey with what can be answered, where from, and what cannot yet.
struct SurveySheet: Sendable {
    let survey: Kept<PlanSurvey>
    let lines: [Line]

    struct Line: Sendable {
        let question: PlanSurvey.Question
        /// `yes`, `no` or a number; nil where it cannot be answered yet.
        let answer: String?
        let evidence: String
        let on: Day?
        /// What was answered the year before, in that year's words.
        let before: String
    }

    /// How many questions cannot be answered yet.
    var open: Int { lines.count { $0.answer == nil } }

    static let header = ["番号", "区分", "問い", "回答", "符号", "根拠", "時点", "もとの項目", "前年の回答", "回答できない"]

    var rows: [[String]] {
        [Self.header]
            + lines.map { line in
                [
                    line.question.no, line.question.part, line.question.text, survey.content.worded(line.answer),
                    survey.content.coded(line.answer), line.evidence, line.on?.iso ?? "", line.question.field.name,
                    line.before,
                    line.answer == nil ? "まだ" : "",
                ]
            }
    }
}

extension Governance {
    /// Every survey with its answers as they are now, the oldest first.
    func surveys(on today: Day, in transaction: Transaction) throws -> [SurveySheet] {
        let kept = try Kept<PlanSurvey>.list(in: transaction).sorted { $0.surveyed < $1.surveyed }
        return try kept.map { try sheet($0, kept, on: today, in: transaction) }
    }

    func sheet(
        _ survey: Kept<PlanSurvey>, _ all: [Kept<PlanSurvey>], on today: Day, in transaction: Transaction
    ) throws -> SurveySheet {
        let former = all.first { $0.id == survey.before }
        let lines = try survey.questions.map { question in
            // What was sent in stays as it was; what was left open then stays open.
            let found =
                try survey.closed.map { $0.answers[question.id] }
                ?? answer(question, survey.content, on: today, in: transaction)
            let told = former?.closed?.answers[question.id]?.answer
            return SurveySheet.Line(
                question: question, answer: found?.answer,
                evidence: found?.evidence ?? "", on: found?.on, before: former.map { $0.content.worded(told) } ?? "")
        }
        return SurveySheet(survey: survey, lines: lines)
    }

    /// What the program knows of a question; nil where it cannot be answered yet. What people wrote comes first.
    private func answer(
        _ question: PlanSurvey.Question, _ survey: PlanSurvey, on today: Day, in transaction: Transaction
    ) throws -> PlanSurvey.Answered? {
        if let written = survey.written(question.id) {
            return PlanSurvey.Answered(answer: written.answer, evidence: written.evidence, on: written.on)
        }
        let day = min(survey.observedOn, today)
        switch question.field {
        case .written: return nil
        case .chair, .organisation: return try organisation(question.field, on: day, in: transaction)
        case .plan:
            let plan = try Kept<PlanVersion>.list(in: transaction).map(\.content).last { $0.holds(on: day) }
            return plan.map {
                PlanSurvey.Answered(
                    answer: "yes", evidence: "\($0.title) 第\($0.number)版（\($0.adoptedOn ?? "")策定、\($0.period)）", on: day
                )
            }
        case .kpi:
            let plan = try currentPlan(on: today, in: transaction)?.number
            let actions = try Kept<PlanAction>.list(in: transaction).filter { $0.plan == plan }
            let kpis = actions.flatMap(\.kpis)
            return kpis.isEmpty
                ? nil : PlanSurvey.Answered(answer: "yes", evidence: "取組\(actions.count)、KPI\(kpis.count)", on: today)
        case .measure:
            guard let measure = question.of.flatMap(shelf.find) else { return nil }
            let year = FiscalYear(survey.observedYear)
            guard year.firstMonth <= Month(of: today) else { return nil }
            let reading = try shelf.reading(
                measure, .init(months: year.firstMonth...min(year.lastMonth, Month(of: today)), today: today),
                in: transaction)
            return reading.map {
                PlanSurvey.Answered(
                    answer: ActionSheet.written($0.value), evidence: "\(measure.name)（\(measure.source)）",
                    on: min(year.lastDay, today))
            }
        case .cases, .onlineCases, .counterWriting: return try counted(question, survey, on: today, in: transaction)
        case .onlineSystem:
            let forms = try Card.list(in: transaction).filter { try caseNumbers.form($0.id, transaction) != nil }
            return forms.isEmpty
                ? nil : PlanSurvey.Answered(answer: "yes", evidence: "オンラインで申請できる手続き \(forms.count)", on: today)
        case .dashboardAll, .dashboardOnline:
            let cards = try Card.list(in: transaction).filter { card in
                card.retirement == nil && (card.references ?? []).contains { $0.scheme == .dashboard }
            }
            guard !cards.isEmpty else { return nil }
            let online = try cards.filter { card in
                try caseNumbers.form(card.id, transaction) != nil || (card.channels ?? []).contains(.online)
            }
            let number = question.field == .dashboardAll ? cards.count : online.count
            return PlanSurvey.Answered(answer: String(number), evidence: "台帳の手続き（ダッシュボードの手続名つき）", on: today)
        }
    }

    private func organisation(_ field: PlanSurvey.Field, on day: Day, in transaction: Transaction) throws -> PlanSurvey
        .Answered?
    {
        let bodies = try Kept<Body>.list(in: transaction)
        guard let committee = bodies.first(where: { $0.sort == .committee }) else { return nil }
        let seats = committee.content.seats(on: day)
        if field == .chair {
            return seats.first { $0.post == .chair }.map {
                PlanSurvey.Answered(
                    answer: "yes", evidence: "\(committee.name)の委員長 \($0.name)（\($0.from.iso)から\($0.until.iso)まで）",
                    on: day)
            }
        }
        let liaisons = bodies.filter { $0.sort == .liaisons }.flatMap { $0.content.seats(on: day) }
        guard !seats.isEmpty, !liaisons.isEmpty else { return nil }
        return PlanSurvey.Answered(
            answer: "yes", evidence: "\(committee.name)（委員\(seats.count)人、\(committee.rule)）と協力員\(liaisons.count)人",
            on: day)
    }

    private func counted(
        _ question: PlanSurvey.Question, _ survey: PlanSurvey, on today: Day, in transaction: Transaction
    ) throws -> PlanSurvey.Answered? {
        let year = FiscalYear(survey.observedYear)
        let last = min(year.lastMonth, Month(of: today))
        guard year.firstMonth <= last, let first = try caseNumbers.first(transaction), first <= last else { return nil }
        let months = try caseNumbers.byMonth(
            question.field == .counterWriting ? nil : question.of, year.firstMonth...last, transaction)
        let numbers = YearNumbers(year: year, months: months, days: [])
        // What began to be counted within the year does not tell the year.
        let note = first > year.firstMonth ? "（\(first.iso)から数えています）" : ""
        switch question.field {
        case .counterWriting:
            let sent = numbers.mouths[.counter]?.sent ?? 0
            return sent > 0 ? PlanSurvey.Answered(answer: "yes", evidence: "窓口入力で届いた申請がある\(note)", on: last.last) : nil
        case .onlineCases:
            return numbers.total.sent > 0
                ? PlanSurvey.Answered(
                    answer: String(numbers.online), evidence: "\(year.wareki)の申請の記録\(note)", on: last.last) : nil
        default:
            return numbers.total.sent > 0
                ? PlanSurvey.Answered(
                    answer: String(numbers.total.sent), evidence: "\(year.wareki)の申請の記録\(note)", on: last.last)
                : nil
        }
    }

    /// 記入.
    func answer(
        _ written: PlanSurvey.Written, of id: String, seen: Int?, by officer: Officer, at moment: Moment
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var survey = try Kept<PlanSurvey>.require(id, seen: seen, in: transaction)
            guard survey.closed == nil else { throw Refused.notNow("この調査は回答済みです。") }
            survey.content.answers = (survey.answers ?? []) + [written]
            try survey.save("answered", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// 回答の締切: from two weeks before on, the secretariat is told.
    func setDue(_ day: Day?, of id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var survey = try Kept<PlanSurvey>.require(id, seen: seen, in: transaction)
            guard survey.closed == nil else { throw Refused.notNow("この調査は回答済みです。") }
            guard survey.due != day else { return transaction.keepHouse("the same day again") }
            survey.content.due = day
            try survey.save("due", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// 回答済みにする: the answers stay as they were sent in.
    func closeSurvey(_ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var survey = try Kept<PlanSurvey>.require(id, seen: seen, in: transaction)
            guard survey.closed == nil else { throw Refused.notNow("この調査は回答済みです。") }
            let now = try sheet(survey, try Kept<PlanSurvey>.list(in: transaction), on: moment.day, in: transaction)
            survey.content.closed = .init(
                on: moment.day, by: Actor.officer(officer.id).text,
                answers: now.lines.reduce(into: [:]) { answers, line in
                    if let answer = line.answer, let on = line.on {
                        answers[line.question.id] = .init(answer: answer, evidence: line.evidence, on: on)
                    }
                })
            try survey.save("closed", by: .officer(officer.id), at: moment, in: transaction)
        }
    }
}
