package import Core
import Database
import Japanese
import Register

extension Governance {
    /// Does what a sample says, in the order of its days.
    /// - Parameter officers: by login.
    package func add(_ sample: GovernanceSample, officers: [String: Officer], at moment: Moment) async throws {
        try await SampleRun(governance: self, sample: sample, officers: officers, now: moment).run()
    }
}

/// One run through a sample.
private struct SampleRun {
    let governance: Governance
    let sample: GovernanceSample
    let officers: [String: Officer]
    let now: Moment

    func run() async throws {
        let bodies = try await addBodies()
        let actions = try await addActions()
        var steps: [(daysAgo: Int, work: () async throws -> Void)] = []
        for loop in sample.loops { steps += try await self.steps(of: loop, actions) }
        for meeting in sample.meetings {
            steps.append((meeting.daysAgo, { try await hold(meeting, bodies[meeting.body] ?? "") }))
        }
        // The order they stand in decides where the days are the same.
        let ordered = steps.enumerated().sorted { ($1.element.daysAgo, $0.offset) < ($0.element.daysAgo, $1.offset) }
        for step in ordered { try await step.element.work() }
        try await addMeasures()
        try await addUpdates(actions)
        try await addAnswers()
    }

    private func officer(_ login: String) throws -> Officer {
        guard let officer = officers[login] else { throw Refused.unusable("plan/sample.yaml: 職員「\(login)」がいません") }
        return officer
    }

    private func at(_ daysAgo: Int) -> Moment { now.adding(seconds: -daysAgo * 86_400) }

    private var keeper: Officer {
        get throws {
            guard let found = officers.values.filter({ $0.may(.preparePlan) }).min(by: { $0.name < $1.name }) else {
                throw Refused.unusable("plan/sample.yaml: デジタル推進の職員がいません")
            }
            return found
        }
    }

    private func addBodies() async throws -> [String: String] {
        var ids: [String: String] = [:]
        for item in sample.bodies {
            let begun = at(420).day
            let seats = try item.seats.enumerated().map { index, seat in
                let officer = try seat.login.map(officer)
                return Body.Seat(
                    id: "\(item.key)-\(index)", officer: officer?.id.text, name: officer?.name ?? seat.name ?? "",
                    section: seat.section ?? officer?.memberships.first?.section, post: seat.post,
                    order: seat.order ?? 0,
                    from: begun, until: FiscalYear(of: now.day).lastDay)
            }
            let outputs = (item.outputs ?? []).map {
                Body.Output(title: $0.title, words: $0.words, on: at($0.daysAgo).day)
            }
            let body = Body(
                name: item.name, sort: item.sort, rule: item.rule, purpose: item.purpose, quorum: item.quorum,
                termMonth: 3,
                endsOn: item.endsIn.map { now.day.adding(days: $0) }, seats: seats, outputs: outputs, candidates: [])
            ids[item.key] = try await governance.save(body, id: nil, seen: nil, by: keeper, at: at(420))
        }
        return ids
    }

    private func addActions() async throws -> [String: String] {
        var ids: [String: String] = [:]
        let plan = try await governance.database.read { try governance.currentPlan(on: now.day, in: $0) }
        for item in sample.actions {
            let kpis = item.kpis.map { kpi in
                let measure = kpi.measure.flatMap(governance.shelf.find)
                return KPI(
                    id: kpi.id, name: kpi.name, kind: kpi.kind, better: measure?.better ?? kpi.better ?? .higher,
                    unit: measure?.unit.rawValue ?? kpi.unit ?? "", baseline: kpi.baseline, targets: kpi.targets,
                    measure: kpi.measure, card: kpi.card,
                    actuals: (kpi.actuals ?? []).map {
                        KPI.Actual(
                            year: $0.year, value: $0.value, evidence: $0.evidence, on: $0.on, by: Actor.system.text)
                    })
            }
            let gradings = try (item.gradings ?? []).map {
                PlanAction.Grading(
                    year: $0.year, grade: $0.grade, words: $0.words, by: Actor.officer(try officer($0.by).id).text,
                    on: FiscalYear($0.year).lastDay.adding(days: 20))
            }
            let action = PlanAction(
                number: item.number, plan: plan?.number ?? "1.0", item: item.item, also: item.also ?? [],
                title: item.title,
                situation: item.situation, issue: item.issue, work: item.work, section: item.section,
                coSections: item.coSections ?? [], cards: item.cards ?? [], budgets: item.budgets ?? [],
                schedule: (item.schedule ?? []).compactMap(PlanAction.Milestone.init(written:)), kpis: kpis,
                state: item.state,
                gradings: gradings, fate: nil, follows: [])
            ids[item.number] = try await governance.save(action, id: nil, seen: nil, by: keeper, at: at(400))
        }
        return ids
    }

    /// The steps of a loop, each so many days after the observation.
    private func steps(
        of item: GovernanceSample.SampleLoop, _ actions: [String: String]
    ) async throws -> [(daysAgo: Int, work: () async throws -> Void)] {
        let by = try officer(item.by)
        let key = LoopKey()
        let start = item.daysAgo
        var steps: [(daysAgo: Int, work: () async throws -> Void)] = [
            (
                start,
                {
                    let seen = Loop.Observation(
                        fact: item.fact, value: item.value, unit: item.unit ?? "", source: item.source,
                        on: at(start).day,
                        seenBy: item.seenBy, origin: item.origin, reference: nil, card: item.card,
                        recorder: Actor.officer(by.id).text, recordedAt: at(start))
                    key.id = try await governance.observe(
                        seen, title: item.title, section: item.section, item: item.item,
                        action: item.action.flatMap { actions[$0] }, by: by, at: at(start))
                }
            )
        ]
        for idea in item.hypotheses ?? [] {
            steps.append((start - idea.after, { try await orient(key, idea, at: at(start - idea.after)) }))
        }
        if let asked = item.asked {
            let after = (item.hypotheses?.last?.after ?? 0)
            steps.append(
                (
                    start - after,
                    {
                        try await governance.ask(
                            key.id, asked, proposal(item.proposal), seen: nil, by: by, at: at(start - after))
                    }
                ))
        }
        if let decision = item.decision {
            steps.append((start - decision.after, { try await decide(key, decision, at: at(start - decision.after)) }))
        }
        if let trial = item.trial {
            steps.append(
                (start - trial.after, { try await begin(key, trial, item, by: by, at: at(start - trial.after)) }))
        }
        if let result = item.result {
            steps.append(
                (
                    start - result.after,
                    {
                        let moment = at(start - result.after)
                        try await governance.record(
                            key.id,
                            .init(
                                value: result.value, evidence: result.evidence, said: result.said, on: moment.day,
                                recorder: Actor.officer(by.id).text, recordedAt: moment), seen: nil, by: by, at: moment)
                    }
                ))
        }
        if let ending = item.ending {
            steps.append(
                (
                    start - ending.after,
                    {
                        let moment = at(start - ending.after)
                        try await governance.end(
                            key.id,
                            .init(
                                kind: ending.kind, reason: ending.reason, on: moment.day,
                                recorder: Actor.officer(by.id).text,
                                recordedAt: moment), seen: nil, by: by, at: moment)
                    }
                ))
        }
        return steps
    }

    /// The id of a loop, once it is there.
    private final class LoopKey { var id = "" }

    private func orient(_ key: LoopKey, _ idea: GovernanceSample.SampleLoop.Hypothesis, at moment: Moment) async throws
    {
        let by = try officer(idea.by)
        try await governance.orient(
            key.id,
            .init(
                ifWords: idea.if, thenWords: idea.then, metric: idea.metric, size: idea.size, wrongIf: idea.wrongIf,
                affected: idea.affected, recorder: Actor.officer(by.id).text, recordedAt: moment), seen: nil, by: by,
            at: moment)
    }

    private func proposal(_ item: GovernanceSample.SampleLoop.Proposal?) throws -> Loop.Proposal? {
        guard let item else { return nil }
        return Loop.Proposal(
            options: item.options, success: item.success, stop: item.stop, owner: try officer(item.owner).id.text,
            reviewOn: now.day.adding(days: item.reviewIn))
    }

    private func decide(_ key: LoopKey, _ made: GovernanceSample.SampleLoop.Decision, at moment: Moment) async throws {
        let (by, decider, owner) = (try officer(made.by), try officer(made.decider), try officer(made.owner))
        try await governance.decide(
            key.id,
            .init(
                sentence: made.sentence, reason: made.reason, alternatives: made.alternatives, success: made.success,
                stop: made.stop, level: made.level, owner: owner.id.text,
                reviewOn: moment.day.adding(days: made.reviewIn),
                assertedBy: decider.name, decidedOn: moment.day, recorder: Actor.officer(by.id).text,
                recordedAt: moment,
                meeting: nil), assertedBy: decider, seen: nil, by: by, at: moment)
    }

    private func begin(
        _ key: LoopKey, _ trial: GovernanceSample.SampleLoop.Trial, _ item: GovernanceSample.SampleLoop, by: Officer,
        at moment: Moment
    ) async throws {
        try await governance.start(
            key.id,
            .init(
                start: moment.day, end: moment.day.adding(days: trial.days), scope: trial.scope,
                guardRails: trial.guardRails,
                expectation: .init(
                    measure: nil, card: item.card, metric: trial.metric, unit: trial.unit, better: trial.better,
                    before: trial.before, expected: trial.expected, stopAt: trial.stopAt),
                recorder: Actor.officer(by.id).text, recordedAt: moment, result: nil), seen: nil, by: by, at: moment)
    }

    private func hold(_ item: GovernanceSample.SampleMeeting, _ body: String) async throws {
        let keeper = try keeper
        let held = at(item.daysAgo)
        let opened = at(max(item.daysAgo, 0) + 7)
        let meeting = Meeting(
            body: body, title: item.title, on: held.day, time: item.time, place: item.place, state: .planned,
            agenda: [],
            attendance: [], approval: nil)
        let id = try await governance.open(meeting, by: keeper, at: item.daysAgo > 0 ? opened : now)
        for extra in item.items {
            try await governance.add(
                .init(
                    id: "", sort: extra.sort, title: extra.title, note: extra.note, about: nil, minutes: "",
                    decision: nil,
                    hidden: nil), to: id, seen: nil, by: keeper, at: opened)
        }
        guard item.daysAgo > 0 else { return }
        let (kept, seats) = try await governance.database.read { transaction in
            let kept = try Kept<Meeting>.require(id, in: transaction)
            return (kept, try Kept<Body>.require(body, in: transaction).content.seats(on: held.day))
        }
        let attendance = seats.map { seat in
            Meeting.Attendance(
                seat: seat.id, name: seat.name, presence: (item.absent ?? []).contains(seat.name) ? .absent : .present,
                proxy: "")
        }
        try await governance.take(attendance, in: id, seen: nil, by: keeper, at: held)
        for agenda in kept.agenda {
            let said = item.items.first { $0.title == agenda.title }
            let isFormer = agenda.about?.hasPrefix("minutes:") ?? false
            let sentence = said?.sentence ?? (isFormer ? "前回の議事録を承認する" : nil)
            let decision = sentence.map { sentence in
                Meeting.Decision(
                    kind: said?.kind ?? .work, isCarried: true, sentence: sentence,
                    reason: said?.reason ?? "案のとおりで異議がなかった",
                    dissent: said?.dissent ?? "", section: said?.section,
                    due: said?.dueIn.map { held.day.adding(days: $0) },
                    reviewOn: nil, recorder: Actor.officer(keeper.id).text, recordedAt: held)
            }
            try await governance.minute(
                agenda.id, in: id, words: said?.minutes ?? "資料を確かめた。", decision: decision, .init(), seen: nil,
                by: keeper,
                at: held)
        }
        try await governance.close(id, seen: nil, by: keeper, at: held.adding(seconds: 7200))
        guard item.isPublished, let chair = seats.first(where: { $0.post == .chair })?.officer,
            let officer = officers.values.first(where: { $0.id.text == chair })
        else { return }
        try await governance.approve(id, seen: nil, by: officer, at: held.adding(seconds: 86_400))
        let hidden = kept.agenda.reduce(into: [String: String]()) { hidden, agenda in
            hidden[agenda.id] = item.items.first { $0.title == agenda.title }?.hidden
        }
        try await governance.publish(id, hiding: hidden, seen: nil, by: keeper, at: held.adding(seconds: 2 * 86_400))
    }

    private func addMeasures() async throws {
        for measure in sample.measures {
            for (index, value) in measure.values.enumerated() {
                let month = Month(of: now.day).adding(months: index - measure.values.count)
                try await governance.enter(
                    value, for: month, of: measure.id, evidence: measure.evidence, by: officer(measure.by),
                    at: Moment(startOf: month.last.adding(days: 1)).adding(seconds: 36_000))
            }
        }
    }

    private func addUpdates(_ actions: [String: String]) async throws {
        for item in sample.updates {
            let (by, month) = (try officer(item.by), Month(of: now.day).adding(months: -item.monthsAgo))
            let moment = min(Moment(startOf: month.last.adding(days: 3)).adding(seconds: 36_000), now)
            let kept = try await governance.database.read { try Kept<PlanAction>.list(in: $0) }
            let lines = item.words.sorted { $0.key < $1.key }.compactMap { number, words -> Update.Line? in
                actions[number].flatMap { id in
                    kept.first { $0.id == id }.map { Update.Line(action: id, state: $0.state, words: words) }
                }
            }
            let update = Update(
                section: item.section, month: month.iso, lines: lines, ask: item.ask ?? "",
                by: Actor.officer(by.id).text,
                on: moment.day, confirmation: nil)
            try await governance.report(update, month: month, seen: nil, by: by, at: moment)
            if item.isConfirmed, let leader = officers.values.first(where: { $0.may(.leadPlan) }) {
                try await governance.confirm(
                    Update.id(item.section, month), words: "確認しました", by: leader,
                    at: min(moment.adding(seconds: 86_400), now))
            }
        }
    }

    /// The answers of former surveys, which are closed then.
    private func addAnswers() async throws {
        let keeper = try keeper
        for answer in sample.answers {
            try await governance.answer(
                .init(
                    question: answer.question, answer: answer.answer, evidence: answer.evidence, on: answer.on,
                    by: Actor.officer(keeper.id).text), of: answer.survey, seen: nil, by: keeper, at: now)
        }
        let former = try await governance.database.read { try Kept<PlanSurvey>.list(in: $0) }.filter { survey in
            sample.answers.contains { $0.survey == survey.id } && survey.surveyed < FiscalYear(of: now.day).year
        }
        for survey in former { try await governance.closeSurvey(survey.id, seen: nil, by: keeper, at: now) }
    }
}
