/// One row of a result. Columns are read by name, as the type the place they go to asks for.
package struct Row: Sendable {
    let columns: Columns
    let values: [Value]

    /// The column of this name.
    ///
    /// Throws if there is no such column or it holds another type: both are mistakes in a query, not in data.
    package subscript<T: Storable>(_ column: String) -> T {
        get throws {
            guard let value = T(stored: try stored(column)) else { throw Row.wrongType(column, "\(T.self)") }
            return value
        }
    }

    /// The same for the type that most columns have, without the price of a generic call.
    package subscript(_ column: String) -> String {
        get throws {
            guard case .text(let text) = try stored(column) else { throw Row.wrongType(column, "String") }
            return text
        }
    }

    /// True if the column holds anything.
    package func has(_ column: String) throws -> Bool {
        if case .null = try stored(column) { false } else { true }
    }

    private func stored(_ column: String) throws -> Value {
        guard let index = columns.index(of: column) else {
            throw DatabaseError(.undefinedColumn, "no column \(column) in the result")
        }
        return values[index]
    }

    private static func wrongType(_ column: String, _ type: String) -> DatabaseError {
        DatabaseError(.datatypeMismatch, "column \(column) does not hold \(type)")
    }

    /// The names of the columns of a result, shared by all its rows.
    struct Columns: Sendable {
        let names: [String]

        /// Few and short: looking along them is quicker than a table.
        func index(of name: String) -> Int? { names.firstIndex(of: name) }
    }
}
