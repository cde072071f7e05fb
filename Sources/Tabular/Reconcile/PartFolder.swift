import FoundationEssentials

/// Where a reconciliation keeps its parts. In a folder that is kept they have names, so that a run that was broken off goes on;
/// elsewhere they have none and go with the program, whatever ends it.
struct PartFolder: Sendable {
    private let folder: String
    private let isKept: Bool

    /// Where what has no name is kept meanwhile.
    var scratch: String { folder }

    /// - Parameter work: what the work is; parts of another work are thrown away.
    init(_ folder: String, isKept: Bool, of work: String) throws {
        (self.folder, self.isKept) = (folder, isKept)
        guard isKept else { return }
        let files = FileManager.default
        do {
            try files.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let mark = "\(folder)/work"
            if files.contents(atPath: mark).map({ String(decoding: $0, as: UTF8.self) }) != work {
                for name in try files.contentsOfDirectory(atPath: folder) where Self.isOurs(name) {
                    try files.removeItem(atPath: "\(folder)/\(name)")
                }
                try Data(work.utf8).write(to: URL(fileURLWithPath: mark), options: .atomic)
            }
        } catch {
            throw Reconciliation.Trouble(description: "\(folder) を使えません。場所と空きと権限を確かめてください")
        }
    }

    private static func isOurs(_ name: String) -> Bool {
        ["work", "old", "new", "part"].contains { name == $0 || name.hasPrefix("\($0).") }
    }

    /// One side, parted: what it came to, and where its parts lie. The spool keeps parts without names alive.
    struct Side {
        let parted: Reconciliation.Parted
        let paths: [String]
        let spool: KeyedSpool?
    }

    private func path(_ side: Reconciliation.Side, _ part: Int) -> String { "\(folder)/\(side.rawValue).\(part)" }

    /// The parts of one side, to be written.
    func spool(_ side: Reconciliation.Side) throws -> KeyedSpool {
        isKept ? try KeyedSpool(at: { path(side, $0) }, in: folder) : try KeyedSpool(in: folder)
    }

    /// One side if its parts are all written.
    func done(_ side: Reconciliation.Side) -> Side? {
        guard isKept, let data = FileManager.default.contents(atPath: "\(folder)/\(side.rawValue).done"),
            let parted = try? JSONDecoder().decode(Reconciliation.Parted.self, from: data)
        else { return nil }
        return Side(parted: parted, paths: (0..<KeyedSpool.partCount).map { path(side, $0) }, spool: nil)
    }

    func finish(_ side: Reconciliation.Side, _ parted: Reconciliation.Parted, _ spool: KeyedSpool) throws -> Side {
        try spool.finish()
        if isKept {
            let mark = URL(fileURLWithPath: "\(folder)/\(side.rawValue).done")
            try JSONEncoder().encode(parted).write(to: mark, options: .atomic)
        }
        return Side(parted: parted, paths: spool.paths, spool: spool)
    }

    /// The records of one part.
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Reconciliation.Trouble(description: "\(path) を読めません。作業のフォルダーを消して、始めからやり直してください")
        }
        return Array(data)
    }

    /// What a part came to if it was compared.
    func result(ofPart part: Int) -> PartComparison.Result? {
        guard isKept, let data = FileManager.default.contents(atPath: "\(folder)/part.\(part)"), data.count >= 8 else {
            return nil
        }
        let both = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return PartComparison.Result(differences: Array(data.dropFirst(8)), both: Int(both))
    }

    func finish(part: Int, _ result: PartComparison.Result) throws {
        guard isKept else { return }
        let both = (0..<8).map { UInt8(truncatingIfNeeded: result.both >> ($0 * 8)) }
        try Data(both + result.differences).write(to: URL(fileURLWithPath: "\(folder)/part.\(part)"), options: .atomic)
    }
}
