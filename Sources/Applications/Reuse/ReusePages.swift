import Core
import HTML
import Japanese
import Web

/// 前の申請の答えを使う: the code, then whose answers.
struct ReusePages {
    let open: OpenCase
    let language: Language

    private var place: Link { .reuse(open.item.id) }

    /// - Parameters:
    ///   - typed: what stands in the control.
    ///   - problem: what is wrong with it, if it was sent.
    func code(typed: String, problem: Text?) -> Page {
        let summary: HTML? = problem.map { ProblemSummary([("code", $0)], language).html }
        let error: HTML? = problem.map { #"<p class="error" id="code-error">\#($0.html(language))</p>"# }
        let attributes = Attributes().with("aria-invalid", ifPresent: problem == nil ? nil : "true")
            .with("aria-describedby", problem == nil ? "code-hint" : "code-hint code-error")
        return Page(
            (problem == nil ? "" : "\(DraftTexts.error[language]): ") + ReuseTexts.title[language],
            status: problem == nil ? 200 : 422,
            """
            <div class="column">
            \(summary)
            <h1>\(ReuseTexts.title.html(language))</h1>
            \(ReuseTexts.how.paragraphs(language))
            <form method="post" action="\(place)" novalidate="">
            <div class="field"><label for="code">\(DraftTexts.resumeLabel.html(language))</label>
            <p class="hint" id="code-hint">\(DraftTexts.resumeHint.html(language))</p>\(error)
            <input id="code" name="code" class="medium" value="\(typed)" autocomplete="off" autocapitalize="characters" \
            spellcheck="false"\(attributes)></div>
            <button class="primary">\(ReuseTexts.open.html(language))</button></form>
            \(skip)
            </div>
            """)
    }

    /// Whose answers are used for whom.
    /// - Parameter code: what opened them, sent along with the choice.
    func choice(_ recollection: Recollection, code: String) -> Page {
        let persons = open.form.persons.map { person, fields in
            choose(
                person.rawValue, ReuseTexts.name(of: person), "radio",
                recollection.persons.filter { recollection.may($0, be: person) },
                Set(fields.compactMap(\.fact?.thing)))
        }
        let groups = open.form.personGroups.map { person, field, group in
            choose(
                field.id, field.label, "checkbox", recollection.persons.filter { recollection.may($0, be: person) },
                Set(group.fields.compactMap(\.fact?.thing)))
        }
        let choices = (persons + groups).compactMap { $0 }
        let from = ReuseTexts.from.replacing("%1", with: recollection.title)
            .replacing("%2", with: recollection.on.spoken)
        let form: HTML = """
            <p>\(from.html(language))</p>
            <form method="post" action="\(place)"><input type="hidden" name="code" value="\(code)">
            <input type="hidden" name="chosen" value="yes">
            \(choices)
            <button class="primary">\(ReuseTexts.use.html(language))</button></form>
            """
        return Page(
            ReuseTexts.title[language],
            """
            <div class="column">
            <h1>\(ReuseTexts.title.html(language))</h1>
            \(choices.isEmpty ? "<p>\(ReuseTexts.nothing.html(language))</p>" : form)
            \(skip)
            </div>
            """)
    }

    /// The persons who may be this one; nothing is chosen beforehand. Nil where nobody may.
    private func choose(
        _ name: String, _ label: Text, _ type: String, _ persons: [Recollection.Person], _ things: Set<Fact.Thing>
    ) -> HTML? {
        let possible = persons.filter { !things.isDisjoint(with: $0.facts.keys) }
        guard !possible.isEmpty else { return nil }
        let options: [HTML] = possible.map { person in
            let known = Fact.Thing.allCases.filter { things.contains($0) && person.facts[$0] != nil }
            let what = known.map(ReuseTexts.name(of:)).joined("、", en: ", ")
            let who = person.name.map { Text(verbatim: $0.text) } ?? ReuseTexts.unnamed
            return option(
                name, person.key, type,
                "\(who.html(language))（\(ReuseTexts.name(of: person.role).html(language))）", what.html(language))
        }
        let none: HTML = type == "radio" ? option(name, "", type, ReuseTexts.none.html(language), nil) : .empty
        return "<fieldset><legend>\(label.html(language))</legend>\(options)\(none)</fieldset>"
    }

    private func option(_ name: String, _ value: String, _ type: String, _ label: HTML, _ hint: HTML?) -> HTML {
        let id = "\(name)-\(value.isEmpty ? "none" : value)"
        let described = Attributes().with("aria-describedby", ifPresent: hint == nil ? nil : "\(id)-hint")
        return """
            <div class="option"><input type="\(type)" id="\(id)" name="\(name)" value="\(value)"\(described)>
            <label for="\(id)">\(label)</label>\(hint.map { #"<p class="hint" id="\#(id)-hint">\#($0)</p>"# as HTML })</div>
            """
    }

    private var skip: HTML {
        let next = (try? open.journey.resumePage).flatMap { $0 }
        let place: Link = next.map { .question(open.item.id, $0.id) } ?? .check(open.item.id)
        return #"<p><a href="\#(place)">\#(ReuseTexts.skip.html(language))</a></p>"#
    }

    /// The boxes of the consent, none ticked that was not ticked before.
    /// - Parameter possible: the purposes that answers of this form could serve; without any there is nothing to ask.
    static func boxes(
        _ purposes: Set<ReuseConsent.Purpose>, of possible: [ReuseConsent.Purpose], _ language: Language
    ) -> HTML {
        guard !possible.isEmpty else { return .empty }
        let boxes: [HTML] = possible.map { purpose in
            let checked = Attributes().with("checked", when: purposes.contains(purpose))
            return """
                <div class="option"><input type="checkbox" id="reuse-\(purpose.rawValue)" name="reuse" value="\(purpose.rawValue)"\(checked)>
                <label for="reuse-\(purpose.rawValue)">\(ReuseTexts.consent(to: purpose).html(language))</label></div>
                """
        }
        return """
            <fieldset><legend>\(ReuseTexts.consentTitle.html(language))</legend>
            <p class="hint">\(ReuseTexts.consentHow.html(language))</p>\(boxes)</fieldset>
            """
    }

    /// The consent on the status page: what was agreed to, where it was used, and the way to change it.
    static func consent(
        of open: OpenCase, _ purposes: Set<ReuseConsent.Purpose>, uses: [Use], _ language: Language
    ) -> HTML {
        guard !open.form.reusePurposes.isEmpty else { return .empty }
        let lines: [HTML] = uses.map { "<li>\($0.title.html(language))（\($0.on.spoken.html(language))）</li>" }
        let used: HTML =
            lines.isEmpty
            ? .empty
            : "<p>\(ReuseTexts.uses.html(language))</p><ul>\(lines)</ul><p>\(ReuseTexts.stays.html(language))</p>"
        return """
            <details class="act"><summary>\(ReuseTexts.consentTitle.html(language))</summary>
            <form method="post" action="\(.consent(open.item.id))">\(boxes(purposes, of: open.form.reusePurposes, language))\(used)
            <button>\(ReuseTexts.keepConsent.html(language))</button></form></details>
            """
    }

    /// An application in which answers were used.
    struct Use: Sendable {
        let title: Text
        let on: Day
    }
}

extension Form {
    /// For what its answers could be used in other applications.
    var reusePurposes: [ReuseConsent.Purpose] {
        let persons = Set(persons.map(\.person) + personGroups.map(\.person))
        return (persons.contains(.applicant) ? [.own] : [])
            + (persons.subtracting([.applicant]).isEmpty ? [] : [.household])
    }
}
