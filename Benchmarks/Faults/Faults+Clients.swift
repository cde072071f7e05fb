import FoundationEssentials
import Subprocess
import TestKit

#if canImport(Glibc)
    import Glibc
#endif

extension Faults {
    /// Clients that mean no good. What counts is how everybody else is answered meanwhile.
    static let clients = [
        Fault("slow-clients", "500 clients that send a byte of their header every half second, for 20 s") {
            try await besides { port in
                let sockets = (0..<500).compactMap { _ in RawRequest.hold("", to: UInt16(port)) }
                for byte in Array("GET /procedures HTTP/1.1\r\nHost: slow.example\r\n".utf8.prefix(40)) {
                    for socket in sockets { send(socket, [byte], 1, Int32(MSG_NOSIGNAL)) }
                    try await Task.sleep(for: .milliseconds(500))
                }
                sockets.forEach { close($0) }
                return "\(sockets.count) held"
            }
        },
        Fault("half-open", "500 forms that never come to their end, for 20 s") {
            try await besides { port in
                let head =
                    "POST /resume HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 90\r\n\r\ncode="
                let sockets = (0..<500).compactMap { _ in RawRequest.hold(head, to: UInt16(port)) }
                try await Task.sleep(for: .seconds(20))
                sockets.forEach { close($0) }
                return "\(sockets.count) held"
            }
        },
        Fault("idle", "10,000 connections that say nothing") {
            try await besides { port in
                let sockets = (0..<10_000).compactMap { _ in RawRequest.hold("", to: UInt16(port)) }
                try await Task.sleep(for: .seconds(70))
                // The server closes what says nothing for a minute.
                let open = sockets.count { socket in
                    var byte: UInt8 = 0
                    return recv(socket, &byte, 1, Int32(MSG_DONTWAIT)) != 0
                }
                sockets.forEach { close($0) }
                return "\(sockets.count) held, \(open) still open after 70 s"
            }
        },
        Fault("bombs", "headers and bodies without end, for 15 s") {
            try await besides { port in
                let address = "http://127.0.0.1:\(port)"
                let line = "X-Bomb: " + String(repeating: "a", count: 4000) + "\r\n"
                let header = "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: line, count: 500)
                let chunk = "10000\r\n" + String(repeating: "a", count: 65_536) + "\r\n"
                let body =
                    "POST /resume HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 100)
                let start = ContinuousClock.now
                var (count, taken) = (0, 0)
                while ContinuousClock.now - start < .seconds(15) {
                    for bomb in [header, body] {
                        let answer = try await RawRequest.send(Array(bomb.utf8), to: address, thenClose: true)
                        count += 1
                        if answer.hasPrefix("HTTP/1.1 2") || answer.hasPrefix("HTTP/1.1 5") { taken += 1 }
                    }
                }
                return "\(count) sent, \(taken) taken"
            }
        },
    ]

    /// Lets somebody read pages while harm is done, and says how long that took and what the server needs.
    private static func besides(_ harm: @escaping @Sendable (Int) async throws -> String) async throws -> (
        Bool, String
    )? {
        try await town { server in
            try await server.command("init", "--town", TestTown.source, "--empty")
            return try await server.serve(endingWith: .terminate) { process in
                let before = memory(of: process)
                async let harmed = harm(server.port)
                var (times, failed): ([Duration], Int) = ([], 0)
                let reader = Visitor(address: server.address, looksAtPages: false)
                while times.count < 130 {
                    let start = ContinuousClock.now
                    let path = ["/", "/procedures", "/resume"][times.count % 3]
                    if (try? await reader.get(path))?.status != 200 { failed += 1 }
                    times.append(ContinuousClock.now - start)
                    try await Task.sleep(for: .milliseconds(100))
                }
                let words = try await harmed
                let after = try await reader.get("/").status
                times.sort()
                let p95 = times[times.count * 95 / 100] / .milliseconds(1)
                return (
                    failed == 0 && after == 200 && p95 < 500,
                    "\(words); \(times.count) other pages, \(failed) failed, p95 \((p95 * 10).rounded() / 10) ms; "
                        + "memory \(before) -> \(memory(of: process)) MB"
                )
            }
        }
    }

    private static func memory(of process: ProcessIdentifier) -> Int {
        let text = FileManager.default.contents(atPath: "/proc/\(process.value)/status").map {
            String(decoding: $0, as: UTF8.self)
        }
        let line = text?.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }
}
