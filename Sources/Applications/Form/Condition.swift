import Japanese

/// When a page is asked, a fee is due, a section is responsible. Looks at answers that were given before.
package indirect enum Condition: Sendable, Equatable {
    /// The answer to the field is one of these; for several choices: contains one of them.
    case answer(field: String, isOneOf: [String])
    /// The field has an answer.
    case answered(field: String)
    /// A number compared with another. Without one of them it does not hold.
    case compare(Formula, Comparison, Formula)
    /// It holds for at least one row.
    case some(rows: String, Condition)
    /// It holds for every row; true without rows.
    case every(rows: String, Condition)
    case all([Condition])
    case any([Condition])
    case not(Condition)

    /// How two numbers are compared. The raw value is its name in a document.
    package enum Comparison: String, Sendable, CaseIterable {
        case atLeast = "at_least"
        case atMost = "at_most"
        case moreThan = "more_than"
        case lessThan = "less_than"
        case equals

        func holds(_ left: Int, _ right: Int) -> Bool {
            switch self {
            case .atLeast: left >= right
            case .atMost: left <= right
            case .moreThan: left > right
            case .lessThan: left < right
            case .equals: left == right
            }
        }
    }

    /// True if it holds. An answer that is not there is none of the values.
    package func holds(in scope: Scope) -> Bool {
        switch self {
        case .answer(let field, let values):
            scope.answer(field).map { !$0.value.codes.isDisjoint(with: values) } ?? false
        case .answered(let field): scope.answer(field) != nil
        case .compare(let left, let comparison, let right):
            if let left = left.value(in: scope), let right = right.value(in: scope) {
                comparison.holds(left, right)
            } else {
                false
            }
        case .some(let rows, let part): scope.rows(rows).contains { part.holds(in: $0) }
        case .every(let rows, let part): scope.rows(rows).allSatisfy { part.holds(in: $0) }
        case .all(let parts): parts.allSatisfy { $0.holds(in: scope) }
        case .any(let parts): parts.contains { $0.holds(in: scope) }
        case .not(let part): !part.holds(in: scope)
        }
    }

    /// The values it compares, by field.
    package var comparisons: [(field: String, values: [String])] {
        switch self {
        case .answer(let field, let values): [(field, values)]
        case .all(let parts), .any(let parts): parts.flatMap(\.comparisons)
        case .not(let part), .some(_, let part), .every(_, let part): part.comparisons
        case .answered, .compare: []
        }
    }

    /// The fields it looks at, in rows too.
    package var fields: [String] {
        switch self {
        case .answer(let field, _), .answered(let field): [field]
        case .compare(let left, _, let right): left.fields + right.fields
        case .some(let rows, let part), .every(let rows, let part): [rows] + part.fields
        case .all(let parts), .any(let parts): parts.flatMap(\.fields)
        case .not(let part): part.fields
        }
    }

    /// The formulas in it, each with what it is compared with.
    package var compared: [(Formula, Formula)] {
        switch self {
        case .compare(let left, _, let right): [(left, right)]
        case .some(_, let part), .every(_, let part), .not(let part): part.compared
        case .all(let parts), .any(let parts): parts.flatMap(\.compared)
        case .answer, .answered: []
        }
    }
}

extension Condition: Decodable {
    private enum CodingKeys: String, CodingKey {
        case field, value, values = "is", answered, some, every, all, any, not, before
        case condition = "where"
        case from = "on_or_after"
        case atLeast = "at_least"
        case atMost = "at_most"
        case moreThan = "more_than"
        case lessThan = "less_than"
        case equals

        static let comparisons: [(CodingKeys, Comparison)] = [
            (.atLeast, .atLeast), (.atMost, .atMost), (.moreThan, .moreThan), (.lessThan, .lessThan),
            (.equals, .equals),
        ]
    }

    /// Reads `{field: chip, is: [yes]}`, `{field: copies, at_least: 2}`, `{field: birth, before: 2020-04-02}`,
    /// `{value: {age: birth}, less_than: 3}`, `{some: children, where: …}`, `{all: […]}`, `{any: […]}` or `{not: …}`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let parts = try container.decodeIfPresent([Condition].self, forKey: .all) {
            self = .all(parts)
        } else if let parts = try container.decodeIfPresent([Condition].self, forKey: .any) {
            self = .any(parts)
        } else if let part = try container.decodeIfPresent(Condition.self, forKey: .not) {
            self = .not(part)
        } else if let rows = try container.decodeIfPresent(String.self, forKey: .some) {
            self = .some(rows: rows, try container.decode(Condition.self, forKey: .condition))
        } else if let rows = try container.decodeIfPresent(String.self, forKey: .every) {
            self = .every(rows: rows, try container.decode(Condition.self, forKey: .condition))
        } else {
            self = try Condition.single(container)
        }
    }

    private static func single(_ container: KeyedDecodingContainer<CodingKeys>) throws -> Condition {
        if let value = try container.decodeIfPresent(Formula.self, forKey: .value) {
            return try comparison(of: value, container)
        }
        let field = try container.decode(String.self, forKey: .field)
        if let values = try container.decodeIfPresent([String].self, forKey: .values) {
            return .answer(field: field, isOneOf: values)
        }
        if let isAnswered = try container.decodeIfPresent(Bool.self, forKey: .answered) {
            return isAnswered ? .answered(field: field) : .not(.answered(field: field))
        }
        if let day = try container.decodeIfPresent(Day.self, forKey: .before) {
            return .compare(.answer(field), .lessThan, .constant(day.daysSince1970))
        }
        if let day = try container.decodeIfPresent(Day.self, forKey: .from) {
            return .compare(.answer(field), .atLeast, .constant(day.daysSince1970))
        }
        return try comparison(of: .answer(field), container)
    }

    private static func comparison(
        of value: Formula, _ container: KeyedDecodingContainer<CodingKeys>
    ) throws -> Condition {
        for (key, comparison) in CodingKeys.comparisons {
            if let other = try container.decodeIfPresent(Formula.self, forKey: key) {
                return .compare(value, comparison, other)
            }
        }
        throw DecodingError.keyNotFound(
            CodingKeys.values,
            .init(codingPath: container.codingPath, debugDescription: "is: […] か at_least: 数 などを書いてください"))
    }
}
