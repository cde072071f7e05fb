import Applications
import Core
import Database
import FoundationEssentials
import Logging
import Platform
import Subprocess
import Synchronization
import Trail

/// 障害の試験. People apply and try again until they are told that it worked, while harm is done to what they use.
/// Afterwards everything that was acknowledged has to be there, once, whole and readable.
package struct FaultRun: Sendable {
    let server: ServerProcess
    let writers: Int

    package init(server: ServerProcess, writers: Int = 8) { (self.server, self.writers) = (server, writers) }

    /// Does harm while people apply. Its last server has to serve until `settle` returns.
    package typealias Harm =
        @Sendable (
            _ server: ServerProcess, _ settle: @escaping @Sendable () async throws -> Void
        ) async throws -> Void

    /// The server is killed so many times.
    package static func kills(_ count: Int) -> Harm {
        { server, settle in
            for _ in 0..<count {
                try await server.serve(endingWith: .kill) { _ in
                    try await Task.sleep(for: .milliseconds(Int.random(in: 150...1200)))
                }
            }
            try await server.serve(endingWith: .terminate) { _ in try await settle() }
        }
    }

    /// What came out of it.
    package struct Outcome: Sendable, CustomStringConvertible {
        package var acknowledged = 0
        package var lost = 0
        package var twice = 0
        /// Applications without their place in the outbox.
        package var unannounced = 0
        package var trailFaults: [String] = []
        /// The longest that anybody had to try again, in seconds.
        package var longestWait = 0.0

        /// True if nothing was lost and nothing happened twice.
        package var isGood: Bool {
            acknowledged > 0 && lost == 0 && twice == 0 && unannounced == 0 && trailFaults.isEmpty
        }

        package var description: String {
            let trail =
                trailFaults.isEmpty
                ? "trail verified" : "trail BROKEN: \(trailFaults.prefix(3).joined(separator: "; "))"
            let outbox = unannounced == 0 ? "" : ", without outbox \(unannounced)"
            let wait = (longestWait * 10).rounded() / 10
            return
                "acknowledged \(acknowledged), lost \(lost), twice \(twice)\(outbox), \(trail), back within \(wait) s"
        }
    }

    /// What the applicants know: the numbers they were given, with what they wrote.
    private final class Ledger: Sendable {
        let acknowledged = Mutex<[(number: String, remark: String)]>([])
        let isOver = Atomic(false)
        let finished = Atomic(0)
        let longestWait = Mutex(Duration.zero)
    }

    package func run(_ harm: @escaping Harm) async throws -> Outcome {
        try await server.command("init", "--town", TestTown.source, "--empty")
        let ledger = Ledger()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask { await apply(asWriter: writer, ledger) }
            }
            try await harm(server) {
                // Everybody finishes what they began.
                ledger.isOver.store(true, ordering: .relaxed)
                while ledger.finished.load(ordering: .relaxed) < writers {
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }
        return try await examine(ledger)
    }

    /// One applicant after the other, until it is over.
    private func apply(asWriter writer: Int, _ ledger: Ledger) async {
        var count = 0
        while !ledger.isOver.load(ordering: .relaxed) {
            count += 1
            let remark = "w\(writer)-\(count)"
            let visitor = PatientVisitor(address: server.address, client: "10.\(writer).\(count / 250).\(count % 250)")
            { wait in
                ledger.longestWait.withLock { $0 = max($0, wait) }
            }
            var walk = Walk.water.typed
            walk["number"] = remark
            guard let number = await visitor.apply(Walk(Walk.water.card, walk)) else { continue }
            ledger.acknowledged.withLock { $0.append((number, remark)) }
        }
        ledger.finished.add(1, ordering: .relaxed)
    }

    private func examine(_ ledger: Ledger) async throws -> Outcome {
        var logger = Logger(label: "crash")
        logger.logLevel = .error
        let platform = try await Platform(server.read, logger: logger)
        try await platform.worker.workOff()
        var found: [String: [String]] = [:]
        let ids: [Case.ID] = try await platform.database.read { transaction in
            try transaction.rows("SELECT id FROM application WHERE status <> 'draft'").map { try $0["id"] }
        }
        for id in ids {
            guard let open = try? await platform.applications.openCase(id), let journey = try? open.submitted,
                journey.firstOpen == nil, case .text(let remark) = journey.answers["number"]?.value
            else { continue }
            found[remark, default: []].append(open.item.number ?? "")
        }
        var outcome = Outcome()
        let acknowledged = ledger.acknowledged.withLock { $0 }
        outcome.acknowledged = acknowledged.count
        outcome.longestWait = ledger.longestWait.withLock { $0 / .seconds(1) }
        outcome.lost = acknowledged.count { found[$0.remark]?.contains($0.number) != true }
        outcome.twice = found.values.reduce(0) { $0 + $1.count - 1 }
        outcome.unannounced = try await platform.database.read { try unannounced(ids, in: $0) }
        outcome.trailFaults = try await EventLog.verify(platform.trail, in: platform.database).faults
        await platform.close()
        return outcome
    }
}

extension FaultRun {
    /// How many applications have neither the town's word nor the job that brings it, or have it twice. A job that a
    /// killed server had taken is done again when its time is over.
    private func unannounced(_ ids: [Case.ID], in transaction: Transaction) throws -> Int {
        let told: [String] = try transaction.rows("SELECT application FROM message WHERE kind = 'acknowledgement'").map
        {
            try $0["application"]
        }
        let jobs: [String] = try transaction.rows("SELECT payload FROM job WHERE done_at IS NULL").map {
            try $0["payload"]
        }
        let missing = ids.count { id in !told.contains(id.text) && !jobs.contains { $0.contains(id.text) } }
        return missing + told.count - Set(told).count
    }
}

/// Somebody who tries again until it works.
struct PatientVisitor: Sendable {
    private let visitor: Visitor
    /// Told how long it took until something worked.
    private let waited: @Sendable (Duration) -> Void

    init(address: String, client: String, waited: @escaping @Sendable (Duration) -> Void) {
        (visitor, self.waited) = (Visitor(address: address, client: client), waited)
    }

    /// A whole application. Gives the number on the receipt; nil if the server did not come back.
    func apply(_ walk: Walk) async -> String? {
        guard var page = await again({ try await visitor.post("/procedures/\(walk.card)/apply") }) else { return nil }
        while !page.path.hasSuffix("/check") {
            let names = Visitor.controls(page.body)
            let (path, fields) = (page.path, walk.typed.filter { names.contains($0.key) })
            guard let next = await again({ try await visitor.post(path, fields) }) else { return nil }
            page = next
        }
        let check = page
        guard let receipt = await again({ try await visitor.submit(check) }) else { return nil }
        return receipt.text.firstMatch(of: /R\d+-[A-Z0-9]{4}-[A-Z0-9]{4}/).map { String($0.output) }
    }

    /// Tries for a minute. An answer that is not a page is tried again, too: the server may be on its way down.
    private func again(_ action: () async throws -> Visitor.Reply) async -> Visitor.Reply? {
        let start = ContinuousClock.now
        for _ in 0..<1200 {
            if let reply = try? await action(), reply.status == 200 {
                waited(ContinuousClock.now - start)
                return reply
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }
}
