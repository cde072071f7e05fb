import FoundationEssentials
import TestKit

/// `make bench`: the town beside a small durable Flask application, driven by the same clients in one run; then
/// the desk with a million cases, which `load large` does alone.
@main
struct Load {
    static let cases = 10_000

    static func main() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        if CommandLine.arguments.dropFirst() != ["large"] { try await compare(folder.path) }
        print(Report.lines(large: try await Large.measure(folder.path + "/large")).joined(separator: "\n"))
    }

    private static func compare(_ folder: String) async throws {
        let town = try await Contestant.town(folder + "/town", cases: cases) { try await Measurement($0).all() }
        let server = TestPostgreSQL(isDurable: true)
        let onServer = try await Contestant.town(
            folder + "/postgresql", cases: cases, database: server.database()
        ) { try await Measurement($0).all() }
        let other = try await Contestant.comparison(folder + "/flask", cases: cases) {
            try await Measurement($0).all()
        }
        print("\nSQLite:", Report(town: town, other: other).text)
        print(
            "\nPostgreSQL on the same machine (its own memory is not counted):",
            Report(town: onServer, other: other).text)
    }
}
