import Core
import Database
import HTML
import Web

/// お知らせ. What waits for an officer, in their one inbox: titles alone, nothing of what stands under them.
struct Notice: Sendable, Identifiable {
    let id: String
    let words: String
    let link: Link
    let at: Moment
    let isRead: Bool

    /// What is told. Told once: another notice with the same key is not added again; what is to be told again later has the
    /// time in its key.
    struct Letter {
        let key: String
        let words: String
        let link: Link

        init(_ key: String, _ words: String, _ link: Link) { (self.key, self.words, self.link) = (key, words, link) }
    }

    static let migrations = [
        Migration(
            "governance/0003-notices",
            """
            CREATE TABLE governance_notice (
                id TEXT PRIMARY KEY,
                officer TEXT NOT NULL,
                subject TEXT NOT NULL,
                words TEXT NOT NULL,
                link TEXT NOT NULL,
                at TEXT NOT NULL,
                read_at TEXT,
                mailed_at TEXT
            ) \(.strict)
            """,
            "CREATE INDEX governance_notice_officer ON governance_notice (officer, id)",
            "CREATE INDEX governance_notice_subject ON governance_notice (officer, subject)",
            """
            CREATE TABLE governance_mailbox (
                officer TEXT PRIMARY KEY,
                address TEXT NOT NULL,
                calendar TEXT NOT NULL UNIQUE
            ) \(.strict)
            """)
    ]

    /// The newest of an officer, the newest first.
    static func list(of officer: Core.ID<Officer>, in transaction: Transaction) throws -> [Notice] {
        try transaction.rows("SELECT * FROM governance_notice WHERE officer = \(officer) ORDER BY id DESC LIMIT 100")
            .map(
                Notice.init)
    }

    /// The notice of this id, if it is this officer's.
    static func find(_ id: String, of officer: Core.ID<Officer>, in transaction: Transaction) throws -> Notice? {
        try transaction.row("SELECT * FROM governance_notice WHERE id = \(id) AND officer = \(officer)").map(
            Notice.init)
    }

    private init(_ row: Row) throws {
        (id, words, at) = try (row["id"], row["words"], row["at"])
        link = Link.desk(path: try row["link"]) ?? .governance
        isRead = try row.has("read_at")
    }
}

/// 受け取り方. Where an officer's digest goes, and the secret of their calendar's address.
struct Mailbox: Sendable {
    /// Empty for none.
    let address: String
    let calendar: String

    static func find(_ officer: ID<Officer>, in transaction: Transaction) throws -> Mailbox? {
        try transaction.row("SELECT * FROM governance_mailbox WHERE officer = \(officer)").map {
            Mailbox(address: try $0["address"], calendar: try $0["calendar"])
        }
    }

    /// The officer whose calendar has this secret; nil for none.
    static func officer(calendar: String, in transaction: Transaction) throws -> ID<Officer>? {
        try transaction.row("SELECT officer FROM governance_mailbox WHERE calendar = \(calendar)")?["officer"]
    }
}

extension Governance {
    /// Puts a notice into an officer's inbox.
    func notify(
        _ officer: ID<Officer>, _ letter: Notice.Letter, at moment: Moment, in transaction: Transaction
    ) throws {
        guard
            try !transaction.exists(
                """
                SELECT 1 FROM governance_notice WHERE officer = \(officer) AND subject = \(letter.key)
                """)
        else { return }
        transaction.keepHouse("the action itself is recorded")
        try transaction.run(
            """
            INSERT INTO governance_notice (id, officer, subject, words, link, at)
            VALUES (\(Core.ID<Notice>()), \(officer), \(letter.key), \(String(letter.words.prefix(200))), \(letter.link.address), \(moment))
            """)
    }
}
