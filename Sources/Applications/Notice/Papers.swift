import Core
import HTML
import Japanese
import Web

/// 控えと通知書, as they are printed. In Japanese: these are the town's own papers.
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

    /// 決定通知書. With the reason (行政手続法 第8条) and, where the answer was no, how to object (行政不服審査法 第82条).
    func notice(words: String?, fee: FeeLedger) throws -> HTML {
        let item = open.item
        let isApproved = item.status == .approved
        let day = (item.decidedAt ?? item.savedAt).day
        let result = isApproved ? "承認します" : "承認しません"
        let charged: HTML? = fee.charged.map {
            row("手数料", "\(Yen.text($0))（\(FeeTexts.name(fee.state)[.ja])）")
        }
        let objection: HTML? =
            isApproved
            ? nil
            : """
            <h2>この決定に不服がある場合</h2>
            <p>この決定があったことを知った日の翌日から起算して3か月以内に、\(town.name[.ja])長に対して審査請求をすることができます。\
            また、この決定があったことを知った日の翌日から起算して6か月以内に、\(town.name[.ja])を被告として、処分の取消しの訴えを提起することができます。</p>
            """
        return """
            <p class="right">\(item.number ?? "")<br>\(day.wareki)</p>
            <p class="name">\(try open.submitted.applicantName?.text ?? "申請者")　様</p>
            <p class="right">\(town.name[.ja])長</p>
            <h1>決定通知書</h1>
            <p>\((item.submittedAt ?? item.savedAt).day.wareki)に受け付けた「\(open.form.title[.ja])」について、次のとおり決定しましたので通知します。</p>
            <table>
            \(row("決定", result))
            \(row(isApproved ? "お伝えすること" : "理由", words ?? ""))
            \(charged)
            </table>
            \(objection)
            <h2>お問い合わせ</h2>
            <p>\(town.sectionName(item.section)[.ja])　電話 \(town.contact.telephone)<br>\(town.contact.address)</p>
            <p class="small">この通知書の内容は、受付番号と確認コードにより、申請の状況のページで確かめられます。</p>
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
