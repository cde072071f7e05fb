package import Core
import FoundationEssentials
package import Subprocess
import SystemPackage

/// The program as a process of its own, which can be killed at any moment.
package struct ServerProcess: Sendable {
    package let program: String
    package let port: Int
    package let data: String
    /// Further settings, as environment variables.
    package let settings: [String: String]

    package init(program: String, data: String, port: Int, settings: [String: String] = [:]) {
        (self.program, self.data, self.port, self.settings) = (program, data, port, settings)
    }

    package var address: String { "http://127.0.0.1:\(port)" }

    /// The settings as the program reads them, for a look at what it left.
    package var read: Settings {
        var settings = Settings()
        (settings.data, settings.keys) = (data, data + "/keys")
        settings.database = self.settings["ORIGAMI_DATABASE"] ?? "sqlite:\(data)/origami.sqlite"
        return settings
    }

    /// The program that was built together with the running one.
    package static let built: String = {
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) + "/origami"
    }()

    private var environment: Environment {
        var values: [Environment.Key: String?] = [
            "ORIGAMI_DATA": data, "ORIGAMI_PORT": String(port), "ORIGAMI_OPERATIONS_PORT": String(port + 1),
            "ORIGAMI_LOG_LEVEL": "error", "ORIGAMI_CLIENT_HEADER": "X-Forwarded-For",
        ]
        for (name, value) in settings { values[Environment.Key(rawValue: name) ?? "ORIGAMI_DATA"] = value }
        return .inherit.updating(values)
    }

    /// Runs a command to its end. Throws if it fails.
    package func command(_ arguments: String...) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: .init(arguments), environment: environment, output: .discarded,
            error: .string(limit: 100_000))
        guard result.terminationStatus.isSuccess else {
            throw TestFault("origami \(arguments.joined(separator: " ")): \(result.standardError)")
        }
    }

    /// Serves until the work is done, then ends the server with a signal. The work begins once it answers.
    package func serve<T: Sendable>(
        endingWith signal: Signal, _ work: @escaping @Sendable (ProcessIdentifier) async throws -> T
    ) async throws -> T {
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: ["serve"], environment: environment, input: .none, output: .discarded,
            error: .currentStandardError
        ) { execution in
            try await waitUntilItAnswers()
            let outcome: Result<T, any Error>
            do {
                outcome = .success(try await work(execution.processIdentifier))
            } catch {
                outcome = .failure(error)
            }
            try execution.send(signal: signal)
            return outcome
        }
        return try result.closureResult.get()
    }

    /// Does jobs in a process of its own until the work is done, then ends it with a signal.
    package func work<T: Sendable>(
        endingWith signal: Signal, _ work: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: ["work"], environment: environment, input: .none, output: .discarded,
            error: .currentStandardError
        ) { execution in
            let outcome: Result<T, any Error>
            do { outcome = .success(try await work()) } catch { outcome = .failure(error) }
            try execution.send(signal: signal)
            return outcome
        }
        return try result.closureResult.get()
    }

    private func waitUntilItAnswers() async throws {
        for _ in 0..<600 {
            if (try? await Visitor(address: address).get("/resume"))?.status == 200 { return }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw TestFault("the server does not answer at \(address)")
    }
}
