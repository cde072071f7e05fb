import Core
import Database
import HTML
import Web

extension Applications {
    /// Adding and removing rows of a group.
    func addGroupRoutes(to site: inout Site) {
        site.applicant(.post, "/applications/{id}/{page}/add") { visit in
            try await refusing(caseID(visit), visit.language) { try await addRow(visit) }
        }

        site.applicant(.get, "/applications/{id}/{page}/{row}/remove") { visit in
            try await refusing(caseID(visit), visit.language) { try await askToRemove(visit) }
        }

        site.applicant(.post, "/applications/{id}/{page}/{row}/remove") { visit in
            try await refusing(caseID(visit), visit.language) { try await removeRow(visit) }
        }
    }

    private func addRow(_ visit: Visit<Applicant>) async throws -> Answer {
        let (open, pages) = try await draft(visit)
        let (page, field, group) = try group(visit, pages)
        let row = FormRow(id: FormRow.newID(), answers: [:])
        let saved = try await save(open.item.id, session: visit.who.session, at: visit.moment) { answers in
            answers.changeRows(of: field.id) { rows in
                // Pressed twice, one empty row is enough.
                if rows.count < group.maximum, rows.last?.answers.isEmpty != true { rows.append(row) }
            }
        }
        let journey = try saved.journey
        guard let last = journey.answers.rows(of: field.id).last,
            let first = journey.way(in: last, of: group).pages.first
        else { return .redirect(.question(open.item.id, page.id)) }
        let place =
            last.answers.isEmpty
            ? Link.question(open.item.id, page.id).below(last.id).below(first.id) : .question(open.item.id, page.id)
        return .redirect(place.fromCheck(visit.query["from"] == "check"))
    }

    private func askToRemove(_ visit: Visit<Applicant>) async throws -> Answer {
        let (open, pages) = try await draft(visit)
        let (page, field, group) = try group(visit, pages)
        let rows = pages.journey.answers.rows(of: field.id)
        guard let spot = Spot(page.id, in: pages.journey),
            let index = rows.firstIndex(where: { $0.id == visit.parameter("row") })
        else { return .redirect(.question(open.item.id, page.id)) }
        let list = GroupPages(pages: pages, spot: spot, field: field, group: group)
        return .page(list.removal(rows[index], number: index + 1))
    }

    private func removeRow(_ visit: Visit<Applicant>) async throws -> Answer {
        let (open, pages) = try await draft(visit)
        let (page, field, _) = try group(visit, pages)
        let row = visit.parameter("row")
        let saved = try await save(open.item.id, session: visit.who.session, at: visit.moment) { answers in
            answers.changeRows(of: field.id) { $0.removeAll { $0.id == row } }
        }
        if let talk = pages.counter?.talk {
            try await hear(Spot(page), in: saved, before: open, of: talk, by: visit.who, at: visit.moment)
        }
        return .redirect(.question(open.item.id, page.id))
    }

    private func group(
        _ visit: Visit<Applicant>, _ pages: DraftPages
    ) throws -> (page: Form.Page, field: Field, group: Field.Rows) {
        guard let page = pages.journey.pages.first(where: { $0.id == visit.parameter("page") }),
            let (field, group) = page.group
        else { throw Refused.notHere }
        guard pages.mayChange(Spot(page)) else { throw CaseRefusal.fixed }
        return (page, field, group)
    }
}
