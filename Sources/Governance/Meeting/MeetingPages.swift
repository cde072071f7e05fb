import Core
import HTML
import Japanese
import Web

/// A meeting: its agenda, who is there, what is said and decided.
struct MeetingPages {
    let frame: Frame
    let state: GovernanceState
    let meeting: Kept<Meeting>
    let body: Kept<Body>
    /// True once the paper was kept.
    let isPacketKept: Bool
    let today: Day

    private var mayKeep: Bool { frame.officer.may(.preparePlan) }
    private var place: Link { .meeting(meeting.id) }

    func page(_ entry: Entry, saved: String?) -> Page {
        let content = meeting.content
        let needed = body.quorum.needed(of: body.content.voters(on: content.on).count)
        let items: [HTML] = content.agenda.map(line)
        return frame.page(
            .bodies, content.title, entry: entry, saved: saved,
            """
            <p class="way"><a href="\(.body(body.id))">\(body.name)</a></p><h1>\(content.title) <small>\(content.state.name)</small></h1>
            \(Piece.facts([("日時", "\(content.on.wareki) \(content.time)"), ("場所", "\(content.place)"), ("出席", "\(content.attendance.isEmpty ? "まだ記録していません" : "\(content.present(body.content))人")（定足数 \(needed)人\(content.attendance.isEmpty ? "" : content.hasQuorum(body.content) ? "、足りています" : "、足りません")）")]))
            <p class="acts"><a class="button" href="\(place.below("packet.pdf"))">資料をPDFで保存</a>
            \(isPacketKept ? "<a href=\"\(.history("packet", meeting.id))\">始まったときの資料の記録</a>" as HTML : .empty)
            \(content.state == .published ? "<a class=\"button\" href=\"\(("/progress/meetings" as Link).below(meeting.id))\">公開ページを見る</a>" : .empty)</p>
            <h2>議題（\(content.agenda.count)）</h2>
            \(items.isEmpty ? "<p class=\"quiet\">議題がまだありません。</p>" : "<ol class=\"blocks rows\">\(items)</ol>")
            \(mayKeep ? forms(entry) : .empty)
            \(content.state == .minuted ? approving(entry) : .empty)
            <p><a href="\(.history("meeting", meeting.id))">だれがいつ何を書いたか（全部の版）</a></p>
            """)
    }

    private func line(_ item: Meeting.Item) -> HTML {
        let decision: HTML? = item.decision.map { decision in
            """
            <p><b>\(decision.isCarried ? "可決" : "否決")（\(decision.kind.name)）: \(decision.sentence)</b><br>理由: \(decision.reason)\(decision.dissent.isEmpty ? .empty : "<br>反対意見: \(decision.dissent)" as HTML)
            \(decision.section.map { "<br>担当: \(frame.sectionName($0))、\(decision.due?.wareki ?? "")まで" as HTML })</p>
            """
        }
        let remove: HTML? =
            mayKeep && meeting.content.state == .planned
            ? """
            <form method="post" action="\(place.below("remove"))" class="inline"><input type="hidden" name="item" value="\(item.id)"><input type="hidden" name="seen" value="\(meeting.revision)"><button class="quiet">外す<span class="unseen">（\(item.title)）</span></button></form>
            """ : nil
        let write: HTML? =
            mayKeep && meeting.content.state == .held
            ? "<a href=\"\(place.below("items").below(item.id))\">議事を書く<span class=\"unseen\">（\(item.title)）</span></a>"
            : nil
        return """
            <li><span>\(Piece.tag(item.sort.name)) \(item.id)</span><span><b>\(item.title)</b> \(source(item))<br><span class="kept">\(item.note)</span><br>
            \(item.minutes.isEmpty ? .empty : "<p class=\"kept\">\(item.minutes)</p>" as HTML)\(decision)\(write)\(remove)</span></li>
            """
    }

    /// Where the thing itself is.
    private func source(_ item: Meeting.Item) -> HTML? {
        let link: Link? =
            switch item.subject {
            case .loop(let id), .review(let id), .stale(let id), .ended(let id): .loop(id)
            case .action(let id), .fate(let id): .action(String(id.prefix { $0 != " " }))
            case .minutes(let id): .meeting(id)
            case .errand(let id): "/desk/errands/\(id)"
            case .plan: "/desk/closing"
            case .updates, nil: nil
            }
        return link.map { "<a href=\"\($0)\">開く<span class=\"unseen\">（\(item.title)）</span></a>" }
    }

    private func forms(_ entry: Entry) -> HTML {
        switch meeting.content.state {
        case .planned, .held:
            let gather: HTML = """
                <form method="post" action="\(place.below("refresh"))">\(entry.seen(meeting.revision))<button>決めることを集め直す</button></form>
                """
            let close: HTML =
                meeting.content.state == .held
                ? "<form method=\"post\" action=\"\(place.below("close"))\">\(entry.seen(meeting.revision))<button class=\"primary\">会議を終えて、議事録の案にする</button></form>"
                : .empty
            return gather + adding(entry) + (meeting.content.state == .planned ? rescheduling(entry) : .empty)
                + attendance(entry) + close
        case .minuted:
            return
                "<form method=\"post\" action=\"\(place.below("reopen"))\">\(entry.seen(meeting.revision))<button>議事録の案を直す（差し戻し）</button></form>"
        case .cancelled: return .empty
        case .approved, .published: return publishing(entry)
        }
    }

    private func adding(_ entry: Entry) -> HTML {
        Piece.act(
            "議題を加える", place.below("items"), isOpen: entry["item-title"] != nil,
            """
            \(entry.seen(meeting.revision))
            \(entry.radios("item-sort", "種類", Meeting.Sort.allCases.map { ($0.rawValue, $0.name) }, now: Meeting.Sort.discuss.rawValue))
            \(entry.line("item-title", "題"))\(entry.area("item-note", "説明"))
            """, button: "議題を加える")
    }

    private func attendance(_ entry: Entry) -> HTML {
        let seats = body.content.seats(on: meeting.on)
        let lines: [HTML] = seats.map { seat in
            let known = meeting.attendance.first { $0.seat == seat.id }
            return """
                <div class="halves">\(entry.list("presence-\(seat.id)", "\(seat.name)（\(seat.post.name)）", Meeting.Presence.allCases.map { ($0.rawValue, $0.name) }, now: (known?.presence ?? .present).rawValue, none: nil))
                \(entry.line("proxy-\(seat.id)", "代理の人（代理出席のとき）", now: known?.proxy ?? ""))</div>
                """
        }
        return Piece.act(
            meeting.attendance.isEmpty ? "出欠を記録して、会議を始める" : "出欠を直す", place.below("attendance"),
            isOpen: body.content.seats(on: meeting.on).contains { entry["presence-\($0.id)"] != nil },
            """
            \(entry.seen(meeting.revision))\(lines)
            """, button: "出欠を記録する")
    }

    private func rescheduling(_ entry: Entry) -> HTML {
        let content = meeting.content
        return Piece.act(
            "日時・場所を直す", place.below("reschedule"), isOpen: entry["on"] != nil,
            """
            \(entry.seen(meeting.revision))\(entry.line("title", "会議の名前", now: content.title))
            \(entry.date("on", "開催の日", now: content.on))\(entry.line("time", "時刻", now: content.time, width: "medium"))\(entry.line("place", "場所", now: content.place))
            """, button: "直す")
            + "<form method=\"post\" action=\"\(place.below("cancel"))\">\(entry.seen(meeting.revision))<button class=\"quiet\">この会議を取りやめる</button></form>"
    }

    private func approving(_ entry: Entry) -> HTML {
        let chairs = body.content.seats(on: today).filter { $0.post == .chair || $0.post == .deputy }
        guard chairs.contains(where: { $0.officer == frame.officer.id.text }) else {
            return "<p class=\"notice\">議事録の案です。委員長か副委員長の承認を待っています。</p>"
        }
        return """
            <form method="post" action="\(place.below("approve"))">\(entry.seen(meeting.revision))<button class="primary">議事録を承認する</button></form>
            """
    }

    private func publishing(_ entry: Entry) -> HTML {
        let lines: [HTML] = meeting.content.agenda.map { item in
            entry.line("hidden-\(item.id)", "\(item.id) \(item.title) を公開しない理由（公開するなら空けておく）", now: item.hidden ?? "")
        }
        return Piece.act(
            meeting.content.state == .published ? "公開のしかたを直す" : "議事録を公開する", place.below("publish"),
            isOpen: meeting.content.state == .approved,
            """
            \(entry.seen(meeting.revision))<p>個人や契約の秘密に関わる議題だけ、理由を書いて伏せられます。伏せた議題は、理由だけが公開されます。</p>\(lines)
            """, button: "この形で公開する")
    }

    /// 議事を書く: one item, keyboard alone.
    func item(_ item: Meeting.Item, _ entry: Entry) -> Page {
        let content = meeting.content
        let place = content.agenda.firstIndex { $0.id == item.id } ?? 0
        let next = place + 1 < content.agenda.count ? content.agenda[place + 1] : nil
        let now = item.decision
        return frame.page(
            .bodies, item.title, entry: entry,
            """
            <div class="column"><p class="way"><a href="\(.meeting(meeting.id))">\(content.title)</a></p>
            <p class="progress">議題 \(place + 1) / \(content.agenda.count)　\(item.sort.name)</p><h1>\(item.title)</h1>
            <p class="kept">\(item.note)</p>
            <form method="post" action="\(.meeting(meeting.id).below("items").below(item.id))">
            \(entry.seen(meeting.revision))
            \(entry.area("minutes", "質疑の要旨", hint: "公開されます。公開しない議題は、公開のときに理由をつけて伏せられます", now: item.minutes, rows: 6))
            \(now == nil ? deciding(item, entry) : decided(item))
            <button class="primary" name="then" value="next">\(next == nil ? "保存して、議題の一覧へ" : "保存して、次の議題へ")</button></form></div>
            """)
    }

    /// What the minutes have of a decision is fixed.
    private func decided(_ item: Meeting.Item) -> HTML {
        guard let decision = item.decision else { return .empty }
        return "<p class=\"notice\">\(decision.isCarried ? "可決" : "否決"): \(decision.sentence)（記録した決定は変えられません）</p>"
    }

    private func deciding(_ item: Meeting.Item, _ entry: Entry) -> HTML {
        let kinds = Meeting.Kind.allCases.map { ($0.rawValue, $0.name) }
        var special = HTML.empty
        if case .fate = item.subject { special = fateFields(entry) }
        var asked: Loop.Proposal?
        if case .loop(let id) = item.subject {
            asked = state.loops.first { $0.id == id }?.proposal
            special = trialFields(asked, entry)
        }
        return """
            <fieldset><legend>決定（決まったときだけ）</legend>
            \(meeting.content.hasQuorum(body.content) ? .empty : "<p class=\"notice\">定足数に足りないので、決定は記録できません。</p>")
            \(asked.map { entry.radios("option", "決まった案", $0.options.enumerated().map { (String($0.offset), $0.element) } + [("other", "ほかの内容（下に書く）")]) })
            \(entry.line("sentence", asked == nil ? "決まったこと（1文）" : "決まったこと（1文。案のとおりなら空けておく）", hint: "公開されます"))
            \(entry.radios("carried", "結果", [("yes", "可決"), ("no", "否決")], now: "yes"))
            \(entry.list("decision-kind", "決定の種類", kinds, now: Meeting.Kind.work.rawValue, none: nil))
            \(entry.area("decision-reason", "理由", hint: "公開されます", rows: 2))
            \(entry.area("dissent", "反対意見（だれの、どんな意見か）", hint: "反対があったことだけが公開され、中身は公開されません", rows: 2))
            \(special)
            \(entry.list("errand-section", "このあと担当する課", frame.sections, none: "なし"))
            \(entry.date("due", "いつまでに（担当する課があるとき）", hint: nil))
            \(entry.date("review-on", "見直しの日", hint: nil, now: asked?.reviewOn))
            </fieldset>
            """
    }

    private func fateFields(_ entry: Entry) -> HTML {
        let others = state.closing.map { ($0.action.id, "\($0.action.number) \($0.action.title)") }
        return entry.radios("fate", "終期の扱い", Fate.Kind.allCases.map { ($0.rawValue, $0.name) })
            + entry.list("into", "統合する先（統合のとき）", others, none: "なし")
    }

    private func trialFields(_ asked: Loop.Proposal?, _ entry: Entry) -> HTML {
        entry.line("success", "うまくいったと言える条件", now: asked?.success ?? "")
            + entry.line("stop", "やめる条件", now: asked?.stop ?? "")
            + entry.list(
                "owner", "担当する人", state.people.choices { $0.may(.reportProgress) }, now: asked?.owner ?? "")
    }
}
