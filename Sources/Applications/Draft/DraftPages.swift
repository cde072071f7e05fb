import Core
import HTML
import Japanese
import Register
import Web

/// The pages on which an application is filled in.
struct DraftPages {
    let open: OpenCase
    let journey: Journey
    let language: Language
    let today: Day
    /// Which answers are to be corrected; nil where all may be changed.
    let correction: Correction?
    /// 窓口の会話 in which it is filled in; nil where nobody types for somebody else.
    var counter: CounterAside?

    init(_ open: OpenCase, _ language: Language, _ today: Day) throws {
        (self.open, self.language, self.today) = (open, language, today)
        (journey, correction) = (try open.journey, try open.correction)
    }

    func mayChange(_ spot: Spot) -> Bool {
        let isPinned = correction.map { $0.pins.contains { $0.page == spot.page.id } } ?? false
        if open.item.number != nil, Preface.isSettled(spot.page.id, isPinned: isPinned) { return false }
        return correction?.allows(spot) ?? true
    }

    /// One question.
    /// - Parameters:
    ///   - typed: what stands in the controls.
    ///   - problems: what has to be mended, if it was sent before.
    func question(
        _ spot: Spot, typed: [String: [String]], problems: [FieldReader.Problem], fromCheck: Bool
    ) -> Page {
        let page = spot.page
        let isAlone = page.fields.count == 1
        let answers = spot.answers(journey)
        let fields: [HTML] = page.fields.map { field in
            if let heard = heard(field, answers[field.id], problems, spot, fromCheck: fromCheck) { return heard }
            return FieldView(
                field: field, language: language, isAlone: isAlone, typed: typed,
                problems: problems.filter { field.controls.contains($0.control) }, today: today,
                computedValue: answers[field.id]?.value
            ).html
        }
        let title = (problems.isEmpty ? "" : "\(DraftTexts.error[language]): ") + page.question[language]
        return Page(
            title, status: problems.isEmpty ? 200 : 422,
            """
            <div class="\(look)">
            \(back(from: spot, fromCheck: fromCheck))
            \(summary(problems))\(counter?.script(spot))
            <form method="post" action="\(spot.link(open.item.id).fromCheck(fromCheck))" novalidate="" \
            data-saved="\(DraftTexts.saved[language])" data-failed="\(DraftTexts.notSaved[language])">
            \(progress(spot))
            <h1>\(page.question.html(language))</h1>
            \(page.hint.map { "<div class=\"hint\">\($0.paragraphs(language))</div>" })
            \(sources(of: page, answers, fromCheck: fromCheck))\(fields)
            <button class="primary">\(DraftTexts.next.html(language))</button>
            </form>
            \(reuse(page, answers))
            \(later)
            </div>
            """)
    }

    /// How a question looks: at the counter large enough to be read by two.
    var look: String { counter == nil ? "column" : "column large" }

    /// The way to stop here and go on later.
    var later: HTML {
        counter?.ways ?? "<p><a href=\"\(.code(open.item.id))\">\(DraftTexts.saveForLater.html(language))</a></p>"
    }

    /// What was heard in another form of the conversation is shown and sent along, not asked again.
    private func heard(
        _ field: Field, _ answer: GivenAnswer?, _ problems: [FieldReader.Problem], _ spot: Spot, fromCheck: Bool
    ) -> HTML? {
        guard let counter, !counter.isChanging, !fromCheck, let answer, answer.isHeard,
            !problems.contains(where: { field.controls.contains($0.control) })
        else { return nil }
        let pairs = answer.typed.sorted { $0.key < $1.key }.flatMap { control, values in values.map { (control, $0) } }
        let controls: [HTML] = pairs.map { #"<input type="hidden" name="\#($0)" value="\#($1)">"# }
        return """
            <div class="field words"><p><b>\(field.label.html(language))</b>　<span class="kept">\(field.spoken(answer.value).html(language))</span>
            <a href="\(spot.link(open.item.id).asking([("change", "yes")]))">\(DraftTexts.change.html(language))\
            <span class="unseen">\(DraftTexts.changeWhat.replacing("%1", with: field.label).html(language))</span></a><br>
            <small>\(answer.source?.words.html(language))</small></p>\(controls)</div>
            """
    }

    /// Where the answers on a page come from, if they were taken over.
    private func sources(of page: Form.Page, _ answers: Answers, fromCheck: Bool) -> HTML? {
        let given = page.fields.compactMap { answers[$0.id] }
        let sources = Set(
            given.filter { fromCheck || counter?.isChanging != false || !$0.isHeard }.compactMap(\.source))
        guard !sources.isEmpty else { return nil }
        let lines: [HTML] = sources.map { "<p>\($0.words.html(language))</p>" }
        return "<div class=\"notice\">\(lines)<p>\(ReuseTexts.mend.html(language))</p></div>"
    }

    /// The way to earlier answers, where this page could take some.
    private func reuse(_ page: Form.Page, _ answers: Answers) -> HTML? {
        guard open.item.status == .draft, page.fields.contains(where: { $0.fact != nil && answers[$0.id] == nil })
        else { return nil }
        return #"<p><a href="\#(.reuse(open.item.id))">\#(ReuseTexts.link.html(language))</a></p>"#
    }

    /// How far it is, and whom the question is about.
    func progress(_ spot: Spot) -> HTML {
        let pages = journey.pages
        let id = spot.row?.page.id ?? spot.page.id
        let place = (pages.firstIndex { $0.id == id } ?? 0) + 1
        let who: HTML? = spot.row.map {
            #"<br><b>\#($0.row.title($0.number, in: $0.group).html(language))</b>"#
        }
        let isForAnother = open.item.channel == .proxy && !Preface.owns(id)
        let principal: HTML? =
            isForAnother ? "<p class=\"hint\">\(PrefaceTexts.aboutPrincipal.html(language))</p>" : nil
        return """
            <p class="progress">\(DraftTexts.progress.with(String(place), String(pages.count)).html(language))\(who)</p>\(principal)
            """
    }

    /// 出口: this form is not for this case.
    func exit(_ spot: Spot, words: Text) -> Page {
        Page(
            spot.page.question[language],
            """
            <div class="\(look)">
            \(back(from: spot, fromCheck: false))
            <h1>\(spot.page.question.html(language))</h1>
            \(words.paragraphs(language))
            \(counter?.exit ?? "<p><a href=\"\(Link.procedure(open.item.card))\">\(DraftTexts.exit.html(language))</a></p>")
            </div>
            """)
    }

    /// 内容の確認.
    /// - Parameters:
    ///   - submission: the name of the submission that this page makes.
    ///   - open: a page that still needs an answer, or another one.
    ///   - offer: the offer to go on with a newer version of the form.
    ///   - mail: the box for the address that news is sent to; nil where no mail is sent.
    ///   - agreed: what was ticked, if it was sent before.
    func check(
        submission: String, open page: Form.Page?, mail: MailBox?, offer: HTML?, agreed: Set<ReuseConsent.Purpose>
    ) -> Page {
        let id = self.open.item.id
        let answers = AnswerList(journey: journey, language: language, file: { .file(id, $0.id) }) { spot in
            mayChange(spot) ? spot.link(id).fromCheck(true) : nil
        }
        let before: Link? =
            self.open.item.status == .returned ? .application(id) : journey.pages.last.map { .question(id, $0.id) }
        let last: HTML? = before.map {
            #"<p class="way"><a href="\#($0)">\#(DraftTexts.back.html(language))</a></p>"#
        }
        let isWrong = mail?.isWrong == true
        return Page(
            (isWrong ? "\(DraftTexts.error[language]): " : "") + DraftTexts.checkTitle[language],
            status: isWrong ? 422 : 200,
            """
            <div class="column">
            \(last)\(isWrong ? summary([.init(control: "news", words: FieldTexts.mail)]) : nil)
            <h1>\(DraftTexts.checkTitle.html(language))</h1>
            <p class="lead">\(open.form.title.html(language))</p>\(offer)
            \(correction.map { CorrectionView($0, in: journey, of: id, language: language).html })
            \(answers.html)
            \(page.map(openQuestions) ?? sending(submission, mail, agreed))
            <p><a href="\(.code(open.item.id))">\(DraftTexts.saveForLater.html(language))</a></p>
            </div>
            """)
    }

    /// 途中保存: the code that opens the draft again.
    func code(_ code: String, until day: Day) -> Page {
        Page(
            DraftTexts.codeTitle[language],
            """
            <div class="column">
            <h1>\(DraftTexts.codeTitle.html(language))</h1>
            <p class="code"><span>\(CaseTexts.code.html(language))</span> <b>\(Code.grouped(code))</b></p>
            \(DraftTexts.codeHow.replacing("%1", with: day.spoken).paragraphs(language))
            <p><a href="\(Link(mailSubject: open.form.title[language], body: Code.grouped(code)))">\(DraftTexts.mailCode.html(language))</a></p>
            <p><a href="\(.draftPaper(open.item.id))" target="_blank">\(DraftTexts.printDraft.html(language))</a></p>
            <p class="notice">\(DraftTexts.codePrivate.html(language))</p>
            <p><a class="button" href="\(goOn)">\(DraftTexts.goOn.html(language))</a></p>
            <form method="post" action="\(.leave(open.item.id))"><button class="quiet">\(CaseTexts.leave.html(language))</button></form>
            </div>
            """)
    }

    private var goOn: Link {
        journey.resumePage.map { .question(open.item.id, $0.id) } ?? .check(open.item.id)
    }

    private func openQuestions(_ page: Form.Page) -> HTML {
        """
        <p class="notice">\(DraftTexts.open.html(language))</p>
        <p><a class="button" href="\(.question(open.item.id, page.id).fromCheck(true))">\(DraftTexts.answerOpen.html(language))</a></p>
        """
    }

    private func sending(
        _ submission: String, _ mail: MailBox?, _ agreed: Set<ReuseConsent.Purpose>
    ) -> HTML {
        let words = open.item.status == .returned ? DraftTexts.sendAgain : open.form.send ?? DraftTexts.send
        return """
            <h2>\(DraftTexts.sendHeading.html(language))</h2>
            <form method="post" action="\(.submit(open.item.id))">
            <input type="hidden" name="submission" value="\(submission)">
            <input type="hidden" name="revision" value="\(open.item.revision)">
            <div class="words">\(open.form.declaration.paragraphs(language))</div>
            \(open.item.number == nil ? ReusePages.boxes(agreed, of: open.form.reusePurposes, language) : .empty)
            \(open.item.number == nil ? mail?.html : nil)
            <button class="primary">\(words.html(language))</button>
            </form>
            """
    }

    func back(from spot: Spot, fromCheck: Bool) -> HTML? {
        let link: Link =
            fromCheck
            ? .check(open.item.id)
            : spot.before(journey, open.item.id) ?? counter?.before ?? .procedure(open.item.card)
        return #"<p class="way"><a href="\#(link)">\#(DraftTexts.back.html(language))</a></p>"#
    }

    func summary(_ problems: [FieldReader.Problem]) -> HTML? {
        guard !problems.isEmpty else { return nil }
        return ProblemSummary(problems.map { ($0.control, $0.words) }, language).html
    }
}

extension ProblemSummary {
    /// What a resident has to mend, in their language.
    init(_ lines: [(control: String, words: Text)], _ language: Language) {
        self.init(
            DraftTexts.problems.with(String(lines.count)).html(language),
            lines.map { ($0.control, $0.words.html(language)) })
    }
}
