import Core
import Database
import Logging
import Platform
import ServiceLifecycle
import TestKit
import Web

/// How the database finds what the pages of the desk show: the statements that look at applications, and their steps.
enum Plans {
    static func lines(_ folder: String) async throws -> [String] {
        var settings = Settings()
        (settings.data, settings.keys) = (folder, folder + "/keys")
        (settings.database, settings.port, settings.worker) = ("sqlite:\(folder)/origami.sqlite", 0, false)
        var logger = Logger(label: "plans")
        logger.logLevel = .error
        let platform = try await Platform(settings, migrating: false, logger: logger)
        let server = WebServer(platform.site, logger: logger)
        let group = ServiceGroup(services: [server], logger: logger)
        let running = Task { try await group.run() }
        guard let port = await server.listening.port() else { throw TestFault("the server does not listen") }
        let officer = Visitor(address: "http://127.0.0.1:\(port)", looksAtPages: false)
        _ = try await officer.post("/desk/sign-in", ["login": "kankyo-kacho", "password": "mihon-kacho-2026"])
        // Often enough that every reader has seen each page.
        for _ in 0..<8 { for (_, path) in Large.pages { _ = try await officer.get(path) } }
        let plans = try await platform.database.plans()
        await group.triggerGracefulShutdown()
        try await running.value
        await platform.close()
        let tables = ["application", "event", "name_token", "message", "fee_entry", "proposal"]
        let found = plans.filter { plan in tables.contains { plan.statement.contains(" \($0) ") } }
        let scans = found.filter { plan in
            plan.steps.contains { step in
                tables.contains { step.hasPrefix("SCAN \($0)") && !step.contains("USING") }
            }
        }
        return found.flatMap { plan in
            [plan.statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")]
                + plan.steps.map { "    \($0)" }
        } + [
            "", "\(scans.isEmpty ? "met    " : "NOT MET")  no statement reads a whole table that grows with the cases",
        ]
    }
}
