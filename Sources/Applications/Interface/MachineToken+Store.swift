import Core
import Database
import Japanese

extension MachineToken {
    static let migrations = [
        Migration(
            "applications/0018-tokens",
            """
            CREATE TABLE machine_token (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                fingerprint \(.blob) NOT NULL UNIQUE,
                scopes TEXT NOT NULL,
                made_by TEXT NOT NULL,
                made_at TEXT NOT NULL,
                expires_on TEXT NOT NULL,
                revoked_at TEXT,
                last_used_at TEXT
            ) \(.strict)
            """,
            """
            CREATE TABLE machine_token_card (
                token TEXT NOT NULL REFERENCES machine_token (id),
                card TEXT NOT NULL,
                section TEXT NOT NULL,
                agreed_by TEXT,
                agreed_at TEXT,
                PRIMARY KEY (token, card)
            ) \(.strict)
            """,
            """
            CREATE INDEX application_change ON application (card, section, saved_at, id, status)
            WHERE status <> 'draft'
            """)
    ]

    /// All tokens, the newest first; those that are over stay, so that the trail can be read.
    static func list(in transaction: Transaction) throws -> [MachineToken] {
        let rows = try transaction.rows("SELECT * FROM machine_token_card ORDER BY card")
        var cards: [String: [Agreement]] = [:]
        for row in rows { cards[try row["token"], default: []].append(try agreement(row)) }
        return try transaction.rows("SELECT * FROM machine_token ORDER BY id DESC").map {
            try MachineToken($0, cards[try $0["id"]] ?? [])
        }
    }

    /// How many agreements an officer is asked for.
    static func waiting(for officer: Officer, on day: Day, in transaction: Transaction) throws -> Int {
        try list(in: transaction).filter { $0.state(on: day) == .waiting }.flatMap(\.cards).filter {
            $0.officer == nil && officer.may(.decideCases, in: $0.section)
        }.count
    }

    static func find(_ id: Machine.ID, in transaction: Transaction) throws -> MachineToken? {
        try transaction.row("SELECT * FROM machine_token WHERE id = \(id)").map {
            try MachineToken($0, try cards(of: id, in: transaction))
        }
    }

    /// The token of this fingerprint, or nil.
    static func find(fingerprint: [UInt8], in transaction: Transaction) throws -> MachineToken? {
        try transaction.row("SELECT * FROM machine_token WHERE fingerprint = \(fingerprint)").map {
            try MachineToken($0, try cards(of: try $0["id"], in: transaction))
        }
    }

    /// The names of all tokens by their ids, for the trail.
    static func names(in transaction: Transaction) throws -> [String: String] {
        try transaction.rows("SELECT id, name FROM machine_token").reduce(into: [:]) {
            $0[try $1["id"]] = "外部連携「\(try $1["name"] as String)」"
        }
    }

    func insert(fingerprint: [UInt8], in transaction: Transaction) throws {
        let scopes = scopes.map(\.rawValue).sorted().joined(separator: ",")
        try transaction.run(
            """
            INSERT INTO machine_token (id, name, fingerprint, scopes, made_by, made_at, expires_on)
            VALUES (\(id), \(name), \(fingerprint), \(scopes), \(madeBy), \(madeAt), \(expiresOn))
            """)
        for card in cards {
            try transaction.run(
                """
                INSERT INTO machine_token_card (token, card, section) VALUES (\(id), \(card.card), \(card.section))
                """)
        }
    }

    private static func cards(of id: Machine.ID, in transaction: Transaction) throws -> [Agreement] {
        try transaction.rows("SELECT * FROM machine_token_card WHERE token = \(id) ORDER BY card").map(agreement)
    }

    private static func agreement(_ row: Row) throws -> Agreement {
        Agreement(
            card: try row["card"], section: try row["section"], officer: try row["agreed_by"], at: try row["agreed_at"])
    }

    private init(_ row: Row, _ cards: [Agreement]) throws {
        let scopes: String = try row["scopes"]
        self.init(
            id: try row["id"], name: try row["name"],
            scopes: Set(scopes.split(separator: ",").compactMap { Machine.Scope(rawValue: String($0)) }),
            madeBy: try row["made_by"], madeAt: try row["made_at"], expiresOn: try row["expires_on"],
            revokedAt: try row["revoked_at"], lastUsedAt: try row["last_used_at"], cards: cards)
    }
}
