package import Core
package import Database

/// 認証手段. What an officer shows to sign in. A password today; other kinds, such as passkeys, stand beside it in the
/// same table.
package enum Credential {
    /// Fifteen characters or more resist guessing where a password stands alone (NIST SP 800-63B-4, 3.1.1.2).
    package static let shortestPassword = 15

    static let migrations = [
        Migration(
            "identity/0002-credentials",
            """
            CREATE TABLE credential (
                id TEXT PRIMARY KEY,
                officer TEXT NOT NULL REFERENCES officer (id),
                kind TEXT NOT NULL,
                secret TEXT NOT NULL,
                added_at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX credential_officer ON credential (officer, kind)")
    ]

    private static let password = "password"

    /// Keeps the hash of a password in the place of an earlier one.
    package static func setPassword(
        hash: String, of officer: ID<Officer>, at moment: Moment, in transaction: Transaction
    ) throws {
        try transaction.run("DELETE FROM credential WHERE officer = \(officer) AND kind = \(password)")
        try transaction.run(
            """
            INSERT INTO credential (id, officer, kind, secret, added_at)
            VALUES (\(ID<Officer>()), \(officer), \(password), \(hash), \(moment))
            """)
    }

    /// The officer with this login name and the hash of their password, or nil.
    static func find(login: String, in transaction: Transaction) throws -> (officer: ID<Officer>, hash: String)? {
        let row = try transaction.row(
            """
            SELECT officer, secret FROM officer JOIN credential ON officer = officer.id
            WHERE login = \(login) AND kind = \(password) AND disabled_at IS NULL
            """)
        return try row.map { (try $0["officer"], try $0["secret"]) }
    }
}
