import Core
import Database
package import Japanese
import Register

/// What the command line asks for: the same that the pages show.
extension Governance {
    /// 進み具合 as everybody may know it, as JSON; nil while no plan is adopted.
    package func progressFile(on today: Day) async throws -> String? {
        try await database.read { try publicProgress(on: today, in: $0).map { try KeptText.write($0) } }
    }

    /// 取組の表 of a fiscal year.
    package func actionRows(_ year: FiscalYear, on today: Day) async throws -> [[String]] {
        try await database.read { transaction in
            let plan = try currentPlan(on: today, in: transaction)
            let sheet = ActionSheet(year: year, sections: town.sections.map { ($0.id, $0.name[.ja]) })
            return sheet.rows(try statuses(plan, year, today: today, in: transaction))
        }
    }

    /// 調査票; nil for a survey that is not known.
    package func surveyRows(_ id: String, on today: Day) async throws -> [[String]]? {
        try await database.read { transaction in
            try surveys(on: today, in: transaction).first { $0.survey.id == id }?.rows.guarded
        }
    }

    /// 指標 as they are now.
    package struct MeasureLine: Sendable, Encodable {
        package let id: String
        package let name: String
        /// Nil where it is not known.
        package let value: Double?
        package let unit: String
        package let source: String

        /// The value with its unit, as a person reads it.
        package var shown: String { Piece.number(value, unit) }
    }

    package func measureLines(on today: Day) async throws -> [MeasureLine] {
        try await database.read { transaction in
            try shelf.measures.map { measure in
                MeasureLine(
                    id: measure.id, name: measure.name,
                    value: try present(measure, on: today, in: transaction)?.value, unit: measure.unit.rawValue,
                    source: measure.source)
            }
        }
    }
}
