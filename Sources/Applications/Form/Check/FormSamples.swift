import Core
import Japanese

/// Answers that stand for all others: every choice, and the numbers and days at which a comparison turns.
struct FormSamples {
    let today = Day(daysSince1970: 20_800)
    private let decisive: Set<String>
    /// The numbers that something is compared with.
    private let turns: [Int]

    init(_ form: Form) {
        let pages = form.pages + form.pages.flatMap(\.fields).compactMap(\.rows).flatMap(\.pages)
        let conditions =
            pages.compactMap(\.when) + (form.fee?.lines ?? []).compactMap(\.when) + (form.routing ?? []).map(\.when)
            + (form.deadlines ?? []).map(\.when)
        let formulas =
            form.fields.compactMap { field -> Formula? in
                if case .computed(let formula, _) = field.kind { formula } else { nil }
            } + (form.fee?.lines ?? []).compactMap(\.count)
        let inside = formulas.flatMap(\.conditions)
        decisive = Set((conditions + inside).flatMap(\.fields) + formulas.flatMap(\.fields))
        let sides = (conditions + inside).flatMap(\.compared).flatMap { [$0.0, $0.1] }
        turns = Array(Set(sides.flatMap(\.constants))).sorted()
    }

    /// What can be answered to a field, as far as it matters. A field that nothing looks at has one answer.
    func answers(to field: Field) -> [GivenAnswer?] {
        guard decisive.contains(field.id) else { return [nil] }
        let values = values(of: field).map { GivenAnswer(typed: [:], value: $0) as GivenAnswer? }
        return field.isRequired && field.isAsked ? values : values + [nil]
    }

    /// The sizes of a group at which something turns.
    func sizes(of group: Field.Rows) -> [Int] {
        let near = turns.flatMap { [$0 - 1, $0, $0 + 1] }
        let all = [group.minimum, group.minimum + 1, 2, group.maximum] + near
        return Array(Set(all.filter { $0 >= group.minimum && $0 <= min(group.maximum, 12) })).sorted()
    }

    private func values(of field: Field) -> [FieldValue] {
        switch field.kind {
        case .choice, .yesNo: field.options.map { .chosen([$0.value]) }
        case .choices(let options): options.map { .chosen([$0.value]) } + [.chosen(options.map(\.value))]
        case .consent: [.agreed]
        case .decimal(let range, let places, _): [.decimal(range.lowerBound, places: places)]
        case .number(let range, _), .money(let range): numbers(range).map { .number($0) }
        case .attachment: [.files([])] + Requirement.Substitute.allCases.map { .substituted($0) }
        case .date(let rule): days(rule).map { .date($0) }
        default: [.text("見本")]
        }
    }

    private func numbers(_ range: ClosedRange<Int>) -> [Int] {
        let near = turns.flatMap { [$0 - 1, $0, $0 + 1] } + [range.lowerBound, range.upperBound]
        return Array(Set(near.filter(range.contains))).sorted()
    }

    /// Days at which an age or a day turns, within what the field takes.
    private func days(_ rule: Field.DateRule) -> [Day] {
        let numbers = turns.flatMap { turn -> [Int] in
            if turn > 1000 { return [turn - 1, turn, turn + 1] }
            let birthday = today.daysSince1970 - turn * 36_525 / 100
            return [birthday - 366, birthday - 30, birthday + 30]
        }
        let first = rule.daysBack.map { today.daysSince1970 - $0 } ?? -40_000
        let last = rule.daysAhead.map { today.daysSince1970 + $0 } ?? 40_000
        let ends = [max(first, -40_000), last, min(max(today.daysSince1970, first), last)]
        return Set((numbers + ends).filter { $0 >= first && $0 <= last }).sorted().map(Day.init(daysSince1970:))
    }
}

extension Formula {
    /// The numbers that stand in it.
    fileprivate var constants: [Int] {
        switch self {
        case .constant(let number): [number]
        case .add(let parts), .multiply(let parts), .least(let parts), .greatest(let parts): parts.flatMap(\.constants)
        case .subtract(let left, let right): left.constants + right.constants
        case .divideUp(let part, let divisor): part.constants + [divisor]
        case .cases(let branches, let otherwise): branches.flatMap(\.then.constants) + otherwise.constants
        case .sum(_, let part, _): part.constants
        case .answer, .count, .age: []
        }
    }

    /// The conditions in it.
    fileprivate var conditions: [Condition] {
        switch self {
        case .count(_, let condition?), .sum(_, _, let condition?): [condition]
        case .add(let parts), .multiply(let parts), .least(let parts), .greatest(let parts): parts.flatMap(\.conditions)
        case .subtract(let left, let right): left.conditions + right.conditions
        case .divideUp(let part, _): part.conditions
        case .cases(let branches, let otherwise):
            branches.flatMap { [$0.when] + $0.then.conditions } + otherwise.conditions
        case .constant, .answer, .age, .count, .sum: []
        }
    }
}
