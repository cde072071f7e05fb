import Core
import Japanese
import Register

/// 取組. What the town does for an item of its plan: how things are, what is the matter, what is done, by whom, until when,
/// and by which numbers it is seen whether it helped.
struct PlanAction: Document, Equatable {
    static var kind: String { "action" }

    /// 1-1. Shown before the title.
    var number: String
    /// The number of the plan's version.
    var plan: String
    /// 重点取組事項.
    var item: Int
    /// 再掲: further items it serves.
    var also: [Int]
    var title: String
    /// 現状.
    var situation: String
    /// 課題.
    var issue: String
    /// 取組内容.
    var work: String
    /// 主管課.
    var section: String
    /// 関係課.
    var coSections: [String]
    var cards: [Card.ID]
    var budgets: [Budget]
    var schedule: [Milestone]
    var kpis: [KPI]
    var state: State
    /// 評価 by people, the newest of a year last.
    var gradings: [Grading]
    /// 終期の扱い; nil until the committee has decided.
    var fate: Fate?
    /// The action of the former plan that it goes on with.
    var follows: [String]

    /// 実施の状態: an axis of its own, beside how far the goal is reached.
    enum State: String, Sendable, Codable, CaseIterable {
        case waiting, working, done, stopped

        var name: String {
            switch self {
            case .waiting: "未着手"
            case .working: "実施中"
            case .done: "完了"
            case .stopped: "中止"
            }
        }
    }

    /// 予算.
    struct Budget: Sendable, Codable, Equatable {
        /// The Gregorian year in which the fiscal year begins.
        let year: Int
        /// Yen; nil is unknown, not nothing.
        let yen: Int?
        /// 財源.
        let source: String
    }

    /// 日程, by quarters of a fiscal year.
    struct Milestone: Sendable, Codable, Equatable {
        let year: Int
        /// 1 for April to June.
        let first: Int
        let last: Int
        let words: String

        /// 令和8年度 第1〜2四半期.
        var time: String {
            "\(FiscalYear(year).wareki) 第\(first)\(first == last ? "" : "〜\(last)")四半期"
        }
    }

    /// 人の評価.
    struct Grading: Sendable, Codable, Equatable {
        let year: Int
        let grade: Grade
        let words: String
        /// Who, as ``Actor/text``.
        let by: String
        let on: Day
    }

    /// The newest grade that people gave for a year.
    func grading(_ year: FiscalYear) -> Grading? { gradings.last { $0.year == year.year } }

    /// True if it serves the item, first of all or besides.
    func serves(_ no: Int) -> Bool { item == no || also.contains(no) }
}

/// KPI. A number by which it is seen whether an action helps.
struct KPI: Sendable, Codable, Equatable, Identifiable {
    /// Unlike the others of its action.
    let id: String
    var name: String
    var kind: Kind
    var better: Measure.Better
    /// 件, %, …
    var unit: String
    var baseline: Baseline?
    var targets: [Target]
    /// The measure it is read from; nil for one that people enter with evidence.
    var measure: String?
    /// The procedure that the measure is about; nil for the whole town.
    var card: Card.ID?
    /// What people entered, the newest of a year last: a correction is another entry.
    var actuals: [Actual]

    enum Kind: String, Sendable, Codable, CaseIterable {
        case annual, cumulative, milestone, ratio

        var name: String {
            switch self {
            case .annual: "年ごとの値"
            case .cumulative: "累計"
            case .milestone: "達成したか"
            case .ratio: "割合"
            }
        }

        /// How a value of a year is made of what was entered or measured.
        var rule: String {
            switch self {
            case .annual: "その年度の合計"
            case .cumulative: "基準値に、そのあとの合計を足したもの"
            case .milestone: "達成したら1"
            case .ratio: "その年度の割合"
            }
        }
    }

    struct Baseline: Sendable, Codable, Equatable {
        let value: Double
        /// As of when: `2023-03-31`.
        let on: Day
        let source: String
    }

    struct Target: Sendable, Codable, Equatable {
        let year: Int
        let value: Double
    }

    struct Actual: Sendable, Codable, Equatable {
        let year: Int
        let value: Double
        /// 根拠: where it can be looked up.
        let evidence: String
        let on: Day
        let by: String
    }

    /// The target of a year: its own, or the newest before it.
    func target(_ year: FiscalYear) -> Target? {
        targets.filter { $0.year <= year.year }.max { $0.year < $1.year } ?? targets.min { $0.year < $1.year }
    }

    /// What was entered for a year, the newest.
    func actual(_ year: FiscalYear) -> Actual? { actuals.last { $0.year == year.year } }

    /// What was entered, as its kind makes a value of it.
    func entered(_ year: FiscalYear) -> Double? {
        switch kind {
        case .annual, .ratio: return actual(year)?.value
        // Once reached it stays reached.
        case .milestone: return actuals.last { $0.year <= year.year }?.value
        case .cumulative:
            let since = baseline.map { FiscalYear(of: $0.on).year } ?? Int.min
            let newest = actuals.filter { $0.year <= year.year && $0.year > since }
                .reduce(into: [Int: Double]()) { $0[$1.year] = $1.value }
            return newest.isEmpty ? nil : (baseline?.value ?? 0) + newest.values.reduce(0, +)
        }
    }
}

/// 達成度. The machine's scale: from baseline, target and value alone, with the better direction in mind.
enum Grade: String, Sendable, Codable, CaseIterable {
    case s = "S", a = "A", b = "B", c = "C"
    /// 評価できない: no grade, and not the worst one.
    case none = "-"

    /// Reads a grade as people write it. 「D」 is 評価できない on the scales of other towns, never the worst.
    init?(written: String) {
        switch Width.narrow(Spaces.trim(written)).uppercased() {
        case "S": self = .s
        case "A": self = .a
        case "B": self = .b
        case "C": self = .c
        case "-", "−", "ー", "―", "–", "D", "Z": self = .none
        default: return nil
        }
    }

    var mark: String { self == .none ? "−" : rawValue }

    var meaning: String {
        switch self {
        case .s: "目標に達した"
        case .a: "基準より良い"
        case .b: "基準と同じくらい（差が10%以内）"
        case .c: "基準より悪い"
        case .none: "評価できない"
        }
    }

    /// The grade of a value: S at the target or beyond, A better than the baseline, B at most 10 % worse than it, C worse;
    /// none where something that it takes is not known.
    static func of(_ value: Double?, baseline: Double?, target: Double?, better: Measure.Better) -> Grade {
        guard let value else { return .none }
        if let target, better.gain(from: target, to: value) >= 0 { return .s }
        guard let baseline else { return .none }
        let gain = better.gain(from: baseline, to: value)
        if gain > 0 { return .a }
        return -gain <= abs(baseline) * 0.1 ? .b : .c
    }

    /// Worse first; what cannot be told is not in the order.
    var rank: Int? {
        switch self {
        case .c: 0
        case .b: 1
        case .a: 2
        case .s: 3
        case .none: nil
        }
    }
}

/// KPIの状況. A KPI in a fiscal year: its value, where from, and the grade that follows.
struct KPIStatus: Sendable, Equatable {
    let kpi: KPI
    let year: FiscalYear
    let value: Double?
    /// 出典.
    let source: String?
    /// Too few cases to be told to everybody.
    let isSmall: Bool
    /// True for a sum of a year that is not over: it will still grow.
    let isPartial: Bool
    /// True once the fiscal year is over.
    let isOver: Bool

    var target: Double? { kpi.target(year)?.value }

    var grade: Grade {
        if kpi.kind == .milestone {
            if value ?? 0 >= 1 { return .s }
            // Not reached is no grade before the year of its target is over.
            let due = kpi.targets.map(\.year).min()
            return due.map { $0 < year.year || ($0 == year.year && isOver) } ?? false ? .c : .none
        }
        let grade = Grade.of(value, baseline: kpi.baseline?.value, target: target, better: kpi.better)
        // What has already been reached will not be less; everything else waits for the end of the year.
        return isPartial && !(grade == .s && kpi.better == .higher) ? .none : grade
    }

    /// Why there is no grade, or what it follows from.
    var reason: String {
        if kpi.kind == .milestone, grade != .s { return grade == .c ? "期限までに達成していません" : "まだ達成していません（期限の前）" }
        guard value != nil else { return "値がまだありません" }
        guard grade == .none else { return grade.meaning }
        return isPartial ? "年度の途中です" : "基準値がなく、目標にも達していないので、評価できません"
    }
}

/// 取組の状況. An action in a fiscal year: its KPIs, the grade that follows from them, and the one people gave.
struct ActionStatus: Sendable {
    let action: Kept<PlanAction>
    let year: FiscalYear
    let kpis: [KPIStatus]

    /// The lowest grade of its KPIs: none hides behind another; none where nothing can be told.
    var automatic: Grade {
        kpis.map(\.grade).filter { $0 != .none }.min { $0.rank ?? 0 < $1.rank ?? 0 } ?? .none
    }

    var human: Grade? { action.content.grading(year)?.grade }

    /// 人の評価と自動の評価の食い違い. One that people could not give is no other opinion.
    var disagrees: Bool {
        guard let human, human != .none, automatic != .none else { return false }
        return human != automatic
    }
}

/// 終期の扱い. What becomes of an action when the plan ends: exactly one of these, with a reason.
struct Fate: Sendable, Codable, Equatable {
    let kind: Kind
    let reason: String
    /// The action it becomes part of, where it is merged.
    let into: String?
    /// The meeting that decided.
    let meeting: String?
    /// Who wrote it down, as ``Actor/text``.
    let by: String
    let on: Day

    enum Kind: String, Sendable, Codable, CaseIterable {
        case done, continued, merged, stopped

        var name: String {
            switch self {
            case .done: "完了"
            case .continued: "継続"
            case .merged: "統合"
            case .stopped: "中止"
            }
        }
    }
}
