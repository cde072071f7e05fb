import Core
import Database
import Japanese

/// What people do with loops: one transaction and one event each.
extension Governance {
    /// 観察. Writes down a fact. Gives the loop's id.
    func observe(
        _ observation: Loop.Observation, title: String, section: String, item: Int?, action: String?,
        follows: String? = nil,
        by officer: Officer, at moment: Moment
    ) async throws -> String {
        guard officer.mayReport(for: section) else { throw Refused.notYours }
        guard observation.on <= moment.day else { throw Refused.unusable("観察の日は、きょうまでの日にしてください。") }
        return try await database.write { transaction in
            var loop = Kept(
                Loop(
                    title: title, item: item, action: action, section: section, observation: observation,
                    hypotheses: [],
                    asked: observation.origin == .law ? .committee : nil, decision: nil, trial: nil, ending: nil,
                    follows: follows, hidden: observation.origin == .incident ? "事故・障害のため" : nil), at: moment)
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
    func ask(_ id: String, _ level: Loop.Level, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await change(id, "asked", seen: seen, by: officer, at: moment) { loop, transaction in
            guard loop.stage == .oriented else { throw Refused.notNow("決定を求められるのは、仮説ができてから、決まるまでです。") }
            loop.asked = level
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
