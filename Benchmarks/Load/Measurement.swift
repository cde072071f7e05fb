import Subprocess
import Synchronization
import TestKit

/// What is measured of a contestant.
struct Measurement: Sendable {
    let contestant: Contestant

    init(_ contestant: Contestant) { self.contestant = contestant }

    /// Requests a second, and times in milliseconds.
    struct Figure: Sendable {
        let rate: Double
        let p50: Double
        let p99: Double
    }

    /// What came back of requests that are on their way at once.
    private final class Tally: Sendable {
        private let times = Mutex<[Double]>([])
        private let failures = Atomic(0)

        private let begun = Atomic(0)

        /// The number of the next request.
        func next() -> Int { begun.add(1, ordering: .relaxed).oldValue }

        /// Makes a request that was due at a moment.
        func note(
            _ number: Int, _ due: ContinuousClock.Instant, _ request: @Sendable (Int) async throws -> Bool
        ) async {
            let isGood = (try? await request(number)) ?? false
            if !isGood { failures.add(1, ordering: .relaxed) }
            times.withLock { $0.append((ContinuousClock.now - due).milliseconds) }
        }

        func result(asked: Int, since start: ContinuousClock.Instant, memory: Int) -> Steady {
            let seconds = (ContinuousClock.now - start).milliseconds / 1000
            let sorted = times.withLock { $0.sorted() }
            return Steady(
                asked: asked, p50: sorted.share(0.5), p95: sorted.share(0.95), p99: sorted.share(0.99),
                rate: Double(sorted.count) / seconds, failures: failures.load(ordering: .relaxed), memory: memory)
        }
    }

    /// Everything, by the name of what was measured and the number of connections.
    struct Result: Sendable {
        var figures: [String: [Int: Figure]] = [:]
        /// Mixed requests, by how many a second were asked for.
        var mixed: [Steady] = []
        /// Mixed requests, as many as it takes.
        var saturated = Steady()
        /// A question page alone.
        var question = Steady()
        var memoryAtRest = 0
        var memoryUnderLoad = 0
    }

    /// What came of requests at a steady rate.
    struct Steady: Sendable {
        var asked = 0
        var p50 = 0.0
        var p95 = 0.0
        var p99 = 0.0
        var rate = 0.0
        var failures = 0
        /// MB, while it lasts.
        var memory = 0

        /// Requests a second that a town has to bear.
        static let asked = 300
        static let rates = [10, 100, 300, 1000]
    }

    static let connections = [1, 8, 64]

    static let pages = ["procedure page", "question page", "inbox, 10,000 cases"]
    static let submissions = "submissions"

    func all() async throws -> Result {
        var result = Result()
        result.memoryAtRest = contestant.memory
        let applicant = visitor(0)
        let question = try await applicant.post("/procedures/water-start/apply").path
        let addresses = ["/procedures/water-start", question, "/desk"]
        let cookies = ["", applicant.cookieHeader, contestant.officer.cookieHeader]
        for (name, (path, cookie)) in zip(Self.pages, zip(addresses, cookies)) {
            for count in Self.connections {
                result.figures[name, default: [:]][count] = try await wrk(path, cookie: cookie, connections: count)
            }
        }
        for count in Self.connections {
            result.figures[Self.submissions, default: [:]][count] = try await submit(connections: count)
        }
        result.memoryUnderLoad = contestant.memory
        result.question = await steady(Steady.asked) { _ in try await applicant.get(question).status == 200 }
        let mix = try await Mix(contestant)
        for rate in Steady.rates { result.mixed.append(await steady(rate) { try await mix.one($0) }) }
        result.saturated = await saturated { try await mix.one($0) }
        return result
    }

    /// Somebody from an address of their own.
    func visitor(_ number: Int) -> Visitor {
        Visitor(
            address: contestant.address, client: "10.\(number / 65_536).\(number / 256 % 256).\(number % 256)",
            looksAtPages: false)
    }

    /// wrk reads one page for five seconds.
    private func wrk(_ path: String, cookie: String, connections: Int) async throws -> Figure {
        let run = try await Subprocess.run(
            .name("wrk"),
            arguments: [
                "--latency", "-t", "1", "-c", String(connections), "-d", "5s", "-H", "Cookie: \(cookie)",
                "-H", "Accept-Language: ja", contestant.address + path,
            ],
            output: .string(limit: 100_000), error: .discarded)
        let text = run.standardOutput
        guard !text.contains("Non-2xx"), let rate = text.firstMatch(of: /Requests\/sec:\s+([\d.]+)/) else {
            throw TestFault("wrk on \(path): \(text)")
        }
        return Figure(
            rate: Double(rate.1) ?? 0, p50: Self.milliseconds(text, "50%"), p99: Self.milliseconds(text, "99%"))
    }

    private static func milliseconds(_ text: String, _ row: String) -> Double {
        guard let line = text.split(separator: "\n").first(where: { $0.contains("  \(row)") }),
            let match = line.firstMatch(of: /([\d.]+)(us|ms|s)/), let value = Double(match.1)
        else { return 0 }
        return switch match.2 {
        case "us": value / 1000
        case "s": value * 1000
        default: value
        }
    }

    /// Applications that were filled in before are sent, so many at a time; each is answered once it is on disk.
    private func submit(connections: Int) async throws -> Figure {
        let checks = Mutex<[(Visitor, Visitor.Reply)]>([])
        let total = max(200, connections * 12)
        try await atOnce(total, 16) { index in
            let visitor = visitor(connections * 10_000 + index)
            let check = try await visitor.fillIn(.water)
            checks.withLock { $0.append((visitor, check)) }
        }
        let ready = checks.withLock { $0 }
        let times = Mutex<[Double]>([])
        let start = ContinuousClock.now
        try await atOnce(ready.count, connections) { index in
            let (visitor, check) = ready[index]
            let began = ContinuousClock.now
            let status = try await visitor.submitOnly(check)
            guard status == 303 else { throw TestFault("a submission was answered with \(status)") }
            times.withLock { $0.append((ContinuousClock.now - began).milliseconds) }
        }
        let seconds = (ContinuousClock.now - start).milliseconds / 1000
        let sorted = times.withLock { $0.sorted() }
        return Figure(rate: Double(sorted.count) / seconds, p50: sorted.share(0.5), p99: sorted.share(0.99))
    }

    private static let seconds = 10

    /// So many requests a second for ten seconds, whether the server keeps up or not. A time begins when the request was due.
    private func steady(_ rate: Int, _ request: @escaping @Sendable (Int) async throws -> Bool) async -> Steady {
        let tally = Tally()
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<rate * Self.seconds {
                let due = start + .microseconds(number * 1_000_000 / rate)
                try? await Task.sleep(until: due, clock: .continuous)
                group.addTask { await tally.note(number, due, request) }
            }
        }
        return tally.result(asked: rate, since: start, memory: contestant.memory)
    }

    /// As many requests as sixty-four people can make who wait for nothing but the answer, for ten seconds.
    private func saturated(_ request: @escaping @Sendable (Int) async throws -> Bool) async -> Steady {
        let tally = Tally()
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    while ContinuousClock.now - start < .seconds(Self.seconds) {
                        await tally.note(tally.next(), .now, request)
                    }
                }
            }
        }
        return tally.result(asked: 0, since: start, memory: contestant.memory)
    }
}

/// Does something so many times, so many at once.
func atOnce(_ total: Int, _ width: Int, _ work: @escaping @Sendable (Int) async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<total {
            if index >= width { try await group.next() }
            group.addTask { try await work(index) }
        }
        try await group.waitForAll()
    }
}

extension Duration {
    var milliseconds: Double { Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15 }
}

extension [Double] {
    /// The value below which this share of the sorted values lies.
    func share(_ share: Double) -> Double { isEmpty ? 0 : self[Swift.min(count - 1, Int(Double(count) * share))] }
}
