import Core
import Database
import Japanese
import Register
import Synchronization

/// 公開する進み具合. Everything that the public page, its data and its paper say: made once, so that their numbers are the
/// same. Nothing of it tells a single person, or ranks a section.
struct PublicProgress: Sendable, Codable, Equatable {
    let town: String
    /// The day it was made.
    let on: String
    /// The last month that is counted, `2026-10`.
    let through: String
    let plan: String
    let period: String
    let year: Int
    let use: [Use]
    /// What the nation published of the town's online shares, with the year in which it was so.
    let published: [Published]
    let items: [Item]
    let tried: [Trial]
    let voices: Voices
    let levels: [LevelLine]
    let meetings: [MeetingLine]

    /// オンラインの利用. Counts below ten, and what would tell them, are nil.
    struct Use: Sendable, Codable, Equatable {
        let card: String
        let name: String
        let sent: Int?
        let online: Int?
        let percent: Double?
    }

    struct Published: Sendable, Codable, Equatable {
        let name: String
        let percent: Double
        let year: Int
        /// The median of the nation's towns in the same year; nil where it is not known.
        let nation: Double?
        let source: String
    }

    struct Item: Sendable, Codable, Equatable {
        let no: Int
        let name: String
        let measures: [Number]
        let actions: [Action]
    }

    struct Number: Sendable, Codable, Equatable {
        let id: String
        let name: String
        let definition: String
        let unit: String
        /// Nil where it is not known, or too small to be told.
        let value: Double?
        let source: String
    }

    struct Action: Sendable, Codable, Equatable {
        let number: String
        let title: String
        let state: String
        let grade: String
        let human: String?
        let kpis: [KPILine]
        let fate: String?
    }

    struct KPILine: Sendable, Codable, Equatable {
        let name: String
        let unit: String
        let baseline: Double?
        let target: Double?
        let value: Double?
        let grade: String
    }

    struct Trial: Sendable, Codable, Equatable {
        let title: String
        let fact: String
        let idea: String
        let decision: String
        let metric: String
        let unit: String
        let expected: Double?
        let found: Double?
        /// `adopt`, `adapt`, `stop`, or `trying`.
        let ending: String
        let reason: String
        let from: String?
        let until: String?
        let isFromVoice: Bool
    }

    struct Voices: Sendable, Codable, Equatable {
        /// Nil where there are too few to tell.
        let received: Int?
        let begun: Int
    }

    struct LevelLine: Sendable, Codable, Equatable {
        let card: String
        let name: String
        let level: String?
        let missing: [String]
    }

    struct MeetingLine: Sendable, Codable, Equatable {
        let id: String
        let title: String
        let on: String
    }
}

extension Governance {
    /// What everybody may know today. Made again once anything has happened.
    func publicProgress(on today: Day, in transaction: Transaction) throws -> PublicProgress? {
        let newest: String? = try transaction.row("SELECT id FROM event ORDER BY id DESC LIMIT 1")?["id"]
        return try progressShelf.progress("\(today.iso) \(newest ?? "")") {
            try makeProgress(on: today, in: transaction)
        }
    }

    private func makeProgress(on today: Day, in transaction: Transaction) throws -> PublicProgress? {
        // Months that are over alone: what changes from day to day would tell of single people.
        let counted = Month(of: today).first.adding(days: -1)
        let state = try GovernanceState(self, on: today, countedTo: counted, in: transaction)
        guard let plan = state.plan, plan.state == .adopted || plan.state == .replaced else { return nil }
        let numbers = try publicNumbers(FiscalYear(of: counted), today, transaction)
        let cards = try Card.list(in: transaction).filter { $0.retirement == nil }
        let names = cards.reduce(into: [Card.ID: String]()) { $0[$1.id] = $1.name[.ja] }
        let use = (numbers?.rows ?? []).compactMap { row -> PublicProgress.Use? in
            guard let name = names[row.card] else { return nil }
            return PublicProgress.Use(
                card: row.card, name: name, sent: row.counts.sent, online: row.counts.online,
                percent: row.counts.onlineShare.map(Self.rounded))
        }
        let levels = try LevelList.read(in: transaction).lines.filter { $0.card.retirement == nil }
        let voices = try shelf.find("voices").flatMap { measure in
            let last = Month(of: counted)
            return try measure.reading(.init(months: last.adding(months: -11)...last, today: today), in: transaction)
        }
        return PublicProgress(
            town: town.name[.ja], on: today.iso, through: Month(of: counted).iso,
            plan: "\(plan.title) 第\(plan.number)版", period: plan.period,
            year: state.year.year, use: use.sorted { ($1.sent ?? 0, $0.card) < ($0.sent ?? 0, $1.card) },
            published: try published(in: transaction),
            items: try plan.items.map { try item($0, state, today: counted, in: transaction) },
            tried: state.loops.filter { ($0.trial != nil || $0.ending != nil) && !state.isHidden($0) }.map(Self.trial)
                .reversed(),
            voices: .init(
                received: voices.flatMap { $0.isSmall ? nil : Int($0.value) },
                begun: voices.flatMap { $0.isSmall ? nil : 0 }.map { _ in
                    state.loops.count { loop in
                        loop.observation.origin == .voice
                            && loop.observation.recordedAt.day > counted.adding(days: -366)
                    }
                } ?? 0),
            levels: levels.map { line in
                .init(
                    card: line.card.id, name: line.card.name[.ja], level: line.record?.level.mark,
                    missing: line.record?.missing ?? [])
            },
            meetings: state.meetings.filter { $0.state == .published }.map {
                .init(id: $0.id, title: $0.title, on: $0.on.iso)
            }
            .reversed())
    }

    private func item(
        _ item: PlanVersion.Item, _ state: GovernanceState, today: Day, in transaction: Transaction
    ) throws -> PublicProgress.Item {
        let last = Month(of: today)
        let numbers = try (item.measures ?? []).compactMap { id -> PublicProgress.Number? in
            guard let measure = shelf.find(id) else { return nil }
            let scope = Measure.Scope(months: FiscalYear(of: today).firstMonth...last, today: today)
            let reading = try shelf.reading(measure, scope, in: transaction)
            let isShown = reading.map { Self.isTold($0.value, measure.unit.rawValue, small: $0.isSmall) } ?? false
            return .init(
                id: id, name: measure.name, definition: measure.definition, unit: measure.unit.rawValue,
                value: isShown ? reading.map { Self.rounded($0.value) } : nil, source: measure.source)
        }
        let actions = state.statuses.filter { $0.action.content.serves(item.no) }.map { status in
            let kpis = status.kpis.map(Self.line)
            let grades = kpis.compactMap { Grade(rawValue: $0.grade) }.filter { $0 != .none }
            return PublicProgress.Action(
                number: status.action.number, title: status.action.title, state: status.action.content.state.name,
                grade: (grades.min { $0.rank ?? 0 < $1.rank ?? 0 } ?? .none).rawValue, human: status.human?.rawValue,
                kpis: kpis, fate: status.action.fate?.kind.name)
        }
        return .init(no: item.no, name: item.name, measures: numbers, actions: actions)
    }

    /// A KPI as everybody may see it. What is measured on people's cases is not told of a single procedure: there the
    /// table of use says what may be told.
    private static func line(_ status: KPIStatus) -> PublicProgress.KPILine {
        let kpi = status.kpi
        let isShown =
            kpi.card == nil && (status.value.map { isTold($0, kpi.unit, small: status.isSmall) } ?? false)
        return .init(
            name: kpi.name, unit: kpi.unit,
            baseline: kpi.baseline.flatMap { isTold($0.value, kpi.unit, small: false) ? $0.value : nil },
            target: status.target, value: isShown ? status.value.map(rounded) : nil,
            grade: isShown ? status.grade.rawValue : Grade.none.rawValue)
    }

    /// 少件数: people and cases below ten are not told, but for none at all.
    private static func isTold(_ value: Double, _ unit: String, small: Bool) -> Bool {
        guard !small else { return false }
        return !["人", "件"].contains(unit) || value == 0 || value >= Double(Suppression.fewest)
    }

    /// オンライン申請率 as the dashboard of デジタル庁 has it, the highest first.
    private func published(in transaction: Transaction) throws -> [PublicProgress.Published] {
        let table = IndicatorTable(try IndicatorValue.all(in: transaction))
        let head = "オンライン申請率: "
        return table.names.filter { $0.hasPrefix(head) }.compactMap { name -> PublicProgress.Published? in
            guard let year = table.years(name).first, let own = table.value(name, year, town.name[.ja]),
                let percent = own.number
            else { return nil }
            return .init(
                name: String(name.dropFirst(head.count)), percent: percent, year: year,
                nation: table.value(name, year, "全国（中央値）")?.number, source: own.source)
        }.sorted { ($1.percent, $0.name) < ($0.percent, $1.name) }
    }

    /// To a tenth, as it is shown.
    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    private static func trial(_ loop: Kept<Loop>) -> PublicProgress.Trial {
        .init(
            title: loop.title, fact: loop.observation.fact, idea: loop.hypotheses.first?.words ?? "",
            decision: loop.decision?.sentence ?? "", metric: loop.trial?.expectation.metric ?? "",
            unit: loop.trial?.expectation.unit ?? "",
            expected: loop.trial.flatMap {
                isTold($0.expectation.expected, $0.expectation.unit, small: false) ? $0.expectation.expected : nil
            },
            found: loop.trial.flatMap { trial in
                trial.result.flatMap {
                    isTold($0.value, trial.expectation.unit, small: false) ? rounded($0.value) : nil
                }
            }, ending: loop.ending?.kind.rawValue ?? "trying",
            reason: loop.ending?.reason ?? "", from: loop.trial?.start.iso, until: loop.trial?.end.iso,
            isFromVoice: loop.observation.origin == .voice)
    }
}

/// The newest public progress, kept as long as nothing has happened.
final class ProgressShelf: Sendable {
    private let known = Mutex<(key: String, progress: PublicProgress?)?>(nil)

    func progress(_ key: String, make: () throws -> PublicProgress?) rethrows -> PublicProgress? {
        if let known = known.withLock({ $0 }), known.key == key { return known.progress }
        let progress = try make()
        known.withLock { $0 = (key, progress) }
        return progress
    }
}
