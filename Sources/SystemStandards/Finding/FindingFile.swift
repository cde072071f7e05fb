import Core
import Database
import FoundationEssentials
import Tabular

/// All findings of a run in one file: page after page, by group, so that any page is read by itself.
struct FindingFile {
    let spool: Spool
    let groups: [FindingGroup]
    /// For each group, where its pages begin and end, one after the other.
    let pages: [[Int]]

    /// Findings on a page.
    static let size = 50

    /// Writes what a check found.
    /// - Parameter memory: what the run before had; nil for none: then nothing is called new.
    init(_ report: CheckReport, since memory: FindingMemory?) throws {
        var memory = memory
        let (spool, lines) = (try Spool(), report.lines)
        let numbers = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1.group, $0) })
        var groups = lines.enumerated().map { number, line in
            let file = report.schema.files[line.group.file]
            return FindingGroup(
                number: number, file: file, item: line.group.item.map { file.items[$0] }, rule: line.group.rule,
                weight: line.group.weight, count: line.tally.count)
        }
        var (held, pages) = (lines.map { _ in [KeptFinding]() }, lines.map { _ in [Int]() })
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        func write(_ number: Int) throws {
            let begin = spool.count
            try spool.append(Array(encoder.encode(held[number])))
            pages[number] += [begin, spool.count]
            held[number].removeAll(keepingCapacity: true)
        }
        try report.log.forEach { finding in
            guard let number = numbers[finding.group] else { return }
            let isNew = memory?.meets(finding.value, finding.key, of: groups[number]) == false
            if isNew { groups[number].fresh += 1 }
            held[number].append(
                KeptFinding(
                    row: finding.row, line: finding.line, other: finding.other, value: finding.value, key: finding.key,
                    isNew: isNew))
            if held[number].count == Self.size { try write(number) }
        }
        for number in held.indices where !held[number].isEmpty { try write(number) }
        (self.spool, self.groups, self.pages) = (spool, groups, pages)
    }
}

extension SystemStandards {
    /// A page of a group's findings, from 0.
    func findings(
        _ page: Int, of group: FindingGroup, in run: ExtractRun, key: SealingKey
    ) async throws -> [KeptFinding] {
        let pages = try await database.read { try group.pages(of: run.id, in: $0) }
        return try await findings(page, pages, in: run, key: key)
    }

    /// The same where it is known already where the group's pages are.
    func findings(
        _ page: Int, _ pages: [Int], in run: ExtractRun, key: SealingKey
    ) async throws -> [KeptFinding] {
        guard page >= 0, page * 2 + 1 < pages.count else { return [] }
        let (begin, end) = (pages[page * 2], pages[page * 2 + 1])
        let bytes = try await files.bytes(from: begin, count: end - begin, of: run.findings, key: key)
        return try KeptJSON.read(bytes)
    }

    /// What a run had found.
    func memory(of run: ExtractRun) async throws -> FindingMemory? {
        guard run.state == .done, let key = try await vault.key(for: run.key) else { return nil }
        let groups = try await database.read { transaction in
            try FindingGroup.list(of: run.id, in: transaction).map { ($0, try $0.pages(of: run.id, in: transaction)) }
        }
        let whole = try await files.opened(run.findings, key: key)
        var memory = FindingMemory()
        for (group, pages) in groups {
            for page in stride(from: 0, to: pages.count, by: 2) {
                let bytes = whole.bytes(from: pages[page], count: pages[page + 1] - pages[page])
                for finding in try KeptJSON.read(bytes) as [KeptFinding] { memory.remember(finding, of: group) }
            }
        }
        return memory
    }
}
