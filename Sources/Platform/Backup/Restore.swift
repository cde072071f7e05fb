import Core
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

extension Backup {
    /// 復元. Puts a town back into a place where there is nothing. Gives what the backup says of itself.
    ///
    /// Throws ``BackupFault`` where something is already there, or a file is not whole; then nothing stays there.
    @discardableResult
    func unpack(_ paths: [String], keys keysPath: String, with key: BackupKey.Secret) async throws -> Manifest {
        try await requireEmptyPlace()
        let made = [settings.data, settings.keys].filter { !FileManager.default.fileExists(atPath: $0) }
        do {
            for folder in [settings.data, settings.data + "/files", settings.keys] {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                guard chmod(folder, 0o700) == 0 else { throw BackupFault("\(folder) の権限を変えられません。所有者を確かめてください") }
            }
            return try await putBack(paths, keysPath, key)
        } catch {
            for folder in made { try? FileManager.default.removeItem(atPath: folder) }
            // The bucket was empty before.
            if settings.bucket != nil { try? await FileStore(settings).clear() }
            throw error
        }
    }

    /// The same for a command.
    /// - Parameter paths: one with everything, then those with what changed, in the order in which they were made.
    package func restore(_ paths: [String], keys keysPath: String, with key: BackupKey.Secret) async throws -> String {
        let manifest = try await unpack(paths, keys: keysPath, with: key)
        return "\(manifest.town)、\(manifest.madeAt) のバックアップ"
    }

    private func putBack(_ paths: [String], _ keysPath: String, _ key: BackupKey.Secret) async throws -> Manifest {
        let work = "\(settings.data)/.restore-\(ID<Backup>())"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: work) }
        var last: Manifest?
        for path in paths {
            let part = "\(work)/\(ID<Backup>())"
            try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: true)
            let files = Extraction(
                places: ["manifest.json": part, "database": work, "pages": part], files: settings.data + "/files")
            _ = try SealedReader.read(path, with: key, take: files.take)
            last = try follow(path, part, after: last, in: work)
        }
        guard let manifest = last else { throw BackupFault("バックアップのファイルを指定してください") }
        if settings.bucket != nil {
            _ = try await FileStore(settings).take(from: FileStore(folder: settings.data + "/files"))
            try FileManager.default.removeItem(atPath: settings.data + "/files")
        }
        let keyFiles = Extraction(
            places: ["town.key": settings.keys, "trail.key": settings.keys, "wrapped": work], files: nil)
        _ = try SealedReader.read(keysPath, with: key, take: keyFiles.take)
        try await DatabaseDump(address: settings.database, schema: nil).restore(from: work + "/database")
        try await Keys.dump(settings).restore(from: work + "/wrapped")
        return manifest
    }

    /// What a backup says of itself, once what is in it follows what was put back before.
    private func follow(_ path: String, _ part: String, after last: Manifest?, in work: String) throws -> Manifest {
        guard let bytes = FileManager.default.contents(atPath: part + "/manifest.json"),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: bytes), manifest.format == 1
        else { throw BackupFault("\(path) は、この版の origami では読めません。新しい版を使ってください") }
        let engine = DatabaseDump.engine(of: settings.database)
        guard manifest.engine == engine else {
            throw BackupFault(
                "\(manifest.engine) のバックアップです。ORIGAMI_DATABASE（drill では --database）を \(manifest.engine) のアドレスにしてください（いまは \(engine)）"
            )
        }
        guard manifest.previous == last?.id else {
            throw BackupFault(
                last == nil
                    ? "\(path) には、変わったところだけが入っています。その前の、すべてが入ったバックアップから順に並べてください"
                    : "\(path) は、その前に並べたバックアップの続きではありません。作った順に、抜かさずに並べてください")
        }
        if let count = manifest.pages { try ChangedPages.apply(part + "/pages", to: work + "/database", count: count) }
        return manifest
    }

    func requireEmptyPlace() async throws {
        let mend = "空の場所に戻してください（ORIGAMI_DATA、ORIGAMI_KEYS、ORIGAMI_DATABASE を変えるか、いまあるものを別の場所に移す）"
        guard try await DatabaseDump(address: settings.database, schema: nil).isEmpty(),
            try await Keys.dump(settings).isEmpty()
        else { throw BackupFault("\(settings.shownDatabase) には、すでに町のデータがあります。\(mend)") }
        for path in [settings.keys + "/town.key", settings.keys + "/trail.key"]
        where FileManager.default.fileExists(atPath: path) { throw BackupFault("\(path) がすでにあります。\(mend)") }
        guard try await FileStore(settings).names().isEmpty else {
            let place = settings.bucket?.shown ?? settings.data + "/files"
            throw BackupFault("\(place) に、すでにファイルがあります。\(mend)")
        }
    }
}

/// Writes what comes out of an archive to the places that are meant for it, and nowhere else.
private final class Extraction {
    private let places: [String: String]
    private let files: String?
    private var current: (name: String, file: Int32)?

    /// - Parameters:
    ///   - places: the folder of each file that may come.
    ///   - files: the folder of attachments; nil where none may come.
    init(places: [String: String], files: String?) { (self.places, self.files) = (places, files) }

    deinit { if let current { close(current.file) } }

    func take(_ name: String, _ bytes: [UInt8]?) throws {
        if current?.name != name {
            let file = open(try path(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw BackupFault("\(name) を書けません（\(String(cString: strerror(errno)))）") }
            current = (name, file)
        }
        guard let (_, file) = current else { return }
        if let bytes {
            try FileIO.write(bytes, to: file)
        } else {
            let isKept = fsync(file) == 0
            close(file)
            current = nil
            guard isKept else { throw BackupFault("\(name) を書き終えられません。ディスクの空きを確かめてください") }
        }
    }

    private func path(_ name: String) throws -> String {
        if let folder = places[name] { return "\(folder)/\(name)" }
        let rest = name.hasPrefix("files/") ? String(name.dropFirst("files/".count)) : ""
        guard let files, !rest.isEmpty, !rest.hasPrefix("."), !rest.contains("/") else {
            throw BackupFault("バックアップに、知らない名前のファイルがあります: \(name)")
        }
        return "\(files)/\(rest)"
    }
}
