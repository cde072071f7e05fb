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
            return .page(try await inboxPage(visit))
        }

        site.officer(.get, "/desk/cases/{id}", needs: .readCases) { visit in
            .page(try await casePage(try caseID(visit), visit.who, at: visit.moment, attempt: nil))
        }
    }

    /// An application on the desk. Looking at it is recorded.
    func casePage(
        _ id: Case.ID, _ officer: Officer, at moment: Moment, attempt: DeskCasePages.Attempt?
    ) async throws -> Page {
        let key = try await deskKey(id, officer, .readCases)
        try await database.write { transaction in
            try transaction.record(Event("case.viewed", subject: id.text), by: .officer(officer.id), at: moment)
        }
        let (open, messages, ledger, history, desk) = try await database.read { transaction in
            let (item, sealed) = try Case.require(id, in: transaction)
            return (
                try openCase(item, sealed, key, in: transaction), try Message.list(of: item, key: key, in: transaction),
                try FeeLedger.read(of: item, key: key, in: transaction),
                try transaction.events(of: id.text),
                (
                    assignment: try assignment(of: item, for: officer, in: transaction),
                    returnedOn: try Case.returnedAt(id, in: transaction)?.day
                )
            )
        }
        let pages = DeskCasePages(
            officer: officer, today: moment.day, eventNames: eventNames, section: town.sectionName(open.item.section),
            language: town.language(kept: open.item.language), attempt: attempt, payments: payments,
            assignment: desk.assignment.html,
            due: DueDate(status: open.item.status, dueOn: open.item.dueOn, returnedOn: desk.returnedOn)
                .html(on: moment.day, calendar))
        return try pages.page(
            open, messages: messages, fee: ledger, history: history, names: desk.assignment.names,
            onces: (0..<9).map { _ in ID<Case>().text })
    }
}
