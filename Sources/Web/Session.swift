package import Core
import Crypto
package import Database

/// A browser that we know again. The cookie holds a secret of 256 bits; the database holds its hash alone.
package struct Session: Sendable {
    /// The hash of the secret in hexadecimal: names the session, opens nothing.
    package let id: String
    /// The officer who signed in, or who holds it at the counter; nil for an applicant's own session.
    package let officer: ID<Officer>?
    let seenAt: Moment
    /// True for an applicant's session that an officer holds.
    private let isAtCounter: Bool

    /// The two kinds, each with a cookie of its own: signing in at the desk does not touch an application.
    package enum Kind: Sendable {
        case applicant
        /// An applicant's session that an officer holds for somebody at the counter. It ends as an officer's does.
        case counter(ID<Officer>)
        case officer(ID<Officer>)

        var name: String {
            switch self {
            case .applicant, .counter: "applicant"
            case .officer: "officer"
            }
        }

        var officer: ID<Officer>? {
            switch self {
            case .applicant: nil
            case .counter(let officer), .officer(let officer): officer
            }
        }
    }

    package static let migrations = [
        Migration(
            "web/0001-sessions",
            """
            CREATE TABLE session (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('applicant', 'officer')),
                officer TEXT,
                seen_at TEXT NOT NULL,
                expires_at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX session_expiry ON session (expires_at)")
    ]

    /// Seconds without a request after which it is over. An hour for an officer, a day for applicants; much less at the
    /// counter, where the next person stands before the same screen.
    private var idle: Int { isAtCounter ? Self.counterIdle : officer == nil ? 24 * 3600 : 3600 }

    /// Seconds without a request after which what is open at the counter closes.
    package static let counterIdle = 15 * 60

    /// Seconds after which an officer signs in again, however busy: a working day.
    static let longest = 12 * 3600

    /// Begins a session in the transaction of the action that needs it.
    package static func start(
        _ kind: Kind, at moment: Moment, in transaction: Transaction
    ) throws -> (session: Session, cookie: Cookie) {
        let secret = secret()
        let id = hash(secret)
        let officer = kind.officer
        let life = officer == nil ? 30 * 24 * 3600 : longest
        try transaction.run(
            """
            INSERT INTO session (id, kind, officer, seen_at, expires_at)
            VALUES (\(id), \(kind.name), \(officer), \(moment), \(moment.adding(seconds: life)))
            """)
        // A phone that was switched off opens its application again; at the desk, closing the browser ends the session.
        let cookie = Cookie(name: cookieName(kind.name), value: secret, maxAge: officer == nil ? life : nil)
        let isAtCounter = officer != nil && kind.name == "applicant"
        return (Session(id: id, officer: officer, seenAt: moment, isAtCounter: isAtCounter), cookie)
    }

    /// 256 bits of chance, in hexadecimal.
    static func secret() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }.hexadecimal
    }

    /// The session that a cookie opens, or nil if there is none or it is over.
    static func find(_ secret: String, kind: String, at moment: Moment, in transaction: Transaction) throws -> Session?
    {
        guard secret.utf8.count == 64 else { return nil }
        return try find(id: hash(secret), kind: kind, at: moment, in: transaction)
    }

    /// True while a session of this id is in use.
    package static func isOpen(_ id: String, _ kind: Kind, at moment: Moment, in transaction: Transaction) throws
        -> Bool
    {
        try find(id: id, kind: kind.name, at: moment, in: transaction) != nil
    }

    private static func find(
        id: String, kind: String, at moment: Moment, in transaction: Transaction
    ) throws -> Session? {
        let row = try transaction.row(
            """
            SELECT id, officer, seen_at FROM session
            WHERE id = \(id) AND kind = \(kind) AND expires_at > \(moment)
            """)
        let session = try row.map { row in
            let officer: ID<Officer>? = try row["officer"]
            return try Session(
                id: row["id"], officer: officer, seenAt: row["seen_at"],
                isAtCounter: officer != nil && kind == "applicant")
        }
        return session.flatMap { $0.seenAt > moment.adding(seconds: -$0.idle) ? $0 : nil }
    }

    /// Notes that the session is in use, at most every five minutes; at the counter every minute.
    func touch(at moment: Moment, in database: Database) async throws {
        guard seenAt.adding(seconds: isAtCounter ? 60 : 300) < moment else { return }
        try await database.write(.holding) { transaction in
            transaction.keepHouse("a session is in use")
            try transaction.run("UPDATE session SET seen_at = \(moment) WHERE id = \(id)")
        }
    }

    /// Ends what an officer holds at the counter.
    package static func endCounters(of officer: ID<Officer>, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM session WHERE kind = 'applicant' AND officer = \(officer)")
    }

    /// Ends a session.
    package static func end(_ id: String, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM session WHERE id = \(id)")
    }

    /// Clears away the sessions that are over.
    package static func clear(at moment: Moment, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM session WHERE expires_at < \(moment)")
    }

    static func cookieName(_ kind: String) -> String {
        switch kind {
        case "officer": "origami-desk"
        case "screen": "origami-screen"
        default: "origami"
        }
    }

    static func hash(_ secret: String) -> String {
        Array(SHA256.hash(data: Array(secret.utf8))).hexadecimal
    }
}
