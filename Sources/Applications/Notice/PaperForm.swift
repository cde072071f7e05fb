import Core
import HTML
import Japanese

/// 紙の申請書. The same questions on paper, for those who would rather write: blank, or with what a draft has so far. In
/// Japanese, as a paper of the town is.
struct PaperForm {
    let form: Form
    let town: Town
    let section: Text
    /// The day it is printed.
    let today: Day
    /// The draft that is printed; nil for a blank one.
    var draft: Draft?

    struct Draft {
        let journey: Journey
        /// 確認コード, by which the counter opens it.
        let code: String
    }

    /// 様式番号, by which the counter finds the questions of a paper again: `dog-registration-3`.
    static func code(_ form: Form) -> String { "\(form.id)-\(form.version)" }

    /// The form and version of a 様式番号 as somebody typed it, or nil.
    static func read(_ typed: String) -> (form: String, version: Int)? {
        let text = Width.narrow(Spaces.trim(typed)).lowercased()
        guard let dash = text.lastIndex(of: "-"), let version = Int(text[text.index(after: dash)...]) else {
            return nil
        }
        return (String(text[..<dash]), version)
    }

    var html: HTML {
        let pages = form.pages.filter { !Preface.owns($0.id) }
        return """
            <table class="stamp"><tr><th>受付</th><td></td></tr></table>
            <p class="right">\(town.isSample ? "サンプル　" : "")様式番号　\(Self.code(form))</p>
            \(draft.map { "<p class=\"right\">確認コード　<b>\(Code.grouped($0.code))</b></p>" as HTML })
            <h1>\(form.title[.ja])</h1>
            <p>\(town.name[.ja])長　様</p>
            <p class="right">令和　　　年　　　月　　　日</p>
            \(pages.map { page($0, answers: draft?.journey.counted ?? [:]) })
            \(fee)\(papers)
            <h2>申請する方へ</h2>
            <p class="box">□　\(form.declaration[.ja])</p>
            \(agent)
            <p class="small">提出先: \(town.name[.ja]) \(section[.ja])（\(town.contact.address)　電話 \(town.contact.telephone)）。\
            書けないところは空欄のままで構いません。窓口で職員がお手伝いします。個人番号（マイナンバー）は書かないでください。</p>
            """
    }

    private func page(_ page: Form.Page, answers: Answers) -> HTML {
        let only: HTML? = page.when.map { condition in
            "<p class=\"small\">※ \(FormWords(form: form).occasion(condition))だけ</p>"
        }
        if case .exit(let words) = page.content {
            return "\(only)<p class=\"box\"><b>\(page.question[.ja])</b>\n\(words[.ja])</p>"
        }
        if let (field, group) = page.group { return "\(only)\(rows(field, group, answers))" }
        // 「はい・いいえ」 says nothing without its question.
        let asks = page.fields.count == 1 ? page.question : nil
        let lines: [HTML] = page.fields.map { line($0, answers[$0.id]?.value, asking: asks) }
        return "<div class=\"keep\">\(only)<table>\(lines)</table></div>"
    }

    /// So many blocks as there are rows, and room for as many as are usual.
    private func rows(_ field: Field, _ group: Field.Rows, _ answers: Answers) -> HTML {
        let given = answers.rows(of: field.id)
        let count = min(group.maximum, max(group.minimum, given.count, 3))
        let blocks: [HTML] = (0..<count).map { index in
            let inside = index < given.count ? given[index].answers : [:]
            return "<h3>\(group.noun[.ja]) \(index + 1)</h3>\(group.pages.map { page($0, answers: inside) })"
        }
        let more: HTML =
            count < group.maximum
            ? "<p class=\"small\">書ききれないときは、別の紙に続けてください（\(group.counted(group.maximum)[.ja])まで）。</p>" : .empty
        return "<h2>\(field.label[.ja])</h2>\(blocks)\(more)"
    }

    private func line(_ field: Field, _ value: FieldValue?, asking question: Text?) -> HTML {
        if case .information(let words) = field.kind { return "<tr><td colspan=\"2\">\(words[.ja])</td></tr>" }
        if case .computed = field.kind { return .empty }
        let hint: HTML? = field.hint.map { "<span class=\"small\">\n\($0[.ja])</span>" }
        let optional = field.isRequired ? "" : "（任意）"
        let label = if case .yesNo = field.kind { question ?? field.label } else { field.label }
        return """
            <tr><th>\(label[.ja])\(optional)\(hint)</th><td>\(value.map { filled($0, field) } ?? blank(field))</td></tr>
            """
    }

    private func filled(_ value: FieldValue, _ field: Field) -> HTML {
        let codes = value.codes
        if !field.options.isEmpty { return boxes(field.options) { codes.contains($0.value) } }
        return "\(field.spoken(value)[.ja])"
    }

    private func blank(_ field: Field) -> HTML {
        switch field.kind {
        case .name: "フリガナ\n\n氏名\n\n"
        case .address: "〒　　　　−\n\n"
        case .date(let rule):
            "\(eras(back: rule.daysBack ?? 36_525))" + (rule.isPartial == true ? "　　　年　　月（　　日）" : "　　　年　　月　　日")
        case .telephone: "　　　　（　　　　）\n"
        case .choice(let options): boxes(options) { _ in false }
        case .choices(let options): "あてはまるものすべて\n\(boxes(options) { _ in false })"
        case .yesNo: boxes(field.options) { _ in false }
        case .number(_, let unit), .decimal(_, _, let unit): "　　　　　\(unit?[.ja] ?? "")"
        case .money: "　　　　　円"
        case .consent(let words): "□　\(words[.ja])"
        case .account: "銀行など　　　　　　　　支店\n□ 普通　□ 当座　口座番号\n名義（カタカナ）\n"
        case .passage: "\n\n\n\n"
        case .attachment: "<span class=\"whole\">□ 添えます</span>　<span class=\"whole\">□ あとで出します</span>"
        case .text, .mail, .digits, .place: "\n"
        case .rows, .computed, .information: .empty
        }
    }

    /// The eras that a day may lie in, to circle one of.
    private func eras(back days: Int) -> String {
        let first = today.adding(days: -days)
        return Era.allCases.filter { $0.days.last.map { $0 >= first } ?? true }.map(\.name).joined(separator: "・")
    }

    private func boxes(_ options: [Field.Option], _ isChosen: (Field.Option) -> Bool) -> HTML {
        let lines: [HTML] = options.map { "<span class=\"whole\">\(isChosen($0) ? "☑" : "□") \($0.label[.ja])</span>　" }
        return "\(lines)"
    }

    private var fee: HTML? {
        guard let fee = form.fee else { return nil }
        let lines: [HTML] = fee.lines.map { line in
            let when = line.when.map { "（\(FormWords(form: form).occasion($0))）" } ?? ""
            return "<tr><th>\(line.label[.ja])\(when)</th><td>\(Yen.text(line.price))</td></tr>"
        }
        return "<div class=\"keep\"><h2>手数料</h2><table>\(lines)</table></div>"
    }

    private var papers: HTML? {
        let asked = (form.requirements ?? []).filter { $0.state != .abolished && !Preface.owns($0.id) }
        guard !asked.isEmpty else { return nil }
        let lines: [HTML] = asked.map { "<tr><th>□ \($0.name[.ja])</th><td>\($0.reason[.ja])</td></tr>" }
        return "<div class=\"keep\"><h2>添えていただく書類</h2><table>\(lines)</table></div>"
    }

    /// 代理人: what a draft has of one, or room to write.
    private var agent: HTML? {
        let agents = (draft?.journey.pages ?? form.asked(through: .proxy).pages).filter {
            ["by-agent", "by-mandate"].contains($0.id)
        }
        guard !agents.isEmpty else { return nil }
        let title = draft == nil ? "代理人が出すときだけ" : "代理人"
        return "<h2>\(title)</h2>\(agents.map { page($0, answers: draft?.journey.counted ?? [:]) })"
    }
}
