import Core
import HTML
import Japanese
import Web

/// 申請の処理: one application as officers see it.
struct DeskCasePages {
    let desk: DeskCase
    let officer: Officer
    let town: Town
    let today: Day
    /// What events are called, by kind.
    let eventNames: [String: String]
    let look: Look
    /// Where fees are paid besides the counter.
    let payments: [PaymentService]
    /// 担当者, with the controls that change it.
    let assignment: HTML
    /// 期限.
    let due: HTML

    /// What is shown of it: chosen in the address, or left by something that could not be done.
    struct Look: Sendable {
        var attempt: DeskForm.Attempt?
        var filled: DeskForm.Filled?
        var filter = Timeline.Filter.all
        var note = NoteDetail.Kind.memo
    }

    private var item: Case { desk.item }

    private var form: DeskForm {
        DeskForm(
            item: item, mark: desk.mark, attempt: look.attempt, filled: look.filled, templates: desk.templates)
    }

    private func sectionName(_ id: String) -> String { town.sectionName(id)[.ja] }

    /// For the section whose it is.
    func page() throws -> Page {
        let mayHandle = officer.may(.handleCases, in: item.section)
        let timeline = Timeline(
            desk, eventNames: eventNames, section: town.sectionName(item.section), sectionName: sectionName)
        let writing: HTML? =
            mayHandle
            ? try WritingView(
                desk: desk, form: form, note: look.note, today: today, hasAgent: desk.open.mandate != nil
            ).html : nil
        return frame(
            """
            <p class="way"><a href="/desk">申請一覧へ戻る</a></p>\(problem)
            \(head)\(jumps)
            <div class="two"><div>
            \(facts)
            \(try answers())\(try bundle)\(try DifferenceView(desk: desk).html())
            \(RelationView(desk: desk, mayHandle: mayHandle).html)
            </div><div>
            \(try ActsView(desk: desk, officer: officer, form: form).html())\(approval)
            \(consultations)
            \(FeeView(ledger: desk.ledger, item: item, officer: officer, names: desk.names, payments: payments).html)
            \(writing)
            </div></div>
            \(TimelineView(desk: desk, timeline: timeline, filter: look.filter).html)
            """)
    }

    /// 決裁者のページ, for deciders of another section: what is decided about, and nothing else.
    func deciding() throws -> Page {
        frame(
            """
            <p class="way"><a href="/desk/approvals">決裁の一覧へ戻る</a></p>\(problem)
            \(head)
            <div class="two"><div>\(facts)\(try answers())\(try DifferenceView(desk: desk).html())</div>
            <div>\(approval)\(asked)</div></div>
            """)
    }

    /// 照会先のページ, for a section that was asked: the answers, the question and the place for its answer.
    func consulted(_ sections: [String]) throws -> Page {
        let open = desk.consultations.filter { $0.state == .open && sections.contains($0.section) }
        return frame(
            """
            <p class="way"><a href="/desk/consultations">庁内照会へ戻る</a></p>\(problem)
            \(head)
            <p class="notice">\(sectionName(item.section))からの照会です。回答すると、この申請は見られなくなります。</p>
            <div class="two"><div>\(facts)\(try answers())</div><div>\(open.map(answering))</div></div>
            """)
    }

    private func frame(_ body: HTML) -> Page {
        Page(
            (look.attempt == nil ? "" : "エラー: ") + (item.number ?? "申請"), zone: .desk(officer), status: attemptStatus,
            body)
    }

    /// 添付ファイルをまとめて, where there are some.
    private var bundle: HTML? {
        get throws {
            try desk.open.submitted.counted.files.isEmpty
                ? nil : #"<p><a href="\#(.desk(item.id).below("files.zip"))">添付ファイルをまとめて取り出す（ZIP）</a></p>"#
        }
    }

    private var head: HTML {
        let name = (try? desk.open.submitted.applicantName?.text) ?? nil
        return """
            <h1>\(item.number ?? "") <small>\(desk.open.form.title[.ja])\(name.map { "　\($0)" } ?? "")</small></h1>
            """
    }

    private var jumps: HTML {
        var places: [(String, String)] = [("answers", "申請の内容")]
        if !desk.versions.isEmpty { places.append(("changes", "補正で変わったところ")) }
        if !desk.relations.duplicates.isEmpty { places.append(("duplicates", "重複とみられる申請")) }
        if desk.proposal != nil {
            places.append(("approval", "決裁"))
        } else if !item.status.next.isEmpty || item.status == .returned {
            places.append(("acts", "処理"))
        }
        places.append(("timeline", "経過"))
        let links: [HTML] = places.map { "<li><a href=\"#\($0.0)\">\($0.1)</a></li>" }
        return #"<nav aria-label="このページの中" class="jumps"><ul class="tabs">\#(links)</ul></nav>"#
    }

    private var facts: HTML {
        var facts: [(String, HTML)] = [
            ("状態", DeskWords.tag(item.status)), ("期限", due), ("担当者", assignment),
            ("届いた日時", item.submittedAt.map { "\($0.day.bothCalendars) \($0.timeOfDay)" } ?? ""),
            ("受付の方法", channel),
        ]
        if item.hasNotice {
            let link = Link.desk(item.id).below("notice.pdf")
            facts.insert(("通知書", #"<a href="\#(link)" target="_blank">決定通知書（PDF）</a>"#), at: 1)
        }
        let rest: [(String, HTML)] = [
            ("様式", "\(desk.open.form.title[.ja])（第\(desk.open.form.version)版）"),
            ("入力した言語", "\(town.language(kept: item.language).name)"),
            ("控えの照合番号", "<span class=\"digest\">\(item.digest ?? "")</span>"),
        ]
        return """
            \(Self.list(facts.filter { !$0.1.isEmpty }))
            <details><summary>様式・言語・照合番号</summary>\(Self.list(rest))</details>
            """
    }

    private static func list(_ facts: [(String, HTML)]) -> HTML {
        #"<dl class="facts">\#(facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as HTML })</dl>"#
    }

    private var channel: HTML {
        let ended: HTML? = item.mandateEndedAt.map {
            " <span class=\"tag attention\">委任の取消し \($0.day.iso)</span>"
        }
        return "\(item.channel.name)\(ended)"
    }

    private func answers() throws -> HTML {
        let id = item.id
        let changed = try DifferenceView.changedKeys(desk)
        let list = AnswerList(
            journey: try desk.open.submitted, language: .ja, file: { .desk(id).view($0) },
            mark: { changed.contains($0) ? #" <span class="tag attention">変更</span>"# : nil })
        return "<h2 id=\"answers\">申請の内容</h2>\(list.html)"
    }

    private var approval: HTML {
        ProposalView(desk: desk, officer: officer, form: form, sectionName: sectionName).html
    }

    private var consultations: HTML {
        ConsultationView(
            desk: desk, officer: officer, form: form, sections: town.sections.map { ($0.id, $0.name[.ja]) },
            proposedDay: town.businessDays.day(after: today, count: 3), today: today
        ).html
    }

    /// What other sections said, for whoever decides.
    private var asked: HTML {
        let lines: [HTML] = desk.consultations.filter { $0.answer != nil }.map { consultation in
            """
            <li><p><b>\(sectionName(consultation.section))への照会</b></p><p class="kept">\(consultation.question)</p>
            <p><b>回答</b></p><p class="kept">\(consultation.answer ?? "")</p></li>
            """
        }
        return lines.isEmpty ? .empty : #"<h2>庁内照会</h2><ol class="messages">\#(lines)</ol>"#
    }

    private func answering(_ consultation: Consultation) -> HTML {
        let isLate = consultation.dueOn < today
        let due: HTML = isLate ? #"<b class="late">\#(consultation.dueOn.iso) 超過</b>"# : "\(consultation.dueOn.iso)"
        guard officer.may(.handleCases, in: consultation.section) else { return .empty }
        let verb = "answer"
        let id = "\(verb)-\(consultation.id.text)"
        return """
            <h2>照会 <small>\(sectionName(consultation.section))へ、回答期限 \(due)</small></h2>
            <p class="kept words">\(consultation.question)</p>
            <form method="post" action="\(.desk(item.id).below(verb))"><input type="hidden" name="consultation" value="\(consultation.id.text)">
            <div class="field"><label for="\(id)">回答</label><textarea id="\(id)" name="words" rows="6" required="">
            \(form.words(verb))</textarea></div><button class="primary">回答する</button></form>
            """
    }

    private var attemptStatus: Int {
        guard let attempt = look.attempt else { return 200 }
        if case .conflict = attempt.refusal.kind { return 409 }
        return 422
    }

    /// What was the matter, and what was typed where its box is not on the page any more.
    private var problem: HTML? {
        guard let attempt = look.attempt else { return nil }
        return OvertakenView(desk: desk, attempt: attempt, eventNames: eventNames).html
    }
}
