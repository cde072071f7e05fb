import Core
import HTML
import Japanese
import Web

/// 控え, as it is printed. In Japanese: it is the town's own paper.
struct Papers {
    let open: OpenCase
    let town: Town

    /// 受付の控え: what was sent, when, and the number it can be compared by.
    func receipt() throws -> HTML {
        let item = open.item
        let sent = item.submittedAt ?? item.savedAt
        return """
            <h1>受付の控え</h1>
            <p class="right">\(town.name[.ja])</p>
            <table>
            \(row("手続き", "\(open.form.title[.ja])（第\(open.form.version)版）"))
            \(row("受付番号", item.number ?? ""))
            \(row("確認コード", Code.grouped(try open.code)))
            \(row("届いた日時", "\(sent.day.bothCalendars) \(sent.timeOfDay)"))
            \(row("控えの照合番号", item.digest ?? ""))
            \(row("担当", town.sectionName(item.section)[.ja]))
            </table>
            <p class="small">照合番号により、役場の記録とこの控えが同じであることを窓口で確かめられます。確認コードは、ほかの人に知らせないでください。</p>
            <h2>申請の内容</h2>
            \(try answers())
            """
    }

    private func answers() throws -> HTML {
        let journey = try open.submitted
        let rows: [HTML] = journey.items.map { item in
            switch item {
            case .heading(let text): row(text[.ja], "")
            case .group(_, let field, let count): row(field.label[.ja], count[.ja])
            case .answer(_, let field, let answer):
                row(field.label[.ja], answer.map { field.spoken($0.value)[.ja] } ?? DraftTexts.empty[.ja])
            }
        }
        let working: HTML? = journey.fee.map { row("手数料の計算", workingWords($0)) }
        return "<table>\(rows)\(working)</table>"
    }

    private func workingWords(_ working: Fee.Working) -> String {
        let lines = working.lines.map { line, count, amount in
            "\(line.label[.ja])　\(Yen.text(line.price)) × \(count)\(line.unit?[.ja] ?? "") = \(Yen.text(amount))"
        }
        return (lines + ["合計　\(Yen.text(working.total))"]).joined(separator: "\n")
    }

    private func row(_ name: String, _ value: String) -> HTML { "<tr><th>\(name)</th><td>\(value)</td></tr>" }
}
