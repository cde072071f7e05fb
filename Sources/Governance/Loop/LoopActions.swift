import Core
import Database
import Japanese

/// What people do with loops: one transaction and one event each.
extension Governance {
    /// 観察. Writes down a fact. Gives the loop's id.
    /// - Parameter id: what the loop is to be called; where the same is there already it is left as it is.
    func observe(
        _ observation: Loop.Observation, title: String, section: String, item: Int?, action: String?,
        follows: String? = nil, id: String = ID<Loop>().text,
        by officer: Officer, at moment: Moment
    ) async throws -> String {
        guard officer.mayReport(for: section) else { throw Refused.notYours }
        guard observation.on <= moment.day else { throw Refused.unusable("観察の日は、きょうまでの日にしてください。") }
        return try await database.write { transaction in
            let (id, isMade) = try Kept<Loop>.place(id, in: transaction) {
                $0.title == title && $0.observation.fact == observation.fact && $0.section == section
            }
            if isMade { return id }
            var loop = Kept(
                Loop(
                    title: title, item: item, action: action, section: section, observation: observation,
                    hypotheses: [],
                    asked: observation.origin == .law ? .committee : nil, proposal: nil, decision: nil, trial: nil,
                    ending: nil,
                    follows: follows, hidden: observation.origin == .incident ? "事故・障害のため" : nil), id: id, at: moment)
            try loop.save("observed", by: .officer(officer.id), at: moment, in: transaction)
            return loop.id
        }
    }

    /// 方向づけ.
    func orient(
        _ id: String, _ hypothesis: Loop.Hypothesis, seen: Int?, by officer: Officer, at moment: Moment
    ) async throws {
        try await change(id, "oriented", seen: seen, by: officer, at: moment) { loop, _ throws(Refused) in
            try loop.orient(hypothesis)
        }
    }

    /// 決定を求める: says who has to decide, so that it comes before them.
    func ask(
        _ id: String, _ level: Loop.Level, _ proposal: Loop.Proposal?, seen: Int?, by officer: Officer,
        at moment: Moment
    ) async throws {
        try await change(id, "asked", seen: seen, by: officer, at: moment) { loop, transaction in
            guard loop.stage == .oriented else { throw Refused.notNow("決定を求められるのは、仮説ができてから、決まるまでです。") }
            (loop.asked, loop.proposal) = (level, proposal)
            let people = try People(staff, in: transaction)
            for decider in people.deciders(level, of: loop.section)
            where decider.id != officer.id && level != .committee {
                try notify(
                    decider.id, .init("decide \(id)", "決定を待っています: \(loop.title)", .loop(id)), at: moment,
                    in: transaction)
            }
        }
    }

    /// 決定. The person whose decision it is says so, or somebody of the section writes down what they said: both are on
    /// record. The committee's are made in its meetings alone.
    func decide(
        _ id: String, _ decision: Loop.Decision, assertedBy decider: Officer, seen: Int?, by officer: Officer,
        at moment: Moment
    ) async throws {
        try await database.write { transaction in
            var loop = try Kept<Loop>.require(id, seen: seen, in: transaction)
            let people = try People(staff, in: transaction)
            guard decision.level != .committee else { throw Refused.unusable("委員会の決定は、会議の議題のページで記録してください。") }
            guard people.deciders(decision.level, of: loop.section).contains(where: { $0.id == decider.id }) else {
                throw Refused.unusable("\(decider.name)さんは、「\(decision.level.name)」として決められる人ではありません。")
            }
            guard decider.id == officer.id || officer.mayReport(for: loop.section) else { throw Refused.notYours }
            try settle(&loop, decision, by: officer, at: moment, in: transaction)
            if decider.id != officer.id {
                try notify(
                    decider.id, .init("asserted \(id)", "あなたの決定として記録されました: \(loop.title)", .loop(id)), at: moment,
                    in: transaction)
            }
        }
    }

    /// 案を選ぶ. Who decides takes one of the options that were put before them, with the reason.
    /// - Parameters:
    ///   - owner: another than was put before them; nil for that one.
    ///   - reviewOn: the same.
    func choose(
        _ option: Int, of id: String, reason: String, owner: String?, reviewOn: Day?, seen: Int?, by officer: Officer,
        at moment: Moment
    ) async throws {
        let loop = try await database.read { try Kept<Loop>.require(id, seen: seen, in: $0) }
        guard let proposal = loop.proposal, let level = loop.content.waitsFor else {
            throw Refused.notNow("選ぶ案がありません。「決める・決まったことを記録する」で記録してください。")
        }
        guard proposal.options.indices.contains(option) else { throw Refused.unusable("案を一つ選んでください。") }
        let decision = Loop.Decision(
            sentence: proposal.options[option], reason: reason,
            alternatives: loop.content.alternatives(toOption: option), success: proposal.success, stop: proposal.stop,
            level: level, owner: owner ?? proposal.owner, reviewOn: reviewOn ?? proposal.reviewOn,
            assertedBy: officer.name, decidedOn: moment.day, recorder: Actor.officer(officer.id).text,
            recordedAt: moment, meeting: nil)
        try await decide(id, decision, assertedBy: officer, seen: seen, by: officer, at: moment)
    }

    /// 担当を替える. Those who have it now are told.
    func hand(
        _ id: String, to section: String, owner: String?, seen: Int?, by officer: Officer, at moment: Moment
    ) async throws {
        try await change(id, "handed", seen: seen, by: officer, at: moment) { loop, transaction in
            let before = loop
            try loop.hand(to: section, owner: owner)
            guard loop != before else { return }
            let isOther = section != before.section
            let told =
                (isOther ? try responsible(for: section, on: moment.day, in: transaction) : [])
                + [owner.flatMap { $0 == before.owner ? nil : ID<Officer>($0) }].compactMap(\.self)
            for member in Set(told) where member != officer.id {
                try notify(
                    member, .init("handed \(id) \(moment)", "担当になりました: \(loop.title)", .loop(id)), at: moment,
                    in: transaction)
            }
        }
    }

    /// Keeps a decision and tells those it concerns.
    func settle(
        _ loop: inout Kept<Loop>, _ decision: Loop.Decision, by officer: Officer, at moment: Moment,
        in transaction: Transaction
    ) throws {
        try loop.content.decide(decision)
        try loop.save(
            "decided", detail: ["level": decision.level.rawValue, "asserted": decision.assertedBy],
            by: .officer(officer.id), at: moment, in: transaction)
        if let owner = ID<Officer>(decision.owner), owner != officer.id {
            try notify(
                owner, .init("owner \(loop.id)", "担当になりました: \(loop.title)", .loop(loop.id)), at: moment, in: transaction
            )
        }
        try tellProposer(
            of: loop, "あなたの観察から決定が出ました: \(loop.title)", "decided", but: officer, at: moment, in: transaction)
    }

    /// 公開しない, with the reason; nil makes it public.
    func hide(_ id: String, _ reason: String?, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await change(id, "hidden", seen: seen, by: officer, at: moment) { loop, _ in loop.hide(reason) }
    }

    /// 試行の開始. The expectation is fixed from here on.
    func start(_ id: String, _ trial: Loop.Trial, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await change(id, "started", seen: seen, by: officer, at: moment) { loop, transaction in
            if let measure = trial.expectation.measure, shelf.find(measure) == nil {
                throw Refused.unusable("指標を一覧から選んでください。")
            }
            try loop.start(trial)
        }
    }

    /// 結果.
    func record(_ id: String, _ result: Loop.Result, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await change(id, "measured", seen: seen, by: officer, at: moment) { loop, _ throws(Refused) in
            try loop.record(result)
        }
    }

    /// 終わり. Those who proposed it are told what came of it.
    func end(_ id: String, _ ending: Loop.Ending, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await change(id, "ended", seen: seen, by: officer, at: moment) { loop, transaction in
            try loop.end(ending)
            let kept = Kept(loop, id: id, at: moment)
            try tellProposer(
                of: kept, "「\(ending.kind.name)」で終わりました: \(loop.title)", "ended", but: officer, at: moment,
                in: transaction)
        }
    }

    private func tellProposer(
        of loop: Kept<Loop>, _ words: String, _ what: String, but officer: Officer, at moment: Moment,
        in transaction: Transaction
    ) throws {
        let recorders = Set([loop.observation.recorder] + loop.hypotheses.map(\.recorder))
        for recorder in recorders.sorted()
        where recorder.hasPrefix("officer:") && recorder != Actor.officer(officer.id).text {
            guard let id = ID<Officer>(String(recorder.dropFirst("officer:".count))) else { continue }
            try notify(id, .init("\(what) \(loop.id)", words, .loop(loop.id)), at: moment, in: transaction)
        }
    }

    /// Changes a loop by one of its legal moves, as far as the officer reports for its section.
    private func change(
        _ id: String, _ verb: String, seen: Int?, by officer: Officer, at moment: Moment,
        _ move: @escaping @Sendable (inout Loop, Transaction) throws -> Void
    ) async throws {
        try await database.write { transaction in
            var loop = try Kept<Loop>.require(id, seen: seen, in: transaction)
            guard officer.mayReport(for: loop.section) else { throw Refused.notYours }
            let before = loop.content
            try move(&loop.content, transaction)
            guard loop.content != before else { return transaction.keepHouse("the same as before") }
            try loop.save(verb, by: .officer(officer.id), at: moment, in: transaction)
        }
    }
}
