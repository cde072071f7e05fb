/// 検査の結果. What a check found, grouped for those who mend it.
package struct CheckReport {
    /// A file that was checked.
    package struct File: Sendable, Equatable {
        package let path: String
        package let title: String
        /// Which part of the schema it is, from 0.
        package let number: Int
        package let encoding: TableFile.Encoding
        /// How many bytes it has.
        package let size: Int
        /// How many records it has besides the heading.
        package let rows: Int

        init(_ file: TableFile, schema: FileSchema, number: Int, rows: Int) {
            (path, title, self.number, encoding) = (file.name, schema.title, number, file.encoding)
            (size, self.rows) = (file.size, rows)
        }
    }

    package let schema: TableSchema
    package let files: [File]
    package let log: FindingLog

    /// Findings of one rule in one item, with the section that mends them.
    package struct Line: Sendable {
        package let group: FindingLog.Group
        package let tally: FindingLog.Tally
        package let file: String
        /// The name of the item; empty for rows as a whole.
        package let item: String
        package let section: String
    }

    /// The groups: errors first, then by file, item and rule.
    package var lines: [Line] {
        log.tallies.map { group, tally in
            let file = schema.files[group.file]
            let item = group.item.map { file.items[$0] }
            return Line(
                group: group, tally: tally, file: file.title, item: item?.name ?? "",
                section: item?.section ?? file.section)
        }.sorted { left, right in
            let (one, other) = (left.group, right.group)
            return (one.weight == .notice ? 1 : 0, one.file, one.item ?? -1, one.rule.rawValue)
                < (other.weight == .notice ? 1 : 0, other.file, other.item ?? -1, other.rule.rawValue)
        }
    }

    /// How many findings must be mended.
    package var errorCount: Int { count(.error) }

    /// How many findings of a weight there are.
    package func count(_ weight: FindingRule.Weight) -> Int {
        log.tallies.reduce(0) { $0 + ($1.key.weight == weight ? $1.value.count : 0) }
    }

    /// A value as it may be shown: what tells of a person is covered.
    package func shown(_ finding: Finding) -> String {
        guard let item = finding.item, finding.rule != .missingItem else { return finding.value }
        return schema.files[finding.file].items[item].shownAs.cover(finding.value)
    }
}

extension Item.Mask {
    /// The value with what is not shown as ＊.
    package func cover(_ value: String) -> String {
        let count = value.unicodeScalars.count
        return switch self {
        case .none: value
        case .head: String(value.prefix(1)) + String(repeating: "＊", count: max(0, min(count - 1, 8)))
        case .tail: String(repeating: "＊", count: max(0, min(count - 4, 8))) + String(value.suffix(min(4, count / 2)))
        case .all: String(repeating: "＊", count: min(count, 12))
        }
    }
}
