import Core
import Database
import HTML
import Register
import Web

extension Governance {
    /// 案を直す, part by part.
    func addDraftRoutes(to site: inout Site) {
        site.officer(.get, "/desk/plan/{number}/draft", needs: .preparePlan) { visit in
            let (pages, _) = try await draftPages(visit)
            return .page(pages.list(saved: visit.query["saved"] == nil ? nil : "案を直しました。"))
        }
        site.officer(.get, "/desk/plan/{number}/draft/{part}", needs: .preparePlan) { visit in
            .page(try await draftForm(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/plan/{number}/draft/{part}", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await draftForm(visit, $0) }) { entry in
                let (pages, number) = try await draftPages(visit)
                guard let part = DraftPart(visit.parameter("part"), in: pages.draft.content) else {
                    throw Refused.notHere
                }
                var plan = pages.draft.content
                entry.take(
                    part, into: &plan, number: number, national: pages.national.map(\.name),
                    measures: pages.measures.map(\.id))
                try entry.check()
                try await revise(plan, seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.draft(plan.number).asking([("saved", "yes")]))
            }
        }
        site.officer(.post, "/desk/plan/{number}/draft/{part}/remove", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await draftForm(visit, $0) }) { entry in
                var plan = try await draftPages(visit).pages.draft.content
                guard let part = DraftPart(visit.parameter("part"), in: plan), part.sort.canGrow, !part.isNew else {
                    throw Refused.notHere
                }
                plan.remove(part)
                try await revise(plan, seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.draft(plan.number).asking([("saved", "yes")]))
            }
        }
    }

    private func draftForm(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (pages, _) = try await draftPages(visit)
        guard let part = DraftPart(visit.parameter("part"), in: pages.draft.content) else { throw Refused.notHere }
        return pages.form(part, entry)
    }

    /// The pages, and the number that the next new item gets.
    private func draftPages(_ visit: Visit<Officer>) async throws -> (pages: DraftPages, number: Int) {
        let (frame, number) = (frame(visit), visit.parameter("number"))
        return try await database.read { transaction in
            let draft = try Kept<PlanVersion>.require(number, in: transaction)
            guard draft.state == .draft else { throw Refused.notNow("直せるのは、案のあいだだけです。") }
            let national = try Kept<NationalPlan>.list(in: transaction).first?.content
            let known = try Kept<PlanVersion>.list(in: transaction).flatMap(\.items).map(\.no).max() ?? 0
            return (
                DraftPages(
                    frame: frame, draft: draft, national: national?.versions.everyItem ?? [], measures: shelf.measures),
                known + 1
            )
        }
    }
}
