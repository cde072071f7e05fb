import Crypto
import CryptoExtras
package import Database
import FoundationEssentials

/// 金庫. Seals what residents entrust to the town.
///
/// Each application has a key of its own, wrapped by the town key. The wrapped keys are in a database apart from the
/// data and its backups: deleting one makes everything of that application unreadable, in every copy there is.
package struct Vault: Sendable {
    private let townKey: SymmetricKey
    private let keys: Database
    private let ring = KeyRing()

    /// - Parameters:
    ///   - townKey: 32 bytes, kept in a file outside both databases.
    ///   - keys: the database of wrapped keys.
    package init(townKey: [UInt8], keys: Database) {
        self.townKey = SymmetricKey(data: townKey)
        self.keys = keys
    }

    /// The table of the database of keys.
    package static let migrations = [
        Migration(
            "vault/0001-keys", "CREATE TABLE wrapped_key (id TEXT PRIMARY KEY, wrapped \(.blob) NOT NULL) \(.strict)")
    ]

    /// Makes the key of an application. It is on disk when this returns, before anything is sealed with it.
    package func makeKey(for id: String) async throws -> SealingKey {
        let key = SymmetricKey(size: .bits256)
        let wrapped = try [UInt8](AES.KeyWrap.wrap(key, using: townKey))
        try await keys.write { transaction in
            transaction.keepHouse("the thing the key is for is recorded when it is made")
            try transaction.run("INSERT INTO wrapped_key (id, wrapped) VALUES (\(id), \(wrapped))")
        }
        return SealingKey(key: key)
    }

    /// The key of an application, or nil if it was shredded.
    package func key(for id: String) async throws -> SealingKey? { try await keys(for: [id])[id] }

    /// The keys of several applications; those that were shredded are not among them.
    package func keys(for ids: [String]) async throws -> [String: SealingKey] {
        var found = ring.keys(for: ids)
        let others = ids.filter { found[$0] == nil }
        guard !others.isEmpty else { return found }
        let wrapped: [(String, [UInt8])] = try await keys.read { transaction in
            try transaction.rows("SELECT id, wrapped FROM wrapped_key WHERE id IN (\(anyOf: others))").map {
                (try $0["id"], try $0["wrapped"])
            }
        }
        let opened = try wrapped.map { ($0, SealingKey(key: try AES.KeyWrap.unwrap($1, using: townKey))) }
        ring.put(opened)
        found.merge(opened) { first, _ in first }
        return found
    }

    /// 復元できない消去. Deletes the key of an application: nothing of it can be read again, backups included.
    package func shred(_ id: String) async throws {
        try await keys.write { transaction in
            transaction.keepHouse("the shredding is recorded with the thing itself")
            try transaction.run("DELETE FROM wrapped_key WHERE id = \(id)")
        }
        ring.drop(id)
        try await keys.scrub()
    }

    /// Something that nobody guesses: 256 random bits, in hexadecimal.
    package static func randomSecret() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }.hexadecimal
    }

    /// A value by which a secret can be found again without being held: HMAC-SHA256 under a key of its own purpose.
    package func fingerprint(of secret: String, for purpose: String) -> [UInt8] {
        fingerprints(of: [secret], for: purpose)[0]
    }

    /// The same of several secrets, in their order.
    package func fingerprints(of secrets: [String], for purpose: String) -> [[UInt8]] {
        let key = HKDF<SHA256>.deriveKey(inputKeyMaterial: townKey, info: Data(purpose.utf8), outputByteCount: 32)
        return secrets.map { [UInt8](HMAC<SHA256>.authenticationCode(for: Data($0.utf8), using: key)) }
    }

    /// How many of these have no key.
    package func missing(_ ids: [String]) async throws -> Int {
        let there: Int? = try await keys.read { transaction in
            try transaction.row("SELECT count(*) AS n FROM wrapped_key WHERE id IN (\(anyOf: ids))")?["n"]
        }
        return ids.count - (there ?? 0)
    }

    /// True if the town key can open the keys that are here; false if it is another town's.
    package func fitsItsKeys() async throws -> Bool {
        let wrapped: [UInt8]? = try await keys.read { transaction in
            try transaction.row("SELECT wrapped FROM wrapped_key LIMIT 1")?["wrapped"]
        }
        guard let wrapped else { return true }
        return (try? AES.KeyWrap.unwrap(wrapped, using: townKey)) != nil
    }
}

/// The key of one application. Seals with AES-256-GCM.
package struct SealingKey: Sendable {
    let key: SymmetricKey

    /// Where a sealed value stands. Part of what is authenticated: a value moved to another row or column does not open.
    package struct Place: Sendable {
        /// `table|row|column`.
        let bytes: [UInt8]

        package init(_ table: StaticString, _ row: String, _ column: StaticString) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(table.utf8CodeUnitCount + row.utf8.count + column.utf8CodeUnitCount + 2)
            table.withUTF8Buffer { bytes.append(contentsOf: $0) }
            bytes.append(UInt8(ascii: "|"))
            bytes.append(contentsOf: row.utf8)
            bytes.append(UInt8(ascii: "|"))
            column.withUTF8Buffer { bytes.append(contentsOf: $0) }
            self.bytes = bytes
        }
    }

    /// Nonce, cipher text and tag in one.
    package func seal(_ content: [UInt8], at place: Place) throws -> [UInt8] {
        guard let sealed = try AES.GCM.seal(content, using: key, authenticating: place.bytes).combined else {
            throw CryptoKitError.incorrectParameterSize
        }
        return [UInt8](sealed)
    }

    /// What was sealed. Throws if it was changed or moved.
    package func open(_ sealed: [UInt8], at place: Place) throws -> [UInt8] { [UInt8](try content(sealed, at: place)) }

    private func content(_ sealed: [UInt8], at place: Place) throws -> Data {
        try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key, authenticating: place.bytes)
    }

    /// What content can be compared by without being told: HMAC-SHA256.
    package func digest(_ content: [UInt8]) -> [UInt8] {
        let derived = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("digest".utf8), outputByteCount: 32)
        return [UInt8](HMAC<SHA256>.authenticationCode(for: content, using: derived))
    }

    package func seal(_ text: String, at place: Place) throws -> [UInt8] { try seal(Array(text.utf8), at: place) }

    package func text(_ sealed: [UInt8], at place: Place) throws -> String {
        String(decoding: try content(sealed, at: place), as: UTF8.self)
    }
}
