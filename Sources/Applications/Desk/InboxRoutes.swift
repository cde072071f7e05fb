import Core
import Database
import HTML
import Japanese
import Register
import Synchronization
import Web

extension Applications {
    /// 申請一覧. What is asked for stands in the address; without anything, the view that the officer opens first.
    func inboxPage(_ visit: Visit<Officer>) async throws -> Page {
        let officer = visit.who
        guard visit.query.pairs.isEmpty else {
            let view = visit.query["view"].flatMap(SavedView.ID.init)
            return try await inboxPage(InboxAsked(visit.query), officer, view: view, at: visit.moment, saving: nil)
        }
        let first = try await database.read { transaction in
            try SavedView.first(of: officer.id, in: transaction).flatMap { id in
                try views(of: officer, in: transaction).first { $0.id == id }
            }
        }
        let pairs = first?.filter.pairs ?? []
        return try await inboxPage(InboxAsked(Posted(pairs)), officer, view: first?.id, at: visit.moment, saving: nil)
    }

    /// What was asked for of the applications that an officer may see.
    func inbox(_ asked: InboxAsked, _ officer: Officer, at moment: Moment) -> Inbox {
        let all = officer.sections(for: .readCases) ?? town.sections.map(\.id)
        let calendar = calendar
        return Inbox(
            sections: asked.filter.section.map { chosen in all.filter { $0 == chosen } } ?? all, officer: officer.id,
            filter: asked.filter, search: InboxSearch(asked.words), after: asked.after, today: moment.day,
            soon: calendar.day(after: moment.day, count: 3), staff: staff, tokens: nameTokens)
    }

    func inboxPage(
        _ asked: InboxAsked, _ officer: Officer, view: SavedView.ID?, at moment: Moment, saving: SavedViewPages.Tried?
    ) async throws -> Page {
        let inbox = inbox(asked, officer, at: moment)
        let (listing, counts, titles, choices, names) = try await database.read { transaction in
            let listing = try inbox.page(in: transaction)
            let choices = try self.choices(for: officer, view: view, saving: saving, in: transaction)
            let strangers = listing.items.contains { item in
                item.assignee != nil && !choices.colleagues.contains { $0.id.text == item.assignee }
            }
            return (
                listing, try inbox.counts(in: transaction), try self.titles(of: listing.items, in: transaction),
                choices,
                strangers ? try staff.names(transaction) : [:]
            )
        }
        let keys = try await vault.keys(for: listing.items.map(\.id.text))
        let lines = zip(listing.items, titles).map { item, title in
            InboxPages.Line(
                item: item, title: title, applicant: item.applicant(keys[item.id.text]) ?? "（消去済み）",
                holder: item.assignee.map { AssignmentView.name($0, choices.colleagues, names) } ?? "")
        }
        try await recordListing(by: officer, at: moment)
        let pages = InboxPages(
            officer: officer, today: moment.day, calendar: calendar, asked: asked, choices: choices)
        return pages.page(lines, counts: counts, listing: listing)
    }

    private func choices(
        for officer: Officer, view: SavedView.ID?, saving: SavedViewPages.Tried?, in transaction: Transaction
    ) throws -> InboxPages.Choices {
        let sections = officer.sections(for: .readCases) ?? town.sections.map(\.id)
        var colleagues: [StaffDirectory.Colleague] = []
        for colleague in try sections.flatMap({ try staff.colleagues($0, transaction) })
        where !colleagues.contains(colleague) {
            colleagues.append(colleague)
        }
        return InboxPages.Choices(
            sections: sections.map { ($0, town.sectionName($0)[.ja]) },
            procedures: try procedures.list(of: sections, shelf, in: transaction), colleagues: colleagues,
            views: try views(of: officer, in: transaction), view: view, saving: saving)
    }

    /// What the forms of applications are called.
    private func titles(of items: [Inbox.Item], in transaction: Transaction) throws -> [String] {
        // One after the other mostly have the same form.
        var newest: (form: Form, title: String)?
        return try items.map { item in
            if let newest, newest.form.id == item.form, newest.form.version == item.formVersion { return newest.title }
            let found = try shelf.form(item.form, version: item.formVersion, through: .online, in: transaction)
            let title = found.title[.ja]
            newest = (found, title)
            return title
        }
    }

    /// Notes that an officer saw names in the list, at most every ten minutes.
    private func recordListing(by officer: Officer, at moment: Moment) async throws {
        guard listings.isNew(officer.id.text, at: moment) else { return }
        try await database.write(.holding) { transaction in
            try transaction.record(
                Event("inbox.viewed", subject: officer.id.text), by: .officer(officer.id), at: moment)
        }
        listings.note(officer.id.text, at: moment)
    }
}

/// The procedures that a section's applications can be of, read anew when a form was published, and each minute.
final class ProcedureShelf: Sendable {
    private struct Known {
        let forms: Int
        let since: ContinuousClock.Instant
        let procedures: [(card: String, title: String, sections: Set<String>)]
    }

    private let known = Mutex<Known?>(nil)

    func list(
        of sections: [String], _ shelf: FormShelf, in transaction: Transaction
    ) throws -> [(card: String, title: String)] {
        let forms: Int = try transaction.row("SELECT count(*) AS n FROM form_version")?["n"] ?? 0
        let now = ContinuousClock.now
        var current = known.withLock { $0 }
        if current?.forms != forms || current.map({ now - $0.since > .seconds(60) }) ?? true {
            let read = try shelf.newest(in: transaction).sorted { $0.key < $1.key }.map { card, form in
                let own = try Card.find(card, in: transaction)?.section
                return (card, form.title[.ja], Set([own].compactMap { $0 } + (form.routing ?? []).map(\.section)))
            }
            let fresh = Known(forms: forms, since: now, procedures: read)
            known.withLock { $0 = fresh }
            current = fresh
        }
        let wanted = Set(sections)
        return (current?.procedures ?? []).filter { !$0.sections.isDisjoint(with: wanted) }.map { ($0.card, $0.title) }
    }
}
