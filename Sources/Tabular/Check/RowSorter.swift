import Japanese

/// Findings that come in any order, given back in the order of their rows, whatever their number.
final class RowSorter {
    private static let partCount = 16
    private let parts: [ScratchFile]
    private let rows: Int
    private let columns: Int

    init(rows: Int, columns: Int, in folder: String) throws {
        (self.rows, self.columns) = (rows, columns)
        parts = try (0..<Self.partCount).map { _ in try ScratchFile(in: folder) }
    }

    /// Takes a finding about a kept record. The payload begins with the record's line; what stands first in its values is shown.
    func append(
        _ rule: FindingRule, _ record: KeyedSpool.Record, file: Int, column: Int, other: Int = 0
    ) throws {
        var buffer = FindingBuffer(columns: columns)
        let line = record.line
        let values = Fields.read(record.key)
        let key = Fields.read(record.payload.part(4..<record.payload.count)).first
        let empty = Bytes(start: nil, count: 0)
        buffer.append(
            rule, isNotice: false, file: file, row: record.row, line: line, column: column, other: other,
            value: values.first ?? empty, key: rule.isAboutHistory ? values.first ?? empty : key ?? empty)
        try parts[min(Self.partCount - 1, record.row * Self.partCount / (rows + 1))].append(buffer.bytes[...])
    }

    /// Gives all findings to a log.
    func drain(into log: FindingLog, file: Int) throws {
        for part in parts {
            let bytes = try part.read(from: 0, count: part.count)
            var buffer = FindingBuffer(columns: columns)
            bytes.withUnsafeBytes { bytes in
                var (place, found) = (0, [Finding]())
                while place < bytes.count {
                    let (finding, next) = Finding.read(bytes, place)
                    found.append(finding)
                    place = next
                }
                for finding in found.sorted(by: { ($0.row, $0.rule.rawValue) < ($1.row, $1.rule.rawValue) }) {
                    buffer.append(finding)
                }
            }
            try log.append(buffer, file: file, items: columns)
        }
    }
}

extension KeyedSpool.Record {
    /// The line its record begins on, which stands before what else is kept.
    var line: Int { Int(UnsafeRawBufferPointer(payload).loadUnaligned(fromByteOffset: 0, as: UInt32.self)) }

    /// What else is kept.
    var kept: [Bytes] { Fields.read(payload.part(4..<payload.count)) }
}

extension FindingRule {
    /// True if it is about the records of one key, so that what is shown is the key.
    var isAboutHistory: Bool {
        switch self {
        case .historyOrder, .historyGap, .historyOverlap, .historyCurrent: true
        default: false
        }
    }
}

extension FindingBuffer {
    /// Appends a finding that was read back.
    mutating func append(_ finding: Finding) {
        finding.value.withBytes { value in
            finding.key.withBytes { key in
                append(
                    finding.rule, isNotice: finding.weight == .notice, file: finding.file, row: finding.row,
                    line: finding.line, column: finding.item ?? -1, other: finding.other ?? 0, value: value, key: key)
            }
        }
    }
}
