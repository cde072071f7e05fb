import Subprocess
import TestKit

/// What an officer waits for in a town with many cases.
struct Large {
    static let sizes = [1000, 100_000, 1_000_000]
    /// Real cases that are copied.
    private static let real = 1000
    /// p95 in milliseconds.
    static let target = 100.0

    /// p95 in milliseconds of each page, by its name.
    static func measure(_ folder: String, cases: Int) async throws -> [(page: String, p95: Double)] {
        let server = ServerProcess(program: ServerProcess.built, data: folder, port: 18_480)
        try await server.command("init", "--town", TestTown.source, "--cases", String(real))
        if cases > real { try await Million(folder: folder, total: cases).grow() }
        let began = ContinuousClock.now
        try await server.command("numbers", "rebuild")
        let counting = (ContinuousClock.now - began).milliseconds / 1000
        print("\(cases) cases counted again from their events in \(Int(counting.rounded())) s")
        return try await server.serve(endingWith: .terminate) { _ in
            let officer = Visitor(address: server.address, looksAtPages: false)
            _ = try await officer.post("/desk/sign-in", ["login": "kankyo-kacho", "password": "mihon-kacho-2026"])
            let inbox = try await officer.get("/desk")
            guard let open = inbox.body.firstMatch(of: /\/desk\/cases\/[0-9a-f-]{36}/) else {
                throw TestFault("the inbox is empty")
            }
            var figures: [(page: String, p95: Double)] = []
            for (page, path) in pages + [("case page", String(open.0))] {
                figures.append((page, try await p95(officer, path)))
            }
            return figures
        }
    }

    static let pages = [
        ("inbox", "/desk"), ("inbox, approved", "/desk?status=approved"), ("inbox, everything", "/desk?status=all"),
        ("inbox, nobody's, overdue", "/desk?who=nobody&due=overdue"), ("search by number", "/desk?q=M5000"),
        ("search by name", "/desk?q=" + Visitor.encoded("渡邊")), ("numbers", "/desk/numbers"),
        ("numbers of a card", "/desk/numbers/dog-registration"), ("register", "/desk/cards"),
        ("inventory", "/desk/inventory"),
    ]

    /// Four officers look at the page again and again.
    private static func p95(_ officer: Visitor, _ path: String) async throws -> Double {
        let times = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var times: [Double] = []
                    for _ in 0..<100 {
                        let began = ContinuousClock.now
                        guard try await officer.get(path).status == 200 else {
                            throw TestFault("\(path) does not answer")
                        }
                        times.append((ContinuousClock.now - began).milliseconds)
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return times.sorted().share(0.95)
    }
}
