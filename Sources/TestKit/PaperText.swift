import FoundationEssentials
import Subprocess

/// What stands in a PDF, read by a program that people use (poppler).
package enum PaperText {
    /// Without spaces and line ends, which fall where the paper is full.
    package static func read(_ pdf: [UInt8]) async throws -> String {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path + "/paper.pdf"
        guard FileManager.default.createFile(atPath: path, contents: Data(pdf)) else { throw TestFault("no file") }
        let result = try await Subprocess.run(
            .name("pdftotext"), arguments: ["-layout", path, "-"], output: .string(limit: 1_000_000), error: .discarded)
        guard result.terminationStatus.isSuccess else {
            throw TestFault("this is no PDF: \(String(decoding: pdf.prefix(2000), as: UTF8.self))")
        }
        return result.standardOutput.filter { !$0.isWhitespace }
    }
}
