import Core
import Database
import Japanese

/// 直しの依頼. What a section has to mend of a run: the worksheet that it fills in and gives back.
struct Worksheet: Sendable {
    typealias ID = Core.ID<Worksheet>

    let id: ID
    let run: ExtractRun.ID
    /// Who mends, as the schema says: which groups are on it.
    let source: String
    /// 課 that it was handed to.
    let section: String
    let dueOn: Day
    let state: State
    let officer: Core.ID<Officer>
    let at: Moment
    let returnedBy: Core.ID<Officer>?
    let returnedAt: Moment?
    /// What the section says to it.
    let words: String?

    enum State: String, Sendable {
        case open, returned, closed

        var name: String {
            switch self {
            case .open: "依頼中"
            case .returned: "回答あり"
            case .closed: "終わり"
            }
        }
    }

    static let migrations = [
        Migration(
            "standards/0004-worksheets",
            """
            CREATE TABLE worksheet (
                id TEXT PRIMARY KEY,
                run TEXT NOT NULL REFERENCES extract_run (id),
                source TEXT NOT NULL,
                section TEXT NOT NULL,
                due_on TEXT NOT NULL,
                state TEXT NOT NULL,
                officer TEXT NOT NULL,
                at TEXT NOT NULL,
                returned_by TEXT,
                returned_at TEXT,
                words TEXT
            ) \(.strict)
            """,
            "CREATE UNIQUE INDEX worksheet_source ON worksheet (run, source)",
            "CREATE INDEX worksheet_section ON worksheet (section, state)")
    ]

    static func find(_ id: String, in transaction: Transaction) throws -> Worksheet? {
        try transaction.row("SELECT * FROM worksheet WHERE id = \(id)").map(Worksheet.init)
    }

    static func list(of run: ExtractRun.ID, in transaction: Transaction) throws -> [Worksheet] {
        try transaction.rows("SELECT * FROM worksheet WHERE run = \(run) ORDER BY source").map(Worksheet.init)
    }

    /// A worksheet in a list: with what its extract is called, and which run it is of.
    struct Listed: Sendable {
        let sheet: Worksheet
        let extract: String
        let number: Int
    }

    /// The worksheets of sections, open ones first, then the newest.
    static func list(for sections: [String], in transaction: Transaction) throws -> [Listed] {
        try transaction.rows(
            """
            SELECT worksheet.*, extract.name AS extract_name, extract_run.number AS run_number FROM worksheet
            JOIN extract_run ON extract_run.id = worksheet.run JOIN extract ON extract.id = extract_run.extract
            WHERE worksheet.section IN (\(anyOf: sections))
            ORDER BY CASE worksheet.state WHEN 'open' THEN 0 ELSE 1 END, worksheet.due_on, worksheet.id DESC LIMIT 200
            """
        ).map { Listed(sheet: try Worksheet($0), extract: try $0["extract_name"], number: try $0["run_number"]) }
    }

    private init(_ row: Row) throws {
        let state: String = try row["state"]
        guard let state = State(rawValue: state) else {
            throw DatabaseError(.corrupted, "a worksheet of no known state")
        }
        self.state = state
        (id, run, source, section) = try (row["id"], row["run"], row["source"], row["section"])
        (dueOn, officer, at) = try (row["due_on"], row["officer"], row["at"])
        (returnedBy, returnedAt, words) = try (row["returned_by"], row["returned_at"], row["words"])
    }
}

extension SystemStandards {
    /// 依頼. Hands what a section has to mend to it: from now on its officers see those values.
    func handOut(
        _ source: String, of id: String, to section: String, dueOn typed: String, by officer: Officer, at moment: Moment
    ) async throws {
        guard town.sections.contains(where: { $0.id == section }) else {
            throw StandardsRefusal.unusable("依頼する課を選んでください。")
        }
        guard let due = try? WrittenDate.day(typed), due >= moment.day, due <= moment.day.adding(days: 366) else {
            throw StandardsRefusal.unusable("期限は、今日から1年以内の日を、R9.3.31 か 2027-03-31 のように入力してください。")
        }
        try await database.write { transaction in
            let (run, _) = try requireOwnRun(id, officer, in: transaction)
            guard run.state == .done else { throw StandardsRefusal.notNow("この回は、もう依頼できません。") }
            guard try FindingGroup.list(of: run.id, in: transaction).contains(where: { $0.section == source }) else {
                throw StandardsRefusal.unusable("「\(source)」で直すところは、この回にありません。")
            }
            if try Worksheet.list(of: run.id, in: transaction).contains(where: { $0.source == source }) {
                return transaction.keepHouse("the same press again")
            }
            let sheet = Worksheet.ID()
            try transaction.run(
                """
                INSERT INTO worksheet (id, run, source, section, due_on, state, officer, at)
                VALUES (\(sheet), \(run.id), \(source), \(section), \(due), 'open', \(officer.id), \(moment))
                """)
            try transaction.record(
                Event(
                    "worksheet.handed", subject: sheet.text,
                    detail: ["run": run.id.text, "section": section, "due": due.iso]), by: .officer(officer.id),
                at: moment)
        }
    }

    /// A worksheet with its run, for an officer of the section that has it or of the one whose data they are.
    func requireWorksheet(
        _ id: String, _ officer: Officer, in transaction: Transaction
    ) throws -> (sheet: Worksheet, run: ExtractRun, extract: Extract) {
        guard let sheet = try Worksheet.find(id, in: transaction),
            let run = try ExtractRun.find(sheet.run.text, in: transaction),
            let extract = try Extract.find(run.extract.text, in: transaction),
            officer.may(.handleExtracts, in: sheet.section) || officer.may(.handleExtracts, in: extract.section)
        else { throw StandardsRefusal.notFound }
        return (sheet, run, extract)
    }

    /// 回答. The section says that it is done, or what it could not do.
    func giveBack(_ id: String, _ typed: String, by officer: Officer, at moment: Moment) async throws {
        let words = Spaces.trim(typed)
        guard words.count <= 500, !Unwanted.hasControls(words) else {
            throw StandardsRefusal.unusable("ひとことは、500文字までで入力してください。")
        }
        try await database.write { transaction in
            let (sheet, _, _) = try requireWorksheet(id, officer, in: transaction)
            guard officer.may(.handleExtracts, in: sheet.section) else { throw StandardsRefusal.notYours }
            guard sheet.state == .open else { return transaction.keepHouse("the same press again") }
            try transaction.run(
                """
                UPDATE worksheet SET state = 'returned', returned_by = \(officer.id), returned_at = \(moment),
                    words = \(words.isEmpty ? nil : words) WHERE id = \(id)
                """)
            try transaction.record(Event("worksheet.returned", subject: id), by: .officer(officer.id), at: moment)
        }
    }

    /// 終わり, or 差戻し: the section whose data they are has looked at the answer.
    func closeWorksheet(_ id: String, isDone: Bool, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            let (sheet, _, extract) = try requireWorksheet(id, officer, in: transaction)
            guard officer.may(.handleExtracts, in: extract.section) else { throw StandardsRefusal.notYours }
            let next: Worksheet.State = isDone ? .closed : .open
            guard sheet.state == .returned else { return transaction.keepHouse("the same press again") }
            try transaction.run("UPDATE worksheet SET state = \(next.rawValue) WHERE id = \(id)")
            try transaction.record(
                Event("worksheet.closed", subject: id, detail: ["state": next.rawValue]), by: .officer(officer.id),
                at: moment)
        }
    }
}
