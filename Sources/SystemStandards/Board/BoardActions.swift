import Core
import Database
import Japanese
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
            guard before?.state != step.state || (before?.note ?? "") != step.note else { continue }
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
                        business.name, String(number), Cell.typed(titles[number] ?? "").csv, step?.state.name ?? "不明",
                        Cell.typed(step?.note ?? "").csv,
                    ]
                }
            }
    }

    /// 取込み of the board, or of the names of the steps alone; all of it, or nothing. Gives how many rows.
    func takeBoard(_ bytes: [UInt8], by officer: Officer, at moment: Moment) async throws -> Int {
        guard let text = TextEncoding.text(of: bytes)?.text, let rows = try? CSV.read(text), let head = rows.first
        else {
            throw StandardsRefusal.unusable("表を読めません。CSV（UTF-8 か Shift_JIS）で保存してください。")
        }
        let places = ["業務", "手順", "手順の名前", "状態", "備考"].map { name in head.fields.firstIndex { $0.isExactly(name) } }
        guard let stepPlace = places[1], places[2] != nil || (places[0] != nil && places[3] != nil) else {
            throw StandardsRefusal.unusable("見出しに「手順」と、「手順の名前」か「業務」「状態」が要ります。")
        }
        var (typed, titles, problems) = ([TypedStep](), [Int: String](), [String]())
        for record in rows.dropFirst() {
            func cell(_ place: Int?) -> String {
                Spaces.trim(place.flatMap { $0 < record.fields.count ? record.fields[$0] : nil } ?? "")
            }
            guard let number = Int(Width.narrow(cell(stepPlace))), (1...MigrationStep.count).contains(number) else {
                problems.append("\(record.line)行目: 手順は1から40までの番号です。")
                continue
            }
            if !cell(places[2]).isEmpty { titles[number] = String(cell(places[2]).prefix(120)) }
            guard places[0] != nil, places[3] != nil else { continue }
            let name = cell(places[0])
            guard let business = StandardBusiness.allCases.first(where: { $0.name == name || $0.publishedName == name })
            else {
                problems.append("\(record.line)行目: 「\(name.prefix(30))」という業務はありません。")
                continue
            }
            let state = MigrationStep.State.allCases.first { $0.name == cell(places[3]) }
            guard state != nil || ["", "不明"].contains(cell(places[3])) else {
                problems.append("\(record.line)行目: 状態は、完了・作業中・未着手・対象外・不明のどれかです。")
                continue
            }
            typed.append(TypedStep(business: business, step: number, state: state, note: cell(places[4])))
        }
        guard problems.isEmpty else {
            throw StandardsRefusal.unusable(problems.prefix(10).joined(separator: " ") + "何も取り込んでいません。")
        }
        try await database.write { [titles, typed] transaction in
            guard officer.may(.manageSystems) else { throw StandardsRefusal.notYours }
            for (step, title) in titles {
                try transaction.run(
                    """
                    INSERT INTO step_title (step, title) VALUES (\(step), \(title))
                    ON CONFLICT (step) DO UPDATE SET title = excluded.title
                    """)
            }
            try keepSteps(typed, by: officer, at: moment, in: transaction)
            try transaction.record(
                Event("board.taken", subject: "board", detail: ["rows": String(rows.count - 1)]),
                by: .officer(officer.id), at: moment)
        }
        return rows.count - 1
    }
}
