import Core
import HTML
import Japanese
import Web

/// 会議体: all of them, and one with its members and meetings.
struct BodyPages {
    let frame: Frame
    let people: People
    let today: Day

    private var mayKeep: Bool { frame.officer.may(.preparePlan) }

    func list(_ bodies: [Kept<Body>], _ meetings: [Kept<Meeting>], errands: [Kept<Errand>]) -> Page {
        let rows: [[HTML]] = bodies.map { body in
            let seats = body.content.seats(on: today)
            let vacant =
                body.sort == .liaisons ? body.content.vacancies(frame.town.sections.map(\.id), on: today).count : 0
            let chair = seats.first { $0.post == .chair }
            return [
                #"<a href="\#(.body(body.id))">\#(body.name)</a>\#(body.content.isOpen(on: today) ? .empty : " \(Piece.tag("終わりました"))")"#,
                "\(body.sort.name)", "\(chair?.name ?? "—")",
                "\(seats.count)人\(vacant > 0 ? " \(Piece.tag("空席 \(vacant)", "attention"))" : .empty)",
                "\(body.quorum.name)",
            ]
        }
        let coming = meetings.filter { $0.state == .planned || $0.state == .held }.sorted { $0.on < $1.on }
        let past = meetings.filter { $0.state != .planned && $0.state != .held && $0.state != .cancelled }.sorted {
            $1.on < $0.on
        }
        let open = errands.filter { $0.done == nil }.sorted { $0.due < $1.due }
        let tasks: [HTML] = open.map { errand in
            """
            <li><span>\(errand.words)<br><small>\(frame.sectionName(errand.section))、\(errand.due.wareki)まで</small></span>
            \(errand.content.isLate(on: today) ? Piece.tag("過ぎています", "attention") : .empty)<a href="/desk/errands/\(errand.id)">開く<span class="unseen">（\(errand.words)）</span></a></li>
            """
        }
        return frame.page(
            .bodies, "会議",
            """
            <h1>会議 <small>委員会・協力員・ワーキンググループ</small></h1>
            \(rows.isEmpty ? "<p class=\"notice\">会議体がまだありません。委員会から登録してください。</p>" : Piece.table("会議体", ["名前", "種類", "委員長", "委員", "定足数"], rows))
            \(mayKeep ? "<p class=\"acts\"><a class=\"button\" href=\"/desk/bodies/new\">会議体を登録する</a> <a href=\"/desk/sections/move\">課の統合・改名があったとき</a></p>" : .empty)
            <h2>これからの会議</h2>\(Piece.rows(coming.map(row), empty: "予定はありません。会議体のページから開きます。"))
            <h2>決まったことから出た、やること（\(open.count)）</h2>\(Piece.rows(tasks, empty: "残っているものはありません。"))
            <h2>終わった会議</h2>\(Piece.rows(past.prefix(20).map(row), empty: "まだありません。"))
            """)
    }

    private func row(_ meeting: Kept<Meeting>) -> HTML {
        "<li><span><a href=\"\(.meeting(meeting.id))\">\(meeting.title)</a></span><span>\(meeting.on.wareki) \(meeting.time)</span><span>\(meeting.state.name)</span></li>"
    }

    func page(_ body: Kept<Body>, _ meetings: [Kept<Meeting>], entry: Entry, saved: String?) -> Page {
        let content = body.content
        let seats: [[HTML]] = content.seats(on: today).map { seat in
            [
                "\(seat.name)", "\(seat.post.name)\(seat.post == .deputy && seat.order > 0 ? "（\(seat.order)）" : "")",
                "\(seat.section.map(frame.sectionName) ?? "町の外")", "\(seat.from.wareki)から\(seat.until.wareki)まで",
                mayKeep
                    ? """
                    <form method="post" action="\(Link.body(body.id).below("dismiss"))" class="inline"><input type="hidden" name="seat" value="\(seat.id)">\(entry.seen(body.revision))
                    <button class="quiet">きょうで退任<span class="unseen">（\(seat.name)）</span></button></form>
                    """ : "",
            ]
        }
        let vacant = content.sort == .liaisons ? content.vacancies(frame.town.sections.map(\.id), on: today) : []
        let outputs: [HTML] = content.outputs.map {
            "<li><span><b>\($0.title)</b><br>\(Piece.kept($0.words))</span><span>\($0.on.wareki)</span></li>"
        }
        let isMember = content.seats(on: today).contains { $0.officer == frame.officer.id.text }
        return frame.page(
            .bodies, content.name, entry: entry, saved: saved,
            """
            <p class="way"><a href="/desk/bodies">会議</a></p><h1>\(content.name) <small>\(content.sort.name)</small></h1>
            \(Piece.facts([
                ("根拠", "\(content.rule)"), ("目的・所掌", Piece.kept(content.purpose)), ("定足数", "\(content.quorum.name)（いま\(content.quorum.needed(of: content.voters(on: today).count))人）"),
                ("任期", "\(content.termMonth)月の末日まで"), ("終わりの日", content.endsOn.map { "\($0.wareki)" } ?? "定めない"),
            ]))
            \(mayKeep ? "<p><a href=\"\(Link.body(body.id).below("edit"))\">会議体を直す</a></p>" : .empty)
            <h2>委員</h2>
            \(seats.isEmpty ? "<p class=\"quiet\">委員がまだいません。</p>" : Piece.table("委員", ["名前", "役", "課", "任期", "退任"], seats))
            \(vacant.isEmpty ? .empty : "<p class=\"notice\">協力員のいない課（\(vacant.count)）: \(vacant.map(frame.sectionName).joined(separator: "、"))</p>")
            \(candidates(body, entry))
            \(mayKeep ? appointing(body, entry) : .empty)
            \(content.sort == .workingGroup ? volunteering(body, entry) : .empty)
            \(content.sort == .liaisons ? .empty : "<h2>会議</h2>\(Piece.rows(meetings.map(row), empty: "会議の記録は、まだありません。"))")
            \(mayKeep && content.sort != .liaisons ? meetingForm(body, entry) : .empty)
            \(content.sort == .workingGroup ? "<h2>成果</h2>\(Piece.rows(outputs, empty: "まだありません。"))" : .empty)
            \(content.sort == .workingGroup && (isMember || mayKeep) ? outputForm(body, entry) : .empty)
            <p><a href="\(.history("body", body.id))">だれがいつ何を書いたか（全部の版）</a></p>
            """)
    }

    private func candidates(_ body: Kept<Body>, _ entry: Entry) -> HTML {
        guard !body.candidates.isEmpty else { return .empty }
        let items: [HTML] = body.candidates.map {
            "<li><span><b>\($0.name)</b>（\($0.isVolunteer ? "立候補" : "推薦")）<br>\(Piece.kept($0.words))</span><span>\($0.on.wareki)</span></li>"
        }
        return "<h2>候補</h2><ul class=\"rows\">\(items)</ul>"
    }

    private func appointing(_ body: Kept<Body>, _ entry: Entry) -> HTML {
        Piece.act(
            "委員を任命する", Link.body(body.id).below("appoint"), isOpen: entry["post"] != nil,
            """
            \(entry.seen(body.revision))
            \(entry.list("officer", "職員", people.choices(), none: "町の外の人"))
            \(entry.line("outsider", "町の外の人の名前と立場（職員でないとき）"))
            \(entry.list("section", "課", frame.sections, none: "なし"))
            \(entry.list("post", "役", Body.Post.allCases.map { ($0.rawValue, $0.name) }, now: Body.Post.member.rawValue, none: nil))
            \(entry.line("order", "副委員長の順（1から）", width: "medium"))
            <div class="halves">\(entry.date("from", "任期の始まり", hint: nil, now: today))\(entry.date("until", "任期の終わり", hint: nil, now: body.content.termEnd(for: today)))</div>
            """, button: "任命する")
    }

    private func volunteering(_ body: Kept<Body>, _ entry: Entry) -> HTML {
        Piece.act(
            "立候補・推薦", Link.body(body.id).below("propose"), isOpen: entry["why"] != nil,
            """
            \(entry.list("candidate", "だれを", people.choices(), now: frame.officer.id.text, none: nil))
            \(entry.area("why", "ひとこと", rows: 2))
            """, button: "候補にする")
    }

    private func meetingForm(_ body: Kept<Body>, _ entry: Entry) -> HTML {
        Piece.act(
            "会議を開く", Link.body(body.id).below("meetings"), isOpen: entry["place"] != nil,
            """
            \(entry.onceField)\(entry.line("title", "会議の名前", hint: "例: 令和8年度第3回 DX推進委員会"))
            \(entry.date("on", "開催の日"))\(entry.line("time", "時刻", hint: "例: 13:30", width: "medium"))
            \(entry.line("place", "場所"))
            """, button: "議題をつくって、予定に入れる")
    }

    private func outputForm(_ body: Kept<Body>, _ entry: Entry) -> HTML {
        Piece.act(
            "成果を書く", Link.body(body.id).below("outputs"), isOpen: entry["output"] != nil,
            """
            \(entry.seen(body.revision))\(entry.line("output", "成果の題"))\(entry.area("output-words", "中身"))
            """, button: "成果を残す")
    }

    func form(_ body: Kept<Body>?, _ entry: Entry) -> Page {
        let now = body?.content
        return frame.page(
            .bodies, body == nil ? "会議体を登録する" : "会議体を直す", entry: entry,
            """
            <div class="column"><h1>\(body == nil ? "会議体を登録する" : "会議体を直す")</h1>
            <form method="post" action="\(body.map { Link.body($0.id).below("edit") } ?? "/desk/bodies/new")">
            \(entry.seen(body?.revision ?? 0))\(entry.onceField)
            \(entry.line("name", "名前", now: now?.name ?? ""))
            \(entry.radios("sort", "種類", Body.Sort.allCases.map { ($0.rawValue, $0.name) }, now: (now?.sort ?? .committee).rawValue))
            \(entry.line("rule", "設置の根拠", hint: "例: ○○設置要綱（令和5年訓令第1号）", now: now?.rule ?? ""))
            \(entry.area("purpose", "目的・所掌", now: now?.purpose ?? ""))
            \(entry.radios("quorum", "定足数", Body.Quorum.allCases.map { ($0.rawValue, $0.name) }, now: (now?.quorum ?? .half).rawValue))
            \(entry.line("term-month", "任期の終わる月（1〜12）", now: String(now?.termMonth ?? 3), width: "medium"))
            \(entry.date("ends-on", "終わりの日（ワーキンググループ）", now: now?.endsOn))
            <button class="primary">保存する</button></form></div>
            """)
    }
}
