import Core
import Database
import HTML
import Japanese
import Web

extension Governance {
    /// The plan for everybody: to read, to print, as data, beside the nation's and beside its other versions.
    func addPlanRoutes(to site: inout Site) {
        site.anyone(.get, "/plan") { visit in
            guard let plan = try await database.read({ try currentPlan(on: visit.moment.day, in: $0) }) else {
                return .page(
                    Page(
                        PlanTexts.title[visit.language],
                        "<h1>\(PlanTexts.title.html(visit.language))</h1><p>\(PlanTexts.nothing.html(visit.language))</p>"
                    ))
            }
            return .redirect(.plan(plan.number))
        }

        site.anyone(.get, "/plan/compare") { visit in
            let (old, new) = (visit.query["old"] ?? "", visit.query["new"] ?? "")
            let (plans, pages) = try await database.read { transaction in
                (
                    try [old, new].map { try published($0, in: transaction) },
                    try planPages(visit.language, in: transaction)
                )
            }
            return .page(pages.comparison(plans[0], plans[1]))
        }

        site.anyone(.get, "/plan/{number}") { visit in
            try await database.read { transaction in
                let plan = try published(visit.parameter("number"), in: transaction)
                let others = try Kept<PlanVersion>.list(in: transaction).map(\.content).filter {
                    ![.draft, .withdrawn].contains($0.state)
                }
                return .page(
                    try planPages(visit.language, for: plan, in: transaction).page(
                        plan, others: others, consultation: try Consultation.open(for: plan.number, in: transaction)))
            }
        }

        site.anyone(.get, "/plan/{number}/mapping") { visit in
            try await database.read { transaction in
                let plan = try published(visit.parameter("number"), in: transaction)
                return .page(try planPages(visit.language, in: transaction).mapping(plan))
            }
        }

        site.anyone(.get, "/plan/{number}/plan.pdf") { visit in
            try printing.take(visit.client, at: visit.moment)
            let (plan, pages) = try await database.read { transaction in
                let plan = try published(visit.parameter("number"), in: transaction)
                return (plan, try planPages(visit.language, for: plan, in: transaction))
            }
            let body: HTML = "<h1>\(plan.title) <small>第\(plan.number)版</small></h1>\(pages.body(plan))"
            let paper = try await Typesetter.pdf(plan.title, body, as: .report)
            return .file(Download(paper, type: "application/pdf", name: "\(plan.title)-\(plan.number).pdf"))
        }

        site.anyone(.get, "/plan/{number}/plan.json") { visit in
            let plan = try await database.read { try published(visit.parameter("number"), in: $0) }
            return .file(
                Download(text: try KeptText.write(plan), type: "application/json", name: "plan-\(plan.number).json"))
        }

        addPlanDeskRoutes(to: &site)
        addDraftRoutes(to: &site)
    }

    private func addPlanDeskRoutes(to site: inout Site) {
        site.officer(.get, "/desk/plan", needs: nil) { visit in
            .page(try await planDesk(visit, Entry(today: visit.moment.day)))
        }

        site.officer(.post, "/desk/plan/{number}/corrections", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await planDesk(visit, $0) }) { entry in
                let place = entry.words("place", "ところ", most: 100)
                let printed = entry.words("printed", "印刷された文字", most: 100)
                let meant = entry.words("meant", "正しい文字", most: 100)
                if !printed.isEmpty, printed == meant { entry.fail("meant", "印刷された文字と同じです。") }
                try entry.check()
                try await correct(
                    visit.parameter("number"), place: place, printed: printed, meant: meant, seen: entry.seen,
                    by: visit.who, at: visit.moment)
                return .redirect(("/desk/plan" as Link).asking([("saved", "corrected")]))
            }
        }
    }

    /// A version that everybody may read. Throws ``Refused`` for a draft, or where there is none.
    private func published(_ number: String, in transaction: Transaction) throws -> PlanVersion {
        let plan = try Kept<PlanVersion>.require(number, in: transaction).content
        switch plan.state {
        case .comment, .adopted, .replaced: break
        // What everybody was asked about stays to be read.
        case .draft:
            guard try Kept<Consultation>.find(number, in: transaction) != nil else { throw Refused.notHere }
        case .withdrawn: throw Refused.notHere
        }
        return plan
    }

    /// - Parameter plan: the version that is shown by itself.
    func planPages(
        _ language: Language, for plan: PlanVersion? = nil, in transaction: Transaction
    ) throws -> PlanPages {
        let isDraft = plan.map { $0.state == .draft || $0.state == .comment } ?? false
        let goingOn =
            isDraft
            ? try Kept<PlanAction>.list(in: transaction).map(\.content).filter {
                $0.plan == plan?.follows && $0.fate?.kind == .continued
            } : []
        return PlanPages(
            language: language, national: try Kept<NationalPlan>.list(in: transaction).first?.content, goingOn: goingOn)
    }

    /// 計画, for those who keep it.
    private func planDesk(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (frame, today) = (frame(visit), visit.moment.day)
        let (plans, current, national, actions) = try await database.read { transaction in
            (
                try Kept<PlanVersion>.list(in: transaction), try currentPlan(on: today, in: transaction),
                try Kept<NationalPlan>.list(in: transaction).first?.content, try Kept<PlanAction>.list(in: transaction)
            )
        }
        let rows: [[HTML]] = plans.map { plan in
            let link: HTML =
                [.draft, .withdrawn].contains(plan.state)
                ? "第\(plan.number)版" : "<a href=\"\(.plan(plan.number))\">第\(plan.number)版</a>"
            return [
                link, "\(plan.content.state.name)", "\(plan.content.period)", "\(plan.adoptedOn ?? "—")",
                "\(actions.count { $0.plan == plan.number })", "<a href=\"\(.history("plan", plan.id))\">履歴</a>",
            ]
        }
        let forms: HTML? = plans.first { $0.number == current?.number }.flatMap { plan in
            guard frame.officer.may(.preparePlan) else { return nil }
            return Piece.act(
                "正誤を記録する", ("/desk/plan" as Link).below(plan.id).below("corrections"), isOpen: entry["place"] != nil,
                """
                \(entry.seen(plan.revision))
                <p>印刷のまちがいは、黙って直さずに、もとの文字と正しい文字を並べて公開します。</p>
                \(entry.line("place", "ところ", hint: "例: 5章 4つめの段落"))\(entry.line("printed", "印刷された文字"))\(entry.line("meant", "正しい文字"))
                """, button: "正誤を記録する")
        }
        let newest: HTML? = current.flatMap { plan in
            let cited = plan.related.first { $0.name == national?.name }
            guard let national, let newest = national.newest, let version = cited?.version, newest.number != version
            else {
                return nil
            }
            return """
                <p class="notice">この計画がよりどころにした国の「\(national.name)」は第\(version)版です。いまは第\(newest.number)版（\(newest.date)）です。<a href="\(Link.plan(plan.number).below("mapping"))">違いを見る</a></p>
                """
        }
        return frame.page(
            .plan, "計画", entry: entry, saved: visit.query["saved"] == "corrected" ? "正誤を記録しました。" : nil,
            """
            <h1>計画の版</h1>\(newest)
            \(rows.isEmpty ? "<p class=\"notice\">計画がまだありません。町のフォルダーの plan/ に計画を置いて、origami init --town … を実行してください。</p>" : Piece.table("計画の版", ["版", "状態", "期間", "策定", "取組", "履歴"], numeric: [4], rows))
            \(forms)
            <p><a href="/desk/closing">次の計画の案は「終期・次の計画」でつくります</a></p>
            """)
    }
}
