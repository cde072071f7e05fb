import FoundationEssentials

/// The folder in which a reconciliation keeps its parts, so that a run that was broken off goes on.
final class PartFolder: Sendable {
    private let folder: String
    private let isKept: Bool

    /// Where what has no name is kept meanwhile.
    var scratch: String { folder }

    /// - Parameter work: what the work is; parts of another work are thrown away.
    init(_ base: String, isKept: Bool, of work: String) throws {
        self.isKept = isKept
        folder = isKept ? base : "\(base)/origami-\(UUID().uuidString)"
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

    deinit {
        if !isKept { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static func isOurs(_ name: String) -> Bool {
        ["work", "old", "new", "part"].contains { name == $0 || name.hasPrefix("\($0).") }
    }

    /// The parts of one side, to be written.
    func spool(_ side: Reconciliation.Side) throws -> KeyedSpool {
        try KeyedSpool(at: { "\(folder)/\(side.rawValue).\($0)" }, in: folder)
    }

    /// What one side came to if its parts are all written.
    func done(_ side: Reconciliation.Side) -> Reconciliation.Parted? {
        FileManager.default.contents(atPath: "\(folder)/\(side.rawValue).done").flatMap {
            try? JSONDecoder().decode(Reconciliation.Parted.self, from: $0)
        }
    }

    func finish(_ side: Reconciliation.Side, _ parted: Reconciliation.Parted, _ spool: KeyedSpool) throws {
        try spool.finish()
        try JSONEncoder().encode(parted).write(
            to: URL(fileURLWithPath: "\(folder)/\(side.rawValue).done"), options: .atomic)
    }

    /// The records of one part.
    func bytes(_ side: Reconciliation.Side, part: Int) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(side.rawValue).\(part)") else { return [] }
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
