import Core
import Database
import HTML
import Register
import Web

extension Applications {
    /// 控えと通知書 as PDF, for the applicant and at the desk.
    func addPaperRoutes(to site: inout Site) {
        site.applicant(.get, "/applications/{id}/receipt.pdf") { visit in
            try limits.papers.take(visit.client, at: visit.moment)
            let open = try await openCase(caseID(visit), session: visit.who.session)
            guard let number = open.item.number else { return .redirect(.check(open.item.id)) }
            let papers = Papers(open: open, town: town)
            return .file(try await download("受付の控え \(number)", papers.receipt()))
        }

        site.anyone(.get, "/procedures/{card}/form.pdf") { visit in
            try limits.papers.take(visit.client, at: visit.moment)
            let card = visit.parameter("card")
            let found = try await database.read { transaction in
                (
                    try shelf.newest(of: card, through: .online, in: transaction),
                    try Card.find(card, in: transaction)?.section
                )
            }
            guard let form = found.0, let section = found.1 else { throw Refused.notHere }
            let paper = PaperForm(
                form: form, town: town, section: town.sectionName(section), today: visit.moment.day)
            let name = "\(form.title[.ja])（\(PaperForm.code(form))）"
            return .file(download(name, try await paperShelf.paper(name) { paper.html }))
        }

        site.applicant(.get, "/applications/{id}/form.pdf") { visit in
            try limits.papers.take(visit.client, at: visit.moment)
            let open = try await openCase(caseID(visit), session: visit.who.session)
            guard open.item.status == .draft else { return .redirect(.application(open.item.id)) }
            try await keepForLater(open.item, at: visit.moment)
            let paper = PaperForm(
                form: open.form, town: town, section: town.sectionName(open.item.section), today: visit.moment.day,
                draft: .init(journey: try open.journey, code: try open.code))
            return .file(try await download(open.form.title[.ja], paper.html))
        }

        site.applicant(.get, "/applications/{id}/notice.pdf") { visit in
            try limits.papers.take(visit.client, at: visit.moment)
            let open = try await openCase(caseID(visit), session: visit.who.session)
            guard try open.mandateStands(for: .receive, on: visit.moment.day) else { throw CaseRefusal.mandateOver }
            return try await notice(open)
        }

        site.officer(.get, "/desk/cases/{id}/notice.pdf", needs: .readCases) { visit in
            let id = try caseID(visit)
            _ = try await deskKey(id, visit.who, .readCases)
            try await database.write { transaction in
                try transaction.record(
                    Event("case.viewed", subject: id.text), by: .officer(visit.who.id), at: visit.moment)
            }
            return try await notice(openCase(id))
        }
    }

    /// The notice of the newest decision, with the template that it was issued with.
    private func notice(_ open: OpenCase) async throws -> Answer {
        .file(download("決定通知書 \(open.item.number ?? "")", try await noticePaper(open)))
    }

    /// 決定通知書 of an application that has one: of the newest decision, with the template that it was issued with.
    func noticePaper(_ open: OpenCase) async throws -> Spool {
        let item = open.item
        guard item.hasNotice, let number = item.number else { throw Refused.notHere }
        let (decided, template, messages, fee) = try await database.read { transaction in
            let decided = try Decision.list(of: item.id, key: open.key, in: transaction).last
            return (
                decided,
                try decided?.notice.flatMap { version in
                    try NoticeTemplate.find(item.card, decided?.outcome ?? .approved, version: version, in: transaction)
                },
                try Message.list(of: item, key: open.key, in: transaction),
                try FeeLedger.read(of: item, key: open.key, in: transaction)
            )
        }
        // What was decided before decisions were kept has its words in the message alone.
        let outcome = decided?.outcome ?? (item.status.isOutcome ? item.status : .approved)
        let words = messages.last { $0.kind == .decision }?.words ?? ""
        let document = template?.document ?? .standard(outcome)
        let fill = try Placeholders(open, town: town, today: (decided?.at ?? item.savedAt).day).deciding(
            outcome, decided?.content ?? Decision.Content(words: words, law: ""),
            on: (decided?.at ?? item.decidedAt ?? item.savedAt).day, fee: fee, journey: try open.submitted, town: town)
        return try await Typesetter.pdf("決定通知書 \(number)", document.html(fill))
    }

    func download(_ name: String, _ body: HTML, as style: Typesetter.Style = .paper) async throws -> Download {
        download(name, try await Typesetter.pdf(name, body, as: style))
    }

    private func download(_ name: String, _ paper: Spool) -> Download {
        Download(paper, type: "application/pdf", name: name + ".pdf", isShown: true)
    }
}

extension Case {
    /// True once there is a 決定通知書.
    var hasNotice: Bool {
        switch status {
        case .approved, .rejected, .inadmissible, .issued, .completed: true
        case .draft, .submitted, .received, .reviewing, .returned, .withdrawn: false
        }
    }
}
