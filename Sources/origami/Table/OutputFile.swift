#if canImport(Glibc)
    import Glibc
#endif

/// A file that is written piece by piece. It has its name only when it is whole.
enum OutputFile {
    /// Writes to a file, or to standard output for `-`.
    static func write(_ path: String, _ work: (([UInt8]) throws -> Void) throws -> Void) throws {
        if path == "-" { return try work { Output.bytes($0) } }
        let temporary = path + ".part"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw trouble(path) }
        // Nothing is left of what is not whole; once it has its name this removes nothing.
        defer {
            close(file)
            unlink(temporary)
        }
        try work { bytes in
            var from = 0
            while from < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.write(file, $0.baseAddress.map { $0 + from }, $0.count - from)
                }
                guard count > 0 else { throw trouble(path) }
                from += count
            }
        }
        guard rename(temporary, path) == 0 else { throw trouble(path) }
    }

    private static func trouble(_ path: String) -> Failure {
        Failure("\(path) に書けません（\(String(cString: strerror(errno)))）。場所と空きをお確かめください", code: 2)
    }
}

/// How far a long work has come, on standard error where that is a terminal.
final class Progress: Sendable {
    func tell(_ done: Int, of total: Int) {
        guard isatty(STDERR_FILENO) == 1, total > 0 else { return }
        Output.errorPiece("\r\(done * 100 / total)%")
    }

    func end() {
        if isatty(STDERR_FILENO) == 1 { Output.errorPiece("\r    \r") }
    }
}
