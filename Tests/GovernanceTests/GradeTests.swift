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

    @Test("人が評価できないことは、食い違いではない")
    func disagreement() throws {
        #expect(Grade.allCases.filter { $0.rank == nil } == [.none])
    }
}
