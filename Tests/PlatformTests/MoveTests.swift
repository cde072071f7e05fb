import Applications
import Core
import Database
import FoundationEssentials
import Logging
import Platform
import Subprocess
import TestKit
import Testing
import Trail

@Suite("SQLite から PostgreSQL への引っ越し", .enabled(if: TestEngine.chosen == .sqlite))
struct MoveTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A town that is not running, and an empty database for it.
    private func move<T: Sendable>(
        _ work: @escaping @Sendable (_ settings: Settings, _ target: String) async throws -> T
    ) async throws -> T {
        try await TestTown.run(hasSample: true) { town in
            // A copy of its folder, as nobody has the copy open.
            var settings = town.platform.settings
            let place = town.folder + "/moving"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            try await town.platform.database.copy(to: place + "/origami.sqlite")
            for name in ["keys", "files"] {
                let from = name == "keys" ? settings.keys : settings.data + "/" + name
                try? FileManager.default.copyItem(atPath: from, toPath: "\(place)/\(name)")
            }
            (settings.data, settings.keys) = (place, place + "/keys")
            settings.database = "sqlite:\(place)/origami.sqlite"
            let target = try await TestPostgreSQL.shared.database()
            let result: Result<T, any Error>
            do { result = .success(try await work(settings, target)) } catch { result = .failure(error) }
            await TestPostgreSQL.shared.remove(target)
            return try result.get()
        }
    }

    @Test("引っ越した町は、申請も記録も検索も添付ファイルも、そのままある。元のファイルは、別の名前で残る")
    func moves() async throws {
        try await move { settings, target in
            let outcome = try await Move(settings, to: target).run { _, _ in }
            #expect(outcome.tables.count > 60 && outcome.tables.allSatisfy { $0.isSame })
            #expect(outcome.tables.first { $0.table == "application" }?.rows ?? 0 > 50)
            #expect(outcome.copied == outcome.tables.reduce(0) { $0 + $1.rows })
            let path = String(settings.database.dropFirst("sqlite:".count))
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(FileManager.default.fileExists(atPath: outcome.oldPath))

            // Nobody goes on, or begins anew, where the town was.
            await #expect(throws: Platform.Missing.self) { _ = try await Platform(settings, logger: logger) }
            await #expect(throws: Platform.Missing.self) {
                _ = try await Installation(settings, logger: logger).install(TestTown.folder(), at: .now())
            }

            var there = settings
            there.database = target
            let platform = try await Platform(there, logger: logger)
            #expect(try await platform.applications.readability().unread == 0)
            #expect(try await platform.applications.missingFiles() == 0)
            #expect(try await EventLog.verify(platform.trail, in: platform.database).faults == [])
            #expect(try await platform.applications.countsAgain(at: .now()))
            let found: Int? = try await platform.database.read {
                try $0.row("SELECT count(*) AS n FROM card_search WHERE \(Search.match(["住民", "民票"]))")?["n"]
            }
            #expect(found ?? 0 > 0)
            await platform.close()
            // A second move into the same place would write over a town.
            let fault = await #expect(throws: Move.Fault.self) { try await Move(settings, to: target).run { _, _ in } }
            #expect(fault?.description.contains("ありません") == true)
        }
    }

    @Test("途中で止まった引っ越しは、続きから始まる。終わるまで、町としては開けない")
    func resumes() async throws {
        try await move { settings, target in
            struct Stop: Error {}
            let tables = Counted()
            await #expect(throws: Stop.self) {
                try await Move(settings, to: target).run { _, _ in if tables.next() == 20 { throw Stop() } }
            }
            var there = settings
            there.database = target
            let half = there
            await #expect(throws: Platform.Missing.self) { _ = try await Platform(half, logger: logger) }
            let outcome = try await Move(settings, to: target).run { _, _ in }
            #expect(outcome.tables.allSatisfy { $0.isSame })
            #expect(outcome.copied < outcome.tables.reduce(0) { $0 + $1.rows })
            let platform = try await Platform(half, logger: logger)
            #expect(try await platform.applications.readability().unread == 0)
            await platform.close()
        }
    }

    @Test("動いている町、すでに町のある行き先、SQLiteの行き先へは、引っ越さない")
    func refuses() async throws {
        try await move { settings, target in
            var fault = await #expect(throws: Move.Fault.self) {
                try await Move(settings, to: "sqlite:/tmp/other").run { _, _ in }
            }
            #expect(fault?.description.contains("postgresql://") == true)
            // Somebody wrote into the target before.
            let there = try await Database(target)
            try await there.migrate(Platform.migrations)
            await there.close()
            fault = await #expect(throws: Move.Fault.self) { try await Move(settings, to: target).run { _, _ in } }
            #expect(fault?.description.contains("空のデータベース") == true || fault?.description.contains("すでに") == true)
        }
        try await TestTown.run { town in
            let server = ServerProcess(program: ServerProcess.built, data: town.folder + "/running", port: 18_560)
            try await server.command("init", "--town", TestTown.source)
            let settings = try await Settings.read(environment: ["ORIGAMI_DATA": town.folder + "/running"])
            try await server.serve(endingWith: .terminate) { _ in
                let fault = await #expect(throws: Move.Fault.self) {
                    try await Move(settings, to: "postgresql://nobody@localhost/none").run { _, _ in }
                }
                #expect(fault?.description.contains("プロセス") == true)
            }
        }
    }
}

/// Counts calls.
private final class Counted: @unchecked Sendable {
    private var count = 0
    func next() -> Int {
        count += 1
        return count
    }
}
