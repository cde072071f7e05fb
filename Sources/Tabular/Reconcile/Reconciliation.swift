import FoundationEssentials
import Japanese

/// 突合. Compares two extracts, before and after, record by record and field by field, in memory that does not grow with them.
///
/// Both are parted by the hash of their keys into files, and one part at a time is compared. In a work folder that is kept,
/// what is done is done: a run that was broken off goes on where it was.
package struct Reconciliation: Sendable {
    /// Why a reconciliation cannot be made.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    package let map: ReconcileMap
    /// 番号の付けかえ. Keys before with the keys they have after; a key that is not in it stays.
    package let keys: KeyMap
    /// Where the parts lie.
    package let folder: String
    /// True if the parts stay in the folder and are used again.
    package let isKept: Bool
    /// How many parts are compared at once.
    package let width: Int

    package init(_ map: ReconcileMap, keys: KeyMap = KeyMap(), folder: String, isKept: Bool, width: Int) {
        (self.map, self.keys, self.folder, self.isKept, self.width) = (map, keys, folder, isKept, max(1, width))
    }

    /// What it came to.
    package struct Report {
        package let map: ReconcileMap
        package let oldName: String
        package let newName: String
        package let oldRows: Int
        package let newRows: Int
        /// Records whose key is on both sides.
        package let bothRows: Int
        package let log: DifferenceLog
        /// Lines of a file that could not be read as records; they are not compared.
        package let unread: [(name: String, line: Int, words: String)]
    }

    /// Compares two files.
    /// - Parameter names: what they are called where something is said of them; nil for their paths.
    package func run(
        old: String, new: String, names: (old: String, new: String)? = nil,
        encoding: (old: TableFile.Encoding?, new: TableFile.Encoding?) = (nil, nil),
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) async throws -> Report {
        let files = (
            try TableFile(old, named: names?.old, encoding: encoding.old),
            try TableFile(new, named: names?.new, encoding: encoding.new)
        )
        let work = try PartFolder(
            folder, isKept: isKept, of: try map.yaml() + keys.stamp + files.0.stamp + files.1.stamp)
        let total = files.0.size + files.1.size
        let before = try await part(files.0, .old, work) { progress?($0, total * 2) }
        let after = try await part(files.1, .new, work) { progress?(files.0.size + $0, total * 2) }
        // Parts without names are there as long as their spools are.
        defer { withExtendedLifetime((before.spool, after.spool)) {} }
        let log = try DifferenceLog(in: work.scratch)
        var both = 0
        for begin in stride(from: 0, to: KeyedSpool.partCount, by: width) {
            let range = begin..<min(begin + width, KeyedSpool.partCount)
            for result in try await compare(range, before.paths, after.paths, work) {
                try log.append(result.differences)
                both += result.both
            }
            progress?(total + total * begin / KeyedSpool.partCount, total * 2)
        }
        return Report(
            map: map, oldName: files.0.name, newName: files.1.name, oldRows: before.parted.rows,
            newRows: after.parted.rows,
            bothRows: both,
            log: log,
            unread: before.parted.unread.map { (files.0.name, $0.line, $0.words) }
                + after.parted.unread.map { (files.1.name, $0.line, $0.words) })
    }

    enum Side: String { case old, new }

    /// What is left of a file once it is parted.
    struct Parted: Codable, Sendable {
        struct Unread: Codable, Sendable {
            let line: Int
            let words: String
        }

        var rows = 0
        var unread: [Unread] = []
    }

    private func part(
        _ file: TableFile, _ side: Side, _ work: PartFolder, progress: (Int) -> Void
    ) async throws -> PartFolder.Side {
        if let done = work.done(side) { return done }
        guard let first = file.next() else { throw Trouble(description: "\(file.name) に何もありません") }
        let plan = try PartPlan(
            map, side == .old ? keys : KeyMap(), side, heading: TableCheck.heading(first), path: file.name)
        let spool = try work.spool(side)
        var parted = Parted()
        try await file.forEach(from: first, atOnce: width, { plan.part($0) }) { result, read in
            _ = try spool.append(result.kept, rows: parted.rows)
            parted.rows += result.rows
            parted.unread += result.unread
            progress(min(read, file.size))
        }
        parted.unread += file.tooLong.map { .init(line: $0, words: FindingRule.tooLong.words) }
        return try work.finish(side, parted, spool)
    }

    private func compare(
        _ parts: Range<Int>, _ before: [String], _ after: [String], _ work: PartFolder
    ) async throws -> [PartComparison.Result] {
        let map = map
        return try await SideBySide.map(Array(parts)) { part in
            if let done = work.result(ofPart: part) { return done }
            let result = PartComparison.compare(
                try PartFolder.bytes(before[part]), try PartFolder.bytes(after[part]), map)
            try work.finish(part: part, result)
            return result
        }
    }
}

extension TableFile {
    /// By what a file is known again.
    fileprivate var stamp: String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\n\(path) \(size) \(changed) \(encoding.rawValue)"
    }
}
