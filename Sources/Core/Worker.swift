package import Database
package import Logging
import ServiceLifecycle
package import Trail

/// Does the jobs and gives trail entries their places, until it is told to stop. Finishes what it took. Jobs that take long are
/// done beside the others, one after the other.
package struct Worker: Service {
    private let database: Database
    private let trail: Trail
    private let handlers: [String: JobHandler]
    private let now: @Sendable () -> Moment
    private let logger: Logger

    package init(
        database: Database, trail: Trail, handlers: [JobHandler], now: @escaping @Sendable () -> Moment, logger: Logger
    ) {
        self.database = database
        self.trail = trail
        self.handlers = Dictionary(uniqueKeysWithValues: handlers.map { ($0.kind, $0) })
        (self.now, self.logger) = (now, logger)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await keepWorking(lane(isLong: false)) }
                group.addTask { await keepWorking(lane(isLong: true)) }
            }
        }
        // What was acknowledged just before the end gets its place, too.
        try await sequence()
    }

    private func lane(isLong: Bool) -> JobLane {
        JobLane(long: handlers.values.filter(\.isLong).map(\.kind).sorted(), isLong: isLong)
    }

    private func keepWorking(_ lane: JobLane) async {
        var hinderedSince: Moment?
        while !Task.isCancelled {
            do {
                try await workOff(lane)
                if let since = hinderedSince, !lane.isLong { try await record(since) }
                hinderedSince = nil
            } catch {
                hinderedSince = hinderedSince ?? now()
                logger.error("the worker cannot reach the database", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    /// The kind of the event that says that the database or its disk was away for a while, and is back.
    package static let hindered = "program.hindered"

    private func record(_ since: Moment) async throws {
        let moment = now()
        try await database.write { transaction in
            try transaction.record(
                Event(Self.hindered, subject: "database", detail: ["since": since.iso]), by: .system, at: moment)
        }
    }

    /// Does everything that is due now, and what becomes due by it.
    package func workOff() async throws {
        repeat {
            try await workOff(lane(isLong: false))
            try await workOff(lane(isLong: true))
        } while try await hasQuickWork()
        try await sequence()
    }

    private func hasQuickWork() async throws -> Bool {
        guard !Task.isCancelled else { return false }
        return try await database.read { try JobQueue.isDue(lane(isLong: false), at: now(), in: $0) }
    }

    private func workOff(_ lane: JobLane) async throws {
        guard !lane.isLong else {
            while !Task.isCancelled, try await doNext(lane) {}
            return
        }
        try await sequence()
        // New entries do not wait until the last job is done.
        while !Task.isCancelled, try await doNext(lane) { try await sequence() }
    }

    private func sequence() async throws {
        while try await database.read({ try $0.exists("SELECT 1 FROM trail_entry WHERE place IS NULL") }) {
            try await database.write(.holding) { transaction in
                transaction.keepHouse("trail entries get their places")
                try trail.sequence(at: now().iso, in: transaction)
            }
        }
    }

    /// Does one job. False if none is due.
    private func doNext(_ lane: JobLane) async throws -> Bool {
        let now = now()
        guard try await database.read({ try JobQueue.isDue(lane, at: now, in: $0) }),
            let job = try await database.write(.holding, { try JobQueue.claim(lane, at: now, in: $0) })
        else { return false }
        do {
            guard let handler = handlers[job.kind] else { throw UnknownJob(kind: job.kind) }
            // The job is finished even if the worker is told to stop meanwhile.
            try await Task { try await handler.run(job, now) }.value
            try await database.write(.holding) { try JobQueue.finish(job, at: self.now(), in: $0) }
        } catch {
            logger.warning("a job failed", metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "error": "\(error)"])
            try await database.write(.holding) {
                try JobQueue.putBack(job, because: "\(error)", at: self.now(), in: $0)
            }
        }
        return true
    }

    private struct UnknownJob: Error, CustomStringConvertible {
        let kind: String
        var description: String { "no room of this program does jobs of the kind \(kind)" }
    }
}
