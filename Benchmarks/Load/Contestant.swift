import FoundationEssentials
import Subprocess
import SystemPackage
import TestKit

/// A server under load.
struct Contestant: Sendable {
    let address: String
    /// The processes whose memory counts.
    let processes: @Sendable () -> [Int]
    /// A browser that sees the inbox.
    let officer: Visitor

    /// The town with so many cases.
    /// - Parameter database: its address; nil for SQLite in the folder.
    static func town<T: Sendable>(
        _ folder: String, cases: Int, database: String? = nil,
        _ work: @escaping @Sendable (Contestant) async throws -> T
    ) async throws -> T {
        let server = ServerProcess(
            program: ServerProcess.built, data: folder, port: 18_280,
            settings: database.map { ["ORIGAMI_DATABASE": $0] } ?? [:])
        try await server.command("init", "--town", TestTown.source, "--cases", String(cases))
        return try await server.serve(endingWith: .terminate) { process in
            let officer = Visitor(address: server.address)
            let reply = try await officer.post(
                "/desk/sign-in", ["login": "kankyo-kacho", "password": "mihon-kacho-2026"])
            guard reply.path == "/desk" else { throw TestFault("the officer could not sign in") }
            let id = Int(process.value)
            return try await work(Contestant(address: server.address, processes: { [id] }, officer: officer))
        }
    }

    /// The Flask application with so many cases, under gunicorn with two workers.
    static func comparison<T: Sendable>(
        _ folder: String, cases: Int, _ work: @escaping @Sendable (Contestant) async throws -> T
    ) async throws -> T {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let environment = Environment.inherit.updating(["COMPARISON_DATABASE": folder + "/comparison.sqlite"])
        let source = FilePath(Repository.root + "/Benchmarks/Comparison")
        let programs = Repository.root + "/.build/comparison/bin"
        let made = try await Subprocess.run(
            .path(FilePath(programs + "/python")), arguments: ["app.py", String(cases)], environment: environment,
            workingDirectory: source, output: .discarded, error: .string(limit: 10_000))
        guard made.terminationStatus.isSuccess else { throw TestFault("the comparison: \(made.standardError)") }
        let address = "http://127.0.0.1:18380"
        let result = try await Subprocess.run(
            .path(FilePath(programs + "/gunicorn")),
            arguments: ["--workers", "2", "--bind", "127.0.0.1:18380", "--log-level", "error", "app:app"],
            environment: environment, workingDirectory: source, input: .none, output: .discarded, error: .discarded
        ) { execution in
            let officer = Visitor(address: address, looksAtPages: false)
            for _ in 0..<200 where (try? await officer.get("/desk"))?.status != 200 {
                try await Task.sleep(for: .milliseconds(50))
            }
            let parent = Int(execution.processIdentifier.value)
            let outcome: Result<T, any Error>
            do {
                outcome = .success(
                    try await work(
                        Contestant(address: address, processes: { [parent] + children(of: parent) }, officer: officer)))
            } catch {
                outcome = .failure(error)
            }
            try execution.send(signal: .terminate)
            return outcome
        }
        return try result.closureResult.get()
    }

    private static func children(of process: Int) -> [Int] {
        let data = FileManager.default.contents(atPath: "/proc/\(process)/task/\(process)/children") ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    }

    /// Resident memory in MB, pages that processes share counted once (PSS).
    var memory: Int {
        let kilobytes = processes().reduce(0) { sum, process in
            let data = FileManager.default.contents(atPath: "/proc/\(process)/smaps_rollup") ?? Data()
            let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("Pss:") }
            return sum + (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
        }
        return kilobytes / 1024
    }
}
