/// Markup that is safe to send: text becomes markup only by being escaped.
///
/// Written as an interpolated string. The literal parts are markup; every interpolated value is escaped by its type.
/// A run-time `String` cannot become markup, because the literal parts are `StaticString`s.
package struct HTML: Sendable, Equatable {
    /// The markup as UTF-8.
    package private(set) var bytes: [UInt8]

    /// Takes markup as it is. Only for markup that was checked or made by us elsewhere.
    package init(trusted bytes: [UInt8]) { self.bytes = bytes }

    /// Nothing.
    package static let empty = HTML(trusted: [])

    /// True if there is no markup at all.
    package var isEmpty: Bool { bytes.isEmpty }

    /// The markup as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Puts markup after markup.
    package static func + (left: HTML, right: HTML) -> HTML { HTML(trusted: left.bytes + right.bytes) }
}

extension HTML: ExpressibleByStringInterpolation {
    package init(stringLiteral literal: StaticString) {
        bytes = literal.withUTF8Buffer { Array($0) }
    }

    package init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    /// Collects the literal parts as they are and the values escaped.
    package struct StringInterpolation: StringInterpolationProtocol {
        var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        /// Text, escaped for element content and for quoted attributes alike.
        ///
        /// Disfavoured, so that a literal in an interpolation, as in `\(isLate ? "<b>…</b>" : …)`, is markup like the
        /// literal around it.
        @_disfavoredOverload
        package mutating func appendInterpolation(_ text: String) { Escape.append(text, to: &bytes) }

        package mutating func appendInterpolation(_ number: Int) {
            bytes.append(contentsOf: String(number).utf8)
        }

        package mutating func appendInterpolation(_ markup: HTML) { bytes.append(contentsOf: markup.bytes) }

        /// Markup, or nothing.
        package mutating func appendInterpolation(_ markup: HTML?) {
            if let markup { bytes.append(contentsOf: markup.bytes) }
        }

        /// Pieces one after the other.
        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { bytes.append(contentsOf: piece.bytes) }
        }

        /// The address a link leads to. Disfavoured for the same reason.
        @_disfavoredOverload
        package mutating func appendInterpolation(_ link: Link) { Escape.append(link.address, to: &bytes) }

        /// Further attributes of an element, each with a space before it.
        package mutating func appendInterpolation(_ attributes: Attributes) {
            bytes.append(contentsOf: attributes.bytes)
        }
    }
}

/// Attributes that depend on a value, such as `checked` or `aria-describedby`.
package struct Attributes: Sendable {
    fileprivate var bytes: [UInt8] = []

    package init() {}

    /// Adds `name="value"`.
    package func with(_ name: StaticString, _ value: String) -> Attributes {
        var copy = self
        copy.append(name)
        copy.bytes.append(contentsOf: "=\"".utf8)
        Escape.append(value, to: &copy.bytes)
        copy.bytes.append(UInt8(ascii: "\""))
        return copy
    }

    /// Adds `name="value"` where there is a value.
    package func with(_ name: StaticString, ifPresent value: String?) -> Attributes {
        value.map { with(name, $0) } ?? self
    }

    /// Adds `name=""`, the form of a Boolean attribute, where it holds.
    package func with(_ name: StaticString, when holds: Bool) -> Attributes { holds ? with(name, "") : self }

    private mutating func append(_ name: StaticString) {
        bytes.append(UInt8(ascii: " "))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}

private enum Escape {
    /// Appends text; what would be markup becomes a character reference. Stretches without such characters go as a whole.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { buffer in
            var start = 0
            for index in buffer.indices {
                guard let reference = reference(buffer[index]) else { continue }
                bytes.append(contentsOf: buffer[start..<index])
                reference.withUTF8Buffer { bytes.append(contentsOf: $0) }
                start = index + 1
            }
            bytes.append(contentsOf: buffer[start...])
        }
    }

    private static func reference(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
