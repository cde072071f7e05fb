import Core
import Database
import Japanese
import Register
import Web

extension Applications {
    /// A notice's template that an officer works on: its card, its draft, and the form whose answers it may name.
    struct NoticePlace: Sendable {
        let card: Card
        let draft: NoticeDraft
        /// The version that is used now; nil for the program's own.
        let version: Int?
        let form: Form?

        /// Every name that may stand in braces, with what it is.
        var names: [(name: String, meaning: String)] {
            Placeholders.inNotices
                + answers.map { (Placeholders.answerMark + $0, "申請の答え「\($0)」") }
        }

        /// The labels of the form's fields, each once.
        private var answers: [String] {
            var labels: [String] = []
            for field in form?.pages.flatMap(\.fields) ?? [] where field.rows == nil {
                if case .information = field.kind { continue }
                let label = field.label[.ja]
                if !labels.contains(label), !label.contains("{"), !label.contains("}") { labels.append(label) }
            }
            return labels
        }
    }

    /// The template of a card and an outcome. Throws ``NoticeRefusal/notFound`` for another section's.
    func noticePlace(_ card: String, _ outcome: String, _ officer: Officer) async throws -> NoticePlace {
        guard let outcome = Case.Status(rawValue: outcome), outcome.isOutcome else { throw NoticeRefusal.notFound }
        return try await database.read { transaction in
            guard let found = try Card.find(card, in: transaction), officer.may(.editForms, in: found.section) else {
                throw NoticeRefusal.notFound
            }
            let newest = try NoticeTemplate.newest(card, outcome, in: transaction)
            let draft = try NoticeDraft.find(card, outcome, in: transaction)
            return NoticePlace(
                card: found,
                draft: draft ?? NoticeDraft(card, outcome, newest?.document ?? .standard(outcome)),
                version: newest?.version, form: try shelf.newest(of: card, through: .online, in: transaction))
        }
    }

    /// ひな形の保存. Keeps the blocks as somebody left them, after somebody saw a revision.
    func saveNotice(
        _ place: NoticePlace, _ blocks: [NoticeBlock], seen: Int?, by officer: Officer, at moment: Moment
    ) async throws {
        let document = NoticeDocument(blocks: try checked(blocks, in: place))
        try await changeNotice(place, seen: seen, event: "notice.edited", by: officer, at: moment) { draft in
            guard draft.proposedBy == nil else { throw NoticeRefusal.proposed }
            draft.document = document
        }
    }

    /// 公開の申し出.
    func proposeNotice(_ place: NoticePlace, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        guard place.draft.outcome == .approved || place.draft.document.blocks.contains(where: { $0.kind == .appeal })
        else { throw NoticeRefusal.noAppeal }
        guard place.draft.revision > 0 else { throw NoticeRefusal.changedSince }
        try await changeNotice(place, seen: seen, event: "notice.proposed", by: officer, at: moment) { draft in
            guard draft.proposedBy == nil else { throw NoticeRefusal.proposed }
            (draft.proposedBy, draft.returned) = (officer.id, nil)
        }
    }

    /// 差戻し, or 取下げ by whoever proposed it.
    func giveBackNotice(
        _ place: NoticePlace, reason: String, seen: Int?, by officer: Officer, at moment: Moment
    ) async throws {
        guard let proposer = place.draft.proposedBy else { throw NoticeRefusal.changedSince }
        let isOwn = proposer == officer.id
        let words = try TemplateRefusal.usable(reason)
        if !isOwn {
            guard officer.may(.publishForms, in: place.card.section) else { throw Refused.notYours }
            if words.isEmpty { throw NoticeRefusal.reasonMissing }
        }
        try await changeNotice(place, seen: seen, event: "notice.given-back", by: officer, at: moment) { draft in
            guard draft.proposedBy != nil else { throw NoticeRefusal.changedSince }
            (draft.proposedBy, draft.returned) = (nil, words.isEmpty ? nil : words)
        }
    }

    /// 公開. By somebody else than who proposed it; what is decided from now on is issued with it.
    func publishNotice(_ place: NoticePlace, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.publishForms, in: place.card.section) else { throw Refused.notYours }
        try await database.write { transaction in
            guard let draft = try NoticeDraft.find(place.card.id, place.draft.outcome, in: transaction),
                draft.revision == seen, let proposer = draft.proposedBy
            else { throw NoticeRefusal.changedSince }
            guard proposer != officer.id else { throw NoticeRefusal.sameEyes }
            let version = try draft.publish(by: officer.id, at: moment, in: transaction)
            try transaction.record(
                Event(
                    "notice.published", subject: place.card.id,
                    detail: ["outcome": draft.outcome.rawValue, "version": String(version)]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 下書きの取消し. What is used now stays.
    func discardNotice(_ place: NoticePlace, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            guard let draft = try NoticeDraft.find(place.card.id, place.draft.outcome, in: transaction) else {
                return transaction.keepHouse("it is gone already")
            }
            guard draft.proposedBy == nil else { throw NoticeRefusal.proposed }
            guard draft.revision == seen else { throw NoticeRefusal.changedSince }
            try draft.delete(in: transaction)
            try transaction.record(
                Event("notice.discarded", subject: place.card.id), by: .officer(officer.id), at: moment)
        }
    }

    private func changeNotice(
        _ place: NoticePlace, seen: Int?, event: String, by officer: Officer, at moment: Moment,
        _ change: @escaping @Sendable (inout NoticeDraft) throws -> Void
    ) async throws {
        try await database.write { transaction in
            let kept = try NoticeDraft.find(place.card.id, place.draft.outcome, in: transaction)
            var draft = kept ?? place.draft
            guard draft.revision == seen else { throw NoticeRefusal.changedSince }
            try change(&draft)
            draft.revision += 1
            try draft.save(by: officer.id, at: moment, in: transaction)
            try transaction.record(
                Event(event, subject: place.card.id, detail: ["outcome": draft.outcome.rawValue]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// The blocks without empty ones. Throws a ``NoticeRefusal`` that says what to mend.
    private func checked(_ blocks: [NoticeBlock], in place: NoticePlace) throws -> [NoticeBlock] {
        let blocks = try blocks.map { NoticeBlock($0.kind, try TemplateRefusal.usable($0.words)) }
            .filter { !$0.words.isEmpty }
        if blocks.isEmpty { throw NoticeRefusal.empty }
        if blocks.count > 60 { throw NoticeRefusal.tooLong }
        let known = place.names.map(\.name)
        var unknown: [String] = []
        for block in blocks {
            unknown += Placeholders.unknown(in: block.words, known: Set(known)).filter { !unknown.contains($0) }
        }
        guard unknown.isEmpty else { throw NoticeRefusal.unknown(unknown, known: known) }
        return blocks
    }
}
