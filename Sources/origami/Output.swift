import Core
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Writes to the terminal or to whatever stands behind it.
enum Output {
    static func line(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// What is no line: a file that is written out.
    static func bytes(_ bytes: [UInt8]) { write(bytes[...], to: STDOUT_FILENO) }

    static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Words without a line end.
    static func errorPiece(_ text: String) { write(text, to: STDERR_FILENO) }

    /// A time in seconds, with one place.
    static func seconds(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        line(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// A line typed by a person; not shown while it is typed if it is a secret.
    static func ask(_ words: String, isSecret: Bool) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() }
        write(words, to: STDERR_FILENO)
        var before = termios()
        tcgetattr(STDIN_FILENO, &before)
        if isSecret {
            var quiet = before
            quiet.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSANOW, &quiet)
        }
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &before)
            if isSecret { write("\n", to: STDERR_FILENO) }
        }
        return readLine()
    }

    /// What is in a spool, to standard output.
    static func bytes(_ spool: Spool) {
        for start in stride(from: 0, to: spool.count, by: 65_536) {
            write(spool.bytes(from: start, count: 65_536)[...], to: STDOUT_FILENO)
        }
    }

    private static func write(_ text: String, to file: Int32) { write(Array(text.utf8)[...], to: file) }

    private static func write(_ bytes: ArraySlice<UInt8>, to file: Int32) {
        var bytes = bytes
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
