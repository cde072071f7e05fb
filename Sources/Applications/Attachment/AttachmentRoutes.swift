import Core
import Database
import HTML
import Web

extension Applications {
    /// Where files are looked at.
    func addAttachmentRoutes(to site: inout Site) {
        site.applicant(.get, "/applications/{id}/files/{file}") { visit in
            let open = try await openCase(caseID(visit), session: visit.who.session)
            return .file(try download(visit.parameter("file"), of: open))
        }

        addViewerRoutes(to: &site)
    }

    /// Takes what was sent from the question of an attachment.
    func takeFiles(
        _ visit: Visit<Applicant>, _ list: AttachmentPages, fromCheck: Bool
    ) async throws -> Answer {
        let (open, spot, field) = (list.pages.open, list.spot, list.field)
        try limits.uploads.take(visit.client, at: visit.moment)
        var arrived: [Arriving] = []
        let posted = try await visit.upload?.read { file in
            guard file.control == field.id, arrived.count < list.attachment.maximum + 1 else { return nil }
            let arriving = try Arriving(name: file.name)
            arrived.append(arriving)
            return arriving
        }
        let typed = posted ?? visit.posted
        let again = spot.link(open.item.id).fromCheck(fromCheck)
        if let id = typed["remove"] {
            let file = spot.answers(list.pages.journey).files(of: field.id).first { $0.id == id }
            if let file {
                try await detach(file, from: spot, field, of: open.item, session: visit.who.session, at: visit.moment)
            }
            return .redirect(again)
        }
        let (saved, problems) = try await keep(arrived, list, session: visit.who.session, at: visit.moment)
        var pages = try DraftPages(saved, visit.language, visit.moment.day)
        pages.counter = list.pages.counter
        guard let spot = spot.again(in: pages.journey) else {
            return .redirect(Spot.check(pages.journey, open.item.id))
        }
        let now = AttachmentPages(pages: pages, spot: spot, field: field, attachment: list.attachment)
        if !problems.isEmpty { return .page(now.question(problems: problems, fromCheck: fromCheck)) }
        if typed["do"] == "add" { return .redirect(again) }
        return try await goOn(visit, now, typed, fromCheck: fromCheck)
    }

    private func keep(
        _ arrived: [Arriving], _ list: AttachmentPages, session: String, at moment: Moment
    ) async throws -> (OpenCase, [Text]) {
        let (open, maximum) = (list.pages.open, list.attachment.maximum)
        var problems: [Text] = []
        var kept: [AttachedFile] = []
        let before = list.spot.answers(list.pages.journey).files(of: list.field.id).count
        for file in arrived {
            guard before + kept.count < maximum else {
                problems.append(AttachmentTexts.tooMany.with(String(maximum), FileName.usable(file.name)))
                continue
            }
            switch try await seal(file, for: open.item, key: open.key) {
            case .kept(let file): kept.append(file)
            case .refused(let name, let words): problems.append(words.with(name))
            }
        }
        guard !kept.isEmpty else { return (open, problems) }
        do {
            let saved = try await attach(
                kept, to: list.spot, list.field, of: open.item.id, session: session, at: moment)
            return (saved, problems)
        } catch let refusal as CaseRefusal where refusal.kind.isInvalid {
            for file in kept { try await files.delete(file.kept) }
            return (try await openCase(open.item.id, session: session), problems + [refusal.words])
        }
    }

    /// Goes on once there is a file or another way was chosen.
    private func goOn(
        _ visit: Visit<Applicant>, _ list: AttachmentPages, _ typed: Posted, fromCheck: Bool
    ) async throws -> Answer {
        let (open, spot, field) = (list.pages.open, list.spot, list.field)
        let requirement = open.form.requirements?.first { $0.id == list.attachment.requirement }
        let way = typed["way"].flatMap(Requirement.Substitute.init).flatMap { way in
            requirement?.substitutes.contains(way) == true ? way : nil
        }
        let files = spot.answers(list.pages.journey).files(of: field.id)
        if let way, files.isEmpty {
            let saved = try await save(open.item.id, session: visit.who.session, at: visit.moment) {
                spot.save([field.id: GivenAnswer(typed: ["way": [way.rawValue]], value: .substituted(way))], into: &$0)
            }
            return .redirect(try await onward(from: spot, in: saved, before: open, visit, fromCheck: fromCheck))
        }
        if files.isEmpty {
            let saved = try await save(open.item.id, session: visit.who.session, at: visit.moment) {
                spot.save([:], into: &$0)
            }
            guard !field.isRequired else {
                let words =
                    requirement?.substitutes.isEmpty == false ? AttachmentTexts.missing : AttachmentTexts.missingFile
                return .page(list.question(problems: [words.replacing("%1", with: field.label)], fromCheck: fromCheck))
            }
            return .redirect(try await onward(from: spot, in: saved, before: open, visit, fromCheck: fromCheck))
        }
        return .redirect(try await onward(from: spot, in: open, before: open, visit, fromCheck: fromCheck))
    }
}
