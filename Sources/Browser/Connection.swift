import FoundationEssentials
import Subprocess

/// The conversation with a browser: commands with their answers, and events (Chrome DevTools Protocol).
actor Connection {
    private let writer: StandardInputWriter
    private var lastID = 0
    private var waiting: [Int: CheckedContinuation<JSON, any Error>] = [:]
    private var watchers: [Watcher] = []
    private var isClosed = false

    /// Somebody who waits for an event of a session.
    private struct Watcher {
        let id: Int
        let session: String
        let event: String
        let continuation: CheckedContinuation<JSON, any Error>
    }

    init(_ writer: StandardInputWriter) { self.writer = writer }

    /// Takes what the browser says, until it says nothing more. Messages end with NUL.
    func listen(to output: SubprocessOutputSequence) async {
        var message: [UInt8] = []
        do {
            for try await buffer in output {
                let bytes = buffer.withUnsafeBytes { Array($0) }
                for part in bytes.split(separator: 0, omittingEmptySubsequences: false).enumerated() {
                    if part.offset > 0 {
                        take(message)
                        message = []
                    }
                    message += part.element
                }
            }
        } catch {
            // Ended in the middle of a message: whoever waits is told below.
        }
        close()
    }

    private func take(_ message: [UInt8]) {
        guard let json = try? JSONDecoder().decode(JSON.self, from: Data(message)) else { return }
        if let id = json["id"]?.number, let continuation = waiting.removeValue(forKey: Int(id)) {
            if let error = json["error"]?["message"]?.string {
                continuation.resume(throwing: Browser.Trouble(description: error))
            } else {
                continuation.resume(returning: json["result"] ?? .null)
            }
        } else if let event = json["method"]?.string, let session = json["sessionId"]?.string {
            for watcher in watchers where watcher.session == session && watcher.event == event {
                watcher.continuation.resume(returning: json["params"] ?? .null)
            }
            watchers.removeAll { $0.session == session && $0.event == event }
        }
    }

    private func close() {
        isClosed = true
        let gone = Browser.Trouble(description: "the browser is gone")
        for continuation in waiting.values { continuation.resume(throwing: gone) }
        for watcher in watchers { watcher.continuation.resume(throwing: gone) }
        (waiting, watchers) = ([:], [])
    }

    /// Says a command and waits for its answer.
    func send(_ method: String, _ parameters: JSON = [:], session: String? = nil) async throws -> JSON {
        guard !isClosed else { throw Browser.Trouble(description: "the browser is gone") }
        lastID += 1
        let id = lastID
        var message: [String: JSON] = ["id": .number(Double(id)), "method": .string(method), "params": parameters]
        message["sessionId"] = session.map(JSON.string)
        let bytes = [UInt8](try JSONEncoder().encode(JSON.object(message))) + [0]
        return try await within("the browser did not answer \(method)", giveUp: { await self.giveUp(id) }) {
            try await withCheckedThrowingContinuation { continuation in
                waiting[id] = continuation
                Task { await write(bytes, id) }
            }
        }
    }

    private func write(_ bytes: [UInt8], _ id: Int) async {
        do {
            _ = try await writer.write(bytes)
        } catch {
            waiting.removeValue(forKey: id)?.resume(throwing: error)
        }
    }

    private func giveUp(_ id: Int) {
        waiting.removeValue(forKey: id)?.resume(throwing: CancellationError())
    }

    /// Waits for the next event of a session.
    func next(_ event: String, session: String) async throws -> JSON {
        lastID += 1
        let id = lastID
        return try await within("the browser did not tell of \(event)", giveUp: { await self.giveUpWatching(id) }) {
            try await withCheckedThrowingContinuation { continuation in
                watchers.append(Watcher(id: id, session: session, event: event, continuation: continuation))
            }
        }
    }

    /// Waits half a minute at most.
    private func within(
        _ failure: String, giveUp: @escaping @Sendable () async -> Void, _ answer: () async throws -> JSON
    ) async throws -> JSON {
        let timer = Task {
            try await Task.sleep(for: .seconds(30))
            await giveUp()
        }
        defer { timer.cancel() }
        do {
            return try await answer()
        } catch is CancellationError {
            throw Browser.Trouble(description: failure)
        }
    }

    private func giveUpWatching(_ id: Int) {
        for watcher in watchers where watcher.id == id { watcher.continuation.resume(throwing: CancellationError()) }
        watchers.removeAll { $0.id == id }
    }
}
