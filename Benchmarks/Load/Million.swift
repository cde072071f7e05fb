import Core
import Database
import Japanese
import Platform
import TestKit
import Logging

/// 100万件. A town grown to many cases: each is a copy of a real one with its own id, number and seals, on other days, so
/// that lists, search and counts see what they would see after many years.
struct Million {
    let folder: String
    let total: Int

    /// Copies in one transaction.
    private static let batch = 5000

    func grow() async throws {
        var settings = Settings()
        (settings.data, settings.keys) = (folder, folder + "/keys")
        settings.database = "sqlite:\(folder)/origami.sqlite"
        let platform = try await Platform(settings, migrating: false, logger: Logger(label: "million"))
        let keys = try await Keys(folder: settings.keys).database()
        let originals = try await Original.all(platform)
        var made = originals.count
        while made < total {
            let (first, count) = (made, min(Self.batch, total - made))
            let copies = (first..<first + count).map { Copy(of: originals[$0 % originals.count], number: $0) }
            try await keys.write { transaction in
                transaction.keepHouse("a benchmark's keys")
                for copy in copies { try copy.addKey(in: transaction) }
            }
            try await platform.database.write { transaction in
                transaction.keepHouse("a benchmark's cases")
                try transaction.run("CREATE TEMP TABLE copy AS SELECT * FROM application LIMIT 0")
                for copy in copies { try copy.add(in: transaction) }
                try transaction.run("DROP TABLE copy")
            }
            made += count
        }
        try await platform.database.write { transaction in
            transaction.keepHouse("the planner knows the tables")
            try transaction.run("ANALYZE")
        }
        await keys.close()
        await platform.close()
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

    static func all(_ platform: Platform) async throws -> [Original] {
        let rows: [(id: String, answers: [UInt8], applicant: [UInt8]?, tokens: [UInt8]?)] =
            try await platform.database.read {
                try $0.rows(
                    """
                    SELECT id, answers, applicant, tokens FROM application
                    LEFT JOIN name_index ON name_index.application = id WHERE status <> 'draft' ORDER BY id
                    """
                ).map { (try $0["id"], try $0["answers"], try $0["applicant"], try $0["tokens"]) }
            }
        let keys = try await platform.vault.keys(for: rows.map(\.id))
        return try rows.compactMap { row in
            guard let key = keys[row.id] else { return nil }
            return Original(
                id: row.id, key: key, answers: try key.open(row.answers, at: .init("application", row.id, "answers")),
                applicant: try row.applicant.map { try key.open($0, at: .init("application", row.id, "applicant")) },
                tokens: stride(from: 0, to: row.tokens?.count ?? 0, by: 8).map { Array(row.tokens?[$0..<$0 + 8] ?? []) }
            )
        }
    }
}

/// One more case like it.
private struct Copy: Sendable {
    let original: Original
    let id = ID<Copy>().text
    let number: Int

    init(of original: Original, number: Int) { (self.original, self.number) = (original, number) }

    /// A day of the last eight years.
    private var moved: Moment { Moment.now().adding(seconds: -(number % 2900) * 24 * 3600) }

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
        let (day, code) = (moved, Array(id.utf8))
        try transaction.run("DELETE FROM copy")
        try transaction.run("INSERT INTO copy SELECT * FROM application WHERE id = \(original.id)")
        // What is still to be done stays on its own days: years of it lie before.
        try transaction.run(
            """
            UPDATE copy SET id = \(id), number = 'M' || \(number), submission = NULL, code_fingerprint = \(code),
                code = \(code), answers = \(answers), applicant = \(applicant), draft = NULL, pins = NULL,
                saved_at = CASE WHEN decided_at IS NULL THEN saved_at ELSE \(day) END,
                submitted_at = CASE WHEN decided_at IS NULL THEN submitted_at ELSE \(day) END,
                due_on = CASE WHEN decided_at IS NULL THEN due_on ELSE \(day.day.iso) END,
                decided_at = CASE WHEN decided_at IS NULL THEN NULL ELSE \(day) END
            """)
        try transaction.run("INSERT INTO application SELECT * FROM copy")
        // A tenth of them is found by name: the index of all would take longer to make than everything else.
        for token in number % 10 == 0 ? original.tokens : [] {
            try transaction.run("INSERT INTO name_token (token, application) VALUES (\(token), \(idBytes))")
        }
        for kind in ["case.submitted", "case.received"] {
            try transaction.run(
                """
                INSERT INTO event (id, kind, subject, actor, at, detail)
                VALUES (\(ID<Copy>()), \(kind), \(id), 'system', \(day), '{}')
                """)
        }
    }
}
