import Core
import Database
import Japanese

/// 文字の決定. What the town writes where a system has this character: who said so, when, why, and what they saw.
struct CharacterDecision: Sendable {
    typealias ID = Core.ID<CharacterDecision>

    let id: ID
    let scalar: Unicode.Scalar
    /// What is written instead; nil: the character stays.
    let target: String?
    let reason: String
    /// 根拠: the table with its licence, or a document.
    let evidence: String
    /// 字形の画像.
    let picture: KeptFile?
    let officer: Core.ID<Officer>
    let at: Moment
    let reversal: Reversal?

    /// 取消し.
    struct Reversal: Sendable {
        let officer: Core.ID<Officer>
        let at: Moment
        let reason: String
    }

    static let longestReason = 300

    static let migrations = [
        Migration(
            "standards/0005-character-decisions",
            """
            CREATE TABLE character_decision (
                id TEXT PRIMARY KEY,
                scalar \(.integer) NOT NULL,
                target TEXT,
                reason TEXT NOT NULL,
                evidence TEXT NOT NULL,
                picture TEXT,
                officer TEXT NOT NULL,
                at TEXT NOT NULL,
                reversed_by TEXT,
                reversed_at TEXT,
                reversed_why TEXT
            ) \(.strict)
            """,
            "CREATE UNIQUE INDEX character_decision_valid ON character_decision (scalar) WHERE reversed_at IS NULL")
    ]

    /// The name of the key of its picture.
    static func key(_ id: ID) -> String { "character \(id)" }

    /// `U+9AD9`.
    var code: String { RepertoireReport.name(of: scalar.value) }

    /// All decisions, the newest first.
    static func list(in transaction: Transaction) throws -> [CharacterDecision] {
        try transaction.rows("SELECT * FROM character_decision ORDER BY id DESC").map(CharacterDecision.init)
    }

    /// Those in force, by character.
    static func valid(in transaction: Transaction) throws -> [UInt32: CharacterDecision] {
        try transaction.rows("SELECT * FROM character_decision WHERE reversed_at IS NULL").map(CharacterDecision.init)
            .reduce(into: [:]) { $0[$1.scalar.value] = $1 }
    }

    static func find(_ id: String, in transaction: Transaction) throws -> CharacterDecision? {
        try transaction.row("SELECT * FROM character_decision WHERE id = \(id)").map(CharacterDecision.init)
    }

    /// The names of the pictures in the store.
    static func contents(in transaction: Transaction) throws -> Set<String> {
        try Set(list(in: transaction).compactMap(\.picture?.content))
    }

    func insert(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO character_decision (id, scalar, target, reason, evidence, picture, officer, at)
            VALUES (\(id), \(Int(scalar.value)), \(target), \(reason), \(evidence),
                \(try picture.map { try KeptJSON.write($0) }), \(officer), \(at))
            """)
    }
}

extension CharacterDecision {
    private init(_ row: Row) throws {
        let number: Int = try row["scalar"]
        guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) else {
            throw DatabaseError(.corrupted, "a decision about no character")
        }
        let (by, since, why): (Core.ID<Officer>?, Moment?, String?) =
            try (row["reversed_by"], row["reversed_at"], row["reversed_why"])
        let picture: String? = try row["picture"]
        self.init(
            id: try row["id"], scalar: scalar, target: try row["target"], reason: try row["reason"],
            evidence: try row["evidence"], picture: try picture.map { try KeptJSON.read($0) },
            officer: try row["officer"], at: try row["at"],
            reversal: by.flatMap { by in since.map { Reversal(officer: by, at: $0, reason: why ?? "") } })
    }
}
