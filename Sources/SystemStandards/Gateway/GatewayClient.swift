import Core
import Database
import Japanese

/// 受け取るシステム. A system that pulls tables with credentials of its own: one credential for each system, as
/// 共通機能標準仕様書 2.7 has it.
struct GatewayClient: Sendable {
    typealias ID = Core.ID<GatewayClient>

    /// Its `client_id`.
    let id: ID
    let name: String
    let expiresOn: Day
    let madeBy: Core.ID<Officer>
    let isRevoked: Bool
    let grants: [Grant]

    /// A table that it may pull once the decider of its section has agreed.
    struct Grant: Sendable {
        let set: GatewaySet.ID
        let agreedBy: Core.ID<Officer>?
        let at: Moment?
    }

    /// Seconds for which a token is valid. There is no refresh token.
    static let tokenLife = 300
    /// Days for which credentials are valid at most.
    static let longestLife = 366

    static func list(in transaction: Transaction) throws -> [GatewayClient] {
        let grants = try transaction.rows("SELECT * FROM gateway_grant ORDER BY set_id").reduce(
            into: [ID: [Grant]]()
        ) {
            $0[try $1["client"], default: []].append(try Grant($1))
        }
        return try transaction.rows("SELECT * FROM gateway_client ORDER BY id DESC").map {
            try GatewayClient($0, grants[try $0["id"]] ?? [])
        }
    }

    static func find(_ id: String, in transaction: Transaction) throws -> GatewayClient? {
        try transaction.row("SELECT * FROM gateway_client WHERE id = \(id)").map { row in
            let grants = try transaction.rows("SELECT * FROM gateway_grant WHERE client = \(id) ORDER BY set_id")
            return try GatewayClient(row, grants.map(Grant.init))
        }
    }

    /// The names of all clients by their ids, for the trail.
    static func names(in transaction: Transaction) throws -> [String: String] {
        try transaction.rows("SELECT id, name FROM gateway_client").reduce(into: [:]) {
            $0[try $1["id"]] = "データの窓口「\(try $1["name"] as String)」"
        }
    }

    /// False once it is revoked or its last day is over.
    func isValid(on day: Day) -> Bool { !isRevoked && day <= expiresOn }

    private init(_ row: Row, _ grants: [Grant]) throws {
        (id, name, expiresOn, madeBy) = try (row["id"], row["name"], row["expires_on"], row["made_by"])
        (isRevoked, self.grants) = (try row.has("revoked_at"), grants)
    }
}

extension GatewayClient.Grant {
    fileprivate init(_ row: Row) throws {
        self.init(set: try row["set_id"], agreedBy: try row["agreed_by"], at: try row["agreed_at"])
    }
}
