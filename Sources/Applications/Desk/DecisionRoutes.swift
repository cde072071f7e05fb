import Core
import Database
import HTML
import Japanese
import Web

extension Applications {
    /// What officers do with an application: take it in, return it, decide it, write about it.
    func addDecisionRoutes(to site: inout Site) {
        add("receive", to: &site, needs: .handleCases) { _, _ in .receive }
        add("review", to: &site, needs: .handleCases) { _, _ in .review }
        add("return", to: &site, needs: .handleCases) { .returnForCorrection(reason: $0, pins: $1.pins) }
        add("approve", to: &site, needs: .decideCases) { words, _ in .approve(words: words) }
        add("reject", to: &site, needs: .decideCases) { .reject(reason: $0, law: $1["law"]) }
        add("refuse", to: &site, needs: .decideCases) { .refuse(reason: $0, law: $1["law"]) }
        add("issue", to: &site, needs: .handleCases) { words, posted in
            .issue(posted["way"].flatMap(IssueWay.init) ?? .other, words: words)
        }
        add("complete", to: &site, needs: .handleCases) { _, _ in .complete }
        add("reopen", to: &site, needs: .decideCases) { words, _ in .reopen(reason: words) }
        addLetter(to: &site)
        addNote(to: &site)
        addRecoding("code", .lost, to: &site)
        addRecoding("revoke", .mandateRevoked, to: &site)
        addFee(.paid, to: &site, needs: .handleCases)
        addFee(.waived, to: &site, needs: .decideCases)
        addFee(.refunded, to: &site, needs: .decideCases)
        addApprovalRoutes(to: &site)
        addConsultationRoutes(to: &site)
    }

    private func add(
        _ verb: String, to site: inout Site, needs permission: Permission,
        _ action: @escaping @Sendable (_ words: String, _ posted: Posted) -> DeskAction
    ) {
        site.officer(.post, "/desk/cases/{id}/\(verb)", needs: permission) { visit in
            try await answering(visit, verb) { id, words in
                let (seen, once) = try pressed(visit)
                try await act(
                    action(words, visit.posted), on: id, seen: seen, mark: visit.mark,
                    despite: visit.posted["despite"] == "yes", once: once, by: visit.who, at: visit.moment)
            }
        }
    }

    private func addLetter(to site: inout Site) {
        site.officer(.post, "/desk/cases/{id}/letter", needs: .handleCases) { visit in
            try await answering(visit, "letter") { id, words in
                guard let once = once(visit) else { throw CaseRefusal.stale }
                try await write(words, as: .letter, to: id, once: once, by: visit.who, at: visit.moment)
            }
        }
    }

    private func addNote(to site: inout Site) {
        site.officer(.post, "/desk/cases/{id}/note", needs: .handleCases) { visit in
            try await answering(visit, "note") { id, words in
                guard let once = once(visit) else { throw CaseRefusal.stale }
                let note = try NoteDetail(posted: visit.posted)
                try await write(words, as: .note, note: note, to: id, once: once, by: visit.who, at: visit.moment)
            }
        }
    }

    private func addRecoding(_ verb: String, _ recoding: Recoding, to site: inout Site) {
        site.officer(.post, "/desk/cases/{id}/\(verb)", needs: .handleCases) { visit in
            var code = ""
            let answer = try await answering(visit, verb) { id, words in
                guard let once = once(visit) else { throw CaseRefusal.stale }
                code = try await recode(id, for: recoding, reason: words, once: once, by: visit.who, at: visit.moment)
            }
            guard !code.isEmpty else { return answer }
            let id = try caseID(visit)
            let item = try await database.read { try Case.require(id, in: $0).item }
            return .page(
                CounterPages(officer: visit.who, town: town).code(code, of: item, revoked: recoding == .mandateRevoked))
        }
    }

    private func addFee(_ kind: FeeLedger.Kind, to site: inout Site, needs permission: Permission) {
        let verb = "fee-\(kind.rawValue)"
        site.officer(.post, "/desk/cases/{id}/\(verb)", needs: permission) { visit in
            try await answering(visit, verb) { id, words in
                let service = visit.posted["service"]
                guard service == nil || payments.contains(where: { $0.id == service }) else { throw CaseRefusal.stale }
                let yen = visit.posted["yen"].flatMap { Int($0) }
                try await note(kind, yen: yen, words: words, service: service, on: id, by: visit.who, at: visit.moment)
            }
        }
    }

    /// Back to the application; where something has to be mended, its page with what was typed.
    /// - Parameter next: where it goes on instead.
    func answering(
        _ visit: Visit<Officer>, _ verb: String, then next: Link? = nil,
        _ work: (_ id: Case.ID, _ words: String) async throws -> Void
    ) async throws -> Answer {
        let id = try caseID(visit)
        let words = visit.posted["words"] ?? ""
        do {
            try await work(id, words)
            return .redirect(next ?? .desk(id))
        } catch let refusal as CaseRefusal where refusal != .notOnDesk && refusal != .notFound && refusal != .shredded {
            var look = DeskCasePages.Look()
            look.attempt = DeskForm.Attempt(
                verb: verb, typed: words, pins: visit.posted.pins, refusal: refusal, posted: visit.posted)
            look.note = visit.posted["type"].flatMap(NoteDetail.Kind.init) ?? .memo
            return .page(try await casePage(id, visit.who, at: visit.moment, look: look))
        }
    }

    /// What a page says it has seen, and the name of its press.
    func pressed(_ visit: Visit<Officer>) throws -> (seen: Case.Status, once: String) {
        guard let seen = visit.posted["seen"].flatMap(Case.Status.init), let once = once(visit) else {
            throw CaseRefusal.stale
        }
        return (seen, once)
    }

    /// The form's own name for what it does, so that pressing twice does it once.
    func once(_ visit: Visit<Officer>) -> String? { visit.posted["once"].flatMap(ID<Case>.init)?.text }
}

extension Visit where Who == Officer {
    /// The last thing that had happened when the page was made; nil where it did not say.
    var mark: String? { request.posted["mark"].flatMap { ID<Event>($0)?.text } }
}

extension NoteDetail {
    /// The type and its particulars as a form sends them; nil for one without a type. Throws a ``CaseRefusal`` for a day
    /// that is none.
    fileprivate init?(posted: Posted) throws {
        guard let type = posted["type"].flatMap(Kind.init), type != .memo else { return nil }
        var day: String?
        if type.dayLabel != nil {
            guard let read = try? WrittenDate.day(posted["day"] ?? "") else {
                throw CaseRefusal.unusable(
                    Text(verbatim: "\(type.dayLabel ?? "日付")を、2026-11-24 や 令和8年11月24日 のように入力してください。"))
            }
            day = read.iso
        }
        let particular = try Applications.usable(posted["particular"] ?? "", required: false)
        self.init(
            type: type, day: day, particular: type.particularLabel == nil || particular.isEmpty ? nil : particular)
    }
}
