import Core
import Database
import HTML
import Web

extension Applications {
    /// What an applicant sees after sending.
    func addCaseRoutes(to site: inout Site) {
        site.applicant(.get, "/applications/{id}") { visit in
            let open = try await openCase(caseID(visit), session: visit.who.session)
            let messages = try await database.read { try Message.list(of: open.item, key: open.key, in: $0) }
            return .page(try CasePages(open: open, town: town, language: visit.language).status(messages))
        }

        site.applicant(.get, "/applications/{id}/receipt") { visit in
            let open = try await openCase(caseID(visit), session: visit.who.session)
            guard open.item.number != nil else { return .redirect(.check(open.item.id)) }
            return .page(try CasePages(open: open, town: town, language: visit.language).receipt())
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
}
