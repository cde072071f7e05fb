package import Core
import Database

/// 手数料の台帳. What was charged and what became of it: entries are added, never changed; each kind at most once for an
/// application, so that nobody pays twice. What is charged may be adjusted until it is paid.
package struct FeeLedger: Sendable {
    package let entries: [Entry]

    package struct Entry: Sendable {
        package let kind: Kind
        package let yen: Int
        /// How it was paid: 窓口 or the address of a payment page.
        package let way: String?
        /// Why it was waived or refunded.
        package let words: String?
        package let officer: ID<Officer>?
        package let at: Moment
    }

    package enum Kind: String, Sendable {
        /// 請求.
        case charged
        /// 請求額の変更: a correction changed what it comes to.
        case adjusted
        /// 納付.
        case paid
        /// 免除.
        case waived
        /// 返金.
        case refunded
    }

    /// 納付の状態.
    package enum State: Sendable {
        case none, due, paid, waived, refunded
    }

    package func entry(_ kind: Kind) -> Entry? { entries.first { $0.kind == kind } }

    /// 請求額: what is charged now; nil where nothing is.
    package var charged: Int? { entries.last { $0.kind == .charged || $0.kind == .adjusted }?.yen }

    package var state: State {
        if entry(.refunded) != nil { return .refunded }
        if entry(.paid) != nil { return .paid }
        if entry(.waived) != nil { return .waived }
        return (charged ?? 0) == 0 ? .none : .due
    }

    /// What may be done next.
    package var next: [Kind] {
        switch state {
        case .due: [.paid, .waived]
        case .paid: [.refunded]
        case .none, .waived, .refunded: []
        }
    }

    static func read(of item: Case, key: SealingKey, in transaction: Transaction) throws -> FeeLedger {
        let rows = try transaction.rows("SELECT * FROM fee_entry WHERE application = \(item.id) ORDER BY id")
        return FeeLedger(
            entries: try rows.map { row in
                let (id, kind): (String, String) = (try row["id"], try row["kind"])
                guard let kind = Kind(rawValue: kind) else { throw DatabaseError(.corrupted, "a fee of no known kind") }
                let words: [UInt8]? = try row["words"]
                return Entry(
                    kind: kind, yen: try row["yen"], way: try row["way"],
                    words: try words.map { try key.text($0, at: place(id)) }, officer: try row["officer"],
                    at: try row["at"])
            })
    }

    static let migrations = [
        Migration(
            "applications/0013-fee-adjustments",
            """
            CREATE TABLE fee_entry_now (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                kind TEXT NOT NULL CHECK (kind IN ('charged', 'adjusted', 'paid', 'waived', 'refunded')),
                yen \(.integer) NOT NULL CHECK (yen >= 0),
                way TEXT,
                words \(.blob),
                officer TEXT,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "INSERT INTO fee_entry_now SELECT id, application, kind, yen, way, words, officer, at FROM fee_entry",
            "DROP TABLE fee_entry", "ALTER TABLE fee_entry_now RENAME TO fee_entry",
            "CREATE UNIQUE INDEX fee_entry_once ON fee_entry (application, kind) WHERE kind <> 'adjusted'",
            "CREATE INDEX fee_entry_application ON fee_entry (application, id)")
    ]

    /// Adds an entry. False if one of its kind is there already.
    static func add(
        _ kind: Kind, yen: Int, way: String?, words: String?, to item: Case, by officer: ID<Officer>?, key: SealingKey,
        at moment: Moment, in transaction: Transaction
    ) throws -> Bool {
        let id = ID<FeeLedger>().text
        let sealed = try words.map { try key.seal($0, at: place(id)) }
        return try transaction.run(
            """
            INSERT INTO fee_entry (id, application, kind, yen, way, words, officer, at)
            VALUES (\(id), \(item.id), \(kind.rawValue), \(yen), \(way), \(sealed), \(officer), \(moment))
            ON CONFLICT (application, kind) WHERE kind <> 'adjusted' DO NOTHING
            """) == 1
    }

    private static func place(_ id: String) -> SealingKey.Place { .init("fee_entry", id, "words") }
}

extension Applications {
    /// 請求. What the answers come to, once it is due; nothing where it is nothing.
    func charge(
        _ item: Case, by journey: Journey, due: Fee.Due, key: SealingKey, at moment: Moment, in transaction: Transaction
    ) throws {
        guard journey.form.fee?.due == due, let total = journey.fee?.total, total > 0 else { return }
        let isNew = try FeeLedger.add(
            .charged, yen: total, way: nil, words: nil, to: item, by: nil, key: key, at: moment, in: transaction)
        guard isNew else { return }
        try transaction.record(
            Event("fee.charged", subject: item.id.text, detail: ["yen": String(total)]), by: .system, at: moment)
    }

    /// 請求額の変更. After a correction: while the fee is due, what it comes to now; once it is paid, a note for the desk.
    func adjust(
        _ item: Case, by journey: Journey, key: SealingKey, at moment: Moment, in transaction: Transaction
    ) throws {
        let ledger = try FeeLedger.read(of: item, key: key, in: transaction)
        guard ledger.charged != nil || journey.form.fee?.due == .submission, let total = journey.fee?.total else {
            return
        }
        let before = ledger.charged ?? 0
        guard total != before else { return }
        switch ledger.state {
        case .due, .none:
            _ = try FeeLedger.add(
                ledger.charged == nil ? .charged : .adjusted, yen: total, way: nil, words: nil, to: item, by: nil,
                key: key, at: moment, in: transaction)
            try transaction.record(
                Event("fee.adjusted", subject: item.id.text, detail: ["yen": String(total)]), by: .system, at: moment)
        case .paid:
            let words = "補正により、手数料が \(Yen.text(before)) から \(Yen.text(total)) に変わりました。納付済みのため、差額の扱いを確かめてください。"
            try Message.add(
                .note, words, to: item, by: nil, once: "fee \(item.id) \(item.revision)", key: key, at: moment,
                in: transaction)
        case .waived, .refunded: break
        }
    }

    /// 納付・免除・返金. What an officer notes. Done once, however often the button is pressed.
    /// - Parameters:
    ///   - yen: the amount that the officer saw: another one by now is looked at again first.
    ///   - service: the payment service where it was paid; nil for the counter.
    package func note(
        _ kind: FeeLedger.Kind, yen seen: Int?, words: String, service: String?, on id: Case.ID, by officer: Officer,
        at moment: Moment
    ) async throws {
        let needsWords = kind == .waived || kind == .refunded || service != nil
        let words = try Self.usable(words, required: needsWords)
        let key = try await deskKey(id, officer, kind == .paid ? .handleCases : .decideCases)
        try await database.write { transaction in
            let (item, _) = try Case.require(id, in: transaction)
            let ledger = try FeeLedger.read(of: item, key: key, in: transaction)
            if ledger.entry(kind) != nil { return transaction.keepHouse("the same press again") }
            guard ledger.next.contains(kind), let yen = ledger.charged, yen == seen else {
                throw CaseRefusal.stale
            }
            _ = try FeeLedger.add(
                kind, yen: yen, way: kind == .paid ? service ?? "counter" : nil, words: words.isEmpty ? nil : words,
                to: item, by: officer.id, key: key, at: moment, in: transaction)
            try transaction.record(
                Event("fee.\(kind.rawValue)", subject: id.text, detail: ["yen": String(yen)]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 入金の確認. Records what a payment service says was paid; the same notice again changes nothing.
    package func confirm(_ notice: PaymentNotice, at moment: Moment) async throws -> PaymentOutcome {
        let found: Case.ID? = try await database.read { transaction in
            try transaction.row("SELECT id FROM application WHERE number = \(notice.number)")?["id"]
        }
        guard let id = found, let key = try await vault.key(for: id.text) else { return .noSuchNumber }
        return try await database.write { transaction in
            let (item, _) = try Case.require(id, in: transaction)
            let ledger = try FeeLedger.read(of: item, key: key, in: transaction)
            transaction.keepHouse("a notice that changes nothing")
            if let paid = ledger.entry(.paid) {
                if paid.words == notice.reference { return .known }
                let words =
                    "支払いサービスから、もう1件の入金（\(Yen.text(notice.yen))、照会番号 \(notice.reference)）の通知が届きました。二重の支払いでないか確かめてください。"
                try Message.add(
                    .note, words, to: item, by: nil, once: "paid twice \(id) \(notice.reference)", key: key, at: moment,
                    in: transaction)
                return .paidBefore
            }
            guard ledger.state == .due, let due = ledger.charged else { return .notDue }
            guard due == notice.yen else { return .otherAmount(due: due) }
            _ = try FeeLedger.add(
                .paid, yen: due, way: "link", words: notice.reference, to: item, by: nil, key: key, at: moment,
                in: transaction)
            try transaction.record(
                Event("fee.paid", subject: id.text, detail: ["yen": String(due)]), by: .system, at: moment)
            return .recorded
        }
    }
}
