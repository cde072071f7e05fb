package import Database
import FoundationEssentials
import Subprocess
import SystemPackage

/// A private PostgreSQL server for all tests of a process, and a new database for each.
package actor TestPostgreSQL {
    package static let shared = TestPostgreSQL()

    /// Whether what is written survives a power cut, as it has to where time is measured.
    private let isDurable: Bool

    package init(isDurable: Bool = false) { self.isDurable = isDurable }

    private var server: Task<String, any Error>?
    private var count = 0
    /// By which it is told what to do. It ends when this process does, however that ends.
    private var hands: FileDescriptor?

    /// Makes an empty database, or a copy of another. Gives its address.
    package func database(copyOf template: String? = nil) async throws -> String {
        try await make(template.map { ["--template", Self.name(of: $0)] } ?? [])
    }

    /// One that is not as it should be.
    package func latinDatabase() async throws -> String {
        try await make(["--template", "template0", "--encoding", "LATIN1", "--locale", "C"])
    }

    private func make(_ copied: [String]) async throws -> String {
        let folder = try await folder()
        count += 1
        let name = "test_\(count)"
        try await Self.command("createdb", ["--host", folder, "--username", "origami"] + copied + [name])
        return "postgresql://origami@/\(name)?host=\(folder)"
    }

    /// What is done to the server while it is in use.
    package enum Harm: String, Sendable {
        /// SIGKILL of all its processes; it is started again at once.
        case kill
        /// It is told to end and started again.
        case restart
    }

    package func harm(_ harm: Harm) throws { _ = try hands?.writeAll(Array("\(harm.rawValue)\n".utf8)) }

    /// Removes a database of this server.
    package func remove(_ address: String) async {
        guard let folder = try? await folder() else { return }
        try? await Self.command(
            "dropdb", ["--host", folder, "--username", "origami", "--force", Self.name(of: address)])
    }

    private static func name(of address: String) -> String {
        String(address.prefix { $0 != "?" }.split(separator: "/").last ?? "")
    }

    private static func command(_ name: String, _ arguments: [String]) async throws {
        let result = try await Subprocess.run(
            .name(name), arguments: Arguments(arguments), output: .discarded, error: .string(limit: 10_000))
        guard result.terminationStatus.isSuccess else { throw TestFault("\(name): \(result.standardError)") }
    }

    /// Where the server's socket is. The server is started when it is first asked for.
    private func folder() async throws -> String {
        if let server { return try await server.value }
        let (read, write) = try FileDescriptor.pipe()
        hands = write
        let task = Task { [isDurable] in try await Self.start(isDurable, input: read) }
        server = task
        return try await task.value
    }

    private static func start(_ isDurable: Bool, input: FileDescriptor) async throws -> String {
        let folder = try TemporaryFolder()
        Task.detached {
            _ = try await Subprocess.run(
                .path(FilePath(Repository.root + "/Tests/postgresql.sh")), arguments: [folder.path],
                environment: .inherit.updating(["FSYNC": isDurable ? "on" : "off"]),
                input: .fileDescriptor(input, closeAfterSpawningProcess: true), output: .discarded,
                error: .currentStandardError)
        }
        for _ in 0..<600 {
            if FileManager.default.fileExists(atPath: folder.path + "/ready") { return folder.path }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TestFault("PostgreSQL does not start; scripts/setup test installs it. See \(folder.path)")
    }
}

/// The engines that every store is tested on.
package enum TestEngine: String, Sendable, CaseIterable {
    case sqlite = "SQLite"
    case postgresql = "PostgreSQL"

    /// An empty database, as long as the work lasts.
    package func run<T: Sendable>(_ work: @Sendable (Database) async throws -> T) async throws -> T {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let address = try await database(in: folder.path)
        let database = try await Database(address, isNew: true)
        let outcome: Result<T, any Error>
        do { outcome = .success(try await work(database)) } catch { outcome = .failure(error) }
        await database.close()
        await remove(address)
        return try outcome.get()
    }

    /// On which one towns are tested: `TEST_ENGINE=PostgreSQL`, or else SQLite.
    package static let chosen =
        ProcessInfo.processInfo.environment["TEST_ENGINE"].flatMap(TestEngine.init) ?? .sqlite

    /// The address of a new database. One in a file lies in the folder, where its template was copied with everything
    /// else.
    package func database(in folder: String, copyOf template: String? = nil) async throws -> String {
        switch self {
        case .sqlite: "sqlite:\(folder)/origami.sqlite"
        case .postgresql: try await TestPostgreSQL.shared.database(copyOf: template)
        }
    }

    package func remove(_ address: String) async {
        if self == .postgresql { await TestPostgreSQL.shared.remove(address) }
    }
}
