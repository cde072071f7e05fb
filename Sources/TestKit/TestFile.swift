package import FoundationEssentials

/// Files as a test looks at them.
package enum TestFile {
    /// The bytes of a file, or nil if there is none.
    package static func bytes(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }
}
