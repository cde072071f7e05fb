import Core
import HTML
import Web

/// The question that is answered with a file.
struct AttachmentPages {
    let pages: DraftPages
    let spot: Spot
    let field: Field
    let attachment: Field.Attachment

    private var language: Language { pages.language }
    private var place: Link { spot.link(pages.open.item.id) }
    private var files: [AttachedFile] { spot.answers(pages.journey).files(of: field.id) }
    private var requirement: Requirement? {
        pages.open.form.requirements?.first { $0.id == attachment.requirement }
    }

    private var substitute: Requirement.Substitute? {
        if case .substituted(let substitute)? = spot.answers(pages.journey)[field.id]?.value { substitute } else { nil }
    }

    func question(problems: [Text], fromCheck: Bool) -> Page {
        let title = (problems.isEmpty ? "" : "\(DraftTexts.error[language]): ") + spot.page.question[language]
        let page = spot.page
        return Page(
            title, status: problems.isEmpty ? 200 : 422,
            """
            <div class="\(pages.look)">
            \(pages.back(from: spot, fromCheck: fromCheck))
            \(pages.summary(problems.map { .init(control: field.id, words: $0) }))\(pages.counter?.script(spot))
            <form method="post" action="\(place.fromCheck(fromCheck))" enctype="multipart/form-data" novalidate="" data-files="\(field.id)">
            \(pages.progress(spot))
            <h1>\(page.question.html(language))</h1>
            \(page.hint.map { "<div class=\"hint\">\($0.paragraphs(language))</div>" })
            \(reason)
            <div class="field">
            <label for="\(field.id)">\(AttachmentTexts.choose.html(language))</label>
            <p class="hint" id="\(field.id)-hint">\(AttachmentTexts.limits.with(String(attachment.maximum)).html(language))</p>
            \(problems.first.map { #"<p class="error" id="\#(field.id)-error">\#($0.html(language))</p>"# as HTML })
            <input type="file" id="\(field.id)" name="\(field.id)" multiple="" accept="image/*,application/pdf" aria-describedby="\(field.id)-hint">
            <button name="do" value="add">\(AttachmentTexts.upload.html(language))</button>
            </div>
            \(list)
            \(substitutes)
            <button class="primary">\(DraftTexts.next.html(language))</button>
            </form>
            \(pages.later)
            </div>
            """)
    }

    private var reason: HTML? {
        requirement.map { requirement in
            """
            <details><summary>\(AttachmentTexts.why.html(language))</summary>
            \(requirement.reason.paragraphs(language))
            <p><small>\(AttachmentTexts.clause.html(language))：\(requirement.clause)</small></p></details>
            """
        }
    }

    private var list: HTML {
        let rows: [HTML] = files.map { file in
            """
            <li><span>\(file.name)（\(file.readableSize)）</span>
            <a href="\(.file(pages.open.item.id, file.id))" target="_blank">\(AttachmentTexts.see.html(language))\(unseen(file))</a>
            <button name="remove" value="\(file.id)" class="quiet">\(DraftTexts.remove.html(language))\(unseen(file))</button></li>
            """
        }
        let words: HTML =
            rows.isEmpty ? "<p>\(AttachmentTexts.none.html(language))</p>" : #"<ul class="rows">\#(rows)</ul>"#
        return """
            <div class="attached"><h2>\(AttachmentTexts.attached.html(language))</h2>
            <div role="status" data-sending="\(AttachmentTexts.uploading[language])" \
            data-failed="\(AttachmentTexts.failed[language])" data-again="\(AttachmentTexts.again[language])"></div>
            \(words)</div>
            """
    }

    private func unseen(_ file: AttachedFile) -> HTML { #"<span class="unseen">（\#(file.name)）</span>"# }

    private var substitutes: HTML? {
        guard let ways = requirement?.substitutes, !ways.isEmpty else { return nil }
        func option(_ value: String, _ text: Text, isChosen: Bool) -> HTML {
            let checked = Attributes().with("checked", when: isChosen)
            return """
                <div class="option"><input type="radio" id="way-\(value)" name="way" value="\(value)"\(checked)>
                <label for="way-\(value)">\(text.html(language))</label></div>
                """
        }
        let options = ways.map { option($0.rawValue, AttachmentTexts.name(of: $0), isChosen: $0 == substitute) }
        return """
            <fieldset><legend>\(AttachmentTexts.instead.html(language))</legend>
            \(option("now", AttachmentTexts.now, isChosen: substitute == nil))\(options)</fieldset>
            """
    }
}
