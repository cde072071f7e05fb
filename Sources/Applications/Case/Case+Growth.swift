import Database

extension Case {
    /// 取下げ, 補正を求める回答, 決定日時 and 申請者からの連絡: the tables are made anew, because the values that a column takes
    /// are part of them.
    static let growth = [
        Migration(
            "applications/0006-corrections-and-withdrawal",
            "DROP INDEX application_status", "DROP INDEX application_open", "DROP INDEX application_drafts",
            "DROP INDEX application_access_application", "DROP INDEX message_application",
            "DROP INDEX attachment_application",
            "ALTER TABLE application RENAME TO application_before",
            """
            CREATE TABLE application (
                id TEXT PRIMARY KEY,
                card TEXT NOT NULL,
                form TEXT NOT NULL,
                form_version \(.integer) NOT NULL,
                section TEXT NOT NULL,
                language TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'received', 'reviewing', 'returned',
                    'approved', 'rejected', 'withdrawn', 'refused', 'issued', 'completed')),
                number TEXT UNIQUE,
                revision \(.integer) NOT NULL,
                submission TEXT UNIQUE,
                digest TEXT,
                began_at TEXT NOT NULL,
                saved_at TEXT NOT NULL,
                submitted_at TEXT,
                decided_at TEXT,
                due_on TEXT NOT NULL DEFAULT '',
                code_fingerprint \(.blob) NOT NULL UNIQUE,
                code \(.blob) NOT NULL,
                draft \(.blob),
                answers \(.blob),
                applicant \(.blob),
                pins \(.blob),
                FOREIGN KEY (form, form_version) REFERENCES form_version (form, version),
                CHECK (status = 'draft' OR (number IS NOT NULL AND submitted_at IS NOT NULL AND answers IS NOT NULL))
            ) \(.strict)
            """,
            """
            INSERT INTO application (id, card, form, form_version, section, language, status, number, revision, submission,
                digest, began_at, saved_at, submitted_at, decided_at, due_on, code_fingerprint, code, draft, answers, applicant)
            SELECT id, card, form, form_version, section, language, status, number, revision, submission,
                digest, began_at, saved_at, submitted_at,
                (SELECT max(at) FROM event WHERE subject = application_before.id
                    AND kind IN ('case.approved', 'case.rejected')),
                due_on, code_fingerprint, code, draft, answers, applicant
            FROM application_before
            """,
            """
            CREATE TABLE access_now (
                session TEXT NOT NULL,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                PRIMARY KEY (session, application)
            ) \(.strict)
            """,
            "INSERT INTO access_now SELECT session, application FROM application_access",
            "DROP TABLE application_access", "ALTER TABLE access_now RENAME TO application_access",
            """
            CREATE TABLE message_now (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                kind TEXT NOT NULL CHECK (kind IN
                    ('acknowledgement', 'letter', 'correction', 'decision', 'note', 'reply', 'withdrawal')),
                officer TEXT,
                words \(.blob) NOT NULL,
                at TEXT NOT NULL,
                once TEXT NOT NULL UNIQUE
            ) \(.strict)
            """,
            "INSERT INTO message_now SELECT id, application, kind, officer, words, at, once FROM message",
            "DROP TABLE message", "ALTER TABLE message_now RENAME TO message",
            """
            CREATE TABLE attachment_now (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                size \(.integer) NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "INSERT INTO attachment_now SELECT id, application, size, at FROM attachment",
            "DROP TABLE attachment", "ALTER TABLE attachment_now RENAME TO attachment", "DROP TABLE application_before",
            "CREATE INDEX application_status ON application (section, status, due_on, id)",
            """
            CREATE INDEX application_open ON application (section, due_on, id)
            WHERE status IN ('submitted', 'received', 'reviewing', 'returned')
            """,
            "CREATE INDEX application_drafts ON application (saved_at) WHERE status = 'draft'",
            "CREATE INDEX application_decided ON application (card, decided_at) WHERE decided_at IS NOT NULL",
            "CREATE INDEX application_access_application ON application_access (application)",
            "CREATE INDEX message_application ON message (application, id)",
            "CREATE INDEX attachment_application ON attachment (application)"),
        Migration(
            "applications/0007-fees",
            """
            CREATE TABLE fee_entry (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                kind TEXT NOT NULL CHECK (kind IN ('charged', 'paid', 'waived', 'refunded')),
                yen \(.integer) NOT NULL CHECK (yen >= 0),
                way TEXT,
                words \(.blob),
                officer TEXT,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE UNIQUE INDEX fee_entry_once ON fee_entry (application, kind)"),
        Migration("applications/0008-replies", "ALTER TABLE application ADD COLUMN replied_at TEXT"),
    ]

    /// 受付の方法 and the end of a mandate.
    static let later = [
        Migration(
            "applications/0009-channels",
            """
            ALTER TABLE application ADD COLUMN channel TEXT NOT NULL DEFAULT 'online'
                CHECK (channel IN ('online', 'proxy', 'counter', 'paper'))
            """,
            "ALTER TABLE application ADD COLUMN mandate_ended_at TEXT")
    ]
}
