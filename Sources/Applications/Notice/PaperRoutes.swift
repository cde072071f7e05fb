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

    private func notice(_ open: OpenCase) async throws -> Answer {
        guard open.item.hasNotice, let number = open.item.number else { throw Refused.notHere }
        let (messages, fee) = try await database.read { transaction in
            (
                try Message.list(of: open.item, key: open.key, in: transaction),
                try FeeLedger.read(of: open.item, key: open.key, in: transaction)
            )
        }
        let words = messages.last { $0.kind == .decision }?.words
        let papers = Papers(open: open, town: town)
        return .file(try await download("決定通知書 \(number)", papers.notice(words: words, fee: fee)))
    }

    func download(_ name: String, _ body: HTML, as style: Typesetter.Style = .paper) async throws -> Download {
        download(name, try await Typesetter.pdf(name, body, as: style))
    }

    private func download(_ name: String, _ spool: Spool) -> Download {
        let piece = FileStore.piece
        return Download(type: "application/pdf", name: name + ".pdf", isShown: true) { index in
            index * piece < spool.count ? spool.bytes(from: index * piece, count: piece) : nil
        }
    }
}

extension Case {
    /// True once there is a 決定通知書.
    var hasNotice: Bool { status == .approved || status == .rejected }
}
