import AsyncHTTPClient
import HTML
import NIOCore
package import NIOHTTP1
import Synchronization

/// Somebody at a browser without scripts: keeps cookies, follows redirects, and looks at every page with the lint.
package final class Visitor: Sendable {
    private let address: String
    private let client: String?
    private let looksAtPages: Bool
    private let cookies = Mutex<[String: String]>([:])

    /// - Parameters:
    ///   - client: the address that a proxy in front would tell, if there were one.
    ///   - looksAtPages: false where time is measured, and the pages are looked at elsewhere.
    package init(address: String, client: String? = nil, looksAtPages: Bool = true) {
        (self.address, self.client, self.looksAtPages) = (address, client, looksAtPages)
    }

    /// What came back in the end.
    package struct Reply: Sendable {
        package let status: Int
        package let headers: [String: String]
        package let body: String
        /// The same as it came.
        package let bytes: [UInt8]
        /// The path of the page it came from, after redirects.
        package let path: String
        /// The status of the first answer, before redirects.
        package let firstStatus: Int

        /// The value of a hidden control.
        package func hidden(_ name: String) -> String {
            guard let start = body.firstRange(of: "name=\"\(name)\" value=\"")?.upperBound else { return "" }
            return String(body[start...].prefix { $0 != "\"" })
        }

        /// The text without markup.
        package var text: String {
            var text = ""
            var isInside = false
            for character in body {
                if character == "<" { isInside = true }
                if !isInside { text.append(character) }
                if character == ">" { isInside = false }
            }
            return text.replacing("&amp;", with: "&").replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
        }
    }

    package func get(_ path: String, headers: [String: String] = [:]) async throws -> Reply {
        try await send(.GET, path, headers: headers, body: nil)
    }

    package func post(_ path: String, _ fields: [String: String] = [:]) async throws -> Reply {
        try await post(path, pairs: fields.map { ($0.key, $0.value) })
    }

    package func post(_ path: String, pairs: [(String, String)]) async throws -> Reply {
        let body = pairs.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try await send(
            .POST, path, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
    }

    /// Posts as a program does: with headers of its own, and with JSON where there is some.
    package func post(_ path: String, headers: [String: String], json: String?) async throws -> Reply {
        let type = json.map { _ in ["Content-Type": "application/json"] } ?? [:]
        return try await send(
            .POST, path, headers: headers.merging(type) { $1 }, body: json.map { Array($0.utf8) })
    }

    /// Sends a form with files.
    package func upload(
        _ path: String, _ fields: [String: String] = [:], control: String, files: [(name: String, content: [UInt8])]
    ) async throws -> Reply {
        let boundary = "----origami-test-boundary"
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            let head = "Content-Disposition: form-data; name=\"\(control)\"; filename=\"\(file.name)\""
            body += Array("--\(boundary)\r\n\(head)\r\nContent-Type: application/octet-stream\r\n\r\n".utf8)
            body += file.content + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        return try await send(
            .POST, path, headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"], body: body)
    }

    /// Sends anything at all.
    package func send(_ method: HTTPMethod, _ path: String, headers: [String: String], body: [UInt8]?) async throws
        -> Reply
    {
        var path = path
        var reply = try await once(method, path, headers, body)
        let first = reply.status
        for _ in 0..<10 where reply.status == 303 {
            path = reply.headers["location"] ?? "/"
            reply = try await once(.GET, path, [:], nil)
        }
        return Reply(
            status: reply.status, headers: reply.headers, body: String(decoding: reply.body, as: UTF8.self),
            bytes: reply.body,
            path: String(path.prefix { $0 != "?" && $0 != "#" }), firstStatus: first)
    }

    private func once(
        _ method: HTTPMethod, _ path: String, _ headers: [String: String], _ body: [UInt8]?
    ) async throws -> (status: Int, headers: [String: String], body: [UInt8]) {
        var request = HTTPClientRequest(url: address + path)
        request.method = method
        request.headers.add(name: "Accept-Language", value: "ja")
        let kept = cookieHeader
        if !kept.isEmpty { request.headers.add(name: "Cookie", value: kept) }
        if method == .POST { request.headers.add(name: "Origin", value: address) }
        if let client { request.headers.add(name: "X-Forwarded-For", value: client) }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await Self.http.execute(request, timeout: .seconds(240))
        for cookie in response.headers["Set-Cookie"] {
            let parts = (cookie.split(separator: ";").first ?? "").split(separator: "=", maxSplits: 1)
            if parts.count == 2 { cookies.withLock { $0[String(parts[0])] = String(parts[1]) } }
        }
        let bytes = try await response.body.collect(upTo: 8 * 1024 * 1024)
        let content = Array(bytes.readableBytesView)
        if looksAtPages, !path.hasSuffix("preview=yes"),
            response.headers.first(name: "Content-Type")?.hasPrefix("text/html") == true
        {
            let findings = PageLint.findings(in: String(decoding: content, as: UTF8.self))
            if !findings.isEmpty { throw TestFault("\(path): \(findings.joined(separator: "; "))") }
        }
        let pairs = response.headers.map { ($0.name.lowercased(), $0.value) }
        return (Int(response.status.code), Dictionary(pairs, uniquingKeysWith: { $0 + ", " + $1 }), content)
    }

    /// Posts nothing and gives the headers of the first answer; where that leads is not looked at.
    package func once(_ path: String) async throws -> [String: String] { try await once(.POST, path, [:], nil).headers }

    /// Posts a form and gives the status of the first answer; where that leads is not looked at.
    package func postOnly(_ path: String, _ fields: [String: String]) async throws -> Int {
        let body = fields.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
        let headers = ["Content-Type": "application/x-www-form-urlencoded"]
        return try await once(.POST, path, headers, Array(body.utf8)).status
    }

    /// The cookies as a browser sends them.
    package var cookieHeader: String {
        cookies.withLock { $0 }.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
    }

    /// Another window of the same browser as it is now.
    /// - Parameter other: the address of another server of the same town, if the window is there.
    package func twin(at other: String? = nil) -> Visitor {
        let twin = Visitor(address: other ?? address, client: client, looksAtPages: looksAtPages)
        let kept = cookies.withLock { $0 }
        twin.cookies.withLock { $0 = kept }
        return twin
    }

    /// Forgets the cookies, as another device has none.
    package func forget() { cookies.withLock { $0 = [:] } }

    private static let http = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: .init(
            redirectConfiguration: .disallow,
            // Many tests at once: nobody waits for a connection of somebody else.
            connectionPool: .init(idleTimeout: .seconds(10), concurrentHTTP1ConnectionsPerHostSoftLimit: 64),
            decompression: .disabled))

    /// Text as a form or an address carries it.
    package static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
