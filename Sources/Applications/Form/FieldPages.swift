import Core
import HTML
import Japanese
import Web

/// A field as it stands on its page: label, hint, what is wrong, control.
struct FieldView {
    let field: Field
    let language: Language
    /// True where the page's heading is the field's label already.
    let isAlone: Bool
    /// What was typed, by control.
    let typed: [String: [String]]
    let problems: [FieldReader.Problem]
    let today: Day
    /// The value of a computed field, if it is known.
    var computedValue: FieldValue?

    var html: HTML {
        switch field.kind {
        case .name: parts(FieldTexts.nameParts, completions: ["family-name", "given-name", nil, nil], width: "half")
        case .address: address
        case .date: date
        case .choice(let options) where options.count > Self.listed && options.allSatisfy { $0.hint == nil }:
            list(options)
        case .choice, .yesNo: choices(field.options, type: "radio")
        case .choices(let options): choices(options, type: "checkbox")
        case .consent(let words): consent(words)
        case .passage: passage
        case .text: single(mode: nil, completion: nil, size: "wide")
        case .telephone: single(mode: "tel", completion: "tel", size: "medium")
        case .mail: single(mode: "email", completion: "email", size: "wide")
        case .digits(let count): single(mode: "numeric", completion: nil, size: count > 8 ? "medium" : "short")
        case .number(_, let unit): single(mode: "numeric", completion: nil, size: "short", unit: unit)
        case .decimal(_, _, let unit): single(mode: "decimal", completion: nil, size: "short", unit: unit)
        case .money: single(mode: "numeric", completion: nil, size: "medium", unit: FieldTexts.yen)
        case .account: account
        case .place: place
        case .information(let words): #"<div class="words">\#(words.paragraphs(language))</div>"#
        case .computed: computed
        case .rows, .attachment: .empty
        }
    }

    func value(_ control: String) -> String { typed[control]?.first ?? "" }

    func problem(of control: String) -> HTML? {
        problems.first { $0.control == control }.map { problem in
            #"<p class="error" id="\#(control)-error">\#(problem.words.html(language))</p>"#
        }
    }

    func hint(_ control: String, _ hint: Text?) -> HTML? {
        hint.map { #"<p class="hint" id="\#(control)-hint">\#($0.html(language))</p>"# }
    }

    func described(_ control: String, hinted: Bool) -> Attributes {
        let hasProblem = problems.contains { $0.control == control }
        let ids = (hinted ? ["\(control)-hint"] : []) + (hasProblem ? ["\(control)-error"] : [])
        return Attributes()
            .with("aria-describedby", ifPresent: ids.isEmpty ? nil : ids.joined(separator: " "))
            .with("aria-invalid", ifPresent: hasProblem ? "true" : nil)
    }

    private var optionalMark: HTML? {
        field.isRequired ? nil : #" <span class="tag">\#(FieldTexts.optional.html(language))</span>"#
    }

    private func single(mode: String?, completion: String?, size: String, unit: Text? = nil) -> HTML {
        let attributes = described(field.id, hinted: field.hint != nil)
            .with("inputmode", ifPresent: mode).with("autocomplete", completion ?? "off")
        return """
            <div class="field">
            \(label)\(hint(field.id, field.hint))\(problem(of: field.id))
            <input id="\(field.id)" name="\(field.id)" class="\(size)" value="\(value(field.id))"\(attributes)>\(unit.map { "<span class=\"unit\">\($0.html(language))</span>" })
            </div>
            """
    }

    private var passage: HTML {
        """
        <div class="field">
        \(label)\(hint(field.id, field.hint))\(problem(of: field.id))
        <textarea id="\(field.id)" name="\(field.id)" rows="5"\(described(field.id, hinted: field.hint != nil))>
        \(value(field.id))</textarea>
        </div>
        """
    }

    private var label: HTML {
        let hidden = isAlone ? Attributes().with("class", "unseen") : Attributes()
        return #"<label for="\#(field.id)"\#(hidden)>\#(field.label.html(language))\#(optionalMark)</label>"#
    }

    /// Several controls of one line each, in a group with the field's name.
    private func parts(_ labels: [Text], completions: [String?], width: String) -> HTML {
        let rows: [HTML] = zip(field.controls, zip(labels, completions)).map { control, about in
            part(control, about.0, completion: about.1, width: width, hint: nil)
        }
        return group(#"<div class="halves">\#(rows)</div>"#)
    }

    func part(
        _ control: String, _ label: Text, completion: String?, width: String, mode: String? = nil, hint: Text?
    ) -> HTML {
        let attributes = described(control, hinted: hint != nil)
            .with("inputmode", ifPresent: mode).with("autocomplete", completion ?? "off")
        return """
            <div class="field">
            <label for="\(control)">\(label.html(language))</label>\(self.hint(control, hint))\(problem(of: control))
            <input id="\(control)" name="\(control)" class="\(width)" value="\(value(control))"\(attributes)>
            </div>
            """
    }

    private var address: HTML {
        let controls = field.controls
        return group(
            part(
                controls[0], FieldTexts.postcodeLabel, completion: "postal-code", width: "short", mode: "numeric",
                hint: Text(verbatim: "329-0696"))
                + part(
                    controls[1], FieldTexts.street, completion: "street-address", width: "wide",
                    hint: FieldTexts.streetHint)
                + part(controls[2], FieldTexts.building, completion: nil, width: "wide", hint: nil))
    }

    /// A fieldset whose legend is the field's name, or unseen where the heading says it.
    func group(_ controls: HTML) -> HTML {
        let hidden = isAlone ? Attributes().with("class", "unseen") : Attributes()
        let described = Attributes().with("aria-describedby", ifPresent: field.hint == nil ? nil : "\(field.id)-hint")
        return """
            <fieldset\(described)>
            <legend\(hidden)>\(field.label.html(language))\(optionalMark)</legend>\(hint(field.id, field.hint))
            \(controls)
            </fieldset>
            """
    }

    /// More options than that are a list to choose from, such as countries.
    private static let listed = 15

    private func list(_ options: [Field.Option]) -> HTML {
        let chosen = value(field.id)
        let lines: [HTML] = options.map { option in
            let selected = Attributes().with("selected", when: option.value == chosen)
            return #"<option value="\#(option.value)"\#(selected)>\#(option.label[language])</option>"#
        }
        return """
            <div class="field">
            \(label)\(hint(field.id, field.hint))\(problem(of: field.id))
            <select id="\(field.id)" name="\(field.id)"\(described(field.id, hinted: field.hint != nil))>
            <option value="">\(FieldTexts.choosePrompt[language])</option>\(lines)</select>
            </div>
            """
    }

    private func choices(_ options: [Field.Option], type: String) -> HTML {
        let chosen = typed[field.id] ?? []
        let rows: [HTML] = options.enumerated().map { index, option in
            // The first carries the field's own id, so that the error summary leads to it.
            let id = index == 0 ? field.id : "\(field.id)-\(option.value)"
            let attributes = Attributes().with("checked", when: chosen.contains(option.value))
                .with("aria-describedby", ifPresent: option.hint == nil ? nil : "\(id)-option-hint")
            let hint: HTML? = option.hint.map { #"<p class="hint" id="\#(id)-option-hint">\#($0.html(language))</p>"# }
            return """
                <div class="option">
                <input type="\(type)" id="\(id)" name="\(field.id)" value="\(option.value)"\(attributes)>
                <label for="\(id)">\(option.label.html(language))</label>\(hint)
                </div>
                """
        }
        return group(#"\#(problem(of: field.id))\#(rows)"#)
    }

    private func consent(_ words: Text) -> HTML {
        let attributes = described(field.id, hinted: false).with("checked", when: value(field.id) == "yes")
        return """
            <div class="words">\(words.paragraphs(language))</div>
            \(problem(of: field.id))
            <div class="option">
            <input type="checkbox" id="\(field.id)" name="\(field.id)" value="yes"\(attributes)>
            <label for="\(field.id)">\(field.label.html(language))</label>
            </div>
            """
    }
}

extension FieldView {
    private var date: HTML {
        let controls = field.controls
        let current = typed[controls[0]]?.first ?? (language == .ja ? usualEra : "")
        let eras: [HTML] = Era.allCases.reversed().map { era in
            let selected = Attributes().with("selected", when: era.rawValue == current)
            return #"<option value="\#(era.rawValue)"\#(selected)>\#(eraName(era))</option>"#
        }
        let western = Attributes().with("selected", when: current.isEmpty)
        let boxes: [HTML] = zip(controls.dropFirst(), FieldTexts.dateParts).map { control, label in
            """
            <div><label for="\(control)">\(label.html(language))</label>
            <input id="\(control)" name="\(control)" class="short" inputmode="numeric" autocomplete="off" \
            value="\(value(control))"\(describedDate(control))></div>
            """
        }
        return group(
            """
            \(isPartial ? "<p class=\"hint\">\(FieldTexts.partialHint.html(language))</p>" : .empty)
            \(controls.dropFirst().map { problem(of: $0) ?? .empty })
            <div class="date">
            <div><label for="\(controls[0])">\(FieldTexts.era.html(language))</label>
            <select id="\(controls[0])" name="\(controls[0])">\(eras)<option value=""\(western)>\(FieldTexts.western[language])</option></select></div>
            \(boxes)
            </div>
            """)
    }

    private var isPartial: Bool {
        if case .date(let rule) = field.kind { rule.isPartial == true } else { false }
    }

    private func describedDate(_ control: String) -> Attributes { described(control, hinted: false) }

    /// 令和, and for those who do not read it: Reiwa (2019–).
    private func eraName(_ era: Era) -> String {
        language.isWrittenAsJapanese ? era.name : "\(era.latinName) (\(era.days.first.year)–) \(era.name)"
    }

    /// The era that a date nobody has typed yet most likely lies in: the present one.
    private var usualEra: String { Era.of(today)?.rawValue ?? "" }
}
