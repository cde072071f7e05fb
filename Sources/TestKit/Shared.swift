package import FoundationEssentials

/// Real data that lies beside the package in `../shared`, where it is there. Tests that need it say so and are skipped
/// without it.
package enum Shared {
    private static let root = Repository.root + "/../shared/"

    /// True if the file is there.
    package static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + path) }

    /// What is in the file; nil where it is not there.
    package static func data(_ path: String) -> Data? { FileManager.default.contents(atPath: root + path) }

    /// Where the file lies.
    package static func path(_ path: String) -> String { root + path }

    /// The rows of a simple CSV file (no quotes), by the names in its first line.
    package static func rows(_ path: String) throws -> [[String: String]] { try rows(at: root + path) }

    /// The same of a file anywhere.
    package static func rows(at path: String) throws -> [[String: String]] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TestFault("\(path) is not there")
        }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        let names = (lines.first ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return lines.dropFirst().map { line in
            let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first })
        }
    }
}
