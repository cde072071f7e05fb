import Core
import Database
import HTML
import Web

extension Applications {
    /// 中断した会話の再開.
    func addResumingRoutes(to site: inout Site) {
        let surroundings = site.surroundings

        site.officer(.get, "/desk/counter/talks/{id}", needs: .handleCases) { visit in
            let (talk, procedures) = try await interrupted(visit)
            return .page(
                CounterPages(officer: visit.who, town: town).resume(talk, procedures, typed: "", problem: nil))
        }

        site.officer(.post, "/desk/counter/talks/{id}", needs: .handleCases) { visit in
            let (talk, procedures) = try await interrupted(visit)
            let typed = String((visit.posted["code"] ?? "").prefix(100))
            do {
                let how = try await recognition(typed, of: talk, visit)
                try await closeCounter(of: visit.request, surroundings)
                let desk = try await surroundings.session("officer", of: visit.request)?.id
                let (_, cookie) = try await resume(
                    talk.id, recognised: how, by: visit.who, desk: desk, at: visit.moment)
                return Answer.redirect(.talk).setting(cookie)
            } catch let refusal as CounterRefusal where refusal.kind.isInvalid {
                let pages = CounterPages(officer: visit.who, town: town)
                return .page(pages.resume(talk, procedures, typed: typed, problem: refusal))
            }
        }
    }

    /// How the person was recognised: by the code of one of the conversation's applications, or by what the officer saw.
    private func recognition(
        _ typed: String, of talk: Conversation, _ visit: Visit<Officer>
    ) async throws -> Recognition {
        guard typed.allSatisfy(\.isWhitespace) else {
            try limits.codes.take(visit.client, at: visit.moment)
            guard let found = try await find(code: typed), talk.holds(found.id) else { throw CounterRefusal.wrongCode }
            limits.codes.giveBack(visit.client)
            return .code
        }
        guard let way = visit.posted["proof"], PrefaceTexts.identities.contains(where: { $0.value == way }) else {
            throw CounterRefusal.noProof
        }
        return .identity(way)
    }

    /// A conversation of the officer's sections, with the names of its procedures.
    private func interrupted(_ visit: Visit<Officer>) async throws -> (Conversation, [String]) {
        guard let id = Conversation.ID(visit.parameter("id")) else { throw CounterRefusal.notFound }
        let found = try await database.read { transaction in
            let talk = try Conversation.require(id, in: transaction)
            return (talk, try Self.procedures(of: talk, in: transaction))
        }
        guard visit.who.may(.handleCases, in: found.0.section) else { throw CounterRefusal.notFound }
        if found.0.endedAt != nil { throw CounterRefusal.over }
        if found.0.session != nil { throw CounterRefusal.taken }
        return found
    }
}
