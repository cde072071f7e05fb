import FoundationEssentials
import Subprocess
import SystemPackage

/// A real browser (Chromium, built without windows), driven over a pipe: no port is opened.
package struct Browser: Sendable {
    let connection: Connection

    /// What went wrong in or with the browser.
    package struct Trouble: Error, CustomStringConvertible {
        package let description: String
    }

    /// Starts a browser with an empty profile, and ends it when the work is done.
    package static func run<T: Sendable>(_ work: @Sendable (Browser) async throws -> T) async throws -> T {
        let profile = FileManager.default.temporaryDirectory.appendingPathComponent("origami-browser-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: profile) }
        // The browser reads commands from descriptor 3 and writes answers to 4.
        let script = #"exec "$@" 3<&0 4>&1 0</dev/null 1>/dev/null"#
        let arguments =
            ["-c", script, "browser", "chromium-headless-shell"]
            + [
                "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check",
                "--disable-gpu", "--hide-scrollbars", "--disable-background-networking", "--disable-sync",
                "--disable-component-update", "--force-color-profile=srgb", "--lang=ja",
                // Root has no user namespace of its own, and a container small shared memory.
                "--no-sandbox", "--disable-dev-shm-usage", "--user-data-dir=\(profile)",
            ]
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(3))]
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: .init(arguments), platformOptions: options, input: .inputWriter,
            output: .sequence, error: .discarded
        ) { execution in
            let connection = Connection(execution.standardInputWriter)
            let output = execution.standardOutput
            let listening = Task { await connection.listen(to: output) }
            defer { listening.cancel() }
            let outcome: Result<T, any Error>
            do {
                outcome = .success(try await work(Browser(connection: connection)))
            } catch {
                outcome = .failure(error)
            }
            _ = try? await connection.send("Browser.close")
            await listening.value
            try? await execution.standardInputWriter.finish()
            return outcome
        }
        return try result.closureResult.get()
    }

    /// A window's worth of browser, which shares nothing with others: its own cookies, its own store.
    package func tab(_ screen: Screen, runsScripts: Bool = true, languages: String = "ja") async throws -> Tab {
        let context = try await connection.send("Target.createBrowserContext")
        let target = try await connection.send(
            "Target.createTarget",
            ["url": "about:blank", "browserContextId": context["browserContextId"] ?? .null])
        let attached = try await connection.send(
            "Target.attachToTarget", ["targetId": target["targetId"] ?? .null, "flatten": true])
        guard let session = attached["sessionId"]?.string else { throw Trouble(description: "no session for the tab") }
        let tab = Tab(connection: connection, session: session)
        try await tab.prepare(screen, runsScripts: runsScripts, languages: languages)
        return tab
    }

    /// How large a screen is, in CSS pixels.
    package struct Screen: Sendable {
        package let width: Int
        package let height: Int
        package let isTouch: Bool

        package static let phone = Screen(width: 390, height: 844, isTouch: true)
        package static let desktop = Screen(width: 1280, height: 900, isTouch: false)
    }
}
