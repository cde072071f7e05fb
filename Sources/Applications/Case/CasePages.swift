import Core
import HTML
import Japanese
import Register
import Web

/// What an applicant sees of an application that was sent: the receipt and how it stands.
struct CasePages {
    let open: OpenCase
    let town: Town
    let language: Language
    /// Where a fee can be paid besides the counter.
    var payments: [PaymentService] = []
    /// False for an agent who was not asked to receive the result.
    var mayReceive = true

    /// 受付の控え.
    func receipt() throws -> Page {
        let item = open.item
        let facts: [HTML] = [
            fact(CaseTexts.number, "<b class=\"big\">\(item.number ?? "")</b>"),
            fact(
                CaseTexts.code,
                "<b class=\"big\">\(Code.grouped(try open.code))</b><br><small>\(CaseTexts.codeHow.html(language))</small>"
            ),
            fact(CaseTexts.sentAt, time(item.submittedAt ?? item.savedAt)),
            fact(
                CaseTexts.digest,
                "<span class=\"digest\">\(digest)</span><br><small>\(CaseTexts.digestHow.html(language))</small>"),
        ]
        return Page(
            CaseTexts.receiptTitle[language],
            """
            <div class="column">
            <div class="done"><h1>\(CaseTexts.receiptTitle.html(language))</h1>
            <p>\(open.form.title.html(language))</p></div>
            <dl class="facts">\(facts)</dl>
            <p class="notice">\(CaseTexts.keep.html(language))</p>
            <p><a class="button" href="\(.application(item.id))">\(CaseTexts.toStatus.html(language))</a></p>
            <p><a href="\(.receiptPaper(item.id))" target="_blank">\(CaseTexts.receiptPaper.html(language))</a></p>
            <h2>\(CaseTexts.yourAnswers.html(language))</h2>
            \(try answers())
            </div>
            """)
    }

    /// 申請の状況.
    /// - Parameters:
    ///   - once: the name that a message from this page has.
    ///   - typed: what was typed into the message, and what is the matter with it, if it was sent.
    func status(
        _ messages: [Message], fee ledger: FeeLedger, measured: MeasuredDays?, reuse: HTML, mail: MailBox?,
        once: String,
        attempt: (typed: String, refusal: CaseRefusal)? = nil
    ) throws -> Page {
        let item = open.item
        let isFine = attempt == nil && mail?.isWrong != true
        let news: [HTML] = messages.filter(\.kind.isForApplicant).reversed().map(message)
        let due: HTML? =
            item.status.isDecided || item.status == .returned
            ? nil : item.dueOn.map { fact(CaseTexts.due, $0.spoken.html(language)) }
        let number: HTML? = item.number.map { fact(CaseTexts.number, "<b>\($0)</b>") }
        return Page(
            (isFine ? "" : "\(DraftTexts.error[language]): ") + CaseTexts.statusTitle[language],
            status: isFine ? 200 : 422,
            """
            <div class="column">
            \(attempt.map { problem($0.refusal.words, at: "words") })
            \(mail?.isWrong == true ? problem(FieldTexts.mail, at: "news") : .empty)
            <h1>\(CaseTexts.statusTitle.html(language))</h1>
            <p class="lead">\(open.form.title.html(language))</p>
            <div class="state \(Self.mood(item.status))"><p><b>\(item.status.name.html(language))</b></p>
            <p>\(item.status.explanation.html(language))</p>\(action)\(notice)</div>
            \(try open.correction.map { CorrectionView($0, in: try open.journey, of: item.id, language: language).html })
            <dl class="facts">\(number)\(due)\(fee(ledger))</dl>
            \(item.status.isDecided ? nil : measured.map { "<p>\($0.words.html(language))</p>" as HTML })
            <h2>\(CaseTexts.news.html(language))</h2>
            \(news.isEmpty ? "<p>\(CaseTexts.noNews.html(language))</p>" : #"<ol class="messages">\#(news)</ol>"#)
            \(item.number == nil ? .empty : writing(once, attempt))
            <h2>\(CaseTexts.yourAnswers.html(language))</h2>
            \(try answers())
            \(item.number == nil ? .empty : reuse)\(item.number == nil ? nil : mail.map(mailBox))
            \(item.number == nil ? nil : #"<p><a href="\#(.receipt(item.id))">\#(CaseTexts.toReceipt.html(language))</a></p>"# as HTML?)
            \(item.status.next.contains(.withdrawn) ? #"<p><a href="\#(.withdraw(item.id))">\#(CaseTexts.withdraw.html(language))</a></p>"# as HTML : .empty)
            <form method="post" action="\(.leave(item.id))"><button class="quiet">\(CaseTexts.leave.html(language))</button></form>
            </div>
            """)
    }

    private func mailBox(_ box: MailBox) -> HTML {
        """
        <details class="act"\(Attributes().with("open", when: box.isWrong))><summary>\(MailTexts.heading.html(language))</summary>
        <form method="post" action="\(.news(open.item.id))">\(box.html)<button>\(MailTexts.keep.html(language))</button></form></details>
        """
    }

    private func problem(_ words: Text, at control: String) -> HTML {
        ProblemSummary([(control, words)], language).html
    }

    private func writing(_ once: String, _ attempt: (typed: String, refusal: CaseRefusal)?) -> HTML {
        let error: HTML? = attempt.map { #"<p class="error" id="words-error">\#($0.refusal.words.html(language))</p>"# }
        let attributes = Attributes().with("aria-invalid", ifPresent: attempt == nil ? nil : "true")
            .with("aria-describedby", attempt == nil ? "words-hint" : "words-hint words-error")
        return """
            <details class="act"\(Attributes().with("open", when: attempt != nil))><summary>\(CaseTexts.write.html(language))</summary>
            <form method="post" action="\(.reply(open.item.id))"><input type="hidden" name="once" value="\(once)">
            <div class="field"><label for="words">\(CaseTexts.writeLabel.html(language))</label>
            <p class="hint" id="words-hint">\(CaseTexts.writeHow.html(language))</p>\(error)
            <textarea id="words" name="words" rows="5"\(attributes)>
            \(attempt?.typed ?? "")</textarea></div>
            <button>\(CaseTexts.writeButton.html(language))</button></form></details>
            """
    }

    private func fee(_ ledger: FeeLedger) -> HTML? {
        guard let charged = ledger.charged, charged > 0 || ledger.state != .none else { return nil }
        let how: HTML? = ledger.state == .due ? "<br><small>\(FeeTexts.how.html(language))</small>" : nil
        let pages: [HTML] = payments.compactMap { service in
            guard ledger.state == .due, let page = service.page(open.item.number ?? "", charged) else { return nil }
            return #"<br><a class="button" href="\#(page)" rel="noreferrer">\#(service.name.html(language))</a>"#
        }
        return fact(
            FeeTexts.heading,
            "<b>\(Yen.spoken(charged).html(language))</b> \(FeeTexts.name(ledger.state).html(language))\(how)\(pages)")
    }

    /// 取下げの確認.
    func withdrawal() -> Page {
        Page(
            CaseTexts.withdrawTitle[language],
            """
            <div class="column">
            <h1>\(CaseTexts.withdrawTitle.html(language))</h1>
            <p>\(CaseTexts.withdrawHow.html(language))</p>
            <form method="post" action="\(.withdraw(open.item.id))">
            <div class="field"><label for="words">\(CaseTexts.withdrawReason.html(language))</label>
            <textarea id="words" name="words" rows="3"></textarea></div>
            <button>\(CaseTexts.withdrawYes.html(language))</button></form>
            <p><a href="\(.application(open.item.id))">\(CaseTexts.withdrawNo.html(language))</a></p>
            </div>
            """)
    }

    /// 受け付けられないとき: why, and where to go from here.
    static func refused(_ refusal: CaseRefusal, _ id: Case.ID, _ language: Language) -> Page {
        let isOver = [.alreadySubmitted, .fixed, .mandateOver].contains(refusal) || refusal.isMove
        let (link, words) = isOver ? (Link.application(id), CaseTexts.toStatusNow) : (.check(id), CaseTexts.toCheck)
        return Page(
            CaseTexts.refusedTitle[language], status: refusal == .incomplete ? 422 : 409,
            """
            <div class="column">
            <h1>\(CaseTexts.refusedTitle.html(language))</h1>
            <p>\(refusal.words.html(language))</p>
            <p><a class="button" href="\(link)">\(words.html(language))</a></p>
            </div>
            """)
    }

    /// 別の画面で変わったとき: what was typed has no place any more.
    static func overtaken(_ next: Link, _ language: Language) -> Page {
        Page(
            CaseTexts.refusedTitle[language], status: 409,
            """
            <div class="column">
            <h1>\(CaseTexts.refusedTitle.html(language))</h1>
            <p>\(CaseTexts.noLongerAsked.html(language))</p>
            <p><a class="button" href="\(next)">\(DraftTexts.goOn.html(language))</a></p>
            </div>
            """)
    }

    private var notice: HTML? {
        guard open.item.hasNotice else { return nil }
        guard mayReceive else { return "<p>\(CaseTexts.resultForPerson.html(language))</p>" }
        return """
            <p><a class="button" href="\(.noticePaper(open.item.id))" target="_blank">\(CaseTexts.noticePaper.html(language))</a></p>
            """
    }

    private var action: HTML? {
        switch open.item.status {
        case .draft:
            #"<p><a class="button" href="\#(.check(open.item.id))">\#(CaseTexts.goOn.html(language))</a></p>"#
        case .returned:
            #"<p><a class="button" href="\#(.check(open.item.id))">\#(CaseTexts.correct.html(language))</a></p>"#
        default: nil
        }
    }

    private func message(_ message: Message) -> HTML {
        let from: HTML = message.officer == nil ? "" : " \(town.sectionName(open.item.section).html(language))"
        return """
            <li><p><b>\((CaseTexts.kinds[message.kind] ?? CaseTexts.news).html(language))</b>
            <small>\(time(message.at))\(from)</small></p>
            <p class="kept">\(message.text(section: town.sectionName(open.item.section)).html(language))</p></li>
            """
    }

    private func answers() throws -> HTML {
        let id = open.item.id
        return AnswerList(
            journey: open.item.status == .draft ? try open.journey : try open.submitted, language: language,
            file: { .file(id, $0.id) }
        ).html
    }

    private func fact(_ label: Text, _ value: HTML) -> HTML {
        "<div><dt>\(label.html(language))</dt><dd>\(value)</dd></div>"
    }

    private func time(_ moment: Moment) -> HTML {
        "<time datetime=\"\(moment.iso)\">\(moment.day.spoken.html(language)) \(moment.timeOfDay)</time>"
    }

    /// In groups of eight, to be read aloud.
    private var digest: String {
        let digest = open.item.digest ?? ""
        return stride(from: 0, to: digest.count, by: 8).map { String(digest.dropFirst($0).prefix(8)) }.joined(
            separator: " ")
    }

    static func mood(_ status: Case.Status) -> String {
        switch status {
        case .approved, .issued, .completed: "good"
        case .rejected, .returned, .inadmissible: "attention"
        default: "calm"
        }
    }
}
