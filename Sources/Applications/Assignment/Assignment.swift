import Core
import Database

/// 担当者. Who of a section has an application on their desk.
enum Assignment {
    static let migrations = [
        Migration(
            "applications/0021-assignees",
            "ALTER TABLE application ADD COLUMN assignee TEXT",
            "ALTER TABLE application ADD COLUMN returned_at TEXT",
            """
            UPDATE application SET returned_at =
                (SELECT max(at) FROM event WHERE subject = application.id AND kind = 'case.returned')
            WHERE status = 'returned'
            """,
            """
            CREATE INDEX application_assignee ON application (section, assignee, due_on, id)
            WHERE status IN ('submitted', 'received', 'reviewing', 'returned')
            """,
            """
            CREATE INDEX application_procedure ON application (section, card, due_on, id)
            WHERE status IN ('submitted', 'received', 'reviewing', 'returned')
            """,
            """
            CREATE INDEX application_arrived ON application (section, status, submitted_at, id)
            WHERE submitted_at IS NOT NULL
            """,
            "CREATE INDEX application_waiting ON application (section, due_on, id) WHERE replied_at IS NOT NULL")
    ]

    /// Who has an application; nil for nobody.
    static func holder(of id: Case.ID, in transaction: Transaction) throws -> ID<Officer>? {
        try transaction.row("SELECT assignee FROM application WHERE id = \(id)")?["assignee"]
    }

    /// Gives an application to somebody, or to nobody.
    static func keep(_ officer: ID<Officer>?, of id: Case.ID, in transaction: Transaction) throws {
        try transaction.run("UPDATE application SET assignee = \(officer) WHERE id = \(id)")
    }

    /// Everybody who has an open application of a section: one step along the index for each.
    static func holders(in section: String, _ transaction: Transaction) throws -> [String] {
        var holders: [String] = []
        while let next = try transaction.row(
            """
            SELECT assignee FROM application
            WHERE section = \(section) AND assignee > \(holders.last ?? "") AND \(Inbox.isOpen)
            ORDER BY assignee, due_on, id LIMIT 1
            """)
        {
            holders.append(try next["assignee"])
        }
        return holders
    }

    /// How many open applications of a section somebody has, counted up to a limit.
    static func count(
        of officer: ID<Officer>, in section: String, upTo limit: Int, _ transaction: Transaction
    ) throws -> Int {
        try transaction.row(
            """
            SELECT count(*) AS n FROM (
                SELECT 1 FROM application
                WHERE section = \(section) AND assignee = \(officer) AND \(Inbox.isOpen) LIMIT \(limit)) AS found
            """)?["n"] ?? 0
    }
}

/// Why an application cannot be given to somebody now.
enum AssignmentRefusal: Refusal, Equatable {
    /// Somebody else was faster: who has it now, nil for nobody.
    case taken(by: String?)
    /// Whom it is to be given to does not work in the section.
    case notColleague
    /// Nobody was named.
    case nobodyNamed

    var kind: RefusalKind {
        switch self {
        case .taken: .conflict
        case .notColleague, .nobodyNamed: .invalid
        }
    }

    var words: Text {
        switch self {
        case .taken(let name?): Text(verbatim: "ほかの職員が先に担当者を決めました。いまの担当者は、\(name)さんです。")
        case .taken(nil): Text(verbatim: "ほかの職員が先に担当者を外しました。いまは、担当者がいません。")
        case .notColleague: Text(verbatim: "選んだ職員は、この申請の課の担当ではないか、もう在席していません。")
        case .nobodyNamed: Text(verbatim: "担当者にする職員を選んでください。")
        }
    }
}
