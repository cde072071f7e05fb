import Core
import HTML
import Japanese
import Web

/// The pages where somebody comes back to an application: by its code, or by beginning a procedure again.
struct ResumePages {
    let town: Town
    let language: Language

    /// 書きかけの申請. Shown to somebody who begins a procedure of which a draft is there.
    func choice(_ draft: Case, place: Link) -> Page {
        let saved = "\(draft.savedAt.day.spoken[language]) \(draft.savedAt.timeOfDay)"
        return Page(
            DraftTexts.choiceTitle[language],
            """
            <div class="column">
            <h1>\(DraftTexts.choiceTitle.html(language))</h1>
            <p>\(DraftTexts.choiceHow.with(saved).html(language))</p>
            <p><a class="button" href="\(place)">\(DraftTexts.choiceGoOn.html(language))</a></p>
            <form method="post" action="\(.start(draft.card))"><input type="hidden" name="anew" value="yes">
            <button>\(DraftTexts.choiceAnew.html(language))</button></form>
            </div>
            """)
    }

    /// What is wrong with a code that opens nothing.
    func problem(_ typed: String) -> Text {
        let text = Width.narrow(typed).uppercased().filter { !$0.isWhitespace && $0 != "-" }
        if text.isEmpty { return FieldTexts.missing(DraftTexts.resumeLabel) }
        return text.contains(/^[MTSHR][0-9]+[A-Z0-9]{8}$/) ? DraftTexts.resumeNumber : DraftTexts.resumeUnknown
    }

    /// - Parameters:
    ///   - isNeeded: true for somebody who came here because a page of an application was asked for.
    ///   - typed: what stands in the control.
    ///   - problem: what is wrong with it, if it was sent.
    func page(isNeeded: Bool, typed: String, problem: Text?) -> Page {
        let needed: HTML? =
            isNeeded && problem == nil ? "<p class=\"notice\">\(DraftTexts.resumeNeeded.html(language))</p>" : nil
        let attributes = Attributes()
            .with("aria-describedby", problem == nil ? "code-hint" : "code-hint code-error")
            .with("aria-invalid", ifPresent: problem == nil ? nil : "true")
        let summary: HTML? = problem.map { words in
            """
            <div class="problems" role="alert" tabindex="-1">
            <h2>\(DraftTexts.problems.with("1").html(language))</h2>
            <ul><li><a href="#code">\(words.html(language))</a></li></ul>
            </div>
            """
        }
        let error: HTML? = problem.map { #"<p class="error" id="code-error">\#($0.html(language))</p>"# }
        let title = (problem == nil ? "" : "\(DraftTexts.error[language]): ") + DraftTexts.resumeTitle[language]
        return Page(
            title, status: problem == nil ? 200 : 422,
            """
            <div class="column">
            \(summary)
            <h1>\(DraftTexts.resumeTitle.html(language))</h1>
            \(needed)
            <form method="post" action="/resume" novalidate="">
            <div class="field">
            <label for="code">\(DraftTexts.resumeLabel.html(language))</label>
            <p class="hint" id="code-hint">\(DraftTexts.resumeHint.html(language))</p>\(error)
            <input id="code" name="code" class="medium" value="\(typed)" autocomplete="off" autocapitalize="characters" \
            spellcheck="false"\(attributes)>
            </div>
            <button class="primary">\(DraftTexts.resumeButton.html(language))</button>
            </form>
            <p>\(DraftTexts.resumeLost.html(language))
            <a href="\(Link(telephone: town.contact.telephone))">\(town.contact.telephone)</a>\(town.contact.hoursInBrackets(language))</p>
            </div>
            """)
    }
}
