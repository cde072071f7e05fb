package import FoundationEssentials

/// Files as a test looks at them.
package enum TestFile {
    /// The bytes of a file, or nil if there is none.
    package static func bytes(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

    /// Writes a file.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Removes a file.
    package static func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }
}
