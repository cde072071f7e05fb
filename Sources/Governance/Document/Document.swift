import Core
import Crypto
import Database
import FoundationEssentials
import Synchronization

/// 文書. What the governance keeps: the plan, its actions, loops, bodies, meetings. Every form that one ever had is kept.
protocol Document: Codable, Sendable {
    /// A name for its sort, such as `loop`: the events about it begin with it.
    static var kind: String { get }
}

/// A document as it is kept: its content, and which form of it this is.
@dynamicMemberLookup
struct Kept<Content: Document>: Sendable, Identifiable {
    /// A name for addresses.
    let id: String
    var content: Content
    /// Counts its forms, from 1; 0 for one that was not kept yet.
    private(set) var revision: Int
    let createdAt: Moment
    private(set) var at: Moment

    init(_ content: Content, id: String = Core.ID<Content>().text, at moment: Moment) {
        (self.id, self.content, revision, createdAt, at) = (id, content, 0, moment, moment)
    }

    subscript<T>(dynamicMember path: KeyPath<Content, T>) -> T { content[keyPath: path] }

    /// The document of this name, or nil.
    static func find(_ id: String, in transaction: Transaction) throws -> Kept? {
        try transaction.row("SELECT * FROM governance_document WHERE kind = \(Content.kind) AND id = \(id)").map(
            Kept.init)
    }

    /// The same. Throws ``Refused`` if there is none, or if somebody else kept another form since it was `seen`.
    static func require(_ id: String, seen: Int? = nil, in transaction: Transaction) throws -> Kept {
        guard let kept = try find(id, in: transaction) else { throw Refused.notHere }
        guard seen == nil || seen == kept.revision else { throw Refused.overtaken }
        return kept
    }

    /// Where what a form says is to be kept, and whether it is there already, because the form was sent twice. A form that was
    /// sent again with something else in it makes another document.
    static func place(
        _ once: String, in transaction: Transaction, isSame: (Content) -> Bool
    ) throws -> (id: String, isMade: Bool) {
        guard let known = try find(once, in: transaction) else { return (once, false) }
        guard isSame(known.content) else { return (Core.ID<Content>().text, false) }
        transaction.keepHouse("the same form again")
        return (once, true)
    }

    /// All of this sort, in the order they came.
    static func list(in transaction: Transaction) throws -> [Kept] {
        try transaction.rows("SELECT * FROM governance_document WHERE kind = \(Content.kind) ORDER BY created_at, id")
            .map(Kept.init)
    }

    private init(_ row: Row) throws {
        (id, revision, createdAt, at) = try (row["id"], row["revision"], row["created_at"], row["at"])
        content = try KeptText.read(Content.self, row["content"])
    }

    /// Keeps it as its next form, and records what was done: `<kind>.<verb>`, with the digest of the content, so that the
    /// trail proves every form.
    mutating func save(
        _ verb: String, detail: [String: String] = [:], by actor: Actor, at moment: Moment, in transaction: Transaction
    ) throws {
        let text = try KeptText.write(content)
        (revision, at) = (revision + 1, moment)
        try transaction.run(
            """
            INSERT INTO governance_document (kind, id, revision, content, created_at, at)
            VALUES (\(Content.kind), \(id), \(revision), \(text), \(createdAt), \(moment))
            ON CONFLICT (kind, id) DO UPDATE SET revision = excluded.revision, content = excluded.content, at = excluded.at
            """)
        try transaction.run(
            """
            INSERT INTO governance_version (kind, document, revision, verb, content, actor, at)
            VALUES (\(Content.kind), \(id), \(revision), \(verb), \(text), \(actor.text), \(moment))
            """)
        let told = ["revision": String(revision), "digest": DocumentVersion.digest(of: text)]
        try transaction.record(
            Event("\(Content.kind).\(verb)", subject: id, detail: told.merging(detail) { first, _ in first }),
            by: actor,
            at: moment)
    }
}

extension Kept: Equatable where Content: Equatable {}

/// One form that a document had.
struct DocumentVersion: Sendable {
    let revision: Int
    /// What was done, as in the event's name.
    let verb: String
    let content: String
    /// Who did it, as ``Actor/text``.
    let actor: String
    let at: Moment

    /// All forms of a document, the newest first.
    static func list(_ kind: String, _ id: String, in transaction: Transaction) throws -> [DocumentVersion] {
        try transaction.rows(
            "SELECT * FROM governance_version WHERE kind = \(kind) AND document = \(id) ORDER BY revision DESC"
        ).map { row in
            DocumentVersion(
                revision: try row["revision"], verb: try row["verb"], content: try row["content"],
                actor: try row["actor"], at: try row["at"])
        }
    }

    /// What was done to a document, the newest first.
    struct Deed: Sendable {
        /// As the event is named, such as `loop.decided`.
        let name: String
        let document: String
        /// Who, as ``Actor/text``.
        let actor: String
        let at: Moment
    }

    /// The newest deed of others on each document since a moment, the newest first.
    static func deeds(since moment: Moment, but officer: ID<Officer>, in transaction: Transaction) throws -> [Deed] {
        var told: Set<String> = []
        return try transaction.rows(
            """
            SELECT kind, document, verb, actor, at FROM governance_version
            WHERE at > \(moment) AND actor <> \(Actor.officer(officer).text) ORDER BY at DESC, revision DESC
            """
        ).map { row in
            let (kind, verb): (String, String) = (try row["kind"], try row["verb"])
            return Deed(
                name: "\(kind).\(verb)", document: try row["document"], actor: try row["actor"], at: try row["at"])
        }.filter { told.insert("\($0.name.prefix { $0 != "." }) \($0.document)").inserted }
    }

    var digest: String { Self.digest(of: content) }

    /// SHA-256 in hexadecimal digits.
    static func digest(of content: String) -> String {
        Array(SHA256.hash(data: Data(content.utf8))).hexadecimal
    }
}

/// A document as text: JSON with sorted keys, so that the same content is the same text.
enum KeptText {
    static func write(_ content: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(content), as: UTF8.self)
    }

    static func read<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// 保存の場所.
enum DocumentTables {
    static let migrations = [
        Migration(
            "governance/0001-documents",
            """
            CREATE TABLE governance_document (
                kind TEXT NOT NULL,
                id TEXT NOT NULL,
                revision \(.integer) NOT NULL,
                content TEXT NOT NULL,
                created_at TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (kind, id)
            ) \(.strict)
            """,
            """
            CREATE TABLE governance_version (
                kind TEXT NOT NULL,
                document TEXT NOT NULL,
                revision \(.integer) NOT NULL,
                verb TEXT NOT NULL,
                content TEXT NOT NULL,
                actor TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (kind, document, revision)
            ) \(.strict)
            """)
    ]

    /// What came after the tables of the other rooms.
    static let laterMigrations = [
        Migration(
            "governance/0006-what-happened-since", "CREATE INDEX governance_version_at ON governance_version (at)")
    ]
}

extension Refused {
    /// Somebody else kept another form meanwhile.
    static let overtaken = Refused(
        .conflict,
        Text(verbatim: "開いているあいだに、あなたかほかの職員が、別の内容を保存しました。いまの内容を確かめてから、もう一度保存してください。入力した文は残っています。"))

    /// What cannot be done in the state things are in now, with why.
    static func notNow(_ words: String) -> Refused { Refused(.conflict, Text(verbatim: words)) }

    /// What was typed cannot be used, with how to mend it.
    static func unusable(_ words: String) -> Refused { Refused(.invalid, Text(verbatim: words)) }
}
