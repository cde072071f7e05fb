import Core
import Database
import HTML
import Japanese
import Web

extension Applications {
    /// The questions of an application, its check page and its submission.
    func addDraftRoutes(to site: inout Site) {
        site.applicant(.get, "/applications/{id}/check") { visit in
            let (open, pages) = try await draft(visit)
            guard open.item.status.isEditable else { return .redirect(.application(open.item.id)) }
            let unfit = open.item.number == nil ? firstUnfit(pages.journey, at: visit.moment) : nil
            return .page(pages.check(submission: ID<Case>().text, open: pages.journey.firstOpen ?? unfit))
        }

        site.applicant(.get, "/applications/{id}/code") { visit in
            let (open, pages) = try await draft(visit)
            guard open.item.status == .draft else { return .redirect(.application(open.item.id)) }
            try await keepForLater(open.item, at: visit.moment)
            let until = open.item.savedAt.day.adding(days: Self.draftDays)
            return .page(pages.code(try open.code, until: until))
        }

        site.applicant(.post, "/applications/{id}/submit") { visit in
            let id = try caseID(visit)
            return try await refusing(id, visit.language) {
                guard let submission = visit.posted["submission"].flatMap(ID<Case>.init),
                    let revision = visit.posted["revision"].flatMap({ Int($0) })
                else { throw CaseRefusal.changedSinceChecked }
                let item = try await submit(
                    id, submission: submission.text, revision: revision, session: visit.who.session,
                    language: visit.language,
                    at: visit.moment)
                return .redirect(.receipt(item.id))
            }
        }

        site.applicant(.get, "/applications/{id}/{page}") { visit in
            let (open, pages) = try await draft(visit)
            guard open.item.status.isEditable else { return .redirect(.application(open.item.id)) }
            guard let page = open.form.page(visit.parameter("page")) else { throw Refused.notHere }
            guard pages.journey.pages.contains(where: { $0.id == page.id }) else {
                return .redirect(next(in: open, after: nil, fromCheck: true))
            }
            if case .exit(let words) = page.content { return .page(pages.exit(page, words: words)) }
            let typed = page.fields.reduce(into: [String: [String]]()) { typed, field in
                typed.merge(pages.journey.answers[field.id]?.typed ?? [:]) { $1 }
            }
            return .page(
                pages.question(page, typed: typed, problems: [], fromCheck: visit.query["from"] == "check"))
        }

        site.applicant(.post, "/applications/{id}/{page}") { visit in
            let (open, pages) = try await draft(visit)
            let fromCheck = visit.query["from"] == "check"
            guard let page = open.form.page(visit.parameter("page")), !page.isExit else { throw Refused.notHere }
            guard open.item.status.isEditable else {
                return .page(CasePages.refused(.alreadySubmitted, open.item.id, visit.language))
            }
            guard pages.journey.pages.contains(where: { $0.id == page.id }) else {
                return .redirect(next(in: open, after: nil, fromCheck: true))
            }
            let read = read(page, visit.posted, at: visit.moment)
            guard read.problems.isEmpty else {
                return .page(
                    pages.question(page, typed: read.typed, problems: read.problems, fromCheck: fromCheck))
            }
            let saved = try await save(
                read.answers, clearing: page.fields.map(\.id), of: open.item.id, session: visit.who.session,
                at: visit.moment)
            return .redirect(next(in: saved, after: page.id, fromCheck: fromCheck))
        }
    }

    /// What was refused for its state is said with the way on from there.
    private func refusing(
        _ id: Case.ID, _ language: Language, _ work: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await work()
        } catch let refusal as CaseRefusal
            where [.alreadySubmitted, .changedSinceChecked, .incomplete, .submissionTaken].contains(refusal)
        {
            return .page(CasePages.refused(refusal, id, language))
        }
    }

    func caseID(_ visit: Visit<some Any>) throws -> Case.ID {
        guard let id = Case.ID(visit.parameter("id")) else { throw CaseRefusal.notFound }
        return id
    }

    private func draft(_ visit: Visit<Applicant>) async throws -> (OpenCase, DraftPages) {
        let open = try await openCase(caseID(visit), session: visit.who.session)
        let pages = DraftPages(
            open: open, journey: try open.journey, language: visit.language, today: visit.moment.day)
        return (open, pages)
    }

    /// Where it goes on after a page.
    private func next(in open: OpenCase, after page: String?, fromCheck: Bool) -> Link {
        let id = open.item.id
        guard let journey = try? open.journey else { return .application(id) }
        if fromCheck {
            return journey.firstOpen.map { Link.question(id, $0.id).fromCheck(!$0.isExit) } ?? .check(id)
        }
        return page.flatMap { journey.page(after: $0) }.map { .question(id, $0.id) } ?? .check(id)
    }
}
