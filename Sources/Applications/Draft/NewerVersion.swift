import Core
import Database
import HTML
import Web

extension Applications {
    /// 新しい版への移行. A draft goes on with a newer version of its form, where only words changed: every answer stays.
    func addNewerRoutes(to site: inout Site) {
        site.applicant(.post, "/applications/{id}/newer") { visit in
            let id = try caseID(visit)
            try await moveToNewer(id, by: visit.who, at: visit.moment)
            return .redirect(try await place(of: id, session: visit.who.session))
        }
    }

    private func moveToNewer(_ id: Case.ID, by who: Applicant, at moment: Moment) async throws {
        try await database.write { transaction in
            let (item, _) = try Case.require(id, session: who.session, in: transaction)
            guard item.status == .draft,
                let version = try Form.newer(than: item.formVersion, of: item.form, in: transaction)
            else { return transaction.keepHouse("there is no newer version to go on with") }
            try transaction.run(
                "UPDATE application SET form_version = \(version), revision = revision + 1 WHERE id = \(id)")
            try transaction.record(
                Event("case.moved-to-version", subject: id.text, detail: ["version": String(version)]),
                by: who.actor, at: moment)
        }
    }

    /// The offer to go on with a newer version, where there is one.
    func newerOffer(_ item: Case, _ language: Language) async throws -> HTML? {
        guard item.status == .draft else { return nil }
        let version = try await database.read { try Form.newer(than: item.formVersion, of: item.form, in: $0) }
        return version.map { _ in
            """
            <form method="post" action="\(Link.newer(item.id))" class="notice"><p>\(DraftTexts.newer.html(language))</p>
            <button>\(DraftTexts.newerButton.html(language))</button></form>
            """
        }
    }
}
