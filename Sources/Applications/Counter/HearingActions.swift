import Core
import Database
import HTML
import Web

extension Applications {
    /// Carries what was answered just now to the other forms of the conversation, so that it is not asked again.
    /// - Parameters:
    ///   - before: the application as it was.
    ///   - spot: what was answered.
    func hear(
        _ spot: Spot, in saved: OpenCase, before: OpenCase, of talk: Conversation, by who: Applicant, at moment: Moment
    ) async throws {
        let page = spot.row?.page ?? spot.page
        let rows = try before.journey.answers.ids
        let hearing = Hearing(reading: reader(at: moment))
        try await exchange(talk, by: who, at: moment) { drafts in
            guard let index = drafts.firstIndex(where: { $0.id == saved.item.id }) else { return }
            hearing.shed(&drafts[index])
            for other in drafts.indices where other != index {
                hearing.carry([page], of: drafts[index], before: rows, into: &drafts[other])
            }
        }
    }

    /// Fills a draft that was begun just now with everything that the conversation's other forms asked already.
    func hear(in id: Case.ID, by who: Applicant, at moment: Moment) async throws {
        let hearing = Hearing(reading: reader(at: moment))
        try await exchange(conversation(heldBy: who), by: who, at: moment) { drafts in
            guard let index = drafts.firstIndex(where: { $0.id == id }) else { return }
            for other in drafts.indices where other != index {
                let pages = drafts[other].form.pages
                hearing.carry(pages, of: drafts[other], before: [:], into: &drafts[index])
            }
        }
    }

    /// Changes the working copies of a conversation together: all or none.
    private func exchange(
        _ talk: Conversation, by who: Applicant, at moment: Moment,
        _ work: @escaping @Sendable (inout [Hearing.Draft]) -> Void
    ) async throws {
        guard talk.open.count > 1 else { return }
        let keys = try await vault.keys(for: talk.open.map(\.text))
        try await database.write { transaction in
            transaction.keepHouse("working copies are the applicant's own until they are sent")
            let held = try self.held(talk, by: who, keys, in: transaction)
            let before = try held.map { open in
                let journey = try open.journey
                return Hearing.Draft(
                    id: open.item.id, form: open.form, today: journey.today, answers: journey.answers)
            }
            var after = before
            work(&after)
            for (index, open) in held.enumerated() where after[index].answers != before[index].answers {
                var item = open.item
                item.revision += 1
                item.savedAt = moment
                try item.save(
                    draft: open.seal(after[index].answers, .draft), pins: open.sealed.pins, in: transaction)
            }
        }
    }

    /// The drafts of a conversation that its session holds, opened, in the order they were chosen.
    func held(_ talk: Conversation, by who: Applicant) async throws -> [OpenCase] {
        let keys = try await vault.keys(for: talk.open.map(\.text))
        return try await database.read { try held(talk, by: who, keys, in: $0) }
    }

    private func held(
        _ talk: Conversation, by who: Applicant, _ keys: [String: SealingKey], in transaction: Transaction
    ) throws -> [OpenCase] {
        try talk.open.compactMap { id in
            // One that expired, or went on at home, is not held any more.
            guard let key = keys[id.text],
                try transaction.exists(
                    "SELECT 1 FROM application_access WHERE session = \(who.session) AND application = \(id)")
            else { return nil }
            let (item, sealed) = try Case.require(id, in: transaction)
            guard item.status == .draft else { return nil }
            return try openCase(item, sealed, key, in: transaction)
        }
    }

    /// All forms of a conversation as one row of questions.
    func way(of talk: Conversation, by who: Applicant) async throws -> TalkWay {
        TalkWay(drafts: try await held(talk, by: who).map { ($0.item.id, try $0.journey) })
    }

    /// Where it goes on after a question: in a conversation, to what is asked next in any of its forms.
    func onward(
        from spot: Spot, in saved: OpenCase, before: OpenCase, _ visit: Visit<Applicant>, fromCheck: Bool
    ) async throws -> Link {
        guard let talk = try await conversation(of: visit.who), talk.holds(saved.item.id) else {
            return spot.after(try saved.journey, saved.item.id, fromCheck: fromCheck)
        }
        try await hear(spot, in: saved, before: before, of: talk, by: visit.who, at: visit.moment)
        return try await way(of: talk, by: visit.who).after(spot, of: saved.item.id, fromCheck: fromCheck)
    }
}

extension Answers {
    /// The ids of the rows of each group of which anything is known.
    fileprivate var ids: [String: [String]] {
        compactMapValues { answer in
            guard case .rows(let rows) = answer.value else { return nil }
            return rows.filter { !$0.answers.isEmpty }.map(\.id)
        }
    }
}
