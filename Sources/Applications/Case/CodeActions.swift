import Core
import Database
import Japanese

extension Applications {
    /// Why an application gets another 確認コード.
    enum Recoding: Sendable, Equatable {
        /// 再発行. The old one was lost, or somebody saw it.
        case lost
        /// 委任の取消し. The person it was for takes it over from the agent.
        case mandateRevoked

        var event: String {
            switch self {
            case .lost: "case.recoded"
            case .mandateRevoked: "mandate.revoked"
            }
        }
    }

    /// 確認コードの再発行・委任の取消し. From now on a new code opens the application, and no browser that held it does. Gives
    /// the code, to be handed to its applicant; pressed twice, it is the same.
    func recode(
        _ id: Case.ID, for recoding: Recoding, reason: String, once: String, by officer: Officer, at moment: Moment
    ) async throws -> String {
        let words = try Self.usable(reason, required: true)
        let key = try await deskKey(id, officer, .handleCases)
        var random = SystemRandomNumberGenerator()
        let code = Code.make(length: Self.codeLength, using: &random)
        let fingerprint = vault.fingerprint(of: code, for: "application code")
        return try await database.write { transaction in
            let (before, sealed) = try Case.require(id, in: transaction)
            let deed = "\(id) \(recoding.event)"
            if let done = try DeskDeed.find(once, in: transaction) {
                guard done == deed else { throw CaseRefusal.stale }
                transaction.keepHouse("the same press again")
                return try key.text(sealed.code, at: Case.Sealed.code.place(id))
            }
            var item = before
            if recoding == .mandateRevoked {
                guard item.channel == .proxy, item.mandateEndedAt == nil else { throw CaseRefusal.stale }
                item.endMandate(at: moment)
            }
            try item.replaceCode(
                key.seal(code, at: Case.Sealed.code.place(id)), fingerprint: fingerprint, in: transaction)
            try Message.add(.note, words, to: item, by: officer.id, once: once, key: key, at: moment, in: transaction)
            try DeskDeed.keep(once, deed, at: moment, in: transaction)
            try transaction.record(Event(recoding.event, subject: id.text), by: .officer(officer.id), at: moment)
            return code
        }
    }

    /// 窓口で開く. Lets an officer's counter session hold the application of a code; a draft goes on at the counter.
    func openAtCounter(_ found: Case, by who: Applicant, at moment: Moment) async throws {
        try await reopen(found.id, by: who, with: nil, at: moment)
        try await database.write { transaction in
            transaction.keepHouse("a draft goes on at the counter")
            try Case.bringToCounter(found.id, in: transaction)
        }
    }
}

extension Case {
    /// Another code opens it, and nobody holds it.
    fileprivate func replaceCode(_ code: [UInt8], fingerprint: [UInt8], in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE application SET code = \(code), code_fingerprint = \(fingerprint), mandate_ended_at = \(mandateEndedAt)
            WHERE id = \(id)
            """)
        try transaction.run("DELETE FROM application_access WHERE application = \(id)")
    }

    /// A draft that was begun online is finished at the counter.
    fileprivate static func bringToCounter(_ id: ID, in transaction: Transaction) throws {
        try transaction.run(
            "UPDATE application SET channel = 'counter' WHERE id = \(id) AND status = 'draft' AND channel = 'online'")
    }
}
