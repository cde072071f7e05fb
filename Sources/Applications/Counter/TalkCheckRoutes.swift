import Core
import Database
import HTML
import Register
import Web

extension Applications {
    /// 内容の確認 of a conversation, its papers, and the yes by which everything is sent.
    func addTalkCheckRoutes(to site: inout Site) {
        site.applicant(.get, "/counter/talk/check") { visit in
            let talk = try await conversation(heldBy: visit.who)
            try await show(.check, of: talk, at: visit.moment)
            return .page(try await checkPage(talk, visit, nil))
        }

        site.applicant(.get, "/counter/talk/check.pdf") { visit in
            try limits.papers.take(visit.client, at: visit.moment)
            let talk = try await conversation(heldBy: visit.who)
            let drafts = try await held(talk, by: visit.who)
            let guided = try await guided(talk).map(\.name)
            let papers = TalkPapers(town: town, language: talk.language)
            return .file(
                try await download("確認書", papers.check(drafts, guided: guided), as: .large(talk.language)))
        }

        site.applicant(.post, "/counter/talk/submit") { visit in
            let talk = try await conversation(heldBy: visit.who)
            var attempt = TalkCheckPages.Attempt(
                agreed: visit.posted["agreed"].flatMap(Confirmation.init), reuse: visit.posted.reusePurposes)
            var address: MailAddress?
            do { address = try MailBox.read(visit.posted) } catch is MailBox.Wrong {
                attempt.mail = MailBox(language: talk.language, typed: visit.posted["news"] ?? "", isWrong: true)
            }
            if attempt.agreed == nil { attempt.refusal = .notAgreed }
            guard let agreed = attempt.agreed, attempt.mail == nil else {
                return .page(try await checkPage(talk, visit, attempt))
            }
            attempt.refused = try await send(
                confirmed(visit.posted, in: talk), agreed: agreed, wishes: Wishes(reuse: attempt.reuse, mail: address),
                by: visit.who, at: visit.moment)
            let now = try await conversation(heldBy: visit.who)
            if attempt.refused.isEmpty, now.isDone { return .redirect(.talkReceipt) }
            return .page(try await checkPage(now, visit, attempt))
        }

        site.applicant(.get, "/counter/talk/receipt") { visit in
            let talk = try await conversation(heldBy: visit.who)
            try await show(.nothing, of: talk, at: visit.moment)
            let sent = try await sent(of: talk, by: visit.who)
            let guided = try await guided(talk).map(\.name)
            guard !sent.isEmpty else { return .redirect(.talkCheck) }
            return .page(try TalkReceipt(sent: sent, guided: guided, town: town, language: talk.language).page)
        }

        site.applicant(.get, "/counter/talk/receipt.pdf") { visit in
            try limits.papers.take(visit.client, at: visit.moment)
            let talk = try await conversation(heldBy: visit.who)
            let sent = try await sent(of: talk, by: visit.who)
            let guided = try await guided(talk).map(\.name)
            let papers = TalkPapers(town: town, language: talk.language)
            return .file(
                try await download("受付の控え", papers.receipts(sent, guided: guided), as: .large(talk.language)))
        }
    }

    /// What a confirmation page said of each application.
    private func confirmed(_ posted: Posted, in talk: Conversation) throws -> [Confirmed] {
        try talk.parts.compactMap(\.application).compactMap { id in
            // One that was not on the page is not sent by it.
            guard let name = posted["submission.\(id.text)"] else { return nil }
            guard let submission = ID<Case>(name), let revision = posted["revision.\(id.text)"].flatMap({ Int($0) })
            else { throw CaseRefusal.changedSinceChecked }
            return Confirmed(id: id, submission: submission.text, revision: revision)
        }
    }

    func checkPage(
        _ talk: Conversation, _ visit: Visit<Applicant>, _ attempt: TalkCheckPages.Attempt?
    ) async throws -> Page {
        let drafts = try await held(talk, by: visit.who)
        let unfit = try drafts.reduce(into: [Case.ID: Form.Page]()) { unfit, open in
            unfit[open.item.id] = firstUnfit(try open.journey, at: visit.moment)
        }
        let sent = try await sent(of: talk, by: visit.who).map { (title: $0.form.title, number: $0.item.number ?? "") }
        let pages = TalkCheckPages(
            talk: talk, drafts: drafts, sent: sent, guided: try await guided(talk), town: town, hasMail: mail != nil)
        return try pages.page(attempt, unfit: unfit)
    }

    /// The conversation's applications that were sent, opened.
    private func sent(of talk: Conversation, by who: Applicant) async throws -> [OpenCase] {
        var sent: [OpenCase] = []
        for part in talk.parts where part.sentAt != nil {
            guard let id = part.application else { continue }
            sent.append(try await openCase(id, session: who.session))
        }
        return sent
    }

    private func guided(_ talk: Conversation) async throws -> [(card: String, name: Text)] {
        let cards = talk.parts.filter { $0.application == nil }.map(\.card)
        return try await database.read { transaction in
            try cards.compactMap { id in try Card.find(id, in: transaction).map { (card: id, name: $0.name) } }
        }
    }
}
