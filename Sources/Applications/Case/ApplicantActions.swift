import Core
import Database
import Web

extension Applications {
    /// The application of somebody who may still act in it: an agent only while the mandate stands.
    func requireActing(
        _ id: Case.ID, by who: Applicant, key: SealingKey, at moment: Moment, in transaction: Transaction
    ) throws -> Case {
        let (item, sealed) = try Case.require(id, session: who.session, in: transaction)
        guard try openCase(item, sealed, key, in: transaction).mandateStands(for: .correct, on: moment.day) else {
            throw CaseRefusal.mandateOver
        }
        return item
    }

    /// 申請者からの連絡. Kept once, however often it is sent.
    func reply(
        _ words: String, to id: Case.ID, once: String, by who: Applicant, at moment: Moment
    ) async throws {
        let words = try Self.usable(words, required: true)
        let key = try await requireKey(id)
        try await database.write(.holding) { transaction in
            let item = try requireActing(id, by: who, key: key, at: moment, in: transaction)
            guard item.number != nil else { throw CaseRefusal.notFound }
            let isNew = try Message.add(
                .reply, words, to: item, by: nil, once: once, key: key, at: moment, in: transaction)
            guard isNew else { return transaction.keepHouse("the same press again") }
            try Case.note(reply: moment, to: id, in: transaction)
            try transaction.record(Event("case.replied", subject: id.text), by: who.actor, at: moment)
        }
    }

    /// 取下げ. By its applicant, until it is decided; done once, however often it is asked for.
    func withdraw(_ id: Case.ID, reason: String, by who: Applicant, at moment: Moment) async throws {
        let words = try Self.usable(reason, required: false)
        let key = try await requireKey(id)
        try await database.write(.holding) { transaction in
            var item = try requireActing(id, by: who, key: key, at: moment, in: transaction)
            if item.status == .withdrawn { return transaction.keepHouse("the same press again") }
            try item.move(to: .withdrawn)
            item.savedAt = moment
            try item.save(draft: nil, in: transaction)
            if !words.isEmpty {
                try Message.add(
                    .withdrawal, words, to: item, by: nil, once: ID<Message>().text, key: key, at: moment,
                    in: transaction)
            }
            try Proposal.end(of: id, in: transaction)
            try Consultation.endAll(of: id, by: who.actor, at: moment, in: transaction)
            try transaction.record(Event("case.withdrawn", subject: id.text), by: who.actor, at: moment)
        }
    }
}
