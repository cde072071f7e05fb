import FoundationEssentials
import Subprocess
import SystemPackage

/// 住民の見本. An extract of invented residents with dirt as real ones have it, and the truth about each.
package struct Residents: Sendable {
    /// The extract as CSV.
    package let path: String
    /// The truth as CSV, a row for each row.
    package let truthPath: String

    /// What it is made with; a test that needs it says so and skips without it.
    package static let generator = "data/residents/generate.py"

    /// Makes so many residents in a folder, always the same ones.
    package init(rows: Int, in folder: String) async throws {
        (path, truthPath) = ("\(folder)/residents.csv", "\(folder)/truth.csv")
        let result = try await run(
            .name("python3"),
            arguments: [
                Shared.path(Self.generator), "--rows", String(rows), "--output", path, "--truth", truthPath,
                "--tables", Shared.path("facts/standard"),
            ], output: .discarded, error: .string(limit: 10_000))
        guard result.terminationStatus.isSuccess else { throw TestFault(result.standardError) }
    }

    package func extract() throws -> [[String: String]] { try Shared.rows(at: path) }
    package func truth() throws -> [[String: String]] { try Shared.rows(at: truthPath) }
}
