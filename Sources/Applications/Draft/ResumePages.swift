import Core
import HTML
import Japanese
import Web

/// The pages where somebody comes back to an application: by its code, or by beginning a procedure again.
struct ResumePages {
    let town: Town
    let language: Language

    /// 書きかけの申請. Shown to somebody who begins a procedure of which drafts are there.
    /// - Parameter channel: the mouth that a new one comes through.
    func choice(_ drafts: [(Case, Link)], anew channel: Channel) -> Page {
        let lines: [HTML] = drafts.map { draft, place in
            let saved = "\(draft.savedAt.day.spoken[language]) \(draft.savedAt.timeOfDay)"
            let until = draft.savedAt.day.adding(days: Applications.draftDays).spoken
            let proxy: HTML =
                draft.channel == .proxy
                ? " <span class=\"tag\">\(DraftTexts.choiceProxy.html(language))</span>" : .empty
            return """
                <li><p>\(DraftTexts.choiceSaved.with(saved).html(language))\(proxy)<br>
                <small>\(DraftTexts.choiceUntil.replacing("%1", with: until).html(language))</small></p>
                <p><a class="button" href="\(place)">\(DraftTexts.choiceGoOn.html(language))\
                <span class="unseen">（\(saved)）</span></a></p></li>
                """
        }
        return Page(
            DraftTexts.choiceTitle[language],
            """
            <div class="column">
            <h1>\(DraftTexts.choiceTitle.html(language))</h1>
            <p>\(DraftTexts.choiceHow.html(language))</p>
            <ul class="messages">\(lines)</ul>
            <form method="post" action="\(.start(drafts.first?.0.card ?? ""))"><input type="hidden" name="anew" value="yes">
            <input type="hidden" name="as" value="\(channel.rawValue)">
            <button>\(DraftTexts.choiceAnew.html(language))</button></form>
            </div>
            """)
    }

    /// 入力の続き. What was typed before the session ended, to be sent with one press.
    func replay(_ kept: KeptPost, to place: Link) -> Page {
        Page(
            DraftTexts.replayTitle[language],
            """
            <div class="column">
            <h1>\(DraftTexts.replayTitle.html(language))</h1>
            <p>\(DraftTexts.replayHow.html(language))</p>
            <form method="post" action="\(place)">\(kept.originals)
            <button class="primary">\(DraftTexts.replayButton.html(language))</button></form>
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
    ///   - kept: what was typed into another page, to be sent afterwards.
    func page(isNeeded: Bool, typed: String, problem: Text?, kept: KeptPost?) -> Page {
        let needed: HTML? =
            isNeeded && problem == nil ? "<p class=\"notice\">\(DraftTexts.resumeNeeded.html(language))</p>" : nil
        let attributes = Attributes()
            .with("aria-describedby", problem == nil ? "code-hint" : "code-hint code-error")
            .with("aria-invalid", ifPresent: problem == nil ? nil : "true")
        let summary: HTML? = problem.map { ProblemSummary([("code", $0)], language).html }
        let error: HTML? = problem.map { #"<p class="error" id="code-error">\#($0.html(language))</p>"# }
        let title = (problem == nil ? "" : "\(DraftTexts.error[language]): ") + DraftTexts.resumeTitle[language]
        return Page(
            title, status: problem != nil ? 422 : kept == nil ? 200 : 403,
            """
            <div class="column">
            \(summary)
            <h1>\(DraftTexts.resumeTitle.html(language))</h1>
            \(needed)
            <form method="post" action="/resume" novalidate="">\(kept?.controls)
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
