import FoundationEssentials
import TestKit

/// `make bench`: the town on both engines beside a small durable Flask application, driven by the same clients in one run;
/// then the desk as the town grows, which `load large` does alone. A file that is named last gets everything as a document.
@main
struct Load {
    static let cases = 10_000

    static func main() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var arguments = Array(CommandLine.arguments.dropFirst())
        let path = arguments.last?.hasSuffix(".md") == true ? arguments.popLast() : nil
        var document = Document()
        if arguments != ["large"] {
            let (files, server) = try await compare(folder.path)
            document.add("SQLite", files.text)
            document.add("PostgreSQL on the same machine, its own memory not counted", server.text)
        }
        var growth: [(cases: Int, pages: [(page: String, p95: Double)])] = []
        for size in Large.sizes {
            growth.append((size, try await Large.measure("\(folder.path)/\(size)", cases: size)))
        }
        document.add("The desk as a town grows (SQLite)", Report.lines(growth: growth).joined(separator: "\n"))
        if let largest = Large.sizes.last {
            let plans = try await Plans.lines("\(folder.path)/\(largest)")
            document.add("How SQLite finds what those pages show", plans.joined(separator: "\n"))
        }
        if let path { try document.write(to: path) }
    }

    private static func compare(_ folder: String) async throws -> (Report, Report) {
        let town = try await Contestant.town(folder + "/town", cases: cases) { try await Measurement($0).all() }
        let server = TestPostgreSQL(isDurable: true)
        let onServer = try await Contestant.town(
            folder + "/postgresql", cases: cases, database: server.database()
        ) { try await Measurement($0).all() }
        let other = try await Contestant.comparison(folder + "/flask", cases: cases) {
            try await Measurement($0).all()
        }
        return (Report(town: town, other: other), Report(town: onServer, other: other))
    }
}
