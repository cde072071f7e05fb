import Core
import HTML
import Web

/// 回答の一覧: what was answered, as its applicant and the desk read it, and what it costs.
struct AnswerList {
    let journey: Journey
    let language: Language
    /// Where a file is looked at.
    let file: @Sendable (AttachedFile) -> Link
    /// Where the answer to a page is changed, in a row or not; nil where it is only read.
    var change: (@Sendable (_ page: String, _ row: String?, _ question: String?) -> Link?)?

    var html: HTML {
        let blocks = journey.pages.flatMap { page -> [Block] in
            if let (field, group) = page.group { return rows(field, group, page) }
            return [.line(lines(page.fields, journey.counted) { change?(page.id, nil, nil) })]
        }
        return html(of: blocks) + (journey.fee.map(fee) ?? .empty)
    }

    /// A piece of the list: lines that belong in one list with those before them, or a heading between lists.
    private enum Block {
        case line(HTML)
        case heading(Text)
    }

    private func rows(_ field: Field, _ group: Field.Rows, _ page: Form.Page) -> [Block] {
        let rows = journey.counted.rows(of: field.id)
        let link = change?(page.id, nil, nil).map { self.link($0, field.label) }
        let head: HTML =
            "<div><dt>\(field.label.html(language))</dt><dd>\(DraftTexts.rowCount.with(String(rows.count)).html(language))</dd>\(link)</div>"
        return [.line(head)]
            + rows.enumerated().flatMap { index, row -> [Block] in
                [.heading(row.title(index + 1, in: group))]
                    + journey.way(in: row, of: group).pages.map { question in
                        .line(lines(question.fields, row.answers) { change?(page.id, row.id, question.id) })
                    }
            } + (rows.isEmpty ? [] : [.heading(DraftTexts.more)])
    }

    private func lines(_ fields: [Field], _ answers: Answers, _ place: () -> Link?) -> HTML {
        let lines: [HTML] = fields.compactMap { field in
            if case .information = field.kind { return nil }
            let answer = answers[field.id]
            let value = answer.map { self.value($0.value, field) } ?? DraftTexts.empty.html(language)
            let link = field.isAsked ? place().map { self.link($0, field.label) } : nil
            return
                "<div><dt>\(field.label.html(language))</dt><dd class=\"kept\">\(value)\(map(answer))</dd>\(link)</div>"
        }
        return "\(lines)"
    }

    private func html(of blocks: [Block]) -> HTML {
        var html: HTML = .empty
        var list: HTML = .empty
        func close() {
            if !list.isEmpty { html = html + "<dl class=\"answers\">\(list)</dl>" }
            list = .empty
        }
        for (index, block) in blocks.enumerated() {
            switch block {
            case .line(let lines): list = list + lines
            case .heading(let text):
                close()
                // The heading over what comes after a group stands only where something does.
                if index < blocks.count - 1 { html = html + "<h3>\(text.html(language))</h3>" }
            }
        }
        close()
        return html
    }

    private func value(_ value: FieldValue, _ field: Field) -> HTML {
        guard case .files(let files) = value else { return field.spoken(value).html(language) }
        let links: [HTML] = files.map { file in
            #"<li><a href="\#(self.file(file))" target="_blank">\#(file.name)</a> <small>\#(file.readableSize)</small></li>"#
        }
        return "<ul class=\"plain\">\(links)</ul>"
    }

    private func link(_ link: Link, _ label: Text) -> HTML {
        """
        <dd><a href="\(link)">\(DraftTexts.change.html(language))\
        <span class="unseen">\(DraftTexts.changeWhat.replacing("%1", with: label).html(language))</span></a></dd>
        """
    }

    /// 地理院地図 at the point, for whoever wants to look. A link: nothing is loaded from there.
    private func map(_ answer: GivenAnswer?) -> HTML? {
        guard case .place(let place)? = answer?.value, let point = place.point,
            let link = Link(https: "https://maps.gsi.go.jp/#17/\(point.text.replacing(", ", with: "/"))/")
        else { return nil }
        return #" <a href="\#(link)" rel="noreferrer">\#(DraftTexts.onTheMap.html(language))</a>"#
    }

    private func fee(_ working: Fee.Working) -> HTML {
        let lines: [HTML] = working.lines.map { line, count, amount in
            let unit = [Text(verbatim: String(count)), line.unit ?? Text(verbatim: "")].joined("", en: " ")
            return """
                <tr><th scope="row">\(line.label.html(language))</th>
                <td>\(Yen.spoken(line.price).html(language)) × \(unit.html(language))</td>
                <td class="number">\(Yen.spoken(amount).html(language))</td></tr>
                """
        }
        return """
            <h2>\(DraftTexts.fee.html(language))</h2>
            <div class="scroll" role="region" aria-label="\(DraftTexts.fee[language])" tabindex="0"><table>
            <tbody>\(lines)</tbody>
            <tfoot><tr><th scope="row" colspan="2">\(DraftTexts.feeTotal.html(language))</th>
            <td class="number"><b>\(Yen.spoken(working.total).html(language))</b></td></tr></tfoot></table></div>
            <p>\((journey.form.fee?.due == .submission ? DraftTexts.feeNow : DraftTexts.feeLater).html(language))</p>
            """
    }
}
