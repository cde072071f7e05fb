package import Core
package import Database
package import Japanese

/// 事実. What is known of a card in one matter: what, from where, as of when, and who wrote it down. Facts are added, never
/// changed: the newest of an item counts, the others are its history.
package struct CardFact: Sendable, Identifiable {
    package typealias ID = Core.ID<CardFact>

    package let id: ID
    package let card: Card.ID
    package let item: Item
    package let finding: Finding
    /// The fiscal year it is about, for measures.
    package let fiscalYear: FiscalYear?
    /// 出典.
    package let source: String
    /// The day it was so.
    package let asOf: Day
    /// 適用除外: the clause and the reason; nil otherwise.
    package let exemption: Exemption?
    /// Who wrote it down, as ``Actor/text``.
    package let recorder: String
    package let recordedAt: Moment

    /// What was found.
    package enum Finding: Sendable, Hashable {
        case yes, no
        /// 不明: somebody looked and could not tell. Neither yes nor no.
        case unknown
        /// 適用除外.
        case notApplicable
        /// A number, in the unit of the item.
        case number(Double)
    }

    /// Why an item does not apply.
    package struct Exemption: Sendable, Hashable {
        package let clause: String
        package let reason: String

        package init(clause: String, reason: String) { (self.clause, self.reason) = (clause, reason) }
    }

    package init(
        card: Card.ID, item: Item, finding: Finding, fiscalYear: FiscalYear?, source: String, asOf: Day,
        exemption: Exemption?, by actor: Actor, at moment: Moment
    ) {
        id = ID()
        (self.card, self.item, self.finding, self.fiscalYear) = (card, item, finding, fiscalYear)
        (self.source, self.asOf, self.exemption) = (source, asOf, exemption)
        (recorder, recordedAt) = (actor.text, moment)
    }

    /// What a fact can be about.
    package enum Item: String, Sendable, CaseIterable, Codable {
        /// Evidence of the rubric: yes, no, unknown or not applicable.
        case e1 = "E1", e2 = "E2", e3 = "E3", e4 = "E4", e5 = "E5", e6 = "E6"
        case e7 = "E7", e8 = "E8", e9 = "E9", e10 = "E10", e11 = "E11", e12 = "E12"
        /// Measures of a fiscal year: M1 オンライン率 %, M2 完了率 %, M3 days, M4 minutes, M5 of 5, M6 %.
        case m1 = "M1", m2 = "M2", m3 = "M3", m4 = "M4", m5 = "M5", m6 = "M6"
        /// 来庁の回数, a number.
        case visits
        /// 押印の要否.
        case stamp
        /// 本人確認の要否.
        case identity
        /// 24時間受付の可否.
        case anytime
        /// 先回りの通知があるか、申請が要らない.
        case proactive
        /// 複数の手続が一度で済む.
        case bundled
        /// これまでなかったサービス.
        case novel = "new-service"
        /// 住民による確かめ: a test with residents.
        case residents

        /// True where the finding is a number.
        package var isNumber: Bool {
            switch self {
            case .m1, .m2, .m3, .m4, .m5, .m6, .visits: true
            default: false
            }
        }
    }
}

extension CardFact {
    static let migrations = [
        Migration(
            "register/0003-facts",
            """
            CREATE TABLE card_fact (
                id TEXT PRIMARY KEY,
                card TEXT NOT NULL REFERENCES card (id),
                item TEXT NOT NULL,
                finding TEXT NOT NULL CHECK (finding IN ('yes', 'no', 'unknown', 'not-applicable', 'number')),
                number \(.real),
                fiscal_year \(.integer),
                source TEXT NOT NULL,
                as_of TEXT NOT NULL,
                clause TEXT,
                reason TEXT,
                recorder TEXT NOT NULL,
                at TEXT NOT NULL,
                CHECK ((finding = 'number') = (number IS NOT NULL)),
                CHECK (finding <> 'not-applicable' OR (clause IS NOT NULL AND reason IS NOT NULL))
            ) \(.strict)
            """,
            "CREATE INDEX card_fact_card ON card_fact (card, id)")
    ]

    /// Adds it to what is known. One that says what the newest of its item says already, from the same source and day, is
    /// left out.
    package func save(by actor: Actor, in transaction: Transaction) throws {
        let newest = try CardFact.list(of: card, in: transaction).last {
            $0.item == item && $0.fiscalYear == fiscalYear
        }
        if newest?.says(as: self) == true { return }
        try transaction.run(
            """
            INSERT INTO card_fact (id, card, item, finding, number, fiscal_year, source, as_of, clause, reason, recorder, at)
            VALUES (\(id), \(card), \(item.rawValue), \(finding.name), \(finding.number), \(fiscalYear?.year), \(source),
                \(asOf.iso), \(exemption?.clause), \(exemption?.reason), \(recorder), \(recordedAt))
            """)
        try transaction.record(
            Event("fact.recorded", subject: card, detail: ["item": item.rawValue, "finding": finding.name]), by: actor,
            at: recordedAt)
    }

    /// What was written down last in one matter, or nil.
    static func newest(_ item: Item, of card: Card.ID, in transaction: Transaction) throws -> CardFact? {
        try transaction.row(
            "SELECT * FROM card_fact WHERE card = \(card) AND item = \(item.rawValue) ORDER BY id DESC LIMIT 1"
        ).map(CardFact.init)
    }

    /// Everything that was ever written down of a card, the oldest first.
    package static func list(of card: Card.ID, in transaction: Transaction) throws -> [CardFact] {
        try transaction.rows("SELECT * FROM card_fact WHERE card = \(card) ORDER BY id").map(CardFact.init)
    }

    /// Everything that was ever written down, the oldest first.
    static func everything(in transaction: Transaction) throws -> [CardFact] {
        try transaction.rows("SELECT * FROM card_fact ORDER BY id").map(CardFact.init)
    }

    private init(_ row: Row) throws {
        (id, card, source) = try (row["id"], row["card"], row["source"])
        (recorder, recordedAt) = try (row["recorder"], row["at"])
        let (item, finding, day): (String, String, String) = try (row["item"], row["finding"], row["as_of"])
        let (number, year): (Double?, Int?) = try (row["number"], row["fiscal_year"])
        guard let item = Item(rawValue: item), let finding = Finding(finding, number), let day = Day(iso: day) else {
            throw DatabaseError(.corrupted, "a fact of no known item or finding")
        }
        (self.item, self.finding, asOf) = (item, finding, day)
        fiscalYear = year.map { FiscalYear($0) }
        let (clause, reason): (String?, String?) = try (row["clause"], row["reason"])
        exemption = clause.flatMap { clause in reason.map { Exemption(clause: clause, reason: $0) } }
    }
}

extension CardFact.Finding {
    /// As it is kept and written: `yes`, `no`, `unknown`, `not-applicable` or `number`.
    package var name: String {
        switch self {
        case .yes: "yes"
        case .no: "no"
        case .unknown: "unknown"
        case .notApplicable: "not-applicable"
        case .number: "number"
        }
    }

    package var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// Reads ``name`` and ``number``. Nil for anything else.
    package init?(_ name: String, _ number: Double?) {
        switch (name, number) {
        case ("yes", nil): self = .yes
        case ("no", nil): self = .no
        case ("unknown", nil): self = .unknown
        case ("not-applicable", nil): self = .notApplicable
        case ("number", let number?): self = .number(number)
        default: return nil
        }
    }
}
