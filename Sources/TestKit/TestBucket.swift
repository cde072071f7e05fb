package import Core
import FoundationEssentials
import Subprocess
import SystemPackage

/// An S3-compatible store that others wrote (moto), as a process of its own, with a bucket in it. It checks signatures.
package struct TestBucket: Sendable {
    /// What an installation is told to keep its files there.
    package let environment: [String: String]

    /// Starts the store, works with it, and ends it.
    /// - Parameter folder: the folder of the bucket that is ours. With one, this store does not check signatures: it
    ///   takes the right signature of an escaped slash for a wrong one.
    package static func run<T: Sendable>(
        folder prefix: String? = nil, _ work: @escaping @Sendable (TestBucket) async throws -> T
    ) async throws -> T {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (read, write) = try FileDescriptor.pipe()
        defer { try? write.close() }
        let result = try await Subprocess.run(
            .name("python3"), arguments: [Repository.root + "/Tests/objects.py", folder.path],
            environment: .inherit.updating([
                "PYTHONPATH": Repository.root + "/.build/moto",
                // What is done to set it up is not checked; everything after it is.
                "INITIAL_NO_AUTH_ACTION_COUNT": prefix == nil ? "4" : "1000000",
            ]),
            input: .fileDescriptor(read, closeAfterSpawningProcess: true), output: .discarded, error: .discarded
        ) { execution in
            let outcome: Result<T, any Error>
            do {
                outcome = .success(try await work(try await started(in: folder.path, prefix)))
            } catch {
                outcome = .failure(error)
            }
            try execution.send(signal: .kill)
            return outcome
        }
        return try result.closureResult.get()
    }

    private static func started(in folder: String, _ prefix: String?) async throws -> TestBucket {
        for _ in 0..<600 {
            if let text = FileManager.default.contents(atPath: folder + "/ready") {
                let words = String(decoding: text, as: UTF8.self).split(separator: " ").map(String.init)
                guard words.count == 3 else { break }
                return TestBucket(environment: [
                    "ORIGAMI_FILES_BUCKET": "http://127.0.0.1:\(words[0])/town" + (prefix.map { "/\($0)" } ?? ""),
                    "ORIGAMI_FILES_USER": words[1], "ORIGAMI_FILES_PASSWORD": words[2],
                ])
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TestFault("the store does not start; scripts/setup test installs it")
    }

    /// The settings of an installation in a folder that keeps its files here.
    package func settings(in folder: String) async throws -> Settings {
        try await Settings.read(environment: environment.merging(["ORIGAMI_DATA": folder]) { $1 })
    }
}
