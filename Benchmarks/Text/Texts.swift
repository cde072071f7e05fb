import FoundationEssentials
import Japanese
import Tabular

#if canImport(Glibc)
    import Glibc
#endif

/// The text core by itself, for `Benchmarks/Text/bench.py`: it times the work in memory, without reading and writing.
@main
enum Texts {
    static func main() throws {
        let arguments = CommandLine.arguments
        switch arguments.dropFirst().first {
        case "width": try width(arguments[2])
        case "dates": try dates(arguments[2], arguments[3])
        case "addresses": try addresses(arguments[2], Array(arguments[3...]))
        default: print("texts width FILE | dates FILE TRUTH | addresses LINES TABLE …")
        }
    }

    /// CPU seconds of this process.
    private static var seconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000
    }

    /// The values of columns of a file, one after the other.
    private static func values(_ path: String, _ columns: [Int]) throws -> [[UInt8]] {
        let file = try TableFile(path)
        var values: [[UInt8]] = []
        while let block = file.next() {
            block.bytes.withUnsafeBufferPointer { bytes in
                var reader = RecordReader(bytes, line: block.line)
                if block.index == 0 { _ = reader.next() }
                while reader.next() { for column in columns { values.append(Array(reader[column])) } }
            }
        }
        return values
    }

    /// 氏名, カナ and 住所 with narrow letters, digits and signs and wide kana.
    private static func width(_ path: String) throws {
        let values = try values(path, [3, 4, 9])
        let rewriter = try TextRewriter(.width)
        var room = [UInt8](repeating: 0, count: 4096)
        let begun = seconds
        var written = 0
        for value in values {
            written += value.withUnsafeBufferPointer { bytes in
                room.withUnsafeMutableBufferPointer { rewriter.rewrite(bytes, into: $0) }
            }
        }
        print("\(seconds - begun) \(values.reduce(0) { $0 + $1.count }) \(written)")
    }

    /// 生年月日, against the truth: seconds, values, wrong answers, answers missed.
    private static func dates(_ path: String, _ truth: String) throws {
        let values = try values(path, [5])
        let begun = seconds
        let read = values.map { value in value.withUnsafeBufferPointer { try? WrittenDate.read($0) }?.day }
        let used = seconds - begun
        let expected = try Self.values(truth, [3]).map { String(decoding: $0, as: UTF8.self) }
        let answers = zip(read, expected).map { ($0?.iso ?? "", $1) }
        let wrong = answers.filter { !$0.0.isEmpty && $0.0 != $0.1 }.count
        let missed = answers.filter { $0.0.isEmpty && !$0.1.isEmpty }.count
        print("\(used) \(values.count) \(wrong) \(missed)")
    }

    /// Each line taken apart, parted by tabs; the seconds go to standard error.
    private static func addresses(_ path: String, _ tables: [String]) throws {
        let rows = try tables.flatMap { try AddressSource.rows(of: $0) }
        let reader = AddressReader(AddressTableFile.table(rows))
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let begun = seconds
        let read = lines.map { reader.read($0) }
        let words = Array("\(seconds - begun)\n".utf8)
        _ = words.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
        for one in read {
            print(
                [one.prefecture, one.municipality, one.town + one.chome, "\(one.confidence)"].joined(separator: "\t"))
        }
    }
}
