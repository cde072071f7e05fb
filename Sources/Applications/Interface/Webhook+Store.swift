import Core
import Database

extension Webhook {
    static let migrations = [
        Migration(
            "applications/0019-webhooks",
            """
            CREATE TABLE webhook (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                url TEXT NOT NULL,
                secret \(.blob) NOT NULL,
                made_by TEXT NOT NULL,
                made_at TEXT NOT NULL,
                failing_since TEXT,
                failures \(.integer) NOT NULL DEFAULT 0,
                retry_at TEXT,
                stopped_at TEXT,
                ended_at TEXT
            ) \(.strict)
            """,
            """
            CREATE TABLE webhook_wish (
                webhook TEXT NOT NULL REFERENCES webhook (id),
                kind TEXT NOT NULL,
                card TEXT NOT NULL,
                PRIMARY KEY (kind, card, webhook)
            ) \(.strict)
            """,
            """
            CREATE TABLE webhook_delivery (
                id TEXT PRIMARY KEY,
                webhook TEXT NOT NULL REFERENCES webhook (id),
                event TEXT NOT NULL,
                kind TEXT NOT NULL,
                card TEXT NOT NULL,
                number TEXT NOT NULL,
                at TEXT NOT NULL,
                attempts \(.integer) NOT NULL,
                tried_at TEXT,
                arrived_at TEXT,
                outcome TEXT NOT NULL,
                UNIQUE (webhook, event)
            ) \(.strict)
            """,
            "CREATE INDEX webhook_delivery_journal ON webhook_delivery (webhook, id)",
            "CREATE INDEX webhook_delivery_age ON webhook_delivery (at)")
    ]

    static func list(in transaction: Transaction) throws -> [Webhook] {
        try transaction.rows("SELECT * FROM webhook ORDER BY id DESC").map { try Webhook($0, in: transaction) }
    }

    static func find(_ id: ID, in transaction: Transaction) throws -> Webhook? {
        try transaction.row("SELECT * FROM webhook WHERE id = \(id)").map { try Webhook($0, in: transaction) }
    }

    /// The addresses that want to be told of an event of a procedure.
    static func wanting(_ kind: String, of card: String, in transaction: Transaction) throws -> [ID] {
        try transaction.rows(
            """
            SELECT webhook FROM webhook_wish JOIN webhook ON webhook.id = webhook
            WHERE kind = \(kind) AND card = \(card) AND stopped_at IS NULL AND ended_at IS NULL
            """
        ).map { try $0["webhook"] }
    }

    static func secretPlace(_ id: ID) -> SealingKey.Place { .init("webhook", id.text, "secret") }

    private init(_ row: Row, in transaction: Transaction) throws {
        let id: ID = try row["id"]
        let wishes: [(String, String)] = try transaction.rows(
            "SELECT kind, card FROM webhook_wish WHERE webhook = \(id)"
        ).map { (try $0["kind"], try $0["card"]) }
        self.init(
            id: id, name: try row["name"], url: try row["url"],
            events: Kind.allCases.filter { kind in wishes.contains { $0.0 == kind.rawValue } },
            cards: Set(wishes.map(\.1)).sorted(), madeAt: try row["made_at"], failingSince: try row["failing_since"],
            stoppedAt: try row["stopped_at"], endedAt: try row["ended_at"])
    }
}

extension Webhook.Delivery {
    static func find(_ id: ID, in transaction: Transaction) throws -> Webhook.Delivery? {
        try transaction.row("SELECT * FROM webhook_delivery WHERE id = \(id)").map(Webhook.Delivery.init)
    }

    /// 記録 of the last days, the newest first.
    static func journal(of webhook: Webhook.ID, in transaction: Transaction) throws -> [Webhook.Delivery] {
        try transaction.rows(
            "SELECT * FROM webhook_delivery WHERE webhook = \(webhook) ORDER BY id DESC LIMIT 200"
        ).map(Webhook.Delivery.init)
    }

    init(_ row: Row) throws {
        (id, webhook, kind, card) = try (row["id"], row["webhook"], row["kind"], row["card"])
        (number, at, attempts) = try (row["number"], row["at"], row["attempts"])
        (triedAt, arrivedAt, outcome) = try (row["tried_at"], row["arrived_at"], row["outcome"])
    }
}
