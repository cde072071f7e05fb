import Japanese

/// Records kept on disk and given back grouped by their key, whatever their number: they are parted by the hash of the key, and
/// one part at a time is sorted in memory.
final class KeyedSpool {
    /// A record as it is given back.
    struct Record {
        let key: Bytes
        /// Which side it came from, or what it is.
        let tag: UInt8
        /// The row it came from.
        let row: Int
        let payload: Bytes
    }

    static let partCount = 64
    private let parts: [ScratchFile]
    /// Records appended so far.
    private(set) var count = 0

    init(in folder: String) throws(ScratchFile.Trouble) {
        var parts: [ScratchFile] = []
        for _ in 0..<Self.partCount { parts.append(try ScratchFile(in: folder)) }
        self.parts = parts
    }

    /// Parts in files that have names.
    init(at path: (Int) -> String, in folder: String) throws(ScratchFile.Trouble) {
        var parts: [ScratchFile] = []
        for part in 0..<Self.partCount { parts.append(try ScratchFile(at: path(part), in: folder)) }
        self.parts = parts
    }

    /// Where each part can be read while the spool is there.
    var paths: [String] { parts.map(\.path) }

    /// Writes everything that is held.
    func finish() throws(ScratchFile.Trouble) {
        for part in parts { try part.flush() }
    }

    /// Which part a key belongs to.
    @inline(__always)
    static func part(of key: some Sequence<UInt8>) -> Int {
        // FNV-1a.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int((hash ^ hash >> 32) % UInt64(partCount))
    }

    /// Appends a record to a buffer in the form that ``append(_:rows:)`` takes.
    @inline(__always)
    static func write(key: Bytes, tag: UInt8, row: Int, payload: Bytes, to buffer: inout [UInt8]) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: key.count)) { buffer.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: payload.count)) { buffer.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt64(truncatingIfNeeded: row)) { buffer.append(contentsOf: $0) }
        buffer.append(tag)
        buffer.append(contentsOf: key)
        buffer.append(contentsOf: payload)
    }

    static let headLength = 17

    /// Appends records that ``write(key:tag:row:payload:to:)`` wrote, each to its part. Their rows are counted from one place
    /// of the file; so many rows come before it. Returns the last row.
    func append(_ written: [UInt8], rows: Int) throws(ScratchFile.Trouble) -> Int? {
        var written = written
        var (place, last) = (0, nil as Int?)
        while place < written.count {
            let (end, part, row) = written.withUnsafeMutableBytes { raw in
                let key = Int(raw.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                let payload = Int(raw.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
                let row = Int(raw.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)) + rows
                raw.storeBytes(of: UInt64(row), toByteOffset: place + 8, as: UInt64.self)
                let begin = place + Self.headLength
                let part = Self.part(of: UnsafeRawBufferPointer(rebasing: raw[begin..<begin + key]))
                return (begin + key + payload, part, row)
            }
            try parts[part].append(written[place..<end])
            count += 1
            (place, last) = (end, row)
        }
        return last
    }

    /// Gives every group of records with one key, part by part; within a part in the order of the keys, within a group in the
    /// order of tags and rows.
    func groups(_ work: (ArraySlice<Record>) throws -> Void) throws {
        for part in 0..<Self.partCount { try groups(ofPart: part, work) }
    }

    /// The same of one part.
    func groups(ofPart part: Int, _ work: (ArraySlice<Record>) throws -> Void) throws {
        let bytes = try parts[part].read(from: 0, count: parts[part].count)
        try bytes.withUnsafeBufferPointer { bytes in
            let records = Sorted(bytes)
            var begin = 0
            while begin < records.count {
                let end = records.groupEnd(begin)
                try work(ArraySlice(records[begin..<end]))
                begin = end
            }
        }
    }

    /// The records of one part in the order of keys, tags and rows. Four bytes are held for each besides its own.
    struct Sorted: RandomAccessCollection {
        private let bytes: Bytes
        private let places: [UInt32]

        init(_ bytes: Bytes) {
            var (place, places) = (0, [UInt32]())
            let raw = UnsafeRawBufferPointer(bytes)
            while place < bytes.count {
                places.append(UInt32(place))
                let key = Int(raw.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                place += headLength + key + Int(raw.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
            }
            places.sort { left, right in
                let (left, right) = (Self.record(bytes, left), Self.record(bytes, right))
                let order = compare(left.key, right.key)
                return order != 0 ? order < 0 : left.tag != right.tag ? left.tag < right.tag : left.row < right.row
            }
            (self.bytes, self.places) = (bytes, places)
        }

        var startIndex: Int { 0 }
        var endIndex: Int { places.count }

        subscript(_ index: Int) -> Record { Self.record(bytes, places[index]) }

        /// The place after the last record with the key of the one at a place.
        func groupEnd(_ begin: Int) -> Int {
            let key = self[begin].key
            var end = begin + 1
            while end < count, self[end].key.isSame(as: key) { end += 1 }
            return end
        }

        @inline(__always)
        private static func record(_ bytes: Bytes, _ place: UInt32) -> Record {
            let (raw, place) = (UnsafeRawBufferPointer(bytes), Int(place))
            let key = Int(raw.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            let payload = Int(raw.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
            let begin = place + headLength
            return Record(
                key: bytes.part(begin..<begin + key), tag: bytes[place + 16],
                row: Int(raw.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)),
                payload: bytes.part(begin + key..<begin + key + payload))
        }
    }

    static func compare(_ left: Bytes, _ right: Bytes) -> Int {
        let common = min(left.count, right.count)
        for place in 0..<common where left[place] != right[place] { return Int(left[place]) - Int(right[place]) }
        return left.count - right.count
    }
}
