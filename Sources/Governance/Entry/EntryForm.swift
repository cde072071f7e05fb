import Core
import HTML
import Japanese
import Web

/// The controls of a form, each with its label, what has to be mended, and what was typed.
extension Entry {
    /// What has to be mended, before the page's heading.
    var summary: HTML? {
        problems.isEmpty
            ? nil
            : ProblemSummary("入力内容をお確かめください", problems.map { (control: $0.control, words: "\($0.words)") }).html
    }

    /// How a page is called while something has to be mended.
    func titled(_ title: String) -> String { problems.isEmpty ? title : "エラー: \(title)" }

    /// A line of words.
    func line(
        _ control: String, _ label: String, hint: String? = nil, now: String = "", width: HTML = "wide",
        kind: HTML = "text"
    ) -> HTML {
        field(
            control, label, hint,
            #"<input type="\#(kind)" id="\#(control)" name="\#(control)" class="\#(width)" value="\#(self[control] ?? now)" autocomplete="off"\#(attributes(control, hint))>"#
        )
    }

    /// A day, typed as people write it.
    func date(_ control: String, _ label: String, hint: String? = "令和8年4月1日、R8.4.1、2026-04-01 のどれでも", now: Day? = nil)
        -> HTML
    {
        line(control, label, hint: hint, now: now?.iso ?? "", width: "medium")
    }

    /// Several lines of words.
    func area(_ control: String, _ label: String, hint: String? = nil, now: String = "", rows: Int = 3) -> HTML {
        field(
            control, label, hint,
            """
            <textarea id="\(control)" name="\(control)" rows="\(rows)"\(attributes(control, hint))>
            \(self[control] ?? now)</textarea>
            """)
    }

    /// One of a list.
    /// - Parameter none: what is called that nothing is chosen; nil where the first is chosen.
    func list(
        _ control: String, _ label: String, _ choices: [(id: String, name: String)], hint: String? = nil,
        now: String = "",
        none: String? = "選んでください"
    ) -> HTML {
        let options = SelectOptions((none.map { [("", $0)] } ?? []) + choices).html(self[control] ?? now)
        return field(
            control, label, hint,
            #"<select id="\#(control)" name="\#(control)"\#(attributes(control, hint))>\#(options)</select>"#)
    }

    /// Several of a list.
    func boxes(_ control: String, _ label: String, _ choices: [(id: String, name: String)], now: [String] = []) -> HTML
    {
        let chosen = self[control] == nil && self["seen"] == nil ? now : all(control)
        let boxes: [HTML] = choices.enumerated().map { index, choice in
            let mark = Attributes().with("checked", when: chosen.contains(choice.id))
            let id = index == 0 ? control : "\(control)-\(index)"
            return
                #"<div class="option"><input type="checkbox" id="\#(id)" name="\#(control)" value="\#(choice.id)"\#(mark)><label for="\#(id)">\#(choice.name)</label></div>"#
        }
        let error: HTML? = problem(control).map { #"<p class="error" id="\#(control)-error">\#($0)</p>"# }
        return #"<fieldset><legend>\#(label)</legend>\#(error)<div class="boxes">\#(boxes)</div></fieldset>"#
    }

    /// One of a few, all of them in sight.
    func radios(_ control: String, _ label: String, _ choices: [(id: String, name: String)], now: String = "") -> HTML {
        let chosen = self[control] ?? now
        let options: [HTML] = choices.enumerated().map { index, choice in
            let mark = Attributes().with("checked", when: chosen == choice.id)
            let id = index == 0 ? control : "\(control)-\(index)"
            return
                #"<div class="option"><input type="radio" id="\#(id)" name="\#(control)" value="\#(choice.id)"\#(mark)><label for="\#(id)">\#(choice.name)</label></div>"#
        }
        let error: HTML? = problem(control).map { #"<p class="error" id="\#(control)-error">\#($0)</p>"# }
        return #"<fieldset><legend>\#(label)</legend>\#(error)\#(options)</fieldset>"#
    }

    /// What makes one thing of a form that is sent twice.
    var onceField: HTML { #"<input type="hidden" name="once" value="\#(once)">"# }

    /// The revision that the form is filled in for.
    func seen(_ revision: Int) -> HTML { #"<input type="hidden" name="seen" value="\#(revision)">"# }

    private func problem(_ control: String) -> String? { problems.first { $0.control == control }?.words }

    private func field(_ control: String, _ label: String, _ hint: String?, _ input: HTML) -> HTML {
        let error: HTML? = problem(control).map { #"<p class="error" id="\#(control)-error">\#($0)</p>"# }
        let help: HTML? = hint.map { #"<p class="hint" id="\#(control)-hint">\#($0)</p>"# }
        return #"<div class="field"><label for="\#(control)">\#(label)</label>\#(help)\#(error)\#(input)</div>"#
    }

    private func attributes(_ control: String, _ hint: String?) -> Attributes {
        let isWrong = problem(control) != nil
        let described = [hint.map { _ in "\(control)-hint" }, isWrong ? "\(control)-error" : nil].compactMap(\.self)
        return Attributes().with(
            "aria-describedby", ifPresent: described.isEmpty ? nil : described.joined(separator: " ")
        )
        .with("aria-invalid", ifPresent: isWrong ? "true" : nil)
    }
}
