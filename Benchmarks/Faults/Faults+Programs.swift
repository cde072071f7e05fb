import Applications
import Core
import Database
import FoundationEssentials
import Platform
import Subprocess
import TestKit
import Trail

extension Faults {
    /// Harm to the program itself.
    static let programs = [
        Fault("server-killed", "SIGKILL of the server, 20 times") {
            try await town { try await FaultRun(server: $0).run(FaultRun.kills(20)).found }
        },
        Fault("worker-killed", "SIGKILL of `origami work`, 15 times, while `serve` goes on") {
            try await town(settings: ["ORIGAMI_WORKER": "false"]) { server in
                try await FaultRun(server: server).run { server, settle in
                    try await server.serve(endingWith: .terminate) { _ in
                        for _ in 0..<15 { try await server.work(endingWith: .kill) { try await pause(200...1500) } }
                        try await settle()
                    }
                }.found
            }
        },
        Fault(
            "two-servers-killed", "SIGKILL of one of two servers and of one of two workers on one PostgreSQL, 8 times"
        ) {
            try await townOnServer(TestPostgreSQL(isDurable: true)) { server, address in
                let other = ServerProcess(
                    program: server.program, data: server.data, port: server.port + 20,
                    settings: ["ORIGAMI_DATABASE": address])
                return try await FaultRun(server: server).run { server, settle in
                    try await server.serve(endingWith: .terminate) { _ in
                        try await server.work(endingWith: .terminate) {
                            for _ in 0..<8 {
                                try await other.serve(endingWith: .kill) { _ in
                                    try await other.work(endingWith: .kill) { try await pause(300...1200) }
                                }
                            }
                        }
                        try await settle()
                    }
                }.found
            }
        },
        Fault("clock-jumps", "the clock jumps by up to two days, back and forth, for 15 s") {
            try await TestTown.run { town in
                let jumping = Task {
                    while !Task.isCancelled {
                        town.clock.advance(seconds: Int.random(in: -172_800...172_800))
                        try await pause(100...600)
                    }
                }
                let receipts = try await withThrowingTaskGroup(of: [String].self) { group in
                    for writer in 0..<8 {
                        group.addTask { try await apply(to: town, as: writer, for: .seconds(15)) }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                jumping.cancel()
                try await town.platform.worker.workOff()
                let numbers: [String] = try await town.platform.database.read { transaction in
                    try transaction.rows("SELECT number FROM application WHERE number IS NOT NULL").map {
                        try $0["number"]
                    }
                }
                let lost = Set(receipts).subtracting(numbers).count
                let twice = numbers.count - Set(numbers).count
                let faults = try await EventLog.verify(town.platform.trail, in: town.platform.database).faults
                let unread = try await town.platform.applications.readability().unread
                return (
                    !receipts.isEmpty && lost == 0 && twice == 0 && faults.isEmpty && unread == 0,
                    "acknowledged \(receipts.count), lost \(lost), twice \(twice), "
                        + (faults.isEmpty ? "trail verified" : "trail BROKEN")
                )
            }
        },
    ]
}

extension Faults {
    /// One applicant after the other, for so long. Gives their numbers; somebody whose session ran out meanwhile has none.
    private static func apply(to town: TestTown, as writer: Int, for time: Duration) async throws -> [String] {
        let start = ContinuousClock.now
        var (numbers, count): ([String], Int) = ([], 0)
        while ContinuousClock.now - start < time {
            count += 1
            let visitor = Visitor(address: town.address, client: "10.\(writer).\(count / 250).\(count % 250)")
            guard let check = try? await visitor.fillIn(.water), let receipt = try? await visitor.submit(check),
                let number = receipt.text.firstMatch(of: /R\d+-[A-Z0-9]{4}-[A-Z0-9]{4}/)
            else { continue }
            numbers.append(String(number.output))
        }
        return numbers
    }
}
