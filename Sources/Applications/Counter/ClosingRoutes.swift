import Core
import Database
import HTML
import Web

extension Applications {
    /// 窓口を閉じる. Nothing of the person stays in this browser, whoever presses it, and where nobody does.
    func addClosingRoutes(to site: inout Site) {
        let surroundings = site.surroundings

        site.anyone(.post, "/desk/counter/end") { visit in
            try await closeCounter(of: visit.request, surroundings)
            let officer = try await surroundings.officer(of: visit.request)
            return .redirect(officer?.may(.handleCases) == true ? .counter : "/").wiped()
        }

        // Pages at the counter come here where nobody goes on; what was saved meanwhile goes on.
        site.anyone(.get, "/desk/counter/idle") { visit in
            let session = try await surroundings.session("applicant", of: visit.request)
            guard let session, let officer = session.officer else { return .page(CounterPages.closed).wiped() }
            let who = Applicant(session: session.id, officer: officer)
            return .redirect(try await conversation(of: who) == nil ? .counter : .talk)
        }
    }

    /// Ends what is open at the counter in this browser: a conversation is over, or interrupted where something is left.
    /// - Parameter kept: the conversation that is gone on with, if it is this one.
    func closeCounter(
        of request: Incoming, _ surroundings: Site.Surroundings, except kept: Conversation.ID? = nil
    ) async throws {
        let session = try await surroundings.session("applicant", of: request)
        try await database.write { transaction in
            transaction.keepHouse("the counter is empty for the next person")
            if let session, let officer = session.officer {
                if let kept, try Conversation.find(heldBy: session.id, in: transaction)?.id == kept { return }
                try endOrInterrupt(session.id, by: .officer(officer), at: request.moment, in: transaction)
            }
            try surroundings.endCounter(of: request, in: transaction)
        }
    }
}
