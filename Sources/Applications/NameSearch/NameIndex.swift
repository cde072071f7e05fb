import Core
import Database
import Japanese

/// 氏名の索引. By which an application is found by its applicant's name, without the name standing anywhere.
///
/// A name is cut into pairs of characters; what is kept of each is its HMAC under the town's key. It goes when the key of the
/// application is shredded.
enum NameIndex {
    static let migrations = [
        Migration(
            "applications/0022-names",
            // The application's id in its 16 bytes.
            """
            CREATE TABLE name_token (
                token \(.blob) NOT NULL,
                application \(.blob) NOT NULL,
                PRIMARY KEY (token, application)
            ) \(.strictlyKeyed)
            """,
            // What was kept of an application, one after the other: so it can be taken out again.
            """
            CREATE TABLE name_index (application TEXT PRIMARY KEY, tokens \(.blob) NOT NULL) \(.strictlyKeyed)
            """,
            // Those that came before this are read one by one, because only their keys open them.
            """
            INSERT INTO job (id, kind, payload, run_at, attempts)
            VALUES ('01900000-0000-7000-8000-6e616d657331', 'names.index', '{}', '1970-01-01T00:00:00.000Z', 0)
            """)
    ]

    /// Names are folded further since voiced marks and long marks are not looked at: all are read again.
    static let foldMigrations = [
        Migration(
            "applications/0039-names-folded-again", "DELETE FROM name_token", "DELETE FROM name_index",
            """
            INSERT INTO job (id, kind, payload, run_at, attempts)
            VALUES ('01900000-0000-7000-8000-6e616d657332', 'names.index', '{}', '1970-01-01T00:00:00.000Z', 0)
            """)
    ]

    /// What the fingerprints are for.
    static let purpose = "name search"
    /// So many of the newest that have the rarest pair are looked at.
    static let looksAt = 2000
    private static let tokenLength = 8

    /// The pieces a name is found by: pairs of characters of the name and of its reading, and the character that each of its
    /// words begins with.
    static func pieces(of name: PersonName) -> Set<String> {
        let written = [name.family, name.given].map(scalars)
        let read = [name.familyKana, name.givenKana].map(scalars)
        let beginnings = written.compactMap { $0.first }.map { "^\($0)" }
        return Set(pairs(written.flatMap { $0 }) + pairs(read.flatMap { $0 }) + beginnings)
    }

    /// The pieces that a name must have in which these words are.
    static func pieces(lookingFor words: String) -> Set<String> {
        let words = NameFold.fold(words).unicodeScalars.split { !isPart($0) }.map(Array.init)
        return Set(words.flatMap { $0.count == 1 ? ["^\($0[0])"] : pairs($0) })
    }

    private static func scalars(_ text: String) -> [Unicode.Scalar] {
        NameFold.fold(text).unicodeScalars.filter(isPart)
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.value == 0x30FC
    }

    private static func pairs(_ scalars: [Unicode.Scalar]) -> [String] {
        zip(scalars, scalars.dropFirst()).map { "\($0)\($1)" }
    }

    /// Keeps what an application is found by from now on.
    static func keep(
        _ name: PersonName?, of id: Case.ID, tokens: ([String]) -> [[UInt8]], in transaction: Transaction
    ) throws {
        try forget(id, in: transaction)
        let pieces = name.map { self.pieces(of: $0).sorted() } ?? []
        let kept = tokens(pieces).map { Array($0.prefix(tokenLength)) }
        try transaction.run(
            "INSERT INTO name_index (application, tokens) VALUES (\(id), \(kept.flatMap { $0 }))")
        for token in kept {
            try transaction.run(
                """
                INSERT INTO name_token (token, application) VALUES (\(token), \(bytes(of: id)))
                ON CONFLICT (token, application) DO NOTHING
                """)
        }
    }

    /// Takes out what an application is found by.
    static func forget(_ id: Case.ID, in transaction: Transaction) throws {
        let row = try transaction.row("DELETE FROM name_index WHERE application = \(id) RETURNING tokens")
        guard let tokens: [UInt8] = try row?["tokens"] else { return }
        for start in stride(from: 0, to: tokens.count, by: tokenLength) {
            let token = Array(tokens[start..<min(start + tokenLength, tokens.count)])
            try transaction.run(
                "DELETE FROM name_token WHERE token = \(token) AND application = \(bytes(of: id))")
        }
    }

    /// True if it is known by what an application is found.
    static func has(_ id: Case.ID, in transaction: Transaction) throws -> Bool {
        try transaction.exists("SELECT 1 FROM name_index WHERE application = \(id)")
    }

    /// The applications whose name has these words, the newest first, before the one where the last page ended.
    /// - Returns: their ids, and where the search was left if it did not come to an end.
    static func find(
        _ words: String, after: String?, tokens: ([String]) -> [[UInt8]], in transaction: Transaction
    ) throws -> (ids: [String], end: String?) {
        var wanted = tokens(pieces(lookingFor: words).sorted().prefix(12).map { $0 }).map {
            Array($0.prefix(tokenLength))
        }
        guard !wanted.isEmpty else { return ([], nil) }
        let before = after.flatMap(Case.ID.init).map(bytes) ?? Array(repeating: 0xFF, count: 16)
        if wanted.count > 1 {
            let counts = try wanted.map { try count(of: $0, in: transaction) }
            wanted.swapAt(0, counts.indices.min { counts[$0] < counts[$1] } ?? 0)
        }
        let rarest: SQL = """
            SELECT application FROM name_token WHERE token = \(wanted[0]) AND application < \(before)
            ORDER BY application DESC
            """
        let others: [SQL] = wanted.dropFirst().map {
            "EXISTS (SELECT 1 FROM name_token WHERE token = \($0) AND application = near.application)"
        }
        let rows = try transaction.rows(
            """
            SELECT application FROM (\(rarest) LIMIT \(looksAt)) AS near WHERE \(.all(others))
            ORDER BY application DESC
            """)
        let last = try transaction.row("\(rarest) LIMIT 1 OFFSET \(looksAt - 1)")
        return (try rows.map { try text(of: $0["application"]) }, try last.map { try text(of: $0["application"]) })
    }

    private static func count(of token: [UInt8], in transaction: Transaction) throws -> Int {
        try transaction.row(
            """
            SELECT count(*) AS n FROM (SELECT 1 FROM name_token WHERE token = \(token) LIMIT \(looksAt)) AS found
            """)?["n"] ?? 0
    }

    /// An id in its 16 bytes, which sort as its text does.
    private static func bytes(of id: Case.ID) -> [UInt8] {
        let digits = id.text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func text(of bytes: [UInt8]) -> String {
        let digits = Array(bytes.hexadecimal)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
