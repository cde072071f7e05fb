import Japanese

/// Findings one after the other in bytes, so that millions need no object each.
struct FindingBuffer: Sendable {
    /// What stands before the value and the key of a finding.
    private struct Head {
        let row: UInt32
        let line: UInt32
        let other: UInt32
        let file: UInt16
        let column: Int16
        let rule: UInt8
        let isNotice: UInt8
        let valueLength: UInt16
        let keyLength: UInt16
    }

    static let headLength = 22
    static let longestValue = 400
    static let longestKey = 120

    private(set) var bytes: [UInt8] = []
    /// How many there are of each rule in each column (the first is the row as a whole).
    private(set) var counts: [Int]
    private let columns: Int

    init(columns: Int) {
        self.columns = columns
        counts = Array(repeating: 0, count: (columns + 1) * FindingRule.allCases.count * 2)
    }

    /// Room for what a block of so many bytes may come to.
    mutating func reserve(_ bytes: Int) { self.bytes.reserveCapacity(bytes) }

    /// The place of a group in ``counts``; notices of a rule stand apart from its errors.
    static func group(_ column: Int, _ rule: FindingRule, isNotice: Bool) -> Int {
        ((column + 1) * FindingRule.allCases.count + Int(rule.rawValue)) * 2 + (isNotice ? 1 : 0)
    }

    /// Appends a finding.
    /// - Parameters:
    ///   - column: −1 for the row as a whole.
    ///   - other: the row it is about besides; 0 for none.
    mutating func append(
        _ rule: FindingRule, isNotice: Bool, file: Int, row: Int, line: Int, column: Int, other: Int = 0, value: Bytes,
        key: Bytes
    ) {
        counts[Self.group(column, rule, isNotice: isNotice)] += 1
        let value = value.part(0..<Self.fitting(value, Self.longestValue))
        let key = key.part(0..<Self.fitting(key, Self.longestKey))
        let head = Head(
            row: UInt32(truncatingIfNeeded: row), line: UInt32(truncatingIfNeeded: line),
            other: UInt32(truncatingIfNeeded: other), file: UInt16(truncatingIfNeeded: file),
            column: Int16(truncatingIfNeeded: column), rule: rule.rawValue, isNotice: isNotice ? 1 : 0,
            valueLength: UInt16(value.count), keyLength: UInt16(key.count))
        withUnsafeBytes(of: head) { bytes.append(contentsOf: $0.prefix(Self.headLength)) }
        bytes.append(contentsOf: value)
        bytes.append(contentsOf: key)
    }

    /// Adds to the rows of all findings: they were counted within a block.
    mutating func shiftRows(by rows: Int) {
        guard rows > 0 else { return }
        bytes.withUnsafeMutableBytes { room in
            var place = 0
            while place < room.count {
                let row = room.loadUnaligned(fromByteOffset: place, as: UInt32.self)
                room.storeBytes(of: row + UInt32(rows), toByteOffset: place, as: UInt32.self)
                place += Self.length(room, place)
            }
        }
    }

    /// How long the finding at a place is.
    static func length(_ bytes: UnsafeMutableRawBufferPointer, _ place: Int) -> Int {
        headLength + Int(bytes.loadUnaligned(fromByteOffset: place + 18, as: UInt16.self))
            + Int(bytes.loadUnaligned(fromByteOffset: place + 20, as: UInt16.self))
    }

    /// So much of a text as fits, ending with a whole character.
    private static func fitting(_ text: Bytes, _ most: Int) -> Int {
        guard text.count > most else { return text.count }
        var end = most
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}

/// One finding as it is read back.
package struct Finding: Sendable, Equatable {
    package let rule: FindingRule
    package let weight: FindingRule.Weight
    /// Which of the files, from 0.
    package let file: Int
    /// 件目: the record, from 1, the heading not counted; 0 for the file as a whole.
    package let row: Int
    /// The line of the file.
    package let line: Int
    /// Which of the file's items, from 0; nil for the row as a whole.
    package let item: Int?
    /// Another record it is about.
    package let other: Int?
    /// What stands there.
    package let value: String
    /// The key of the record: its 宛名番号.
    package let key: String

    /// Reads the finding at a place.
    static func read(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> (Finding, next: Int) {
        func number(_ offset: Int) -> Int { Int(bytes.loadUnaligned(fromByteOffset: place + offset, as: UInt32.self)) }
        func short(_ offset: Int) -> Int { Int(bytes.loadUnaligned(fromByteOffset: place + offset, as: UInt16.self)) }
        let (value, key) = (short(18), short(20))
        let begin = place + FindingBuffer.headLength
        let column = Int(bytes.loadUnaligned(fromByteOffset: place + 14, as: Int16.self))
        let finding = Finding(
            rule: FindingRule(rawValue: bytes[place + 16]) ?? .encoding,
            weight: bytes[place + 17] == 1 ? .notice : .error,
            file: short(12), row: number(0), line: number(4), item: column < 0 ? nil : column,
            other: number(8) == 0 ? nil : number(8),
            value: String(decoding: bytes[begin..<begin + value], as: UTF8.self),
            key: String(decoding: bytes[(begin + value)..<(begin + value + key)], as: UTF8.self))
        return (finding, begin + value + key)
    }
}
