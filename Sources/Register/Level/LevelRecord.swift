import Core
import Database
package import Japanese

/// 段階の記録. The level of a card on a day on which it, or something it rests on, was another than before.
package struct LevelRecord: Sendable, Equatable {
    package let card: Card.ID
    package let day: Day
    /// The version of the rubric it was computed by (rule 8).
    package let version: Int
    /// By the rubric alone.
    package let computed: Level
    /// As it is shown: by the rubric, or by a decision of the committee.
    package let level: Level
    package let badges: Set<Judgement.Badge>
    /// 「E5 不明」.
    package let missing: [String]
    /// Cases in a year; nil where nobody knows.
    package let yearlyCases: Int?
    /// Tells one input from another.
    package let digest: String
    /// The last day of an exception; nil without one.
    package let exceptionUntil: Day?

    package init(_ judgement: Judgement, card: Card.ID) {
        (self.card, day, version) = (card, judgement.input.today, Rubric.version)
        (computed, level, badges) = (judgement.computed, judgement.level, judgement.badges)
        (missing, yearlyCases) = (judgement.missing.map(\.words), judgement.input.yearlyCases)
        digest = judgement.digest
        exceptionUntil = judgement.input.exception?.until
    }

    /// True if nothing but the day is another.
    func says(theSameAs other: LevelRecord) -> Bool {
        digest == other.digest && computed == other.computed && level == other.level && badges == other.badges
            && missing == other.missing && version == other.version
    }

    /// 「L2（L3まで残り: E5 不明）」.
    package var words: String { Judgement.words(level: computed, missing: missing) }

    /// True if one fact is all that the next level needs.
    package var isOneAway: Bool { missing.count == 1 && computed.next != nil }
}

extension Judgement {
    /// What the level rests on, in few characters: FNV-1a over every criterion's standing and the measures' numbers. The
    /// day is not in it: evidence that is seen again every day is the same evidence.
    var digest: String {
        var lines = ladder.flatMap(\.criteria).map { judged in
            let evidence = judged.evidence
            let asOf = evidence?.isSeen == true ? "" : evidence?.asOf?.iso ?? ""
            return [judged.criterion.mark, judged.standing.rawValue, evidence?.source ?? "", asOf]
                .joined(separator: "\t")
        }
        lines += CardFact.Item.measures.flatMap { item in
            (input.series[item]?.values ?? []).map { "\(item.rawValue)\t\($0.year.year)\t\($0.number)\t\($0.source)" }
        }
        lines.append("cases\t\(input.yearlyCases.map(String.init) ?? "")\t\(input.exception?.id.text ?? "")")
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in lines.joined(separator: "\n").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}

extension LevelRecord {
    static let migrations = [
        Migration(
            "register/0005-level-records",
            """
            CREATE TABLE level_sight (
                id TEXT PRIMARY KEY,
                card TEXT NOT NULL REFERENCES card (id),
                day TEXT NOT NULL,
                document TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX level_sight_card ON level_sight (card, id)",
            """
            CREATE TABLE level_record (
                id TEXT PRIMARY KEY,
                card TEXT NOT NULL REFERENCES card (id),
                day TEXT NOT NULL,
                version \(.integer) NOT NULL,
                computed \(.integer) NOT NULL CHECK (computed BETWEEN 0 AND 5),
                level \(.integer) NOT NULL CHECK (level BETWEEN 0 AND 5),
                badges TEXT NOT NULL,
                missing TEXT NOT NULL,
                yearly_cases \(.integer),
                digest TEXT NOT NULL,
                exception_until TEXT
            ) \(.strict)
            """,
            "CREATE INDEX level_record_card ON level_record (card, id)",
            "CREATE INDEX voice_card ON voice (card, at)")
    ]

    func insert(in transaction: Transaction) throws {
        let marks = badges.map(\.rawValue).sorted().joined(separator: " ")
        try transaction.run(
            """
            INSERT INTO level_record (id, card, day, version, computed, level, badges, missing, yearly_cases, digest,
                exception_until)
            VALUES (\(ID<LevelRecord>()), \(card), \(day), \(version), \(computed.rawValue), \(level.rawValue), \(marks),
                \(missing.joined(separator: "\n")), \(yearlyCases), \(digest), \(exceptionUntil))
            """)
    }

    /// A card's records, the oldest first, each with its id.
    static func list(of card: Card.ID, in transaction: Transaction) throws -> [(id: String, record: LevelRecord)] {
        try transaction.rows("SELECT * FROM level_record WHERE card = \(card) ORDER BY id").map {
            (try $0["id"], try LevelRecord($0))
        }
    }

    /// A card's newest record, or nil.
    static func newest(of card: Card.ID, in transaction: Transaction) throws -> LevelRecord? {
        try transaction.row("SELECT * FROM level_record WHERE card = \(card) ORDER BY id DESC LIMIT 1")
            .map(LevelRecord.init)
    }

    private init(_ row: Row) throws {
        let (marks, missing): (String, String) = try (row["badges"], row["missing"])
        guard let computed = Level(rawValue: try row["computed"]), let level = Level(rawValue: try row["level"]) else {
            throw DatabaseError(.corrupted, "a record of no known level")
        }
        (self.computed, self.level) = (computed, level)
        (card, day, version) = try (row["card"], row["day"], row["version"])
        badges = Set(marks.split(separator: " ").compactMap { Judgement.Badge(rawValue: String($0)) })
        self.missing = missing.split(separator: "\n").map(String.init)
        (yearlyCases, digest, exceptionUntil) = try (row["yearly_cases"], row["digest"], row["exception_until"])
    }
}
