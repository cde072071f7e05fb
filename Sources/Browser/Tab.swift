import FoundationEssentials

/// One page in a browser: what a person can do with it and see of it.
package struct Tab: Sendable {
    let connection: Connection
    let session: String

    @discardableResult
    package func send(_ method: String, _ parameters: JSON = [:]) async throws -> JSON {
        try await connection.send(method, parameters, session: session)
    }

    func prepare(_ screen: Browser.Screen, runsScripts: Bool, languages: String) async throws {
        try await send("Page.enable")
        try await send("Runtime.enable")
        try await send("Network.enable")
        try await send("Network.setExtraHTTPHeaders", ["headers": ["Accept-Language": .string(languages)]])
        try await resize(screen)
        if !runsScripts { try await send("Emulation.setScriptExecutionDisabled", ["value": true]) }
    }

    /// Gives the page another screen.
    package func resize(_ screen: Browser.Screen) async throws {
        try await send(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .number(Double(screen.width)), "height": .number(Double(screen.height)),
                "deviceScaleFactor": 1, "mobile": .bool(screen.isTouch),
            ])
    }

    /// Opens an address and waits until everything has loaded.
    package func open(_ address: String) async throws {
        try await loading { try await send("Page.navigate", ["url": .string(address)]) }
    }

    /// Does something that leads to another page, and waits until that has loaded.
    package func loading(_ action: @Sendable () async throws -> Void) async throws {
        async let loaded = connection.next("Page.loadEventFired", session: session)
        // The watcher stands before the action can be heard.
        try await Task.sleep(for: .milliseconds(5))
        try await action()
        _ = try await loaded
    }

    /// The value of an expression in the page. Throws what it throws.
    @discardableResult
    package func evaluate(_ expression: String) async throws -> JSON {
        let answer = try await send(
            "Runtime.evaluate",
            ["expression": .string(expression), "returnByValue": true, "awaitPromise": true])
        if let exception = answer["exceptionDetails"] {
            let words = exception["exception"]?["description"]?.string ?? exception["text"]?.string ?? ""
            throw Browser.Trouble(description: "\(expression.prefix(200)): \(words)")
        }
        return answer["result"]?["value"] ?? .null
    }

    /// Presses the middle of an element with the mouse, after bringing it into view.
    package func press(_ selector: String) async throws {
        let box = try await evaluate(
            """
            (() => { const e = document.querySelector(\(Self.quoted(selector)));
              if (!e) throw new Error("nothing there");
              e.scrollIntoView({block: "center", behavior: "instant"});
              const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()
            """)
        guard let x = box.array?.first?.number, let y = box.array?.last?.number else {
            throw Browser.Trouble(description: "\(selector) has no place on the page")
        }
        for kind in ["mousePressed", "mouseReleased"] {
            try await send(
                "Input.dispatchMouseEvent",
                ["type": .string(kind), "x": .number(x), "y": .number(y), "button": "left", "clickCount": 1])
        }
    }

    /// Presses something that leads to another page.
    package func follow(_ selector: String) async throws { try await loading { try await press(selector) } }

    /// Puts text into a control in the place of what stands there, as typing or pasting does.
    package func type(_ text: String, into selector: String) async throws {
        try await evaluate("document.querySelector(\(Self.quoted(selector))).focus()")
        try await evaluate("document.querySelector(\(Self.quoted(selector))).select?.()")
        try await send("Input.insertText", ["text": .string(text)])
    }

    /// Chooses an option of a select by its value.
    package func choose(_ value: String, in selector: String) async throws {
        try await evaluate(
            """
            (() => { const e = document.querySelector(\(Self.quoted(selector))); e.value = \(Self.quoted(value));
              e.dispatchEvent(new Event("change", {bubbles: true})); })()
            """)
    }

    /// Chooses files from the disk for a file control.
    package func attach(_ paths: [String], to selector: String) async throws {
        let found = try await send(
            "Runtime.evaluate", ["expression": .string("document.querySelector(\(Self.quoted(selector)))")])
        guard let object = found["result"]?["objectId"]?.string else {
            throw Browser.Trouble(description: "there is no \(selector)")
        }
        try await send(
            "DOM.setFileInputFiles", ["files": .array(paths.map { .string($0) }), "objectId": .string(object)])
    }

    /// Presses a key, such as `Tab` or `Enter`.
    package func key(_ key: String) async throws {
        let codes = ["Tab": 9, "Enter": 13, "Space": 32, "ArrowDown": 40]
        let text = ["Enter": "\r", "Space": " "][key] ?? ""
        for kind in ["keyDown", "keyUp"] {
            try await send(
                "Input.dispatchKeyEvent",
                [
                    "type": .string(kind), "key": .string(key == "Space" ? " " : key), "code": .string(key),
                    "text": .string(kind == "keyDown" ? text : ""),
                    "windowsVirtualKeyCode": .number(Double(codes[key] ?? 0)),
                ])
        }
    }

    /// Takes the network away, or gives it back.
    package func network(isOff: Bool) async throws {
        try await send(
            "Network.emulateNetworkConditions",
            ["offline": .bool(isOff), "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1])
    }

    /// Types where the cursor is.
    package func type(_ text: String) async throws { try await send("Input.insertText", ["text": .string(text)]) }

    /// True if there is such an element.
    package func has(_ selector: String) async throws -> Bool {
        try await evaluate("document.querySelector(\(Self.quoted(selector))) !== null").bool ?? false
    }

    /// The text of the first such element as a person sees it; empty if there is none.
    package func text(_ selector: String) async throws -> String {
        try await evaluate("document.querySelector(\(Self.quoted(selector)))?.innerText ?? ''").string ?? ""
    }

    /// The path of the page.
    package var path: String {
        get async throws { try await evaluate("location.pathname").string ?? "" }
    }

    /// A picture of the whole page, as PNG.
    package func picture() async throws -> [UInt8] {
        let answer = try await send(
            "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
        guard let data = answer["data"]?.string.flatMap({ Data(base64Encoded: $0) }) else {
            throw Browser.Trouble(description: "no picture of the page")
        }
        return [UInt8](data)
    }

    /// Text as a JavaScript literal.
    package static func quoted(_ text: String) -> String {
        let data = (try? JSONEncoder().encode(text)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }
}
