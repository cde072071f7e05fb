import Core
import Database
import HTML
import Web

extension Applications {
    /// Where applications are begun, and opened again by their code.
    func addStartRoutes(to site: inout Site) {
        let surroundings = site.surroundings

        site.anyone(.post, "/procedures/{card}/apply") { visit in
            try limits.starts.take(visit.client, at: visit.moment)
            let (who, cookie) = try await applicant(of: visit, surroundings)
            let card = visit.parameter("card")
            let channel: Channel =
                who.officer != nil ? .counter : visit.posted["as"] == Channel.proxy.rawValue ? .proxy : .online
            if visit.posted["anew"] == nil {
                let drafts = try await database.read { try Case.drafts(of: card, session: who.session, in: $0) }
                var begun: [(Case, Link)] = []
                for draft in drafts where draft.revision > 0 {
                    begun.append((draft, try await place(of: draft.id, session: who.session)))
                }
                if !begun.isEmpty {
                    return .page(ResumePages(town: town, language: visit.language).choice(begun, anew: channel))
                        .atCounter(who.officer != nil)
                }
            }
            let item = try await begin(
                card: card, through: channel, by: who, language: visit.language, at: visit.moment)
            return .redirect(try await place(of: item.id, session: who.session)).setting(cookie)
        }

        site.anyone(.get, "/procedures/{card}/apply") { visit in .redirect("/procedures/\(visit.parameter("card"))") }

        site.anyone(.get, "/resume") { visit in
            let pages = ResumePages(town: town, language: visit.language)
            return .page(pages.page(isNeeded: visit.query["why"] == "session", typed: "", problem: nil, kept: nil))
        }

        site.anyone(.post, "/resume") { visit in
            // Counted before it is tried; a right code is given back.
            try limits.codes.take(visit.client, at: visit.moment)
            let typed = String((visit.posted["code"] ?? "").prefix(100))
            let pages = ResumePages(town: town, language: visit.language)
            let kept = KeptPost(carriedBy: visit.posted)
            guard let item = try await find(code: typed) else {
                return .page(pages.page(isNeeded: false, typed: typed, problem: pages.problem(typed), kept: kept))
            }
            limits.codes.giveBack(visit.client)
            // What was opened by a code is held by a session that nobody knew before (session fixation).
            let before = try await surroundings.session("applicant", of: visit.request)
            let officer = try await surroundings.officer(of: visit.request)
            let counter = officer?.may(.handleCases) == true ? officer?.id : nil
            let (session, cookie) = try await newSession(counter.map { .counter($0) } ?? .applicant, at: visit.moment)
            let who = Applicant(session: session, officer: counter)
            try await reopen(
                item.id, by: who, with: before?.officer == nil && counter == nil ? before?.id : nil, at: visit.moment)
            if let kept, let place = kept.place(in: item.id) {
                return Answer.page(pages.replay(kept, to: place)).setting(cookie)
            }
            return .redirect(try await place(of: item.id, session: session)).setting(cookie)
        }

        site.askForCode = { request in
            // At the counter the next person may stand there already: nothing is carried along.
            guard !request.isFromDesk, let kept = KeptPost(request) else {
                return .redirect(Link("/resume").asking([("why", "session")]))
            }
            let pages = ResumePages(town: town, language: request.language)
            return .page(pages.page(isNeeded: true, typed: "", problem: nil, kept: kept))
        }
    }

    /// The session that the browser brought, or a new one with its cookie.
    private func applicant(
        of visit: Visit<Anyone>, _ surroundings: Site.Surroundings
    ) async throws -> (who: Applicant, cookie: Cookie?) {
        if let session = try await surroundings.session("applicant", of: visit.request) {
            return (Applicant(session: session.id, officer: session.officer), nil)
        }
        let (session, cookie) = try await newSession(.applicant, at: visit.moment)
        return (Applicant(session: session), cookie)
    }

    /// A session that holds nothing yet.
    func newSession(_ kind: Session.Kind, at moment: Moment) async throws -> (id: String, cookie: Cookie?) {
        let (session, cookie) = try await database.write(.holding) { transaction in
            transaction.keepHouse("a browser is known from now on")
            return try Session.start(kind, at: moment, in: transaction)
        }
        return (session.id, cookie)
    }

    /// Where an application goes on: the first question without an answer, the check page, or its status.
    func place(of id: Case.ID, session: String) async throws -> Link {
        let open = try await openCase(id, session: session)
        guard open.item.status == .draft else { return .application(id) }
        return try open.journey.resumePage.map { .question(id, $0.id) } ?? .check(id)
    }
}
