package import Japanese

/// 計算式. A whole number made from answers: a pure function, so that everybody can follow it.
package indirect enum Formula: Sendable, Equatable {
    case constant(Int)
    /// The answer to a field: a number, an amount, a computed value; of a date the days since 1970.
    case answer(String)
    /// How many rows there are, or how many for which something holds.
    case count(rows: String, where: Condition?)
    /// The sum over rows, or over those for which something holds. A row without a value adds nothing.
    case sum(rows: String, of: Formula, where: Condition?)
    case add([Formula])
    case subtract(Formula, Formula)
    case multiply([Formula])
    case least([Formula])
    case greatest([Formula])
    /// Divided, a rest counted as one more.
    case divideUp(Formula, by: Int)
    /// 満年齢 on a day; nil: on the day of the application.
    case age(of: String, on: Day?)
    /// The first that holds.
    case cases([Branch], otherwise: Formula)

    /// One line of a table of cases.
    package struct Branch: Sendable, Equatable {
        package let when: Condition
        package let then: Formula
    }

    /// More than any amount of a town: what stands in a formula goes no further, so that it is quick to prove.
    static let largest = 1_000_000_000_000

    /// The value, or nil where an answer it needs is not there or a number grows beyond reason.
    package func value(in scope: Scope) -> Int? {
        switch self {
        case .constant(let number): number
        case .answer(let field): scope.number(field)
        case .count(let rows, let condition): scope.rows(rows).count { condition?.holds(in: $0) ?? true }
        case .sum(let rows, let part, let condition):
            Formula.total(scope.rows(rows).filter { condition?.holds(in: $0) ?? true }.map { part.value(in: $0) ?? 0 })
        case .add(let parts): Formula.all(parts, scope).flatMap(Formula.total)
        case .subtract(let left, let right):
            Formula.all([left, right], scope).flatMap { pair in
                let (difference, isOver) = pair[0].subtractingReportingOverflow(pair[1])
                return isOver ? nil : difference
            }
        case .multiply(let parts): Formula.all(parts, scope).flatMap(Formula.product)
        case .least(let parts): Formula.all(parts, scope)?.min()
        case .greatest(let parts): Formula.all(parts, scope)?.max()
        case .divideUp(let part, let divisor):
            part.value(in: scope).flatMap { number in
                Formula.total([number, divisor - 1]).map { $0 / divisor }
            }
        case .age(let field, let day): scope.day(field).flatMap { Formula.age(from: $0, on: day ?? scope.today) }
        case .cases(let branches, let otherwise):
            (branches.first { $0.when.holds(in: scope) }?.then ?? otherwise).value(in: scope)
        }
    }

    /// 満年齢: a year is complete at the end of the day before the birthday (年齢計算ニ関する法律), so it counts from the
    /// birthday on. Nil before birth.
    private static func age(from birth: Day, on day: Day) -> Int? {
        guard day >= birth else { return nil }
        let isBefore = (day.month, day.day) < (birth.month, birth.day)
        return day.year - birth.year - (isBefore ? 1 : 0)
    }

    private static func all(_ parts: [Formula], _ scope: Scope) -> [Int]? {
        let values = parts.compactMap { $0.value(in: scope) }
        return values.count == parts.count ? values : nil
    }

    private static func total(_ numbers: [Int]) -> Int? {
        numbers.reduce(0) { sum, number -> Int? in
            guard let (partial, isOver) = sum?.addingReportingOverflow(number), !isOver else { return nil }
            return partial
        }
    }

    private static func product(_ numbers: [Int]) -> Int? {
        numbers.reduce(1) { sum, number -> Int? in
            guard let (partial, isOver) = sum?.multipliedReportingOverflow(by: number), !isOver else { return nil }
            return partial
        }
    }

    /// The fields it looks at, in rows too.
    package var fields: [String] {
        switch self {
        case .constant: []
        case .answer(let field), .age(let field, _): [field]
        case .count(let rows, let condition): [rows] + (condition?.fields ?? [])
        case .sum(let rows, let part, let condition): [rows] + part.fields + (condition?.fields ?? [])
        case .add(let parts), .multiply(let parts), .least(let parts), .greatest(let parts): parts.flatMap(\.fields)
        case .subtract(let left, let right): left.fields + right.fields
        case .divideUp(let part, _): part.fields
        case .cases(let branches, let otherwise):
            branches.flatMap { $0.when.fields + $0.then.fields } + otherwise.fields
        }
    }
}

extension Formula: Decodable {
    private enum CodingKeys: String, CodingKey {
        case field, count, sum, of, add, subtract, multiply, least, greatest, divide, by, age, on, cases, otherwise
        case condition = "where"
    }

    /// Reads `300`, `copies`, `{multiply: [copies, 300]}`, `{count: children, where: …}`, `{age: birth, on: 2027-04-01}` …
    package init(from decoder: any Decoder) throws {
        if let single = try? decoder.singleValueContainer() {
            if let number = try? single.decode(Int.self) {
                guard (-Formula.largest...Formula.largest).contains(number) else {
                    throw DecodingError.dataCorruptedError(in: single, debugDescription: "数が大きすぎます。1兆より小さくしてください")
                }
                self = .constant(number)
                return
            }
            if let field = try? single.decode(String.self) {
                self = .answer(field)
                return
            }
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func parts(_ key: CodingKeys) throws -> [Formula] { try container.decode([Formula].self, forKey: key) }
        let condition = try container.decodeIfPresent(Condition.self, forKey: .condition)
        switch container.allKeys.first(where: { ![.condition, .of, .by, .on, .otherwise].contains($0) }) {
        case .field: self = .answer(try container.decode(String.self, forKey: .field))
        case .count: self = .count(rows: try container.decode(String.self, forKey: .count), where: condition)
        case .sum:
            self = .sum(
                rows: try container.decode(String.self, forKey: .sum),
                of: try container.decode(Formula.self, forKey: .of),
                where: condition)
        case .add: self = .add(try parts(.add))
        case .multiply: self = .multiply(try parts(.multiply))
        case .least: self = .least(try parts(.least))
        case .greatest: self = .greatest(try parts(.greatest))
        case .subtract:
            let pair = try parts(.subtract)
            guard pair.count == 2 else {
                throw DecodingError.dataCorruptedError(
                    forKey: .subtract, in: container, debugDescription: "subtract には2つ書いてください")
            }
            self = .subtract(pair[0], pair[1])
        case .divide:
            let divisor = try container.decode(Int.self, forKey: .by)
            guard (1...Formula.largest).contains(divisor) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .by, in: container, debugDescription: "by には1以上、1兆より小さい整数を書いてください")
            }
            self = .divideUp(try container.decode(Formula.self, forKey: .divide), by: divisor)
        case .age:
            self = .age(
                of: try container.decode(String.self, forKey: .age),
                on: try container.decodeIfPresent(Day.self, forKey: .on))
        case .cases:
            self = .cases(
                try container.decode([Branch].self, forKey: .cases),
                otherwise: try container.decode(Formula.self, forKey: .otherwise))
        default:
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "計算式を読み取れません。数、項目の id、{add: […]} などを書いてください"))
        }
    }
}

extension Formula.Branch: Decodable {}
