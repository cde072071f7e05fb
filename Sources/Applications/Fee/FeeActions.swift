package import Core
import Database

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
