import Core
import Database

/// 再利用の同意. Whether the answers of an application may be used in others, by purpose; it can be taken back at any time
/// (個人情報の保護に関する法律 第69条第2項第1号).
package struct ReuseConsent: Sendable {
    /// The purposes that are agreed to now.
    package let purposes: Set<Purpose>

    /// 目的.
    package enum Purpose: String, Sendable, CaseIterable {
        /// The applicant's own further procedures.
        case own
        /// Procedures of the same household.
        case household
    }

    static let migrations = [
        Migration(
            "applications/0010-reuse",
            """
            CREATE TABLE reuse_consent (
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                purpose TEXT NOT NULL CHECK (purpose IN ('own', 'household')),
                at TEXT NOT NULL,
                PRIMARY KEY (application, purpose)
            ) \(.strict)
            """)
    ]

    static func read(of id: Case.ID, in transaction: Transaction) throws -> ReuseConsent {
        let rows = try transaction.rows("SELECT purpose FROM reuse_consent WHERE application = \(id)")
        return ReuseConsent(purposes: Set(try rows.compactMap { Purpose(rawValue: try $0["purpose"]) }))
    }

    /// Keeps what is agreed to from now on, and records what changed.
    static func keep(
        _ purposes: Set<Purpose>, of id: Case.ID, by actor: Actor, at moment: Moment, in transaction: Transaction
    ) throws {
        let before = try read(of: id, in: transaction).purposes
        for purpose in Purpose.allCases where before.contains(purpose) != purposes.contains(purpose) {
            let isGiven = purposes.contains(purpose)
            if isGiven {
                try transaction.run(
                    """
                    INSERT INTO reuse_consent (application, purpose, at) VALUES (\(id), \(purpose.rawValue), \(moment))
                    """)
            } else {
                try transaction.run(
                    "DELETE FROM reuse_consent WHERE application = \(id) AND purpose = \(purpose.rawValue)")
            }
            try transaction.record(
                Event(
                    isGiven ? "reuse.agreed" : "reuse.revoked", subject: id.text,
                    detail: ["purpose": purpose.rawValue]),
                by: actor, at: moment)
        }
        if before == purposes { transaction.keepHouse("nothing changed") }
    }
}
