import Core
import Database
import HTML
import Japanese
import Register
import Web

extension Governance {
    /// The days in which an observation should get a hypothesis; after them the CIO sees it.
    static let orientWithin = 30

    func addLoopRoutes(to site: inout Site) {
        site.officer(.get, "/desk/loops", needs: nil) { visit in
            let filter = LoopFilter(visit.query)
            let (frame, today) = (frame(visit), visit.moment.day)
            let (loops, people, moved) = try await database.read { transaction in
                (
                    try Kept<Loop>.list(in: transaction), try People(staff, in: transaction),
                    visit.who.may(.reportProgress) ? try moves(on: today, in: transaction) : []
                )
            }
            let shown = loops.filter { filter.shows($0.content) }.reversed()
            return .page(
                LoopPages(frame: frame, people: people, today: today).list(
                    loops, shown: Array(shown), filter: filter, moved: moved))
        }

        site.officer(.get, "/desk/loops/new", needs: .reportProgress) { visit in
            .page(try await newLoop(visit, Entry(today: visit.moment.day)))
        }

        site.officer(.post, "/desk/loops/new", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await newLoop(visit, $0) }) { entry in
                let title = entry.words("title", "題", most: 60)
                let observation = entry.observation(by: visit.who, at: visit.moment)
                let today = entry.today
                let (cards, plan, actions) = try await database.read { transaction in
                    (
                        try Card.list(in: transaction).map(\.id), try currentPlan(on: today, in: transaction),
                        try Kept<PlanAction>.list(in: transaction)
                    )
                }
                let section = entry.id("section", "担当課", of: frame(visit).ownSections.map(\.id)) ?? ""
                if let card = observation.card, !cards.contains(card) { entry.fail("card", "「どの手続きか」を、一覧から選んでください。") }
                let loops = try await database.read { try Kept<Loop>.list(in: $0).map(\.id) }
                let follows = entry.id("follows", "前のループ", of: loops, optional: true)
                let item = entry.id("item", "重点取組事項", of: (plan?.items ?? []).map { String($0.no) }, optional: true)
                let action = entry.id("action", "取組", of: actions.map(\.id), optional: true)
                try entry.check()
                let id = try await observe(
                    observation, title: title, section: section, item: item.flatMap { Int($0) }, action: action,
                    follows: follows, id: entry.once, by: visit.who, at: visit.moment)
                return .redirect(Link.loop(id).asking([("saved", "observed")]))
            }
        }

        site.officer(.get, "/desk/loops/{id}", needs: nil) { visit in
            .page(try await story(visit, Entry(today: visit.moment.day)))
        }

        addLoopMoves(to: &site)
        addLoopDuties(to: &site)
    }

    /// One route for each legal move.
    private func addLoopMoves(to site: inout Site) {
        move("orient", &site) { entry, visit in
            let hypothesis = entry.hypothesis(by: visit.who, at: visit.moment)
            try entry.check()
            try await orient(visit.parameter("id"), hypothesis, seen: entry.seen, by: visit.who, at: visit.moment)
        }
        move("ask", &site) { entry, visit in
            let people = try await database.read { try People(staff, in: $0) }
            let level = entry.choice("asked", "だれが決めることか", Loop.Level.self)
            let proposal = entry.proposal(owners: people.officers.map(\.id.text))
            try entry.check()
            try await ask(
                visit.parameter("id"), level ?? .section, proposal, seen: entry.seen, by: visit.who, at: visit.moment)
        }
        move("decide", &site) { entry, visit in
            let people = try await database.read { try People(staff, in: $0) }
            let decider = people.officer(entry["asserted"])
            if decider == nil { entry.fail("asserted", "「決めた人」を選んでください。") }
            if people.officer(entry["owner"]) == nil { entry.fail("owner", "「担当する人」を選んでください。") }
            let decision = entry.decision(decider, by: visit.who, at: visit.moment)
            try entry.check()
            guard let decider else { return }
            try await decide(
                visit.parameter("id"), decision, assertedBy: decider, seen: entry.seen, by: visit.who, at: visit.moment)
        }
        move("start", &site) { entry, visit in
            let cards = try await database.read { try Card.list(in: $0).map(\.id) }
            let trial = entry.trial(shelf.measures, cards: cards, by: visit.who, at: visit.moment)
            try entry.check()
            try await start(visit.parameter("id"), trial, seen: entry.seen, by: visit.who, at: visit.moment)
        }
        move("result", &site) { entry, visit in
            let result = entry.result(by: visit.who, at: visit.moment)
            try entry.check()
            try await record(visit.parameter("id"), result, seen: entry.seen, by: visit.who, at: visit.moment)
        }
        move("hide", &site) { entry, visit in
            let reason = entry.words("hidden", "公開しない理由", most: 200, optional: true)
            try entry.check()
            try await hide(
                visit.parameter("id"), reason.isEmpty ? nil : reason, seen: entry.seen, by: visit.who, at: visit.moment)
        }
        move("end", &site) { entry, visit in
            let ending = entry.ending(by: visit.who, at: visit.moment)
            try entry.check()
            try await end(visit.parameter("id"), ending, seen: entry.seen, by: visit.who, at: visit.moment)
        }
    }

    /// Who decides, and who has it.
    private func addLoopDuties(to site: inout Site) {
        move("choose", &site) { entry, visit in
            let people = try await database.read { try People(staff, in: $0) }
            let option = (entry["option"] ?? "").isEmpty ? nil : Int(entry["option"] ?? "")
            if option == nil { entry.fail("option", "「案」を選んでください。") }
            let reason = entry.words("choose-reason", "理由", most: 600)
            let owner = entry["choose-owner"] == nil ? nil : entry.officer("choose-owner", people)
            let reviewOn = entry["choose-review-on"] == nil ? nil : entry.day("choose-review-on", "見直しの日")
            try entry.check()
            try await choose(
                option ?? 0, of: visit.parameter("id"), reason: reason, owner: owner, reviewOn: reviewOn,
                seen: entry.seen, by: visit.who, at: visit.moment)
        }
        move("hand", &site) { entry, visit in
            let people = try await database.read { try People(staff, in: $0) }
            let section = entry.id("hand-section", "担当課", of: town.sections.map(\.id)) ?? ""
            let owner = entry["hand-owner"] == nil ? nil : entry.officer("hand-owner", people)
            try entry.check()
            try await hand(
                visit.parameter("id"), to: section, owner: owner, seen: entry.seen, by: visit.who, at: visit.moment)
        }
    }

    private func move(
        _ verb: String, _ site: inout Site,
        _ work: @escaping @Sendable (inout Entry, Visit<Officer>) async throws -> Void
    ) {
        site.officer(.post, "/desk/loops/{id}/\(verb)", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await story(visit, $0) }) { entry in
                try await work(&entry, visit)
                return .redirect(Link.loop(visit.parameter("id")).asking([("saved", verb)]))
            }
        }
    }

    private static let saved = [
        "observed": "観察を残しました。", "orient": "仮説を加えました。", "ask": "決定を求めました。", "decide": "決定を記録しました。",
        "choose": "決定を記録しました。担当する人と提案した人には、お知らせが届きます。", "hand": "担当を替えました。",
        "start": "試行を始めました。見込みは、もう変えられません。", "result": "結果を記録しました。", "end": "ループを終わりました。提案した人に知らせました。",
        "hide": "公開のしかたを直しました。",
    ]

    private func story(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (id, today, frame) = (visit.parameter("id"), visit.moment.day, frame(visit))
        let story = try await database.read { transaction in
            let loop = try Kept<Loop>.require(id, in: transaction)
            return LoopStory(
                frame: frame, loop: loop, people: try People(staff, in: transaction),
                cards: try Card.list(in: transaction),
                measures: shelf.measures,
                action: try loop.action.flatMap { try Kept<PlanAction>.find($0, in: transaction) },
                live: try loop.content.trial.flatMap { try counted($0, on: today, in: transaction) },
                followers: try Kept<Loop>.list(in: transaction).filter { $0.follows == id }, today: today)
        }
        return story.page(entry, saved: visit.query["saved"].flatMap { Self.saved[$0] })
    }

    /// What the measure of a trial says of the months from its start on; nil for one that people count.
    func counted(_ trial: Loop.Trial, on today: Day, in transaction: Transaction) throws -> Double? {
        guard let measure = trial.expectation.measure.flatMap(shelf.find), trial.start <= today else { return nil }
        let last = min(Month(of: trial.end), Month(of: today))
        guard Month(of: trial.start) <= last else { return nil }
        let scope = Measure.Scope(card: trial.expectation.card, months: Month(of: trial.start)...last, today: today)
        return try shelf.reading(measure, scope, in: transaction)?.value
    }

    private func newLoop(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (frame, today) = (frame(visit), visit.moment.day)
        let found = try await database.read { transaction in
            (
                people: try People(staff, in: transaction), cards: try Card.list(in: transaction),
                choices: PlanChoices(
                    try currentPlan(on: today, in: transaction), try Kept<PlanAction>.list(in: transaction)),
                start: try start(visit, in: transaction)
            )
        }
        return LoopPages(frame: frame, people: found.people, today: today).new(
            entry, found.start, cards: found.cards.map { ($0.id, $0.name[.ja]) }, choices: found.choices)
    }

    /// What the form begins with: empty, or what is known of the measure, voice or loop that it comes from.
    private func start(_ visit: Visit<Officer>, in transaction: Transaction) throws -> ObservationStart {
        var start = ObservationStart(on: visit.moment.day, seenBy: visit.who.name)
        if let id = visit.query["measure"], let measure = shelf.find(id) {
            let move = try moves(on: visit.moment.day, in: transaction).first {
                $0.measure.id == id && $0.card == visit.query["card"]
            }
            (start.title, start.fact) = (move?.title ?? measure.name, move?.words ?? "")
            (start.value, start.unit) = (move.map { Piece.number($0.now.value) } ?? "", measure.unit.rawValue)
            (start.source, start.origin, start.card) = (measure.source, .measure, move?.card)
            (start.reference, start.on) = ("measure:\(id)", move?.month.last ?? start.on)
        }
        if let voice = visit.query["voice"], let about = try voices.find(voice, transaction) {
            (start.source, start.origin, start.card) = ("町民の声（\(about.page)）", .voice, about.card)
            (start.reference, start.on, start.seenBy) = ("voice:\(voice)", about.on, "町民")
            start.section = about.section
        }
        if let id = visit.query["follows"], let loop = try Kept<Loop>.find(id, in: transaction) {
            (start.follows, start.card, start.section) = (id, loop.observation.card, loop.section)
            start.source = "前のループ「\(loop.title)」の結果"
            (start.item, start.action) = (loop.item.map(String.init), loop.action)
            if let trial = loop.trial, let result = trial.result {
                start.fact = ProgressLine(loop: loop).words
                (start.value, start.unit) = (ActionSheet.written(result.value), trial.expectation.unit)
                start.on = result.on
            }
            if loop.ending?.kind == .adapt { start.title = "\(loop.title.prefix(50))（直して、もう一度）" }
        }
        return start
    }
}
