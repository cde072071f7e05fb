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
        /// The disk does not do what it is told.
        case brokenDisk = "58030"
        case cannotConnect = "08001"
        /// The connection broke; nothing of the transaction was kept.
        case connectionLost = "08006"
        /// The connection broke, and nobody can tell whether the transaction was kept.
        case unknownOutcome = "08007"
        /// The server is starting or stopping.
        case starting = "57P03"
        /// A statement, or the wait for a lock, took too long.
        case timedOut = "57014"
        /// There are too many at once.
        case tooBusy = "53300"
        /// A text has a character that cannot be kept, such as U+0000.
        case unkeepableText = "22021"
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

extension DatabaseError.Kind {
    /// The kind of an error that a server names by its SQLSTATE.
    init(sqlState: String) {
        self =
            switch sqlState {
            case "40001", "40P01": .serializationFailure
            case "57P01", "57P02", "57P05", "25P03", "08000", "08003": .connectionLost
            case "55P03": .timedOut
            case "22P02", "22P03", "42883", "42846", "22003": .datatypeMismatch
            case "42P01": .undefinedColumn
            case let state where state.hasPrefix("28") || state == "3D000": .cannotConnect
            case let state: Self(rawValue: state) ?? .other
            }
    }
}
