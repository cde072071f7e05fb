import Core
package import Database
import Crypto
import FoundationEssentials
import Trail
import CDispatch

#if canImport(Glibc)
    import Glibc
#endif

/// 鍵. The keys of an installation, in a folder that is backed up apart from the database.
///
/// `town.key` wraps the keys of applications, `trail.key` signs the trail. The wrapped keys are in `keys.sqlite` beside them;
/// where several servers share a PostgreSQL database, in a schema of their own there, which its backups leave out.
package struct Keys: Sendable {
    package let folder: String
    package let town: [UInt8]
    package let trail: [UInt8]
    /// The town's database.
    private let beside: String

    /// Reads the keys. Throws ``Fault`` if one is missing, of the wrong length or readable by others.
    /// - Parameter beside: the address of the town's database.
    package init(folder: String, beside: String) throws {
        (self.folder, self.beside) = (folder, beside)
        guard !Self.isFile(beside) || FileManager.default.fileExists(atPath: "\(folder)/keys.sqlite") else {
            throw Fault(description: "\(folder)/keys.sqlite がありません。バックアップから戻すか、新しい町なら origami init を実行してください")
        }
        town = try Self.read("\(folder)/town.key")
        trail = try Self.read("\(folder)/trail.key")
    }

    /// Makes the keys that are not there yet, and the database of wrapped keys.
    ///
    /// Throws ``Fault`` if keys are there but that database is not, or the other way round: what is missing would have to
    /// be made new, and what was sealed could not be read any more.
    package static func make(folder: String, beside: String) async throws {
        func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }
        if isFile(beside), has("town.key") != has("keys.sqlite") {
            let name = has("town.key") ? "town.key" : "keys.sqlite"
            throw Fault(
                description: "\(folder) に \(name) だけがあります。そろったバックアップから戻すか、まだ町を始めていなければ \(folder) を消して、もう一度実行してください")
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard chmod(folder, 0o700) == 0 else { throw Fault(description: "\(folder) の権限を変えられません。所有者を確かめてください") }
        let database = try await wrapped(folder, beside, isNew: true)
        try await database.migrate(Vault.migrations)
        let isUsed = try await database.read { try $0.exists("SELECT 1 FROM wrapped_key") }
        await database.close()
        guard has("town.key") || !isUsed else {
            throw Fault(
                description:
                    "\(folder) に町の鍵がありませんが、データベースには申請の鍵があります。先に始めたサーバーの \(folder) を、town.key と trail.key ごと写してください")
        }
        for name in ["town.key", "trail.key"] where !FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
            let key = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
            try write(key, to: "\(folder)/\(name)")
        }
    }

    /// The schema of the wrapped keys in a database that servers share.
    static let schema = "origami_keys"

    /// The wrapped keys, to be written into a file and back.
    static func dump(_ settings: Settings) -> DatabaseDump {
        isFile(settings.database)
            ? DatabaseDump(address: "sqlite:\(settings.keys)/keys.sqlite", schema: nil)
            : DatabaseDump(address: settings.database, schema: schema)
    }

    private static func isFile(_ beside: String) -> Bool { beside.hasPrefix("sqlite:") }

    private static func wrapped(_ folder: String, _ beside: String, isNew: Bool) async throws -> Database {
        isFile(beside)
            ? try await Database("sqlite:\(folder)/keys.sqlite", isNew: isNew)
            : try await Database(beside, schema: schema)
    }

    /// The database of wrapped keys.
    package func database() async throws -> Database {
        let database = try await Self.wrapped(folder, beside, isNew: false)
        try await database.migrate(Vault.migrations)
        return database
    }

    /// A key file that cannot be used, with the mend.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Fault(description: "鍵 \(path) がありません。バックアップから戻すか、新しい町なら origami init を実行してください")
        }
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        guard let mode, mode & 0o077 == 0 else {
            throw Fault(description: "鍵 \(path) を、ほかの利用者も読めます。chmod 600 \(path) を実行してください")
        }
        guard data.count == 32 else {
            throw Fault(description: "鍵 \(path) の長さが違います（\(data.count) バイト）。バックアップから戻してください")
        }
        return [UInt8](data)
    }

    /// Written, readable by the owner alone, and on disk before anything is sealed with it.
    private static func write(_ data: Data, to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { throw Fault(description: "鍵 \(path) を作れません。フォルダーの権限を確かめてください") }
        defer { close(file) }
        let written = data.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        guard written == data.count, fsync(file) == 0 else {
            throw Fault(description: "鍵 \(path) を書けません。ディスクの空きを確かめてください")
        }
    }
}
