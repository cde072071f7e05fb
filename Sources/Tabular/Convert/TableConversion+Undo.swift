import Japanese

extension TableConversion {
    /// Makes the file that was converted again, from what came out and the list of changes.
    package static func undo(
        _ file: TableFile, changes: TableFile, write: ([UInt8]) throws -> Void
    ) throws -> Int {
        var list = RecordStream(changes)
        guard let head = try list.next(), head.isEqual(heading) else {
            throw Trouble(description: "\(changes.name):1:1: 変換の記録ではありません。変換したときの記録を渡してください")
        }
        var (names, carriers) = ([String](), [Int?]())
        var change = try list.next()
        while let line = change, line.count == 5, line[0] == "0" {
            names.append(line[1])
            carriers.append(line[4].split(separator: " ").first.flatMap { Int($0) }.map { $0 - 1 })
            change = try list.next()
        }
        var converted = RecordStream(file)
        guard let after = try converted.next(), carriers.allSatisfy({ ($0 ?? 0) < after.count }) else {
            throw Trouble(description: "\(file.name):1:1: 変換の記録と見出しが合いません")
        }
        let places = Dictionary(names.enumerated().map { (LegalText($1), $0) }) { first, _ in first }
        var (row, output) = (0, [UInt8]())
        CSV.write(names, to: &output)
        while let record = try converted.next() {
            row += 1
            var values = carriers.map { $0.flatMap { $0 < record.count ? record[$0] : nil } ?? "" }
            while let line = change, line.count == 5, Int(line[0]) == row {
                guard let column = places[LegalText(line[1])],
                    carriers[column] == nil || values[column].isExactly(line[3])
                else {
                    throw Trouble(
                        description: "\(file.name): \(row)件目の「\(line[1])」が、変換したときの値ではありません。変換した直後のファイルを渡してください")
                }
                values[column] = line[2]
                change = try list.next()
            }
            CSV.write(values, to: &output)
            guard output.count >= 1 << 16 else { continue }
            try write(output)
            output.removeAll(keepingCapacity: true)
        }
        guard change == nil else {
            throw Trouble(description: "\(file.name): 変換の記録より短いファイルです（\(row)件まで）。変換した直後のファイルを渡してください")
        }
        try write(output)
        return row
    }
}

/// The records of a file one after the other, as texts.
struct RecordStream {
    private let file: TableFile
    private var records: [[String]] = []
    private var place = 0

    init(_ file: TableFile) { self.file = file }

    /// The next record; nil at the end. Blank lines are left out.
    mutating func next() throws -> [String]? {
        while place == records.count {
            guard let block = file.next() else { return nil }
            (records, place) = ([], 0)
            block.bytes.withUnsafeBufferPointer { bytes in
                var reader = RecordReader(bytes, line: block.line)
                while reader.next() {
                    if reader.count == 1, reader[0].count == 0 { continue }
                    records.append((0..<reader.count).map { reader.text($0) })
                }
            }
        }
        place += 1
        return records[place - 1]
    }
}

extension [String] {
    fileprivate func isEqual(_ other: [String]) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.isExactly($1) }
    }
}
