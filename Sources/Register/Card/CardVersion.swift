package import Core
package import Database

/// カードの版. A card as somebody left it. Versions are added, never changed.
package struct CardVersion: Sendable {
    package let card: Card.ID
    /// From 1.
    package let number: Int
    let document: String
    /// Who, as ``Actor/text``.
    package let actor: String
    package let at: Moment
    /// Why, in the words of whoever changed it; empty for none.
    package let note: String

    init(card: Card.ID, number: Int, document: String, by actor: Actor, at moment: Moment, note: String) {
        (self.card, self.number, self.document, self.note) = (card, number, document, note)
        (self.actor, at) = (actor.text, moment)
    }

    /// The card of that time.
    var content: Card { get throws { try Card(document: document) } }

    static let migrations = [
        Migration(
            "register/0006-card-versions",
            "ALTER TABLE card ADD COLUMN version \(.integer) NOT NULL DEFAULT 1",
            "ALTER TABLE card ADD COLUMN retired \(.integer) NOT NULL DEFAULT 0",
            """
            CREATE TABLE card_version (
                card TEXT NOT NULL REFERENCES card (id),
                version \(.integer) NOT NULL,
                document TEXT NOT NULL,
                actor TEXT NOT NULL,
                at TEXT NOT NULL,
                note TEXT NOT NULL,
                PRIMARY KEY (card, version)
            ) \(.strict)
            """,
            """
            INSERT INTO card_version (card, version, document, actor, at, note)
            SELECT id, 1, document, 'system', coalesce(
                (SELECT max(at) FROM event WHERE subject = card.id AND kind = 'card.saved'),
                '1970-01-01T00:00:00.000Z'), '' FROM card
            """,
            // What the town's folder said of a card the last time. Until now nobody else could change one.
            """
            CREATE TABLE card_folder (
                card TEXT PRIMARY KEY REFERENCES card (id),
                document TEXT NOT NULL
            ) \(.strict)
            """,
            "INSERT INTO card_folder (card, document) SELECT id, document FROM card")
    ]

    func insert(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO card_version (card, version, document, actor, at, note)
            VALUES (\(card), \(number), \(document), \(actor), \(at), \(note))
            """)
    }

    /// A version of a card, or nil.
    package static func find(_ card: Card.ID, _ number: Int, in transaction: Transaction) throws -> CardVersion? {
        try transaction.row("SELECT * FROM card_version WHERE card = \(card) AND version = \(number)").map(
            CardVersion.init)
    }

    /// The versions of a card before a number, the newest first; at most so many.
    package static func list(
        of card: Card.ID, before number: Int, limit: Int, in transaction: Transaction
    ) throws -> [CardVersion] {
        try transaction.rows(
            """
            SELECT * FROM card_version WHERE card = \(card) AND version < \(number)
            ORDER BY version DESC LIMIT \(limit)
            """
        ).map(CardVersion.init)
    }

    /// When each card became what it is now.
    static func changes(in transaction: Transaction) throws -> [Card.ID: Moment] {
        let rows = try transaction.rows(
            """
            SELECT card.id AS id, at FROM card
            JOIN card_version ON card_version.card = card.id AND card_version.version = card.version
            """)
        return try rows.reduce(into: [:]) { $0[try $1["id"]] = try $1["at"] }
    }

    private init(_ row: Row) throws {
        (card, number, document) = try (row["card"], row["version"], row["document"])
        (actor, at, note) = try (row["actor"], row["at"], row["note"])
    }
}
