/// One row of a result. Columns are read by name, as the type the place they go to asks for.
package struct Row: Sendable {
    let columns: Columns
    let values: [Value]

    /// The column of this name.
    ///
    /// Throws if there is no such column or it holds another type: both are mistakes in a query, not in data.
    package subscript<T: Storable>(_ column: String) -> T {
        get throws {
            guard let index = columns.index[column] else { throw DatabaseError.noColumn(column) }
            guard let value = T(stored: values[index]) else { throw DatabaseError.wrongType(column, "\(T.self)") }
            return value
        }
    }

    /// The names of the columns of a result, shared by all its rows.
    struct Columns: Sendable {
        let index: [String: Int]

        init(_ names: [String]) {
            index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }
}
