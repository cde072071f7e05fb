import Core
import HTML
import Japanese
import Web

/// 申請の処理: one application as officers see it.
struct DeskCasePages {
    let officer: Officer
    let today: Day
    /// What events are called, by kind.
    let eventNames: [String: String]
    /// The name of the application's section.
    let section: Text
    /// The language that the applicant used.
    let language: Language
    /// What an officer tried and what was the matter with it, if the page is shown for that.
    let attempt: Attempt?
    /// Where fees are paid besides the counter.
    let payments: [PaymentService]

    struct Attempt: Sendable {
        let verb: String
        let typed: String
        let pins: [Pin]
        let refusal: CaseRefusal
    }

    func page(
        _ open: OpenCase, messages: [Message], fee ledger: FeeLedger, history: [RecordedEvent], names: [String: String],
        onces: [String]
    ) throws -> Page {
        let item = open.item
        let facts: [(String, HTML)] = [
            ("状態", DeskWords.tag(item.status)),
            ("届いた日時", item.submittedAt.map { "\($0.day.bothCalendars) \($0.timeOfDay)" } ?? ""),
            ("期限", DeskWords.due(item.status, item.dueOn, today: today)),
            ("様式", "\(open.form.title[.ja])（第\(open.form.version)版）"),
            ("受付の方法", channel(item)), ("入力した言語", "\(language.name)"),
            ("控えの照合番号", "<span class=\"digest\">\(item.digest ?? "")</span>"),
        ]
        return Page(
            (attempt == nil ? "" : "エラー: ") + (item.number ?? "申請"), zone: .desk(officer), status: attemptStatus,
            """
            <p class="way"><a href="/desk">申請一覧へ戻る</a></p>
            \(problem(item))
            <h1>\(item.number ?? "") <small>\(open.form.title[.ja])</small></h1>
            <div class="two">
            <div>
            <h2>申請の内容</h2>
            \(AnswerList(journey: try open.submitted, language: .ja, file: { .deskFile(item.id, $0.id) }).html)
            </div>
            <div>
            <dl class="facts">\(facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as HTML })</dl>
            \(item.hasNotice ? #"<p><a href="\#(.desk(item.id).below("notice.pdf"))" target="_blank">決定通知書（PDF）</a></p>"# as HTML : .empty)
            \(files(try open.submitted, item))
            \(try actions(open, onces))
            \(FeeView(ledger: ledger, item: item, officer: officer, names: names, payments: payments).html)
            <h2>連絡とメモ</h2>
            \(thread(messages, names))
            \(writing(item, onces))
            <h2>確認コード</h2>
            \(recoding(item, onces, hasAgent: try open.mandate != nil))
            <h2>経過</h2>
            <ol class="history">\(history.map { event($0, names) })</ol>
            </div>
            </div>
            """)
    }

    /// 添付ファイルをまとめて, where there are some.
    private func files(_ journey: Journey, _ item: Case) -> HTML? {
        journey.counted.files.isEmpty
            ? nil : #"<p><a href="\#(.desk(item.id).below("files.zip"))">添付ファイルをまとめて取り出す（ZIP）</a></p>"#
    }

    private func actions(_ open: OpenCase, _ onces: [String]) throws -> HTML {
        let item = open.item
        let steps = item.status.next
        var forms: [HTML] = []
        if officer.may(.handleCases, in: item.section) {
            if steps.contains(.received) {
                forms.append(button(item, "receive", "受け付ける", once: onces[0], isPrimary: true))
            }
            if steps.contains(.reviewing), item.status != .returned {
                forms.append(button(item, "review", "審査を始める", once: onces[1], isPrimary: false))
            }
        }
        if officer.may(.decideCases, in: item.section) {
            if steps.contains(.approved) {
                forms.append(worded(item, "approve", "承認する", "申請者に伝えること（任意）", once: onces[2], required: false))
            }
            if steps.contains(.rejected) {
                forms.append(worded(item, "reject", "不承認にする", "不承認の理由（申請者に伝わります）", once: onces[3], required: true))
            }
        }
        if steps.contains(.returned), officer.may(.handleCases, in: item.section) {
            forms.append(
                worded(
                    item, "return", "補正を求める", "全体についての説明（申請者に伝わります）", once: onces[4], required: false,
                    before: PinView(journey: try open.submitted, chosen: attempt?.pins ?? []).html))
        }
        let waiting: HTML? =
            item.status == .returned ? "<p class=\"notice\">申請者の補正を待っています。</p>" : nil
        return forms.isEmpty && waiting == nil ? .empty : "<h2>処理</h2>\(waiting)\(forms)"
    }

    private func button(_ item: Case, _ verb: String, _ words: String, once: String, isPrimary: Bool) -> HTML {
        """
        <form method="post" action="\(.desk(item.id).below(verb))">\(seen(item, once))
        <button\(Attributes().with("class", ifPresent: isPrimary ? "primary" : nil))>\(words)</button></form>
        """
    }

    private var attemptStatus: Int {
        guard let attempt else { return 200 }
        if case .conflict = attempt.refusal.kind { return 409 }
        return 422
    }

    /// What was the matter, and what was typed where its box is not on the page any more.
    private func problem(_ item: Case) -> HTML? {
        guard let attempt else { return nil }
        let isThere = attempt.refusal.kind.isInvalid
        let kept: HTML? =
            isThere || attempt.typed.isEmpty ? nil : #"<p>入力された内容:</p><p class="kept words">\#(attempt.typed)</p>"#
        let words = attempt.refusal.words[.ja]
        let control = isThere ? "\(attempt.verb)-words" : nil
        return "\(ProblemSummary("処理できませんでした", [(control, "\(words)")]).html)\(kept)"
    }

    private func worded(
        _ item: Case, _ verb: String, _ words: String, _ label: String, once: String, required: Bool,
        before: HTML = .empty
    ) -> HTML {
        let attributes = Attributes().with("required", when: required)
            .with("aria-invalid", ifPresent: attempt?.verb == verb ? "true" : nil)
        return """
            <details class="act"\(Attributes().with("open", when: attempt?.verb == verb))><summary>\(words)</summary>
            <form method="post" action="\(.desk(item.id).below(verb))">\(seen(item, once))\(before)
            <label for="\(verb)-words">\(label)</label>
            <textarea id="\(verb)-words" name="words" rows="4"\(attributes)>
            \(attempt?.verb == verb ? attempt?.typed ?? "" : "")</textarea>
            <button>\(words)</button></form></details>
            """
    }

    private func seen(_ item: Case, _ once: String) -> HTML {
        """
        <input type="hidden" name="seen" value="\(item.status.rawValue)"><input type="hidden" name="once" value="\(once)">
        """
    }

    private func thread(_ messages: [Message], _ names: [String: String]) -> HTML {
        let rows: [HTML] = messages.map { message in
            let isApplicants = message.kind == .reply || message.kind == .withdrawal
            let author = message.officer.map { names[$0.text] ?? "職員" } ?? (isApplicants ? "申請者" : "自動")
            return """
                <li\(Attributes().with("class", ifPresent: message.kind == .note ? "note" : nil))>
                <p><b>\(CaseTexts.kinds[message.kind]?[.ja] ?? "")</b> <small>\(message.at.day.iso) \(message.at.timeOfDay) \(author)</small></p>
                <p class="kept">\(message.text(section: section)[.ja])</p></li>
                """
        }
        return rows.isEmpty ? "<p>まだありません。</p>" : #"<ol class="messages">\#(rows)</ol>"#
    }

    private func writing(_ item: Case, _ onces: [String]) -> HTML? {
        guard officer.may(.handleCases, in: item.section) else { return nil }
        return [
            worded(item, "letter", "申請者にお知らせを送る", "お知らせの内容", once: onces[5], required: true),
            worded(item, "note", "内部メモを残す", "メモ（申請者には見えません）", once: onces[6], required: true),
        ].reduce(.empty, +)
    }

    private func channel(_ item: Case) -> HTML {
        let ended: HTML? = item.mandateEndedAt.map {
            " <span class=\"tag attention\">委任の取消し \($0.day.iso)</span>"
        }
        return "\(item.channel.name)\(ended)"
    }

    private func recoding(_ item: Case, _ onces: [String], hasAgent: Bool) -> HTML? {
        guard officer.may(.handleCases, in: item.section) else { return nil }
        let again = worded(
            item, "code", "確認コードを作り直す", "理由（本人確認の方法など。メモに残ります）", once: onces[7], required: true)
        guard hasAgent, item.mandateEndedAt == nil else { return again }
        return again
            + worded(
                item, "revoke", "委任の取消しを記録する", "本人からの申し出の内容（メモに残ります）", once: onces[8], required: true)
    }

    private func event(_ recorded: RecordedEvent, _ names: [String: String]) -> HTML {
        let who =
            switch recorded.actor {
            case "applicant": "申請者"
            case "system": "自動"
            default: names[String(recorded.actor.drop { $0 != ":" }.dropFirst())] ?? "職員"
            }
        return """
            <li><small>\(recorded.at.day.iso) \(recorded.at.timeOfDay)</small> \(eventNames[recorded.event.kind] ?? recorded.event.kind) <small>\(who)</small></li>
            """
    }
}
