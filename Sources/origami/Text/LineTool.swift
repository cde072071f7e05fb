import Japanese

#if canImport(Glibc)
    import Glibc
#endif

/// Reads standard input or a file line by line and writes a line for each, in pieces, whatever the length of the whole.
enum LineTool {
    /// What stands in a line may be this long; a longer one is no value but a mistaken file.
    static let longest = 1 << 20
    private static let piece = 1 << 18

    /// Where a file cannot be read on.
    struct TooLong: Error, CustomStringConvertible {
        let line: Int
        var description: String { "\(line)行目が長すぎます（\(LineTool.longest)バイトまで）。1行に1つの値を書いたファイルを渡してください" }
    }

    /// Gives each line, without its line end, and writes what the work appends to the output.
    static func run(_ file: String, _ work: (Bytes, inout [UInt8]) throws -> Void) throws {
        let input = try open(file)
        defer { if input != STDIN_FILENO { close(input) } }
        var (held, output, line) = ([UInt8](), [UInt8](), 0)
        output.reserveCapacity(piece * 2)
        // Also what came before a line that cannot be read.
        defer { flush(&output) }
        var bytes = [UInt8](repeating: 0, count: piece)
        while true {
            let count = bytes.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw unreadable(file) }
            guard count > 0 else { break }
            try bytes.withUnsafeBufferPointer { piece in
                var begin = 0
                while begin < count {
                    let rest = piece.part(begin..<count)
                    guard let end = rest.firstIndex(of: 10) else {
                        held += rest
                        guard held.count <= longest else { throw TooLong(line: line + 1) }
                        break
                    }
                    line += 1
                    if held.isEmpty {
                        try work(stripped(rest.part(0..<end)), &output)
                    } else {
                        held += rest.part(0..<end)
                        try held.withUnsafeBufferPointer { try work(stripped($0), &output) }
                        held.removeAll(keepingCapacity: true)
                    }
                    begin += end + 1
                    if output.count >= Self.piece { flush(&output) }
                }
            }
        }
        if !held.isEmpty { try held.withUnsafeBufferPointer { try work(stripped($0), &output) } }
    }

    private static func open(_ file: String) throws -> Int32 {
        if file == "-" { return STDIN_FILENO }
        let input = Glibc.open(file, O_RDONLY)
        guard input >= 0 else { throw unreadable(file) }
        return input
    }

    private static func unreadable(_ file: String) -> Failure {
        Failure("\(file) を読めません。ファイルの名前と、読む権限をお確かめください", code: 2)
    }

    private static func stripped(_ line: Bytes) -> Bytes { line.last == 13 ? line.part(0..<line.count - 1) : line }

    private static func flush(_ output: inout [UInt8]) {
        Output.bytes(output)
        output.removeAll(keepingCapacity: true)
    }
}

extension [UInt8] {
    /// Appends a text and a sign after it.
    mutating func append(_ text: String, _ end: Unicode.Scalar) {
        append(contentsOf: text.utf8)
        append(UInt8(ascii: end))
    }
}
