import Core
import Database
import HTML
import Japanese
import Register
import Web

extension Applications {
    /// 窓口の会話: what the officer does with it besides asking. It is the one that this browser holds.
    func addTalkRoutes(to site: inout Site) {
        addTalkCheckRoutes(to: &site)

        site.applicant(.get, "/counter/talk") { visit in
            guard visit.who.officer != nil else { throw CounterRefusal.notFound }
            guard let talk = try await conversation(of: visit.who) else { return .redirect(.counter) }
            if talk.parts.isEmpty { return .redirect(.talkChoice) }
            return .redirect(try await way(of: talk, by: visit.who).resume ?? .talkCheck)
        }

        site.applicant(.get, "/counter/talk/choose") { visit in
            let talk = try await conversation(heldBy: visit.who)
            try await show(.nothing, of: talk, at: visit.moment)
            return .page(try await choicePage(talk, visit, problem: nil))
        }

        site.applicant(.post, "/counter/talk/choose") { visit in
            let talk = try await conversation(heldBy: visit.who)
            let (cards, guided) = (visit.posted.all("card"), visit.posted.all("guide"))
            let event = visit.posted["event"].flatMap(LifeEvent.init(rawValue:))
            if cards.isEmpty, guided.isEmpty, visit.posted["then"] == "more" || talk.parts.isEmpty {
                return .page(try await choicePage(talk, visit, problem: .nothingChosen))
            }
            try await choose(
                Array(cards.prefix(20)), explaining: Array(guided.prefix(50)), for: event, by: visit.who,
                at: visit.moment)
            return .redirect(visit.posted["then"] == "more" ? .talkChoice : .talk)
        }

        site.applicant(.post, "/counter/talk/drop") { visit in
            try await drop(visit.posted["card"] ?? "", by: visit.who, at: visit.moment)
            return .redirect(visit.posted["back"] == "choose" ? .talkChoice : .talk)
        }

        site.applicant(.post, "/counter/talk/language") { visit in
            guard let language = visit.posted["language"].flatMap(town.language) else { throw Refused.notHere }
            try await speak(language, by: visit.who)
            return .redirect(.talkCheck)
        }

        site.applicant(.get, "/counter/talk/interrupt") { visit in
            let talk = try await conversation(heldBy: visit.who)
            try await show(.nothing, of: talk, at: visit.moment)
            let drafts = try await held(talk, by: visit.who).map { ($0.form.title, try $0.code) }
            return .page(TalkPages(talk: talk).interrupt(drafts))
        }

        site.applicant(.post, "/counter/talk/interrupt") { visit in
            let who = visit.who
            let talk = try await conversation(heldBy: who)
            if talk.parts.isEmpty {
                try await stop(by: who, at: visit.moment)
            } else {
                try await interrupt(by: who, at: visit.moment)
            }
            return Answer.redirect(.counter).wiped()
        }

        site.applicant(.post, "/counter/talk/stop") { visit in
            try await stop(by: visit.who, at: visit.moment)
            return Answer.redirect(.counter).wiped()
        }
    }

    private func choicePage(
        _ talk: Conversation, _ visit: Visit<Applicant>, problem: CounterRefusal?
    ) async throws -> Page {
        let event = (visit.query["event"] ?? visit.posted["event"]).flatMap(LifeEvent.init(rawValue:))
        let typed = String((visit.query["q"] ?? "").prefix(100))
        let choices = try await database.read { transaction in
            let online = try FormShelf.minutes(in: transaction)
            let isSearch = !typed.allSatisfy(\.isWhitespace)
            let finder = finders.finder(try Card.list(in: transaction), online: Set(online.keys))
            let found = finder.find(.init(words: isSearch ? typed : "", event: event))
            return TalkPages.Choices(
                events: LifeEvent.allCases.compactMap { event in found.events[event].map { (event, $0) } },
                event: event, typed: isSearch ? typed : "", how: found.how,
                forms: found.cards.filter { online[$0.id] != nil },
                guidance: found.cards.filter { online[$0.id] == nil },
                chosen: try talk.parts.compactMap { part in
                    try Card.find(part.card, in: transaction).map { ($0, part) }
                })
        }
        return TalkPages(talk: talk).choose(choices, problem: problem)
    }
}
