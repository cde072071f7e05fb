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
        try transaction.rows("SELECT * FROM gateway_client ORDER BY id DESC").map {
            try GatewayClient($0, in: transaction)
        }
    }

    static func find(_ id: String, in transaction: Transaction) throws -> GatewayClient? {
        try transaction.row("SELECT * FROM gateway_client WHERE id = \(id)").map {
            try GatewayClient($0, in: transaction)
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

    private init(_ row: Row, in transaction: Transaction) throws {
        let revoked: Moment? = try row["revoked_at"]
        let id: ID = try row["id"]
        (self.id, name, expiresOn, madeBy) = try (id, row["name"], row["expires_on"], row["made_by"])
        isRevoked = revoked != nil
        grants = try transaction.rows("SELECT * FROM gateway_grant WHERE client = \(id) ORDER BY set_id").map {
            Grant(set: try $0["set_id"], agreedBy: try $0["agreed_by"], at: try $0["agreed_at"])
        }
    }
}
