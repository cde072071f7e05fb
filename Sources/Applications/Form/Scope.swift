package import Japanese

/// What a condition or a formula looks at: the answers so far, and in a row the row's own before them.
package struct Scope: Sendable {
    let answers: Answers
    /// The answers around a row.
    let outer: Answers
    /// The day on which ages are reckoned.
    let today: Day

    package init(_ answers: Answers, outer: Answers = [:], today: Day) {
        (self.answers, self.outer, self.today) = (answers, outer, today)
    }

    func answer(_ field: String) -> GivenAnswer? { answers[field] ?? outer[field] }

    /// The answer as a number; of a date the days since 1970.
    func number(_ field: String) -> Int? {
        switch answer(field)?.value {
        case .number(let number): number
        case .date(let day): day.daysSince1970
        default: nil
        }
    }

    func day(_ field: String) -> Day? {
        if case .date(let day) = answer(field)?.value { day } else { nil }
    }

    /// The rows of a field, each as what a condition in it looks at.
    func rows(_ field: String) -> [Scope] {
        guard case .rows(let rows) = answer(field)?.value else { return [] }
        let around = outer.merging(answers) { $1 }
        return rows.map { Scope($0.answers, outer: around, today: today) }
    }
}
