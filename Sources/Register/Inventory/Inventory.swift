import Core
import Tabular
import Database
import Japanese

/// 棚卸調査の回答. All cards against all questions of a survey.
struct Inventory: Sendable {
    let survey: Survey
    let isClosed: Bool
    let lines: [Line]

    struct Line: Sendable {
        let card: Card
        let cells: [String: InventoryCell]

        func value(_ question: String) -> String? { cells[question]?.value }

        /// How many questions are answered by evidence, by people, and not at all.
        func counts(_ survey: Survey) -> (known: Int, written: Int, unknown: Int) {
            survey.questions.reduce(into: (0, 0, 0)) { counts, question in
                let cell = cells[question.name]
                if cell?.value == nil {
                    counts.2 += 1
                } else if cell?.written?.answer != nil {
                    counts.1 += 1
                } else {
                    counts.0 += 1
                }
            }
        }
    }

    /// The sheet that goes out: the columns of the national file, in its order. Blank is unknown.
    var rows: [[String]] {
        [survey.questions.map(\.name)]
            + lines.map { line in survey.questions.map { FormulaGuard.guarded(line.value($0.name) ?? "") } }
    }
}

extension Register {
    /// What is answered to a survey for the cards that a filter leaves; internal processes are not asked for.
    func inventory(
        _ survey: Survey, _ filter: CardFilter, card: Card.ID? = nil, at moment: Moment, in transaction: Transaction
    ) throws -> Inventory {
        let isClosed = try InventoryAnswer.isClosed(survey.year, in: transaction)
        let written = try InventoryAnswer.newest(survey.year, card: card, in: transaction)
        let open = Set(try online.minutes(transaction).keys)
        let lines = try filter.lines(town, in: transaction).filter { line in
            line.card.kind != .process && card.map { $0 == line.card.id } ?? true
        }
        let answered = try lines.map { line in
            let evidence =
                isClosed
                ? nil
                : InventoryEvidence(
                    card: line.card, facts: line.facts, survey: survey,
                    online: .init(
                        isOpen: open.contains(line.card.id),
                        counted: try online.counted(line.card.id, survey.countYear, moment, transaction),
                        papers: open.contains(line.card.id) ? try online.papers(line.card.id, transaction) : []))
            let own = written[line.card.id] ?? [:]
            let cells = survey.questions.map { question in
                (question.name, InventoryCell(written: own[question.name], known: evidence?.known(question.name)))
            }
            return Inventory.Line(card: line.card, cells: Dictionary(uniqueKeysWithValues: cells))
        }
        return Inventory(survey: survey, isClosed: isClosed, lines: answered)
    }

    /// Writes down what people answered to questions about a card; nil takes an answer back.
    func answer(
        _ answers: [(question: String, answer: String?)], _ survey: Survey, _ card: Card.ID, by editor: CardEditor,
        at moment: Moment, in transaction: Transaction
    ) throws {
        for (question, answer) in answers {
            try InventoryAnswer(
                survey: survey.year, card: card, question: question, answer: answer, evidence: nil, by: editor.actor,
                at: moment
            ).insert(in: transaction)
        }
        if answers.isEmpty { return transaction.keepHouse("nothing was answered") }
        let detail = ["survey": String(survey.year), "answers": String(answers.count)]
        try transaction.record(Event("inventory.answered", subject: card, detail: detail), by: editor.actor, at: moment)
    }

    /// 締切り. Keeps everything as it is answered now, with where it comes from; afterwards nothing changes.
    func close(_ survey: Survey, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            guard try !InventoryAnswer.isClosed(survey.year, in: transaction) else {
                return transaction.keepHouse("closed before")
            }
            let inventory = try inventory(survey, CardFilter(), at: moment, in: transaction)
            for line in inventory.lines {
                for question in survey.questions {
                    guard let cell = line.cells[question.name], cell.written?.answer == nil, let known = cell.known
                    else {
                        continue
                    }
                    try InventoryAnswer(
                        survey: survey.year, card: line.card.id, question: question.name, answer: known.value,
                        evidence: known.from, by: .system, at: moment
                    ).insert(in: transaction)
                }
            }
            try InventoryAnswer.close(survey.year, by: .officer(officer.id), at: moment, in: transaction)
            try transaction.record(
                Event("inventory.closed", subject: String(survey.year)), by: .officer(officer.id), at: moment)
        }
    }
}
