import Core
import HTML
import Web
import Database

extension Applications {
    /// What officers do with an application: take it in, return it, decide it, write about it.
    func addDecisionRoutes(to site: inout Site) {
        add("receive", to: &site, needs: .handleCases) { _, _ in .receive }
        add("review", to: &site, needs: .handleCases) { _, _ in .review }
        add("return", to: &site, needs: .handleCases) { .returnForCorrection(reason: $0, pins: $1.pins) }
        add("approve", to: &site, needs: .decideCases) { words, _ in .approve(words: words) }
        add("reject", to: &site, needs: .decideCases) { words, _ in .reject(reason: words) }
        addWriting("letter", .letter, to: &site)
        addWriting("note", .note, to: &site)
        addRecoding("code", .lost, to: &site)
        addRecoding("revoke", .mandateRevoked, to: &site)
        addFee(.paid, to: &site, needs: .handleCases)
        addFee(.waived, to: &site, needs: .decideCases)
        addFee(.refunded, to: &site, needs: .decideCases)
    }

    private func add(
        _ verb: String, to site: inout Site, needs permission: Permission,
        _ action: @escaping @Sendable (_ words: String, _ posted: Posted) -> DeskAction
    ) {
        site.officer(.post, "/desk/cases/{id}/\(verb)", needs: permission) { visit in
            let id = try caseID(visit)
            let words = visit.posted["words"] ?? ""
            return try await answering(visit, id, verb, words) {
                guard let seen = visit.posted["seen"].flatMap(Case.Status.init), let once = once(visit) else {
                    throw CaseRefusal.stale
                }
                try await act(
                    action(words, visit.posted), on: id, seen: seen, once: once, by: visit.who, at: visit.moment)
            }
        }
    }

    private func addWriting(_ verb: String, _ kind: Message.Kind, to site: inout Site) {
        site.officer(.post, "/desk/cases/{id}/\(verb)", needs: .handleCases) { visit in
            let id = try caseID(visit)
            let words = visit.posted["words"] ?? ""
            return try await answering(visit, id, verb, words) {
                guard let once = once(visit) else { throw CaseRefusal.stale }
                try await write(words, as: kind, to: id, once: once, by: visit.who, at: visit.moment)
            }
        }
    }

    private func addRecoding(_ verb: String, _ recoding: Recoding, to site: inout Site) {
        site.officer(.post, "/desk/cases/{id}/\(verb)", needs: .handleCases) { visit in
            let id = try caseID(visit)
            let words = visit.posted["words"] ?? ""
            var code = ""
            let answer = try await answering(visit, id, verb, words) {
                guard let once = once(visit) else { throw CaseRefusal.stale }
                code = try await recode(id, for: recoding, reason: words, once: once, by: visit.who, at: visit.moment)
            }
            guard !code.isEmpty else { return answer }
            let item = try await database.read { try Case.require(id, in: $0).item }
            return .page(
                CounterPages(officer: visit.who, town: town).code(code, of: item, revoked: recoding == .mandateRevoked))
        }
    }

    private func addFee(_ kind: FeeLedger.Kind, to site: inout Site, needs permission: Permission) {
        let verb = "fee-\(kind.rawValue)"
        site.officer(.post, "/desk/cases/{id}/\(verb)", needs: permission) { visit in
            let id = try caseID(visit)
            let words = visit.posted["words"] ?? ""
            return try await answering(visit, id, verb, words) {
                let service = visit.posted["service"]
                guard service == nil || payments.contains(where: { $0.id == service }) else { throw CaseRefusal.stale }
                let yen = visit.posted["yen"].flatMap { Int($0) }
                try await note(kind, yen: yen, words: words, service: service, on: id, by: visit.who, at: visit.moment)
            }
        }
    }

    /// Back to the application; where something has to be mended, its page with what was typed.
    private func answering(
        _ visit: Visit<Officer>, _ id: Case.ID, _ verb: String, _ typed: String, _ work: () async throws -> Void
    ) async throws -> Answer {
        do {
            try await work()
            return .redirect(.desk(id))
        } catch let refusal as CaseRefusal where refusal != .notOnDesk && refusal != .notFound && refusal != .shredded {
            let attempt = DeskCasePages.Attempt(verb: verb, typed: typed, pins: visit.posted.pins, refusal: refusal)
            return .page(try await casePage(id, visit.who, at: visit.moment, attempt: attempt))
        }
    }

    /// The form's own name for what it does, so that pressing twice does it once.
    private func once(_ visit: Visit<Officer>) -> String? { visit.posted["once"].flatMap(ID<Case>.init)?.text }
}
