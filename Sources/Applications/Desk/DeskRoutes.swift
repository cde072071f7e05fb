import Core
import Database
import HTML
import Japanese
import Web

extension Applications {
    /// The inbox, an application on the desk, and the trail.
    func addDeskRoutes(to site: inout Site) {
        site.add(MenuItem("申請一覧", "/desk", needs: .readCases, isDaily: true))

        site.officer(.get, "/desk", needs: nil) { visit in
            guard visit.who.may(.readCases) else {
                return .redirect(visit.who.may(.readTrail) ? "/desk/trail" : "/desk/cards")
            }
            return try await inbox(visit)
        }

        addCasePageRoutes(to: &site)
    }

    private func inbox(_ visit: Visit<Officer>) async throws -> Answer {
        let officer = visit.who
        let typed = Width.narrow(Spaces.trim(visit.query["number"] ?? "")).uppercased()
        let inbox = Inbox(
            sections: officer.sections(for: .readCases) ?? town.sections.map(\.id),
            filter: visit.query["status"].flatMap(Inbox.Filter.init) ?? .open,
            number: typed.isEmpty ? nil : String(typed.prefix(30)),
            after: visit.query["after"].flatMap(Inbox.Cursor.init))
        let (page, counts, titles) = try await database.read { transaction in
            let page = try inbox.page(in: transaction)
            // One after the other mostly have the same form.
            var newest: (form: Form, title: String)?
            let titles = try page.items.map { item in
                if let newest, newest.form.id == item.form, newest.form.version == item.formVersion {
                    return newest.title
                }
                let found = try shelf.form(
                    item.form, version: item.formVersion, through: .online, in: transaction)
                let title = found.title[.ja]
                newest = (found, title)
                return title
            }
            return (page, try inbox.counts(in: transaction), titles)
        }
        let keys = try await vault.keys(for: page.items.map(\.id.text))
        let lines = zip(page.items, titles).map { item, title in
            let applicant = item.applicant(keys[item.id.text]) ?? "（消去済み）"
            return InboxPages.Line(item: item, title: title, applicant: applicant)
        }
        try await recordListing(by: officer, at: visit.moment)
        let pages = InboxPages(officer: officer, today: visit.moment.day)
        return .page(pages.page(lines, counts: counts, inbox: inbox, hasMore: page.hasMore))
    }

    /// Notes that an officer saw names in the list, at most every ten minutes.
    private func recordListing(by officer: Officer, at moment: Moment) async throws {
        guard listings.isNew(officer.id.text, at: moment) else { return }
        try await database.write { transaction in
            try transaction.record(
                Event("inbox.viewed", subject: officer.id.text), by: .officer(officer.id), at: moment)
        }
        listings.note(officer.id.text, at: moment)
    }
}
