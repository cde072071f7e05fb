import Subprocess
import SystemPackage

/// Another's reader of what we write: a script of ours in Python's own library.
package enum Python {
    /// What a script of the folder `Tests` says about bytes.
    package static func read(_ bytes: [UInt8], with script: String) async throws -> String {
        let result = try await Subprocess.run(
            .name("python3"), arguments: [Repository.root + "/Tests/" + script], input: .array(bytes),
            output: .string(limit: 4_000_000), error: .string(limit: 100_000))
        guard result.terminationStatus.isSuccess else { throw TestFault("\(script): \(result.standardError)") }
        return result.standardOutput
    }
}
