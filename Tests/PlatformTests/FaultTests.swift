import Applications
import Core
import Database
import FoundationEssentials
import Logging
import Platform
import Subprocess
import TestKit
import Testing
import Trail

#if canImport(Glibc)
    import Glibc
#endif

/// The short form of `make faults`.
@Suite("障害", .serialized)
struct FaultTests {
    private func server<T: Sendable>(
        _ port: Int, _ settings: [String: String] = [:], _ work: @escaping @Sendable (ServerProcess) async throws -> T
    ) async throws -> T {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        return try await work(
            ServerProcess(program: ServerProcess.built, data: folder.path, port: port, settings: settings))
    }

    @Test("確定の途中で接続が切れても、受け付けたと答えた申請は、一度だけある", .enabled(if: TestEngine.chosen == .sqlite))
    func cut() async throws {
        let address = try await TestPostgreSQL.shared.database()
        let outcome = try await CuttingProxy.run(before: address, share: 20) { cut in
            try await server(18_600, ["ORIGAMI_DATABASE": cut]) { server in
                let direct = ServerProcess(
                    program: server.program, data: server.data, port: server.port,
                    settings: ["ORIGAMI_DATABASE": address])
                return try await FaultRun(server: direct, writers: 4).run { _, settle in
                    try await server.serve(endingWith: .terminate) { _ in
                        try await Task.sleep(for: .seconds(3))
                        try await settle()
                    }
                }
            }
        }
        #expect(outcome.isGood, "\(outcome)")
        await TestPostgreSQL.shared.remove(address)
    }

    @Test("PostgreSQLが倒れても、始め直しても、受け付けたと答えた申請は、一度だけある", .enabled(if: TestEngine.chosen == .sqlite))
    func restarted() async throws {
        let own = TestPostgreSQL()
        let address = try await own.database()
        let outcome = try await server(18_620, ["ORIGAMI_DATABASE": address]) { server in
            try await FaultRun(server: server, writers: 4).run { server, settle in
                try await server.serve(endingWith: .terminate) { _ in
                    for harm in [TestPostgreSQL.Harm.restart, .kill] {
                        try await Task.sleep(for: .milliseconds(900))
                        try await own.harm(harm)
                    }
                    try await settle()
                }
            }
        }
        #expect(outcome.isGood, "\(outcome)")
        await own.remove(address)
    }

    @Test("書きかけのところで電源が切れても、あとに残った仕事をするプログラムが倒れても、なくならず、二度行われない")
    func tornAndWorkerless() async throws {
        let outcome = try await server(18_640, ["ORIGAMI_WORKER": "false"]) { server in
            try await FaultRun(server: server, writers: 4).run { server, settle in
                for _ in 0..<2 {
                    try await server.serve(endingWith: .kill) { _ in
                        try await server.work(endingWith: .kill) { try await Task.sleep(for: .milliseconds(700)) }
                    }
                    let file = open("\(server.data)/origami.sqlite-wal", O_WRONLY | O_APPEND)
                    let torn = [UInt8](repeating: 0xA5, count: 2100)
                    #expect(write(file, torn, torn.count) == torn.count)
                    close(file)
                }
                try await server.serve(endingWith: .terminate) { _ in try await settle() }
            }
        }
        #expect(outcome.isGood, "\(outcome)")
    }

    @Test("予告なく止まったことは、次に始まったときに記録され、doctor が示す")
    func recovered() async throws {
        try await server(18_660) { server in
            try await server.command("init", "--town", TestTown.source, "--empty")
            try await server.serve(endingWith: .kill) { _ in try await Task.sleep(for: .milliseconds(300)) }
            try await server.serve(endingWith: .terminate) { _ in try await Task.sleep(for: .milliseconds(300)) }
            // One that ends as told is no news.
            try await server.serve(endingWith: .terminate) { _ in }
            let checks = await Examination(server.read, logger: Logger(label: "test")).checks()
            let check = try #require(checks.first { $0.name == "止まったこと" })
            #expect(check.isGood && check.found.contains("予告のない停止 1 回"), "\(check.found)")
        }
    }

    @Test("時計が進んでも戻っても、申請は届き、記録は一列に並ぶ")
    func clock() async throws {
        try await TestTown.run { town in
            for (index, jump) in [0, 90_000, -172_800, 3600, -60].enumerated() {
                town.clock.advance(seconds: jump)
                let visitor = Visitor(address: town.address, client: "10.1.0.\(index)")
                let receipt = try await visitor.submit(visitor.fillIn(.water))
                #expect(receipt.text.contains("受付番号"))
                try await town.platform.worker.workOff()
            }
            let result = try await EventLog.verify(town.platform.trail, in: town.platform.database)
            #expect(result.faults == [] && result.entries > 10)
            #expect(try await town.platform.applications.readability().unread == 0)
        }
    }

    @Test("少しずつ送る人と、送り終えない人が何百いても、ほかの人のページはすぐに開く")
    func slowClients() async throws {
        try await TestTown.run { town in
            let port = try #require(town.address.split(separator: ":").last.flatMap { UInt16($0) })
            let heads = [
                "GET / HTTP/1.1\r\nHost: ",
                "POST /resume HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 90\r\n\r\nc",
            ]
            let sockets = (0..<400).compactMap { RawRequest.hold(heads[$0 % 2], to: port) }
            defer { sockets.forEach { close($0) } }
            #expect(sockets.count == 400)
            for _ in 0..<10 { #expect(try await town.visitor().get("/procedures").status == 200) }
        }
    }
}
