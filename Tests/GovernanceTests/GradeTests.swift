import Core
import Japanese
import Testing

@testable import Governance
@testable import Register

@Suite("自動の評価")
struct GradeTests {
    /// What is known of a KPI, and the grade that follows.
    struct Known: Sendable, CustomTestStringConvertible {
        let value: Double?
        let baseline: Double?
        let target: Double?
        let better: Measure.Better
        let grade: Grade
        var testDescription: String { "\(value.map { "\($0)" } ?? "不明") → \(grade.rawValue)" }
    }

    static let known = [
        Known(value: 30, baseline: 1.8, target: 10, better: .higher, grade: .s),
        Known(value: 10, baseline: 1.8, target: 10, better: .higher, grade: .s),
        Known(value: 5, baseline: 1.8, target: 10, better: .higher, grade: .a),
        Known(value: 1.8, baseline: 1.8, target: 10, better: .higher, grade: .b),
        Known(value: 1.7, baseline: 1.8, target: 10, better: .higher, grade: .b),
        Known(value: 1, baseline: 1.8, target: 10, better: .higher, grade: .c),
        Known(value: 8, baseline: 10, target: 9, better: .lower, grade: .s),
        Known(value: 9.5, baseline: 10, target: 9, better: .lower, grade: .a),
        Known(value: 11, baseline: 10, target: 9, better: .lower, grade: .b),
        Known(value: 12, baseline: 10, target: 9, better: .lower, grade: .c),
        Known(value: nil, baseline: 1.8, target: 10, better: .higher, grade: .none),
        Known(value: 5, baseline: nil, target: 10, better: .higher, grade: .none),
        Known(value: 12, baseline: nil, target: 10, better: .higher, grade: .s),
        Known(value: 0, baseline: 0, target: nil, better: .higher, grade: .b),
    ]

    @Test("基準値・目標値・いまの値だけで決まり、向きも見る", arguments: known)
    func grade(_ known: Known) {
        let grade = Grade.of(known.value, baseline: known.baseline, target: known.target, better: known.better)
        #expect(grade == known.grade)
    }

    @Test("ほかの町の「D」は、いちばん下ではなく「評価できない」", arguments: ["D", "-", "−", "ー", "Ｄ", "Z"])
    func unknown(_ written: String) { #expect(Grade(written: written) == Grade.none) }

    /// A KPI of a kind with what was entered by year.
    static func status(_ kind: KPI.Kind, _ values: [Int: Double], year: Int, baseline: Double? = 0, isOver: Bool)
        -> KPIStatus
    {
        let day = Day(year: 2023, month: 3, day: 31) ?? Day(daysSince1970: 0)
        let kpi = KPI(
            id: "k", name: "KPI", kind: kind, better: .higher, unit: "件",
            baseline: baseline.map { .init(value: $0, on: day, source: "記録") },
            targets: [.init(year: 2025, value: kind == .milestone ? 1 : 30)],
            measure: nil, card: nil,
            actuals: values.sorted { $0.key < $1.key }.map {
                .init(year: $0.key, value: $0.value, evidence: "記録", on: day, by: "system")
            })
        return KPIStatus(
            kpi: kpi, year: FiscalYear(year), value: kpi.entered(FiscalYear(year)), source: nil, isSmall: false,
            isPartial: kind == .annual && !isOver, isOver: isOver)
    }

    @Test("累計は基準値にそのあとを足し、年の途中の合計はまだ評価せず、達成したことは翌年も達成のまま")
    func kinds() {
        #expect(
            Self.status(.cumulative, [2022: 99, 2023: 10, 2024: 12], year: 2024, baseline: 5, isOver: true).value == 27)
        #expect(Self.status(.annual, [2025: 4], year: 2025, baseline: 20, isOver: false).grade == Grade.none)
        #expect(Self.status(.annual, [2025: 4], year: 2025, baseline: 20, isOver: true).grade == .c)
        #expect(Self.status(.annual, [2025: 40], year: 2025, baseline: 20, isOver: false).grade == .s)
        #expect(Self.status(.milestone, [2024: 1], year: 2026, isOver: false).grade == .s)
        #expect(Self.status(.milestone, [:], year: 2025, isOver: false).grade == Grade.none)
        #expect(Self.status(.milestone, [2025: 0], year: 2025, isOver: true).grade == .c)
    }

    @Test("人が評価できないことは、食い違いではない")
    func disagreement() throws {
        var action = PlanAction(
            number: "1", plan: "1.0", item: 1, also: [], title: "取組", situation: "", issue: "", work: "", section: "a",
            coSections: [], cards: [], budgets: [], schedule: [], kpis: [], state: .working, gradings: [], fate: nil,
            follows: [])
        let day = Day(year: 2026, month: 4, day: 20) ?? Day(daysSince1970: 0)
        let reached = Self.status(.annual, [2025: 40], year: 2025, isOver: true)
        for (grade, differs) in [(Grade.none, false), (.s, false), (.b, true)] {
            action.gradings = [.init(year: 2025, grade: grade, words: "", by: "officer:a", on: day)]
            let status = ActionStatus(
                action: Kept(action, id: "a", at: Moment(startOf: day)), year: FiscalYear(2025), kpis: [reached])
            #expect(status.disagrees == differs)
        }
    }
}
