import Applications
import Core
import Database
import FoundationEssentials
import Logging
import Platform
import TestKit
import Testing
import Trail

@Suite("バックアップと復元")
struct BackupTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A place where there is nothing, on the engine that is tested.
    private func empty<T: Sendable>(_ work: (Settings) async throws -> T) async throws -> T {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var settings = Settings()
        (settings.data, settings.keys) = (folder.path + "/town", folder.path + "/town/keys")
        let address = try await TestEngine.chosen.database(in: settings.data)
        settings.database = address
        do {
            let result = try await work(settings)
            await TestEngine.chosen.remove(address)
            return result
        } catch {
            await TestEngine.chosen.remove(address)
            throw error
        }
    }

    @Test("動いている町のバックアップを空の場所に戻すと、申請も添付ファイルも鍵も記録も、そのままある")
    func roundTrip() async throws {
        try await TestTown.run(hasSample: true) { town in
            let key = BackupKey.Secret()
            let path = town.folder + "/one.backup"
            let outcome = try await Backup(town.platform.settings).make(
                to: path, for: key.publicHalf, at: town.clock.now)
            #expect(outcome.files > 0)
            // What happens afterwards is not in it.
            let visitor = town.visitor()
            _ = try await visitor.submit(visitor.fillIn(.water))
            try await empty { settings in
                let words = try await Backup(settings).restore([path], keys: outcome.keysPath, with: key)
                #expect(words.contains("上三川町"))
                let restored = try await Platform(settings, logger: logger)
                let count = "SELECT count(*) AS n FROM application WHERE status <> 'draft'" as SQL
                let there: Int? = try await restored.database.read { try $0.row(count)?["n"] }
                let here: Int? = try await town.platform.database.read { try $0.row(count)?["n"] }
                #expect(there == here.map { $0 - 1 })
                #expect(try await restored.applications.readability().unread == 0)
                #expect(try await restored.applications.missingFiles() == 0)
                #expect(try await EventLog.verify(restored.trail, in: restored.database).faults == [])
                await restored.close()
                // Nothing is written over.
                await #expect(throws: BackupFault.self) {
                    try await Backup(settings).restore([path], keys: outcome.keysPath, with: key)
                }
            }
            try await empty { settings in
                let steps = try await Backup(settings).drill(
                    [path], keys: outcome.keysPath, with: key, at: town.clock.now, logger: logger)
                #expect(steps.count == 6 && steps.allSatisfy(\.isGood), "\(steps)")
                #expect(!FileManager.default.fileExists(atPath: settings.data))
            }
        }
    }

    @Test("変わったところだけのバックアップは、小さく、続けて戻すと、最後のときの町になる。抜けがあれば、戻さない", .enabled(if: TestEngine.chosen == .sqlite))
    func increments() async throws {
        try await TestTown.run(hasSample: true) { town in
            let key = BackupKey.Secret()
            let backup = Backup(town.platform.settings)
            var (paths, outcomes): ([String], [Backup.Outcome]) = ([], [])
            for number in 0..<4 {
                if number > 0 {
                    let visitor = Visitor(address: town.address, client: "10.0.0.\(number)")
                    _ = try await visitor.submit(visitor.fillIn(.water))
                }
                let path = "\(town.folder)/\(number).backup"
                outcomes.append(
                    try await backup.make(to: path, for: key.publicHalf, incremental: true, at: town.clock.now))
                paths.append(path)
            }
            // Nothing was there before the first; what follows is small.
            #expect(outcomes.map(\.previous) == [nil, paths[0], paths[1], paths[2]])
            #expect(outcomes[3].bytes * 2 < outcomes[0].bytes, "\(outcomes.map(\.bytes))")
            let keysPath = outcomes[3].keysPath
            let (all, gap) = (paths, [paths[0], paths[2], paths[3]])
            try await empty { settings in
                _ = try await Backup(settings).restore(all, keys: keysPath, with: key)
                let restored = try await Platform(settings, logger: logger)
                let count = "SELECT count(*) AS n FROM application WHERE status <> 'draft'" as SQL
                let there: Int? = try await restored.database.read { try $0.row(count)?["n"] }
                let here: Int? = try await town.platform.database.read { try $0.row(count)?["n"] }
                #expect(there == here)
                #expect(try await restored.applications.readability().unread == 0)
                #expect(try await restored.database.faults() == [])
                #expect(try await EventLog.verify(restored.trail, in: restored.database).faults == [])
                await restored.close()
            }
            for wrong in [gap, [paths[1]], [paths[0], paths[1], paths[1]]] {
                try await empty { settings in
                    let fault = await #expect(throws: BackupFault.self) {
                        try await Backup(settings).restore(wrong, keys: keysPath, with: key)
                    }
                    #expect(fault?.description.contains("並べ") == true)
                    #expect(!FileManager.default.fileExists(atPath: settings.data))
                }
            }
        }
    }

    @Test("変えられ、切られ、つなぎ足され、ほかの鍵のためのバックアップは、戻さず、何も残さない", arguments: ["flip", "cut", "more", "key", "other"])
    func damaged(_ damage: String) async throws {
        try await TestTown.run { town in
            let key = BackupKey.Secret()
            let path = town.folder + "/one.backup"
            let keys = try await Backup(town.platform.settings).make(to: path, for: key.publicHalf, at: town.clock.now)
                .keysPath
            var bytes = try #require(TestFile.bytes(path))
            switch damage {
            case "flip": bytes[bytes.count / 2] ^= 1
            case "cut": bytes.removeLast(40)
            case "more": bytes.append(contentsOf: [0, 0])
            case "other": bytes = Data("not a backup".utf8)
            default: break
            }
            let changed = town.folder + "/changed.backup"
            #expect(FileManager.default.createFile(atPath: changed, contents: bytes))
            try await empty { settings in
                let fault = await #expect(throws: BackupFault.self) {
                    try await Backup(settings).restore([changed], keys: keys, with: damage == "key" ? .init() : key)
                }
                #expect(fault?.description.contains("changed.backup") == true, "\(String(describing: fault))")
                #expect(!FileManager.default.fileExists(atPath: settings.data))
            }
        }
    }

    @Test("バックアップには、鍵も平文もない。開けないデータは、申請の数で分かる")
    func sealed() async throws {
        try await TestTown.run(hasSample: true) { town in
            let key = BackupKey.Secret()
            let path = town.folder + "/one.backup"
            let outcome = try await Backup(town.platform.settings).make(
                to: path, for: key.publicHalf, at: town.clock.now)
            let bytes = try #require(TestFile.bytes(path))
            let townKey = try #require(TestFile.bytes(town.platform.settings.keys + "/town.key"))
            #expect(!bytes.contains(townKey) && !bytes.contains("dog-registration".utf8))
            let id: String? = try await town.platform.database.read {
                try $0.row("SELECT id FROM application WHERE status <> 'draft'")?["id"]
            }
            // Keys of another day: what was shredded since stays shredded.
            try await town.platform.vault.shred(#require(id))
            let later = try await Backup(town.platform.settings).make(
                to: town.folder + "/two.backup", for: key.publicHalf, at: town.clock.now)
            try await empty { settings in
                let steps = try await Backup(settings).drill(
                    [path], keys: later.keysPath, with: key, at: town.clock.now, logger: logger)
                #expect(steps.first { !$0.isGood }?.found.contains("開けないもの 1 件") == true, "\(steps)")
            }
            #expect(outcome.bytes > 0)
        }
    }

    @Test("鍵のファイルは、持ち主だけが読め、上書きしない")
    func keys() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (key, path) = (BackupKey.Secret(), folder.path + "/secret")
        try key.write(to: path)
        #expect(try BackupKey.Secret(path: path).publicHalf == key.publicHalf)
        #expect(BackupKey.Public(key.publicHalf.description) == key.publicHalf)
        #expect(BackupKey.Public("origami-backup-x") == nil && BackupKey.Public("") == nil)
        #expect(throws: BackupFault.self) { try BackupKey.Secret().write(to: path) }
        #expect(throws: BackupFault.self) { _ = try BackupKey.Secret(path: folder.path + "/none") }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
