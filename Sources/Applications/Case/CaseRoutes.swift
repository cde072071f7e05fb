import Core
import Database
import HTML
import Register
import Web

extension Applications {
    /// What an applicant sees after sending.
    func addCaseRoutes(to site: inout Site) {
        site.applicant(.get, "/applications/{id}") { visit in
            .page(try await statusPage(visit, attempt: nil))
        }

        site.applicant(.get, "/applications/{id}/receipt") { visit in
            let open = try await openCase(caseID(visit), session: visit.who.session)
            guard open.item.number != nil else { return .redirect(.check(open.item.id)) }
            return .page(try CasePages(open: open, town: town, language: visit.language).receipt())
        }

        site.applicant(.post, "/applications/{id}/reply") { visit in
            let (id, words) = (try caseID(visit), visit.posted["words"] ?? "")
            do {
                guard let once = visit.posted["once"].flatMap(ID<Case>.init) else { throw CaseRefusal.stale }
                try await reply(words, to: id, once: "\(id) \(once)", by: visit.who, at: visit.moment)
                return .redirect(.application(id))
            } catch let refusal as CaseRefusal
                where refusal.kind.isInvalid || refusal == .stale || refusal == .mandateOver
            {
                return .page(try await statusPage(visit, attempt: (words, refusal)))
            }
        }

        site.applicant(.get, "/applications/{id}/withdraw") { visit in
            let open = try await openCase(caseID(visit), session: visit.who.session)
            guard open.item.status.next.contains(.withdrawn) else { return .redirect(.application(open.item.id)) }
            return .page(CasePages(open: open, town: town, language: visit.language).withdrawal())
        }

        site.applicant(.post, "/applications/{id}/withdraw") { visit in
            let id = try caseID(visit)
            return try await refusing(id, visit.language) {
                try await withdraw(
                    id, reason: visit.posted["words"] ?? "", by: visit.who, at: visit.moment)
                return .redirect(.application(id))
            }
        }

        site.applicant(.post, "/applications/{id}/mail") { visit in
            let id = try caseID(visit)
            do {
                let address = try MailBox.read(visit.posted)
                return try await refusing(id, visit.language) {
                    try await sendNews(of: id, to: address, by: visit.who, at: visit.moment)
                    return .redirect(.application(id))
                }
            } catch is MailBox.Wrong {
                let box = MailBox(language: visit.language, typed: visit.posted["news"] ?? "", isWrong: true)
                return .page(try await statusPage(visit, attempt: nil, mail: box))
            }
        }

        site.applicant(.post, "/applications/{id}/leave") { visit in
            let session = visit.who.session
            try await database.write { transaction in
                transaction.keepHouse("a browser is not known any more")
                try transaction.run("DELETE FROM application_access WHERE session = \(session)")
                try Session.end(session, in: transaction)
            }
            return .redirect("/")
        }
    }

    private func statusPage(
        _ visit: Visit<Applicant>, attempt: (typed: String, refusal: CaseRefusal)?, mail tried: MailBox? = nil
    ) async throws -> Page {
        let open = try await openCase(caseID(visit), session: visit.who.session)
        let (messages, ledger, measured, consent, uses, address) = try await database.read { transaction in
            (
                try Message.list(of: open.item, key: open.key, in: transaction),
                try FeeLedger.read(of: open.item, key: open.key, in: transaction),
                try self.measured.days(of: open.item.card, at: visit.moment, in: transaction),
                try ReuseConsent.read(of: open.item.id, in: transaction).purposes,
                try self.uses(of: open.item.id, in: transaction),
                try Case.mail(of: open.item.id, key: open.key, in: transaction)
            )
        }
        let reuse = ReusePages.consent(of: open, consent, uses: uses, visit.language)
        let box = mail.map { _ in tried ?? MailBox(language: visit.language, typed: address ?? "") }
        let mayReceive = try open.mandateStands(for: .receive, on: visit.moment.day)
        return try CasePages(
            open: open, town: town, language: visit.language, payments: payments, mayReceive: mayReceive
        ).status(
            messages.filter { mayReceive || $0.kind != .decision }, fee: ledger, measured: measured, reuse: reuse,
            mail: box, once: ID<Case>().text, attempt: attempt)
    }
}
