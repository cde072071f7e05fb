import Core
import Database
package import Register

extension SystemStandards {
    /// What the board of the twenty tasks can tell.
    package static let measures = [
        Measure(
            "standard-tasks-done", "標準化を終えた事務", definition: "移行の40の手順がすべて「完了」か「対象外」になった標準化対象事務の数（全部で20）", unit: .count,
            better: .higher, span: .state, source: "標準化の進み具合（自動）"
        ) { _, transaction in
            let steps = try MigrationStep.all(in: transaction)
            guard !steps.isEmpty else { return nil }
            return Measure.Reading(Double(steps.values.count { $0.rate == 1 }))
        }
    ]
}
