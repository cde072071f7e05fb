import Core
import Database
import Japanese
import Register
import Tabular

extension SystemStandards {
    /// What is said of one step.
    struct TypedStep: Sendable {
        let business: StandardBusiness
        let step: Int
        /// Nil: 不明.
        let state: MigrationStep.State?
        let note: String
    }

    /// 進み具合の記入. What changed of the steps of some tasks, in one event for each task.
    func keepSteps(_ typed: [TypedStep], by officer: Officer, at moment: Moment, in transaction: Transaction) throws {
        let kept = try MigrationStep.all(in: transaction)
        var changed: [StandardBusiness: Int] = [:]
        for step in typed {
            guard (1...MigrationStep.count).contains(step.step), step.note.count <= MigrationStep.longestNote,
                !Unwanted.hasControls(step.note)
            else { throw StandardsRefusal.unusable("\(step.step)番の備考は、\(MigrationStep.longestNote)文字までで入力してください。") }
            let before = kept[step.business]?[step.step]
            guard before?.state != step.state || !(before?.note ?? "").isExactly(step.note) else { continue }
            if changed[step.business] == nil {
                let section = try BusinessState.find(step.business.rawValue, in: transaction)
                guard officer.may(.manageSystems) || section.map({ officer.may(.handleExtracts, in: $0) }) ?? false
                else {
                    throw StandardsRefusal.notYours
                }
            }
            changed[step.business, default: 0] += 1
            if let state = step.state {
                try transaction.run(
                    """
                    INSERT INTO migration_step (business, step, state, note, at)
                    VALUES (\(step.business.rawValue), \(step.step), \(state.rawValue), \(step.note), \(moment))
                    ON CONFLICT (business, step) DO UPDATE SET state = excluded.state, note = excluded.note, at = excluded.at
                    """)
            } else {
                try transaction.run(
                    "DELETE FROM migration_step WHERE business = \(step.business.rawValue) AND step = \(step.step)")
            }
        }
        if changed.isEmpty { transaction.keepHouse("nothing was changed") }
        for (business, count) in changed {
            try transaction.record(
                Event("board.steps", subject: business.rawValue, detail: ["count": String(count)]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 担当課.
    func assign(_ business: StandardBusiness, to section: String, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.manageSystems) else { throw StandardsRefusal.notYours }
        guard town.sections.contains(where: { $0.id == section }) else { throw StandardsRefusal.noSection }
        try await database.write { transaction in
            guard try BusinessState.find(business.rawValue, in: transaction) != section else {
                return transaction.keepHouse("the same press again")
            }
            try transaction.run(
                """
                INSERT INTO business_section (business, section) VALUES (\(business.rawValue), \(section))
                ON CONFLICT (business) DO UPDATE SET section = excluded.section
                """)
            try transaction.record(
                Event("board.assigned", subject: business.rawValue, detail: ["section": section]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// The board as a table: task by task, step by step.
    func boardSheet(in transaction: Transaction) throws -> [[String]] {
        let (steps, titles) = (try MigrationStep.all(in: transaction), try MigrationStep.titles(in: transaction))
        return [["業務", "手順", "手順の名前", "状態", "備考"]]
            + StandardBusiness.allCases.flatMap { business in
                (1...MigrationStep.count).map { number in
                    let step = steps[business]?[number]
                    return [
                        business.name, String(number), FormulaGuard.guarded(titles[number] ?? ""),
                        step?.state.name ?? "不明", FormulaGuard.guarded(step?.note ?? ""),
                    ]
                }
            }
    }

    /// 取込み of the board, or of the names of the steps alone; all of it, or nothing. A column that is not there changes
    /// nothing. Gives how many rows.
    func takeBoard(_ bytes: [UInt8], by officer: Officer, at moment: Moment) async throws -> Int {
        let file = try StandardsRefusal.sheet(bytes)
        let hasStates = file.header.contains("業務") && file.header.contains("状態")
        guard file.header.contains("手順"), hasStates || file.header.contains("手順の名前") else {
            throw StandardsRefusal.unusable("見出しに「手順」と、「手順の名前」か「業務」「状態」が要ります。")
        }
        try await database.write { transaction in
            guard officer.may(.manageSystems) else { throw StandardsRefusal.notYours }
            let (kept, known) = (try MigrationStep.all(in: transaction), try MigrationStep.titles(in: transaction))
            var (typed, titles, problems) = ([TypedStep](), [Int: String](), [String]())
            for record in file.records {
                do throws(StandardsRefusal) {
                    let number = try Self.step(record, of: file)
                    let title = Spaces.trim(file.value(file.cell(record, "手順の名前") ?? "", now: known[number] ?? ""))
                    guard !file.isLost(title) else {
                        throw .unusable("「手順の名前」に、Shift_JIS にない字が〓になっています。UTF-8 の表で取り込んでください。")
                    }
                    if !title.isEmpty { titles[number] = String(title.prefix(120)) }
                    if hasStates { typed.append(try Self.typed(record, of: file, number, kept)) }
                } catch {
                    problems.append("\(record.line)行目: \(error.words[.ja])")
                }
            }
            guard problems.isEmpty else {
                throw StandardsRefusal.unusable(problems.prefix(10).joined(separator: " ") + "何も取り込んでいません。")
            }
            for (step, title) in titles {
                try transaction.run(
                    """
                    INSERT INTO step_title (step, title) VALUES (\(step), \(title))
                    ON CONFLICT (step) DO UPDATE SET title = excluded.title
                    """)
            }
            try keepSteps(typed, by: officer, at: moment, in: transaction)
            try transaction.record(
                Event("board.taken", subject: "board", detail: ["rows": String(file.records.count)]),
                by: .officer(officer.id), at: moment)
        }
        return file.records.count
    }

    private static func step(_ record: CSV.Record, of file: SheetFile) throws(StandardsRefusal) -> Int {
        let number = Int(Width.narrow(Spaces.trim(file.cell(record, "手順") ?? "")))
        guard let number, (1...MigrationStep.count).contains(number) else {
            throw .unusable("手順は1から\(MigrationStep.count)までの番号です。")
        }
        return number
    }

    private static func typed(
        _ record: CSV.Record, of file: SheetFile, _ number: Int, _ kept: [StandardBusiness: [Int: MigrationStep]]
    ) throws(StandardsRefusal) -> TypedStep {
        let name = Spaces.trim(file.cell(record, "業務") ?? "")
        guard let business = StandardBusiness.allCases.first(where: { $0.name == name || $0.publishedName == name })
        else { throw .unusable("「\(name.prefix(30))」という業務はありません。") }
        let said = Spaces.trim(file.cell(record, "状態") ?? "")
        let state = MigrationStep.State.allCases.first { $0.name == said }
        guard state != nil || ["", "不明"].contains(said) else {
            throw .unusable("状態は、完了・作業中・未着手・対象外・不明のどれかです。")
        }
        let before = kept[business]?[number]?.note ?? ""
        let note = file.cell(record, "備考").map { Spaces.trim(file.value($0, now: before)) } ?? before
        guard !file.isLost(note) || note.isExactly(before) else {
            throw .unusable("「備考」に、Shift_JIS にない字が〓になっています。UTF-8 の表で取り込んでください。")
        }
        return TypedStep(business: business, step: number, state: state, note: note)
    }
}
