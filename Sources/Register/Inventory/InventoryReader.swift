package import Core
import Database
import Japanese
import Tabular

/// 棚卸調査のCSVの読取り. A national file against what is answered here. Rows are matched by 手続ID, else by name.
struct InventoryReader {
    let file: SheetFile
    let inventory: Inventory
    let editor: CardEditor
    private let byNumber: [String: Inventory.Line]
    private let byName: [String: [Inventory.Line]]

    init(file: SheetFile, inventory: Inventory, editor: CardEditor) {
        (self.file, self.inventory, self.editor) = (file, inventory, editor)
        let numbered = inventory.lines.compactMap { line in line.value("手続ID").map { ($0, line) } }
        byNumber = Dictionary(numbered) { first, _ in first }
        byName = inventory.lines.reduce(into: [:]) { names, line in
            let own = Set([line.card.name[.ja], line.value("手続名") ?? ""].map(SearchFold.fold))
            for name in own where !name.isEmpty { names[name, default: []].append(line) }
        }
    }

    /// What the file asks for: the report, and the answers by card.
    struct Plan: Sendable {
        var report = SheetReport()
        var answers: [(card: Card.ID, answers: [(question: String, answer: String?)])] = []
    }

    func plan() -> Plan {
        var plan = Plan()
        let names = inventory.survey.questions.map(\.name)
        plan.report.findings = file.headerFaults(known: Set(names), needed: ["手続ID", "手続名"]) + file.widthFaults()
        if inventory.isClosed { plan.report.fail(1, nil, "\(inventory.survey.name)の調査は締め切りました") }
        guard plan.report.findings.isEmpty else { return plan }
        var (seen, strangers): ([Card.ID: Int], Int) = ([:], 0)
        for record in file.records {
            guard let line = find(record, &plan) else {
                strangers += 1
                continue
            }
            if let before = seen[line.card.id] {
                fail(&plan, record, "手続ID", "「\(line.card.name[.ja])」の行は、\(before)行目にもあります")
                continue
            }
            seen[line.card.id] = record.line
            read(record, line, &plan)
        }
        if strangers > 0 {
            plan.report.notes.append(
                .init(line: 1, column: nil, words: "この町の台帳にない手続きの行が\(strangers)行あります。取り込みません"))
        }
        return plan
    }

    /// The card that a row is about.
    private func find(_ record: CSV.Record, _ plan: inout Plan) -> Inventory.Line? {
        let id = Cell.plain(file.cell(record, "手続ID") ?? "")
        if !id.isEmpty, let line = byNumber[id] { return line }
        let name = SearchFold.fold(Cell.plain(file.cell(record, "手続名") ?? ""))
        let same = byName[name] ?? []
        // Another number is another procedure, though it is called the same.
        guard same.count == 1, let line = same.first, id.isEmpty || line.value("手続ID") == nil else { return nil }
        plan.report.notes.append(
            .init(
                line: record.line, column: file.place("手続名").map { $0 + 1 },
                words: "名前で「\(line.card.name[.ja])」（\(line.card.id)）に結びつけました。ちがうときは、取り込まずに手続IDを直してください"))
        return line
    }

    private func read(_ record: CSV.Record, _ line: Inventory.Line, _ plan: inout Plan) {
        let before = plan.report.findings.count
        var answers: [(question: String, answer: String?)] = []
        var differences: [CardDifference] = []
        for question in inventory.survey.questions {
            guard let cell = file.cell(record, question.name) else { continue }
            let now = line.value(question.name)
            let value = file.value(cell, now: now ?? "")
            if Cell.plain(value) == (now ?? "") { continue }
            do throws(CellFault) {
                if file.isLost(value) { throw CellFault("Shift_JISにない文字（〓）があります。UTF-8のCSVにしてください") }
                let answer = try question.answer(value)
                if answer == now { continue }
                if answer == nil, line.cells[question.name]?.written?.answer == nil {
                    plan.report.notes.append(
                        .init(
                            line: record.line, column: place(question.name),
                            words: "\(question.name): 根拠から「\(now ?? "")」と分かっているので、空欄にはなりません"))
                    continue
                }
                answers.append((question.name, answer))
                differences.append(CardDifference(name: question.name, before: now ?? "", after: answer ?? ""))
            } catch {
                fail(&plan, record, question.name, error.words)
            }
        }
        guard plan.report.findings.count == before else { return }
        if answers.isEmpty {
            plan.report.unchanged += 1
            return
        }
        guard editor.may(edit: line.card) else {
            return fail(&plan, record, nil, "この行は変えられません。「\(line.card.name[.ja])」を直す権限がありません")
        }
        plan.answers.append((line.card.id, answers))
        plan.report.changes.append(
            .init(
                line: record.line, card: line.card.id, name: line.card.name[.ja], isNew: false, differences: differences
            ))
    }

    private func place(_ name: String) -> Int? { file.place(name).map { $0 + 1 } }

    private func fail(_ plan: inout Plan, _ record: CSV.Record, _ name: String?, _ words: String) {
        plan.report.fail(record.line, name.flatMap(place), name.map { "\($0): \(words)" } ?? words)
    }
}

extension Register {
    /// 棚卸調査の書出し. The answers to a survey in the columns of the national file.
    package func inventorySheet(_ survey: Survey, at moment: Moment) async throws -> [[String]] {
        try await database.read { try inventory(survey, CardFilter(), at: moment, in: $0).rows }
    }

    /// The same as ``takeInventory(_:_:isTaken:by:at:in:)``, in a transaction of its own.
    package func takeInventory(
        _ bytes: [UInt8], _ survey: Survey, isTaken: Bool, by editor: CardEditor, at moment: Moment
    ) async throws -> SheetReport {
        try await database.write { transaction in
            transaction.keepHouse("each answer is recorded by itself")
            return try takeInventory(bytes, survey, isTaken: isTaken, by: editor, at: moment, in: transaction)
        }
    }

    /// 棚卸調査の取込み. All that a file asks for, or nothing where anything is wrong.
    /// - Parameter isTaken: false to look only.
    func takeInventory(
        _ bytes: [UInt8], _ survey: Survey, isTaken: Bool, by editor: CardEditor, at moment: Moment,
        in transaction: Transaction
    ) throws -> SheetReport {
        let inventory = try inventory(survey, CardFilter(), at: moment, in: transaction)
        let file: SheetFile
        do throws(SheetTrouble) { file = try SheetFile(bytes) } catch {
            var report = SheetReport()
            report.fail(error.line, nil, error.words)
            return report
        }
        let plan = InventoryReader(file: file, inventory: inventory, editor: editor).plan()
        guard isTaken, plan.report.findings.isEmpty else { return plan.report }
        for (card, answers) in plan.answers {
            try answer(answers, survey, card, by: editor, at: moment, in: transaction)
        }
        return plan.report
    }
}
