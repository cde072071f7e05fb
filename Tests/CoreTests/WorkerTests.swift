import Core
import Database
import Logging
import Synchronization
import TestKit
import Testing
import Trail

@Suite("あとに残った仕事")
struct WorkerTests {
    private struct Broken: Error {}

    /// A worker with a clock of its own and one kind of job.
    private func run(
        _ handle: @escaping @Sendable (Job) throws -> Void,
        _ work: @Sendable (Database, Worker, TestClock) async throws -> Void
    ) async throws {
        try await TestEngine.chosen.run { database in
            try await database.migrate(
                Trail.migrations + EventLog.migrations + JobQueue.migrations + EventWatch.migrations
                    + JobQueue.endMigrations)
            let clock = TestClock(.workday)
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let worker = Worker(
                database: database, trail: try Trail(key: Array(repeating: 1, count: 32)),
                handlers: [JobHandler("test") { job, _ in try handle(job) }], now: { clock.now }, logger: logger)
            try await work(database, worker, clock)
        }
    }

    @Test("長くかかる仕事が終わらないうちにも、ほかの仕事は進む")
    func lanes() async throws {
        try await TestEngine.chosen.run { database in
            try await database.migrate(
                Trail.migrations + EventLog.migrations + JobQueue.migrations + EventWatch.migrations
                    + JobQueue.endMigrations)
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let begun = Atomic(false)
            let quick = Atomic(false)
            let isFree = Atomic(false)
            let worker = Worker(
                database: database, trail: try Trail(key: Array(repeating: 1, count: 32)),
                handlers: [
                    JobHandler(long: "slow") { _, _ in
                        begun.store(true, ordering: .relaxed)
                        while !isFree.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(5)) }
                    },
                    JobHandler("quick") { _, _ in quick.store(true, ordering: .relaxed) },
                ], now: { .workday }, logger: logger)
            try await database.write { try $0.enqueue("slow", [:], at: .workday) }
            let running = Task { try await worker.run() }
            while !begun.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(5)) }
            try await database.write { try $0.enqueue("quick", [:], at: .workday) }
            for _ in 0..<2000 where !quick.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(5)) }
            let isDone = quick.load(ordering: .relaxed)
            #expect(isDone)
            isFree.store(true, ordering: .relaxed)
            running.cancel()
            _ = await running.result
            #expect(try await database.read { try JobQueue.counts(in: $0) } == (0, 0))
        }
    }

    @Test("仕事は、書いた取引が残ったときだけ、一度だけ行われる")
    func once() async throws {
        let done = Atomic(0)
        try await run({ _ in done.add(1, ordering: .relaxed) }) { database, worker, clock in
            let now = clock.now
            try await database.write { try $0.enqueue("test", [:], at: now) }
            _ = try? await database.write { transaction in
                try transaction.enqueue("test", [:], at: now)
                throw Broken()
            }
            try await worker.workOff()
            try await worker.workOff()
            #expect(done.load(ordering: .relaxed) == 1)
            #expect(try await database.read { try JobQueue.counts(in: $0) } == (0, 0))
        }
    }

    @Test("するたびにプログラムが倒れる仕事は、三度で人に見せる。ほかの仕事と、よその都合で失敗していた仕事は進む")
    func poison() async throws {
        let done = Atomic(0)
        try await run({ _ in done.add(1, ordering: .relaxed) }) { database, worker, clock in
            /// A worker took what is due and never said how it ended; ten minutes later somebody else may.
            func endInTheMiddle(_ name: String) async throws {
                let now = clock.now
                try await database.write { transaction in
                    transaction.keepHouse("a test")
                    try transaction.run(
                        """
                        UPDATE job SET attempts = attempts + 1, claimed_until = \(now.adding(seconds: 600)),
                            ends = ends + CASE WHEN claimed_until IS NULL THEN 0 ELSE 1 END
                        WHERE payload LIKE \("%\(name)%")
                        """)
                }
                clock.advance(seconds: 601)
            }
            let now = clock.now
            try await database.write { transaction in
                try transaction.enqueue("test", ["name": "poison"], at: now)
                try transaction.enqueue("test", ["name": "unlucky"], at: now)
                // It failed seven times because somebody else was away.
                try transaction.run("UPDATE job SET attempts = 7 WHERE payload LIKE '%unlucky%'")
            }
            for _ in 0..<3 { try await endInTheMiddle("poison") }
            try await endInTheMiddle("unlucky")
            try await worker.workOff()
            #expect(done.load(ordering: .relaxed) == 1)
            #expect(try await database.read { try JobQueue.counts(in: $0) } == (0, 1))
        }
    }

    @Test("失敗した仕事は、間をあけてやりなおし、十回で人に見せる")
    func failing() async throws {
        let tries = Atomic(0)
        try await run({ _ in
            tries.add(1, ordering: .relaxed)
            throw Broken()
        }) { database, worker, clock in
            let now = clock.now
            try await database.write { try $0.enqueue("test", [:], at: now) }
            try await worker.workOff()
            try await worker.workOff()
            #expect(tries.load(ordering: .relaxed) == 1)
            for _ in 0..<20 {
                clock.advance(seconds: 6 * 3600)
                try await worker.workOff()
            }
            #expect(tries.load(ordering: .relaxed) == Job.attemptsAllowed)
            #expect(try await database.read { try JobQueue.counts(in: $0) } == (0, 1))
        }
    }
}
