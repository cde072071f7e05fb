import Core
import Japanese
import Tabular

/// 文字の数. How often a character that needs a look stands in the files of a run, and where first.
struct CharacterCount: Sendable, Codable {
    let scalar: UInt32
    let sort: RepertoireReport.Sort
    let count: Int
    let isOutsideCP932: Bool
    let places: [Place]

    struct Place: Sendable, Codable {
        let file: String
        let line: Int
        let item: String
    }

    /// A run has more of them where its files are in the wrong encoding: the rest is not listed.
    static let most = 2000

    var text: String { Unicode.Scalar(scalar).map { String(Character($0)) } ?? "" }

    private static func place(_ run: ExtractRun) -> SealingKey.Place { .init("extract_run", run.id.text, "characters") }

    /// Counts in opened files, and seals what was counted.
    static func sealed(_ run: ExtractRun, _ spools: [Spool], _ key: SealingKey) throws -> [UInt8] {
        var found: [UInt32: CharacterCount] = [:]
        for (file, spool) in zip(run.files, spools) {
            let (report, heading) = try look(at: TableFile(spool.path))
            for entry in report.entries where entry.sort.isListed {
                let places = entry.places.map { place in
                    Place(
                        file: file.name, line: place.line,
                        item: place.column <= heading.count ? heading[place.column - 1] : "\(place.column)列目")
                }
                let before = found[entry.scalar]
                found[entry.scalar] = CharacterCount(
                    scalar: entry.scalar, sort: entry.sort, count: (before?.count ?? 0) + entry.count,
                    isOutsideCP932: entry.isOutsideCP932, places: (before?.places ?? []) + places.prefix(5))
            }
        }
        let sorts = RepertoireReport.Sort.allCases
        let listed = found.values.sorted { one, other in
            (sorts.firstIndex(of: one.sort) ?? 0, -one.count, one.scalar)
                < (sorts.firstIndex(of: other.sort) ?? 0, -other.count, other.scalar)
        }
        return try key.seal(try KeptJSON.write(Array(listed.prefix(most))), at: place(run))
    }

    static func open(_ sealed: [UInt8], of run: ExtractRun, key: SealingKey) throws -> [CharacterCount] {
        try KeptJSON.read(key.open(sealed, at: place(run)))
    }

    private static func look(at file: TableFile) throws -> (RepertoireReport, heading: [String]) {
        var (report, heading) = (RepertoireReport(), [String]())
        while let block = file.next() {
            block.bytes.withUnsafeBufferPointer { bytes in
                var reader = RecordReader(bytes, line: block.line)
                if block.index == 0, reader.next() { heading = (0..<reader.count).map { reader.text($0) } }
                while reader.next() {
                    for column in 0..<reader.count {
                        report.look(at: reader[column], line: reader.line, column: column + 1)
                    }
                }
            }
        }
        return (report, heading)
    }
}
