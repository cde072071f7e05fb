import Core
import Database
import HTML
import Japanese
import Web

extension Applications {
    /// An application on the desk, its files, and what is compared with it.
    func addCasePageRoutes(to site: inout Site) {
        site.officer(.get, "/desk/cases/{id}", needs: .readCases) { visit in
            let id = try caseID(visit)
            var look = DeskCasePages.Look()
            look.filter = visit.query["show"].flatMap(Timeline.Filter.init) ?? .all
            look.note = visit.query["note"].flatMap(NoteDetail.Kind.init) ?? .memo
            return .page(
                try await casePage(id, visit.who, at: visit.moment, look: look) { desk in
                    try filled(visit.query, desk, on: visit.moment.day)
                })
        }

        site.officer(.get, "/desk/cases/{id}/compare", needs: .readCases) { visit in
            guard let other = visit.query["with"].flatMap(Case.ID.init) else { throw CaseRefusal.notOnDesk }
            let id = try caseID(visit)
            let (key, otherKey) = (
                try await deskKey(id, visit.who, .readCases), try await deskKey(other, visit.who, .readCases)
            )
            try await recordLook(at: [id, other], by: visit.who, at: visit.moment)
            let pages = ComparePages(
                officer: visit.who, one: try await deskCase(id, key: key, for: visit.who),
                other: try await deskCase(other, key: otherKey, for: visit.who))
            guard pages.one.item.card == pages.other.item.card else { throw CaseRefusal.notOnDesk }
            return .page(try pages.page())
        }

        site.officer(.post, "/desk/cases/{id}/not-duplicate", needs: .handleCases) { visit in
            guard let other = visit.posted["other"].flatMap(Case.ID.init) else { throw CaseRefusal.notOnDesk }
            let id = try caseID(visit)
            try await dismissDuplicate(other, of: id, by: visit.who, at: visit.moment)
            return .redirect(.desk(id))
        }
    }

    /// An application on the desk, as far as it is open to the officer. Looking at it is recorded.
    func casePage(
        _ id: Case.ID, _ officer: Officer, at moment: Moment, look: DeskCasePages.Look,
        filling: (DeskCase) throws -> DeskForm.Filled? = { _ in nil }
    ) async throws -> Page {
        let (key, access) = try await lookingKey(id, officer)
        try await recordLook(at: [id], by: officer, at: moment)
        let desk = try await deskCase(id, key: key, for: officer)
        var look = look
        look.filled = try filling(desk)
        let (assignee, returnedOn) = try await database.read { transaction in
            (
                try assignment(of: desk.item, for: officer, in: transaction),
                try Case.returnedAt(id, in: transaction)?.day
            )
        }
        let due = DueDate(status: desk.item.status, dueOn: desk.item.dueOn, returnedOn: returnedOn)
        let pages = DeskCasePages(
            desk: desk, officer: officer, town: town, today: moment.day, eventNames: eventNames, look: look,
            payments: payments, assignment: assignee.html, due: due.html(on: moment.day, calendar))
        switch access {
        case .own:
            try await noteAnswersSeen(desk, by: officer, at: moment)
            return try pages.page()
        case .deciding: return try pages.deciding()
        case .consulted(let sections): return try pages.consulted(sections)
        }
    }

    /// The words of a template that was chosen, filled from the application.
    private func filled(_ query: Posted, _ desk: DeskCase, on today: Day) throws -> DeskForm.Filled? {
        guard let verb = query["for"], let id = query["template"],
            let template = desk.templates.first(where: { $0.id == id })
        else { return nil }
        let words = try Placeholders(desk.open, town: town, today: today).fill(template.words)
        return DeskForm.Filled(verb: verb, template: template, words: words)
    }

    private func recordLook(at ids: [Case.ID], by officer: Officer, at moment: Moment) async throws {
        try await database.write(.holding) { transaction in
            for id in ids {
                try transaction.record(Event("case.viewed", subject: id.text), by: .officer(officer.id), at: moment)
            }
        }
    }

    /// Whoever asked has seen what was answered.
    private func noteAnswersSeen(_ desk: DeskCase, by officer: Officer, at moment: Moment) async throws {
        guard desk.consultations.contains(where: { $0.state == .answered && $0.officer == officer.id }) else { return }
        let id = desk.item.id
        try await database.write { transaction in
            transaction.keepHouse("whoever asked has seen the answer")
            try transaction.run(
                """
                UPDATE consultation SET seen_at = \(moment)
                WHERE application = \(id) AND officer = \(officer.id) AND state = 'answered' AND seen_at IS NULL
                """)
        }
    }
}
