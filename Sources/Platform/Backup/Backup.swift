package import Core
import Database
import FoundationEssentials
import Trail

/// バックアップ. The whole town as it is at one moment, while it goes on: one file with what was entrusted and what was done,
/// and one beside it with the keys, which belongs to another place. Both are sealed to a public key.
package struct Backup: Sendable {
    let settings: Settings

    package init(_ settings: Settings) { self.settings = settings }

    /// What a backup says of itself.
    struct Manifest: Codable, Sendable {
        var format = 1
        let town: String
        let madeAt: String
        let engine: String
        let migrations: [String]
        let id: String
        /// The backup that has everything which is not in this one; nil for one that has everything.
        var previous: String?
        /// How many pages the database has; where there is a backup before.
        var pages: Int?
        /// The newest head of the trail before it was made; what is restored has to hold it.
        let head: Head?

        struct Head: Codable, Sendable, Equatable {
            let size: Int
            let root: String
            let signature: String
        }
    }

    /// What was written.
    package struct Outcome: Sendable, Encodable {
        package let files: Int
        package let bytes: Int
        /// The backup since which everything that changed is in it; nil where everything is.
        package let previous: String?
        package let keysPath: String
        package let seconds: Double
    }

    /// The file with the keys, beside the one with the data.
    package static func keysPath(_ path: String) -> String { path + ".keys" }

    /// Makes both files. Throws ``BackupFault``; what was there before stays.
    /// - Parameter incremental: whether only what changed since the last backup is written, where there was one.
    package func make(
        to path: String, for key: BackupKey.Public, incremental: Bool = false, at moment: Moment
    ) async throws -> Outcome {
        let start = ContinuousClock.now
        for path in [path, Self.keysPath(path)] where FileManager.default.fileExists(atPath: path) {
            throw BackupFault("\(path) がすでにあります。別の名前を指定してください")
        }
        // In the data's own folder: it is its owner's alone, and big enough.
        let work = "\(settings.data)/.backup-\(ID<Backup>())"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: work) }

        let isFile = DatabaseDump.engine(of: settings.database) == "SQLite"
        guard isFile || !incremental else {
            throw BackupFault("変わったところだけのバックアップは SQLite の町のものです。PostgreSQL では、複製か WAL の保管を使ってください")
        }
        var manifest = try await manifest(at: moment)
        let before = incremental ? BackupState.read(in: settings.data) : nil
        try await DatabaseDump(address: settings.database, schema: nil).write(to: work + "/database")
        var state = BackupState(id: manifest.id, path: path, files: before?.files ?? [], pages: Data())
        if isFile {
            let changed = before.map { _ in work + "/pages" }
            state.pages = try ChangedPages.write(of: work + "/database", since: before, to: changed)
        }
        manifest.previous = before?.id
        manifest.pages = before.map { _ in state.pages.count / BackupState.digest([]).count }

        let data = try SealedWriter(path, for: key)
        try data.add("manifest.json", Array(JSONEncoder().encode(manifest)))
        let name = before == nil ? "database" : "pages"
        try data.add(name, from: "\(work)/\(name)")
        // After the applications that they open, so that none is without its own; files come last, as their rows come after them.
        let keys = try SealedWriter(Self.keysPath(path), for: key)
        for name in ["town.key", "trail.key"] { try keys.add(name, from: "\(settings.keys)/\(name)") }
        try await Keys.dump(settings).write(to: work + "/wrapped")
        try keys.add("wrapped", from: work + "/wrapped")
        let files = FileStore(settings)
        for name in try await files.names().sorted() where !name.hasSuffix(".part") && !state.files.contains(name) {
            do {
                try data.add("files/\(name)", try await files.sealed(name))
                state.files.insert(name)
            } catch let trouble as FileTrouble {
                // One that was collected meanwhile is nobody's; one that is there has to be in it.
                guard try await !files.names().contains(name) else {
                    throw BackupFault("添付ファイル \(name) を読めません（\(trouble)）。バックアップは作りませんでした")
                }
            }
        }
        let lines = try data.finish() + keys.finish()
        if isFile { try state.write(in: settings.data) }
        return Outcome(
            files: lines.count { $0.name.hasPrefix("files/") }, bytes: lines.reduce(0) { $0 + $1.size },
            previous: before?.path, keysPath: Self.keysPath(path), seconds: (ContinuousClock.now - start).seconds)
    }

    private func manifest(at moment: Moment) async throws -> Manifest {
        let database = try await Database(settings.database)
        let (town, head) = try await database.read { transaction in
            (try Town.find(in: transaction)?.name[.ja], try Trail.newestHead(in: transaction))
        }
        let migrations = try await database.migrations().sorted()
        await database.close()
        guard let town else { throw BackupFault("町がまだありません。origami init を実行してください") }
        return Manifest(
            town: town, madeAt: moment.iso, engine: DatabaseDump.engine(of: settings.database), migrations: migrations,
            id: ID<Backup>().text,
            head: head.map { .init(size: $0.size, root: $0.root.hexadecimal, signature: $0.signature.hexadecimal) })
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
