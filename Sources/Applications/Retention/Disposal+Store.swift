import Core
import Database
import Japanese
import Register

extension Disposal {
    static let migrations = [
        Migration(
            "applications/0015-retention",
            "ALTER TABLE application ADD COLUMN shredded_at TEXT",
            """
            CREATE INDEX application_closed ON application (section, card, saved_at) WHERE shredded_at IS NULL
            AND status IN ('approved', 'rejected', 'withdrawn', 'refused', 'issued', 'completed')
            """,
            """
            CREATE TABLE disposal (
                id TEXT PRIMARY KEY,
                section TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('proposed', 'agreed', 'given-back')),
                proposed_by TEXT NOT NULL,
                proposed_at TEXT NOT NULL,
                judged_by TEXT,
                judged_at TEXT
            ) \(.strict)
            """,
            "CREATE INDEX disposal_section ON disposal (section, id)",
            """
            CREATE TABLE disposal_line (
                disposal TEXT NOT NULL REFERENCES disposal (id),
                application TEXT NOT NULL REFERENCES application (id),
                number TEXT NOT NULL,
                card TEXT NOT NULL,
                closed_on TEXT NOT NULL,
                kept_until TEXT NOT NULL,
                PRIMARY KEY (disposal, application)
            ) \(.strict)
            """,
            "CREATE INDEX disposal_line_application ON disposal_line (application)",
            """
            CREATE TABLE retention_hold (
                application TEXT PRIMARY KEY REFERENCES application (id),
                section TEXT NOT NULL,
                number TEXT NOT NULL,
                reason \(.blob) NOT NULL,
                officer TEXT NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX retention_hold_section ON retention_hold (section, number)")
    ]

    func insert(_ lines: [Line], in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO disposal (id, section, status, proposed_by, proposed_at)
            VALUES (\(id), \(section), \(status.rawValue), \(proposedBy), \(proposedAt))
            """)
        for line in lines {
            try transaction.run(
                """
                INSERT INTO disposal_line (disposal, application, number, card, closed_on, kept_until)
                VALUES (\(id), \(line.application), \(line.number), \(line.card), \(line.closedOn.iso), \(line.keptUntil.iso))
                """)
        }
    }

    func save(in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE disposal SET status = \(status.rawValue), judged_by = \(judgedBy), judged_at = \(judgedAt)
            WHERE id = \(id)
            """)
    }

    static func require(_ id: ID, in transaction: Transaction) throws -> Disposal {
        guard let row = try transaction.row("SELECT * FROM disposal WHERE id = \(id)") else {
            throw DisposalRefusal.notFound
        }
        return try Disposal(row)
    }

    /// The newest lists of these sections, the newest first.
    static func list(of sections: [String], in transaction: Transaction) throws -> [(disposal: Disposal, count: Int)] {
        try transaction.rows(
            """
            SELECT disposal.*, (SELECT count(*) FROM disposal_line WHERE disposal = disposal.id) AS n FROM disposal
            WHERE section IN (\(anyOf: sections)) ORDER BY id DESC LIMIT 100
            """
        ).map { (try Disposal($0), try $0["n"]) }
    }

    func lines(in transaction: Transaction) throws -> [Line] {
        try transaction.rows("SELECT * FROM disposal_line WHERE disposal = \(id) ORDER BY number").map(Line.init)
    }

    /// Cases of a section and a card past their period, the oldest first, that are on no list and not held.
    static func due(
        _ card: Card.ID, of section: String, period: RetentionPeriod, on today: Day, limit: Int,
        in transaction: Transaction
    ) throws -> [Line] {
        try transaction.rows(
            """
            SELECT id, number, card, saved_at FROM application
            WHERE section = \(section) AND card = \(card) AND saved_at < \(period.closedBefore(on: today))
            AND shredded_at IS NULL
            AND status IN ('approved', 'rejected', 'withdrawn', 'refused', 'issued', 'completed')
            AND NOT EXISTS (SELECT 1 FROM retention_hold WHERE retention_hold.application = application.id)
            AND NOT EXISTS (SELECT 1 FROM disposal_line JOIN disposal ON disposal.id = disposal
                WHERE disposal_line.application = application.id AND disposal.status = 'proposed')
            ORDER BY saved_at LIMIT \(limit)
            """
        ).map { row in
            let closed: Moment = try row["saved_at"]
            return Line(
                application: try row["id"], number: try row["number"], card: try row["card"], closedOn: closed.day,
                keptUntil: period.lastDay(closedOn: closed.day))
        }
    }

    /// True if a case is still closed and there: it may have been reopened since it was listed.
    static func isClosed(_ id: Case.ID, in transaction: Transaction) throws -> Bool {
        try transaction.exists(
            """
            SELECT 1 FROM application WHERE id = \(id) AND shredded_at IS NULL
            AND status IN ('approved', 'rejected', 'withdrawn', 'refused', 'issued', 'completed')
            """)
    }

    private init(_ row: Row) throws {
        let status: String = try row["status"]
        guard let status = Status(rawValue: status) else {
            throw DatabaseError(.corrupted, "a disposal has an unknown status")
        }
        try self.init(
            id: row["id"], section: row["section"], status: status, proposedBy: row["proposed_by"],
            proposedAt: row["proposed_at"], judgedBy: row["judged_by"], judgedAt: row["judged_at"])
    }
}

extension Disposal.Line {
    fileprivate init(_ row: Row) throws {
        let (closed, kept): (String, String) = try (row["closed_on"], row["kept_until"])
        guard let closed = Day(iso: closed), let kept = Day(iso: kept) else {
            throw DatabaseError(.corrupted, "a disposal line without its days")
        }
        (application, number, card) = try (row["application"], row["number"], row["card"])
        (closedOn, keptUntil) = (closed, kept)
    }
}
