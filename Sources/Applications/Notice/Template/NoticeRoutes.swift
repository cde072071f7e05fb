import Core
import Database
import HTML
import Register
import Web

extension Applications {
    /// 決定通知書のひな形. Made by one officer, published by another.
    func addNoticeRoutes(to site: inout Site) {
        site.add(MenuItem("通知書", "/desk/notices", needs: .editForms))

        site.officer(.get, "/desk/notices", needs: .editForms) { visit in
            .page(try await noticeList(visit.who))
        }

        site.officer(.get, "/desk/notices/{card}/{outcome}", needs: .editForms) { visit in
            .page(try await noticeEditor(visit, problem: nil))
        }

        site.officer(.post, "/desk/notices/{card}/{outcome}", needs: .editForms) { visit in
            let edit = NoticeEdit(visit.posted)
            return try await atNotice(visit, blocks: edit.blocks) { place in
                // Whoever only moves or adds a block keeps what was typed so far as well.
                try await saveNotice(place, edit.kept, seen: visit.seen, by: visit.who, at: visit.moment)
            }
        }

        site.officer(.get, "/desk/notices/{card}/{outcome}/preview.pdf", needs: .editForms) { visit in
            try limits.papers.take(visit.client, at: visit.moment)
            let place = try await noticePlace(visit.parameter("card"), visit.parameter("outcome"), visit.who)
            let fill = Placeholders.sample(place, town: town, today: visit.moment.day)
            return .file(try await download("見本 \(place.card.name[.ja])", place.draft.document.html(fill)))
        }

        addNoticeStep("propose", to: &site, needs: .editForms) { place, visit in
            try await proposeNotice(place, seen: visit.seen, by: visit.who, at: visit.moment)
        }
        addNoticeStep("return", to: &site, needs: .editForms) { place, visit in
            try await giveBackNotice(
                place, reason: visit.posted["words"] ?? "", seen: visit.seen, by: visit.who, at: visit.moment)
        }
        addNoticeStep("publish", to: &site, needs: .publishForms) { place, visit in
            try await publishNotice(place, seen: visit.seen, by: visit.who, at: visit.moment)
        }
        addNoticeStep("discard", to: &site, needs: .editForms) { place, visit in
            try await discardNotice(place, seen: visit.seen, by: visit.who, at: visit.moment)
        }
    }

    private func addNoticeStep(
        _ verb: String, to site: inout Site, needs permission: Permission,
        _ step: @escaping @Sendable (NoticePlace, Visit<Officer>) async throws -> Void
    ) {
        site.officer(.post, "/desk/notices/{card}/{outcome}/\(verb)", needs: permission) { visit in
            try await atNotice(visit, blocks: nil) { try await step($0, visit) }
        }
    }

    /// Back to the editor; where something is the matter, the editor with what that is and what was typed.
    private func atNotice(
        _ visit: Visit<Officer>, blocks: [NoticeBlock]?, _ work: (NoticePlace) async throws -> Void
    ) async throws -> Answer {
        let place = try await noticePlace(visit.parameter("card"), visit.parameter("outcome"), visit.who)
        do {
            try await work(place)
            return .redirect(.notice(place.card.id, place.draft.outcome))
        } catch let refusal as NoticeRefusal where refusal != .notFound {
            return .page(try await noticeEditor(visit, problem: refusal, typed: blocks))
        } catch TemplateRefusal.unusable(let words) {
            return .page(try await noticeEditor(visit, problem: .unusable(words), typed: blocks))
        }
    }

    private func noticeEditor(
        _ visit: Visit<Officer>, problem: NoticeRefusal?, typed: [NoticeBlock]? = nil
    ) async throws -> Page {
        let place = try await noticePlace(visit.parameter("card"), visit.parameter("outcome"), visit.who)
        let names = try await database.read { try staff.names($0) }
        return NoticePages(officer: visit.who, names: names).editor(place, typed: typed, problem: problem)
    }

    private func noticeList(_ officer: Officer) async throws -> Page {
        let (cards, versions, drafts) = try await database.read { transaction in
            let forms = try FormShelf.minutes(in: transaction)
            return (
                try Card.list(in: transaction).filter {
                    forms[$0.id] != nil && officer.may(.editForms, in: $0.section)
                },
                try NoticeTemplate.versions(in: transaction), try NoticeDraft.list(in: transaction)
            )
        }
        return NoticePages(officer: officer, names: [:]).list(cards, versions: versions, drafts: drafts)
    }
}

extension Link {
    /// The template of a notice.
    static func notice(_ card: String, _ outcome: Case.Status) -> Link { "/desk/notices/\(card)/\(outcome.rawValue)" }
}

/// What an editor of blocks sends: each block with its kind and words, and what else was pressed.
struct NoticeEdit {
    /// As they were typed, empty ones included.
    let blocks: [NoticeBlock]
    /// What is kept: moved, removed or added to as the button says.
    let kept: [NoticeBlock]

    init(_ posted: Posted) {
        let count = min(80, posted["count"].flatMap { Int($0) } ?? 0)
        var blocks: [NoticeBlock] = (0..<max(0, count)).map { index in
            let kind = posted["kind-\(index)"].flatMap(NoticeBlock.Kind.init) ?? .paragraph
            return NoticeBlock(kind, (posted["words-\(index)"] ?? "").replacing("\r\n", with: "\n"))
        }
        self.blocks = blocks
        let step = (posted["do"] ?? "").split(separator: "-").map(String.init)
        if step.count == 2, let index = Int(step[1]), blocks.indices.contains(index) {
            switch step[0] {
            case "up" where index > 0: blocks.swapAt(index, index - 1)
            case "down" where index + 1 < blocks.count: blocks.swapAt(index, index + 1)
            case "remove": blocks.remove(at: index)
            case "add": blocks.insert(NoticeBlock(.paragraph, "（ここに書く）"), at: index + 1)
            default: break
            }
        }
        kept = blocks
    }
}
