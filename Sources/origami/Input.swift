import FoundationEssentials

/// What a command reads.
enum Input {
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
}
