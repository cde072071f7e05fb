import Core
import Database
import FoundationEssentials
import Logging
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#endif

/// 動いていた時間. A file in the data folder says that the program runs and when it was last seen; the program holds a lock on it
/// and takes it away at the end. Where one is found that nobody holds, its program ended without being told to: it is
/// recorded, so that people know.
package struct Lifetime: Service {
    private let database: Database
    private let folder: String
    private let role: String
    private let now: @Sendable () -> Moment
    private let logger: Logger

    /// The kind of the event that says so.
    package static let event = "program.recovered"
    /// How often the file is written.
    private static let beat = Duration.seconds(5)

    /// - Parameter role: `serve` or `work`.
    init(database: Database, folder: String, role: String, now: @escaping @Sendable () -> Moment, logger: Logger) {
        (self.database, self.folder, self.role, self.now, self.logger) = (database, folder, role, now, logger)
    }

    package func run() async throws {
        try await recordEnded()
        let path = "\(folder)/\(Self.prefix)\(role)-\(ID<Lifetime>())"
        // Without room or permission there is nothing to note it in; the pages say so themselves.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        flock(file, LOCK_EX | LOCK_NB)
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let text = Array(now().iso.utf8)
                pwrite(file, text, text.count, 0)
                try? await Task.sleep(for: Self.beat)
            }
        }
        unlink(path)
        close(file)
    }

    private static let prefix = "running-"

    /// Records those who ended without being told to.
    private func recordEnded() async throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(Self.prefix) {
            let path = "\(folder)/\(name)"
            let file = open(path, O_RDWR | O_CLOEXEC)
            defer { close(file) }
            // The system lets go of a lock when its program is gone, however it went.
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else { continue }
            let seen = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let role = String(name.dropFirst(Self.prefix.count).prefix { $0 != "-" })
            let moment = now()
            try await database.write { transaction in
                try transaction.record(
                    Event(Self.event, subject: role, detail: ["seen": seen]), by: .system, at: moment)
            }
            unlink(path)
            logger.warning("the program ended without being told to", metadata: ["role": "\(role)", "seen": "\(seen)"])
        }
    }

    /// What happened since a moment: how often a program ended without being told to, how often the database or its disk
    /// was away, and when that was last over.
    static func interruptions(
        since moment: Moment, in transaction: Transaction
    ) throws -> (ended: Int, away: Int, last: Moment?) {
        let ended = try EventLog.events(of: event, about: ["serve", "work"], since: moment, in: transaction)
        let away = try EventLog.events(of: Worker.hindered, about: ["database"], since: moment, in: transaction)
        return (ended.count, away.count, (ended + away).map(\.at).max())
    }
}
