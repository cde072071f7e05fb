/// When a page is asked. Looks at answers to earlier pages alone.
package indirect enum Condition: Sendable, Equatable {
    /// The answer to the field is one of these; for several choices: contains one of them.
    case answer(field: String, isOneOf: [String])
    case all([Condition])
    case any([Condition])
    case not(Condition)

    /// True if it holds. An answer that is not there is none of the values.
    package func holds(_ answers: Answers) -> Bool {
        switch self {
        case .answer(let field, let values):
            answers[field].map { !$0.value.codes.isDisjoint(with: values) } ?? false
        case .all(let parts): parts.allSatisfy { $0.holds(answers) }
        case .any(let parts): parts.contains { $0.holds(answers) }
        case .not(let part): !part.holds(answers)
        }
    }

    /// The values it compares, by field.
    package var comparisons: [(field: String, values: [String])] {
        switch self {
        case .answer(let field, let values): [(field, values)]
        case .all(let parts), .any(let parts): parts.flatMap(\.comparisons)
        case .not(let part): part.comparisons
        }
    }
}

extension Condition: Decodable {
    private enum CodingKeys: String, CodingKey { case field, values = "is", all, any, not }

    /// Reads `{field: chip, is: [yes]}`, `{all: […]}`, `{any: […]}` or `{not: …}`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let parts = try container.decodeIfPresent([Condition].self, forKey: .all) {
            self = .all(parts)
        } else if let parts = try container.decodeIfPresent([Condition].self, forKey: .any) {
            self = .any(parts)
        } else if let part = try container.decodeIfPresent(Condition.self, forKey: .not) {
            self = .not(part)
        } else {
            self = .answer(
                field: try container.decode(String.self, forKey: .field),
                isOneOf: try container.decode([String].self, forKey: .values))
        }
    }
}
