import Core
import Database
import HTML
import Japanese
import Web

/// 課の統合・改名. What a section has to do is handed to another one, all of it at once: its actions, its loops and errands that are
/// not ended, and the seats of its 協力員. What is over keeps the name of who did it.
extension Governance {
    func addSectionMoveRoutes(to site: inout Site) {
        site.officer(.get, "/desk/sections/move", needs: .preparePlan) { visit in
            .page(try await movePage(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/sections/move", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await movePage(visit, $0) }) { entry in
                let used = try await database.read { try sectionsInUse(on: visit.moment.day, in: $0) }
                let from = entry.id("from", "これまでの課", of: used) ?? ""
                let to = entry.id("to", "これからの課", of: town.sections.map(\.id)) ?? ""
                if !to.isEmpty, from == to { entry.fail("to", "別の課を選んでください。") }
                try entry.check()
                let moved = try await moveSection(from, to: to, by: visit.who, at: visit.moment)
                return .redirect(("/desk/sections/move" as Link).asking([("moved", String(moved))]))
            }
        }
    }

    private func movePage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let frame = frame(visit)
        let used = try await database.read { try sectionsInUse(on: visit.moment.day, in: $0) }
        return frame.page(
            .bodies, "課が変わったとき", entry: entry,
            saved: visit.query["moved"].flatMap { Int($0) }.map { "\($0)件を移しました。" },
            """
            <div class="column"><p class="way"><a href="/desk/bodies">会議</a></p><h1>課が変わったとき</h1>
            <p>課の統合や名前の変更のときに、続いている取組・終わっていないループとやること・協力員の席を、まとめて移します。終わったものは、そのとき担当した課のまま残ります。</p>
            <form method="post" action="/desk/sections/move">
            \(entry.list("from", "これまでの課", used.map { ($0, frame.sectionName($0)) }))\(entry.list("to", "これからの課", frame.sections))
            <button class="primary">まとめて移す</button></form></div>
            """)
    }

    /// The sections that still have to do with something, those that the town no longer has first.
    private func sectionsInUse(on today: Day, in transaction: Transaction) throws -> [String] {
        let plan = try currentPlan(on: today, in: transaction)
        let actions = try Kept<PlanAction>.list(in: transaction).filter { $0.plan == plan?.number }.map(\.section)
        let loops = try Kept<Loop>.list(in: transaction).filter { $0.ending == nil }.map(\.section)
        let errands = try Kept<Errand>.list(in: transaction).filter { $0.done == nil }.map(\.section)
        let seats = try Kept<Body>.list(in: transaction).flatMap { $0.content.seats(on: today) }.compactMap(\.section)
        let used = Set(actions + loops + errands + seats)
        let known = town.sections.map(\.id)
        return used.subtracting(known).sorted() + known.filter(used.contains)
    }

    /// Gives how many things were handed over.
    private func moveSection(_ from: String, to: String, by officer: Officer, at moment: Moment) async throws -> Int {
        let (actor, today) = (Actor.officer(officer.id), moment.day)
        return try await database.write { transaction in
            var moved = 0
            let plan = try currentPlan(on: today, in: transaction)
            for var action in try Kept<PlanAction>.list(in: transaction)
            where action.plan == plan?.number && (action.section == from || action.coSections.contains(from)) {
                if action.section == from { action.content.section = to }
                let beside = action.coSections.map { $0 == from ? to : $0 }
                action.content.coSections = beside.reduce(into: []) { list, section in
                    if section != action.section, !list.contains(section) { list.append(section) }
                }
                try action.save("saved", by: actor, at: moment, in: transaction)
                moved += 1
            }
            for var loop in try Kept<Loop>.list(in: transaction) where loop.ending == nil && loop.section == from {
                try loop.content.hand(to: to, owner: nil)
                try loop.save("handed", by: actor, at: moment, in: transaction)
                moved += 1
            }
            for var errand in try Kept<Errand>.list(in: transaction) where errand.done == nil && errand.section == from
            {
                errand.content.section = to
                try errand.save("handed", by: actor, at: moment, in: transaction)
                moved += 1
            }
            for var body in try Kept<Body>.list(in: transaction) {
                let seats = body.content.seats(on: today).filter { $0.section == from }
                guard !seats.isEmpty else { continue }
                for seat in seats { try body.content.transfer(seat, to: to, on: today) }
                try body.save("changed", by: actor, at: moment, in: transaction)
                moved += seats.count
            }
            if moved == 0 { transaction.keepHouse("nothing to move") }
            return moved
        }
    }
}
