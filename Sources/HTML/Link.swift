/// An address that `href`, `src` and `action` accept: a place of our own, or a checked `https:` address elsewhere.
///
/// Features name their places as static members (`static func procedure(_ id: String) -> Link`), so a link to a page that
/// does not exist does not compile. Interpolated values are percent-encoded as one path segment or query value.
package struct Link: Sendable, Hashable {
    /// The address as it stands in the page, such as `/procedures/dog?lang=en`.
    package let address: String

    private init(address: String) { self.address = address }

    /// A page elsewhere. Nil unless the address begins with `https://` and has only printable ASCII without quotes or spaces.
    package init?(https address: String) {
        guard address.hasPrefix("https://"), address.utf8.count > 8,
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x27 && $0 != 0x3C && $0 != 0x3E })
        else { return nil }
        self.address = address
    }

    /// Calls a telephone number given in digits. Other characters are dropped.
    package init(telephone digits: String) {
        address = "tel:" + digits.filter { $0.isASCII && $0.isNumber }
    }

    /// Begins a mail to nobody yet, with a subject and words.
    package init(mailSubject subject: String, body: String) {
        address = "mailto:?subject=\(Link.encoded(subject))&body=\(Link.encoded(body))"
    }

    /// The same place with something asked of it: `?name=value&…`.
    package func asking(_ query: [(name: String, value: String)]) -> Link {
        guard !query.isEmpty else { return self }
        let pairs = query.map { Link.encoded($0.name) + "=" + Link.encoded($0.value) }
        return Link(address: address + (address.contains("?") ? "&" : "?") + pairs.joined(separator: "&"))
    }

    /// One step below this place.
    package func below(_ segment: String) -> Link { Link(address: address + "/" + Link.encoded(segment)) }

    /// A text as it stands in a path, a query or a posted form.
    package static func encoded(_ value: String) -> String {
        if value.utf8.allSatisfy(isPlain) { return value }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes.append(contentsOf: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The unreserved characters of RFC 3986.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

extension Link: ExpressibleByStringInterpolation {
    package init(stringLiteral literal: StaticString) { address = literal.description }

    package init(stringInterpolation: StringInterpolation) { address = stringInterpolation.address }

    /// Collects the literal parts as they are and the values percent-encoded.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var address = ""

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: StaticString) { address += literal.description }

        package mutating func appendInterpolation(_ segment: String) { address += Link.encoded(segment) }
    }
}
