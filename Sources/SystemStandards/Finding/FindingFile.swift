import Core
import Database
import FoundationEssentials
import Tabular

/// All findings of a run in one file: page after page, by group, so that any page is read by itself.
struct FindingFile {
    let spool: Spool
    let groups: [FindingGroup]

    /// Findings on a page.
    static let size = 50

    /// Writes what a check found.
    /// - Parameter memory: what the run before had; nil for none: then nothing is called new.
    init(_ report: CheckReport, since memory: FindingMemory?) throws {
        var memory = memory
        let (spool, lines) = (try Spool(), report.lines)
        let numbers = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1.group, $0) })
        let empty = lines.enumerated().map { number, line in
            let file = report.schema.files[line.group.file]
            return FindingGroup(
                number: number, file: file, item: line.group.item.map { file.items[$0] }, rule: line.group.rule,
                weight: line.group.weight, count: line.tally.count, fresh: 0, pages: [])
        }
        let marks = empty.map(\.mark)
        var held = lines.map { _ in [KeptFinding]() }
        var (pages, fresh) = (lines.map { _ in [Int]() }, lines.map { _ in 0 })
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        func write(_ number: Int) throws {
            pages[number] += [spool.count]
            try spool.append(Array(encoder.encode(held[number])))
            pages[number] += [spool.count]
            held[number].removeAll(keepingCapacity: true)
        }
        try report.log.forEach { finding in
            guard let number = numbers[finding.group] else { return }
            let isNew = memory != nil && memory?.meets(finding.value, finding.key, of: marks[number]) == false
            if isNew { fresh[number] += 1 }
            held[number].append(
                KeptFinding(
                    row: finding.row, line: finding.line, other: finding.other, value: finding.value, key: finding.key,
                    isNew: isNew))
            if held[number].count == Self.size { try write(number) }
        }
        for number in held.indices where !held[number].isEmpty { try write(number) }
        self.spool = spool
        groups = zip(empty, lines).map { group, line in
            let file = report.schema.files[line.group.file]
            return FindingGroup(
                number: group.number, file: file, item: line.group.item.map { file.items[$0] }, rule: group.rule,
                weight: group.weight, count: group.count, fresh: fresh[group.number], pages: pages[group.number])
        }
    }
}

extension SystemStandards {
    /// A page of a group's findings, from 0.
    func findings(
        _ page: Int, of group: FindingGroup, in run: ExtractRun, key: SealingKey
    ) async throws -> [KeptFinding] {
        guard page >= 0, page * 2 + 1 < group.pages.count else { return [] }
        let (begin, end) = (group.pages[page * 2], group.pages[page * 2 + 1])
        let bytes = try await files.bytes(from: begin, count: end - begin, of: run.findings, key: key)
        return try KeptJSON.read(bytes)
    }

    /// What a run had found.
    func memory(of run: ExtractRun) async throws -> FindingMemory? {
        guard run.state == .done, let key = try await vault.key(for: run.key) else { return nil }
        let groups = try await database.read { try FindingGroup.list(of: run.id, in: $0) }
        let whole = try await files.opened(run.findings, key: key)
        var memory = FindingMemory()
        for group in groups {
            for page in stride(from: 0, to: group.pages.count, by: 2) {
                let bytes = whole.bytes(from: group.pages[page], count: group.pages[page + 1] - group.pages[page])
                for finding in try KeptJSON.read(bytes) as [KeptFinding] { memory.remember(finding, of: group.mark) }
            }
        }
        return memory
    }
}
