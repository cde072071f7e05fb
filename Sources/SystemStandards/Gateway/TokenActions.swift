import Core
import Crypto
import Database
import FoundationEssentials
import Japanese
import Web

/// Why no token is given (RFC 6749, section 5.2).
struct TokenRefusal: Error {
    enum Code: String {
        case request = "invalid_request"
        case client = "invalid_client"
        case scope = "invalid_scope"
        case grant = "unsupported_grant_type"
    }

    let code: Code
    let words: String

    var answer: Answer {
        let json: JSONValue = ["error": .string(code.rawValue), "error_description": .string(words)]
        guard code == .client else { return .json(json, status: 400) }
        return .json(json, status: 401).saying("WWW-Authenticate", "Basic realm=\"gateway\"")
    }
}

extension SystemStandards {
    static let assertionKind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    private static let tokenPurpose = "gateway token"
    static let tokenPath = "/api/gateway/token"

    /// What a token opens.
    struct OpenGate: Sendable {
        let client: GatewayClient
        let scopes: [String]
        let expires: Moment

        /// Who pulls, as the trail says it.
        var actor: Actor { Core.ID<Machine>(client.id.text).map { .machine($0) } ?? .system }
    }

    /// The client that shows its credentials: `client_secret_basic`, or `client_secret_jwt`.
    func authenticate(_ visit: Visit<Anyone>) async throws -> GatewayClient {
        let basic = Self.basic(visit.asked["authorization"])
        let assertion = visit.posted["client_assertion"]
        if basic != nil, assertion != nil {
            throw TokenRefusal(code: .request, words: "Use one way to authenticate, not two.")
        }
        if assertion != nil, visit.posted["client_assertion_type"] != Self.assertionKind {
            throw TokenRefusal(code: .request, words: "client_assertion_type must be \(Self.assertionKind).")
        }
        let wrong = TokenRefusal(code: .client, words: "The client is not known, or its credentials are wrong or over.")
        let read = assertion.flatMap { ClientAssertion($0) }
        guard let id = basic?.id ?? read?.client else { throw wrong }
        try limits.secrets.take(visit.client, at: visit.moment)
        guard let (client, secret) = try await secret(of: id), client.isValid(on: visit.moment.day) else { throw wrong }
        if let basic {
            guard SHA256.hash(data: Data(basic.secret.utf8)) == SHA256.hash(data: Data(secret.utf8)) else {
                throw wrong
            }
        } else if let read {
            let seconds = visit.moment.milliseconds / 1000
            guard read.isValid(secret: secret, for: origin + Self.tokenPath, at: seconds) else { throw wrong }
            guard try await isFirst(read, at: visit.moment) else {
                throw TokenRefusal(code: .client, words: "This assertion was used before.")
            }
        }
        limits.secrets.giveBack(visit.client)
        return client
    }

    private static func basic(_ header: String?) -> (id: String, secret: String)? {
        guard let header, header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)).filter { $0 != " " }),
            let text = String(validating: data, as: UTF8.self)
        else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private func secret(of id: String) async throws -> (GatewayClient, String)? {
        let (client, sealed) = try await database.read { transaction -> (GatewayClient?, [UInt8]?) in
            (
                try GatewayClient.find(id, in: transaction),
                try transaction.row("SELECT secret FROM gateway_client WHERE id = \(id)")?["secret"]
            )
        }
        guard let client, let sealed, let key = try await vault.key(for: "gateway client \(client.id)") else {
            return nil
        }
        return (client, try key.text(sealed, at: Self.secretPlace(client.id)))
    }

    /// An assertion is taken once.
    private func isFirst(_ assertion: ClientAssertion, at moment: Moment) async throws -> Bool {
        try await database.write { transaction in
            transaction.keepHouse("an assertion is used up")
            try transaction.run("DELETE FROM gateway_assertion WHERE expires_at < \(moment)")
            let name = "\(assertion.client) \(assertion.id)"
            return try transaction.run(
                """
                INSERT INTO gateway_assertion (id, expires_at)
                VALUES (\(name), \(Moment(milliseconds: assertion.expires * 1000))) ON CONFLICT (id) DO NOTHING
                """) == 1
        }
    }

    /// A token for the tables that were agreed to, or for some of them.
    func giveToken(_ visit: Visit<Anyone>) async throws -> Answer {
        let client = try await authenticate(visit)
        guard visit.posted["grant_type"] == "client_credentials" else {
            throw TokenRefusal(code: .grant, words: "grant_type must be client_credentials.")
        }
        let sets = try await database.read { try GatewaySet.list(in: $0) }
        let agreed = Set(client.grants.filter { $0.agreedBy != nil }.map(\.set))
        let allowed = sets.filter { agreed.contains($0.id) }.map(\.scope)
        let asked = (visit.posted["scope"] ?? "").split(separator: " ").map(String.init)
        if let none = asked.first(where: { !allowed.contains($0) }) {
            throw TokenRefusal(code: .scope, words: "The scope \(none.prefix(120)) is not agreed to for this client.")
        }
        let scopes = asked.isEmpty ? allowed : asked
        guard !scopes.isEmpty else {
            throw TokenRefusal(code: .scope, words: "No scope is agreed to for this client yet.")
        }
        let token = Vault.randomSecret()
        let mark = vault.fingerprint(of: token, for: Self.tokenPurpose)
        try await database.write { transaction in
            try transaction.run("DELETE FROM gateway_token WHERE expires_at < \(visit.moment)")
            try transaction.run(
                """
                INSERT INTO gateway_token (fingerprint, client, scopes, expires_at)
                VALUES (\(mark), \(client.id), \(scopes.joined(separator: " ")),
                    \(visit.moment.adding(seconds: GatewayClient.tokenLife)))
                """)
            try transaction.record(
                Event("gateway.token", subject: client.id.text, detail: ["scopes": scopes.joined(separator: " ")]),
                by: Core.ID<Machine>(client.id.text).map { .machine($0) } ?? .system, at: visit.moment)
        }
        return .json([
            "access_token": .string(token), "token_type": "Bearer", "expires_in": .number(GatewayClient.tokenLife),
            "scope": .string(scopes.joined(separator: " ")),
        ])
    }

    /// What a token opens now; nil for one that is none, or over.
    func gate(_ token: String, at moment: Moment) async throws -> OpenGate? {
        let mark = vault.fingerprint(of: token, for: Self.tokenPurpose)
        return try await database.read { transaction in
            guard
                let row = try transaction.row(
                    "SELECT * FROM gateway_token WHERE fingerprint = \(mark) AND expires_at > \(moment)"),
                let client = try GatewayClient.find(row["client"], in: transaction), client.isValid(on: moment.day)
            else { return nil }
            let scopes: String = try row["scopes"]
            return OpenGate(
                client: client, scopes: scopes.split(separator: " ").map(String.init), expires: try row["expires_at"])
        }
    }

    /// トークンの照会 (RFC 7662). A client is told of its own tokens alone.
    func introspect(_ visit: Visit<Anyone>) async throws -> Answer {
        let client = try await authenticate(visit)
        guard let token = visit.posted["token"] else { throw TokenRefusal(code: .request, words: "token is missing.") }
        guard let gate = try await gate(token, at: visit.moment), gate.client.id == client.id else {
            return .json(["active": false])
        }
        return .json([
            "active": true, "client_id": .string(client.id.text), "token_type": "Bearer",
            "scope": .string(gate.scopes.joined(separator: " ")),
            "exp": .number(gate.expires.milliseconds / 1000),
        ])
    }
}
