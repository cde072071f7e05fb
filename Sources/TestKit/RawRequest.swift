import Dispatch

#if canImport(Glibc)
    import Glibc
#endif

/// Bytes sent to a server as they are, for what no well-behaved client sends.
package enum RawRequest {
    /// Sends the bytes, closes our side if asked to, and gives what comes back within twenty seconds.
    package static func send(_ bytes: [UInt8], to address: String, thenClose: Bool) async throws -> String {
        try await send([bytes], to: address, thenClose: thenClose, between: {})
    }

    /// Sends one part after the other, and does something between.
    package static func send(
        _ parts: [[UInt8]], to address: String, thenClose: Bool = false, between: @escaping @Sendable () -> Void
    ) async throws -> String {
        guard let port = address.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw TestFault("no port in \(address)")
        }
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try exchange(parts, port, thenClose, between) })
            }
        }
    }

    /// Connects, sends the beginning of something, and holds the connection: whoever asked closes it. Nil if nobody answers.
    package static func hold(_ beginning: String, to port: UInt16) -> Int32? {
        guard let socket = connected(to: port) else { return nil }
        _ = Glibc.send(socket, beginning, beginning.utf8.count, Int32(MSG_NOSIGNAL))
        return socket
    }

    private static func connected(to port: UInt16) -> Int32? {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return nil }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(socket)
            return nil
        }
        return socket
    }

    private static func exchange(
        _ parts: [[UInt8]], _ port: UInt16, _ thenClose: Bool, _ between: () -> Void
    ) throws -> String {
        guard let socket = connected(to: port) else { throw TestFault("nobody listens on \(port)") }
        defer { close(socket) }
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        // The server may close before it has read everything: that is an answer, too.
        for (index, part) in parts.enumerated() {
            if index > 0 {
                usleep(100_000)
                between()
                usleep(300_000)
            }
            _ = Glibc.send(socket, part, part.count, Int32(MSG_NOSIGNAL))
        }
        if thenClose { shutdown(socket, Int32(SHUT_WR)) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 { break }
            answer += buffer[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
