import Core
import Database
import HTML
import Japanese
import Web

/// 課の統合・改名. What a section has to do is handed to another one, all of it at once: its actions, loops and errands that are
/// not ended, and the seats of its members from today on. What is over keeps the name of who did it.
struct SectionMove {
    let actions: [Kept<PlanAction>]
    let loops: [Kept<Loop>]
    let errands: [Kept<Errand>]
    let bodies: [Kept<Body>]
    private let today: Day

    /// What there is to move, of whatever section.
    init(_ governance: Governance, on today: Day, in transaction: Transaction) throws {
        let plan = try governance.currentPlan(on: today, in: transaction)
        actions = try Kept<PlanAction>.list(in: transaction).filter {
            $0.plan == plan?.number && $0.content.state != .done && $0.content.state != .stopped
        }
        loops = try Kept<Loop>.list(in: transaction).filter { $0.ending == nil }
        errands = try Kept<Errand>.list(in: transaction).filter { $0.done == nil }
        bodies = try Kept<Body>.list(in: transaction)
        self.today = today
    }

    /// The sections that still have to do with something, those that the town no longer has first.
    func sections(known: [String]) -> [String] {
        let seats = bodies.flatMap(\.seats).filter { $0.until >= today }
        let used = Set(
            actions.flatMap { [$0.section] + $0.coSections } + loops.map(\.section) + errands.map(\.section)
                + seats.compactMap(\.section))
        return used.subtracting(known).sorted() + known.filter(used.contains)
    }

    /// How many of each there are, with what they are called.
    func counts(_ section: String) -> [(name: String, count: Int)] {
        let seats = bodies.flatMap(\.seats).filter { $0.section == section && $0.until >= today }
        return [
            ("取組", actions.count { $0.section == section || $0.coSections.contains(section) }),
            ("ループ", loops.count { $0.section == section }), ("やること", errands.count { $0.section == section }),
            ("委員・協力員の席", seats.count),
        ]
    }
}

extension Governance {
    func addSectionMoveRoutes(to site: inout Site) {
        site.officer(.get, "/desk/sections/move", needs: .preparePlan) { visit in
            .page(try await movePage(visit, Entry(visit.query, today: visit.moment.day)))
        }
        site.officer(.post, "/desk/sections/move", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await movePage(visit, $0) }) { entry in
                let move = try await database.read { try SectionMove(self, on: visit.moment.day, in: $0) }
                let known = town.sections.map(\.id)
                let from = entry.id("from", "これまでの課", of: move.sections(known: known)) ?? ""
                let to = entry.id("to", "これからの課", of: known) ?? ""
                if !to.isEmpty, from == to { entry.fail("to", "別の課を選んでください。") }
                try entry.check()
                guard entry["sure"] == "yes" else { return .page(try await movePage(visit, entry)) }
                let (moved, ended) = try await moveSection(from, to: to, by: visit.who, at: visit.moment)
                return .redirect(
                    ("/desk/sections/move" as Link).asking([("moved", String(moved)), ("ended", String(ended))]))
            }
        }
    }

    /// The form, and once it is filled in what would be moved.
    private func movePage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let frame = frame(visit)
        let move = try await database.read { try SectionMove(self, on: visit.moment.day, in: $0) }
        let used = move.sections(known: town.sections.map(\.id))
        let (from, to) = (entry["from"] ?? "", entry["to"] ?? "")
        let isAsked = used.contains(from) && !to.isEmpty && from != to && entry.problems.isEmpty
        let facts = move.counts(from).map { ($0.name, "\($0.count)" as HTML) }
        let form: HTML =
            isAsked
            ? """
            <h2>「\(frame.sectionName(from))」から「\(frame.sectionName(to))」へ移すもの</h2>\(Piece.facts(facts))
            <p>協力員が両方の課にいるときは、移るほうの席が終わり、本人に知らせます。</p>
            <form method="post" action="/desk/sections/move"><input type="hidden" name="from" value="\(from)"><input type="hidden" name="to" value="\(to)"><input type="hidden" name="sure" value="yes">
            <button class="primary">まとめて移す</button> <a href="/desk/sections/move">選び直す</a></form>
            """
            : """
            <form method="post" action="/desk/sections/move">
            \(entry.list("from", "これまでの課", used.map { ($0, frame.sectionName($0)) }))\(entry.list("to", "これからの課", frame.sections))
            <button class="primary">移すものを確かめる</button></form>
            """
        let ended = visit.query["ended"].flatMap { Int($0) } ?? 0
        return frame.page(
            .bodies, "課が変わったとき", entry: entry,
            saved: visit.query["moved"].flatMap { Int($0) }.map {
                "\($0)件を移しました。\(ended > 0 ? "協力員がもういたので、\(ended)人の席を終えました。" : "")"
            },
            """
            <div class="column"><p class="way"><a href="/desk/bodies">会議</a></p><h1>課が変わったとき</h1>
            <p>課の統合や名前の変更のときに、続いている取組・終わっていないループとやること・委員と協力員の席を、まとめて移します。終わったものは、そのとき担当した課のまま残ります。</p>
            \(form)</div>
            """)
    }

    /// Gives how many things were handed over, and how many seats ended.
    private func moveSection(
        _ from: String, to: String, by officer: Officer, at moment: Moment
    ) async throws -> (moved: Int, ended: Int) {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        let (actor, today) = (Actor.officer(officer.id), moment.day)
        return try await database.write { transaction in
            let move = try SectionMove(self, on: today, in: transaction)
            var (moved, ended) = (0, 0)
            for var action in move.actions where action.section == from || action.coSections.contains(from) {
                action.content.transfer(from, to: to)
                try action.save("saved", by: actor, at: moment, in: transaction)
                moved += 1
            }
            for var loop in move.loops where loop.section == from {
                try loop.content.hand(to: to, owner: nil)
                try loop.save("handed", by: actor, at: moment, in: transaction)
                moved += 1
            }
            for var errand in move.errands where errand.section == from {
                errand.content.section = to
                try errand.save("handed", by: actor, at: moment, in: transaction)
                moved += 1
            }
            for var body in move.bodies {
                let (seats, closed) = body.content.transfer(from, to: to, on: today)
                guard seats + closed.count > 0 else { continue }
                try body.save("changed", by: actor, at: moment, in: transaction)
                (moved, ended) = (moved + seats, ended + closed.count)
                for member in closed.compactMap({ $0.officer.flatMap { ID<Officer>($0) } }) {
                    try notify(
                        member, .init("ended \(body.id) \(moment)", "課が変わり、「\(body.name)」の席が終わりました", .body(body.id)),
                        at: moment, in: transaction)
                }
            }
            guard moved + ended > 0 else {
                transaction.keepHouse("nothing to move")
                return (0, 0)
            }
            for member in try responsible(for: to, on: today, in: transaction) where member != officer.id {
                try notify(
                    member, .init("moved \(from) \(moment)", "課が変わり、\(moved)件の担当が移ってきました", .governance), at: moment,
                    in: transaction)
            }
            return (moved, ended)
        }
    }
}

extension PlanAction {
    /// 主管課・関係課の変更.
    fileprivate mutating func transfer(_ from: String, to: String) {
        if section == from { section = to }
        coSections = coSections.map { $0 == from ? to : $0 }.reduce(into: []) { list, other in
            if other != section, !list.contains(other) { list.append(other) }
        }
    }
}
