package import Core

/// 手数料. A pure function of the answers, which shows its working.
package struct Fee: Sendable, Decodable {
    /// When it is to be paid.
    package let due: Due
    package let lines: [Line]

    package enum Due: String, Sendable, Decodable {
        /// With the application.
        case submission
        /// Once it is approved.
        case approval
    }

    /// One line of it: so many times a price.
    package struct Line: Sendable, Decodable {
        package let label: Text
        /// Yen for one.
        package let price: Int
        /// How many; one without it.
        package let count: Formula?
        /// What is counted: 通, 時間.
        package let unit: Text?
        package let when: Condition?
    }

    /// 計算の内訳: what it comes to, line by line.
    package struct Working: Sendable {
        package let lines: [(line: Line, count: Int, amount: Int)]
        /// Yen.
        package var total: Int {
            lines.reduce(0) { sum, line in
                let (total, isOver) = sum.addingReportingOverflow(line.amount)
                return isOver ? .max : total
            }
        }
    }

    /// What it comes to for answers. A line whose count is not known yet, or nothing, is left out.
    package func working(in scope: Scope) -> Working {
        Working(
            lines: lines.compactMap { line in
                guard line.when?.holds(in: scope) ?? true, let count = line.count.map({ $0.value(in: scope) }) ?? 1,
                    count > 0, case (let amount, let isOver) = line.price.multipliedReportingOverflow(by: count),
                    !isOver
                else { return nil }
                return (line, count, amount)
            })
    }
}
