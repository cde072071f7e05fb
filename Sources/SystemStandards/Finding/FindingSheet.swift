import Core
import Database
import Tabular

/// 見つかったことの全部 as CSV, a page of findings at a time.
actor FindingSheet {
    private let room: SystemStandards
    private let run: ExtractRun
    private let key: SealingKey
    private let schema: TableSchema
    private let groups: [FindingGroup]
    private let isPlain: Bool
    private var (group, page) = (0, -1)
    /// Where the pages of the group are.
    private var places: [Int] = []

    init(
        room: SystemStandards, run: ExtractRun, key: SealingKey, schema: TableSchema, groups: [FindingGroup],
        isPlain: Bool
    ) {
        (self.room, self.run, self.key, self.schema) = (room, run, key, schema)
        (self.groups, self.isPlain) = (groups, isPlain)
    }

    private static let heading = ["重さ", "課", "ファイル", "行", "件目", "キー", "項目", "きまり", "内容", "値", "関係する件目", "直し方"]

    /// The next piece; nil at the end.
    func next() async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        if page < 0 {
            bytes = [0xEF, 0xBB, 0xBF]
            CSV.write(Self.heading, to: &bytes)
            page = 0
        }
        while group < groups.count, bytes.count < FileStore.piece {
            let current = groups[group]
            if page == 0 {
                let run = run.id
                places = try await room.database.read { try current.pages(of: run, in: $0) }
            }
            let findings = try await room.findings(page, places, in: run, key: key)
            if findings.isEmpty {
                (group, page) = (group + 1, 0)
                continue
            }
            page += 1
            for finding in findings { CSV.write(row(finding, current), to: &bytes) }
        }
        return bytes.isEmpty ? nil : bytes
    }

    private func row(_ finding: KeptFinding, _ group: FindingGroup) -> [String] {
        let value = isPlain ? finding.value : schema.mask(of: group).cover(finding.value)
        let cells: [Cell] = [
            .text(group.weight.words), .text(group.section), .text(group.fileTitle), .number(finding.line),
            finding.row == 0 ? .empty : .number(finding.row), .typed(finding.key), .text(group.item),
            .text(group.rule.id), .text(group.rule.words), .typed(value), finding.other.map { .number($0) } ?? .empty,
            .text(group.rule.mend),
        ]
        return cells.map(\.csv)
    }
}

extension TableSchema {
    /// How the values of a group are covered for those who may not see them.
    func mask(of group: FindingGroup) -> Item.Mask {
        guard group.rule != .missingItem else { return .none }
        let item = files.first { $0.id == group.file }?.items.first { $0.name == group.item }
        return item?.shownAs ?? (group.rule == .unknownItem || group.rule == .missingFile ? .none : .head)
    }
}
