import Core
import HTML
import Japanese
import Register
import Web

/// 推進ホーム. What waits for an officer: by what they are, in the order in which it matters.
struct HomePage {
    let frame: Frame
    let state: GovernanceState
    let notices: [Notice]
    /// What others did since this officer looked here before; nil for the first time.
    let deeds: [DocumentVersion.Deed]?
    /// What deeds are called.
    let deedNames: [String: String]
    let levels: LevelList
    let gaps: Int
    let today: Day

    private var me: Officer { frame.officer }

    var page: Page {
        frame.page(
            .home, "推進ホーム",
            """
            <h1>推進ホーム <small>\(me.name) さん、\(today.wareki)</small></h1>
            \(me.may(.leadPlan) ? leader : .empty)
            \(inbox)
            \(mySections.map(liaison))
            \(me.may(.preparePlan) ? secretariat : .empty)
            \(me.may(.decideTrials) && !me.may(.leadPlan) ? head : .empty)
            \(isMember ? member : .empty)
            \(me.may(.readTrail) ? auditor : .empty)
            \(changes)
            <p class="acts"><a class="button" href="/desk/inbox">お知らせと受け取り方</a> <a class="button" href="/progress">公開ページを見る</a></p>
            """)
    }

    private var inbox: HTML {
        let unread = notices.filter { !$0.isRead }
        let items: [HTML] = unread.prefix(6).map { notice in
            "<li><span><a href=\"\(("/desk/inbox" as Link).below(notice.id))\">\(notice.words)</a></span><span>\(notice.at.day.wareki)</span></li>"
        }
        return "<h2>お知らせ（\(unread.count)）</h2>" + Piece.rows(items, empty: "新しいお知らせはありません。")
    }

    // MARK: CIO

    /// 決定待ち, with one number and the reason each; what is overdue.
    private var leader: HTML {
        let waiting = state.loops.filter { $0.content.waitsFor == .cio || $0.content.waitsFor == .committee }
        let stale = state.loops.filter { ($0.content.daysUnoriented(on: today) ?? 0) > Governance.orientWithin }
        let late = state.loops.filter { $0.content.isReviewDue(on: today) }
        let errands = state.errands.filter { $0.content.isLate(on: today) }
        let reports = state.updates.filter { $0.confirmation == nil }
        return """
            <h2>CIO: 決定を待っているもの（\(waiting.count)）</h2>
            \(Piece.rows(waiting.map(decisionRow), empty: "いま決めることはありません。"))
            <h2>遅れているもの（\(late.count + errands.count + stale.count)）</h2>
            \(Piece.rows(late.map { reviewRow($0) } + errands.map(errandRow) + stale.map(staleRow), empty: "ありません。"))
            <h2>確認を待つ報告（\(reports.count)）</h2>
            \(Piece.rows(reports.map(reportRow), empty: "ありません。"))
            """
    }

    private func decisionRow(_ loop: Kept<Loop>) -> HTML {
        let number = loop.observation.value.map { Piece.number($0, loop.observation.unit) } ?? "数はまだありません"
        return """
            <li><span><a href="\(.loop(loop.id))">\(loop.title)</a><br><b>\(number)</b>　\(loop.hypotheses.first?.words ?? loop.observation.fact)</span>
            <span>\(loop.content.waitsFor?.name ?? "課")の決定、\(today.daysSince1970 - loop.observation.on.daysSince1970)日め</span></li>
            """
    }

    private func reviewRow(_ loop: Kept<Loop>) -> HTML {
        "<li><span><a href=\"\(.loop(loop.id))\">\(loop.title)</a></span><span>\(Piece.tag("見直しの日 \(loop.decision?.reviewOn.wareki ?? "")", "attention"))</span></li>"
    }

    private func staleRow(_ loop: Kept<Loop>) -> HTML {
        "<li><span><a href=\"\(.loop(loop.id))\">\(loop.title)</a></span><span>\(Piece.tag("観察から\(loop.content.daysUnoriented(on: today) ?? 0)日、仮説がありません", "attention"))</span></li>"
    }

    private func errandRow(_ errand: Kept<Errand>) -> HTML {
        "<li><span><a href=\"/desk/errands/\(errand.id)\">\(errand.words)</a></span><span>\(frame.sectionName(errand.section)) \(Piece.tag("\(errand.due.wareki)まで", errand.content.isLate(on: today) ? "attention" : ""))</span></li>"
    }

    private func reportRow(_ update: Kept<Update>) -> HTML {
        guard let month = Month(iso: update.month) else { return .empty }
        return
            "<li><span><a href=\"\(.update(update.section, month))\">\(frame.sectionName(update.section)) \(update.month)</a></span><span>\(state.people.name(update.by))</span></li>"
    }

    // MARK: 協力員

    private var mySections: [String] {
        state.liaisons?.content.seats(on: today).filter { $0.officer == me.id.text }.compactMap(\.section) ?? []
    }

    private func liaison(_ section: String) -> HTML {
        let months = [Month(of: today).adding(months: -1), Month(of: today)]
        let reports: [HTML] = months.map { month in
            let kept = state.updates.first { $0.id == Update.id(section, month) }
            let words = kept == nil ? "まだ報告していません" : kept?.confirmation == nil ? "報告しました（確認待ち）" : "確認されました"
            return
                "<li><span><a href=\"\(.update(section, month))\">\(month.year)年\(month.number)月の報告</a></span><span>\(words)</span></li>"
        }
        let needed = levels.lines.filter {
            $0.card.section == section && $0.card.retirement == nil && $0.record?.missing.isEmpty == false
        }
        .sorted { ($0.record?.missing.count ?? 0, $0.card.id) < ($1.record?.missing.count ?? 0, $1.card.id) }
        let facts: [HTML] = needed.prefix(3).map { line in
            "<li><span><a href=\"\("/desk/cards/\(line.card.id)" as Link)\">\(line.card.name[.ja])</a></span><span>\(line.record?.words ?? "")</span></li>"
        }
        let errands = state.errands.filter { $0.section == section && $0.done == nil }
        let loops = state.loops.filter { $0.section == section && $0.ending == nil }
        return """
            <h2>協力員: \(frame.sectionName(section))</h2>
            <h3>月の報告（3分）</h3><ul class="rows">\(reports)</ul>
            <h3>次に必要な事実</h3>\(Piece.rows(facts, empty: "いまは、ありません。"))
            <h3>やること</h3>\(Piece.rows(errands.map(errandRow), empty: "ありません。"))
            <h3>進んでいるループ（\(loops.count)）</h3>\(Piece.rows(loops.prefix(5).map(loopRow), empty: "ありません。見たことを書くところから始められます。"))
            <p><a href="/desk/loops/new">見たことを書く</a>　<a href="\(.handover(section))">引継ぎのページ</a></p>
            """
    }

    private func loopRow(_ loop: Kept<Loop>) -> HTML {
        "<li><span><a href=\"\(.loop(loop.id))\">\(loop.title)</a></span><span>\(loop.content.stage.name)\(loop.content.isReviewDue(on: today) ? " \(Piece.tag("見直しの日", "attention"))" : .empty)</span></li>"
    }

    // MARK: デジタル推進室

    private var secretariat: HTML {
        let month = Month(of: today).adding(months: -1)
        let sections = Set(state.statuses.map(\.action.section)).union(
            state.liaisons?.content.seats(on: today).compactMap(\.section) ?? [])
        let silent = frame.town.sections.filter { section in
            sections.contains(section.id) && !state.updates.contains { $0.id == Update.id(section.id, month) }
        }
        let vacant = state.liaisons?.content.vacancies(frame.town.sections.map(\.id), on: today) ?? []
        let coming = state.meetings.filter { ![.published, .approved, .cancelled].contains($0.state) }.sorted {
            $0.on < $1.on
        }
        let meetings: [HTML] = coming.map { meeting in
            "<li><span><a href=\"\(.meeting(meeting.id))\">\(meeting.title)</a>（\(meeting.content.state.name)）</span><span>\(meeting.on.wareki)　<a href=\"\(Link.meeting(meeting.id).below("packet.pdf"))\">資料PDF<span class=\"unseen\">（\(meeting.title)）</span></a></span></li>"
        }
        let asks: [HTML] = state.updates.filter { !$0.ask.isEmpty && $0.confirmation == nil }.compactMap { update in
            guard let month = Month(iso: update.month) else { return nil }
            return
                "<li><span><a href=\"\(.update(update.section, month))\">\(frame.sectionName(update.section))</a><br>\(update.ask)</span></li>"
        }
        let differing = state.statuses.filter(\.disagrees).count
        return """
            <h2>デジタル推進室</h2>
            <h3>\(month.number)月の報告がまだの課（\(silent.count)）</h3><p>\(silent.isEmpty ? "全部そろいました。" : silent.map { $0.name[.ja] }.joined(separator: "、"))</p>
            \(vacant.isEmpty ? .empty : "<p class=\"notice\">協力員のいない課: \(vacant.map(frame.sectionName).joined(separator: "、"))</p>")
            <h3>相談（\(asks.count)）</h3>\(Piece.rows(asks, empty: "ありません。"))
            <h3>会議</h3>\(Piece.rows(meetings, empty: "予定はありません。"))
            <p><a href="/desk/bodies">会議を開く</a>　<a href="/desk/surveys">調査票（答えられない問い \(gaps)）</a>　<a href="\(("/desk/actions" as Link).asking([("differing", "yes")]))">評価の食い違い（\(differing)）</a></p>
            \(state.plan?.isClosing(on: today) == true ? "<p class=\"notice\">計画の終期です。<a href=\"/desk/closing\">取組ごとの扱いと、次の計画</a></p>" : .empty)
            """
    }

    // MARK: 課長・委員・監査

    private var head: HTML {
        let waiting = state.loops.filter { $0.content.waitsFor == .section && me.may(.decideTrials, in: $0.section) }
        let own = state.statuses.filter { me.may(.decideTrials, in: $0.action.section) }
        let actions: [HTML] = own.map { status in
            "<li><span><a href=\"\(.action(status.action.id))\">\(status.action.number) \(status.action.title)</a></span><span>\(status.action.content.state.name)、自動 \(status.automatic.mark)\(status.disagrees ? " \(Piece.tag("食い違い", "attention"))" : .empty)</span></li>"
        }
        return """
            <h2>課長: 決定を待っているもの（\(waiting.count)）</h2>\(Piece.rows(waiting.map(decisionRow), empty: "いま決めることはありません。"))
            <h3>課の取組</h3>\(Piece.rows(actions, empty: "ありません。"))
            """
    }

    private var isMember: Bool {
        state.bodies.contains {
            $0.sort != .liaisons && $0.content.seats(on: today).contains { $0.officer == me.id.text }
        }
    }

    private var member: HTML {
        let mine = state.bodies.filter {
            $0.sort != .liaisons && $0.content.seats(on: today).contains { $0.officer == me.id.text }
        }
        let ids = Set(mine.map(\.id))
        let coming = state.meetings.filter { ids.contains($0.body) && $0.on >= today && $0.state != .cancelled }.sorted
        { $0.on < $1.on }
        let meetings: [HTML] = coming.map { meeting in
            "<li><span><a href=\"\(.meeting(meeting.id))\">\(meeting.title)</a>（議題 \(meeting.agenda.count)）</span><span>\(meeting.on.wareki) \(meeting.time) \(meeting.place)</span></li>"
        }
        let bodies: [HTML] = mine.map { "<a href=\"\(.body($0.id))\">\($0.name)</a> " }
        return "<h2>委員: \(bodies)</h2><h3>これからの会議</h3>\(Piece.rows(meetings, empty: "予定はありません。"))"
    }

    private var auditor: HTML {
        let decided = state.loops.filter { $0.decision != nil }.suffix(8).reversed()
        let loops: [HTML] = decided.map { loop in
            "<li><span><a href=\"\(.history("loop", loop.id))\">\(loop.title)</a></span><span>\(loop.decision?.assertedBy ?? "")が決定、\(state.people.name(loop.decision?.recorder))が記録（\(loop.decision?.decidedOn.wareki ?? "")）</span></li>"
        }
        return """
            <h2>監査: だれが、何をもとに、何を決めたか</h2>\(Piece.rows(Array(loops), empty: "決定はまだありません。"))
            <p><a href="/desk/decisions">全部の決定</a>　<a href="/desk/decisions.csv">決定の一覧をCSVで保存</a></p>
            """
    }

    /// 前回から変わったこと, by others.
    private var changes: HTML {
        let lines = (deeds ?? []).compactMap { deed in
            subject(of: deed).map { (deed, $0) }
        }
        guard !lines.isEmpty else { return .empty }
        let items: [HTML] = lines.prefix(30).map { deed, subject in
            """
            <li><span><a href="\(subject.link)">\(subject.title)</a></span><span>\(deedNames[deed.name] ?? deed.name)、\(state.people.name(deed.actor))（\(deed.at.day.wareki)）</span></li>
            """
        }
        return "<h2>前に見たときから変わったこと（\(lines.count)）</h2>" + Piece.rows(items, empty: "")
    }

    /// What a deed was done to; nil for what is not told here.
    private func subject(of deed: DocumentVersion.Deed) -> (title: String, link: Link)? {
        let id = deed.document
        switch deed.name.prefix(while: { $0 != "." }) {
        case Loop.kind: return state.loops.first { $0.id == id }.map { ($0.title, .loop(id)) }
        case PlanAction.kind:
            return state.statuses.map(\.action).first { $0.id == id }.map { ("\($0.number) \($0.title)", .action(id)) }
        case Meeting.kind: return state.meetings.first { $0.id == id }.map { ($0.title, .meeting(id)) }
        case Errand.kind: return state.errands.first { $0.id == id }.map { ($0.words, "/desk/errands/\(id)") }
        case Body.kind: return state.bodies.first { $0.id == id }.map { ($0.name, .body(id)) }
        case PlanVersion.kind: return ("計画 第\(id)版", "/desk/plan")
        case Consultation.kind: return ("計画 第\(id)版の案への意見の募集", "/desk/closing")
        case Update.kind:
            return state.updates.first { $0.id == id }.flatMap { update in
                Month(iso: update.month).map {
                    ("\(frame.sectionName(update.section)) \($0.number)月の報告", .update(update.section, $0))
                }
            }
        default: return nil
        }
    }
}
