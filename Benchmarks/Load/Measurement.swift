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

    /// Applications that are filled in and wait to be sent.
    private final class Ready: Sendable {
        let all = Mutex<[(Visitor, Visitor.Reply)]>([])
    }

    /// What came back of requests that are on their way at once.
    private final class Tally: Sendable {
        let times = Mutex<[Double]>([])
        let failures = Atomic(0)
    }

    /// Everything, by the name of what was measured and the number of connections.
    struct Result: Sendable {
        var figures: [String: [Int: Figure]] = [:]
        var mixed = Steady()
        /// A question page alone.
        var question = Steady()
        var memoryAtRest = 0
        var memoryUnderLoad = 0
    }

    /// What came of requests at a steady rate.
    struct Steady: Sendable {
        var p95 = 0.0
        var rate = 0.0
        var failures = 0

        /// Requests a second that are asked for.
        static let asked = 300
    }

    static let connections = [1, 16, 64]

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
        result.question = await steady { _ in try await applicant.get(question).status == 200 }
        result.mixed = try await mixed()
        return result
    }

    /// Somebody from an address of their own.
    private func visitor(_ number: Int) -> Visitor {
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

    /// 60 % reading, 25 % answering, 10 % inbox, 5 % submitting.
    private func mixed() async throws -> Steady {
        let ready = Ready()
        try await atOnce(Steady.asked * Self.seconds / 20 + 1, 16) { index in
            let visitor = visitor(2_000_000 + index)
            let check = try await visitor.fillIn(.water)
            ready.all.withLock { $0.append((visitor, check)) }
        }
        let applicants = try await people(32)
        return await steady { try await one($0, applicants, ready) }
    }

    private static let seconds = 10

    /// So many requests a second for ten seconds, whether the server keeps up or not. A time begins when the request was due.
    private func steady(_ request: @escaping @Sendable (Int) async throws -> Bool) async -> Steady {
        let tally = Tally()
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<Steady.asked * Self.seconds {
                let due = start + .microseconds(number * 1_000_000 / Steady.asked)
                try? await Task.sleep(until: due, clock: .continuous)
                group.addTask {
                    let isGood = (try? await request(number)) ?? false
                    if !isGood { tally.failures.add(1, ordering: .relaxed) }
                    tally.times.withLock { $0.append((ContinuousClock.now - due).milliseconds) }
                }
            }
        }
        let elapsed = (ContinuousClock.now - start).milliseconds / 1000
        let sorted = tally.times.withLock { $0.sorted() }
        return Steady(
            p95: sorted.share(0.95), rate: Double(sorted.count) / elapsed,
            failures: tally.failures.load(ordering: .relaxed))
    }

    private func people(_ count: Int) async throws -> [(Visitor, String)] {
        var people: [(Visitor, String)] = []
        for index in 0..<count {
            let visitor = visitor(3_000_000 + index)
            let first = try await visitor.post("/procedures/water-start/apply")
            people.append((visitor, first.path))
        }
        return people
    }

    private func one(
        _ number: Int, _ applicants: [(Visitor, String)], _ ready: Ready
    ) async throws -> Bool {
        let (applicant, question) = applicants[number % applicants.count]
        switch number % 20 {
        case 0:
            guard let (visitor, check) = ready.all.withLock({ $0.popLast() }) else { return false }
            return try await visitor.submitOnly(check) == 303
        case 1...5:
            return try await applicant.postOnly(question, ["who": number % 2 == 0 ? "person" : "company"]) == 303
        case 6, 7: return try await contestant.officer.get("/desk").status == 200
        case 8...13: return try await applicant.get(question).status == 200
        default: return try await applicant.get("/procedures/water-start").status == 200
        }
    }

    /// Does something so many times, so many at once.
    private func atOnce(_ total: Int, _ width: Int, _ work: @escaping @Sendable (Int) async throws -> Void) async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<total {
                if index >= width { try await group.next() }
                group.addTask { try await work(index) }
            }
            try await group.waitForAll()
        }
    }
}

extension Duration {
    var milliseconds: Double { Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15 }
}

extension [Double] {
    /// The value below which this share of the sorted values lies.
    func share(_ share: Double) -> Double { isEmpty ? 0 : self[Swift.min(count - 1, Int(Double(count) * share))] }
}
