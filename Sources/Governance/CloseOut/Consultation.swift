import Core
import Database
import HTML
import Japanese

/// 意見募集（パブリックコメント）. A draft of the plan that everybody may speak to, until a day; every opinion gets an answer, and
/// the result is made public.
struct Consultation: Document, Equatable {
    static var kind: String { "consultation" }

    /// The number of the plan's version; its id.
    let number: String
    let from: Day
    var until: Day
    var lead: String
    /// 結果の公表; nil before it.
    var published: Day?

    func isOpen(on day: Day) -> Bool { published == nil && from <= day && day <= until }

    /// The one of a version whose result is not published yet; nil for none.
    static func open(for number: String, in transaction: Transaction) throws -> Consultation? {
        try Kept<Consultation>.find(number, in: transaction).flatMap { $0.published == nil ? $0.content : nil }
    }
}

extension Governance {
    /// 募集を始める. The draft becomes public.
    func consult(
        _ number: String, from: Day, until: Day, lead: String, by officer: Officer, at moment: Moment
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        // 意見公募手続の期間は30日以上 (行政手続法 第39条第3項 has it for orders; towns follow it).
        guard from >= moment.day else { throw Refused.unusable("募集の始まりは、きょうか、これからの日にしてください。") }
        guard until >= from.adding(days: 29) else { throw Refused.unusable("募集の期間は30日以上にしてください。") }
        try await database.write { transaction in
            var plan = try Kept<PlanVersion>.require(number, in: transaction)
            guard plan.state == .draft else { throw Refused.notNow("意見を募集できるのは、案だけです。") }
            guard try Kept<Consultation>.find(number, in: transaction) == nil else {
                throw Refused.notNow("第\(number)版の意見の募集は、もう行いました。もう一度募集するときは、新しい番号の案をつくってください。")
            }
            plan.content.state = .comment
            try plan.save("opened", by: .officer(officer.id), at: moment, in: transaction)
            var consultation = Kept(
                Consultation(number: number, from: from, until: until, lead: lead, published: nil), id: number,
                at: moment)
            try consultation.save("opened", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// 意見を出す. Gives its id, which opens what came of it.
    /// - Parameter once: what it is to be called. Where the same words are there already they are left as they are; others get
    ///   another id.
    func submit(
        _ words: String, once: Opinion.ID, clause: String, to number: String, at moment: Moment
    ) async throws -> Opinion.ID {
        let (isOpen, known) = try await database.read { transaction in
            (
                try Consultation.open(for: number, in: transaction)?.isOpen(on: moment.day) ?? false,
                try Opinion.find(once, in: transaction)
            )
        }
        guard isOpen else { throw Refused(.conflict, ConsultationTexts.over) }
        if let known {
            guard try await unsealed([known])[once] != words else { return once }
            return try await submit(words, once: Opinion.ID(), clause: clause, to: number, at: moment)
        }
        let (id, key) = (once, try await key(for: once))
        let sealed = try key.seal(words, at: Opinion.place(id))
        try await database.write { transaction in
            guard try Consultation.open(for: number, in: transaction)?.isOpen(on: moment.day) ?? false else {
                throw Refused(.conflict, ConsultationTexts.over)
            }
            if try Opinion.find(id, in: transaction) != nil { return transaction.keepHouse("the same form again") }
            try transaction.run(
                """
                INSERT INTO governance_opinion (id, consultation, clause, words, at)
                VALUES (\(id), \(number), \(clause), \(sealed), \(moment))
                """)
            try transaction.record(
                Event("opinion.given", subject: id.text, detail: ["plan": number]), by: .applicant, at: moment)
            try notifySecretariat(
                .init("opinion \(number) \(moment.day.iso)", "計画 第\(number)版の案に、意見が届きました", "/desk/closing"), at: moment,
                in: transaction)
        }
        return id
    }

    /// The key of an opinion: the one that is there where the same form was sent before, or is sent at this moment.
    private func key(for id: Opinion.ID) async throws -> SealingKey {
        if let known = try await vault.key(for: Opinion.key(id)) { return known }
        do {
            return try await vault.makeKey(for: Opinion.key(id))
        } catch {
            guard let known = try await vault.key(for: Opinion.key(id)) else { throw error }
            return known
        }
    }

    /// 町の考え方.
    func answer(
        _ id: Opinion.ID, gist: String, words: String, outcome: OpinionAnswer.Outcome, by officer: Officer,
        at moment: Moment
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            guard let opinion = try Opinion.find(id, in: transaction) else { throw Refused.notHere }
            guard try Consultation.open(for: opinion.consultation, in: transaction) != nil else {
                throw Refused.notNow("結果を公表したあとは、町の考え方を変えられません。")
            }
            let answer = OpinionAnswer(gist: gist, words: words, outcome: outcome)
            guard opinion.answer != answer else { return transaction.keepHouse("the same as before") }
            var kept = try Kept<OpinionAnswer>.find(id.text, in: transaction) ?? Kept(answer, id: id.text, at: moment)
            kept.content = answer
            try kept.save("answered", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// 結果の公表. Once every opinion has its answer, and not before its end.
    func publishResult(of number: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var consultation = try Kept<Consultation>.require(number, seen: seen, in: transaction)
            guard consultation.published == nil else { throw Refused.notNow("結果は、もう公表しています。") }
            guard moment.day > consultation.until else {
                throw Refused.notNow("募集は\(consultation.until.wareki)までです。終わってから公表します。")
            }
            let open = try Opinion.list(of: number, in: transaction).count { $0.answer == nil }
            guard open == 0 else { throw Refused.unusable("まだ考え方を書いていない意見が\(open)件あります。全部に書いてから公表してください。") }
            consultation.content.published = moment.day
            try consultation.save("published", by: .officer(officer.id), at: moment, in: transaction)
            var plan = try Kept<PlanVersion>.require(number, in: transaction)
            plan.content.state = .draft
            try plan.save("commented", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// The words of opinions, unsealed. That an officer read them is recorded, once a day for each consultation.
    func words(of opinions: [Opinion], for officer: Officer, at moment: Moment) async throws -> [Opinion.ID: String] {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        let numbers = Set(opinions.map(\.consultation)).sorted()
        @Sendable func deed(_ number: String) -> String { "\(number) \(officer.id) \(moment.day.iso)" }
        let untold = try await database.read { transaction in
            try numbers.filter { try transaction.events(of: deed($0)).isEmpty }
        }
        if !untold.isEmpty {
            try await database.write { transaction in
                for number in untold {
                    try transaction.record(
                        Event("opinion.read", subject: deed(number), detail: ["plan": number]),
                        by: .officer(officer.id), at: moment)
                }
            }
        }
        return try await unsealed(opinions)
    }

    private func unsealed(_ opinions: [Opinion]) async throws -> [Opinion.ID: String] {
        let keys = try await vault.keys(for: opinions.map { Opinion.key($0.id) })
        let rows = try await database.read { transaction in
            try transaction.rows("SELECT id, words FROM governance_opinion WHERE id IN (\(anyOf: opinions.map(\.id)))")
        }
        return try rows.reduce(into: [:]) { found, row in
            let id: Opinion.ID = try row["id"]
            let sealed: [UInt8] = try row["words"]
            found[id] = try keys[Opinion.key(id)]?.text(sealed, at: Opinion.place(id))
        }
    }

    /// 終期の扱い: exactly one for each action, by a decision of the committee.
    func settle(_ id: String, _ fate: Fate, by officer: Officer, at moment: Moment, in transaction: Transaction) throws
    {
        var action = try Kept<PlanAction>.require(id, in: transaction)
        guard action.fate == nil else { throw Refused.notNow("この取組の扱いは、もう決まっています（\(action.fate?.kind.name ?? "")）。") }
        if fate.kind == .merged {
            guard let into = fate.into, into != id, let target = try Kept<PlanAction>.find(into, in: transaction),
                target.plan == action.plan, target.fate == nil || target.fate?.kind == .continued
            else {
                throw Refused.unusable("統合する先は、同じ計画の、続ける取組から選んでください。")
            }
        }
        action.content.fate = fate
        switch fate.kind {
        case .done: action.content.state = .done
        case .stopped: action.content.state = .stopped
        case .continued, .merged: break
        }
        try action.save(
            "fated", detail: ["fate": fate.kind.rawValue], by: .officer(officer.id), at: moment, in: transaction)
    }
}
