import FoundationEssentials
import Subprocess
import SystemPackage

/// A mail server that others wrote (aiosmtpd), as a process of its own on a free port, with a certificate of its own.
package struct TestMailServer: Sendable {
    package let port: Int
    private let folder: String

    /// How the server is.
    package struct Manner: Sendable, Encodable {
        /// How it protects the connection.
        package var tls = TLS.none
        /// Whom it lets in. Empty: everybody.
        package var (user, password) = ("", "")
        /// What it says first.
        package var greeting = Greeting.usual

        package enum TLS: String, Sendable, Encodable { case none, starttls, implicit }

        /// `none`: nothing, for ever. `away`: 554, and nothing else.
        package enum Greeting: String, Sendable, Encodable { case usual, none, away }

        package init() {}
    }

    /// A mail as it arrived, read by another's parser.
    package struct Received: Sendable, Decodable {
        package let sender: String
        package let recipients: [String]
        package let headers: [String: String]
        package let text: String
        package let raw: String
        package let isEncrypted: Bool
        package let login: String?
    }

    /// The file of the server's certificate, which nobody but itself vouches for.
    package var certificate: String { folder + "/certificate.pem" }

    /// The mails that arrived, in their order.
    package func received() throws -> [Received] {
        try (1...).lazy.map { FileManager.default.contents(atPath: "\(folder)/mail-\($0).json") }
            .prefix { $0 != nil }.compactMap { $0 }.map { try JSONDecoder().decode(Received.self, from: $0) }
    }

    /// Starts the server, works with it, and ends it.
    package static func run<T: Sendable>(
        _ manner: Manner, _ work: @escaping @Sendable (TestMailServer) async throws -> T
    ) async throws -> T {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let paths = ["certificate": folder.path + "/certificate.pem", "key": folder.path + "/key.pem"]
        if manner.tls != .none { try await certify(paths) }
        let options = String(
            decoding: try JSONEncoder().encode(Options(manner: manner, paths: paths)), as: UTF8.self)
        let result = try await Subprocess.run(
            .name("python3"), arguments: [Repository.root + "/Tests/mail-server.py", folder.path, options],
            environment: .inherit.updating(["PYTHONPATH": Repository.root + "/.build/aiosmtpd"]), input: .none,
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

    /// What the server's program is told.
    private struct Options: Encodable {
        let manner: Manner
        let paths: [String: String]

        func encode(to encoder: any Encoder) throws {
            try manner.encode(to: encoder)
            try paths.encode(to: encoder)
        }
    }

    private static func started(in folder: String) async throws -> TestMailServer {
        for _ in 0..<1000 {
            if let text = FileManager.default.contents(atPath: folder + "/port"),
                let port = Int(String(decoding: text, as: UTF8.self))
            {
                return TestMailServer(port: port, folder: folder)
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw TestFault("the mail server does not start; scripts/setup test installs it")
    }

    private static func certify(_ paths: [String: String]) async throws {
        let result = try await Subprocess.run(
            .name("openssl"),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=mail.test", "-addext", "subjectAltName=IP:127.0.0.1", "-out", paths["certificate"] ?? "",
                "-keyout", paths["key"] ?? "",
            ], output: .discarded, error: .string(limit: 10_000))
        guard result.terminationStatus.isSuccess else { throw TestFault("openssl: \(result.standardError)") }
    }
}
