package import Core
import Database
import Register
import Web

extension Applications {
    /// What somebody proposes to decide.
    package struct Proposing: Sendable {
        /// 承認, 不承認 or 受付不可.
        let outcome: Case.Status
        let words: String
        /// Nil for the card's own.
        let law: String?

        package init(_ outcome: Case.Status, words: String, law: String?) {
            (self.outcome, self.words, self.law) = (outcome, words, law)
        }
    }

    /// 起案. Proposes a decision to the deciders whom the card names; nothing takes effect before the last of them agreed.
    package func propose(
        _ wish: Proposing, for id: Case.ID, seen: Case.Status, mark: String? = nil, despite: Bool = false, once: String,
        by officer: Officer, at moment: Moment
    ) async throws {
        let key = try await deskKey(id, officer, .handleCases)
        try await database.write { transaction in
            let item = try Case.require(id, in: transaction).item
            let deed = "\(id) decision.proposed"
            try DeskDeed.once(once, deed, at: moment, in: transaction) {
                try requireUnchanged(item, seen: seen, mark: mark, in: transaction)
                if try Proposal.open(of: id, in: transaction) != nil { throw CaseRefusal.underApproval }
                guard wish.outcome.isOutcome, item.status.next.contains(wish.outcome) else {
                    throw CaseRefusal.moved(from: item.status, to: wish.outcome)
                }
                let card = try Card.find(item.card, in: transaction)
                guard let approval = card?.approval, approval.isNeeded else { throw CaseRefusal.stale }
                let decision = try Decision.Draft(
                    wish.outcome, words: wish.words, law: wish.law, basis: card?.legalBasis)
                try requireAnswered(id, despite: despite, in: transaction)
                let proposal = try Proposal(
                    decision, for: item, by: officer.id,
                    route: approval.order.isEmpty ? [item.section] : approval.order,
                    fourEyes: approval.fourEyes, key: key, at: moment)
                try proposal.insert(in: transaction)
                try transaction.record(
                    Event("decision.proposed", subject: id.text, detail: ["proposal": proposal.id.text]),
                    by: .officer(officer.id), at: moment)
            }
        }
    }

    /// 決裁. A decider of the section that is next agrees; when the last one does, the decision takes effect.
    /// - Parameter seen: the proposal that was looked at.
    package func agree(to seen: String, of id: Case.ID, by officer: Officer, at moment: Moment) async throws {
        let key = try await decidingKey(id, officer)
        try await database.write { transaction in
            let (item, sealed) = try Case.require(id, in: transaction)
            if try Agreement.isThere(seen, by: officer.id, in: transaction) {
                return transaction.keepHouse("the same press again")
            }
            guard let proposal = try Proposal.open(of: id, in: transaction), proposal.mark == seen else {
                throw CaseRefusal.overtaken(item.status)
            }
            try requireTurn(officer, proposal)
            try record("decision.agreed", nil, proposal, officer, key, moment, transaction)
            try proposal.advance(in: transaction)
            guard proposal.isLastStep else { return }
            let open = try openCase(item, sealed, key, in: transaction)
            let decision = try Decision.Draft(proposal.outcome, content: proposal.content(key))
            try decide(
                decision, on: open, once: "decision \(proposal.id)", by: officer.id, at: moment, in: transaction)
            try transaction.record(
                Event(proposal.outcome.decisionEvent, subject: id.text), by: .officer(officer.id), at: moment)
        }
    }

    /// 差戻し. Back to whoever proposed it, with the reason.
    package func sendBack(
        _ seen: String, of id: Case.ID, reason: String, by officer: Officer, at moment: Moment
    ) async throws {
        let words = try Self.usable(reason, required: true)
        let key = try await decidingKey(id, officer)
        try await database.write { transaction in
            let item = try Case.require(id, in: transaction).item
            if try Agreement.isThere(seen, by: officer.id, in: transaction) {
                return transaction.keepHouse("the same press again")
            }
            guard let proposal = try Proposal.open(of: id, in: transaction), proposal.mark == seen else {
                throw CaseRefusal.overtaken(item.status)
            }
            guard let waiting = proposal.waiting, officer.may(.decideCases, in: waiting) else { throw Refused.notYours }
            try record("decision.sent-back", words, proposal, officer, key, moment, transaction)
            try proposal.close(.sentBack, in: transaction)
        }
    }

    /// 引き上げ. Whoever proposed it takes it back.
    package func takeBack(_ seen: String, of id: Case.ID, by officer: Officer, at moment: Moment) async throws {
        _ = try await deskKey(id, officer, .handleCases)
        try await database.write { transaction in
            let item = try Case.require(id, in: transaction).item
            guard let proposal = try Proposal.open(of: id, in: transaction), proposal.mark == seen else {
                throw CaseRefusal.overtaken(item.status)
            }
            guard proposal.officer == officer.id else { throw Refused.notYours }
            try proposal.close(.ended, in: transaction)
            try transaction.record(
                Event("decision.taken-back", subject: id.text, detail: ["proposal": proposal.id.text]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// What stands for the proposal that an application waits for, as ``agree(to:of:by:at:)`` takes it; nil without one.
    package func openProposal(of id: Case.ID) async throws -> String? {
        try await database.read { try Proposal.open(of: id, in: $0)?.mark }
    }

    private func requireTurn(_ officer: Officer, _ proposal: Proposal) throws {
        guard let waiting = proposal.waiting, officer.may(.decideCases, in: waiting) else { throw Refused.notYours }
        guard proposal.mayAgree(officer) else { throw CaseRefusal.sameEyes }
    }

    private func record(
        _ event: String, _ words: String?, _ proposal: Proposal, _ officer: Officer, _ key: SealingKey,
        _ moment: Moment, _ transaction: Transaction
    ) throws {
        let id = Core.ID<Agreement>()
        try Agreement.add(
            id, to: proposal, isAgreed: words == nil, words: words, by: officer.id, key: key, at: moment,
            in: transaction)
        try transaction.record(
            Event(
                event, subject: proposal.application.text,
                detail: ["proposal": proposal.id.text, "agreement": id.text, "section": proposal.waiting ?? ""]),
            by: .officer(officer.id), at: moment)
    }
}

extension Proposal {
    /// What a page says it has seen of it: the proposal and how far it was.
    var mark: String { "\(id)/\(step)" }
}

extension Decision.Draft {
    /// What was proposed, as it was checked then.
    fileprivate init(_ outcome: Case.Status, content: Decision.Content) {
        (self.outcome, self.content) = (outcome, content)
    }
}
