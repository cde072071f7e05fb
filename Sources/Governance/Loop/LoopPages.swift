import Core
import HTML
import Japanese
import Register
import Web

/// OODA: the list of loops, and the form for what was seen.
struct LoopPages {
    let frame: Frame
    let people: People
    let today: Day

    func list(_ loops: [Kept<Loop>], shown: [Kept<Loop>], filter: LoopFilter, moved: [MeasureMove]) -> Page {
        let times = LoopTimes(loops.map(\.content), today: today)
        let stages: [(id: String, name: String)] = Loop.Stage.allCases.map { stage in
            (stage.rawValue, "\(stage.name)（\(loops.count { $0.content.stage == stage })）")
        }
        let rows: [[HTML]] = shown.map { loop in
            [
                #"<a href="\#(.loop(loop.id))">\#(loop.title)</a>"#, "\(loop.content.stage.name)\(mark(loop.content))",
                "\(frame.sectionName(loop.section))", "\(loop.observation.on.wareki)",
                "\(loop.decision.map { people.name($0.owner) } ?? "—")",
                loop.decision.map { "\($0.reviewOn.wareki)" } ?? "—",
            ]
        }
        return frame.page(
            .loops, "OODA",
            """
            <h1>OODA <small>観察・方向づけ・決定・行動</small></h1>
            <p>見たことを事実として書き、仮説を立て、決めて、小さく試します。やめることも、うまくいったことと同じに数えます。</p>
            \(frame.officer.may(.reportProgress) ? #"<p><a class="button" href="/desk/loops/new">見たことを書く</a></p>"# as HTML : .empty)
            \(speed(times))
            \(suggestions(moved))
            <h2>ループの一覧</h2>
            <form method="get" action="/desk/loops" class="filters">
            <div class="field"><label for="stage">段階</label><select id="stage" name="stage">\(SelectOptions([("", "全部")] + stages).html(filter.stage?.rawValue ?? ""))</select></div>
            <div class="field"><label for="section">課</label><select id="section" name="section">\(SelectOptions([("", "全部")] + frame.sections).html(filter.section ?? ""))</select></div>
            <button>しぼる</button></form>
            \(rows.isEmpty ? "<p class=\"quiet\">ここに当てはまるループは、まだありません。</p>" : Piece.table("ループ", ["題", "段階", "課", "観察の日", "担当", "見直しの日"], rows))
            """)
    }

    private func mark(_ loop: Loop) -> HTML {
        if let ending = loop.ending { return " \(Piece.tag(ending.kind.name, ending.kind == .adopt ? "good" : ""))" }
        if loop.isReviewDue(on: today) { return " \(Piece.tag("見直しの日が来ました", "attention"))" }
        if let days = loop.daysUnoriented(on: today), days > Governance.orientWithin {
            return " \(Piece.tag("\(days)日そのまま", "attention"))"
        }
        return loop.waitsFor.map { " \(Piece.tag("\($0.name)の決定待ち"))" } ?? .empty
    }

    private func speed(_ times: LoopTimes) -> HTML {
        func days(_ days: Int?) -> String { days.map { "\($0)日" } ?? "まだありません" }
        return """
            <dl class="counts">
            \(times.steps.map { "<div><dt>\($0.name)（中央値）</dt><dd>\(days($0.days))</dd></div>" as HTML })
            <div><dt>見直しの日を守った</dt><dd>\(times.reviewsKept.due == 0 ? "—" : "\(times.reviewsKept.kept) / \(times.reviewsKept.due)")</dd></div>
            <div><dt>結果を見て終わった</dt><dd>\(times.byEvidence.ended == 0 ? "—" : "\(times.byEvidence.count) / \(times.byEvidence.ended)")</dd></div>
            </dl>
            """
    }

    private func suggestions(_ moved: [MeasureMove]) -> HTML {
        guard !moved.isEmpty, frame.officer.may(.reportProgress) else { return .empty }
        let items: [HTML] = moved.prefix(8).map { move in
            """
            <li><span>\(move.words)</span><a href="\(("/desk/loops/new" as Link).asking([("measure", move.measure.id)] + (move.card.map { [("card", $0)] } ?? [])))">観察にする<span class="unseen">（\(move.measure.name)）</span></a></li>
            """
        }
        return "<h2>動いた数字</h2><p class=\"quiet\">先月までの実績が、その前と大きく違うものです。</p><ul class=\"rows\">\(items)</ul>"
    }

    /// The form for an observation.
    func new(_ entry: Entry, _ start: ObservationStart, cards: [(id: String, name: String)], choices: PlanChoices)
        -> Page
    {
        frame.page(
            .loops, "見たことを書く", entry: entry,
            """
            <div class="column">
            <p class="way"><a href="/desk/loops">OODA</a></p>
            <h1>見たことを書く</h1>
            <p>事実だけを書きます。「不便だ」ではなく「4月から10月の届出223件のうち、オンラインは4件」のように、数と日付と出典を添えてください。</p>
            <form method="post" action="/desk/loops/new">\(entry.onceField)
            \(entry.line("title", "題（30字くらい）", now: start.title))
            \(entry.area("fact", "見たこと（事実）", hint: "試行を始めると公開されます。だれか分かることは書かないでください", now: start.fact))
            <div class="halves">\(entry.line("value", "数（あれば）", now: start.value, width: "medium"))\(entry.line("unit", "単位", now: start.unit, width: "medium"))</div>
            \(entry.line("source", "出典", hint: "例: 申請の記録、窓口の日誌、国の公表資料の名前", now: start.source))
            \(entry.date("on", "いつの事実か", now: start.on))
            \(entry.line("seen-by", "見た人", hint: "名前や立場。町民の場合は、だれか分かることを書かないでください", now: start.seenBy))
            \(entry.list("origin", "きっかけ", Loop.Origin.allCases.map { ($0.rawValue, $0.name) }, now: start.origin.rawValue))
            \(entry.list("card", "どの手続きか", cards, now: start.card ?? "", none: "手続きに関係しない"))
            \(entry.list("section", "担当課", frame.ownSections, now: start.section ?? frame.ownSections.first?.id ?? "", none: nil))
            \(entry.list("item", "計画の重点取組事項", choices.items, now: start.item ?? "", none: "決めない"))
            \(entry.list("action", "取組", choices.actions, now: start.action ?? "", none: "決めない"))
            <input type="hidden" name="reference" value="\(entry["reference"] ?? start.reference ?? "")">
            <input type="hidden" name="follows" value="\(entry["follows"] ?? start.follows ?? "")">
            <button class="primary">観察として残す</button></form></div>
            """)
    }
}

/// What a new observation begins with.
struct ObservationStart: Sendable {
    var title = ""
    var fact = ""
    var value = ""
    var unit = ""
    var source = ""
    var on: Day?
    var seenBy = ""
    var origin = Loop.Origin.hand
    var card: Card.ID?
    var section: String?
    var reference: String?
    var follows: String?
    var item: String?
    var action: String?
}

/// Which loops are shown.
struct LoopFilter: Sendable {
    let stage: Loop.Stage?
    let section: String?

    init(_ query: Posted) {
        stage = query["stage"].flatMap(Loop.Stage.init(rawValue:))
        section = (query["section"] ?? "").isEmpty ? nil : query["section"]
    }

    func shows(_ loop: Loop) -> Bool {
        (stage == nil || loop.stage == stage) && (section == nil || loop.section == section)
    }
}

/// The plan's items and actions as lists to choose from.
struct PlanChoices: Sendable {
    let items: [(id: String, name: String)]
    let actions: [(id: String, name: String)]

    init(_ plan: PlanVersion?, _ actions: [Kept<PlanAction>]) {
        items = (plan?.items ?? []).map { (String($0.no), "\($0.no) \($0.name)") }
        self.actions = actions.filter { $0.plan == plan?.number }.map { ($0.id, "\($0.number) \($0.title)") }
    }
}
