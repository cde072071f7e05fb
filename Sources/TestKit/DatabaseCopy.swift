import Core
import Database
import FoundationEssentials
import Platform
import Subprocess

/// Everything that a town's database holds, as somebody would see it who took it away.
package struct DatabaseCopy: Sendable {
    private let bytes: Data

    /// True if a text is anywhere in it, as it is or as bytes in hexadecimal.
    package func holds(_ text: String) -> Bool {
        let digits = Array("0123456789abcdef".utf8)
        let written = text.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return bytes.contains(text.utf8) || bytes.contains(written)
    }

    fileprivate init(_ bytes: Data) { self.bytes = bytes }
}

extension TestTown {
    package func copyOfDatabase() async throws -> DatabaseCopy {
        let path = folder + "/copy"
        switch TestEngine.chosen {
        case .sqlite: try await platform.database.copy(to: path)
        case .postgresql:
            let result = try await Subprocess.run(
                .name("pg_dump"), arguments: ["--file", path, platform.settings.database], output: .discarded,
                error: .string(limit: 10_000))
            guard result.terminationStatus.isSuccess else { throw TestFault("pg_dump: \(result.standardError)") }
        }
        guard let bytes = TestFile.bytes(path) else { throw TestFault("no copy") }
        return DatabaseCopy(bytes)
    }
}
