import Core
import Database
import Tabular

/// データの窓口の表. A table of a section that other systems of the town may pull.
struct GatewaySet: Sendable {
    typealias ID = Core.ID<GatewaySet>

    let id: ID
    let name: String
    /// 業務システムID or 独自施策システム等ID, the first part of its scope.
    let system: String
    /// リソース名.
    let resource: String
    /// 課 whose data they are.
    let section: String
    /// 文字要件: a character outside of it is not taken.
    let repertoire: String
    let content: Content?

    /// A version of the table.
    struct Content: Sendable, Codable {
        let version: Int
        let columns: [String]
        let rows: Int
        let parts: [KeptFile]
        /// Where every ``GatewaySet/page``-th row begins.
        let pages: [Int]
        let at: String
    }

    /// Rows of a page of JSON.
    static let page = 500

    /// `${業務システムID}:${リソース名}:${操作名}`, as 共通機能標準仕様書 2.7 writes it.
    var scope: String { "\(system):\(resource):read" }
    /// The name of its key.
    var key: String { "gateway \(id)" }
    /// Where it is pulled.
    var path: String { "/api/gateway/\(system)/\(resource)" }

    static let migrations = [
        Migration(
            "standards/0008-gateway",
            """
            CREATE TABLE gateway_set (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                system TEXT NOT NULL,
                resource TEXT NOT NULL,
                section TEXT NOT NULL,
                repertoire TEXT NOT NULL,
                content TEXT,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE UNIQUE INDEX gateway_set_scope ON gateway_set (system, resource)",
            """
            CREATE TABLE gateway_client (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                secret \(.blob) NOT NULL,
                expires_on TEXT NOT NULL,
                made_by TEXT NOT NULL,
                made_at TEXT NOT NULL,
                revoked_at TEXT
            ) \(.strict)
            """,
            """
            CREATE TABLE gateway_grant (
                client TEXT NOT NULL REFERENCES gateway_client (id),
                set_id TEXT NOT NULL REFERENCES gateway_set (id),
                agreed_by TEXT,
                agreed_at TEXT,
                PRIMARY KEY (client, set_id)
            ) \(.strict)
            """,
            """
            CREATE TABLE gateway_token (
                fingerprint \(.blob) PRIMARY KEY,
                client TEXT NOT NULL,
                scopes TEXT NOT NULL,
                expires_at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE TABLE gateway_assertion (id TEXT PRIMARY KEY, expires_at TEXT NOT NULL) \(.strict)",
            """
            CREATE TABLE gateway_pull (
                id TEXT PRIMARY KEY,
                client TEXT NOT NULL,
                set_id TEXT NOT NULL,
                version \(.integer) NOT NULL,
                format TEXT NOT NULL,
                row_count \(.integer) NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX gateway_pull_set ON gateway_pull (set_id, id)")
    ]

    static func list(in transaction: Transaction) throws -> [GatewaySet] {
        try transaction.rows("SELECT * FROM gateway_set ORDER BY system, resource").map(GatewaySet.init)
    }

    static func find(_ id: String, in transaction: Transaction) throws -> GatewaySet? {
        try transaction.row("SELECT * FROM gateway_set WHERE id = \(id)").map(GatewaySet.init)
    }

    static func find(system: String, resource: String, in transaction: Transaction) throws -> GatewaySet? {
        try transaction.row("SELECT * FROM gateway_set WHERE system = \(system) AND resource = \(resource)").map(
            GatewaySet.init)
    }

    /// The names of everything in the store that tables have.
    static func contents(in transaction: Transaction) throws -> Set<String> {
        try Set(list(in: transaction).flatMap { $0.content?.parts ?? [] }.map(\.content))
    }

    private init(_ row: Row) throws {
        (id, name, system, resource) = try (row["id"], row["name"], row["system"], row["resource"])
        (section, repertoire) = try (row["section"], row["repertoire"])
        let content: String? = try row["content"]
        self.content = try content.map { try KeptJSON.read($0) }
    }
}

/// One pull, as the log has it.
struct GatewayPull: Sendable {
    let client: String
    let set: String
    let version: Int
    let format: String
    let rows: Int
    let at: Moment

    /// The newest pulls.
    static func list(in transaction: Transaction) throws -> [GatewayPull] {
        try transaction.rows("SELECT * FROM gateway_pull ORDER BY id DESC LIMIT 200").map { row in
            GatewayPull(
                client: try row["client"], set: try row["set_id"], version: try row["version"],
                format: try row["format"], rows: try row["row_count"], at: try row["at"])
        }
    }
}
