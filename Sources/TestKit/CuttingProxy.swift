import FoundationEssentials
import Subprocess
import SystemPackage

/// Somebody between a program and its PostgreSQL server who cuts connections in the middle of a commit.
package enum CuttingProxy {
    /// Works with the address of the same database behind the proxy.
    /// - Parameter share: how many of a hundred commits are cut, half of them before the server hears of them.
    package static func run<T: Sendable>(
        before address: String, share: Int, _ work: @escaping @Sendable (String) async throws -> T
    ) async throws -> T {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        guard let place = address.firstRange(of: "host=")?.upperBound else {
            throw TestFault("no socket in \(address)")
        }
        let there = String(address[place...])
        let (read, write) = try FileDescriptor.pipe()
        let result = try await Subprocess.run(
            .name("python3"),
            arguments: [Repository.root + "/Tests/cutting-proxy.py", folder.path, there, String(share)],
            input: .fileDescriptor(read, closeAfterSpawningProcess: true), output: .discarded,
            error: .currentStandardError
        ) { execution in
            let outcome: Result<T, any Error>
            do {
                for _ in 0..<200 where !FileManager.default.fileExists(atPath: folder.path + "/ready") {
                    try await Task.sleep(for: .milliseconds(25))
                }
                let result = try await work(address.prefix(upTo: place) + folder.path)
                guard FileManager.default.fileExists(atPath: folder.path + "/cut") else {
                    throw TestFault("nothing was cut")
                }
                outcome = .success(result)
            } catch {
                outcome = .failure(error)
            }
            try write.close()
            return outcome
        }
        return try result.closureResult.get()
    }
}
