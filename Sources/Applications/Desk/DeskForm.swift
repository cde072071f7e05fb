import Core
import HTML
import Web

/// The forms of the case page: each says what its officer saw, and has a name of its own, so that pressing twice does it
/// once. What was typed and could not be taken stays in its place.
struct DeskForm {
    let item: Case
    /// The last thing that had happened.
    let mark: String
    let attempt: Attempt?
    /// A template that was chosen, with its words filled; nil for none.
    let filled: Filled?
    let templates: [MessageTemplate]

    /// What an officer tried and what was the matter with it, if the page is shown for that.
    struct Attempt: Sendable {
        let verb: String
        let typed: String
        let pins: [Pin]
        let refusal: CaseRefusal
        /// All that was posted.
        let posted: Posted
    }

    /// 文例を入れる. The words of a template, for the box of a form.
    struct Filled: Sendable {
        let verb: String
        let template: MessageTemplate
        let words: String
    }

    var place: Link { .desk(item.id) }

    func isTried(_ verb: String) -> Bool { attempt?.verb == verb }

    func isOpen(_ verb: String) -> Bool { isTried(verb) || filled?.verb == verb }

    /// What stands in a control: what was tried, or what it begins with.
    func value(_ verb: String, _ name: String, _ beginning: String = "") -> String {
        isTried(verb) ? attempt?.posted[name] ?? beginning : beginning
    }

    /// What stands in the box for words.
    func words(_ verb: String) -> String {
        if isTried(verb) { return attempt?.typed ?? "" }
        return filled?.verb == verb ? filled?.words ?? "" : ""
    }

    /// The hidden controls of a form.
    func seen() -> HTML {
        """
        <input type="hidden" name="seen" value="\(item.status.rawValue)">\
        <input type="hidden" name="mark" value="\(mark)"><input type="hidden" name="once" value="\(ID<Case>().text)">
        """
    }

    /// How a button looks: one of a page is primary.
    enum Look {
        case primary, plain, quiet

        var name: String? {
            switch self {
            case .primary: "primary"
            case .plain: nil
            case .quiet: "quiet"
            }
        }
    }

    /// A button that needs no words.
    func button(_ verb: String, _ label: String, look: Look = .plain, more: HTML = .empty) -> HTML {
        """
        <form method="post" action="\(place.below(verb))">\(seen())\(more)
        <button\(Attributes().with("class", ifPresent: look.name))>\(label)</button></form>
        """
    }

    /// An act with words, folded until somebody wants it.
    /// - Parameters:
    ///   - label: what the words are.
    ///   - before: what is asked before the words.
    ///   - isFirst: true for what is done most often now: it is not folded.
    func worded(
        _ verb: String, _ title: String, _ label: String, required: Bool, before: HTML = .empty, after: HTML = .empty,
        uses: [MessageTemplate.Use] = [], isFirst: Bool = false, button: String? = nil
    ) -> HTML {
        let attributes = Attributes().with("required", when: required)
            .with("aria-invalid", ifPresent: isTried(verb) && attempt?.refusal.isAboutWords == true ? "true" : nil)
        let isPrimary = Attributes().with("class", ifPresent: isFirst ? "primary" : nil)
        return """
            <details class="act" id="\(verb)"\(Attributes().with("open", when: isFirst || isOpen(verb)))><summary>\(title)</summary>
            \(choosing(verb, uses))
            <form method="post" action="\(place.below(verb))">\(seen())\(before)
            <div class="field"><label for="\(verb)-words">\(label)</label>
            <textarea id="\(verb)-words" name="words" rows="4"\(attributes)>
            \(words(verb))</textarea></div>\(after)
            <button\(isPrimary)>\(button ?? title)</button></form></details>
            """
    }

    /// 文例を選ぶ. Works without a script: choosing comes back with the box filled.
    private func choosing(_ verb: String, _ uses: [MessageTemplate.Use]) -> HTML? {
        let fitting = templates.filter { uses.contains($0.use) }
        guard !fitting.isEmpty else { return nil }
        let options: [HTML] = fitting.map { template in
            let chosen = Attributes().with(
                "selected", when: filled?.verb == verb && filled?.template.id == template.id)
            return #"<option value="\#(template.id)"\#(chosen)>\#(template.name)</option>"#
        }
        return """
            <form method="get" action="\(place)#\(verb)" class="choose"><input type="hidden" name="for" value="\(verb)">
            <label for="\(verb)-template">文例</label><select id="\(verb)-template" name="template">\(options)</select>
            <button>入れる</button></form>
            """
    }
}

extension CaseRefusal {
    /// True if it is about the words that were typed.
    var isAboutWords: Bool {
        switch self {
        case .reasonMissing, .unusable: true
        default: false
        }
    }
}
