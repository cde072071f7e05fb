package import Core
package import Database
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// 引っ越し. A town that began in a file goes on in PostgreSQL: the database and the wrapped keys, compared row by row, and
/// its files where they go into a bucket. The file stays as it is until everything is there; then it gets another name, so
/// that nobody goes on in it.
package struct Move: Sendable {
    private let settings: Settings
    private let target: String

    /// - Parameter target: the address of an empty PostgreSQL database, or of one where a move was interrupted.
    package init(_ settings: Settings, to target: String) { (self.settings, self.target) = (settings, target) }

    /// Why a town cannot be moved, with the mend.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String

        init(_ description: String) { self.description = description }
    }

    /// What was moved.
    package struct Outcome: Sendable, Encodable {
        package let tables: [DatabaseMove.Comparison]
        /// Rows that went over this time; fewer than there are where a move went on.
        package let copied: Int
        /// Files that went into the bucket this time.
        package let files: Int
        /// What the old file is called now.
        package let oldPath: String
        package let seconds: Double
    }

    /// The name of the step that stands in the target's list as long as a move is not finished.
    private static let mark = Migration("move/unfinished")

    /// True where a move into this database was begun and not finished.
    static func isUnfinished(in database: Database) async throws -> Bool {
        ((try? await database.migrations()) ?? []).contains(mark.name)
    }

    /// Throws ``Platform/Missing/moved(_:)`` where a town went on elsewhere.
    static func requireHere(_ settings: Settings) throws {
        let path = String(settings.database.dropFirst("sqlite:".count))
        guard settings.database.hasPrefix("sqlite:"), !FileManager.default.fileExists(atPath: path),
            FileManager.default.fileExists(atPath: path + ending)
        else { return }
        throw Platform.Missing.moved(path + ending)
    }

    /// Moves everything. Throws ``Fault``; what is there by then stays for the next try, and the old town as it was.
    package func run(told: @escaping @Sendable (String, Int) throws -> Void) async throws -> Outcome {
        let start = ContinuousClock.now
        guard settings.database.hasPrefix("sqlite:") else {
            throw Fault("いまのデータベース（\(settings.shownDatabase)）は SQLite ではありません。引っ越しは SQLite から PostgreSQL へだけできます")
        }
        guard !target.hasPrefix("sqlite:") else { throw Fault("行き先は postgresql:// で始まるアドレスにしてください") }
        let path = String(settings.database.dropFirst("sqlite:".count))
        guard FileManager.default.fileExists(atPath: path) else { throw Fault("\(path) がありません。ORIGAMI_DATA を確かめてください") }
        if let user = SQLiteFile.user(of: path) {
            throw Fault("町が動いています（プロセス \(user) が \(path) を開いています）。origami serve と work を止めてから、もう一度実行してください")
        }
        let keysPath = "\(settings.keys)/keys.sqlite"
        try await begin()
        let keys = try await move(from: "sqlite:\(keysPath)", Vault.migrations, schema: Keys.schema, told)
        let data = try await move(from: settings.database, Platform.migrations, schema: nil, told)
        let files = try await moveFiles()
        // From here on it is a town.
        let database = try await Database(target)
        try await database.forget(Self.mark)
        await database.close()
        for path in [path, keysPath] { try Self.retire(path) }
        return Outcome(
            tables: data.tables + keys.tables, copied: data.copied + keys.copied, files: files,
            oldPath: path + Self.ending, seconds: (ContinuousClock.now - start).seconds)
    }

    /// Makes the tables in an empty place, or finds those of a move that was interrupted.
    private func begin() async throws {
        let source = try await Database(settings.database)
        let there = try await Database(target)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await begin(source, there)) } catch { outcome = .failure(error) }
        await source.close()
        await there.close()
        try outcome.get()
    }

    private func begin(_ source: Database, _ there: Database) async throws {
        let done = (try? await there.migrations()) ?? []
        if done.isEmpty {
            // The mark and the tables come together: without it, what is there is another's.
            try await there.migrate([Self.mark] + Platform.migrations)
            try await DatabaseMove(from: source, to: there).clear()
        } else if !done.contains(Self.mark.name) {
            throw Fault("行き先には、すでに町のデータがあります。空のデータベースを作って指定してください")
        }
    }

    private func move(
        from address: String, _ migrations: [Migration], schema: String?, _ told: @Sendable (String, Int) throws -> Void
    ) async throws -> (tables: [DatabaseMove.Comparison], copied: Int) {
        let source = try await Database(address)
        let there = try await Database(target, schema: schema)
        let outcome: Result<([DatabaseMove.Comparison], Int), any Error>
        do {
            outcome = .success(try await move(source, there, migrations, schema: schema, told))
        } catch {
            outcome = .failure(error)
        }
        await source.close()
        await there.close()
        let (tables, copied) = try outcome.get()
        let different = tables.filter { !$0.isSame }.map(\.table)
        guard different.isEmpty else {
            throw Fault(
                "写したものが元と違います（\(different.joined(separator: ", "))）。町を止め（origami serve と work）、行き先のデータベースを空にしてから、もう一度実行してください"
            )
        }
        return (tables, copied)
    }

    private func move(
        _ source: Database, _ there: Database, _ migrations: [Migration], schema: String?,
        _ told: @Sendable (String, Int) throws -> Void
    ) async throws -> ([DatabaseMove.Comparison], Int) {
        guard try await source.migrations() == Set(migrations.map(\.name)) else {
            throw Fault("データベースの形が、このプログラムと違います。同じ版の origami で origami init --town … を実行してからにしてください")
        }
        let move = DatabaseMove(from: source, to: there)
        if schema != nil { try await there.migrate(migrations) }
        let copied = try await move.copy(told: told)
        return (try await move.compare(), copied)
    }

    /// Where files go into a bucket, those of the folder go there.
    private func moveFiles() async throws -> Int {
        guard settings.bucket != nil else { return 0 }
        let (folder, bucket) = (FileStore(folder: settings.data + "/files"), FileStore(settings))
        return try await bucket.take(from: folder)
    }

    private static let ending = ".moved"

    /// The old file stays, under a name that nothing opens.
    private static func retire(_ path: String) throws {
        guard rename(path, path + ending) == 0 else {
            throw Fault("引っ越しは済みましたが、\(path) の名前を変えられません。間違って使わないように、別の場所に移してください")
        }
        for end in ["-wal", "-shm"] { rename(path + end, path + ending + end) }
    }
}
