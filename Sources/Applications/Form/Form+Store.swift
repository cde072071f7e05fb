package import Core
import Crypto
package import Database
import Synchronization
import Web

extension Form {
    static let migrations = [
        Migration(
            "applications/0001-forms",
            """
            CREATE TABLE form_version (
                form TEXT NOT NULL,
                version \(.integer) NOT NULL,
                card TEXT NOT NULL,
                minutes \(.integer) NOT NULL,
                digest TEXT NOT NULL,
                document TEXT NOT NULL,
                published_at TEXT NOT NULL,
                PRIMARY KEY (form, version)
            ) \(.strict)
            """,
            "CREATE INDEX form_version_card ON form_version (card, version)")
    ]

    /// 公開. Publishes the version that a document holds. A version that is published already stays as it is.
    ///
    /// Throws a ``FormFile/Fault`` for a document that would change a published version.
    package static func publish(
        _ proved: FormFile.Proved, by actor: Actor, at moment: Moment, in transaction: Transaction
    ) throws -> Form {
        let (form, document) = (proved.form, proved.document)
        let digest = Array(SHA256.hash(data: Array(document.utf8))).hexadecimal
        let row = try transaction.row(
            "SELECT digest FROM form_version WHERE form = \(form.id) AND version = \(form.version)")
        if let published: String = try row?["digest"] {
            guard published == digest else {
                throw FormFile.Fault(
                    file: proved.file,
                    findings: [
                        FormFile.Finding(
                            line: 1, column: 1,
                            words: "第\(form.version)版は公開済みで、変えられません。version を \(form.version + 1) にしてください")
                    ])
            }
            return form
        }
        try transaction.run(
            """
            INSERT INTO form_version (form, version, card, minutes, digest, document, published_at, follows)
            VALUES (\(form.id), \(form.version), \(form.card), \(form.minutes), \(digest), \(document), \(moment),
                \(try follows(proved, in: transaction)))
            """)
        try transaction.record(
            Event("form.published", subject: form.id, detail: ["version": String(form.version), "digest": digest]),
            by: actor, at: moment)
        return form
    }
}

extension Form {
    /// The first version from which a draft may go on with this one: only words changed since. Nil where questions did.
    private static func follows(_ proved: FormFile.Proved, in transaction: Transaction) throws -> Int? {
        let row = try transaction.row(
            """
            SELECT version, document, follows FROM form_version
            WHERE form = \(proved.form.id) AND version < \(proved.form.version) ORDER BY version DESC LIMIT 1
            """)
        guard let row, try FormComparison(before: row["document"], after: proved.document).isSafe else { return nil }
        let earlier: Int? = try row["follows"]
        return try earlier ?? row["version"]
    }

    /// The newest version that a draft of a version may go on with, or nil if there is none newer.
    static func newer(than version: Int, of form: String, in transaction: Transaction) throws -> Int? {
        try transaction.row(
            """
            SELECT version FROM form_version WHERE form = \(form) AND version > \(version) AND follows <= \(version)
            ORDER BY version DESC LIMIT 1
            """)?["version"]
    }
}

extension Form {
    /// A version as it was published.
    typealias Published = (form: String, version: Int, document: String)

    /// The newest published version of the form of a card, or nil.
    static func newestDocument(of card: String, in transaction: Transaction) throws -> Published? {
        try published(
            transaction.row(
                "SELECT form, version, document FROM form_version WHERE card = \(card) ORDER BY version DESC LIMIT 1"))
    }

    /// The newest published version of a form, or nil.
    static func newestDocument(named form: String, in transaction: Transaction) throws -> Published? {
        try published(
            transaction.row(
                "SELECT form, version, document FROM form_version WHERE form = \(form) ORDER BY version DESC LIMIT 1"))
    }

    private static func published(_ row: Row?) throws -> Published? {
        try row.map { (try $0["form"], try $0["version"], try $0["document"]) }
    }
}

/// The published forms, each version read once: it never changes.
package final class FormShelf: Sendable {
    private let read = Mutex<[Key: Form]>([:])

    private struct Key: Hashable {
        let form: String
        let version: Int
        let channel: Channel
    }

    package init() {}

    /// A version of a form, as it is asked through a mouth. Throws if it was never published.
    package func form(
        _ id: String, version: Int, through channel: Channel, in transaction: Transaction
    ) throws -> Form {
        let key = Key(form: id, version: version, channel: channel)
        if let form = read.withLock({ $0[key] }) { return form }
        guard
            let document: String = try transaction.row(
                "SELECT document FROM form_version WHERE form = \(id) AND version = \(version)")?["document"]
        else { throw DatabaseError(.other, "form \(id) version \(version) is not there") }
        let form = try FormFile.decode(document, file: "\(id) 第\(version)版").asked(through: channel)
        read.withLock { $0[key] = form }
        return form
    }

    /// The newest version of the form of a card, or nil if there is none.
    package func newest(of card: String, through channel: Channel, in transaction: Transaction) throws -> Form? {
        let row = try transaction.row(
            "SELECT form, version FROM form_version WHERE card = \(card) ORDER BY version DESC LIMIT 1")
        return try row.map {
            try form($0["form"], version: $0["version"], through: channel, in: transaction)
        }
    }

    /// The newest version of the form of every card that has one, by card.
    func newest(in transaction: Transaction) throws -> [String: Form] {
        let rows = try transaction.rows(
            "SELECT card, form, max(version) AS version FROM form_version GROUP BY card, form")
        return try rows.reduce(into: [:]) { forms, row in
            forms[try row["card"]] = try form(row["form"], version: row["version"], through: .online, in: transaction)
        }
    }

    /// The minutes that the form of a card takes, or nil if there is none.
    static func minutes(of card: String, in transaction: Transaction) throws -> Int? {
        try transaction.row("SELECT minutes FROM form_version WHERE card = \(card) ORDER BY version DESC LIMIT 1")?[
            "minutes"]
    }

    /// The cards that have a form, with the minutes it takes.
    static func minutes(in transaction: Transaction) throws -> [String: Int] {
        let rows = try transaction.rows("SELECT card, minutes FROM form_version ORDER BY version")
        return try rows.reduce(into: [:]) { $0[try $1["card"]] = try $1["minutes"] }
    }
}
