/// What a column holds. Both engines know exactly these.
package enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

extension Value {
    /// Throws where a text has U+0000, which PostgreSQL cannot keep: neither engine takes it.
    static func requireKeepable(_ text: String) throws {
        guard text.utf8.contains(0) else { return }
        throw DatabaseError(.unkeepableText, "a text with U+0000")
    }
}

/// A type that a column can hold and a query can bind.
package protocol Storable: Sendable {
    /// The value as a column holds it.
    var stored: Value { get }

    /// Reads a column. Nil if the column holds something else.
    init?(stored: Value)
}

extension String: Storable {
    package var stored: Value { .text(self) }
    package init?(stored: Value) {
        guard case .text(let text) = stored else { return nil }
        self = text
    }
}

extension Int: Storable {
    package var stored: Value { .integer(Int64(self)) }
    package init?(stored: Value) {
        guard case .integer(let number) = stored else { return nil }
        self.init(exactly: number)
    }
}

extension Double: Storable {
    package var stored: Value { .real(self) }
    package init?(stored: Value) {
        switch stored {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: return nil
        }
    }
}

/// Held as 0 or 1.
extension Bool: Storable {
    package var stored: Value { .integer(self ? 1 : 0) }
    package init?(stored: Value) {
        guard case .integer(let number) = stored, number == 0 || number == 1 else { return nil }
        self = number == 1
    }
}

extension [UInt8]: Storable {
    package var stored: Value { .blob(self) }
    package init?(stored: Value) {
        guard case .blob(let bytes) = stored else { return nil }
        self = bytes
    }
}

extension Optional: Storable where Wrapped: Storable {
    package var stored: Value { self?.stored ?? .null }
    package init?(stored: Value) {
        if case .null = stored {
            self = .none
        } else if let value = Wrapped(stored: stored) {
            self = .some(value)
        } else {
            return nil
        }
    }
}
