import Core
import Database
import Register
import Web

extension Applications {
    /// 会話を始める. A session of the counter that holds nothing of anybody, and the conversation it holds. Pressed twice, it
    /// is the same one.
    ///
    /// - Parameters:
    ///   - id: the name that the page gave it.
    ///   - desk: the officer's own session, whose second screens show it.
    func beginConversation(
        _ id: Conversation.ID, in section: String, arrivedAt: Moment?, by officer: Core.ID<Officer>, desk: String?,
        at moment: Moment
    ) async throws -> (session: String, cookie: Cookie) {
        try await database.write { transaction in
            let (session, cookie) = try Session.start(.counter(officer), at: moment, in: transaction)
            if var before = try Conversation.find(id, in: transaction) {
                guard before.officer == officer, before.endedAt == nil, before.interruptedAt == nil else {
                    throw CounterRefusal.over
                }
                transaction.keepHouse("the same press again")
                if let old = before.session { try Session.end(old, in: transaction) }
                before.hold(in: session.id, desk: desk)
                try before.save(in: transaction)
                return (session.id, cookie)
            }
            let talk = Conversation(
                id: id, section: section, arrivedAt: arrivedAt, by: officer, session: session.id, desk: desk, at: moment
            )
            try talk.insert(in: transaction)
            try transaction.record(
                Event("conversation.begun", subject: id.text, detail: ["section": section]), by: .officer(officer),
                at: moment)
            return (session.id, cookie)
        }
    }

    /// 手続きを選ぶ. Begins a draft for each that can be applied for, with what was said already, and notes those that are
    /// only explained. One that is there already stays as it is.
    func choose(
        _ cards: [Card.ID], explaining guided: [Card.ID], for event: LifeEvent?, by who: Applicant, at moment: Moment
    ) async throws {
        let talk = try await conversation(heldBy: who)
        for card in cards where !talk.parts.contains(where: { $0.card == card && $0.application != nil }) {
            let draft = try await begin(card: card, through: .counter, by: who, language: talk.language, at: moment)
            try await add(.init(card: card, section: draft.section, application: draft.id), by: who, at: moment)
            try await hear(in: draft.id, by: who, at: moment)
        }
        for card in guided where !talk.parts.contains(where: { $0.card == card }) {
            let section = try await database.read { try Card.find(card, in: $0)?.section }
            guard let section else { throw CaseRefusal.notFound }
            try await add(.init(card: card, section: section), by: who, at: moment)
        }
        guard let event, talk.event == nil else { return }
        try await database.write { transaction in
            transaction.keepHouse("what a conversation is about")
            var talk = try Self.conversation(heldBy: who, in: transaction)
            talk.event = event
            try talk.save(in: transaction)
        }
    }

    /// Puts a procedure into the conversation.
    func add(_ part: Conversation.Part, by who: Applicant, at moment: Moment) async throws {
        try await database.write { transaction in
            var talk = try Self.conversation(heldBy: who, in: transaction)
            if let index = talk.parts.firstIndex(where: { $0.card == part.card }) {
                guard talk.parts[index].application == nil else { return transaction.keepHouse("it is there already") }
                talk.parts[index] = part
            } else {
                talk.parts.append(part)
            }
            try talk.save(in: transaction)
            try transaction.record(
                Event(
                    "conversation.chosen", subject: talk.id.text,
                    detail: ["card": part.card, "as": part.application == nil ? "guidance" : "application"]),
                by: who.actor, at: moment)
        }
    }

    /// 会話から外す. A procedure that the person does not want, or that is not for them, is only explained; what was typed for
    /// it alone is left to expire.
    func drop(_ card: Card.ID, by who: Applicant, at moment: Moment) async throws {
        try await database.write { transaction in
            var talk = try Self.conversation(heldBy: who, in: transaction)
            guard let index = talk.parts.firstIndex(where: { $0.card == card && $0.sentAt == nil }) else {
                return transaction.keepHouse("it is not there any more")
            }
            if let application = talk.parts[index].application {
                talk.parts[index].application = nil
                try transaction.run(
                    """
                    DELETE FROM application_access WHERE session = \(who.session) AND application = \(application)
                    """)
            } else {
                talk.parts.remove(at: index)
            }
            talk.shown = .nothing
            try talk.save(in: transaction)
            try transaction.record(
                Event("conversation.dropped", subject: talk.id.text, detail: ["card": card]), by: who.actor, at: moment)
        }
    }

    /// 話す言葉. The language of what the person is shown from now on.
    func speak(_ language: Language, by who: Applicant) async throws {
        try await database.write { transaction in
            transaction.keepHouse("the language of the screen beside")
            var talk = try Self.conversation(heldBy: who, in: transaction)
            talk.language = language
            try talk.save(in: transaction)
        }
    }

    /// What the second screen shows from now on; notes that the conversation goes on.
    func show(_ shown: Conversation.Shown, of talk: Conversation, at moment: Moment) async throws {
        guard talk.shown != shown || talk.usedAt.adding(seconds: 30) < moment else { return }
        try await database.write { transaction in
            transaction.keepHouse("the screen beside follows")
            try transaction.run(
                """
                UPDATE conversation SET shown = \(shown.text), used_at = \(moment)
                WHERE id = \(talk.id) AND session = \(talk.session)
                """)
        }
    }

    /// The conversation that a session of the counter holds, or nil for somebody who holds none.
    func conversation(of who: Applicant) async throws -> Conversation? {
        guard who.officer != nil else { return nil }
        let talk = try await database.read { try Conversation.find(heldBy: who.session, in: $0) }
        return talk.map(speaking)
    }

    /// The conversation that a session of the counter holds. Throws ``CounterRefusal/notFound`` if it holds none.
    func conversation(heldBy who: Applicant) async throws -> Conversation {
        guard let talk = try await conversation(of: who) else { throw CounterRefusal.notFound }
        return talk
    }

    static func conversation(heldBy who: Applicant, in transaction: Transaction) throws -> Conversation {
        guard let talk = try Conversation.find(heldBy: who.session, in: transaction) else {
            throw CounterRefusal.notFound
        }
        return talk
    }

    /// The same with a language that knows the town's words.
    func speaking(_ talk: Conversation) -> Conversation {
        var talk = talk
        talk.language = town.language(kept: talk.language)
        return talk
    }
}
