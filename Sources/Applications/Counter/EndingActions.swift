import Core
import Database
import Japanese
import Web

extension Applications {
    /// How somebody was recognised who comes back to an interrupted conversation.
    enum Recognition: Equatable {
        /// 確認コード of one of its applications.
        case code
        /// 本人確認, by one of the ways of ``PrefaceTexts/identities``.
        case identity(String)

        var text: String {
            switch self {
            case .code: "code"
            case .identity(let way): way
            }
        }
    }

    /// 中断. Everything is kept, and nothing of it is on a screen any more: the session is over.
    func interrupt(by who: Applicant, at moment: Moment) async throws {
        try await database.write { transaction in
            var talk = try Self.conversation(heldBy: who, in: transaction)
            try interrupt(&talk, since: moment, by: who.actor, at: moment, in: transaction)
            try Session.end(who.session, in: transaction)
        }
    }

    /// 再開 by an officer, in a session of its own. The second who tries is told.
    func resume(
        _ id: Conversation.ID, recognised how: Recognition, by officer: Officer, desk: String?, at moment: Moment
    ) async throws -> (session: String, cookie: Cookie) {
        try await database.write { transaction in
            var talk = try Conversation.require(id, in: transaction)
            let (session, cookie) = try Session.start(.counter(officer.id), at: moment, in: transaction)
            try talk.resume(by: officer.id, session: session.id, desk: desk, at: moment)
            for application in talk.open {
                guard try transaction.exists("SELECT 1 FROM application WHERE id = \(application)") else { continue }
                var item = try Case.require(application, in: transaction).item
                // What went on elsewhere meanwhile comes back to the counter; what was sent is only looked at.
                let earlier = item.channel
                if item.bring(toCounter: true) {
                    try item.keepPlace(heldBy: session.id, from: earlier, at: moment, in: transaction)
                    try transaction.record(
                        Event("case.brought", subject: application.text, detail: ["channel": item.channel.rawValue]),
                        by: .officer(officer.id), at: moment)
                }
                if item.status == .draft { try Case.grant(application, to: session.id, in: transaction) }
            }
            try talk.save(in: transaction)
            try transaction.record(
                Event("conversation.resumed", subject: id.text, detail: ["recognised": how.text]),
                by: .officer(officer.id), at: moment)
            return (session.id, cookie)
        }
    }

    /// 終わる. What was sent, or only explained, is over; what was not sent yet is interrupted and can be gone on with.
    /// - Parameter session: of the counter; nothing happens for one that holds no conversation.
    func endOrInterrupt(
        _ session: String, by actor: Actor, at moment: Moment, in transaction: Transaction
    ) throws {
        guard var talk = try Conversation.find(heldBy: session, in: transaction) else { return }
        if talk.parts.isEmpty || talk.isDone {
            try end(&talk, as: talk.usual, by: actor, at: moment, in: transaction)
        } else {
            try interrupt(&talk, since: moment, by: actor, at: moment, in: transaction)
        }
    }

    /// 送らずに終わる. What was begun here and not sent is deleted, and its keys follow; what somebody had begun at home is
    /// theirs to go on with.
    func stop(by who: Applicant, at moment: Moment) async throws {
        try await database.write { transaction in
            var talk = try Self.conversation(heldBy: who, in: transaction)
            for application in talk.open {
                let rows = try transaction.rows(
                    """
                    DELETE FROM application
                    WHERE id = \(application) AND status = 'draft' AND began_at >= \(talk.beganAt) RETURNING id
                    """)
                if rows.isEmpty { continue }
                try transaction.enqueue(Self.shred, ["application": application.text], at: moment)
                try transaction.record(Event("case.discarded", subject: application.text), by: who.actor, at: moment)
            }
            let wasSent = talk.parts.contains { $0.sentAt != nil }
            try end(&talk, as: wasSent ? .sent : .stopped, by: who.actor, at: moment, in: transaction)
            try Session.end(who.session, in: transaction)
        }
    }

    /// 置き去り and 期限. Conversations whose session is over are interrupted; those that were interrupted too long ago end, as
    /// drafts do.
    func settleConversations(at moment: Moment) async throws {
        let old = Moment(startOf: moment.day.adding(days: -Self.draftDays))
        let (left, expired) = try await database.read { transaction in
            (
                try Conversation.left(at: moment, in: transaction).map(\.id),
                try Conversation.interrupted(before: old, in: transaction).map(\.id)
            )
        }
        for id in left {
            try await database.write { transaction in
                var talk = try Conversation.require(id, in: transaction)
                guard talk.session != nil, try !talk.isHeld(at: moment, in: transaction) else {
                    return transaction.keepHouse("it went on meanwhile")
                }
                if talk.parts.isEmpty || talk.isDone {
                    try end(&talk, as: talk.usual, by: .system, at: talk.usedAt, in: transaction)
                } else {
                    try interrupt(&talk, since: talk.usedAt, by: .system, at: moment, in: transaction)
                }
            }
        }
        for id in expired {
            try await database.write { transaction in
                var talk = try Conversation.require(id, in: transaction)
                guard talk.interruptedAt != nil else { return transaction.keepHouse("it went on meanwhile") }
                try end(&talk, as: .expired, by: .system, at: moment, in: transaction)
            }
        }
    }

    private func interrupt(
        _ talk: inout Conversation, since: Moment, by actor: Actor, at moment: Moment, in transaction: Transaction
    ) throws {
        try talk.interrupt(at: since)
        try talk.save(in: transaction)
        // Whoever interrupts means to come back: what has no answer yet is not swept tomorrow.
        try transaction.run(
            """
            UPDATE application SET revision = 1, saved_at = \(moment)
            WHERE id IN (\(anyOf: talk.open)) AND status = 'draft' AND revision = 0
            """)
        try transaction.record(Event("conversation.interrupted", subject: talk.id.text), by: actor, at: moment)
    }

    private func end(
        _ talk: inout Conversation, as outcome: Conversation.Outcome, by actor: Actor, at moment: Moment,
        in transaction: Transaction
    ) throws {
        try talk.end(outcome, at: moment)
        try talk.save(in: transaction)
        try transaction.record(
            Event("conversation.ended", subject: talk.id.text, detail: ["outcome": outcome.rawValue]), by: actor,
            at: moment)
    }
}

extension Conversation {
    /// How one ends of which nothing is left to do.
    fileprivate var usual: Outcome {
        parts.isEmpty ? .stopped : parts.contains { $0.application != nil } ? .sent : .guided
    }
}
