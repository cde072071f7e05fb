import Core
import Database
import Japanese

/// What is done with versions of the plan.
extension Governance {
    /// The plan that holds on a day; after its end the newest one that was adopted, until another takes its place.
    func currentPlan(on day: Day, in transaction: Transaction) throws -> PlanVersion? {
        let plans = try Kept<PlanVersion>.list(in: transaction).map(\.content)
        return plans.last { $0.holds(on: day) } ?? plans.last { $0.state == .adopted || $0.state == .replaced }
    }

    /// 正誤. A misprint is recorded as it stands and as it is meant.
    func correct(
        _ number: String, place: String, printed: String, meant: String, seen: Int?, by officer: Officer,
        at moment: Moment
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var plan = try Kept<PlanVersion>.require(number, seen: seen, in: transaction)
            guard !plan.corrections.contains(where: { $0.place == place && $0.printed == printed }) else {
                throw Refused.notNow("その正誤は、もう記録されています。")
            }
            plan.content.corrections.append(
                .init(place: place, printed: printed, meant: meant, recordedOn: moment.day, recorder: officer.name))
            try plan.save("corrected", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// 計画の途中の見直し、次の計画の案. A draft that begins as the version it follows; the actions that go on come to it when it is
    /// adopted.
    /// - Parameter reason: why the plan changes, and what brought it about.
    func draft(
        _ number: String, after former: String, from: Day, until: Day, reason: String, by officer: Officer,
        at moment: Moment
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        guard number.count <= 12, number.wholeMatch(of: /[0-9]+(\.[0-9]+)*/) != nil else {
            throw Refused.unusable("版の番号は、2.0 のように数字と点で入力してください。")
        }
        try await database.write { transaction in
            guard let old = try Kept<PlanVersion>.find(former, in: transaction), old.state == .adopted else {
                throw Refused.unusable("もとにする版は、いまの計画にしてください。")
            }
            guard from >= old.from else { throw Refused.unusable("計画期間の始まりが、いまの計画（\(old.from.wareki)）より前です。") }
            guard try Kept<PlanVersion>.find(number, in: transaction) == nil else {
                throw Refused.notNow("第\(number)版は、もうあります。")
            }
            let plan = old.content.draft(number, from: from, until: until, reason: reason)
            if let fault = plan.faults.first { throw Refused.unusable("この案はつくれません: \(fault)") }
            var kept = Kept(plan, id: number, at: moment)
            try kept.save("drafted", detail: ["follows": former], by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// 案を直す. The draft as it is to be, made of the one that was `seen`.
    func revise(_ plan: PlanVersion, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        if let fault = plan.faults.first { throw Refused.unusable("このままでは案に書けません: \(fault)") }
        try await database.write { transaction in
            var kept = try Kept<PlanVersion>.require(plan.number, seen: seen, in: transaction)
            guard kept.state == .draft else { throw Refused.notNow("直せるのは、案のあいだだけです。") }
            guard kept.content != plan else { return transaction.keepHouse("the same as before") }
            if let former = try plan.follows.flatMap({ try Kept<PlanVersion>.find($0, in: transaction) }),
                plan.from < former.from
            {
                throw Refused.unusable("計画期間の始まりが、前の計画（\(former.from.wareki)）より前です。")
            }
            try requireItems(of: plan, in: transaction)
            kept.content = plan
            try kept.save("revised", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// Throws where an action that goes on would be without an item of the plan.
    private func requireItems(of plan: PlanVersion, in transaction: Transaction) throws {
        let going = try Kept<PlanAction>.list(in: transaction).filter {
            $0.plan == plan.follows && $0.fate?.kind == .continued
        }
        guard let homeless = going.first(where: { plan.item($0.item) == nil }) else { return }
        throw Refused.unusable(
            "続けると決まった取組「\(homeless.number) \(homeless.title)」の重点取組事項が、案にありません。事項を戻すか、先に取組の事項を変えてください。")
    }

    /// 取下げ of a draft: it stays in the list, and another can be begun.
    func withdraw(_ number: String, by officer: Officer, at moment: Moment) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var plan = try Kept<PlanVersion>.require(number, in: transaction)
            guard plan.state == .draft else { throw Refused.notNow("取り下げられるのは、募集をしていない案だけです。") }
            plan.content.state = .withdrawn
            try plan.save("withdrawn", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// 策定. Only a decision of the committee on its direction adopts a version; the one before is replaced.
    func adopt(_ number: String, by meeting: String, officer: Officer, at moment: Moment) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var plan = try Kept<PlanVersion>.require(number, in: transaction)
            guard plan.state == .draft || plan.state == .comment else { throw Refused.notNow("この版は、もう策定されています。") }
            let decided = try Kept<Meeting>.require(meeting, in: transaction)
            let item = decided.agenda.first {
                $0.about == "plan:\(number)" && $0.decision?.kind == .direction && $0.decision?.isCarried == true
            }
            guard let decision = item?.decision else {
                throw Refused.unusable("その会議に、この版を「推進方針」として決めた記録がありません。会議の議題「計画 第\(number)版の策定」に決定を記録してください。")
            }
            guard decided.on <= moment.day else { throw Refused.notNow("決定した会議の日（\(decided.on.wareki)）より前には、策定できません。") }
            let former = plan.follows ?? ""
            let actions = try Kept<PlanAction>.list(in: transaction).filter { $0.plan == former }
            if let open = actions.first(where: { $0.fate == nil }) {
                throw Refused.unusable("「\(open.number) \(open.title)」など、扱いの決まっていない取組があります。全部を委員会で決めてから、策定してください。")
            }
            if let open = try Consultation.open(for: number, in: transaction) {
                throw Refused.notNow("意見の募集（\(open.until.wareki)まで）の結果を公表してから、策定してください。")
            }
            try requireItems(of: plan.content, in: transaction)
            plan.content.state = .adopted
            plan.content.adoptedOn = decided.on.iso
            plan.content.adoptedBy = try Kept<Body>.find(decided.body, in: transaction)?.name ?? decided.title
            try plan.save(
                "adopted", detail: ["decision": decision.sentence], by: .officer(officer.id), at: moment,
                in: transaction)
            if let former = plan.follows {
                var old = try Kept<PlanVersion>.require(former, in: transaction)
                guard old.state == .adopted else { throw Refused.notNow("第\(former)版は、もう別の版に引き継がれています。") }
                old.content.state = .replaced
                try old.save("replaced", by: .officer(officer.id), at: moment, in: transaction)
                try carry(actions, to: number, by: officer, at: moment, in: transaction)
            }
        }
    }
}

extension Governance {
    /// 引き継ぎ. The actions that go on, each with those it goes on with: itself, and what was merged into it.
    private func carry(
        _ actions: [Kept<PlanAction>], to number: String, by officer: Officer, at moment: Moment,
        in transaction: Transaction
    ) throws {
        for action in actions {
            let merged = actions.filter { $0.fate?.kind == .merged && $0.fate?.into == action.id }.map(\.id)
            guard let next = action.content.carried(from: [action.id] + merged, to: number) else { continue }
            var carried = Kept(next, at: moment)
            try carried.save(
                "carried", detail: ["from": action.id], by: .officer(officer.id), at: moment, in: transaction)
        }
    }
}

extension PlanVersion {
    /// The next version as it begins: the same but for its number, its period and why.
    func draft(_ number: String, from: Day, until: Day, reason: String) -> PlanVersion {
        PlanVersion(
            number: number, title: title, state: .draft, adoptedOn: nil, adoptedBy: nil, from: from, until: until,
            periodReason: periodReason, follows: self.number, reason: reason, policies: policies, items: items,
            organs: organs, steps: steps, chapters: chapters, glossary: glossary, related: related, corrections: [],
            dated: [], openPoints: openPoints, contact: contact)
    }
}

extension PlanAction {
    /// The action as it goes on in the next version; nil for one that ends with this.
    func carried(from ids: [String], to plan: String) -> PlanAction? {
        guard fate?.kind == .continued else { return nil }
        var next = self
        (next.plan, next.fate, next.gradings, next.follows) = (plan, nil, [], ids)
        next.schedule = []
        next.budgets = []
        next.kpis = kpis.map { kpi in
            var kpi = kpi
            kpi.targets = []
            return kpi
        }
        return next
    }
}
