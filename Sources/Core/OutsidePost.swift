import CCurl
import Database

#if canImport(Glibc)
    import Glibc
#endif

/// Posts a few bytes to somebody else's server, within a time. Follows no redirect, uses no proxy, and goes to the one address
/// that was looked up and allowed.
package struct OutsidePost: Sendable {
    /// The places of the town's own network that are allowed.
    package let local: Set<String>
    private let line = Line()

    /// Longer than a server needs that only notes what it is told.
    package static let timeLimit: Duration = .seconds(10)

    package init(_ settings: Settings) { local = settings.webhookLAN }

    /// What came of it.
    package enum Outcome: Sendable, Equatable {
        /// The server's status.
        case answered(Int)
        /// Nothing was sent, or no answer came: why, for the person who looks after it.
        case failed(String)
    }

    /// - Parameter headers: names and values without line ends.
    package func send(
        _ body: [UInt8], to address: String, headers: [(name: String, value: String)],
        within limit: Duration = timeLimit
    ) async -> Outcome {
        do throws(OutsideAddress.Refusal) {
            let place = try OutsideAddress(address, local: local)
            return try await line.ask(body, of: place, headers, upTo: 65_536, within: limit).outcome
        } catch {
            return .failed(error.words)
        }
    }

    /// Gets what stands at an address, or posts to it and takes the answer.
    /// - Parameters:
    ///   - body: what is posted; nil to get.
    ///   - size: more bytes than that are not taken.
    package func fetch(
        _ body: [UInt8]? = nil, from address: String, headers: [(name: String, value: String)], upTo size: Int,
        within limit: Duration = .seconds(120)
    ) async throws -> (outcome: Outcome, content: Spool) {
        let content = try Spool()
        do throws(OutsideAddress.Refusal) {
            let place = try OutsideAddress(address, local: local)
            let outcome = try await line.ask(body, of: place, headers, upTo: size, within: limit, into: content)
            return (outcome.isWhole ? outcome.outcome : .failed("返ってきたものが大きすぎます"), content)
        } catch {
            return (.failed(error.words), content)
        }
    }
}

/// A thread of its own: libcurl blocks until the server has answered.
private actor Line {
    private let queue = Queue("origami.post")

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - body: what is posted; nil to get.
    ///   - content: where the answer goes; nil for nowhere.
    func ask(
        _ body: [UInt8]?, of address: OutsideAddress, _ headers: [(name: String, value: String)], upTo size: Int,
        within limit: Duration, into content: Spool? = nil
    ) throws(OutsideAddress.Refusal) -> (outcome: OutsidePost.Outcome, isWhole: Bool) {
        let pinned = "\(address.host.filter { $0 != "[" && $0 != "]" }):\(address.port):\(try address.resolved())"
        guard Curl.isReady, let curl = curl_easy_init(), let reply = fmemopen(nil, size, "w+") else {
            return (.failed("libcurl を使えません"), true)
        }
        var lines = curl_slist_append(nil, "Expect:")
        for header in headers { lines = curl_slist_append(lines, "\(header.name): \(header.value)") }
        let resolved = curl_slist_append(nil, pinned)
        defer {
            curl_easy_cleanup(curl)
            curl_slist_free_all(lines)
            curl_slist_free_all(resolved)
            fclose(reply)
        }
        let milliseconds = max(1, Int(limit / .milliseconds(1)))
        let result = (body ?? []).withUnsafeBytes { bytes -> CURLcode in
            var codes = [
                curl_set_text(curl, CURLOPT_URL, address.text),
                curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "http,https"), curl_set_text(curl, CURLOPT_PROXY, ""),
                curl_set_number(curl, CURLOPT_FOLLOWLOCATION, 0), curl_set_number(curl, CURLOPT_NOSIGNAL, 1),
                curl_set_number(curl, CURLOPT_FORBID_REUSE, 1),
                curl_set_number(curl, CURLOPT_TIMEOUT_MS, milliseconds),
                curl_set_number(curl, CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, 5000)),
                curl_set_number(curl, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
                curl_set_pointer(curl, CURLOPT_RESOLVE, resolved), curl_set_pointer(curl, CURLOPT_HTTPHEADER, lines),
                curl_set_pointer(curl, CURLOPT_WRITEDATA, reply), curl_set_text(curl, CURLOPT_USERAGENT, "Origami"),
            ]
            if body != nil {
                codes += [
                    curl_set_number(curl, CURLOPT_POST, 1), curl_set_number(curl, CURLOPT_POSTFIELDSIZE, bytes.count),
                    curl_set_pointer(
                        curl, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress)),
                ]
            }
            // An option that it does not know would not protect what it should.
            if let fault = codes.first(where: { $0 != CURLE_OK }) { return fault }
            return curl_easy_perform(curl)
        }
        var status = 0
        curl_get_number(curl, CURLINFO_RESPONSE_CODE, &status)
        // A reply longer than anybody reads is an answer all the same.
        guard result == CURLE_OK || result == CURLE_WRITE_ERROR && status > 0 else {
            return (.failed(String(cString: curl_easy_strerror(result))), true)
        }
        // What is still held may not fit any more.
        let isWhole = result == CURLE_OK && fflush(reply) == 0
        if let content, (try? Self.copy(reply, to: content)) == nil { return (.failed("置き場がいっぱいです"), true) }
        return (.answered(status), isWhole)
    }

    private static func copy(_ reply: UnsafeMutablePointer<FILE>, to content: Spool) throws {
        var left = ftell(reply)
        rewind(reply)
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while left > 0 {
            let count = room.withUnsafeMutableBytes { fread($0.baseAddress, 1, min($0.count, left), reply) }
            guard count > 0 else { return }
            try content.append(room[..<count])
            left -= count
        }
    }
}

/// A file in somebody's S3-compatible store.
package enum OutsideFile {
    /// The headers with which an address of the store is asked for.
    /// - Parameters:
    ///   - address: `https://host/bucket/key`, in characters that stay as they are.
    ///   - user: the id of the access key, with its secret as `password`.
    package static func headers(
        for address: String, region: String, user: String, password: String
    ) -> [(name: String, value: String)]? {
        guard let match = address.wholeMatch(of: /https?:\/\/([A-Za-z0-9.:\[\]-]+)(\/[A-Za-z0-9._\/-]+)/) else {
            return nil
        }
        let signature = RequestSignature(
            method: "GET", path: String(match.output.2), query: [], host: String(match.output.1),
            digest: RequestSignature.nothing)
        return signature.headers(region: region, user: user, password: password, at: .now())
    }
}
