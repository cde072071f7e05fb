import Core
import HTML
import Web

/// 記入欄の画面. A control for a place of the register, with what was typed and what is wrong with it.
struct CellView {
    let id: String
    let label: String
    let entry: Cell.Entry
    let hint: String
    /// What stands there or was typed.
    let value: String
    let fault: String?
    var language: Language = .ja

    var html: HTML {
        let about = [hint.isEmpty ? nil : "\(id)-hint", fault == nil ? nil : "\(id)-error"].compactMap { $0 }
        let marks = Attributes().with("aria-describedby", ifPresent: about.isEmpty ? nil : about.joined(separator: " "))
            .with("aria-invalid", ifPresent: fault == nil ? nil : "true")
        let words: HTML? = hint.isEmpty ? nil : #"<p class="hint" id="\#(id)-hint">\#(hint)</p>"#
        let error: HTML? = fault.map { #"<p class="error" id="\#(id)-error">\#($0)</p>"# }
        switch entry {
        case .several(let options):
            let chosen = Set(Cell.parts(value))
            let boxes: [HTML] = options.map { option in
                let isChosen = chosen.contains(option.name) || chosen.contains(option.code)
                let place = "\(id)-\(option.code)"
                return """
                    <div class="option"><input type="checkbox" id="\(place)" name="\(id)" value="\(option.name)"\(Attributes().with("checked", when: isChosen))>
                    <label for="\(place)">\(option.name)</label></div>
                    """
            }
            return """
                <fieldset id="\(id)"\(Attributes().with("aria-describedby", ifPresent: about.isEmpty ? nil : about.joined(separator: " ")))>
                <legend>\(label)</legend>\(words)\(error)<div class="boxes">\(boxes)</div></fieldset>
                """
        default:
            return
                #"<div class="field"><label for="\#(id)">\#(label)</label>\#(words)\#(error)\#(control(marks))</div>"#
        }
    }

    /// The control alone.
    func control(_ marks: Attributes) -> HTML {
        switch entry {
        case .words:
            return """
                <textarea id="\(id)" name="\(id)" rows="3" lang="\(language.tag)"\(marks)>
                \(value)</textarea>
                """
        case .number(let unit):
            return """
                <input id="\(id)" name="\(id)" class="short" value="\(value)" inputmode="numeric" autocomplete="off"\(marks)> <span class="unit">\(unit)</span>
                """
        case .choice(let options):
            let known = options.first { $0.name == value || $0.code == value }
            let lines: [HTML] = options.map { option in
                #"<option value="\#(option.name)"\#(Attributes().with("selected", when: option == known))>\#(option.name)</option>"#
            }
            // What was typed elsewhere and is no option stays to be seen.
            let other: HTML? =
                known == nil && !value.isEmpty ? #"<option value="\#(value)" selected="">\#(value)</option>"# : nil
            return """
                <select id="\(id)" name="\(id)"\(marks)><option value="">不明</option>\(other)\(lines)</select>
                """
        case .line, .day, .several:
            let size = if case .day = entry { "medium" } else { "wide" }
            return
                #"<input id="\#(id)" name="\#(id)" class="\#(size)" value="\#(value)" lang="\#(language.tag)" autocomplete="off"\#(marks)>"#
        }
    }
}

/// What a page says of things that are wrong.
enum CellProblems {
    /// The summary before the heading; nothing where nothing is wrong.
    static func summary(_ faults: [CardFault], among controls: Set<String>) -> HTML {
        guard !faults.isEmpty else { return .empty }
        return ProblemSummary(
            "直すところがあります（\(faults.count)）",
            faults.map { fault in (fault.key.flatMap { controls.contains($0) ? $0 : nil }, "\(fault.words)") }
        ).html
    }

    /// What others changed, and what saving would change.
    static func conflict(_ others: [CardDifference], mine: [CardDifference]) -> HTML {
        func list(_ differences: [CardDifference]) -> HTML {
            let lines: [HTML] = differences.map { "<li class=\"kept\">\($0.words)</li>" }
            return "<ul>\(lines)</ul>"
        }
        let theirs: HTML? =
            others.isEmpty ? nil : "<p><b>開いている間に、ほかの職員が変えたところ</b></p>\(list(others))"
        let own: HTML? = mine.isEmpty ? nil : "<p><b>このまま保存すると、変わるところ</b></p>\(list(mine))"
        return """
            <div class="problems" role="alert" tabindex="-1"><h2>ほかの職員が先に変えました</h2>
            <p>入力された内容は、下にそのまま残っています。違いを確かめて、必要なら直してから、もう一度保存してください。</p>
            \(theirs)\(own)</div>
            """
    }

    static let note: HTML = """
        <div class="field"><label for="note">変更の理由・メモ（履歴に残ります。任意）</label>
        <input id="note" name="note" class="wide" maxlength="200" autocomplete="off"></div>
        """
}
