import Core
import Database
import Web

extension Applications {
    /// Using earlier answers, and agreeing to it.
    func addReuseRoutes(to site: inout Site) {
        site.applicant(.get, "/applications/{id}/reuse") { visit in
            let (open, _) = try await draft(visit)
            guard open.item.status == .draft else { return .redirect(.application(open.item.id)) }
            return .page(ReusePages(open: open, language: visit.language).code(typed: "", problem: nil))
        }

        site.applicant(.post, "/applications/{id}/reuse") { visit in
            let (open, _) = try await draft(visit)
            guard open.item.status == .draft else { throw CaseRefusal.alreadySubmitted }
            // Counted before it is tried; a right code is given back.
            try limits.codes.take(visit.client, at: visit.moment)
            let pages = ReusePages(open: open, language: visit.language)
            let typed = String((visit.posted["code"] ?? "").prefix(100))
            let recollection: Recollection
            do {
                recollection = try await self.recollection(code: typed)
            } catch let refusal as CaseRefusal where refusal.kind.isInvalid {
                return .page(pages.code(typed: typed, problem: refusal.words))
            }
            limits.codes.giveBack(visit.client)
            guard visit.posted["chosen"] != nil else {
                try await database.write { transaction in
                    try transaction.record(
                        Event(
                            "answers.shown", subject: recollection.source.text,
                            detail: ["application": open.item.id.text]),
                        by: visit.who.actor, at: visit.moment)
                }
                return .page(pages.choice(recollection, code: typed))
            }
            let names = open.form.persons.map(\.person.rawValue) + open.form.personGroups.map(\.field.id)
            let choices = names.reduce(into: [:]) { $0[$1] = visit.posted.all($1) }
            do {
                try await reuse(recollection, choices: choices, in: open.item.id, by: visit.who, at: visit.moment)
            } catch let refusal as CaseRefusal where refusal.kind.isInvalid {
                return .page(pages.code(typed: typed, problem: refusal.words))
            }
            return .redirect(try await place(of: open.item.id, session: visit.who.session))
        }

        site.applicant(.post, "/applications/{id}/consent") { visit in
            let id = try caseID(visit)
            return try await refusing(id, visit.language) {
                try await agree(to: visit.posted.reusePurposes, for: id, by: visit.who, at: visit.moment)
                return .redirect(.application(id))
            }
        }
    }

    /// Where the answers of an application were used, the newest first.
    func uses(of id: Case.ID, in transaction: Transaction) throws -> [ReusePages.Use] {
        try transaction.events(of: id.text).filter { $0.event.kind == "answers.reused" }.reversed().compactMap {
            use -> ReusePages.Use? in
            guard let other = use.event.detail["application"].flatMap(Case.ID.init),
                let item = try? Case.require(other, in: transaction).item
            else { return nil }
            let form = try shelf.form(item.form, version: item.formVersion, through: .online, in: transaction)
            return ReusePages.Use(title: form.title, on: use.at.day)
        }
    }
}

extension Posted {
    /// The purposes that were ticked.
    var reusePurposes: Set<ReuseConsent.Purpose> { Set(all("reuse").compactMap(ReuseConsent.Purpose.init)) }
}
