import Japanese

/// Several texts as one run of bytes: each with its length before it.
enum Fields {
    @inline(__always)
    static func append(_ field: Bytes, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: field.count)) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: field)
    }

    /// The texts, in their order.
    static func read(_ bytes: Bytes) -> [Bytes] {
        var (place, fields) = (0, [Bytes]())
        let raw = UnsafeRawBufferPointer(bytes)
        while place + 4 <= bytes.count {
            let count = Int(raw.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            fields.append(bytes.part(place + 4..<place + 4 + count))
            place += 4 + count
        }
        return fields
    }
}
