import FoundationEssentials
import Platform
import TestKit

#if canImport(Glibc)
    import Glibc
#endif

/// `make faults`: does harm to a town while people apply, and says what became of their applications. `make crash` does
/// the first alone, as often as it is told.
@main
struct Faults {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if let kills = arguments.first.flatMap({ Int($0) }) {
            let outcome = try await town { try await FaultRun(server: $0).run(FaultRun.kills(kills)) }
            print(outcome)
            exit(outcome.isGood ? 0 : 1)
        }
        var isGood = true
        for fault in all where arguments.isEmpty || arguments.contains(fault.name) {
            do {
                guard let found = try await fault.run() else {
                    print("skipped  \(fault.name): \(fault.words); this machine does not allow it")
                    continue
                }
                print("\(found.isGood ? "good   " : "BROKEN ")  \(fault.name): \(fault.words): \(found.words)")
                isGood = isGood && found.isGood
                fflush(nil)
            } catch {
                print("BROKEN   \(fault.name): \(fault.words): \(error)")
                isGood = false
            }
        }
        exit(isGood ? 0 : 1)
    }

    /// One kind of harm.
    struct Fault: Sendable {
        let name: String
        let words: String
        /// What came of it; nil where this machine does not allow it.
        let run: @Sendable () async throws -> (isGood: Bool, words: String)?

        init(_ name: String, _ words: String, _ run: @escaping @Sendable () async throws -> (Bool, String)?) {
            (self.name, self.words) = (name, words)
            self.run = { try await run().map { (isGood: $0.0, words: $0.1) } }
        }
    }

    static let all = programs + databases + disks + clients

    /// A town on SQLite in a folder of its own.
    static func town<T: Sendable>(
        port: Int = 18_080, settings: [String: String] = [:],
        _ work: @escaping @Sendable (ServerProcess) async throws -> T
    ) async throws -> T {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        return try await work(
            ServerProcess(program: ServerProcess.built, data: folder.path, port: port, settings: settings))
    }

    /// A town on PostgreSQL, with the address of its database.
    static func townOnServer<T: Sendable>(
        _ postgreSQL: TestPostgreSQL, _ work: @escaping @Sendable (ServerProcess, String) async throws -> T
    ) async throws -> T {
        let address = try await postgreSQL.database()
        return try await town(settings: ["ORIGAMI_DATABASE": address]) { try await work($0, address) }
    }

    static func pause(_ milliseconds: ClosedRange<Int>) async throws {
        try await Task.sleep(for: .milliseconds(Int.random(in: milliseconds)))
    }
}

extension FaultRun.Outcome {
    var found: (Bool, String) { (isGood, description) }
}
