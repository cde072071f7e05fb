#if canImport(Glibc)
    import Glibc
#endif

/// 送り先のアドレス. Where something is posted to, on somebody's wish: `https://…`, and nothing that leads back into the town's
/// own network, unless the settings name it.
package struct OutsideAddress: Sendable {
    /// As it was written.
    package let text: String
    let host: String
    let port: Int
    private let isLocal: Bool

    /// Why nothing is sent to an address.
    package struct Refusal: Error, Sendable {
        /// For the person who typed it.
        package let words: String
    }

    /// - Parameter local: the `host:port` of the town's own network that are allowed, over http as well.
    package init(_ text: String, local: Set<String>) throws(Refusal) {
        guard text.utf8.count <= 500,
            let match = text.wholeMatch(
                of:
                    /(https?):\/\/([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?((?:[\/?][\x21-\x22\x24-\x7E]*)?)/
            ),
            let port = match.3.map({ Int($0) }) ?? (match.1 == "https" ? 443 : 80), (1...65535).contains(port)
        else { throw Refusal(words: "アドレスは、https://example.jp/hook のように入力してください。") }
        let host = match.2.lowercased()
        guard Self.isName(host) || host.hasPrefix("[") || Self.isPlainNumber(host) else {
            throw Refusal(words: "アドレスの名前の部分を読み取れません。")
        }
        (self.text, self.host, self.port) = (text, host, port)
        isLocal = local.contains("\(host):\(port)")
        guard match.1 == "https" || isLocal else {
            throw Refusal(words: "https:// で始まるアドレスにしてください。庁内のアドレスは、設定 webhook.lan に書くと、http:// でも使えます。")
        }
        // An address in numbers is looked at now already; a name when it is used.
        if !Self.isName(host) { _ = try resolved() }
    }

    /// The setting: `host:port`, with commas.
    static func local(_ text: String) throws(Settings.Mistake) -> Set<String> {
        var places: Set<String> = []
        for part in text.split(separator: ",") {
            let place = part.filter { $0 != " " }.lowercased()
            guard let match = place.wholeMatch(of: /(?:[a-z0-9.\-]+|\[[0-9a-f:.]+\]):([0-9]{1,5})/),
                let port = Int(match.1), (1...65535).contains(port)
            else { throw Settings.Mistake("webhook.lan は 10.1.2.3:8080,kikan.local:80 のように書いてください（いまの値: \(text)）") }
            places.insert(place)
        }
        return places
    }

    /// A name of which the last part is no number: others are read as addresses, in more ways than one.
    private static func isName(_ host: String) -> Bool {
        guard !host.hasPrefix("["), let last = host.split(separator: ".").last else { return false }
        return last.contains { $0.isLetter } && !last.hasPrefix("0x")
    }

    private static func isPlainNumber(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
    }

    /// The one address in numbers that is used: looked up once, so that nobody answers otherwise the second time. Throws if
    /// any that the name has leads into a network that is not everybody's.
    func resolved() throws(Refusal) -> String {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        guard getaddrinfo(bare, String(port), &hints, &list) == 0, let first = list else {
            throw Refusal(words: "\(host) の名前が見つかりません。")
        }
        defer { freeaddrinfo(first) }
        var found: [String] = []
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let entry = next {
            if let bytes = Self.bytes(entry.pointee) {
                guard isLocal || Self.isPublic(bytes) else {
                    throw Refusal(words: "\(host) は、庁内のネットワークのアドレスです。送ってよいものは、設定 webhook.lan に書いてください。")
                }
                if let text = Self.text(entry.pointee) { found.append(text) }
            }
            next = entry.pointee.ai_next
        }
        guard let address = found.first else { throw Refusal(words: "\(host) の名前が見つかりません。") }
        return address
    }

    /// Four or sixteen bytes.
    private static func bytes(_ entry: addrinfo) -> [UInt8]? {
        guard let address = entry.ai_addr else { return nil }
        switch entry.ai_family {
        case AF_INET:
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }
            }
        case AF_INET6:
            return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }
            }
        default: return nil
        }
    }

    private static func text(_ entry: addrinfo) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let result = getnameinfo(
            entry.ai_addr, entry.ai_addrlen, &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST)
        guard result == 0 else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// False for every range of the special-purpose address registries (RFC 6890) that is not for the whole net.
    static func isPublic(_ bytes: [UInt8]) -> Bool {
        if bytes.count == 4 { return isPublic4(bytes) }
        guard bytes.count == 16 else { return false }
        // 2000::/3 is all that was given out; of that, what carries an IPv4 address inside or is for examples is not.
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        let head = bytes.prefix(4)
        return
            !(head.starts(with: [0x20, 0x01, 0x0D, 0xB8]) || head.starts(with: [0x20, 0x02])
            || bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 2 || head.starts(with: [0x3F, 0xFF]))
    }

    private static func isPublic4(_ bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
        case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 51, 100), (203, 0, 113): false
        default: true
        }
    }
}
