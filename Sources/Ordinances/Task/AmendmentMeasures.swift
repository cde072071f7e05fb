import Core
import Database
import OrdinanceText
package import Register

extension Ordinances {
    /// What the review of ordinances can tell.
    package static let measures = [
        Measure(
            "clauses-mended", "改めた条項", definition: "施行された改正で、文が変わったか、なくなった条・項・号の数", unit: .sheets, better: .higher,
            span: .state, source: "例規の点検（自動）"
        ) { scope, transaction in
            guard try transaction.exists("SELECT 1 FROM ordinance") else { return nil }
            let mended = try AmendmentTask.all(in: transaction).filter { task in
                task.state.isInForce && task.effectiveOn.map { $0 <= scope.today } ?? false
            }.reduce(0) { sum, task in
                guard let old = try EarlierText.find(task.revision, of: task.ordinance, in: transaction) else {
                    return sum
                }
                let kept = Set(Ordinance(plain: task.text).clauses.map(\.text))
                return sum + old.ordinance.clauses.count { !$0.text.isEmpty && !kept.contains($0.text) }
            }
            return Measure.Reading(Double(mended))
        },
        Measure(
            "ordinances-amended", "改正した例規", definition: "見直しの改正が施行された例規の数", unit: .count, better: .higher, span: .state,
            source: "例規の点検（自動）"
        ) { scope, transaction in
            guard try transaction.exists("SELECT 1 FROM ordinance") else { return nil }
            let tasks = try AmendmentTask.all(in: transaction).filter { task in
                task.state.isInForce && task.effectiveOn.map { $0 <= scope.today } ?? false
            }
            return Measure.Reading(Double(Set(tasks.map(\.ordinance)).count))
        },
    ]
}
