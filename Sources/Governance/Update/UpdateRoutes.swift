import Core
import Database
import HTML
import Japanese
import Register
import Web

extension Link {
    static func update(_ section: String, _ month: Month) -> Link { "/desk/updates/\(section)/\(month.iso)" }
    static func handover(_ section: String) -> Link { "/desk/handover/\(section)" }
}

extension Governance {
    func addUpdateRoutes(to site: inout Site) {
        site.officer(.get, "/desk/updates/{section}/{month}", needs: nil) { visit in
            .page(try await updatePage(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/updates/{section}/{month}", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await updatePage(visit, $0) }) { entry in
                let (section, month) = try place(visit)
                let actions = try await database.read { try Kept<PlanAction>.list(in: $0) }.filter {
                    $0.section == section
                }
                let lines = actions.filter { entry["state-\($0.id)"] != nil }.map { action in
                    Update.Line(
                        action: action.id,
                        state: entry.choice("state-\(action.id)", "\(action.title)の状態", PlanAction.State.self)
                            ?? action.state,
                        words: entry.words("words-\(action.id)", "\(action.title)の進み具合", most: 600, optional: true))
                }
                let update = Update(
                    section: section, month: month.iso, lines: lines,
                    ask: entry.words("ask", "困っていること", most: 600, optional: true), by: Actor.officer(visit.who.id).text,
                    on: entry.today, confirmation: nil)
                try entry.check()
                try await report(update, month: month, seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.update(section, month).asking([("saved", "yes")]))
            }
        }
        site.officer(.post, "/desk/updates/{section}/{month}/confirm", needs: .leadPlan) { visit in
            let (section, month) = try place(visit)
            try await confirm(Update.id(section, month), words: "確認しました", by: visit.who, at: visit.moment)
            return .redirect(Link.update(section, month).asking([("saved", "confirmed")]))
        }
        site.officer(.get, "/desk/handover/{section}", needs: nil) { visit in
            let (frame, today) = (frame(visit), visit.moment.day)
            let section = visit.parameter("section")
            guard town.sections.contains(where: { $0.id == section }) else { throw Refused.notHere }
            return .page(
                try await database.read { transaction in
                    HandoverPage(
                        frame: frame, state: try GovernanceState(self, on: today, in: transaction), section: section,
                        levels: try LevelList.read(in: transaction), today: today
                    ).page
                })
        }
    }

    private func place(_ visit: Visit<Officer>) throws -> (section: String, month: Month) {
        let section = visit.parameter("section")
        guard town.sections.contains(where: { $0.id == section }), let month = Month(iso: visit.parameter("month"))
        else {
            throw Refused.notHere
        }
        return (section, month)
    }

    private func updatePage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (section, month) = try place(visit)
        let (frame, today) = (frame(visit), visit.moment.day)
        let (start, kept, people) = try await database.read { transaction in
            let state = try GovernanceState(self, on: today, countedTo: min(month.last, today), in: transaction)
            return (
                UpdateStart(state, section: section, month: month, levels: try LevelList.read(in: transaction)),
                try Kept<Update>.find(Update.id(section, month), in: transaction), state.people
            )
        }
        let saved = visit.query["saved"].map { $0 == "confirmed" ? "確認しました。" : "報告しました。ありがとうございます。" }
        return UpdatePage(frame: frame, section: section, month: month, start: start, kept: kept, people: people).page(
            entry, saved: saved)
    }
}

/// 月の報告: three minutes, with what is known filled in.
private struct UpdatePage {
    let frame: Frame
    let section: String
    let month: Month
    let start: UpdateStart
    let kept: Kept<Update>?
    let people: People

    func page(_ entry: Entry, saved: String?) -> Page {
        let mayWrite = frame.officer.mayReport(for: section) && kept?.confirmation == nil
        let parts: [HTML] = start.parts.map { part in
            let action = part.status.action
            let known = kept?.lines.first { $0.action == action.id }
            return """
                <fieldset><legend>\(action.number) \(action.title)</legend>
                \(entry.list("state-\(action.id)", "状態", PlanAction.State.allCases.map { ($0.rawValue, $0.name) }, now: (known?.state ?? action.content.state).rawValue, none: nil))
                \(entry.area("words-\(action.id)", "この月に進んだこと", hint: "分かっていることは入れてあります。足りないことだけ書き足してください", now: known?.words ?? part.known))
                </fieldset>
                """
        }
        let needed: [HTML] = start.needed.prefix(5).map { line in
            "<li><span><a href=\"\("/desk/cards/\(line.card.id)" as Link)\">\(line.card.name[.ja])</a></span><span>\(line.record?.words ?? "")</span></li>"
        }
        let status: HTML? = kept.map { kept in
            """
            <p class="notice">\(people.name(kept.by))が\(kept.on.wareki)に報告しました。\(kept.confirmation.map { "\(people.name($0.by))が\($0.on.wareki)に確認しました。" } ?? "確認はまだです。")</p>
            """
        }
        let confirming: HTML? =
            kept != nil && kept?.confirmation == nil && frame.officer.may(.leadPlan)
            ? "<form method=\"post\" action=\"\(Link.update(section, month).below("confirm"))\"><button class=\"primary\">この報告を確認した</button></form>"
            : nil
        return frame.page(
            .home, "\(frame.sectionName(section)) \(month.iso)の報告", entry: entry, saved: saved,
            """
            <div class="column"><p class="way"><a href="\(.governance)">推進ホーム</a></p>
            <h1>\(frame.sectionName(section)) <small>\(month.year)年\(month.number)月の報告</small></h1>\(status)\(confirming)
            \(parts.isEmpty ? "<p>この課が主管する取組は、まだありません。困っていることがあれば書いてください。</p>" as HTML : .empty)
            \(mayWrite ? "<form method=\"post\" action=\"\(Link.update(section, month))\">\(entry.seen(kept?.revision ?? 0))\(parts)\(entry.area("ask", "困っていること・手伝ってほしいこと", now: kept?.ask ?? "", rows: 2))<button class=\"primary\">報告する</button></form>" : reported)
            <h2>次に必要な事実</h2><p class="quiet">あと少しで段階が上がる手続きです。</p>
            \(Piece.rows(needed, empty: "いまは、ありません。"))</div>
            """)
    }

    private var reported: HTML {
        let rows: [HTML] = (kept?.lines ?? []).map { line in
            let action = start.parts.first { $0.status.action.id == line.action }?.status.action
            return
                "<li><span><b>\(action.map { "\($0.number) \($0.title)" } ?? "取組")</b>（\(line.state.name)）<br>\(Piece.kept(line.words))</span></li>"
        }
        return Piece.rows(rows, empty: "この月の報告は、まだありません。")
            + (kept.map { $0.ask.isEmpty ? .empty : "<h2>困っていること</h2><p class=\"kept\">\($0.ask)</p>" } ?? .empty)
    }
}

/// 引継ぎ: everything of a section that a new 協力員 needs in April, on one page to print.
private struct HandoverPage {
    let frame: Frame
    let state: GovernanceState
    let section: String
    let levels: LevelList
    let today: Day

    var page: Page {
        let actions: [HTML] = state.statuses.filter { $0.action.section == section }.map { status in
            "<li><span><a href=\"\(.action(status.action.id))\">\(status.action.number) \(status.action.title)</a></span><span>\(status.action.content.state.name)、自動の評価 \(status.automatic.mark)</span></li>"
        }
        let loops: [HTML] = state.loops.filter { $0.section == section && $0.ending == nil }.map { loop in
            "<li><span><a href=\"\(.loop(loop.id))\">\(loop.title)</a></span><span>\(loop.content.stage.name)\(loop.decision.map { "、見直し \($0.reviewOn.wareki)" } ?? "")</span></li>"
        }
        let errands: [HTML] = state.errands.filter { $0.section == section && $0.done == nil }.map { errand in
            "<li><span><a href=\"/desk/errands/\(errand.id)\">\(errand.words)</a></span><span>\(errand.due.wareki)まで</span></li>"
        }
        let updates: [HTML] = state.updates.filter { $0.section == section }.suffix(6).reversed().map { update in
            "<li><span>\(update.month)の報告</span><span>\(state.people.name(update.by))\(update.ask.isEmpty ? "" : "。困っていること: \(update.ask)")</span></li>"
        }
        let cards: [[HTML]] = levels.lines.filter { $0.card.section == section && $0.card.retirement == nil }.map {
            line in
            [
                "<a href=\"\("/desk/cards/\(line.card.id)" as Link)\">\(line.card.name[.ja])</a>",
                "\(line.record?.words ?? "未計算")",
            ]
        }
        let liaison = state.liaisons?.content.seats(on: today).first { $0.section == section }
        return frame.page(
            .home, "引継ぎ \(frame.sectionName(section))",
            """
            <p class="way"><a href="\(.governance)">推進ホーム</a></p><h1>引継ぎ <small>\(frame.sectionName(section))、\(today.wareki)現在</small></h1>
            <p>協力員: \(liaison.map { "\($0.name)（\($0.until.wareki)まで）" } ?? "いません")。このページは、いつも記録からつくられます。印刷して渡せます。</p>
            <h2>取組</h2>\(Piece.rows(actions, empty: "主管する取組はありません。"))
            <h2>進んでいるOODAループ</h2>\(Piece.rows(loops, empty: "ありません。"))
            <h2>やること</h2>\(Piece.rows(errands, empty: "残っているものはありません。"))
            <h2>これまでの報告</h2>\(Piece.rows(Array(updates), empty: "まだありません。"))
            <h2>手続きと段階</h2>\(cards.isEmpty ? "<p>ありません。</p>" : Piece.table("手続き", ["手続き", "段階と、次に要ること"], cards))
            """)
    }
}
