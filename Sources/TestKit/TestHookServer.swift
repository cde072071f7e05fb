import FoundationEssentials
import Subprocess
import SystemPackage

/// A server that webhooks are sent to, written with another's library, as a process of its own on a free port.
package struct TestHookServer: Sendable {
    package let port: Int
    private let folder: String

    /// A request as it arrived, read by another's parser.
    package struct Received: Sendable, Decodable {
        package let path: String
        package let id: String
        /// True if its signature is right for the secret that the server was told.
        package let isSigned: Bool
        package let body: String
        package let message: [String: String]
    }

    /// The requests that arrived, in their order.
    package func received() throws -> [Received] {
        try (1...).lazy.map { FileManager.default.contents(atPath: "\(folder)/request-\($0).json") }
            .prefix { $0 != nil }.compactMap { $0 }.map { try JSONDecoder().decode(Received.self, from: $0) }
    }

    /// Tells the server the secret that it checks signatures with.
    package func know(_ secret: String) { write("secret", secret) }

    /// Has it answer with a status from now on.
    package func answer(_ status: Int) { write("status", String(status)) }

    private func write(_ name: String, _ text: String) {
        _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data(text.utf8))
    }

    /// Starts the server, works with it, and ends it.
    package static func run<T: Sendable>(
        _ work: @escaping @Sendable (TestHookServer) async throws -> T
    ) async throws -> T {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let result = try await Subprocess.run(
            .name("python3"), arguments: [Repository.root + "/Tests/hook-server.py", folder.path], input: .none,
            output: .discarded, error: .currentStandardError
        ) { execution in
            let outcome: Result<T, any Error>
            do {
                outcome = .success(try await work(try await started(in: folder.path)))
            } catch {
                outcome = .failure(error)
            }
            try execution.send(signal: .kill)
            return outcome
        }
        return try result.closureResult.get()
    }

    private static func started(in folder: String) async throws -> TestHookServer {
        for _ in 0..<1000 {
            if let text = FileManager.default.contents(atPath: folder + "/port"),
                let port = Int(String(decoding: text, as: UTF8.self))
            {
                return TestHookServer(port: port, folder: folder)
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw TestFault("the server for webhooks does not start")
    }
}
