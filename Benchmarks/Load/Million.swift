import Core
import Database
import Japanese
import Logging
import Platform
import TestKit

/// 100万件. A town grown to many cases: each is a copy of a real one with its own id, number, seals and events, on other
/// days, so that lists, search and counts see what they would see after many years.
struct Million {
    let folder: String
    let total: Int

    /// Copies in one transaction.
    private static let batch = 10_000

    func grow() async throws {
        var settings = Settings()
        (settings.data, settings.keys) = (folder, folder + "/keys")
        settings.database = "sqlite:\(folder)/origami.sqlite"
        let platform = try await Platform(settings, migrating: false, logger: Logger(label: "million"))
        let keys = try await Keys(folder: settings.keys, beside: settings.database).database()
        let originals = try await Original.all(platform)
        let indexes = try Indexes(of: ["application", "event"], in: folder + "/origami.sqlite")
        try indexes.drop()
        try await keeping(platform.database) { try $0.run("CREATE TEMP TABLE found (token, application)") }
        var made = originals.count
        while made < total {
            let (first, count) = (made, min(Self.batch, total - made))
            let copies = (first..<first + count).map { Copy(of: originals[$0 % originals.count], number: $0) }
            try await keeping(keys) { transaction in for copy in copies { try copy.addKey(in: transaction) } }
            try await keeping(platform.database) { transaction in for copy in copies { try copy.add(in: transaction) } }
            made += count
        }
        // In the order of the table, which is a thousand times quicker than as they come.
        try await keeping(platform.database) { transaction in
            try transaction.run(
                "INSERT INTO name_token (token, application) SELECT token, application FROM found ORDER BY 1, 2")
            try transaction.run("DROP TABLE found")
        }
        try indexes.make()
        try await keeping(platform.database) { try $0.run("ANALYZE") }
        await keys.close()
        await platform.close()
    }

    private func keeping(_ database: Database, _ work: @escaping @Sendable (Transaction) throws -> Void) async throws {
        try await database.write { transaction in
            transaction.keepHouse("a benchmark's cases")
            try work(transaction)
        }
    }
}

/// A case that is copied, opened.
private struct Original: Sendable {
    let id: String
    let key: SealingKey
    let answers: [UInt8]
    let applicant: [UInt8]?
    /// What it is found by: fingerprints of parts of the name, eight bytes each.
    let tokens: [[UInt8]]
    let submittedAt: Moment
    let savedAt: Moment
    let decidedAt: Moment?
    let dueOn: Day
    let events: [(kind: String, actor: String, at: Moment, detail: String)]

    static func all(_ platform: Platform) async throws -> [Original] {
        let ids: [String] = try await platform.database.read {
            try $0.rows("SELECT id FROM application WHERE status <> 'draft' ORDER BY id").map { try $0["id"] }
        }
        let keys = try await platform.vault.keys(for: ids)
        return try await platform.database.read { transaction in
            try ids.compactMap { id in
                let row = try transaction.row(
                    """
                    SELECT application.*, tokens FROM application
                    LEFT JOIN name_index ON name_index.application = id WHERE id = \(id)
                    """)
                let events = try transaction.rows(
                    "SELECT kind, actor, at, detail FROM event WHERE subject = \(id) ORDER BY id")
                return try row.flatMap { row in try keys[id].map { try Original(row, events, $0) } }
            }
        }
    }

    private init(_ row: Row, _ events: [Row], _ key: SealingKey) throws {
        (id, self.key) = (try row["id"], key)
        answers = try key.open(row["answers"], at: .init("application", id, "answers"))
        let sealed: [UInt8]? = try row["applicant"]
        applicant = try sealed.map { [id] in try key.open($0, at: .init("application", id, "applicant")) }
        let bytes: [UInt8] = try row["tokens"] ?? []
        tokens = stride(from: 0, to: bytes.count, by: 8).map { Array(bytes[$0..<$0 + 8]) }
        (submittedAt, savedAt, decidedAt) = (try row["submitted_at"], try row["saved_at"], try row["decided_at"])
        dueOn = try row["due_on"]
        self.events = try events.map { (try $0["kind"], try $0["actor"], try $0["at"], try $0["detail"]) }
    }
}

/// One more case like it.
private struct Copy: Sendable {
    let original: Original
    let id = ID<Copy>().text
    let number: Int

    init(of original: Original, number: Int) { (self.original, self.number) = (original, number) }

    /// What was decided lies on days of the last eight years; what is still to be done stays where it is.
    private var daysBack: Int { original.decidedAt == nil ? 0 : number % 2900 }

    private func moved(_ moment: Moment) -> Moment { moment.adding(seconds: -daysBack * 24 * 3600) }

    /// The 16 bytes of its id.
    private var idBytes: [UInt8] {
        let digits = id.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    func addKey(in transaction: Transaction) throws {
        try transaction.run(
            "INSERT INTO wrapped_key (id, wrapped) SELECT \(id), wrapped FROM wrapped_key WHERE id = \(original.id)")
    }

    func add(in transaction: Transaction) throws {
        let answers = try original.key.seal(original.answers, at: .init("application", id, "answers"))
        let applicant = try original.applicant.map {
            try original.key.seal($0, at: .init("application", id, "applicant"))
        }
        let code = Array(id.utf8)
        try transaction.run(
            """
            INSERT INTO application (id, number, code_fingerprint, code, answers, applicant, submitted_at, saved_at,
                decided_at, due_on, began_at, card, form, form_version, section, language, status, revision, digest,
                replied_at, channel, assignee, returned_at)
            SELECT \(id), 'M' || \(number), \(code), \(code), \(answers), \(applicant), \(moved(original.submittedAt)),
                \(moved(original.savedAt)), \(original.decidedAt.map(moved)), \(original.dueOn.adding(days: -daysBack).iso),
                \(moved(original.submittedAt)), card, form, form_version, section, language, status, revision, digest,
                replied_at, channel, assignee, returned_at
            FROM application WHERE id = \(original.id)
            """)
        for token in original.tokens {
            try transaction.run("INSERT INTO found (token, application) VALUES (\(token), \(idBytes))")
        }
        for event in original.events {
            try transaction.run(
                """
                INSERT INTO event (id, kind, subject, actor, at, detail)
                VALUES (\(ID<Copy>()), \(event.kind), \(id), \(event.actor), \(moved(event.at)), \(event.detail))
                """)
        }
    }
}
