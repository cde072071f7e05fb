import Core
import Database

/// 文例. Words that a section uses again and again, with names in braces that an application fills.
struct MessageTemplate: Sendable {
    let id: String
    let section: String
    /// The card it is for; nil for every procedure of the section.
    let card: String?
    let use: Use
    let name: String
    let words: String
    /// Counts every change, so that nobody overwrites what somebody else changed.
    let revision: Int

    /// 使うところ: which box it fills.
    enum Use: String, Sendable, CaseIterable {
        case letter
        case correction = "return"
        case approve, reject, refuse

        var name: String {
            switch self {
            case .letter: "お知らせ"
            case .correction: "補正のお願い"
            case .approve: "承認"
            case .reject: "不承認の理由"
            case .refuse: "受付不可の理由"
            }
        }
    }

    static let maximum = 200

    static let migrations = [
        Migration(
            "applications/0030-templates",
            """
            CREATE TABLE message_template (
                id TEXT PRIMARY KEY,
                section TEXT NOT NULL,
                card TEXT,
                use TEXT NOT NULL CHECK (use IN ('letter', 'return', 'approve', 'reject', 'refuse')),
                name TEXT NOT NULL,
                words TEXT NOT NULL,
                revision \(.integer) NOT NULL,
                edited_by TEXT NOT NULL,
                edited_at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX message_template_section ON message_template (section, name)")
    ]

    init(id: String, section: String, card: String?, use: Use, name: String, words: String, revision: Int) {
        (self.id, self.section, self.card, self.use) = (id, section, card, use)
        (self.name, self.words, self.revision) = (name, words, revision)
    }

    private init(_ row: Row) throws {
        let use: String = try row["use"]
        guard let use = Use(rawValue: use) else { throw DatabaseError(.corrupted, "a template of no known use") }
        try self.init(
            id: row["id"], section: row["section"], card: row["card"], use: use, name: row["name"],
            words: row["words"], revision: row["revision"])
    }

    static func find(_ id: String, in transaction: Transaction) throws -> MessageTemplate? {
        try transaction.row("SELECT * FROM message_template WHERE id = \(id)").map(MessageTemplate.init)
    }

    /// Those of sections, by section and name.
    static func list(of sections: [String], in transaction: Transaction) throws -> [MessageTemplate] {
        try transaction.rows(
            "SELECT * FROM message_template WHERE section IN (\(anyOf: sections)) ORDER BY section, name, id"
        ).map(MessageTemplate.init)
    }

    /// Those that fit an application, the program's own at the end.
    static func fitting(_ item: Case, in transaction: Transaction) throws -> [MessageTemplate] {
        try list(of: [item.section], in: transaction).filter { $0.card == nil || $0.card == item.card } + builtIn
    }

    func save(by officer: Core.ID<Officer>, at moment: Moment, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO message_template (id, section, card, use, name, words, revision, edited_by, edited_at)
            VALUES (\(id), \(section), \(card), \(use.rawValue), \(name), \(words), \(revision), \(officer), \(moment))
            ON CONFLICT (id) DO UPDATE SET card = excluded.card, use = excluded.use, name = excluded.name,
                words = excluded.words, revision = excluded.revision, edited_by = excluded.edited_by,
                edited_at = excluded.edited_at
            """)
    }

    /// The letter that leads whoever applied twice to withdraw one.
    static let duplicate = "duplicate"

    /// The program's own: every section has them.
    static let builtIn = [
        MessageTemplate(
            id: duplicate, section: "", card: nil, use: .letter, name: "重複した申請の取下げのご案内",
            words: """
                {氏名} 様

                「{手続き}」について、同じ内容とみられる申請がほかにも届いています。
                こちらの申請（受付番号 {受付番号}）が不要でしたら、申請の状況のページの「申請を取り下げる」から取り下げてください。
                どちらも必要な場合は、お手数ですがその旨をお知らせください。

                {担当課}　電話 {電話}
                """, revision: 0),
        MessageTemplate(
            id: "call", section: "", card: nil, use: .letter, name: "確認のお願い",
            words: """
                {氏名} 様

                {申請日}に届いた「{手続き}」（受付番号 {受付番号}）について、確認したいことがあります。
                開庁時間に、{担当課}（電話 {電話}）までご連絡ください。
                """, revision: 0),
        MessageTemplate(
            id: "delay", section: "", card: nil, use: .letter, name: "お時間をいただくお知らせ",
            words: """
                {氏名} 様

                「{手続き}」（受付番号 {受付番号}）の審査に、お時間をいただいています。
                {期限}までにお答えする予定でしたが、遅れる見込みです。もうしばらくお待ちください。

                {担当課}　電話 {電話}
                """, revision: 0),
    ]
}
