import Database
import FoundationEssentials
import Subprocess

/// A database's content in a file, and back. SQLite copies itself; PostgreSQL's own programs do it for PostgreSQL, on one
/// snapshot.
struct DatabaseDump {
    let address: String
    /// The schema alone that is meant; nil for everything but the keys.
    let schema: String?

    /// Whether a file made by one engine can be read by another.
    static func engine(of address: String) -> String { address.hasPrefix("sqlite:") ? "SQLite" : "PostgreSQL" }

    func write(to path: String) async throws {
        if Self.engine(of: address) == "SQLite" {
            let database = try await Database(address)
            try await database.copy(to: path)
            await database.close()
            try await Self.check(path)
        } else {
            let part = schema.map { ["--schema", $0] } ?? ["--exclude-schema", Keys.schema]
            try await Self.run(
                "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--file", path] + part + [address])
        }
    }

    /// Into a place where there is nothing.
    func restore(from path: String) async throws {
        if Self.engine(of: address) == "SQLite" {
            try await Self.check(path)
            try FileManager.default.moveItem(atPath: path, toPath: String(address.dropFirst("sqlite:".count)))
        } else {
            try await Self.run(
                "pg_restore",
                ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", address, path])
        }
    }

    /// True if nothing would be overwritten.
    func isEmpty() async throws -> Bool {
        if Self.engine(of: address) == "SQLite" {
            return !FileManager.default.fileExists(atPath: String(address.dropFirst("sqlite:".count)))
        }
        let database = try await Database(address)
        let name = schema ?? "public"
        let isThere = try await database.read { transaction in
            try transaction.exists("SELECT 1 AS there FROM pg_tables WHERE schemaname = \(name)")
        }
        await database.close()
        return !isThere
    }

    /// Takes away what was restored for a look. A file goes with its folder.
    func clear() async throws {
        guard Self.engine(of: address) == "PostgreSQL" else { return }
        let database = try await Database(address)
        try await database.write { transaction in
            transaction.keepHouse("the end of a drill")
            try transaction.run("DROP SCHEMA IF EXISTS origami_keys CASCADE")
            try transaction.run("DROP SCHEMA public CASCADE")
            try transaction.run("CREATE SCHEMA public")
        }
        await database.close()
    }

    private static func check(_ path: String) async throws {
        let copy = try await Database("sqlite:\(path)")
        let faults = try await copy.faults()
        await copy.close()
        guard faults.isEmpty else { throw BackupFault("データベースの写しが壊れています: \(faults.prefix(3).joined(separator: "; "))") }
        for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    }

    private static func run(_ program: String, _ arguments: [String]) async throws {
        do {
            let result = try await Subprocess.run(
                .name(program), arguments: Arguments(arguments), input: .none, output: .discarded,
                error: .string(limit: 20_000))
            guard result.terminationStatus.isSuccess else {
                throw BackupFault(
                    "\(program): \((result.standardError).split(separator: "\n").prefix(3).joined(separator: " "))")
            }
        } catch let error as SubprocessError {
            throw BackupFault("\(program) を動かせません（\(error)）。apt install postgresql-client を実行してください")
        }
    }
}
