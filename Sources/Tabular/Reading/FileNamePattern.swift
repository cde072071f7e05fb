/// A name with `*` for anything.
package struct FileNamePattern: Sendable {
    private let parts: [Substring]

    package init(_ pattern: String) {
        parts = pattern[...].split(separator: "*", omittingEmptySubsequences: false)
    }

    /// True if the name is of this pattern.
    package func fits(_ name: String) -> Bool {
        guard let first = parts.first, name.hasPrefix(first) else { return false }
        guard parts.count > 1, let last = parts.last else { return name == first }
        var rest = name.dropFirst(first.count)
        guard rest.hasSuffix(last) else { return false }
        rest = rest.dropLast(last.count)
        for part in parts[1..<parts.count - 1] where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
