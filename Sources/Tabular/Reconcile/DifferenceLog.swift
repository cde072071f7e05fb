import Japanese

/// Every difference of a reconciliation, kept on disk; how many there are of each sort, with a few to look at, in memory.
package final class DifferenceLog {
    /// Differences of one cause in one field of one group.
    package struct Group: Sendable, Hashable {
        /// Nil for records as a whole.
        package let field: Int?
        package let group: String
        package let cause: Difference.Cause
    }

    /// How many there are, and the first of them.
    package struct Tally: Sendable {
        package var count = 0
        package var samples: [Difference] = []
    }

    private let file: ScratchFile
    package private(set) var tallies: [Group: Tally] = [:]

    init(in folder: String) throws { file = try ScratchFile(in: folder) }

    /// How many differences of a weight there are.
    package func count(_ weight: FindingRule.Weight) -> Int {
        tallies.reduce(0) { $0 + ($1.key.cause.weight == weight ? $1.value.count : 0) }
    }

    /// Appends differences as ``write(_:field:group:key:old:new:oldRow:newRow:to:)`` wrote them.
    func append(_ written: [UInt8]) throws {
        Self.read(written) { difference in
            let group = Group(field: difference.field, group: difference.group, cause: difference.cause)
            tallies[group, default: Tally()].count += 1
            if tallies[group]?.samples.count ?? 0 < FindingLog.sampleCount {
                tallies[group]?.samples.append(difference)
            }
        }
        try file.append(written[...])
    }

    /// Writes a difference to bytes.
    static func write(
        _ cause: Difference.Cause, field: Int?, group: Bytes, key: Bytes, old: Bytes, new: Bytes, oldRow: Int,
        newRow: Int,
        to bytes: inout [UInt8]
    ) {
        withUnsafeBytes(of: UInt64(truncatingIfNeeded: oldRow)) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt64(truncatingIfNeeded: newRow)) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: Int16(truncatingIfNeeded: field ?? -1)) { bytes.append(contentsOf: $0) }
        bytes.append(cause.rawValue)
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: 16 + group.count + key.count + old.count + new.count)) {
            bytes.append(contentsOf: $0)
        }
        for part in [group, key, old, new] { Fields.append(part, to: &bytes) }
    }

    private static let headLength = 23

    /// Reads whole differences. Returns how many bytes they took.
    @discardableResult
    private static func read(_ bytes: [UInt8], _ work: (Difference) throws -> Void) rethrows -> Int {
        try bytes.withUnsafeBufferPointer { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            var place = 0
            while place + headLength <= bytes.count {
                let length = Int(raw.loadUnaligned(fromByteOffset: place + 19, as: UInt32.self))
                guard place + headLength + length <= bytes.count else { break }
                let field = Int(raw.loadUnaligned(fromByteOffset: place + 16, as: Int16.self))
                let parts = Fields.read(bytes.part(place + headLength..<place + headLength + length)).map(\.string)
                try work(
                    Difference(
                        cause: .init(rawValue: bytes[place + 18]) ?? .changed, field: field < 0 ? nil : field,
                        group: parts[0], key: parts[1], old: parts[2], new: parts[3],
                        oldRow: Int(raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)),
                        newRow: Int(raw.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self))))
                place += headLength + length
            }
            return place
        }
    }

    /// Gives every difference, always in the same order.
    package func forEach(_ work: (Difference) throws -> Void) throws {
        var place = 0
        while place < file.count {
            let bytes = try file.read(from: place, count: max(1 << 20, TableFile.longestRecord * 3))
            let taken = try Self.read(bytes, work)
            guard taken > 0 else { return }
            place += taken
        }
    }
}
