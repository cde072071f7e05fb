import Core
import Database
import HTML
import Web

extension Applications {
    /// The questions of an application, one page each.
    func addQuestionRoutes(to site: inout Site) {
        site.applicant(.get, "/applications/{id}/{page}") { visit in
            try await ask(visit) { Spot(visit.parameter("page"), in: $0) }
        }

        site.applicant(.post, "/applications/{id}/{page}", takesFiles: true) { visit in
            try await refusing(caseID(visit), visit.language) {
                try await take(visit) { Spot(visit.parameter("page"), in: $0) }
            }
        }

        site.applicant(.get, "/applications/{id}/{page}/{row}/{question}") { visit in
            try await ask(visit) { Self.spotInRow(visit, $0) }
        }

        site.applicant(.post, "/applications/{id}/{page}/{row}/{question}", takesFiles: true) { visit in
            try await refusing(caseID(visit), visit.language) { try await take(visit) { Self.spotInRow(visit, $0) } }
        }
    }

    private static func spotInRow(_ visit: Visit<Applicant>, _ journey: Journey) -> Spot? {
        Spot(
            visit.parameter("page"), row: visit.parameter("row"), question: visit.parameter("question"), in: journey)
    }

    /// Shows a question with what was answered.
    private func ask(_ visit: Visit<Applicant>, _ find: (Journey) -> Spot?) async throws -> Answer {
        let (open, pages) = try await draft(visit)
        guard open.item.status.isEditable else { return .redirect(.application(open.item.id)) }
        guard open.form.page(visit.parameter("page")) != nil else { throw Refused.notHere }
        guard let spot = find(pages.journey) else { return .redirect(Spot.check(pages.journey, open.item.id)) }
        guard pages.mayChange(spot) else { return .redirect(.application(open.item.id)) }
        if let talk = pages.counter?.talk {
            try await show(spot.shown(of: open.item.id), of: talk, at: visit.moment)
        }
        let fromCheck = visit.query["from"] == "check"
        if case .exit(let words) = spot.page.content { return .page(pages.exit(spot, words: words)) }
        if let (field, group) = spot.page.group {
            return .page(
                GroupPages(pages: pages, spot: spot, field: field, group: group).list(
                    problem: nil, fromCheck: fromCheck))
        }
        if let list = attachmentPages(pages, spot) { return .page(list.question(problems: [], fromCheck: fromCheck)) }
        let answers = spot.answers(pages.journey)
        let typed = spot.page.fields.reduce(into: [String: [String]]()) { typed, field in
            typed.merge(answers[field.id]?.typed ?? [:]) { $1 }
        }
        return .page(pages.question(spot, typed: typed, problems: [], fromCheck: fromCheck))
    }

    /// Takes what was typed: saved and on to the next question, or the same page with what has to be mended.
    private func take(_ visit: Visit<Applicant>, _ find: (Journey) -> Spot?) async throws -> Answer {
        let (open, pages) = try await draft(visit)
        let fromCheck = visit.query["from"] == "check"
        guard let page = open.form.page(visit.parameter("page")), !page.isExit else { throw Refused.notHere }
        guard open.item.status.isEditable else {
            return .page(CasePages.refused(.alreadySubmitted, open.item.id, visit.language))
        }
        guard let spot = find(pages.journey) else {
            // What is asked here is not asked any more: another page changed the way, or removed the row.
            let next = Spot.check(pages.journey, open.item.id)
            return .page(CasePages.overtaken(next, visit.language))
        }
        guard pages.mayChange(spot) else { throw CaseRefusal.fixed }
        if let (field, group) = spot.page.group {
            let list = GroupPages(pages: pages, spot: spot, field: field, group: group)
            if let problem = list.problem { return .page(list.list(problem: problem, fromCheck: fromCheck)) }
            return .redirect(try await onward(from: spot, in: open, before: open, visit, fromCheck: fromCheck))
        }
        if let list = attachmentPages(pages, spot) { return try await takeFiles(visit, list, fromCheck: fromCheck) }
        guard visit.upload == nil else { throw Refused.notHere }
        let reading = read(spot.page, visit.posted, at: visit.moment)
        if visit.query["auto"] == "yes" { return try await keep(reading, at: spot, of: open.item.id, visit) }
        guard reading.problems.isEmpty else {
            return .page(
                pages.question(spot, typed: reading.typed, problems: reading.problems, fromCheck: fromCheck))
        }
        let answers = reading.answers
        let saved = try await save(open.item.id, session: visit.who.session, at: visit.moment) {
            spot.save(answers, into: &$0)
        }
        return .redirect(try await onward(from: spot, in: saved, before: open, visit, fromCheck: fromCheck))
    }

    /// Keeps what is right so far while somebody is still typing; what is not right yet is not spoken of.
    private func keep(
        _ reading: PageReading, at spot: Spot, of id: Case.ID, _ visit: Visit<Applicant>
    ) async throws -> Answer {
        let right = spot.page.fields.filter { reading.answers[$0.id] != nil }
        let answers = reading.answers
        if !right.isEmpty {
            _ = try await save(id, session: visit.who.session, at: visit.moment) {
                spot.save(answers, to: right, into: &$0)
            }
        }
        return reading.problems.isEmpty ? .nothing : .incomplete
    }

    private func attachmentPages(_ pages: DraftPages, _ spot: Spot) -> AttachmentPages? {
        spot.page.fields.first.flatMap { field in
            field.attachment.map { AttachmentPages(pages: pages, spot: spot, field: field, attachment: $0) }
        }
    }
}
