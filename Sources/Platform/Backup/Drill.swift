import Applications
package import Core
import Database
import FoundationEssentials
package import Logging
import Trail

extension Backup {
    /// 復元の訓練. A look at one thing, with what was found and how long it took.
    package struct DrillStep: Sendable, Encodable {
        package let name: String
        package let found: String
        package let isGood: Bool
        package let seconds: Double
    }

    /// Restores a backup into the place of these settings, which is for this alone, looks at everything in it, and takes
    /// it away again.
    package func drill(
        _ paths: [String], keys keysPath: String, with key: BackupKey.Secret, at moment: Moment, logger: Logger
    ) async throws -> [DrillStep] {
        try await requireEmptyPlace()
        let outcome: Result<[DrillStep], any Error>
        do {
            outcome = .success(try await steps(paths, keysPath, key, at: moment, logger))
        } catch {
            outcome = .failure(error)
        }
        for folder in [settings.data, settings.keys] { try? FileManager.default.removeItem(atPath: folder) }
        try await DatabaseDump(address: settings.database, schema: nil).clear()
        return try outcome.get()
    }

    private func steps(
        _ paths: [String], _ keysPath: String, _ key: BackupKey.Secret, at moment: Moment, _ logger: Logger
    ) async throws -> [DrillStep] {
        var steps: [DrillStep] = []
        var start = ContinuousClock.now
        func add(_ name: String, _ found: String, _ isGood: Bool) {
            steps.append(
                DrillStep(name: name, found: found, isGood: isGood, seconds: (ContinuousClock.now - start).seconds))
            start = .now
        }
        let manifest = try await unpack(paths, keys: keysPath, with: key)
        add("復元", "\(manifest.town)、\(manifest.madeAt)。すべてのファイルの要約値を確かめました", true)

        let platform = try await Platform(settings, migrating: false, logger: logger)
        let isHeld = try await platform.database.read { try manifest.head?.isHeld(in: $0) ?? true }
        add("記録の先端", manifest.head.map { "\($0.size) 件まで" } ?? "まだありません", isHeld)
        let trail = try await EventLog.verify(platform.trail, in: platform.database)
        add("記録の検証", trail.faults.first ?? "\(trail.entries) 件", trail.faults.isEmpty)
        let (read, unread) = try await platform.applications.readability()
        add("申請を開く", "\(read) 件。開けないもの \(unread) 件", unread == 0)
        let missing = try await platform.applications.missingFiles()
        let damaged = try await platform.applications.damagedFiles()
        add(
            "添付ファイル", missing + damaged == 0 ? "そろっていて、中身も要約値のとおりです" : "ないもの \(missing) 件、中身が違うもの \(damaged) 件",
            missing + damaged == 0)
        let isSame = try await platform.applications.countsAgain(at: moment)
        add("集計のやり直し", isSame ? "同じになりました" : "違いがあります", isSame)
        await platform.close()
        return steps
    }
}

extension Backup.Manifest.Head {
    /// True if the trail still has this head.
    fileprivate func isHeld(in transaction: Transaction) throws -> Bool {
        let row = try transaction.row("SELECT root, signature FROM trail_head WHERE size = \(size)")
        let kept: ([UInt8], [UInt8])? = try row.map { try ($0["root"], $0["signature"]) }
        return kept?.0.hexadecimal == root && kept?.1.hexadecimal == signature
    }
}
