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
            let deed = "\(id) \(recoding.event) "
            if let done = try DeskDeed.find(once, in: transaction) {
                // The same press gives its own code again, never one that was made since.
                let now = try key.text(sealed.code, at: Case.Sealed.code.place(id))
                guard done == deed + mark(now) else { throw CaseRefusal.stale }
                transaction.keepHouse("the same press again")
                return now
            }
            var item = before
            if recoding == .mandateRevoked {
                let hasAgent = try openCase(item, sealed, key, in: transaction).mandate != nil
                guard hasAgent, item.mandateEndedAt == nil else { throw CaseRefusal.stale }
                item.endMandate(at: moment)
                try forgetAgentsWishes(of: id, key: key, by: officer, at: moment, in: transaction)
            }
            try item.replaceCode(
                key.seal(code, at: Case.Sealed.code.place(id)), fingerprint: fingerprint, in: transaction)
            try Message.add(.note, words, to: item, by: officer.id, once: once, key: key, at: moment, in: transaction)
            try DeskDeed.keep(once, deed + mark(code), at: moment, in: transaction)
            try transaction.record(Event(recoding.event, subject: id.text), by: .officer(officer.id), at: moment)
            return code
        }
    }

    /// What an agent wished besides is the person's own to decide now: where news goes, and what the answers are used for.
    private func forgetAgentsWishes(
        of id: Case.ID, key: SealingKey, by officer: Officer, at moment: Moment, in transaction: Transaction
    ) throws {
        try ReuseConsent.keep([], of: id, by: .officer(officer.id), at: moment, in: transaction)
        guard try Case.mail(of: id, key: key, in: transaction) != nil else { return }
        try Case.keep(mail: nil, of: id, key: key, in: transaction)
        try transaction.record(Event("mail.stopped", subject: id.text), by: .officer(officer.id), at: moment)
    }

    /// Tells one code from another without saying it.
    private func mark(_ code: String) -> String { vault.fingerprint(of: code, for: "application code").hexadecimal }
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
}
