import Core
import HTML
import Web

/// 回答の一覧: what was answered, as its applicant and the desk read it, and what it costs.
struct AnswerList {
    let journey: Journey
    let language: Language
    /// Where a file is looked at.
    let file: @Sendable (AttachedFile) -> Link
    /// Where an answer is changed; nil where it is only read.
    var change: ((Spot) -> Link?)?
    /// True where nobody presses anything: nothing leads anywhere.
    var isOnlyShown = false

    var html: HTML {
        var (html, lines): (HTML, HTML) = (.empty, .empty)
        func close() {
            if !lines.isEmpty { html = html + "<dl class=\"answers\">\(lines)</dl>" }
            lines = .empty
        }
        for item in journey.items {
            switch item {
            case .heading(let text):
                close()
                html = html + "<h3>\(text.html(language))</h3>"
            case .group(let spot, let field, let count):
                lines = lines + line(field, count.html(language), change?(spot))
            case .answer(let spot, let field, let answer):
                let value = answer.map { self.value($0.value, field) } ?? DraftTexts.empty.html(language)
                lines =
                    lines + line(field, "\(value)\(map(answer))\(source(answer))", field.isAsked ? change?(spot) : nil)
            }
        }
        close()
        return html + (journey.fee.map(fee) ?? .empty)
    }

    private func source(_ answer: GivenAnswer?) -> HTML? {
        answer?.source.map { "<br><small>\($0.words.html(language))</small>" }
    }

    private func line(_ field: Field, _ value: HTML, _ place: Link?) -> HTML {
        """
        <div><dt>\(field.label.html(language))</dt><dd class="kept">\(value)</dd>\(place.map { link($0, field.label) })</div>
        """
    }

    private func value(_ value: FieldValue, _ field: Field) -> HTML {
        guard case .files(let files) = value else { return field.spoken(value).html(language) }
        let links: [HTML] = files.map { file in
            if isOnlyShown { return "<li>\(file.name)</li>" }
            return
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
        guard !isOnlyShown, case .place(let place)? = answer?.value, let point = place.point,
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
