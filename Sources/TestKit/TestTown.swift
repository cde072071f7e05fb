import Applications
package import Core
package import Database
import FoundationEssentials
import Japanese
import Logging
package import Platform
import ServiceLifecycle
import Synchronization
import Web

/// A town that lives as long as a test: its own folder, its own database, its own server on a free port.
package struct TestTown: Sendable {
    package let platform: Platform
    package let clock: TestClock
    /// `http://127.0.0.1:PORT`.
    package let address: String
    /// The folder of the town's data.
    package let folder: String

    /// The sample town's folder in this package.
    package static let source = Repository.root + "/towns/kaminokawa"

    /// The sample town, read and proved once.
    package static func folder() throws -> TownFolder { try read.get() }

    private static let read = Result { try TownFolder(source, on: Moment.workday.day) }

    /// Makes a town, serves it, works with it, and takes it away.
    /// - Parameters:
    ///   - hasSample: whether the sample's applications are there; its people always are.
    ///   - change: what is set up otherwise than usual.
    ///   - moment: the moment it is; the clock stands unless it is moved.
    package static func run<T: Sendable>(
        hasSample: Bool = false, at moment: Moment = .workday, settings change: (inout Settings) -> Void = { _ in },
        _ work: @Sendable (TestTown) async throws -> T
    ) async throws -> T {
        try await turns.hold { try await serve(hasSample: hasSample, at: moment, settings: change, work) }
    }

    /// A few towns at once: with all of them a small machine is busy waiting, and what has a time limit runs out of it.
    private static let turns = Turns(4)

    private static func serve<T: Sendable>(
        hasSample: Bool, at moment: Moment, settings change: (inout Settings) -> Void,
        _ work: @Sendable (TestTown) async throws -> T
    ) async throws -> T {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var settings = Settings()
        settings.data = folder.path
        settings.keys = folder.path + "/keys"
        (settings.port, settings.operationsPort) = (0, 0)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        settings.database = try await TownTemplates.shared.copy(
            hasSample: hasSample, at: moment, to: folder.path, logger)
        let database = settings.database
        change(&settings)
        let clock = TestClock(moment)
        let platform = try await Platform(
            settings, audit: { try Audit.check($0) }, now: { clock.now }, logger: logger)
        let server = WebServer(platform.site, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [.init(service: server)], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            guard let port = await server.listening.port() else { throw TestFault("the server did not start") }
            let result: Result<T, any Error>
            do {
                let town = TestTown(
                    platform: platform, clock: clock, address: "http://127.0.0.1:\(port)", folder: folder.path)
                result = .success(try await work(town))
            } catch {
                result = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            await platform.close()
            await TestEngine.chosen.remove(database)
            return try result.get()
        }
    }

    /// Somebody at a browser of their own, without scripts.
    package func visitor(from client: String? = nil) -> Visitor { Visitor(address: address, client: client) }

    /// An officer of the sample who has signed in.
    package func officer(_ login: String) async throws -> Visitor {
        let visitor = visitor()
        let person = try Self.folder().sample?.staff.first { $0.login == login }
        guard let person else { throw TestFault("nobody signs in as \(login)") }
        let reply = try await visitor.post("/desk/sign-in", ["login": login, "password": person.password])
        guard reply.status == 200, reply.path.hasPrefix("/desk"), reply.path != "/desk/sign-in" else {
            throw TestFault("\(login) could not sign in: \(reply.status) \(reply.path)")
        }
        return visitor
    }

    /// Does the jobs that are due.
    package func workOff() async throws { try await platform.worker.workOff() }
}

/// A clock that stands where it was put.
package final class TestClock: Sendable {
    private let moment: Mutex<Moment>

    package init(_ moment: Moment) { self.moment = Mutex(moment) }

    package var now: Moment { moment.withLock { $0 } }

    /// Moves the clock on.
    package func advance(seconds: Int) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
}

extension Moment {
    /// 2026-11-24 (Tuesday) 10:00 in Japan.
    package static let workday = Moment(iso: "2026-11-24T01:00:00.000Z") ?? .now()
}

/// A test's world that cannot be made.
package struct TestFault: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}

/// Every write answers for itself: it is recorded, or says why that is not needed.
package enum Audit {
    package static func check(_ transaction: Transaction) throws {
        if transaction.changedRows > 0 && !transaction.isAccountedFor {
            throw TestFault("\(transaction.changedRows) rows were changed and nothing was recorded")
        }
    }
}

/// A folder that is removed after the test.
package struct TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("origami-test-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    package func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// Where this package lies.
package enum Repository {
    package static let root: String = {
        var path = #filePath
        for _ in 0..<3 { path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }
        return path
    }()
}
