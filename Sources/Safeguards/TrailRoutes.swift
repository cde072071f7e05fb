import Core
import HTML
import Database
import Trail
import Web

extension Safeguards {
    func addTrailRoutes(to site: inout Site) {
        site.add(MenuItem("記録", "/desk/trail", needs: .readTrail))

        site.officer(.get, "/desk/trail", needs: .readTrail) { visit in
            let (events, head, names) = try await database.read { transaction in
                (
                    try EventLog.newest(200, in: transaction), try Trail.newestHead(in: transaction),
                    try staff.names(transaction)
                )
            }
            return .page(TrailPages(officer: visit.who, names: names, eventNames: self.names).list(events, head: head))
        }

        site.officer(.post, "/desk/trail/verify", needs: .readTrail) { visit in
            let result = try await EventLog.verify(trail, in: database)
            let (officer, moment) = (visit.who, visit.moment)
            try await database.write { transaction in
                try transaction.record(
                    Event(
                        "trail.verified", subject: "trail",
                        detail: ["entries": String(result.entries), "faults": String(result.faults.count)]),
                    by: .officer(officer.id), at: moment)
            }
            return .page(TrailPages(officer: officer, names: [:], eventNames: [:]).verification(result))
        }
    }
}
