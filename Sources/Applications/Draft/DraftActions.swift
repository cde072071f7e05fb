package import Core
package import Database
import Japanese
import Register
import Web

extension Applications {
    /// 申請を始める. A new draft of a card's procedure in a session; one that was begun in it and never written into is
    /// taken up again.
    ///
    /// Throws ``CaseRefusal/notFound`` if the procedure cannot be applied for online.
    /// - Parameter version: the form's version; nil for the newest. A paper was printed from one.
    package func begin(
        card: String, version: Int? = nil, through channel: Channel, by who: Applicant, language: Language,
        at moment: Moment
    ) async throws -> Case {
        let found = try await database.read { transaction in
            let newest = try shelf.newest(of: card, through: channel, in: transaction)
            let form = try newest.map { newest in
                guard let version, version != newest.version else { return newest }
                return try shelf.form(newest.id, version: version, through: channel, in: transaction)
            }
            return (
                try Card.find(card, in: transaction), form,
                try Case.drafts(of: card, session: who.session, in: transaction)
            )
        }
        let untouched = found.2.first {
            $0.revision == 0 && $0.channel == channel && $0.formVersion == found.1?.version
        }
        if let untouched { return untouched }
        // A procedure that was retired takes no new applications.
        guard let card = found.0, card.retirement == nil, let form = found.1 else { throw CaseRefusal.notFound }
        let item = Case(
            id: Case.ID(), form: form, section: card.section, channel: channel, language: language, at: moment)
        let key = try await vault.makeKey(for: item.id.text)
        var random = SystemRandomNumberGenerator()
        let code = Code.make(length: Self.codeLength, using: &random)
        let sealed = try key.seal(code, at: Case.Sealed.code.place(item.id))
        let fingerprint = vault.fingerprint(of: code, for: "application code")
        try await database.write(.holding) { transaction in
            try item.insert(code: sealed, fingerprint: fingerprint, in: transaction)
            try Case.grant(item.id, to: who.session, in: transaction)
            try transaction.record(
                Event(
                    "case.begun", subject: item.id.text,
                    detail: [
                        "card": card.id, "form": form.id, "version": String(form.version), "channel": channel.rawValue,
                    ]),
                by: who.actor, at: moment)
        }
        return item
    }

    /// Twelve characters out of 23, the last a check: 49 bits.
    static let codeLength = 12

    /// 回答の保存. Changes the working copy.
    ///
    /// Throws a ``CaseRefusal`` if the application is not this session's or can no longer be changed.
    /// - Parameter rows: what else is kept in the same transaction.
    package func save(
        _ id: Case.ID, session: String, at moment: Moment,
        rows: @escaping @Sendable (Transaction, _ isChanged: Bool) throws -> Void = { _, _ in },
        _ change: @escaping @Sendable (inout Answers) throws -> Void
    ) async throws -> OpenCase {
        let key = try await requireKey(id)
        return try await database.write(.holding) { transaction in
            transaction.keepHouse("a working copy is the applicant's own until it is sent")
            let loaded = try Case.require(id, session: session, in: transaction)
            let open = try openCase(loaded.item, loaded.sealed, key, in: transaction)
            guard open.item.status.isEditable else { throw CaseRefusal.alreadySubmitted }
            guard try open.mandateStands(for: .correct, on: moment.day) else { throw CaseRefusal.mandateOver }
            let before = try open.journey.answers
            var answers = before
            try change(&answers)
            try rows(transaction, answers != before)
            if open.item.status == .draft {
                try forget(before.files.filter { !answers.files.contains($0) }, of: id, in: transaction)
            }
            var item = open.item
            // A page that is sent again unchanged changes nothing: what was checked stays checked.
            guard answers != before || item.revision == 0 else { return open }
            item.revision += 1
            item.savedAt = moment
            let draft = try open.seal(answers, .draft)
            try item.save(draft: draft, pins: loaded.sealed.pins, in: transaction)
            if item.status == .draft {
                let page = Journey(open.form, answers, on: moment.day).resumePage?.id ?? Measure.checkPage
                try Case.note(stop: page, of: id, in: transaction)
            }
            return try openCase(item, loaded.sealed.with(draft: draft), key, in: transaction)
        }
    }

    /// A draft whose code was shown counts as written into, even if nothing was: somebody means to come back.
    func keepForLater(_ item: Case, at moment: Moment) async throws {
        guard item.revision == 0 else { return }
        try await database.write(.holding) { transaction in
            transaction.keepHouse("a working copy is the applicant's own until it is sent")
            try transaction.run(
                "UPDATE application SET revision = 1, saved_at = \(moment) WHERE id = \(item.id) AND revision = 0")
        }
    }

    /// The application that a 確認コード opens, or nil.
    func find(code typed: String) async throws -> Case? {
        guard let code = Code.read(typed, length: Self.codeLength) else { return nil }
        let fingerprint = vault.fingerprint(of: code, for: "application code")
        return try await database.read { try Case.find(fingerprint: fingerprint, in: $0) }
    }

    /// Lets a session hold an application that a code opened, and what the session before it held.
    func reopen(_ id: Case.ID, by who: Applicant, with earlier: String?, at moment: Moment) async throws {
        try await database.write { transaction in
            if let earlier { try Case.move(from: earlier, to: who.session, in: transaction) }
            try Case.grant(id, to: who.session, in: transaction)
            var item = try Case.require(id, in: transaction).item
            let earlier = item.channel
            if item.bring(toCounter: who.officer != nil) {
                try item.keepPlace(heldBy: who.session, from: earlier, at: moment, in: transaction)
                try transaction.record(
                    Event("case.brought", subject: id.text, detail: ["channel": item.channel.rawValue]), by: who.actor,
                    at: moment)
            }
            try transaction.record(Event("case.reopened", subject: id.text), by: who.actor, at: moment)
        }
    }

    func requireKey(_ id: Case.ID) async throws -> SealingKey {
        guard let key = try await vault.key(for: id.text) else { throw CaseRefusal.shredded }
        return key
    }

    func openCase(
        _ item: Case, _ sealed: SealedCase, _ key: SealingKey, in transaction: Transaction
    ) throws -> OpenCase {
        let form = try shelf.form(
            item.form, version: item.formVersion, through: item.channel, in: transaction)
        return OpenCase(item: item, form: form, sealed: sealed, key: key)
    }

    /// An application, opened. For those who may see all of it.
    package func openCase(_ id: Case.ID) async throws -> OpenCase {
        let key = try await requireKey(id)
        return try await database.read { transaction in
            let (item, sealed) = try Case.require(id, in: transaction)
            return try openCase(item, sealed, key, in: transaction)
        }
    }

    /// An application that a session holds, opened.
    func openCase(_ id: Case.ID, session: String) async throws -> OpenCase {
        let loaded = try await database.read { transaction in
            let (item, sealed) = try Case.require(id, session: session, in: transaction)
            let form = try shelf.form(
                item.form, version: item.formVersion, through: item.channel, in: transaction)
            return (item, sealed, form)
        }
        return OpenCase(item: loaded.0, form: loaded.2, sealed: loaded.1, key: try await requireKey(id))
    }
}
