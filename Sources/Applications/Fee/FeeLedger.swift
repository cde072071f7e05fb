package import Core
import Database

/// 手数料の台帳. What was charged and what became of it: entries are added, never changed; each kind at most once for an
/// application, so that nobody pays twice.
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

    package var state: State {
        if entry(.refunded) != nil { return .refunded }
        if entry(.paid) != nil { return .paid }
        if entry(.waived) != nil { return .waived }
        return entry(.charged) == nil ? .none : .due
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
            ON CONFLICT (application, kind) DO NOTHING
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

    /// 納付・免除・返金. What an officer notes. Done once, however often the button is pressed.
    package func note(
        _ kind: FeeLedger.Kind, words: String, on id: Case.ID, by officer: Officer, at moment: Moment
    ) async throws {
        let words = try Self.usable(words, required: kind == .waived || kind == .refunded)
        let key = try await deskKey(id, officer, kind == .paid ? .handleCases : .decideCases)
        try await database.write { transaction in
            let (item, _) = try Case.require(id, in: transaction)
            let ledger = try FeeLedger.read(of: item, key: key, in: transaction)
            if ledger.entry(kind) != nil { return transaction.keepHouse("the same press again") }
            guard ledger.next.contains(kind), let charged = ledger.entry(.charged) else { throw CaseRefusal.stale }
            _ = try FeeLedger.add(
                kind, yen: charged.yen, way: kind == .paid ? "counter" : nil, words: words.isEmpty ? nil : words,
                to: item,
                by: officer.id, key: key, at: moment, in: transaction)
            try transaction.record(
                Event("fee.\(kind.rawValue)", subject: id.text, detail: ["yen": String(charged.yen)]),
                by: .officer(officer.id), at: moment)
        }
    }
}
