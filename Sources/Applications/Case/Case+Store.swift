import Core
package import Database
import Japanese

extension Case {
    static let migrations = [
        Migration(
            "applications/0002-applications",
            """
            CREATE TABLE application (
                id TEXT PRIMARY KEY,
                card TEXT NOT NULL,
                form TEXT NOT NULL,
                form_version \(.integer) NOT NULL,
                section TEXT NOT NULL,
                language TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN
                    ('draft', 'submitted', 'received', 'reviewing', 'returned', 'approved', 'rejected')),
                number TEXT UNIQUE,
                revision \(.integer) NOT NULL,
                submission TEXT UNIQUE,
                digest TEXT,
                began_at TEXT NOT NULL,
                saved_at TEXT NOT NULL,
                submitted_at TEXT,
                due_on TEXT NOT NULL DEFAULT '',
                code_fingerprint \(.blob) NOT NULL UNIQUE,
                code \(.blob) NOT NULL,
                draft \(.blob),
                answers \(.blob),
                applicant \(.blob),
                FOREIGN KEY (form, form_version) REFERENCES form_version (form, version),
                CHECK (status = 'draft' OR (number IS NOT NULL AND submitted_at IS NOT NULL AND answers IS NOT NULL))
            ) \(.strict)
            """,
            "CREATE INDEX application_status ON application (section, status, due_on, id)",
            """
            CREATE INDEX application_open ON application (section, due_on, id)
            WHERE status IN ('submitted', 'received', 'reviewing', 'returned')
            """,
            "CREATE INDEX application_drafts ON application (saved_at) WHERE status = 'draft'",
            """
            CREATE TABLE application_access (
                session TEXT NOT NULL,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                PRIMARY KEY (session, application)
            ) \(.strict)
            """,
            "CREATE INDEX application_access_application ON application_access (application)")
    ]

    /// The parts of an application that are sealed with its key.
    package enum Sealed: Sendable {
        /// The working copy, while the applicant writes.
        case draft
        /// What was applied for.
        case answers
        /// 申請者の氏名, for lists.
        case applicant
        /// 確認コード.
        case code
        /// 補正を求める回答.
        case pins
        /// お知らせ先のメールアドレス.
        case mail

        func place(_ id: ID) -> SealingKey.Place {
            switch self {
            case .draft: .init("application", id.text, "draft")
            case .answers: .init("application", id.text, "answers")
            case .applicant: .init("application", id.text, "applicant")
            case .code: .init("application", id.text, "code")
            case .pins: .init("application", id.text, "pins")
            case .mail: .init("application", id.text, "mail")
            }
        }
    }

    /// The application of this id; where something is to be written, nobody else changes it until that is done. Throws
    /// ``CaseRefusal/notFound`` if there is none.
    package static func require(_ id: ID, in transaction: Transaction) throws -> (item: Case, sealed: SealedCase) {
        guard let row = try transaction.row("SELECT * FROM application WHERE id = \(id) \(.held)") else {
            throw CaseRefusal.notFound
        }
        return (try Case(row), try SealedCase(row))
    }

    /// The application of this id, if this session holds it.
    static func require(
        _ id: ID, session: String, in transaction: Transaction
    ) throws -> (item: Case, sealed: SealedCase) {
        let found = try require(id, in: transaction)
        guard
            try transaction.exists(
                "SELECT 1 FROM application_access WHERE session = \(session) AND application = \(id)")
        else { throw CaseRefusal.notFound }
        return found
    }

    /// The application that a code opens, or nil.
    static func find(fingerprint: [UInt8], in transaction: Transaction) throws -> Case? {
        try transaction.row("SELECT * FROM application WHERE code_fingerprint = \(fingerprint)").map(Case.init)
    }

    /// The drafts of a card that this session holds, the newest first.
    static func drafts(of card: String, session: String, in transaction: Transaction) throws -> [Case] {
        try transaction.rows(
            """
            SELECT application.* FROM application_access JOIN application ON application.id = application
            WHERE session = \(session) AND card = \(card) AND status = 'draft'
            ORDER BY application.id DESC
            """
        ).map(Case.init)
    }

    /// Gives what one session holds to another.
    static func move(from earlier: String, to session: String, in transaction: Transaction) throws {
        try transaction.run("UPDATE application_access SET session = \(session) WHERE session = \(earlier)")
    }

    /// Lets a session hold an application.
    static func grant(_ id: ID, to session: String, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO application_access (session, application) VALUES (\(session), \(id))
            ON CONFLICT (session, application) DO NOTHING
            """)
    }

    /// Keeps where a draft goes on, and lets no other session hold it.
    /// - Parameter earlier: the mouth it came through before.
    func keepPlace(
        heldBy session: String, from earlier: Channel, at moment: Moment, in transaction: Transaction
    ) throws {
        try countBrought(from: earlier, at: moment, in: transaction)
        try transaction.run(
            "UPDATE application SET channel = \(channel.rawValue), revision = \(revision) WHERE id = \(id)")
        try transaction.run(
            "DELETE FROM application_access WHERE application = \(id) AND session <> \(session)")
    }

    /// Keeps a new draft.
    func insert(code: [UInt8], fingerprint: [UInt8], in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO application (id, card, form, form_version, section, channel, language, status, revision, began_at,
                saved_at, code_fingerprint, code)
            VALUES (\(id), \(card), \(form), \(formVersion), \(section), \(channel.rawValue), \(language.id), \(status.rawValue),
                \(revision), \(beganAt), \(savedAt), \(fingerprint), \(code))
            """)
        try countBegun(in: transaction)
    }

    /// What is applied for, sealed.
    struct Submitted {
        let answers: [UInt8]
        let applicant: [UInt8]
    }

    /// Keeps what changed. Without a working copy there is none afterwards; what was applied for stays where nothing new
    /// is given.
    /// - Parameter pins: which answers are to be corrected, sealed; nil for none.
    func save(
        draft: [UInt8]?, submitted: Submitted? = nil, pins: [UInt8]? = nil, in transaction: Transaction
    ) throws {
        let row = status == .draft ? nil : try transaction.row("SELECT status FROM application WHERE id = \(id)")
        let before = try row.flatMap { Status(rawValue: try $0["status"]) }
        try transaction.run(
            """
            UPDATE application SET status = \(status.rawValue), section = \(section), channel = \(channel.rawValue),
                mandate_ended_at = \(mandateEndedAt), language = \(language.id),
                number = \(number), revision = \(revision),
                submission = \(submission), digest = \(digest), saved_at = \(savedAt), submitted_at = \(submittedAt),
                decided_at = \(decidedAt), pins = \(pins),
                due_on = \(dueOn?.iso ?? ""), draft = \(draft), answers = coalesce(\(submitted?.answers), answers),
                applicant = coalesce(\(submitted?.applicant), applicant)
            WHERE id = \(id)
            """)
        if let before { try count(after: before, in: transaction) }
    }

    /// Keeps the page on which a draft waits.
    static func note(stop page: String, of id: ID, in transaction: Transaction) throws {
        try transaction.run("UPDATE application SET stopped_at = \(page) WHERE id = \(id)")
    }

    /// Notes that its applicant wrote and waits for an answer, or that somebody answered.
    static func note(reply moment: Moment?, to id: ID, in transaction: Transaction) throws {
        try transaction.run("UPDATE application SET replied_at = \(moment) WHERE id = \(id)")
    }

    init(_ row: Row) throws {
        let (status, language, channel): (String, String, String) = try (
            row["status"], row["language"], row["channel"]
        )
        guard let status = Status(rawValue: status), let channel = Channel(rawValue: channel) else {
            throw DatabaseError(.corrupted, "an application has an unknown status or channel")
        }
        try self.init(
            id: row["id"], card: row["card"], form: row["form"], formVersion: row["form_version"],
            section: row["section"], channel: channel, mandateEndedAt: row["mandate_ended_at"],
            language: Language(kept: language),
            status: status, number: row["number"],
            revision: row["revision"], submission: row["submission"], digest: row["digest"], beganAt: row["began_at"],
            savedAt: row["saved_at"], submittedAt: row["submitted_at"], decidedAt: row["decided_at"],
            dueOn: Day(iso: row["due_on"]))
    }
}

/// The sealed parts of an application, as they are kept.
package struct SealedCase: Sendable {
    let code: [UInt8]
    let draft: [UInt8]?
    let answers: [UInt8]?
    let pins: [UInt8]?

    /// The same with another working copy.
    func with(draft: [UInt8]?) -> SealedCase { SealedCase(code: code, draft: draft, answers: answers, pins: pins) }

    private init(code: [UInt8], draft: [UInt8]?, answers: [UInt8]?, pins: [UInt8]?) {
        (self.code, self.draft, self.answers, self.pins) = (code, draft, answers, pins)
    }

    init(_ row: Row) throws {
        code = try row["code"]
        draft = try row["draft"]
        answers = try row["answers"]
        pins = try row["pins"]
    }
}
