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

        site.officer(.get, "/desk/counter", needs: .handleCases) { visit in
            .page(try await counterPage(visit, typed: "", problem: nil))
        }

        site.officer(.post, "/desk/counter", needs: .handleCases) { visit in
            guard let channel = visit.posted["channel"].flatMap(Channel.init), channel == .counter || channel == .paper
            else { throw CaseRefusal.notFound }
            return try await beginAtCounter(visit, card: visit.posted["card"] ?? "", version: nil, through: channel)
        }

        site.officer(.post, "/desk/counter/paper", needs: .handleCases) { visit in
            let typed = String((visit.posted["form"] ?? "").prefix(100))
            let card = try await database.read { transaction in
                try PaperForm.read(typed).flatMap { try Form.card(of: $0.form, version: $0.version, in: transaction) }
            }
            guard let card, let version = PaperForm.read(typed)?.version else {
                return .page(try await counterPage(visit, typed: typed, problem: .form))
            }
            return try await beginAtCounter(visit, card: card, version: version, through: .paper)
        }

        site.officer(.post, "/desk/counter/code", needs: .handleCases) { visit in
            try limits.codes.take(visit.client, at: visit.moment)
            let typed = String((visit.posted["code"] ?? "").prefix(100))
            guard let found = try await find(code: typed) else {
                return .page(try await counterPage(visit, typed: typed, problem: .code))
            }
            limits.codes.giveBack(visit.client)
            let (session, cookie) = try await newSession(.counter(visit.who.id), at: visit.moment)
            let who = Applicant(session: session, officer: visit.who.id)
            try await reopen(found.id, by: who, with: nil, at: visit.moment)
            return .redirect(try await place(of: found.id, session: session)).setting(cookie)
        }

        // Whoever presses it: what is open in this browser is closed.
        site.anyone(.post, "/desk/counter/end") { visit in
            try await database.write { transaction in
                transaction.keepHouse("the counter is empty for the next person")
                try surroundings.endCounter(of: visit.request, in: transaction)
            }
            let officer = try await surroundings.officer(of: visit.request)
            return .redirect(officer?.may(.handleCases) == true ? "/desk/counter" : "/")
        }
    }

    private func beginAtCounter(
        _ visit: Visit<Officer>, card: String, version: Int?, through channel: Channel
    ) async throws -> Answer {
        // Always a session that holds nothing: the next person's page is empty of the one before.
        let (session, cookie) = try await newSession(.counter(visit.who.id), at: visit.moment)
        let who = Applicant(session: session, officer: visit.who.id)
        let item = try await begin(
            card: card, version: version, through: channel, by: who, language: .ja, at: visit.moment)
        return .redirect(try await place(of: item.id, session: session)).setting(cookie)
    }

    private func counterPage(
        _ visit: Visit<Officer>, typed: String, problem: CounterPages.Problem?
    ) async throws -> Page {
        let cards = try await database.read { transaction in
            let online = try FormShelf.minutes(in: transaction)
            return try Card.list(.everything, in: transaction).filter { online[$0.id] != nil }
        }
        return CounterPages(officer: visit.who).page(cards, typed: typed, problem: problem)
    }
}

extension Form {
    /// The card that a version of a form is for, or nil if there is none like it.
    fileprivate static func card(of form: String, version: Int, in transaction: Transaction) throws -> String? {
        try transaction.row("SELECT card FROM form_version WHERE lower(form) = \(form) AND version = \(version)")?[
            "card"]
    }
}
