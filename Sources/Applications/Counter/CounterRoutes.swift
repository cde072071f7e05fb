import Core
import Database
import HTML
import Japanese
import Register
import Web

extension Applications {
    /// 窓口・紙. Officers type for those who come to the counter or send a paper, into the same form.
    func addCounterRoutes(to site: inout Site) {
        let surroundings = site.surroundings
        site.add(MenuItem("窓口", "/desk/counter", needs: .handleCases, isDaily: true))
        addResumingRoutes(to: &site)
        addClosingRoutes(to: &site)

        site.officer(.get, "/desk/counter", needs: .handleCases) { visit in
            .page(try await counterPage(visit, surroundings, nil))
        }

        site.officer(.post, "/desk/counter/begin", needs: .handleCases) { visit in
            let typed = String((visit.posted["arrived"] ?? "").prefix(20))
            let arrived: Moment?
            do {
                arrived = try Self.arrival(typed, at: visit.moment)
            } catch CounterRefusal.arrival {
                return .page(try await counterPage(visit, surroundings, .init(problem: .arrival, typed: typed)))
            }
            let sections = visit.who.sections(for: .handleCases) ?? town.sections.map(\.id)
            guard let section = sections.first(where: { $0 == visit.posted["section"] }) ?? sections.first else {
                throw Refused.notYours
            }
            let desk = try await surroundings.session("officer", of: visit.request)
            let id = visit.posted["talk"].flatMap(Conversation.ID.init) ?? Conversation.ID()
            try await closeCounter(of: visit.request, surroundings, except: id)
            let (_, cookie) = try await beginConversation(
                id, in: section,
                arrivedAt: arrived, by: visit.who.id, desk: desk?.id, at: visit.moment)
            return Answer.redirect(.talkChoice).setting(cookie)
        }

        site.officer(.post, "/desk/counter/paper", needs: .handleCases) { visit in
            try await closeCounter(of: visit.request, surroundings)
            if let card = visit.posted["card"] { return try await beginPaper(visit, card: card, version: nil) }
            let typed = String((visit.posted["form"] ?? "").prefix(100))
            let card = try await database.read { transaction in
                try PaperForm.read(typed).flatMap { try Form.card(of: $0.form, version: $0.version, in: transaction) }
            }
            guard let card, let version = PaperForm.read(typed)?.version else {
                return .page(try await counterPage(visit, surroundings, .init(problem: .form, typed: typed)))
            }
            return try await beginPaper(visit, card: card, version: version)
        }

        site.officer(.post, "/desk/counter/code", needs: .handleCases) { visit in
            try limits.codes.take(visit.client, at: visit.moment)
            let typed = String((visit.posted["code"] ?? "").prefix(100))
            guard let found = try await find(code: typed) else {
                return .page(try await counterPage(visit, surroundings, .init(problem: .code, typed: typed)))
            }
            limits.codes.giveBack(visit.client)
            try await closeCounter(of: visit.request, surroundings)
            return try await open(found, visit, desk: surroundings.session("officer", of: visit.request)?.id)
        }
    }

    /// An application that a code opened at the counter: in the conversation that it was interrupted in, or one of its own.
    private func open(_ found: Case, _ visit: Visit<Officer>, desk: String?) async throws -> Answer {
        try await settleConversations(at: visit.moment)
        let before = try await database.read { try Conversation.find(filling: found.id, in: $0) }
        if let before, found.status == .draft, before.interruptedAt != nil {
            // The code is the person's own word: whichever counter they come to goes on with it.
            let (_, cookie) = try await resume(
                before.id, recognised: .code, by: visit.who, desk: desk, at: visit.moment)
            return Answer.redirect(.talk).setting(cookie)
        }
        guard found.status == .draft, found.channel != .paper, found.channel != .proxy, before == nil else {
            let (session, cookie) = try await newSession(.counter(visit.who.id), at: visit.moment)
            try await reopen(
                found.id, by: Applicant(session: session, officer: visit.who.id), with: nil, at: visit.moment)
            return .redirect(try await place(of: found.id, session: session)).setting(cookie)
        }
        let section = visit.who.sections(for: .handleCases)?.first ?? found.section
        let (session, cookie) = try await beginConversation(
            Conversation.ID(), in: section, arrivedAt: nil, by: visit.who.id, desk: desk, at: visit.moment)
        let who = Applicant(session: session, officer: visit.who.id)
        try await reopen(found.id, by: who, with: nil, at: visit.moment)
        try await add(
            .init(card: found.card, section: found.section, application: found.id), by: who, at: visit.moment)
        let talk = try await conversation(heldBy: who)
        return .redirect(try await way(of: talk, by: who).resume ?? .talkCheck).setting(cookie)
    }

    private func beginPaper(_ visit: Visit<Officer>, card: String, version: Int?) async throws -> Answer {
        // Always a session that holds nothing: the next person's page is empty of the one before.
        let (session, cookie) = try await newSession(.counter(visit.who.id), at: visit.moment)
        let who = Applicant(session: session, officer: visit.who.id)
        let item = try await begin(
            card: card, version: version, through: .paper, by: who, language: .ja, at: visit.moment)
        return .redirect(try await place(of: item.id, session: session)).setting(cookie)
    }

    /// 来庁した時刻: a time of today; nil for nothing. Throws ``CounterRefusal/arrival`` for what cannot be read, or lies ahead.
    static func arrival(_ typed: String, at moment: Moment) throws -> Moment? {
        let text = Width.narrow(Spaces.trim(typed)).replacing("時", with: ":").replacing("分", with: "")
        if text.isEmpty { return nil }
        guard let match = text.wholeMatch(of: /([0-9]{1,2}):?([0-9]{2})/), let hour = Int(match.1), hour < 24,
            let minute = Int(match.2), minute < 60
        else { throw CounterRefusal.arrival }
        let at = Moment(startOf: moment.day).adding(seconds: hour * 3600 + minute * 60)
        guard at <= moment else { throw CounterRefusal.arrival }
        return at
    }

    private func counterPage(
        _ visit: Visit<Officer>, _ surroundings: Site.Surroundings, _ attempt: CounterPages.Attempt?
    ) async throws -> Page {
        try await settleConversations(at: visit.moment)
        let session = try await surroundings.session("applicant", of: visit.request)
        let sections = visit.who.sections(for: .handleCases) ?? town.sections.map(\.id)
        let state = try await database.read { transaction in
            let online = try FormShelf.minutes(in: transaction)
            return CounterPages.State(
                cards: try Card.list(in: transaction).filter { online[$0.id] != nil },
                isTalking: try session.map { try Conversation.find(heldBy: $0.id, in: transaction) } ?? nil != nil,
                interrupted: try Conversation.interrupted(of: sections, in: transaction).map {
                    ($0, try Self.procedures(of: $0, in: transaction))
                },
                talk: Conversation.ID(), sections: sections)
        }
        return CounterPages(officer: visit.who, town: town).page(state, attempt)
    }

    /// The names of a conversation's procedures.
    static func procedures(of talk: Conversation, in transaction: Transaction) throws -> [String] {
        try talk.parts.map { try Card.find($0.card, in: transaction)?.name[.ja] ?? $0.card }
    }
}

extension Form {
    /// The card that a version of a form is for, or nil if there is none like it.
    fileprivate static func card(of form: String, version: Int, in transaction: Transaction) throws -> String? {
        try transaction.row("SELECT card FROM form_version WHERE lower(form) = \(form) AND version = \(version)")?[
            "card"]
    }
}
