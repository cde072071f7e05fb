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

    /// One question.
    /// - Parameters:
    ///   - typed: what stands in the controls.
    ///   - problems: what has to be mended, if it was sent before.
    func question(
        _ page: Form.Page, typed: [String: [String]], problems: [FieldReader.Problem], fromCheck: Bool
    ) -> Page {
        let pages = journey.pages
        let place = (pages.firstIndex { $0.id == page.id } ?? 0) + 1
        let isAlone = page.fields.count == 1
        let fields: [HTML] = page.fields.map { field in
            FieldView(
                field: field, language: language, isAlone: isAlone, typed: typed,
                problems: problems.filter { field.controls.contains($0.control) }, today: today
            ).html
        }
        let title = (problems.isEmpty ? "" : "\(DraftTexts.error[language]): ") + page.question[language]
        return Page(
            title, status: problems.isEmpty ? 200 : 422,
            """
            <div class="column">
            \(back(from: page, fromCheck: fromCheck))
            \(summary(problems))
            <form method="post" action="\(.question(open.item.id, page.id).fromCheck(fromCheck))" novalidate="">
            <p class="progress">\(DraftTexts.progress.with(String(place), String(pages.count)).html(language))</p>
            <h1>\(page.question.html(language))</h1>
            \(page.hint.map { "<div class=\"hint\">\($0.paragraphs(language))</div>" })
            \(fields)
            <button class="primary">\(DraftTexts.next.html(language))</button>
            </form>
            <p><a href="\(.code(open.item.id))">\(DraftTexts.saveForLater.html(language))</a></p>
            </div>
            """)
    }

    /// 出口: this form is not for this case.
    func exit(_ page: Form.Page, words: Text) -> Page {
        Page(
            page.question[language],
            """
            <div class="column">
            \(back(from: page, fromCheck: false))
            <h1>\(page.question.html(language))</h1>
            \(words.paragraphs(language))
            <p><a href="\(Link.procedure(open.item.card))">\(DraftTexts.exit.html(language))</a></p>
            </div>
            """)
    }

    /// 内容の確認.
    /// - Parameters:
    ///   - submission: the name of the submission that this page makes.
    ///   - open: a page that still needs an answer, or another one.
    func check(submission: String, open page: Form.Page?) -> Page {
        let rows: [HTML] = journey.list.map { page, field, answer in
            let value = answer.map { field.spoken($0.value).html(language) } ?? DraftTexts.empty.html(language)
            return """
                <div><dt>\(field.label.html(language))</dt><dd class="kept">\(value)</dd>
                <dd><a href="\(.question(open.item.id, page.id).fromCheck(true))">\(DraftTexts.change.html(language))\
                <span class="unseen">\(DraftTexts.changeWhat.replacing("%1", with: field.label).html(language))</span></a></dd></div>
                """
        }
        let last = journey.pages.last.map { page in
            #"<p class="way"><a href="\#(.question(open.item.id, page.id))">\#(DraftTexts.back.html(language))</a></p>"#
                as HTML
        }
        return Page(
            DraftTexts.checkTitle[language],
            """
            <div class="column">
            \(last)
            <h1>\(DraftTexts.checkTitle.html(language))</h1>
            <p class="lead">\(open.form.title.html(language))</p>
            <dl class="answers">\(rows)</dl>
            \(page.map(openQuestions) ?? sending(submission))
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

    private func sending(_ submission: String) -> HTML {
        let words = open.item.status == .returned ? DraftTexts.sendAgain : open.form.send ?? DraftTexts.send
        return """
            <h2>\(DraftTexts.sendHeading.html(language))</h2>
            <form method="post" action="\(.submit(open.item.id))">
            <input type="hidden" name="submission" value="\(submission)">
            <input type="hidden" name="revision" value="\(open.item.revision)">
            <div class="words">\(open.form.declaration.paragraphs(language))</div>
            <button class="primary">\(words.html(language))</button>
            </form>
            """
    }

    private func back(from page: Form.Page, fromCheck: Bool) -> HTML? {
        let link: Link =
            fromCheck
            ? .check(open.item.id)
            : journey.page(before: page.id).map { .question(open.item.id, $0.id) } ?? .procedure(open.item.card)
        return #"<p class="way"><a href="\#(link)">\#(DraftTexts.back.html(language))</a></p>"#
    }

    private func summary(_ problems: [FieldReader.Problem]) -> HTML? {
        guard !problems.isEmpty else { return nil }
        let rows: [HTML] = problems.map { problem in
            "<li><a href=\"#\(problem.control)\">\(problem.words.html(language))</a></li>"
        }
        return """
            <div class="problems" role="alert" tabindex="-1">
            <h2>\(DraftTexts.problems.with(String(problems.count)).html(language))</h2>
            <ul>\(rows)</ul>
            </div>
            """
    }
}
