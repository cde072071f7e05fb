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

@Suite("2台のサーバーと、1つのPostgreSQL")
struct TwoServersTests {
    private static let people = 16

    /// Two servers of one town, each doing jobs as well, and a look at what they leave.
    private func run(
        _ port: Int, _ work: @escaping @Sendable (ServerProcess, ServerProcess) async throws -> Void,
        then look: (Platform) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let address = try await TestPostgreSQL.shared.database()
        let servers = [port, port + 10].map {
            ServerProcess(
                program: ServerProcess.built, data: folder.path, port: $0, settings: ["ORIGAMI_DATABASE": address])
        }
        try await servers[0].command("init", "--town", TestTown.source, "--cases", "0")
        try await servers[0].serve(endingWith: .terminate) { _ in
            try await servers[1].serve(endingWith: .kill) { _ in try await work(servers[0], servers[1]) }
            // What the one that was killed had left is done by the other.
            try await Self.wait(for: servers[0])
        }
        let platform = try await Platform(servers[0].read, migrating: false, logger: Logger(label: "test"))
        try await look(platform)
        await platform.close()
        await TestPostgreSQL.shared.remove(address)
    }

    /// Until every entry of the trail has its place, and no job waits that is due.
    private static func wait(for server: ServerProcess) async throws {
        let database = try await Database(server.read.database)
        for _ in 0..<200 {
            let isBusy = try await database.read { transaction in
                try transaction.exists("SELECT 1 FROM trail_entry WHERE place IS NULL")
            }
            guard isBusy else { return await database.close() }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TestFault("entries of the trail wait for ten seconds")
    }

    private func everybody<T: Sendable>(_ work: @escaping @Sendable (Int) async throws -> T) async throws -> [T] {
        try await withThrowingTaskGroup(of: T.self) { group in
            for person in 0..<Self.people { group.addTask { try await work(person) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("書きかけはどちらでも続けられ、番号は重ならない。同じ申請を二人が同時に受け付けても一度だけ。記録は、片方が倒れても一列に並ぶ")
    func shared() async throws {
        try await run(18_900) { one, other in
            let receipts = try await everybody { person in
                let (first, second) = person.isMultiple(of: 2) ? (one, other) : (other, one)
                let visitor = Visitor(address: first.address, client: "10.0.0.\(person)")
                let check = try await visitor.fillIn(.water)
                // The other server, and both at once: it is sent once.
                async let here = visitor.submit(check)
                async let there = visitor.twin(at: second.address).submit(check)
                let both = try await [here, there]
                return (
                    numbers: Set(
                        both.compactMap { $0.text.firstMatch(of: /R\d+-[A-Z0-9]{4}-[A-Z0-9]{4}/)?.output }.map(
                            String.init)),
                    id: String(check.path.split(separator: "/")[1])
                )
            }
            #expect(receipts.allSatisfy { $0.numbers.count == 1 })
            #expect(Set(receipts.flatMap(\.numbers)).count == Self.people)
            let officer = Visitor(address: one.address)
            _ = try await officer.post("/desk/sign-in", ["login": "suido", "password": "mihon-suido-2026"])
            let colleague = officer.twin(at: other.address)
            let outcomes = try await everybody { person in
                let id = receipts[person].id
                let page = try await officer.get("/desk/cases/\(id)")
                #expect(page.status == 200 && page.body.contains("/receive"), "\(page.text)")
                async let here = officer.press("receive", on: page, of: id, ["once": ID<Int>().text])
                async let there = colleague.press("receive", on: page, of: id, ["once": ID<Int>().text])
                return try await [here.status, there.status].sorted()
            }
            #expect(outcomes.allSatisfy { $0 == [200, 409] }, "\(outcomes)")
        } then: { platform in
            let counts: [String: Int] = try await platform.database.read { transaction in
                try transaction.rows("SELECT kind, count(*) AS n FROM event GROUP BY kind").reduce(into: [:]) {
                    $0[try $1["kind"]] = try $1["n"]
                }
            }
            #expect(counts["case.submitted"] == Self.people && counts["case.received"] == Self.people)
            #expect(counts["case.acknowledged"] == Self.people)
            #expect(try await EventLog.verify(platform.trail, in: platform.database).faults == [])
            let tallied: Int? = try await platform.database.read {
                try $0.row("SELECT sum(sent) AS n FROM measure_month WHERE card = 'water-start'")?["n"]
            }
            #expect(tallied == Self.people)
        }
    }

    @Test("片方に送った写真は、もう片方ですぐに見える")
    func files() async throws {
        try await TestBucket.run { bucket in
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let address = try await TestPostgreSQL.shared.database()
            var settings = bucket.environment
            settings["ORIGAMI_DATABASE"] = address
            let servers = [18_960, 18_980].map { [settings] in
                ServerProcess(program: ServerProcess.built, data: folder.path, port: $0, settings: settings)
            }
            try await servers[0].command("init", "--town", TestTown.source, "--empty")
            try await servers[0].serve(endingWith: .terminate) { _ in
                try await servers[1].serve(endingWith: .terminate) { _ in
                    let here = Visitor(address: servers[0].address, client: "10.0.0.1")
                    var page = try await here.post("/procedures/road-report/apply")
                    for fields in [
                        ["kind": "hole"], ["danger": "no"],
                        ["place.words": "しらさぎ一丁目の交差点", "place.point": ""], ["details": ""],
                    ] { page = try await here.post(page.path, fields) }
                    let shown = try await here.upload(
                        page.path, ["do": "add"], control: "photograph", files: [("道路.jpg", SamplePicture.jpeg)])
                    let link = try #require(shown.body.firstMatch(of: /href="([^"]+\/files\/[^"]+)"/)?.output.1)
                    let there = here.twin(at: servers[1].address)
                    let file = try await there.get(String(link))
                    #expect(file.status == 200 && file.headers["content-type"] == "image/jpeg")
                    let again = try await here.get(String(link))
                    #expect(file.bytes == again.bytes && !file.bytes.isEmpty)
                }
            }
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/files"))
            await TestPostgreSQL.shared.remove(address)
        }
    }

    @Test("片方のサーバーが何度倒れても、受け付けたと答えた申請は、すべて一度だけある")
    func crash() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let address = try await TestPostgreSQL.shared.database()
        let server = ServerProcess(
            program: ServerProcess.built, data: folder.path, port: 18_940, settings: ["ORIGAMI_DATABASE": address])
        let outcome = try await FaultRun(server: server).run(FaultRun.kills(5))
        #expect(outcome.isGood, "\(outcome)")
        await TestPostgreSQL.shared.remove(address)
    }
}
