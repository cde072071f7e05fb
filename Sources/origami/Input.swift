import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// What a command reads.
enum Input {
    /// The bytes of a file, or of standard input for `-`.
    static func bytes(_ file: String) throws -> [UInt8] {
        if file == "-" { return standardInput() }
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw Failure("\(file) を読めません。ファイルの名前と、読む権限をお確かめください", code: 2)
        }
        return Array(bytes)
    }

    /// The text of a file, or of standard input for `-`.
    static func text(_ file: String) throws -> String {
        if file == "-" {
            var lines: [String] = []
            while let line = readLine(strippingNewline: false) { lines.append(line) }
            return lines.joined()
        }
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw Failure("\(file) を読めません。ファイルの名前と、読む権限をお確かめください", code: 2)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("\(file) は UTF-8 ではありません。UTF-8 で保存し直してください", code: 2)
        }
        // A byte order mark says nothing about what stands in the file.
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    private static func standardInput() -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = piece.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return bytes }
            bytes += piece.prefix(count)
        }
    }
}
