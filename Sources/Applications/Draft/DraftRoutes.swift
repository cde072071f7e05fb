import Core
import Database
import HTML
import Japanese
import Web

extension Applications {
    /// The check page of an application, its code and its submission.
    func addDraftRoutes(to site: inout Site) {
        site.applicant(.get, "/applications/{id}/check") { visit in
            let (open, pages) = try await draft(visit)
            guard open.item.status.isEditable else { return .redirect(.application(open.item.id)) }
            // In a conversation everything is confirmed together.
            if pages.counter != nil { return .redirect(.talkCheck) }
            let unfit = open.item.number == nil ? firstUnfit(pages.journey, at: visit.moment) : nil
            let box = mail.map { _ in MailBox(language: visit.language, typed: pages.journey.applicantMail ?? "") }
            return .page(
                pages.check(
                    submission: ID<Case>().text, open: pages.journey.firstOpen ?? unfit, mail: box,
                    offer: try await newerOffer(open.item, visit.language), agreed: []))
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
                let address: MailAddress?
                do {
                    address = try MailBox.read(visit.posted)
                } catch is MailBox.Wrong {
                    let box = MailBox(language: visit.language, typed: visit.posted["news"] ?? "", isWrong: true)
                    let pages = try await draft(visit).1
                    return .page(
                        pages.check(
                            submission: submission.text, open: pages.journey.firstOpen, mail: box, offer: nil,
                            agreed: visit.posted.reusePurposes))
                }
                let item = try await submit(
                    id, submission: submission.text, revision: revision,
                    wishes: Wishes(reuse: visit.posted.reusePurposes, mail: address),
                    by: visit.who,
                    language: visit.language, at: visit.moment)
                return .redirect(.receipt(item.id))
            }
        }
    }

    /// What was refused for its state is said with the way on from there.
    func refusing(
        _ id: Case.ID, _ language: Language, _ work: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await work()
        } catch let refusal as CaseRefusal
            where [.alreadySubmitted, .changedSinceChecked, .incomplete, .submissionTaken, .fixed, .mandateOver]
            .contains(refusal)
            || refusal.isMove
        {
            return .page(CasePages.refused(refusal, id, language))
        }
    }

    func caseID(_ visit: Visit<some Any>) throws -> Case.ID {
        guard let id = Case.ID(visit.parameter("id")) else { throw CaseRefusal.notFound }
        return id
    }

    /// The application of an address, and its pages.
    func draft(_ visit: Visit<Applicant>) async throws -> (OpenCase, DraftPages) {
        let open: OpenCase
        do {
            open = try await openCase(caseID(visit), session: visit.who.session)
        } catch CaseRefusal.notFound where !visit.posted.pairs.isEmpty {
            // Another application was opened here since: what was typed waits until this one's code is entered.
            throw NeedsCode(request: visit.request)
        }
        var pages = try DraftPages(open, visit.language, visit.moment.day)
        pages.counter = try await counterAside(of: open, visit)
        return (open, pages)
    }
}
