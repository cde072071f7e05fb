import Japanese

/// What is asked of every record of a file, ready to be asked.
struct FilePlan: Sendable {
    /// Which of the files it is.
    let file: Int
    let columns: [ColumnCheck]
    /// How many columns the heading has.
    let width: Int
    /// The columns of the key of a record.
    let key: [Int]
    /// What is kept of each record to be compared with others.
    let keeps: [KeptValues]
    let itemCount: Int

    /// Values of a record that others are compared with.
    final class KeptValues: Sendable {
        let columns: [Int]
        /// Further columns that are kept with them.
        let payload: [Int]
        let tag: UInt8
        /// The comparison they are for.
        let comparison: Int
        /// True if a record without the values is left out.
        let skipsEmpty: Bool

        init(columns: [Int], payload: [Int], tag: UInt8, comparison: Int, skipsEmpty: Bool) {
            (self.columns, self.payload, self.tag) = (columns, payload, tag)
            (self.comparison, self.skipsEmpty) = (comparison, skipsEmpty)
        }
    }
}

/// What the records of a block came to.
struct BlockResult: Sendable {
    var rows = 0
    var findings: FindingBuffer
    /// For each of the plan's kept values the records to keep, rows counted within the block.
    var kept: [[UInt8]]
    /// How many lines ended with CRLF, LF, CR or nothing.
    var lineEnds = LineEnds()
}

/// How lines end.
struct LineEnds: Sendable, Equatable {
    var crlf = 0
    var lf = 0
    var cr = 0
}

extension FilePlan {
    /// Asks the records of a block.
    /// - Parameter skipsHeading: true if the first record is the heading.
    func check(_ block: TableFile.Block, skipsHeading: Bool) -> BlockResult {
        var result = BlockResult(
            findings: FindingBuffer(columns: itemCount), kept: Array(repeating: [], count: keeps.count))
        result.findings.reserve(block.bytes.count)
        block.bytes.withUnsafeBufferPointer { bytes in
            // The checks outlive the block, so that they need not be counted for every value.
            columns.map(Unmanaged.passUnretained).withUnsafeBufferPointer { columns in
                let faults = UTF8Faults.find(in: bytes)
                var fault = 0
                var reader = RecordReader(bytes, line: block.line)
                if skipsHeading { _ = reader.next() }
                var (key, scratch) = ([UInt8](), [UInt8]())
                while reader.next() {
                    result.lineEnds.count(bytes, reader.extent)
                    if reader.count == 1, reader[0].count == 0 { continue }
                    result.rows += 1
                    while fault < faults.count, faults[fault].upperBound <= reader.extent.lowerBound { fault += 1 }
                    let isBroken = fault < faults.count && faults[fault].lowerBound < reader.extent.upperBound
                    readKey(reader, &key)
                    key.withUnsafeBufferPointer { key in
                        check(reader, columns, isBroken: isBroken, key, &result)
                    }
                    if reader.count == width { keep(reader, &scratch, &result) }
                }
            }
        }
        return result
    }

    /// The key of a record, its parts joined by `/`.
    @inline(__always)
    private func readKey(_ record: borrowing RecordReader, _ bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        for column in key where column < record.count {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "/")) }
            bytes.append(contentsOf: record[column])
        }
    }

    @inline(__always)
    private func check(
        _ record: borrowing RecordReader, _ columns: UnsafeBufferPointer<Unmanaged<ColumnCheck>>, isBroken: Bool,
        _ key: Bytes,
        _ result: inout BlockResult
    ) {
        let (row, line) = (result.rows, record.line)
        if record.hasFaults { tell(record, key, &result) }
        guard record.count == width else {
            if isBroken {
                result.findings.append(
                    .encoding, isNotice: false, file: file, row: row, line: line, column: -1,
                    value: Bytes(start: nil, count: 0), key: key)
            }
            return "\(record.count)列（見出しは\(width)列）".withBytes { words in
                result.findings.append(
                    .columns, isNotice: false, file: file, row: row, line: line, column: -1, value: words, key: key)
            }
        }
        for place in columns.indices {
            columns[place]._withUnsafeGuaranteedRef { check($0, record, isBroken: isBroken, key, &result) }
        }
    }

    @inline(__always)
    private func check(
        _ column: ColumnCheck, _ record: borrowing RecordReader, isBroken: Bool, _ key: Bytes,
        _ result: inout BlockResult
    ) {
        let value = record[column.column]
        var found =
            isBroken && !UTF8Faults.find(in: value).isEmpty ? RuleSet(.encoding) : column.check(value, record)
        while let rule = found.popFirst() {
            result.findings.append(
                rule, isNotice: column.isNotice(rule), file: file, row: result.rows, line: record.line,
                column: column.index, value: value, key: key)
        }
    }

    /// Tells what is wrong with the quotes of a record.
    private func tell(_ record: borrowing RecordReader, _ key: Bytes, _ result: inout BlockResult) {
        for fault in record.faults {
            result.findings.append(
                fault.rule, isNotice: false, file: file, row: result.rows, line: record.line, column: -1,
                value: Bytes(start: nil, count: 0), key: key)
        }
    }

    /// Keeps the values of a record that others are compared with.
    @inline(__always)
    private func keep(_ record: borrowing RecordReader, _ scratch: inout [UInt8], _ result: inout BlockResult) {
        for place in keeps.indices {
            keeps[place].keep(record, row: result.rows, &scratch, &result.kept[place])
        }
    }
}

extension FilePlan.KeptValues {
    @inline(__always)
    fileprivate func keep(
        _ record: borrowing RecordReader, row: Int, _ scratch: inout [UInt8], _ kept: inout [UInt8]
    ) {
        scratch.removeAll(keepingCapacity: true)
        for column in columns {
            let value = record[column]
            if value.count == 0, skipsEmpty { return }
            Fields.append(value, to: &scratch)
        }
        let keyLength = scratch.count
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: record.line)) { scratch.append(contentsOf: $0) }
        for column in payload { Fields.append(record[column], to: &scratch) }
        scratch.withUnsafeBufferPointer { bytes in
            KeyedSpool.write(
                key: bytes.part(0..<keyLength), tag: tag, row: row, payload: bytes.part(keyLength..<bytes.count),
                to: &kept)
        }
    }
}

extension RecordReader.Fault {
    fileprivate var rule: FindingRule {
        switch self {
        case .openQuotes: .openQuotes
        case .afterQuotes: .afterQuotes
        }
    }
}

extension LineEnds {
    /// Counts the end of a record.
    @inline(__always)
    mutating func count(_ bytes: Bytes, _ extent: Range<Int>) {
        let end = extent.upperBound
        if bytes[end - 1] == 10 {
            if end - 2 >= extent.lowerBound, bytes[end - 2] == 13 { crlf += 1 } else { lf += 1 }
        } else if bytes[end - 1] == 13 {
            cr += 1
        }
    }

    static func += (left: inout LineEnds, right: LineEnds) {
        left.crlf += right.crlf
        left.lf += right.lf
        left.cr += right.cr
    }

    /// True if more than one sort occurs.
    var isMixed: Bool { [crlf, lf, cr].filter { $0 > 0 }.count > 1 }
}
