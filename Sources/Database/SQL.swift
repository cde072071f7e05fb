/// A statement whose interpolated values are bound, never pasted.
///
/// The literal parts are `StaticString`s, so the compiler refuses a statement made from a run-time `String`.
package struct SQL: Sendable {
    enum Piece: Sendable {
        case text(StaticString)
        case value(Value)
        case word(Word)
        /// A name of a table or column that the database itself told.
        case name(String)
        case search(Search)
    }

    private(set) var pieces: [Piece]

    /// Statement after statement, or clause after clause.
    package static func + (left: SQL, right: SQL) -> SQL { SQL(pieces: left.pieces + right.pieces) }

    private init(pieces: [Piece]) { self.pieces = pieces }

    /// Clauses that all have to hold, joined by AND. Without any: always true.
    package static func all(_ clauses: [SQL]) -> SQL {
        guard let first = clauses.first else { return "1 = 1" }
        return clauses.dropFirst().reduce(first) { $0 + " AND " + $1 }
    }
}

/// The words in which the engines differ.
package enum Word: Sendable {
    /// A 64-bit integer column.
    case integer
    /// A 64-bit floating-point column.
    case real
    /// A column of bytes.
    case blob
    /// A row that somebody else holds is passed over. SQLite has one writer and needs no word for it.
    case skipLocked
    /// The row that is read is held until the transaction ends, so that nobody changes it meanwhile; nothing where it only
    /// reads. SQLite's one writer holds everything.
    case held
    /// What follows the column list of a table: SQLite's tables are made to check their types.
    case strict
    /// The same of a table that is nothing but its primary key: the rows are kept in that order, once.
    case strictlyKeyed
}

extension SQL.Piece {
    /// A name as both engines quote it.
    static func quoted(_ name: String) -> String {
        "\"\(name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }
}

extension SQL: ExpressibleByStringInterpolation {
    package init(stringLiteral literal: StaticString) { pieces = [.text(literal)] }

    package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

    /// Collects the literal parts as they are and the values as bound arguments.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) { pieces.append(.text(literal)) }

        package mutating func appendInterpolation(_ value: some Storable) { pieces.append(.value(value.stored)) }

        /// A value, or NULL.
        package mutating func appendInterpolation<T: Storable>(_ value: T?) { pieces.append(.value(value.stored)) }

        /// A list for `IN (…)`. An empty list matches nothing.
        package mutating func appendInterpolation(anyOf values: [some Storable]) {
            guard !values.isEmpty else { return pieces.append(.text("NULL")) }
            for (index, value) in values.enumerated() {
                if index > 0 { pieces.append(.text(", ")) }
                pieces.append(.value(value.stored))
            }
        }

        package mutating func appendInterpolation(_ part: SQL) { pieces.append(contentsOf: part.pieces) }

        /// A name that the database itself told.
        mutating func appendInterpolation(name: String) { pieces.append(.name(name)) }

        /// Names that the database itself told, with commas.
        mutating func appendInterpolation(names: [String]) {
            for (index, name) in names.enumerated() {
                if index > 0 { pieces.append(.text(", ")) }
                pieces.append(.name(name))
            }
        }

        /// Values as they are kept, with commas.
        mutating func appendInterpolation(values: [Value]) {
            for (index, value) in values.enumerated() {
                if index > 0 { pieces.append(.text(", ")) }
                pieces.append(.value(value))
            }
        }

        package mutating func appendInterpolation(_ word: Word) { pieces.append(.word(word)) }

        package mutating func appendInterpolation(_ search: Search) { pieces.append(.search(search)) }
    }
}
