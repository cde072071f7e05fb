import Core
import Crypto
import FoundationEssentials

/// `client_secret_jwt` (OpenID Connect Core 1.0, section 9): a client shows that it knows its secret without sending it.
struct ClientAssertion: Sendable {
    /// Who says so: its `client_id`.
    let client: String
    /// Its own name: it is taken once.
    let id: String
    /// Seconds since 1970.
    let expires: Int

    private let signed: String
    private let signature: [UInt8]
    private let audience: [String]

    /// Seconds for which an assertion may be valid at most.
    static let longestLife = 600

    private struct Head: Decodable { let alg: String }

    private struct Claims: Decodable {
        let iss: String
        let sub: String
        let aud: Audience
        let jti: String
        let exp: Int
    }

    private enum Audience: Decodable {
        case one(String)
        case some([String])

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let one = try? value.decode(String.self) {
                self = .one(one)
            } else {
                self = .some(try value.decode([String].self))
            }
        }

        var all: [String] {
            switch self {
            case .one(let one): [one]
            case .some(let some): some
            }
        }
    }

    /// Reads an assertion; nil for one that is none, or not signed with HMAC and SHA-256.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, text.utf8.count <= 4096, let head = Self.bytes(parts[0]),
            let body = Self.bytes(parts[1]),
            let signature = Self.bytes(parts[2]),
            let kind = try? JSONDecoder().decode(Head.self, from: Data(head)), kind.alg == "HS256",
            let claims = try? JSONDecoder().decode(Claims.self, from: Data(body)), claims.iss == claims.sub,
            (1...200).contains(claims.jti.utf8.count)
        else { return nil }
        (client, id, expires) = (claims.sub, claims.jti, claims.exp)
        (signed, self.signature, audience) = ("\(parts[0]).\(parts[1])", signature, claims.aud.all)
    }

    /// True if it was signed with this secret, is meant for this place, and is of now.
    func isValid(secret: String, for place: String, at seconds: Int) -> Bool {
        audience.contains(place) && expires > seconds && expires <= seconds + Self.longestLife
            && HMAC<SHA256>.isValidAuthenticationCode(
                Data(signature), authenticating: Data(signed.utf8), using: SymmetricKey(data: Data(secret.utf8)))
    }

    /// An assertion of our own, for another system's token.
    static func make(client: String, secret: String, for place: String, at seconds: Int) -> String {
        func coded(_ bytes: some Sequence<UInt8>) -> String {
            Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").filter { $0 != "=" }
        }
        struct Body: Encodable {
            let iss, sub, aud, jti: String
            let iat, exp: Int
        }
        let name = Vault.randomSecret()
        let body = Body(iss: client, sub: client, aud: place, jti: name, iat: seconds, exp: seconds + 60)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let claims = (try? encoder.encode(body)) ?? Data()
        let signed = "\(coded(#"{"alg":"HS256","typ":"JWT"}"#.utf8)).\(coded(claims))"
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(signed.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return "\(signed).\(coded(code))"
    }

    /// base64url without padding (RFC 7515).
    private static func bytes(_ text: String) -> [UInt8]? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain + padding).map { [UInt8]($0) }
    }
}
