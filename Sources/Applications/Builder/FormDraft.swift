import Core
import Database

/// 様式の下書き. A version of a form that officers work on; nobody applies with it before it is published.
struct FormDraft: Sendable {
    /// The form's id.
    let form: String
    /// The card of its procedure.
    let card: String
    var yaml: String
    /// What it was before the last change; nil where there is nothing to go back to.
    var previous: String?
    /// Counts every change, so that nobody overwrites what somebody else changed.
    var revision: Int
    /// 公開の申し出. Who asks that it be published; nil while it is worked on.
    var proposedBy: Core.ID<Officer>?
    /// The version that was published when it was begun; nil for none.
    var basedOn: Int?
    /// Why it was given back the last time.
    var returned: String?
    var editedBy: Core.ID<Officer>
    var editedAt: Moment

    static let migrations = [
        Migration(
            "applications/0012-form-drafts",
            """
            CREATE TABLE form_draft (
                form TEXT PRIMARY KEY,
                card TEXT NOT NULL,
                document TEXT NOT NULL,
                previous TEXT,
                revision \(.integer) NOT NULL,
                proposed_by TEXT,
                returned TEXT,
                edited_by TEXT NOT NULL,
                edited_at TEXT NOT NULL
            ) \(.strict)
            """,
            "ALTER TABLE form_version ADD COLUMN follows \(.integer)")
    ]

    static let laterMigrations = [
        Migration("applications/0014-form-draft-base", "ALTER TABLE form_draft ADD COLUMN based_on \(.integer)")
    ]

    static func find(_ form: String, in transaction: Transaction) throws -> FormDraft? {
        try transaction.row("SELECT * FROM form_draft WHERE form = \(form)").map(FormDraft.init)
    }

    static func list(in transaction: Transaction) throws -> [FormDraft] {
        try transaction.rows("SELECT * FROM form_draft ORDER BY form").map(FormDraft.init)
    }

    init(form: String, card: String, yaml: String, by officer: Core.ID<Officer>, at moment: Moment) {
        (self.form, self.card, self.yaml, revision) = (form, card, yaml, 1)
        (editedBy, editedAt) = (officer, moment)
    }

    private init(_ row: Row) throws {
        (form, card, yaml) = try (row["form"], row["card"], row["document"])
        (previous, revision, returned) = try (row["previous"], row["revision"], row["returned"])
        basedOn = try row["based_on"]
        (proposedBy, editedBy, editedAt) = try (row["proposed_by"], row["edited_by"], row["edited_at"])
    }

    /// Keeps it as it is now.
    func save(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO form_draft (form, card, document, previous, revision, proposed_by, returned, based_on,
                edited_by, edited_at)
            VALUES (\(form), \(card), \(yaml), \(previous), \(revision), \(proposedBy), \(returned), \(basedOn),
                \(editedBy), \(editedAt))
            ON CONFLICT (form) DO UPDATE SET document = excluded.document, previous = excluded.previous,
                revision = excluded.revision, proposed_by = excluded.proposed_by, returned = excluded.returned,
                edited_by = excluded.edited_by, edited_at = excluded.edited_at
            """)
    }

    func delete(in transaction: Transaction) throws {
        try transaction.run("DELETE FROM form_draft WHERE form = \(form)")
    }
}
