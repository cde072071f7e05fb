import Core
import HTML
import Japanese
import Web

/// What an applicant sees of an application that was sent: the receipt and how it stands.
struct CasePages {
    let open: OpenCase
    let town: Town
    let language: Language

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
            <h2>\(CaseTexts.yourAnswers.html(language))</h2>
            \(try answers())
            </div>
            """)
    }

    /// 申請の状況.
    func status(_ messages: [Message]) throws -> Page {
        let item = open.item
        let news: [HTML] = messages.filter(\.kind.isForApplicant).reversed().map(message)
        let due: HTML? =
            item.status.isDecided || item.status == .returned
            ? nil : item.dueOn.map { fact(CaseTexts.due, $0.spoken.html(language)) }
        let number: HTML? = item.number.map { fact(CaseTexts.number, "<b>\($0)</b>") }
        return Page(
            CaseTexts.statusTitle[language],
            """
            <div class="column">
            <h1>\(CaseTexts.statusTitle.html(language))</h1>
            <p class="lead">\(open.form.title.html(language))</p>
            <div class="state \(Self.mood(item.status))"><p><b>\(item.status.name.html(language))</b></p>
            <p>\(item.status.explanation.html(language))</p>\(action)</div>
            <dl class="facts">\(number)\(due)</dl>
            <h2>\(CaseTexts.news.html(language))</h2>
            \(news.isEmpty ? "<p>\(CaseTexts.noNews.html(language))</p>" : #"<ol class="messages">\#(news)</ol>"#)
            <h2>\(CaseTexts.yourAnswers.html(language))</h2>
            \(try answers())
            \(item.number == nil ? nil : #"<p><a href="\#(.receipt(item.id))">\#(CaseTexts.toReceipt.html(language))</a></p>"# as HTML?)
            <form method="post" action="\(.leave(item.id))"><button class="quiet">\(CaseTexts.leave.html(language))</button></form>
            </div>
            """)
    }

    /// 受け付けられないとき: why, and where to go from here.
    static func refused(_ refusal: CaseRefusal, _ id: Case.ID, _ language: Language) -> Page {
        let isOver = refusal == .alreadySubmitted
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
        case .approved: "good"
        case .rejected, .returned: "attention"
        default: "calm"
        }
    }
}
