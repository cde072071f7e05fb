import Core
import HTML
import Web
import Yams

/// 編集欄の画面. The controls of a place, with what stands there now.
struct EntryView {
    let list: EntryList
    let place: FormTree.Place

    func html(_ entry: Entry) -> HTML {
        let node = value(entry.key)
        let hint: HTML? = entry.hint.isEmpty ? nil : #"<p class="hint">\#(entry.hint)</p>"#
        switch entry.kind {
        case .words(let isLong, let isNeeded):
            return fieldset(entry, hint, words(entry.key, node, isLong: isLong), isOptional: !isNeeded)
        case .day: return field(entry, hint, node?.text ?? "", "medium")
        case .line: return field(entry, hint, node?.text ?? "", "wide")
        case .number(let usual): return field(entry, hint, node?.text ?? usual.map(String.init) ?? "", "short")
        case .flag(let on):
            return box(entry.key, "yes", entry.label, isTicked: node?.text == (on ? "true" : "false"))
        case .choice(let options):
            let current = node?.text ?? ""
            let lines: [HTML] = options.map { value, name in
                #"<option value="\#(value)"\#(Attributes().with("selected", when: value == current))>\#(name)</option>"#
            }
            let unknown: HTML? =
                options.contains { $0.value == current }
                ? nil : #"<option value="\#(current)" selected="">\#(current)</option>"#
            return """
                <div class="field"><label for="\(entry.key)">\(entry.label)</label>\(hint)
                <select id="\(entry.key)" name="\(entry.key)">\(unknown)\(lines)</select></div>
                """
        case .several(let options):
            let chosen = Set(node?.sequence?.compactMap(\.text) ?? [])
            let boxes = options.map { box(entry.key, $0.value, $0.name, isTicked: chosen.contains($0.value)) }
            return fieldset(entry, hint, "\(boxes)", isOptional: true)
        case .options: return fieldset(entry, hint, options(entry.key, node), isOptional: false)
        case .condition(let isNeeded):
            let condition = ConditionEntry(
                name: entry.key, node: node, isNeeded: isNeeded, fields: list.fields(before: before))
            return fieldset(entry, hint, condition.html, isOptional: false)
        case .formula: return fieldset(entry, hint, formula(entry.key, node), isOptional: false)
        }
    }

    /// What stands at a key: `days.days_back` is inside `days`.
    private func value(_ key: String) -> Node? {
        list.tree.node(FormTree.Place(place.path + FormTree.Place(key).path))
    }

    /// The place whose earlier questions count: everything for what is not on a page.
    private var before: FormTree.Place? { place.path.first == .key("pages") ? place : nil }

    private func field(_ entry: Entry, _ hint: HTML?, _ value: String, _ size: String) -> HTML {
        """
        <div class="field"><label for="\(entry.key)">\(entry.label)</label>\(hint)
        <input id="\(entry.key)" name="\(entry.key)" class="\(size)" value="\(value)" autocomplete="off"></div>
        """
    }

    private func fieldset(_ entry: Entry, _ hint: HTML?, _ inner: HTML, isOptional: Bool) -> HTML {
        let mark: HTML = isOptional ? #" <span class="tag">任意</span>"# : .empty
        return "<fieldset><legend>\(entry.label)\(mark)</legend>\(hint)\(inner)</fieldset>"
    }

    private func box(_ name: String, _ value: String, _ label: String, isTicked: Bool) -> HTML {
        let id = "\(name)-\(value)"
        return """
            <div class="option"><input type="checkbox" id="\(id)" name="\(name)" value="\(value)"\(Attributes().with("checked", when: isTicked))>
            <label for="\(id)">\(label)</label></div>
            """
    }

    /// A control for each language; those that stand empty are seen at once.
    private func words(_ name: String, _ node: Node?, isLong: Bool, unseen: String = "") -> HTML {
        let lines: [HTML] = list.languages.map { language in
            let id = "\(name).\(language.id)"
            let text = node?[language.id]?.text ?? (language == .ja ? node?.text : nil) ?? ""
            let control: HTML =
                isLong
                ? """
                <textarea id="\(id)" name="\(id)" rows="3" lang="\(language.tag)">
                \(text)</textarea>
                """
                : #"<input id="\#(id)" name="\#(id)" class="wide" value="\#(text)" lang="\#(language.tag)" autocomplete="off">"#
            let about: HTML = unseen.isEmpty ? .empty : #"<span class="unseen">（\#(unseen)）</span>"#
            return #"<div class="words-line"><label for="\#(id)">\#(language.name)\#(about)</label>\#(control)</div>"#
        }
        return "\(lines)"
    }

    private func options(_ name: String, _ node: Node?) -> HTML {
        let options = node?.sequence.map(Array.init) ?? []
        let blocks: [HTML] = (0..<options.count + 2).map { index in
            let option = index < options.count ? options[index] : nil
            let head = "\(name).\(index)"
            let title = option == nil ? "新しい選択肢" : "選択肢\(index + 1)"
            let hints: HTML = """
                <details\(Attributes().with("open", when: option?["hint"] != nil))><summary>補足<span class="unseen">（\(title)）</span></summary>
                \(words("\(head).hint", option?["hint"], isLong: false, unseen: "\(title)の補足"))</details>
                """
            return """
                <div class="inner"><p><b>\(title)</b></p><input type="hidden" name="\(head).value" value="\(option?["value"]?.text ?? "")">
                \(words("\(head).label", option?["label"], isLong: false, unseen: title))\(hints)</div>
                """
        }
        return "<p class=\"hint\">日本語を空欄にした選択肢は、なくなります。</p>\(blocks)"
    }

    /// A number that is fixed, an answer, how many rows there are, or a formula in YAML.
    private func formula(_ name: String, _ node: Node?) -> HTML {
        let fields = list.fields(before: before)
        let (mode, number, source) = FormulaEntry.parts(of: node, fields: fields)
        var options: [(String, String)] = [("number", "決まった数")]
        options += fields.filter { ["number", "money", "computed"].contains($0.kind) }.map {
            ("field:\($0.id)", "「\($0.label)」の答え")
        }
        options += fields.filter { $0.kind == "rows" }.map { ("rows:\($0.id)", "「\($0.label)」の数") }
        options.append(("yaml", "くわしい計算を書く（YAML）"))
        let lines: [HTML] = options.map { value, label in
            #"<option value="\#(value)"\#(Attributes().with("selected", when: value == mode))>\#(label)</option>"#
        }
        return """
            <div class="field"><label for="\(name).mode">もとになるもの</label>
            <select id="\(name).mode" name="\(name).mode">\(lines)</select></div>
            <div class="field"><label for="\(name).number">決まった数</label>
            <input id="\(name).number" name="\(name).number" class="short" value="\(number)" autocomplete="off"></div>
            <details\(Attributes().with("open", when: mode == "yaml"))><summary>くわしい計算（YAML）</summary>
            <label for="\(name).yaml">計算（YAML）</label>
            <textarea id="\(name).yaml" name="\(name).yaml" rows="4" spellcheck="false">
            \(source)</textarea></details>
            """
    }
}
