import Japanese

#if canImport(Glibc)
    import Glibc
#endif

/// A CSV file of any size, read in blocks of whole records, in UTF-8 (with or without a mark), CP932 or UTF-16.
package final class TableFile {
    /// Whole records, one after the other, as UTF-8.
    package struct Block: Sendable {
        package let bytes: [UInt8]
        /// The line its first record begins on, from 1.
        package let line: Int
        /// Which block of the file it is, from 0.
        package let index: Int
    }

    /// Why a file cannot be read at all.
    package struct Trouble: InputTrouble {
        package let description: String
    }

    /// How the bytes say characters.
    package enum Encoding: String, Sendable, CaseIterable, Codable {
        case utf8 = "utf-8"
        case cp932
        case utf16le = "utf-16le"
        case utf16be = "utf-16be"

        /// Its name in the C library.
        var iconvName: String? {
            switch self {
            case .utf8: nil
            case .cp932: "CP932"
            case .utf16le: "UTF-16LE"
            case .utf16be: "UTF-16BE"
            }
        }
    }

    /// A record may be so long.
    package static let longestRecord = 1 << 20
    /// So much of a file is looked at to find its encoding.
    private static let detected = 1 << 18
    static let blockSize = 1 << 18

    package let path: String
    /// What it is called where something is said of it.
    package let name: String
    package let encoding: Encoding
    /// How many bytes at its beginning say which encoding it is.
    let mark: Int
    /// How many bytes it has.
    package let size: Int
    /// The lines that are longer than ``longestRecord``. They are left out.
    package private(set) var tooLong: [Int] = []

    private let file: Int32
    private let decoder: TextDecoder?
    private var held: [UInt8] = []
    private var room = [UInt8](repeating: 0, count: blockSize / 2)
    private var line = 1
    private var index = 0
    private var isAtEnd = false

    /// Opens a file.
    /// - Parameters:
    ///   - name: what it is called where something is said of it; nil for its path.
    ///   - encoding: nil to find it out: by the mark, else UTF-8 if its beginning is, else CP932.
    package init(_ path: String, named name: String? = nil, encoding: Encoding? = nil) throws(Trouble) {
        (self.path, self.name) = (path, name ?? path)
        let file = open(path, O_RDONLY | O_CLOEXEC)
        self.file = file
        guard file >= 0 else { throw Trouble(description: "\(self.name) を読めません。ファイルの名前と、読む権限をお確かめください") }
        var status = stat()
        fstat(file, &status)
        size = Int(status.st_size)
        var beginning = [UInt8](repeating: 0, count: Self.detected)
        let count = beginning.withUnsafeMutableBytes { Glibc.pread(file, $0.baseAddress, $0.count, 0) }
        guard count >= 0, status.st_mode & S_IFMT != S_IFDIR else {
            close(file)
            throw Trouble(description: "\(self.name) はファイルではありません")
        }
        beginning.removeLast(beginning.count - count)
        let (found, mark) = Self.detect(beginning)
        self.mark = mark
        self.encoding = encoding ?? found
        decoder = self.encoding.iconvName.flatMap(TextDecoder.init)
        posix_fadvise(file, 0, 0, Int32(POSIX_FADV_SEQUENTIAL))
        lseek(file, off_t(mark), SEEK_SET)
    }

    deinit { close(file) }

    /// The encoding that a beginning shows, and how long its mark is.
    static func detect(_ beginning: [UInt8]) -> (Encoding, mark: Int) {
        if beginning.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if beginning.starts(with: [0xFF, 0xFE]) { return (.utf16le, 2) }
        if beginning.starts(with: [0xFE, 0xFF]) { return (.utf16be, 2) }
        let zeros = beginning.prefix(1000).enumerated().filter { $0.element == 0 }.map { $0.offset % 2 }
        if zeros.count > beginning.prefix(1000).count / 4 {
            return (zeros.filter { $0 == 1 }.count * 2 > zeros.count ? .utf16le : .utf16be, 0)
        }
        let faults = beginning.withUnsafeBufferPointer { UTF8Faults.find(in: $0) }
        // The last character of the beginning may be cut off.
        let real = faults.filter { $0.upperBound < beginning.count || beginning.count < detected }
        if real.isEmpty { return (.utf8, 0) }
        // A file of one encoding has no or few faults in it; a few faults in UTF-8 are faults, not CP932.
        guard let decoder = TextDecoder(from: "CP932") else { return (.utf8, 0) }
        let wrong = decoder.decode(beginning, isLast: false).lazy.filter { $0 == 0xFF }.count
        return (wrong < real.count ? .cp932 : .utf8, 0)
    }

    /// The next block; nil at the end.
    package func next() -> Block? {
        while true {
            if let end = recordEnd() { return take(end) }
            if isAtEnd { return nil }
            if held.count <= Self.longestRecord {
                fill()
            } else if let end = held.withUnsafeBufferPointer({ $0.find(10, from: 0) }) {
                // Quotes that do not end: the line is read by itself, and its reader tells where they begin.
                return take(end + 1)
            } else {
                leaveOutLine()
            }
        }
    }

    /// Reads on until a block's worth is held.
    private func fill() {
        let count = room.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
        let piece = room[..<max(0, count)]
        if let decoder {
            held += decoder.decode(Array(piece), isLast: count <= 0)
        } else {
            held.append(contentsOf: piece)
        }
        if count <= 0 { isAtEnd = true }
    }

    /// The place after the last whole record that is held, if a block's worth is or the file is at its end.
    private func recordEnd() -> Int? {
        if isAtEnd { return held.isEmpty ? nil : held.count }
        guard held.count >= Self.blockSize else { return nil }
        return held.withUnsafeBufferPointer { RecordEnds.last(in: $0) }
    }

    private func take(_ end: Int) -> Block {
        let bytes = end == held.count ? held : Array(held[..<end])
        held.removeFirst(end)
        defer {
            line += bytes.withUnsafeBufferPointer { RecordEnds.lines(in: $0) }
            index += 1
        }
        return Block(bytes: bytes, line: line, index: index)
    }

    /// Leaves out a line that is too long to be one, up to its end.
    private func leaveOutLine() {
        tooLong.append(line)
        held.removeAll()
        while !isAtEnd {
            fill()
            if let end = held.firstIndex(of: 10) {
                held.removeFirst(end + 1)
                line += 1
                return
            }
            if !isAtEnd { held.removeAll() }
        }
        held.removeAll()
    }
}
