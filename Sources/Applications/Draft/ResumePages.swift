import Core
import HTML
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

    /// - Parameters:
    ///   - isNeeded: true for somebody who came here because a page of an application was asked for.
    ///   - typed: what stands in the control.
    ///   - isUnknown: true if no application has the code.
    func page(isNeeded: Bool, typed: String, isUnknown: Bool) -> Page {
        let needed: HTML? =
            isNeeded && !isUnknown ? "<p class=\"notice\">\(DraftTexts.resumeNeeded.html(language))</p>" : nil
        let attributes = Attributes()
            .with("aria-describedby", isUnknown ? "code-hint code-error" : "code-hint")
            .with("aria-invalid", ifPresent: isUnknown ? "true" : nil)
        let summary: HTML? =
            isUnknown
            ? """
            <div class="problems" role="alert" tabindex="-1">
            <h2>\(DraftTexts.problems.with("1").html(language))</h2>
            <ul><li><a href="#code">\(DraftTexts.resumeUnknown.html(language))</a></li></ul>
            </div>
            """ : nil
        let error: HTML? =
            isUnknown ? #"<p class="error" id="code-error">\#(DraftTexts.resumeUnknown.html(language))</p>"# : nil
        let title = (isUnknown ? "\(DraftTexts.error[language]): " : "") + DraftTexts.resumeTitle[language]
        return Page(
            title, status: isUnknown ? 422 : 200,
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
            <a href="\(Link(telephone: town.contact.telephone))">\(town.contact.telephone)</a>（\(town.contact.hours.html(language))）</p>
            </div>
            """)
    }
}
