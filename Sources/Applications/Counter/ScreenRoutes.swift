import Core
import Database
import HTML
import Japanese
import Web

extension Applications {
    /// 2つめの画面. It asks again every few seconds, without any script.
    func addScreenRoutes(to site: inout Site) {
        let surroundings = site.surroundings

        site.anyone(.get, "/counter/screen") { visit in
            let pages = ScreenPages(town: town)
            let screen = try await database.read { transaction in
                try ScreenKey.id(of: visit.request).flatMap { try CounterScreen.find($0, in: transaction) }
            }
            guard let screen else { return .page(pages.pairing(isWrong: false)).clearing() }
            let page = try await shown(on: screen, at: visit.moment) ?? pages.blank(.ja)
            return .page(page).refreshing(after: Self.screenSeconds)
        }

        site.anyone(.post, "/counter/screen") { visit in
            try limits.codes.take(visit.client, at: visit.moment)
            let typed = Width.narrow(visit.posted["code"] ?? "").filter { $0.isASCII && $0.isNumber }
            let (id, cookie) = ScreenKey.make()
            let screen = try await database.write { transaction in
                let screen = try CounterScreen.pair(
                    id, by: String(typed.prefix(12)), at: visit.moment, in: transaction)
                if let screen {
                    try transaction.record(Event("screen.paired", subject: screen.id), by: .system, at: visit.moment)
                } else {
                    transaction.keepHouse("a code that pairs nothing")
                }
                return screen
            }
            guard screen != nil else { return .page(ScreenPages(town: town).pairing(isWrong: true)) }
            limits.codes.giveBack(visit.client)
            return Answer.redirect(.screen).setting(cookie)
        }

        site.officer(.get, "/desk/counter/screens", needs: .handleCases) { visit in
            .page(try await screensPage(visit, surroundings, code: nil))
        }

        site.officer(.post, "/desk/counter/screens", needs: .handleCases) { visit in
            guard let desk = try await surroundings.session("officer", of: visit.request)?.id else {
                throw Refused.notYours
            }
            let code = try await database.write { transaction in
                transaction.keepHouse("a code for a screen, of five minutes")
                return try CounterScreen.makeCode(for: desk, at: visit.moment, in: transaction)
            }
            return .page(try await screensPage(visit, surroundings, code: code))
        }

        site.officer(.post, "/desk/counter/screens/forget", needs: .handleCases) { visit in
            guard let desk = try await surroundings.session("officer", of: visit.request)?.id else {
                throw Refused.notYours
            }
            try await database.write { transaction in
                try CounterScreen.forget(of: desk, in: transaction)
                try transaction.record(
                    Event("screen.forgotten", subject: visit.who.id.text), by: .officer(visit.who.id), at: visit.moment)
            }
            return .redirect(.screens)
        }
    }

    /// How often a second screen asks what to show.
    static let screenSeconds = 2

    private func screensPage(
        _ visit: Visit<Officer>, _ surroundings: Site.Surroundings, code: String?
    ) async throws -> Page {
        let desk = try await surroundings.session("officer", of: visit.request)?.id ?? ""
        let session = try await surroundings.session("applicant", of: visit.request)
        let (count, isTalking) = try await database.read { transaction in
            (
                try CounterScreen.count(of: desk, in: transaction),
                try session.flatMap { try Conversation.find(heldBy: $0.id, in: transaction) } != nil
            )
        }
        return ScreenPages.desk(visit.who, count: count, code: code, isTalking: isTalking)
    }

    /// What a screen shows now; nil for nothing.
    private func shown(on screen: CounterScreen, at moment: Moment) async throws -> Page? {
        let found = try await database.read { transaction -> Conversation? in
            guard let talk = try Conversation.find(at: screen.desk, in: transaction),
                try talk.isHeld(at: moment, in: transaction)
            else { return nil }
            return talk
        }
        guard let talk = found.map(speaking), let session = talk.session else { return nil }
        let pages = ScreenPages(town: town)
        let drafts = try await held(talk, by: Applicant(session: session, officer: talk.officer))
        switch talk.shown {
        case .nothing: return pages.blank(talk.language)
        case .check: return drafts.isEmpty ? nil : try pages.check(drafts, talk.language)
        case .question(let id, let page, let row, let question):
            // Who came is what the officer sees to.
            guard !Preface.owns(page), let journey = try drafts.first(where: { $0.item.id == id })?.journey,
                let spot = Spot(page, row: row, question: question, in: journey)
            else { return pages.blank(talk.language) }
            return pages.question(spot, spot.answers(journey), talk.language)
        }
    }
}
