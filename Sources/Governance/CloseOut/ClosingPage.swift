import Core
import HTML
import Japanese
import Web

/// 終期・次の計画: what becomes of each action, and the way from a draft to the next plan.
struct ClosingPage {
    let frame: Frame
    let state: GovernanceState
    let consultations: [Kept<Consultation>]
    let opinions: [Opinion]
    /// What the opinions say, for who answers them.
    let words: [Opinion.ID: String]
    let national: NationalPlan?
    let today: Day

    private var mayKeep: Bool { frame.officer.may(.preparePlan) }

    func page(_ entry: Entry, saved: String?) -> Page {
        guard let plan = state.plan else {
            return frame.page(.closing, "終期・次の計画", "<h1>終期・次の計画</h1><p class=\"notice\">計画がまだありません。</p>")
        }
        let left = plan.until.daysSince1970 - today.daysSince1970
        // One at a time: its forms stand on this page.
        let drafts = state.plans.filter { ($0.state == .draft || $0.state == .comment) && $0.follows == plan.number }
            .suffix(1)
        return frame.page(
            .closing, "終期・次の計画", entry: entry, saved: saved,
            """
            <h1>終期・次の計画</h1>
            <p class="notice">計画 第\(plan.number)版（\(plan.period)）は、\(left >= 0 ? "あと\(left)日で終わります" : "\(plan.until.wareki)に終わりました")。\(plan.isClosing(on: today) ? "取組ごとに、終わったあとの扱いを一つずつ決めます。" : "終わりの12か月前から、取組ごとの扱いを決めます。")</p>
            \(plan.isClosing(on: today) ? fates(plan) : .empty)
            \(orphans(drafts.last?.content ?? plan))
            \(drafts.map { draft($0, plan, entry) })
            \(drafts.isEmpty && mayKeep ? starting(plan, entry) : .empty)
            """)
    }

    private func fates(_ plan: PlanVersion) -> HTML {
        let rows: [[HTML]] = state.closing.map { status in
            let action = status.action
            return [
                "<a href=\"\(.action(action.id))\">\(action.number) \(action.title)</a>", "\(status.automatic.mark)",
                "\(status.human?.mark ?? "まだ")\(status.disagrees ? " \(Piece.tag("食い違い", "attention"))" : .empty)",
                action.fate.map {
                    "<b>\($0.kind.name)</b>\($0.into.flatMap { id in state.closing.first { $0.action.id == id } }.map { "（\($0.action.number)へ）" } ?? "")"
                } ?? Piece.tag("まだ", "attention"),
                "\(action.fate?.reason ?? "")",
                action.fate?.meeting.map { "<a href=\"\(.meeting($0))\">委員会</a>" } ?? "—",
            ]
        }
        let open = state.closing.count { $0.action.fate == nil }
        return """
            <h2>取組ごとの扱い（まだ \(open)）</h2><p>評価は、計画の最後の年度（\(plan.years.last?.wareki ?? "")）のものです。扱いは委員会が決めます。会議を開くと、まだの取組が議題に入ります。</p>
            \(rows.isEmpty ? "<p>取組がありません。</p>" : Piece.table("取組ごとの扱い", ["取組", "自動の評価", "人の評価", "扱い", "理由", "決めた会議"], rows))
            """
    }

    /// 国の計画にあって、町の計画にないもの.
    private func orphans(_ plan: PlanVersion) -> HTML {
        guard let version = national?.versions.last(where: { $0.items != nil }),
            let mapping = PlanMapping(version, plan)
        else {
            return .empty
        }
        let names: [HTML] = mapping.missingInTown.map { "<li>\($0.name)</li>" }
        return """
            <h2>国の計画（第\(version.number)版）にあって、町の計画\(plan.state == .adopted ? "" : "の案")にないもの（\(names.count)）</h2>
            \(names.isEmpty ? "<p>ありません。</p>" : "<ul>\(names)</ul>")
            """
    }

    /// 2.0 after 1.3.
    private func nextNumber(_ plan: PlanVersion) -> String {
        "\((plan.number.split(separator: ".").first.flatMap { Int($0) } ?? 0) + 1).0"
    }

    private func starting(_ plan: PlanVersion, _ entry: Entry) -> HTML {
        let years = FiscalYear(of: plan.until).year
        let (from, until) = (
            FiscalYear(max(years + 1, FiscalYear(of: today).year)).firstDay, FiscalYear(years + 5).lastDay
        )
        return "<h2>次の計画</h2>"
            + Piece.act(
                "次の版の案をつくる", "/desk/closing/draft", isOpen: entry["number"] != nil,
                """
                <input type="hidden" name="former" value="\(plan.number)">
                \(entry.line("number", "版の番号", now: nextNumber(plan), width: "medium"))
                <div class="halves">\(entry.date("from", "計画期間の始まり", hint: nil, now: from))\(entry.date("until", "計画期間の終わり", hint: nil, now: until))</div>
                \(entry.area("reason", "見直しの理由", hint: "何を見て、なぜ変えるのか"))
                """, button: "案をつくる")
    }

    private func draft(_ draft: Kept<PlanVersion>, _ plan: PlanVersion, _ entry: Entry) -> HTML {
        let difference = PlanDifference(from: plan, to: draft.content).changes
        let consultation = consultations.first { $0.id == draft.number }
        let items: [HTML] = draft.items.map { "<li>\(draft.content.anchor(of: $0)) \($0.name)</li>" }
        return """
            <h2>第\(draft.number)版の案 <small>\(draft.content.state.name)、\(draft.content.period)</small></h2>
            \(Piece.facts([("見直しの理由", Piece.kept(draft.reason ?? "")), ("前の版から変わったところ", "\(difference.count)か所"), ("引き継ぐ取組（策定のときに移ります）", carried), ("重点取組事項", "<ul class=\"plain\">\(items)</ul>")]))
            \(mayKeep && draft.state == .draft ? forms(draft, consultation, entry) : .empty)
            \(consultation.map { opinionPart($0, entry) })
            \(mayKeep && draft.state == .draft ? adopting(draft) + withdrawing(draft) : .empty)
            """
    }

    /// The actions that go on, each with those that are merged into it.
    private var carried: HTML {
        let going = state.closing.map(\.action).filter { $0.fate?.kind == .continued }
        let lines: [HTML] = going.map { action in
            let merged = state.closing.map(\.action).filter { $0.fate?.kind == .merged && $0.fate?.into == action.id }
            return
                "<li><a href=\"\(.action(action.id))\">\(action.number) \(action.title)</a>\(merged.isEmpty ? "" : "（\(merged.map { "\($0.number) \($0.title)" }.joined(separator: "、"))を統合）")</li>"
        }
        return "\(going.count)\(lines.isEmpty ? .empty : "<ul class=\"plain\">\(lines)</ul>" as HTML)"
    }

    private func forms(_ draft: Kept<PlanVersion>, _ consultation: Kept<Consultation>?, _ entry: Entry) -> HTML {
        let revising: HTML =
            "<p><a class=\"button\" href=\"\(.draft(draft.number))\">案を直す（期間・事項・体制・用語・関連文書）</a></p>"
        guard consultation == nil else { return revising }
        return revising
            + Piece.act(
                "意見を募集する", "/desk/closing/consult", isOpen: entry["lead"] != nil,
                """
                <input type="hidden" name="plan" value="\(draft.number)"><p>募集のあいだは、案がだれにでも読めます。期間は30日以上です。</p>
                <div class="halves">\(entry.date("consult-from", "募集の始まり", hint: nil, now: today))\(entry.date("consult-until", "募集の終わり", hint: nil, now: today.adding(days: 30)))</div>
                \(entry.area("lead", "案内の文"))
                """, button: "募集を始める")
    }

    private func opinionPart(_ consultation: Kept<Consultation>, _ entry: Entry) -> HTML {
        let own = opinions.filter { $0.consultation == consultation.id }
        let items: [HTML] = own.map { opinion in
            let answered: HTML =
                opinion.answer.map { Piece.tag($0.outcome.name[.ja], "good") } ?? Piece.tag("考え方はまだ", "attention")
            return """
                <li><span><b>\(opinion.clause.isEmpty ? "計画の全体" : opinion.clause)</b> \(answered)<br>\(mayKeep ? Piece.kept(words[opinion.id] ?? "") : "\(opinion.answer?.gist ?? "")")\(opinion.answer == nil ? .empty : "<br><a href=\"\(.history("answer", opinion.id.text))\">考え方の記録（全部の版）</a>" as HTML)</span></li>
                """
        }
        let answering: HTML =
            mayKeep && consultation.published == nil && !own.isEmpty
            ? Piece.act(
                "町の考え方を書く", "/desk/closing/answer", isOpen: entry["gist"] != nil,
                """
                \(entry.list("opinion", "どの意見か", own.map { ($0.id.text, "\($0.clause.isEmpty ? "全体" : $0.clause): \((words[$0.id] ?? "").prefix(30))") }))
                \(entry.area("gist", "意見の要旨（公表します。だれか分かることは書きません）", rows: 2))\(entry.area("answer", "町の考え方"))
                \(entry.radios("outcome", "扱い", OpinionAnswer.Outcome.allCases.map { ($0.rawValue, $0.name[.ja]) }))
                """, button: "考え方を残す")
            : .empty
        let publishing: HTML =
            mayKeep && consultation.published == nil
            ? """
            <form method="post" action="/desk/closing/publish">\(entry.seen(consultation.revision))<input type="hidden" name="plan" value="\(consultation.id)"><button>募集の結果を公表する</button></form>
            """ : .empty
        return """
            <h3>意見の募集 <small>\(consultation.from.wareki)から\(consultation.until.wareki)まで\(consultation.published.map { "、結果を\($0.wareki)に公表" } ?? "")</small></h3>
            <p><a href="\(.consultation(consultation.id))">募集のページ</a></p>
            \(Piece.rows(items, empty: "意見はまだ届いていません。"))\(answering)\(publishing)
            """
    }

    private func withdrawing(_ draft: Kept<PlanVersion>) -> HTML {
        """
        <form method="post" action="/desk/closing/withdraw"><input type="hidden" name="plan" value="\(draft.number)"><button class="quiet">第\(draft.number)版の案を取り下げる</button></form>
        """
    }

    private func adopting(_ draft: Kept<PlanVersion>) -> HTML {
        let deciding = state.meetings.filter { meeting in
            meeting.agenda.contains {
                $0.about == "plan:\(draft.number)" && $0.decision?.kind == .direction && $0.decision?.isCarried == true
            }
        }
        guard !deciding.isEmpty else {
            return "<p class=\"quiet\">策定は、委員会が「推進方針」として決めます。会議を開くと、この案の策定が議題に入ります。</p>"
        }
        let forms: [HTML] = deciding.map { meeting in
            """
            <form method="post" action="/desk/closing/adopt"><input type="hidden" name="plan" value="\(draft.number)"><input type="hidden" name="meeting" value="\(meeting.id)">
            <button class="primary">\(meeting.title)の決定で、策定する</button></form>
            """
        }
        return "\(forms)"
    }
}
