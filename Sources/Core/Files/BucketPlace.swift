import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// A bucket of an S3-compatible store, which several servers share.
actor BucketPlace: FilePlace {
    private let settings: BucketSettings
    /// What was read last: a file is asked for piece by piece, and it never changes.
    private var blocks: [Block] = []

    private struct Block {
        let name: String
        let start: Int
        let bytes: [UInt8]
    }

    /// How many bytes are asked for at once.
    private static let block = 1 << 20
    private static let mostBlocks = 16
    /// How often a request is made before whoever asked is told.
    private static let tries = 4
    private static let timeLimit = TimeAmount.seconds(30)

    init(_ settings: BucketSettings) { self.settings = settings }

    func put(_ sealed: Spool, as name: String) async throws {
        let bytes = sealed.bytes(from: 0, count: sealed.count)
        try await answer("PUT", try path(name), body: bytes, digest: name)
    }

    func bytes(of name: String, from start: Int, count: Int) async throws -> [UInt8] {
        var found: [UInt8] = []
        while found.count < count {
            let place = start + found.count
            let block = try await block(of: name, from: place / Self.block * Self.block)
            let rest = block.dropFirst(place % Self.block).prefix(count - found.count)
            found += rest
            // A block that is not full is the last.
            if rest.isEmpty || block.count < Self.block { break }
        }
        return found
    }

    func delete(_ name: String) async throws {
        blocks.removeAll { $0.name == name }
        try await answer("DELETE", try path(name), expecting: [404])
    }

    func names(olderThan seconds: Int) async throws -> [String] {
        let limit = Moment.now().adding(seconds: -seconds).iso.prefix(19)
        var names: [String] = []
        var last: String?
        while true {
            var query = [(name: "list-type", value: "2"), (name: "prefix", value: settings.prefix)]
            if let last { query.append((name: "start-after", value: last)) }
            let (_, body) = try await answer("GET", "/" + settings.bucket, query)
            let list = String(decoding: body, as: UTF8.self)
            for entry in list.split(separator: "<Contents>").dropFirst() {
                guard let key = Self.element("Key", of: entry), let time = Self.element("LastModified", of: entry)
                else {
                    throw FileTrouble("\(settings.shown): 一覧を読めません")
                }
                last = String(key)
                let name = key.dropFirst(settings.prefix.count)
                if !name.contains("/"), time.prefix(19) <= limit { names.append(String(name)) }
            }
            guard Self.element("IsTruncated", of: list[...]) == "true" else { return names }
        }
    }

    /// The text of an element of the store's answer. Our own names need no escaping.
    private static func element(_ name: String, of text: Substring) -> Substring? {
        guard let start = text.firstRange(of: "<\(name)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        return text[start.upperBound..<end.lowerBound]
    }

    private func path(_ name: String) throws -> String {
        let isPlain = name.utf8.allSatisfy {
            (48...57).contains($0) || (97...122).contains($0) || (65...90).contains($0) || $0 == 45
        }
        guard isPlain, !name.isEmpty else { throw FileTrouble("\(name): 置き場の名前ではありません") }
        return "/\(settings.bucket)/\(settings.prefix)\(name)"
    }

    private func block(of name: String, from start: Int) async throws -> [UInt8] {
        if let known = blocks.first(where: { $0.name == name && $0.start == start }) { return known.bytes }
        let (status, body) = try await answer(
            "GET", try path(name), range: "bytes=\(start)-\(start + Self.block - 1)", expecting: [416])
        let bytes = status == 416 ? [] : body
        blocks.append(Block(name: name, start: start, bytes: bytes))
        if blocks.count > Self.mostBlocks { blocks.removeFirst() }
        return bytes
    }

    /// Asks the store, again where it was busy or away, and gives its answer.
    /// - Parameter expected: what is an answer besides success.
    @discardableResult
    private func answer(
        _ method: String, _ path: String, _ query: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        digest: String = RequestSignature.nothing, range: String? = nil, expecting expected: [Int] = []
    ) async throws -> (status: Int, body: [UInt8]) {
        let signature = RequestSignature(
            method: method, path: path, query: query, host: settings.host, digest: digest)
        var trouble = ""
        for attempt in 0..<Self.tries {
            if attempt > 0 { try await Task.sleep(for: .milliseconds(Int.random(in: 50...150) << attempt)) }
            var request = HTTPClientRequest(
                url: settings.endpoint + path + (query.isEmpty ? "" : "?" + signature.queryText))
            request.method = .init(rawValue: method)
            for header in signature.headers(
                region: settings.region, user: settings.user, password: settings.password, at: .now())
            {
                request.headers.add(name: header.name, value: header.value)
            }
            if let range { request.headers.add(name: "range", value: range) }
            if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
            do {
                let response = try await HTTPClient.shared.execute(request, timeout: Self.timeLimit)
                let status = Int(response.status.code)
                let bytes = try await Array(response.body.collect(upTo: 16 << 20).readableBytesView)
                if (200...299).contains(status) || expected.contains(status) { return (status, bytes) }
                let code = Self.element("Code", of: String(decoding: bytes, as: UTF8.self)[...]) ?? ""
                trouble = "\(method) \(status) \(code)"
                guard status >= 500 || status == 429 else { break }
            } catch let error as CancellationError {
                throw error
            } catch {
                trouble = "\(error)"
            }
        }
        throw FileTrouble("\(settings.shown): \(trouble)")
    }
}
