/// Every finding of a check, kept on disk; how many there are of each sort, with a few to look at, in memory.
package final class FindingLog {
    /// Findings of one rule in one item of one file.
    package struct Group: Sendable, Hashable {
        package let file: Int
        /// Nil for rows as a whole.
        package let item: Int?
        package let rule: FindingRule
        package let weight: FindingRule.Weight
    }

    /// How many there are, and the first of them.
    package struct Tally: Sendable {
        package var count = 0
        package var samples: [Finding] = []
    }

    /// So many of a group are shown at once.
    package static let sampleCount = 5

    private let file: ScratchFile
    package private(set) var tallies: [Group: Tally] = [:]

    init(in folder: String) throws { file = try ScratchFile(in: folder) }

    /// How many findings there are.
    package var count: Int { tallies.values.reduce(0) { $0 + $1.count } }

    /// Appends what a block came to.
    func append(_ buffer: FindingBuffer, file number: Int, items: Int) throws {
        guard !buffer.bytes.isEmpty else { return }
        var wanted: Set<Group> = []
        for item in -1..<items {
            for rule in FindingRule.allCases {
                for isNotice in [false, true] {
                    let count = buffer.counts[FindingBuffer.group(item, rule, isNotice: isNotice)]
                    guard count > 0 else { continue }
                    let group = Group(
                        file: number, item: item < 0 ? nil : item, rule: rule, weight: isNotice ? .notice : .error)
                    if tallies[group, default: Tally()].samples.count < Self.sampleCount { wanted.insert(group) }
                    tallies[group, default: Tally()].count += count
                }
            }
        }
        if !wanted.isEmpty { sample(buffer, &wanted) }
        try file.append(buffer.bytes[...])
    }

    /// Takes the first findings of the groups that lack some.
    private func sample(_ buffer: FindingBuffer, _ wanted: inout Set<Group>) {
        buffer.bytes.withUnsafeBytes { bytes in
            var place = 0
            while place < bytes.count, !wanted.isEmpty {
                let (finding, next) = Finding.read(bytes, place)
                place = next
                guard wanted.contains(finding.group) else { continue }
                tallies[finding.group]?.samples.append(finding)
                if tallies[finding.group]?.samples.count == Self.sampleCount { wanted.remove(finding.group) }
            }
        }
    }

    /// Gives every finding, in the order they were found: file by file and row by row, then what only shows when records are
    /// compared, again row by row.
    package func forEach(_ work: (Finding) throws -> Void) throws {
        var place = 0
        while place < file.count {
            let bytes = try file.read(from: place, count: 1 << 20)
            place += try bytes.withUnsafeBytes { bytes in
                var within = 0
                while within + FindingBuffer.headLength <= bytes.count {
                    let length =
                        FindingBuffer.headLength
                        + Int(bytes.loadUnaligned(fromByteOffset: within + 18, as: UInt16.self))
                        + Int(bytes.loadUnaligned(fromByteOffset: within + 20, as: UInt16.self))
                    guard within + length <= bytes.count else { break }
                    try work(Finding.read(bytes, within).0)
                    within += length
                }
                return within
            }
        }
    }
}

extension Finding {
    /// The group it belongs to.
    package var group: FindingLog.Group { FindingLog.Group(file: file, item: item, rule: rule, weight: weight) }
}
