package import Core
import Database
import Japanese
import Register
import Web

extension Applications {
    /// Does something with an application, as an officer who saw it in a state. One transaction; the applicant sees the
    /// outcome at once.
    ///
    /// Throws ``CaseRefusal/overtaken(_:)`` if something happened to it since, unless this very action did.
    /// - Parameters:
    ///   - mark: the last thing that had happened to it when it was seen; nil where only its state was seen.
    ///   - despite: true where it is decided without the answer of a section that was asked.
    package func act(
        _ action: DeskAction, on id: Case.ID, seen: Case.Status, mark: String? = nil, despite: Bool = false,
        once: String, by officer: Officer, at moment: Moment
    ) async throws {
        let words = try Self.usable(action.message?.words ?? "", required: action.needsWords)
        let pins = try action.pins.map {
            Pin(page: $0.page, row: $0.row, question: $0.question, words: try Self.usable($0.words, required: true))
        }
        let key = try await deskKey(id, officer, action.permission)
        try await database.write(.holding) { transaction in
            let (before, sealed) = try Case.require(id, in: transaction)
            let open = try openCase(before, sealed, key, in: transaction)
            try DeskDeed.once(once, "\(id) \(action.event)", at: moment, in: transaction) {
                try requireUnchanged(before, seen: seen, mark: mark, in: transaction)
                try carryOut(
                    action, on: open, words, pins, despite: despite, once: once, by: .officer(officer.id), at: moment,
                    in: transaction)
            }
        }
    }

    /// Does it, whoever asks, as far as it may be done now: an officer, or another system, which decides nothing.
    /// - Parameter words: those of the action's message, looked at before.
    func carryOut(
        _ action: DeskAction, on open: OpenCase, _ words: String = "", _ pins: [Pin] = [], despite: Bool = false,
        once: String, by actor: Actor, at moment: Moment, in transaction: Transaction
    ) throws {
        let item = open.item
        if try Proposal.open(of: item.id, in: transaction) != nil { throw CaseRefusal.underApproval }
        let card = try Card.find(item.card, in: transaction)
        if let decision = try action.decision(basis: card?.legalBasis) {
            guard item.status.next.contains(decision.outcome) else {
                throw CaseRefusal.moved(from: item.status, to: decision.outcome)
            }
            guard card?.approval?.isNeeded != true else { throw CaseRefusal.needsApproval }
            guard case .officer(let officer) = actor else { throw Refused.notYours }
            try requireAnswered(item.id, despite: despite, in: transaction)
            try decide(decision, on: open, once: once, by: officer, at: moment, in: transaction)
        } else {
            try move(action, open, words, pins, once: once, by: actor, at: moment, in: transaction)
        }
        try transaction.record(
            Event(action.event, subject: item.id.text, detail: action.detail), by: actor, at: moment)
    }

    /// Every move that is no decision.
    private func move(
        _ action: DeskAction, _ open: OpenCase, _ words: String, _ pins: [Pin], once: String, by actor: Actor,
        at moment: Moment, in transaction: Transaction
    ) throws {
        var item = open.item
        let journey = try open.submitted
        guard pins.allSatisfy({ Spot($0.page, row: $0.row, question: $0.question, in: journey) != nil }) else {
            throw CaseRefusal.stale
        }
        if case .reopen = action {
            try item.reconsider(
                dueOn: due(journey, form: open.form, card: item.card, from: moment.day, in: transaction))
        } else {
            guard item.status.next.contains(action.status), !(action.status == .reviewing && item.status.isDecided)
            else { throw CaseRefusal.moved(from: item.status, to: action.status) }
            try item.move(to: action.status)
        }
        item.savedAt = moment
        let draft = action.status == .returned ? try open.seal(journey.answers, .draft) : nil
        // A page on which the answers were checked before is out of date now.
        if action.status == .returned { item.revision += 1 }
        try item.save(draft: draft, pins: try open.seal(pins), in: transaction)
        if action.status == .returned { try Case.note(returned: moment, to: item.id, in: transaction) }
        guard let message = action.message else {
            if action.status == .completed { try tell(item.id, at: moment, in: transaction) }
            return
        }
        let head = if case .reopen = action { "申請を、もう一度審査します。" } else { "" }
        let whole = try ([head, words] + open.lines(pins)).filter { !$0.isEmpty }.joined(separator: "\n")
        if !whole.isEmpty {
            try Message.add(
                message.kind, whole, to: item, by: actor.author, once: once, key: open.key, at: moment, in: transaction)
            try Case.note(reply: nil, to: item.id, in: transaction)
        }
        try tell(item.id, at: moment, in: transaction)
    }

    /// 決定. Takes effect now: the state, the decision with its notice, the applicant's message and the fee. The event is
    /// its caller's.
    func decide(
        _ decision: Decision.Draft, on open: OpenCase, once: String, by officer: Core.ID<Officer>, at moment: Moment,
        in transaction: Transaction
    ) throws {
        var item = open.item
        try item.decide(decision.outcome, at: moment)
        item.savedAt = moment
        try item.save(draft: nil, in: transaction)
        let notice = try NoticeTemplate.newest(item.card, decision.outcome, in: transaction)?.version
        try Decision.add(decision, to: item, notice: notice, by: officer, key: open.key, at: moment, in: transaction)
        let words = decision.content.message(decision.outcome)
        if !words.isEmpty {
            try Message.add(
                .decision, words, to: item, by: officer, once: once, key: open.key, at: moment, in: transaction)
            try Case.note(reply: nil, to: item.id, in: transaction)
        }
        if decision.outcome == .approved {
            try charge(item, by: try open.submitted, due: .approval, key: open.key, at: moment, in: transaction)
        }
        try Consultation.endAll(of: item.id, by: .officer(officer), at: moment, in: transaction)
        try tell(item.id, at: moment, in: transaction)
    }

    /// Throws ``CaseRefusal/overtaken(_:)`` where somebody did something since an officer looked.
    func requireUnchanged(
        _ item: Case, seen: Case.Status, mark: String?, in transaction: Transaction
    ) throws {
        guard item.status == seen, try Meanwhile.isEmpty(of: item.id, since: mark, in: transaction) else {
            throw CaseRefusal.overtaken(item.status)
        }
    }

    /// Throws ``CaseRefusal/openConsultation`` where a section that was asked has not answered, and nobody said that it need
    /// not.
    func requireAnswered(_ id: Case.ID, despite: Bool, in transaction: Transaction) throws {
        if !despite, try Consultation.isOpen(for: id, in: transaction) { throw CaseRefusal.openConsultation }
    }

    /// Writes to the applicant, or a note for the staff. Pressed twice, it is written once.
    /// - Parameter note: what a note is about, with the particulars of its type.
    package func write(
        _ words: String, as kind: Message.Kind, note: NoteDetail? = nil, to id: Case.ID, once: String,
        by officer: Officer, at moment: Moment
    ) async throws {
        let words = try Self.usable(words, required: true)
        let key = try await deskKey(id, officer, .handleCases)
        try await database.write(.holding) { transaction in
            let item = try Case.require(id, in: transaction).item
            try DeskDeed.once(once, Self.deed(kind, words, to: id, key), at: moment, in: transaction) {
                try write(
                    words, as: kind, note: note, to: item, once: once, by: .officer(officer.id), key: key, at: moment,
                    in: transaction)
            }
        }
    }

    /// The same, whoever writes: an officer, or another system.
    func write(
        _ words: String, as kind: Message.Kind, note: NoteDetail? = nil, to item: Case, once: String, by actor: Actor,
        key: SealingKey, at moment: Moment, in transaction: Transaction
    ) throws {
        try Message.add(
            kind, words, note: note, to: item, by: actor.author, once: once, key: key, at: moment, in: transaction)
        if kind == .letter {
            try Case.note(reply: nil, to: item.id, in: transaction)
            try tell(item.id, at: moment, in: transaction)
        }
        try transaction.record(
            Event(
                kind == .note ? "case.noted" : "case.written", subject: item.id.text,
                detail: note.map { ["type": $0.type.rawValue] } ?? [:]),
            by: actor, at: moment)
    }

    /// What a press of writing does, by which it is known again.
    static func deed(_ kind: Message.Kind, _ words: String, to id: Case.ID, _ key: SealingKey) -> String {
        "\(id) \(kind.rawValue) \(key.digest(Array(words.utf8)).hexadecimal)"
    }

    /// The key of an application that is on the desk of an officer who may do this.
    ///
    /// Throws ``CaseRefusal/notFound`` for a draft, which is its applicant's own, and for other sections' applications.
    func deskKey(_ id: Case.ID, _ officer: Officer, _ permission: Permission) async throws -> SealingKey {
        let item = try await database.read { try Case.require(id, in: $0).item }
        guard item.status != .draft, officer.may(.readCases, in: item.section) else { throw CaseRefusal.notOnDesk }
        guard officer.may(permission, in: item.section) else { throw Refused.notYours }
        return try await requireKey(id)
    }

    /// Words that can be kept. Throws a ``CaseRefusal`` that says what to mend.
    static func usable(_ typed: String, required: Bool) throws -> String {
        let words = Spaces.trim(typed).replacing("\r\n", with: "\n")
        if required && words.isEmpty { throw CaseRefusal.reasonMissing }
        if words.count > Message.maximum { throw CaseRefusal.unusable(CaseTexts.messageTooLong) }
        if Unwanted.hasControls(words) { throw CaseRefusal.unusable(CaseTexts.messageControls) }
        if IndividualNumber.isFound(in: words) { throw CaseRefusal.unusable(FieldTexts.individualNumber) }
        return words
    }
}

extension Applications.DeskAction {
    /// The decision it is; nil for other moves.
    fileprivate func decision(basis: String?) throws -> Decision.Draft? {
        switch self {
        case .approve(let words): try Decision.Draft(.approved, words: words, law: nil, basis: basis)
        case .reject(let reason, let law): try Decision.Draft(.rejected, words: reason, law: law, basis: basis)
        case .refuse(let reason, let law): try Decision.Draft(.inadmissible, words: reason, law: law, basis: basis)
        case .receive, .review, .returnForCorrection, .issue, .complete, .reopen: nil
        }
    }
}

extension Approval {
    /// True where several have to agree.
    var isNeeded: Bool { fourEyes || !order.isEmpty }
}

extension Actor {
    /// By which a message names who wrote it: an officer, or a system that does what officers do.
    fileprivate var author: Core.ID<Officer>? {
        switch self {
        case .officer(let id): id
        case .machine(let id): Core.ID(id.text)
        case .applicant, .system: nil
        }
    }
}
