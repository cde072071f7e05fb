package import Core
package import Database
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// `/health` and `/metrics`, for those who run the program. On this machine alone.
package struct OperationsServer: Service {
    private let application: Application<RouterResponder<BasicRequestContext>>

    package init(database: Database, metrics: Prometheus, settings: Settings, logger: Logger) {
        let router = Router()
        router.get("health") { _, _ in
            let jobs = try? await database.read { try JobQueue.counts(in: $0) }
            let text =
                jobs.map { "ok\njobs waiting \($0.waiting)\njobs failed \($0.failed)\n" }
                ?? "the database does not answer\n"
            return Response(
                status: jobs == nil ? .serviceUnavailable : .ok, headers: [.contentType: "text/plain; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: text)))
        }
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: metrics.text())))
        }
        application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: settings.operationsPort)),
            logger: logger)
    }

    package func run() async throws { try await application.run() }
}
