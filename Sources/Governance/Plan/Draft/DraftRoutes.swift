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
            let saved = ["saved": "案を直しました。", "removed": "案から外しました。前の形は、履歴に残っています。"]
            return .page(pages.list(saved: visit.query["saved"].flatMap { saved[$0] }))
        }
        site.officer(.get, "/desk/plan/{number}/draft/{part}", needs: .preparePlan) { visit in
            .page(try await draftForm(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/plan/{number}/draft/{part}", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await draftForm(visit, $0) }) { entry in
                let (pages, number) = try await draftPages(visit)
                var plan = pages.draft.content
                let part = try asked(visit, entry, in: plan)
                entry.take(
                    part, into: &plan, number: number, national: pages.national,
                    measures: pages.measures.map(\.id))
                try entry.check()
                try await revise(plan, seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.draft(plan.number).asking([("saved", "saved")]))
            }
        }
        site.officer(.post, "/desk/plan/{number}/draft/{part}/remove", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await draftForm(visit, $0) }) { entry in
                var plan = try await draftPages(visit).pages.draft.content
                let part = try asked(visit, entry, in: plan)
                guard part.sort.canGrow, !part.isNew else { throw Refused.notHere }
                try plan.remove(part)
                try await revise(plan, seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.draft(plan.number).asking([("saved", "removed")]))
            }
        }
    }

    /// The part that a form is about. Throws where the draft has moved under it.
    private func asked(_ visit: Visit<Officer>, _ entry: Entry, in plan: PlanVersion) throws -> DraftPart {
        guard let part = DraftPart(visit.parameter("part")) else { throw Refused.notHere }
        guard part.place != nil, part.now(in: plan, called: entry["part"]) != part else { return part }
        throw Refused.notNow("開いているあいだに、ほかの職員が案の並びを変えました。入力した文は残っています。見出しの名前を確かめてから、もう一度書いてください。")
    }

    /// The form of a part; one that somebody took out meanwhile becomes a new one, so that nothing that was typed is lost.
    private func draftForm(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (pages, _) = try await draftPages(visit)
        guard let part = DraftPart(visit.parameter("part")) else { throw Refused.notHere }
        if let now = part.now(in: pages.draft.content, called: entry["part"]) { return pages.form(now, entry) }
        guard entry["part"] != nil, part.sort.canGrow else { throw Refused.notHere }
        return pages.form(DraftPart(part.sort), entry)
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
