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
        package let keysPath: String
        package let seconds: Double
    }

    /// The file with the keys, beside the one with the data.
    package static func keysPath(_ path: String) -> String { path + ".keys" }

    /// Makes both files. Throws ``BackupFault``; what was there before stays.
    package func make(to path: String, for key: BackupKey.Public, at moment: Moment) async throws -> Outcome {
        let start = ContinuousClock.now
        for path in [path, Self.keysPath(path)] where FileManager.default.fileExists(atPath: path) {
            throw BackupFault("\(path) がすでにあります。別の名前を指定してください")
        }
        // In the data's own folder: it is its owner's alone, and big enough.
        let work = "\(settings.data)/.backup-\(ID<Backup>())"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: work) }

        let data = try SealedWriter(path, for: key)
        try await data.add("manifest.json", Array(JSONEncoder().encode(manifest(at: moment))))
        try await DatabaseDump(address: settings.database, schema: nil).write(to: work + "/database")
        try data.add("database", from: work + "/database")
        // After the applications that they open, so that none is without its own; files come last, as their rows come after them.
        let keys = try SealedWriter(Self.keysPath(path), for: key)
        for name in ["town.key", "trail.key"] { try keys.add(name, from: "\(settings.keys)/\(name)") }
        try await Keys.dump(settings).write(to: work + "/wrapped")
        try keys.add("wrapped", from: work + "/wrapped")
        let files = FileStore(settings)
        for name in try await files.names().sorted() where !name.hasSuffix(".part") {
            // One that was collected meanwhile is nobody's.
            guard let bytes = try? await files.sealed(name) else { continue }
            try data.add("files/\(name)", bytes)
        }
        let lines = try data.finish() + keys.finish()
        return Outcome(
            files: lines.count { $0.name.hasPrefix("files/") }, bytes: lines.reduce(0) { $0 + $1.size },
            keysPath: Self.keysPath(path), seconds: (ContinuousClock.now - start).seconds)
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
            head: head.map { .init(size: $0.size, root: $0.root.hexadecimal, signature: $0.signature.hexadecimal) })
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
