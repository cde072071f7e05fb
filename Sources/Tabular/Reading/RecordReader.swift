package import Japanese

#if canImport(Glibc)
    import Glibc
#endif

/// Reads the records of CSV (RFC 4180) from bytes that are held: commas, line ends of any kind, quotes doubled within quotes.
///
/// A fault in the quotes is told and read over: after closing quotes that something follows, the rest of the field is taken
/// as it stands; quotes that never end are taken as a character of their field.
package struct RecordReader: ~Copyable {
    /// What is wrong with the quotes of a record.
    package enum Fault: Error, Equatable, Sendable {
        /// Quotes that begin on this line do not end.
        case openQuotes(line: Int)
        /// Something stands behind closing quotes on this line.
        case afterQuotes(line: Int)
    }

    /// Where a field stands. A field with doubled quotes stands in the scratch, without them.
    private struct Field {
        let begin: Int32
        /// Negative, less one, for a field in the scratch.
        let end: Int32
    }

    private let bytes: Bytes
    private var place = 0
    private var fields: UnsafeMutableBufferPointer<Field>
    private var scratch: UnsafeMutableBufferPointer<UInt8>
    private var scratchCount = 0

    /// The line on which the record begins, from 1.
    package private(set) var line: Int
    /// The line after the record.
    package private(set) var nextLine: Int
    /// The place of the first byte of the record and of the byte after it, its line end included.
    package private(set) var extent = 0..<0
    package private(set) var faults: [Fault] = []
    /// True if there are any.
    package private(set) var hasFaults = false
    /// How many fields the record has.
    package private(set) var count = 0

    /// - Parameter bytes: at most two gigabytes.
    package init(_ bytes: Bytes, line: Int = 1) {
        (self.bytes, self.line, nextLine) = (bytes, line, line)
        fields = .allocate(capacity: 64)
        scratch = .allocate(capacity: 256)
    }

    deinit {
        fields.deallocate()
        scratch.deallocate()
    }

    /// The bytes of a field of the record, until the next record is read.
    @inline(__always)
    package subscript(_ index: Int) -> Bytes {
        let field = fields[index]
        if field.end >= 0 { return bytes.part(Int(field.begin)..<Int(field.end)) }
        return Bytes(scratch).part(Int(field.begin)..<Int(-field.end - 1))
    }

    /// The text of a field of the record.
    package func text(_ index: Int) -> String { self[index].string }

    /// Goes to the next record. False at the end.
    package mutating func next() -> Bool {
        guard place < bytes.count else { return false }
        if hasFaults { (faults, hasFaults) = ([], false) }
        (count, scratchCount) = (0, 0)
        line = nextLine
        let begin = place
        while true {
            let (field, ended) = field()
            if count == fields.count { growFields() }
            fields[count] = field
            count += 1
            if ended { break }
        }
        extent = begin..<place
        return true
    }

    private mutating func tell(_ fault: Fault) {
        faults.append(fault)
        hasFaults = true
    }

    private mutating func growFields() {
        let larger = UnsafeMutableBufferPointer<Field>.allocate(capacity: fields.count * 2)
        for index in 0..<count { larger[index] = fields[index] }
        fields.deallocate()
        fields = larger
    }

    private mutating func keep(_ piece: Bytes) {
        if scratchCount + piece.count > scratch.count {
            let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: (scratchCount + piece.count) * 2)
            for index in 0..<scratchCount { larger[index] = scratch[index] }
            scratch.deallocate()
            scratch = larger
        }
        for (index, byte) in piece.enumerated() { scratch[scratchCount + index] = byte }
        scratchCount += piece.count
    }

    /// Reads a field and what ends it. True if the record ends there.
    @inline(__always)
    private mutating func field() -> (Field, ended: Bool) {
        let begin = place
        if begin < bytes.count, bytes[begin] == UInt8(ascii: "\""), let quoted = quoted() {
            return (quoted, takeEnd())
        }
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: ",") || byte == 10 || byte == 13 { break }
            place += 1
        }
        return (Field(begin: Int32(truncatingIfNeeded: begin), end: Int32(truncatingIfNeeded: place)), takeEnd())
    }

    /// Takes the comma or the line end at the place. True unless it is a comma.
    @inline(__always)
    private mutating func takeEnd() -> Bool {
        guard place < bytes.count else {
            nextLine += 1
            return true
        }
        let byte = bytes[place]
        place += 1
        if byte == UInt8(ascii: ",") { return false }
        if byte == 13, place < bytes.count, bytes[place] == 10 { place += 1 }
        nextLine += 1
        return true
    }

    /// Reads a field in quotes. Nil, at the place where it began, if they do not end.
    private mutating func quoted() -> Field? {
        let begin = place
        var (cursor, pieces) = (begin + 1, begin + 1)
        var isDoubled = false
        let from = scratchCount
        while true {
            guard let quote = bytes.find(UInt8(ascii: "\""), from: cursor) else {
                tell(.openQuotes(line: nextLine))
                scratchCount = from
                return nil
            }
            cursor = quote + 1
            if cursor < bytes.count, bytes[cursor] == UInt8(ascii: "\"") {
                keep(bytes.part(pieces..<cursor))
                cursor += 1
                (isDoubled, pieces) = (true, cursor)
                continue
            }
            let content = begin + 1..<quote
            nextLine += Self.lineEnds(bytes.part(content))
            place = cursor
            guard endsField(place) else {
                tell(.afterQuotes(line: nextLine))
                keep(bytes.part(pieces..<quote))
                let rest = place
                while !endsField(place) { place += 1 }
                keep(bytes.part(rest..<place))
                return Field(begin: Int32(from), end: Int32(-scratchCount - 1))
            }
            guard isDoubled else { return Field(begin: Int32(content.lowerBound), end: Int32(quote)) }
            keep(bytes.part(pieces..<quote))
            return Field(begin: Int32(from), end: Int32(-scratchCount - 1))
        }
    }

    @inline(__always)
    private func endsField(_ place: Int) -> Bool {
        place >= bytes.count || bytes[place] == UInt8(ascii: ",") || bytes[place] == 10 || bytes[place] == 13
    }

    private static func lineEnds(_ bytes: Bytes) -> Int {
        var count = 0
        for (place, byte) in bytes.enumerated() {
            if byte == 10 || byte == 13 && (place + 1 == bytes.count || bytes[place + 1] != 10) { count += 1 }
        }
        return count
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The first place of a byte from a place on.
    @inline(__always)
    func find(_ byte: UInt8, from place: Int) -> Int? {
        guard let base = baseAddress, place < count, let found = memchr(base + place, Int32(byte), count - place) else {
            return nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// True if these are the bytes of the other one.
    @inline(__always)
    func isSame(as other: Bytes) -> Bool {
        guard count == other.count else { return false }
        guard let base = baseAddress, let otherBase = other.baseAddress, count > 0 else { return true }
        return memcmp(base, otherBase, count) == 0
    }
}
