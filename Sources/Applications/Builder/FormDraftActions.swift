import Core
import Database
import FoundationEssentials
import Japanese
import Register
import Web
import Yams

extension Applications {
    /// A form's draft that an officer may work on, and the section of its card.
    ///
    /// Throws ``FormRefusal/notFound`` if there is none, and for another section's.
    func formDraft(_ form: String, _ officer: Officer, _ permission: Permission) async throws -> FormDraft {
        let found = try await database.read { transaction in
            try FormDraft.find(form, in: transaction).map { ($0, try Card.find($0.card, in: transaction)?.section) }
        }
        guard let (draft, section) = found, let section, officer.may(.editForms, in: section) else {
            throw FormRefusal.notFound
        }
        guard officer.may(permission, in: section) else { throw Refused.notYours }
        return draft
    }

    /// 様式を直し始める. A draft of the next version of a card's form, or of its first.
    func beginFormDraft(of card: String, by officer: Officer, at moment: Moment) async throws -> String {
        try await keepNew(of: card, by: officer, at: moment) { item, newest in
            (newest?.form ?? card, try newest?.document ?? Self.blank(item))
        }
    }

    /// 様式の取り込み. Makes a draft of a document from elsewhere, which says where it came from.
    func importForm(_ yaml: String, for card: String, by officer: Officer, at moment: Moment) async throws -> String {
        do {
            guard let root = try FormFile.compose(yaml), root.mapping != nil, root["pages"] != nil else {
                throw FormRefusal.unreadable("様式の文書ではありません。ほかの町が書き出した様式（.yaml）を選んでください。")
            }
        } catch let unreasonable as FormFile.Unreasonable {
            throw FormRefusal.unreadable(unreasonable.words)
        } catch let refusal as FormRefusal {
            throw refusal
        } catch {
            throw FormRefusal.unreadable("YAMLとして読み取れません。ほかの町が書き出した様式（.yaml）を選んでください。")
        }
        return try await keepNew(of: card, by: officer, at: moment) { _, newest in
            var tree = try FormTree(yaml: yaml, file: "取り込んだ文書")
            let form = newest?.form ?? card
            let origin = tree.root["exported_from"]
            let lineage = (tree.root["lineage"]?.sequence.map(Array.init) ?? []) + [origin].compactMap { $0 }
            tree.change(FormTree.Place("exported_from")) { _ in nil }
            tree.change(FormTree.Place("lineage")) { _ in lineage.isEmpty ? nil : .list(lineage) }
            for (key, value) in [("id", form), ("card", card)] {
                tree.change(FormTree.Place(key)) { _ in .plain(value) }
            }
            return (form, try tree.yaml)
        }
    }

    /// Keeps a new draft for a card, made of what is published for it now. Gives the form's id.
    private func keepNew(
        of card: String, by officer: Officer, at moment: Moment,
        _ make:
            @escaping @Sendable (
                Card, Form.Published?
            ) throws -> (form: String, yaml: String)
    ) async throws -> String {
        try await database.write { transaction in
            guard let item = try Card.find(card, in: transaction), officer.may(.editForms, in: item.section) else {
                throw FormRefusal.notFound
            }
            let newest = try Form.newestDocument(of: card, in: transaction)
            let (form, yaml) = try make(item, newest)
            if try FormDraft.find(form, in: transaction) != nil { throw FormRefusal.exists }
            var draft = FormDraft(form: form, card: card, yaml: yaml, by: officer.id, at: moment)
            draft.basedOn = newest?.version
            try draft.save(in: transaction)
            try transaction.record(Event("form.drafted", subject: form), by: .officer(officer.id), at: moment)
            return form
        }
    }

    /// Changes a draft, as somebody who saw a revision of it.
    func changeForm(
        _ form: String, seen: Int?, by officer: Officer, at moment: Moment,
        _ change: @escaping @Sendable (inout FormTree) throws -> Void
    ) async throws {
        _ = try await formDraft(form, officer, .editForms)
        try await database.write { transaction in
            guard var draft = try FormDraft.find(form, in: transaction) else { throw FormRefusal.notFound }
            guard draft.proposedBy == nil else { throw FormRefusal.proposed }
            var tree = try FormTree(yaml: draft.yaml, file: form)
            try change(&tree)
            let yaml = try tree.yaml
            // The same press again changes nothing, whatever it saw.
            guard yaml != draft.yaml else { return transaction.keepHouse("nothing changed") }
            guard draft.revision == seen else { throw FormRefusal.changedSince }
            (draft.previous, draft.yaml) = (draft.yaml, yaml)
            (draft.editedBy, draft.editedAt) = (officer.id, moment)
            draft.revision += 1
            try draft.save(in: transaction)
            try transaction.record(Event("form.edited", subject: form), by: .officer(officer.id), at: moment)
        }
    }

    /// ひとつ前に戻す. The draft as it was before its last change; once more, and it is as it was.
    func undoForm(_ form: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        let draft = try await formDraft(form, officer, .editForms)
        guard let previous = draft.previous else { return }
        try await changeForm(form, seen: seen, by: officer, at: moment) { tree in
            if let before = try? FormTree(yaml: previous, file: form) { tree = before }
        }
    }

    /// 取消し. The draft is gone; what is published stays.
    /// - Parameter typed: the form's id, typed by whoever means it.
    func discardForm(_ form: String, typed: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        _ = try await formDraft(form, officer, .editForms)
        try await database.write { transaction in
            guard let draft = try FormDraft.find(form, in: transaction) else { throw FormRefusal.notFound }
            guard draft.proposedBy == nil else { throw FormRefusal.proposed }
            guard draft.revision == seen else { throw FormRefusal.changedSince }
            guard Spaces.trim(typed) == form else { throw FormRefusal.notConfirmed }
            try draft.delete(in: transaction)
            try transaction.record(Event("form.discarded", subject: form), by: .officer(officer.id), at: moment)
        }
    }

    /// 公開の申し出. A draft without findings, with the number that its version will have.
    func proposeForm(_ form: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        let draft = try await formDraft(form, officer, .editForms)
        if draft.proposedBy == officer.id { return }
        // Proved before anybody has to wait for it: a revision never changes.
        guard draft.revision == seen else { throw FormRefusal.changedSince }
        guard findings(in: draft, on: moment.day).isEmpty else { throw FormRefusal.unfit }
        try await database.write { transaction in
            guard var draft = try FormDraft.find(form, in: transaction) else { throw FormRefusal.notFound }
            guard draft.revision == seen, draft.proposedBy == nil else { throw FormRefusal.changedSince }
            var tree = try FormTree(yaml: draft.yaml, file: form)
            let newest = try Form.newestDocument(of: draft.card, in: transaction)?.version ?? 0
            tree.change(FormTree.Place("version")) { _ in .plain(String(newest + 1)) }
            draft.yaml = try tree.yaml
            (draft.proposedBy, draft.returned) = (officer.id, nil)
            draft.revision += 1
            try draft.save(in: transaction)
            try transaction.record(Event("form.proposed", subject: form), by: .officer(officer.id), at: moment)
        }
    }

    /// 差戻し. Back to those who work on it, with the reason; whoever proposed it may take it back without one.
    func giveBackForm(_ form: String, seen: Int?, reason: String, by officer: Officer, at moment: Moment) async throws {
        let draft = try await formDraft(form, officer, .editForms)
        if draft.proposedBy != officer.id { _ = try await formDraft(form, officer, .publishForms) }
        let proposer = draft.proposedBy
        let words = try Self.usable(reason, required: proposer != officer.id)
        try await database.write { transaction in
            guard var draft = try FormDraft.find(form, in: transaction) else { throw FormRefusal.notFound }
            guard draft.revision == seen, let now = draft.proposedBy, now == proposer else {
                throw FormRefusal.changedSince
            }
            (draft.proposedBy, draft.returned) = (nil, words.isEmpty ? nil : words)
            draft.revision += 1
            try draft.save(in: transaction)
            try transaction.record(Event("form.given-back", subject: form), by: .officer(officer.id), at: moment)
        }
    }

    /// 公開. By somebody else than who proposed it.
    func publishForm(_ form: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        let draft = try await formDraft(form, officer, .publishForms)
        guard draft.revision == seen, let proposer = draft.proposedBy else { throw FormRefusal.changedSince }
        guard proposer != officer.id else { throw FormRefusal.sameEyes }
        do {
            let proved = try FormFile.prove(draft.yaml, file: form, in: town.languages, on: moment.day)
            try await database.write { transaction in
                let now = try FormDraft.find(form, in: transaction)
                guard now?.revision == draft.revision else { throw FormRefusal.changedSince }
                _ = try Form.publish(proved, by: .officer(officer.id), at: moment, in: transaction)
                try draft.delete(in: transaction)
            }
        } catch let fault as FormFile.Fault {
            throw FormRefusal.unreadable(fault.description)
        }
    }

    /// What is still wrong with a draft, each with its place.
    func findings(in draft: FormDraft, on day: Day) -> [FormCheck.Finding] {
        FormFile.findings(in: draft.yaml, file: draft.form, languages: town.languages, on: day)
            + unknownSections(draft)
    }

    private func unknownSections(_ draft: FormDraft) -> [FormCheck.Finding] {
        let routes =
            (try? FormTree(yaml: draft.yaml, file: draft.form))?.root["routing"]?.sequence.map(Array.init) ?? []
        return routes.enumerated().compactMap { index, route in
            let section = route["section"]?.text ?? ""
            if town.sections.contains(where: { $0.id == section }) { return nil }
            return FormCheck.Finding(
                [.key("routing"), .index(index), .key("section")], "担当「\(section)」は、この町にありません。課を選んでください")
        }
    }

    /// A form with one question, to begin with.
    private static func blank(_ card: Card) throws -> String {
        let names = Node.map([("ja", .words(card.name[.ja]))])
        let field = FieldKinds.field("name", id: "applicant", requirement: nil)
            .with("label", FieldKinds.words("申請する方の氏名"))
        let page = Node.map([
            ("id", .plain("applicant")), ("question", FieldKinds.words("お名前を教えてください")), ("fields", .list([field])),
        ])
        let root = Node.map([
            ("id", .plain(card.id)), ("version", .plain("1")), ("card", .plain(card.id)), ("minutes", .plain("5")),
            ("applicant", .plain("applicant")), ("title", names),
            ("declaration", FieldKinds.words("申請の内容に、まちがいはありません。")), ("pages", .list([page])),
        ])
        return try FormTree(root).yaml
    }
}
