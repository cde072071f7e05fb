import Core
import HTML
import Japanese
import Web

/// プレビュー. A page as a resident sees it, to look at alone.
struct PagePreview {
    let form: Form
    let language: Language
    let today: Day

    /// The page at a place of the form, or the check page for what is on none.
    func html(_ place: FormTree.Place) -> HTML {
        guard let page = place.page(in: form) else { return whole }
        return phone(html(page))
    }

    /// Every page one after the other, each with when it is asked.
    var all: HTML {
        let pages: [HTML] = form.pages.map { page in
            let rows: [HTML] = (page.group?.rows.pages ?? []).map { #"<div class="inner">\#(one($0))</div>"# }
            return one(page) + "\(rows)"
        }
        return "\(pages)"
    }

    private func one(_ page: Form.Page) -> HTML {
        let when: HTML = page.when.map { "<p class=\"hint\">\(FormWords(form: form).occasion($0))</p>" } ?? .empty
        return when + phone(html(page))
    }

    private func phone(_ inner: HTML) -> HTML {
        #"<div class="phone" inert="" lang="\#(language.tag)">\#(inner)</div>"#
    }

    private func html(_ page: Form.Page) -> HTML {
        let heading: HTML = "<p class=\"title\">\(page.question.html(language))</p>"
        let hint: HTML? = page.hint.map { "<div class=\"hint\">\($0.paragraphs(language))</div>" }
        if case .exit(let words) = page.content { return "\(heading)\(hint)\(words.paragraphs(language))" }
        let fields: [HTML] = page.fields.map { field in
            switch field.kind {
            case .rows(let group):
                return """
                    <p>\(DraftTexts.noRows.html(language))</p>
                    <button type="button">\(DraftTexts.add.replacing("%1", with: group.noun).html(language))</button>
                    """
            case .attachment(let attachment):
                let requirement = form.requirements?.first { $0.id == attachment.requirement }
                return """
                    <p><b>\(requirement?.name.html(language) ?? .empty)</b></p>\(requirement?.reason.paragraphs(language) ?? .empty)
                    <button type="button">\(AttachmentTexts.choose.html(language))</button>
                    """
            default:
                // Its controls are not those of the page around it.
                let shown = Field(
                    id: "preview-\(field.id)", label: field.label, hint: field.hint, isRequired: field.isRequired,
                    kind: field.kind, fact: nil)
                return FieldView(
                    field: shown, language: language, isAlone: page.fields.count == 1, typed: [:], problems: [],
                    today: today
                ).html
            }
        }
        return """
            \(heading)\(hint)\(fields)<button type="button" class="primary">\(DraftTexts.next.html(language))</button>
            """
    }

    private var whole: HTML {
        phone(
            """
            <p class="title">\(form.title.html(language))</p>
            <div class="words">\(form.declaration.paragraphs(language))</div>
            <button type="button" class="primary">\((form.send ?? DraftTexts.send).html(language))</button>
            """)
    }
}

extension FormTree.Place {
    /// The page of a form that it is on; nil for what is on none.
    func page(in form: Form) -> Form.Page? {
        guard let (top, inner) = page, form.pages.indices.contains(top) else { return nil }
        guard let inner else { return form.pages[top] }
        guard let rows = form.pages[top].group?.rows.pages, rows.indices.contains(inner) else { return nil }
        return rows[inner]
    }
}
