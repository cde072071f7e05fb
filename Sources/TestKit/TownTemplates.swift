import Core
import FoundationEssentials
import Logging
import Platform
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Towns that are made once and copied for every test: making one takes longer than most tests.
actor TownTemplates {
    static let shared = TownTemplates()

    private var made: [Kind: Task<(folder: TemporaryFolder, database: String), any Error>] = [:]

    private struct Kind: Hashable {
        let hasSample: Bool
        let moment: Moment
    }

    /// Puts a town as it is after its installation into a folder. Gives the address of its database.
    func copy(hasSample: Bool, at moment: Moment, to path: String, _ logger: Logger) async throws -> String {
        let kind = Kind(hasSample: hasSample, moment: moment)
        let task = made[kind] ?? Task { try await Self.make(kind, logger) }
        made[kind] = task
        let template = try await task.value
        for name in try FileManager.default.contentsOfDirectory(atPath: template.folder.path) {
            try FileManager.default.copyItem(atPath: "\(template.folder.path)/\(name)", toPath: "\(path)/\(name)")
        }
        return try await TestEngine.chosen.database(in: path, copyOf: template.database)
    }

    /// What is removed when the process ends.
    private static let folders = Mutex<[TemporaryFolder]>([])
    private static let cleaning: Void = {
        atexit { TownTemplates.folders.withLock { folders in for folder in folders { folder.remove() } } }
    }()

    private static func make(_ kind: Kind, _ logger: Logger) async throws -> (TemporaryFolder, String) {
        let folder = try TemporaryFolder()
        _ = cleaning
        folders.withLock { $0.append(folder) }
        var settings = Settings()
        settings.data = folder.path
        settings.database = try await TestEngine.chosen.database(in: folder.path)
        settings.keys = folder.path + "/keys"
        let installation = Installation(settings, logger: logger)
        let town = try TestTown.folder()
        _ = try await installation.install(town, at: kind.moment)
        if let sample = town.sample {
            try await installation.addSample(sample, count: kind.hasSample ? nil : 0, at: kind.moment)
        }
        return (folder, settings.database)
    }
}
