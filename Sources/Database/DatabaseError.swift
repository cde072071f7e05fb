/// What a database refused, with the SQLSTATE that both engines share.
package struct DatabaseError: Error, CustomStringConvertible {
    /// The class of the error, by its SQLSTATE (ISO/IEC 9075).
    package enum Kind: String, Sendable {
        case uniqueViolation = "23505"
        case foreignKeyViolation = "23503"
        case notNullViolation = "23502"
        case checkViolation = "23514"
        case serializationFailure = "40001"
        case diskFull = "53100"
        case readOnly = "25006"
        case cannotConnect = "08001"
        case undefinedColumn = "42703"
        case datatypeMismatch = "42804"
        case syntaxError = "42601"
        case corrupted = "XX001"
        case other = "XX000"
    }

    package let kind: Kind
    /// What the engine said. Never holds bound values.
    package let message: String

    package var description: String { "database: \(message) (SQLSTATE \(kind.rawValue))" }

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
