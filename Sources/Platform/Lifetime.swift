import Core
import Database
import FoundationEssentials
import Logging
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#endif

/// 動いていた時間. A file in the data folder says that the program runs and when it was last seen; it is taken away at the
/// end. Where one is found whose program is gone, that one ended without being told to: it is recorded, so that people know.
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
        let own = "\(Self.prefix)\(role)-\(getpid())-\(Self.host)"
        let path = "\(folder)/\(own)"
        try await recordEnded(own)
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Without room or permission there is nothing to note it in; the pages say so themselves.
                try? Data(now().iso.utf8).write(to: URL(filePath: path), options: .atomic)
                try? await Task.sleep(for: Self.beat)
            }
        }
        unlink(path)
    }

    private static let prefix = "running-"
    /// Servers may share the folder.
    private static let host = ProcessInfo.processInfo.hostName

    /// True if the program that wrote a file is gone: it is not on this machine any more, or it was not seen for a minute.
    private func isOver(_ process: Substring, on host: Substring, _ path: String) -> Bool {
        if host == Self.host, let number = pid_t(process), kill(number, 0) != 0, errno == ESRCH { return true }
        let seen = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        return seen.map { Date().timeIntervalSince($0) > 60 } ?? false
    }

    /// Records those who ended without being told to.
    /// - Parameter own: our own file, which is another's at first: in a container everybody has the same number.
    private func recordEnded(_ own: String) async throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(Self.prefix) {
            let parts = name.dropFirst(Self.prefix.count).split(separator: "-", maxSplits: 2)
            let path = "\(folder)/\(name)"
            guard parts.count == 3, name == own || isOver(parts[1], on: parts[2], path) else { continue }
            let seen = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let (role, moment) = (String(parts[0]), now())
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
