import ArgumentParser
import Core
import Logging
import Metrics
import Platform
import ServiceLifecycle
import Web
import UnixSignals

/// `origami serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ページを公開します。Ctrl-C か SIGTERM で、受け付けた仕事を終えてから止まります。")

    func run() async throws {
        try await answering {
            let settings = try await Start.settings()
            let logger = Start.logger(settings)
            let metrics = Prometheus()
            MetricsSystem.bootstrap(metrics)
            let platform = try await Platform(settings, logger: logger)
            let services = platform.services(metrics: metrics) {
                Output.line("住民のページ: \(settings.origin)/")
                Output.line("職員のページ: \(settings.origin)/desk")
                Output.line("止めるには Ctrl-C")
                logger.info("serving", metadata: ["address": "\(settings.host):\(settings.port)"])
            }
            do {
                try await run(services, logger)
            } catch  where "\(error)".contains("errno: 98") {
                throw Failure(
                    "ポート \(settings.port) か \(settings.operationsPort) は使われています。ORIGAMI_PORT か ORIGAMI_OPERATIONS_PORT を変えてください",
                    code: 1)
            }
            await platform.close()
        }
    }
}

/// `origami work`.
struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ページを公開せず、あとに残った仕事だけを行います。serve を ORIGAMI_WORKER=false で動かすときに使います。")

    func run() async throws {
        try await answering {
            let settings = try await Start.settings()
            let logger = Start.logger(settings)
            let platform = try await Platform(settings, logger: logger)
            logger.info("working")
            try await run(platform.workServices, logger)
            await platform.close()
        }
    }
}

extension AsyncParsableCommand {
    /// Runs services until the program is told to stop, the last one first to end.
    fileprivate func run(_ services: [any Service], _ logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // Somebody who sends slowly does not hold the program longer than this.
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: configuration).run()
    }
}
