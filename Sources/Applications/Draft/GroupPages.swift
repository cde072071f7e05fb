import Core
import HTML
import Web

/// The page of a group: whom it is about so far, and the way to add another.
struct GroupPages {
    let pages: DraftPages
    let spot: Spot
    let field: Field
    let group: Field.Rows

    private var language: Language { pages.language }
    private var place: Link { spot.link(pages.open.item.id) }
    private var rows: [FormRow] { pages.journey.answers.rows(of: field.id) }

    /// What keeps somebody from going on; nil for nothing.
    var problem: Text? {
        if rows.count < group.minimum {
            return DraftTexts.tooFewRows.replacing("%1", with: group.noun).replacing(
                "%2", with: group.counted(group.minimum))
        }
        let open = rows.enumerated().first { pages.journey.way(in: $0.element, of: group).firstOpen != nil }
        return open.map { DraftTexts.openRow.replacing("%1", with: $0.element.title($0.offset + 1, in: group)) }
    }

    func list(problem: Text?, fromCheck: Bool) -> Page {
        let lines: [HTML] = rows.enumerated().map { index, row in
            let title = row.title(index + 1, in: group)
            let unseen: HTML =
                #"<span class="unseen">\#(DraftTexts.changeWhat.replacing("%1", with: title).html(language))</span>"#
            let way = pages.journey.way(in: row, of: group)
            let first = (way.firstOpen ?? way.pages.first)?.id ?? ""
            return """
                <li><span>\(title.html(language))</span>
                <a href="\(place.below(row.id).below(first))">\(DraftTexts.change.html(language))\(unseen)</a>
                <a href="\(place.below(row.id).below("remove"))">\(DraftTexts.remove.html(language))\(unseen)</a></li>
                """
        }
        let isFull = rows.count >= group.maximum
        let isFirst = rows.count < max(group.minimum, 1)
        let add: HTML? =
            isFull
            ? nil
            : """
            <form method="post" action="\(place.below("add").fromCheck(fromCheck))">
            <button\(Attributes().with("class", ifPresent: isFirst ? "primary" : nil) .with("id", ifPresent: "add"))>\
            \(DraftTexts.add.replacing("%1", with: group.noun).html(language))</button></form>
            """
        let next: HTML = """
            <form method="post" action="\(place.fromCheck(fromCheck))">
            <button\(Attributes().with("class", ifPresent: isFirst && group.minimum > 0 ? nil : "primary"))>\(DraftTexts.next.html(language))</button></form>
            """
        let title = (problem == nil ? "" : "\(DraftTexts.error[language]): ") + spot.page.question[language]
        return Page(
            title, status: problem == nil ? 200 : 422,
            """
            <div class="\(pages.look)">
            \(pages.back(from: spot, fromCheck: fromCheck))
            \(pages.summary(problem.map { [.init(control: isFull ? "rows" : "add", words: $0)] } ?? []))
            \(pages.counter?.script(spot))\(pages.progress(spot))
            <h1>\(spot.page.question.html(language))</h1>
            \(spot.page.hint.map { "<div class=\"hint\">\($0.paragraphs(language))</div>" })
            \(lines.isEmpty ? "<p>\(DraftTexts.noRows.html(language))</p>" : #"<ol class="rows" id="rows">\#(lines)</ol>"#)
            \(add)
            \(next)
            \(reuse)
            \(pages.later)
            </div>
            """)
    }

    /// The way to earlier answers, where the rows are persons.
    private var reuse: HTML? {
        guard pages.open.item.status == .draft, rows.count < group.maximum,
            group.fields.contains(where: { $0.fact != nil })
        else { return nil }
        return #"<p><a href="\#(.reuse(pages.open.item.id))">\#(ReuseTexts.link.html(language))</a></p>"#
    }

    /// Asks before a row goes with everything in it.
    func removal(_ row: FormRow, number: Int) -> Page {
        let title = DraftTexts.removeTitle.replacing("%1", with: row.title(number, in: group))
        return Page(
            title[language],
            """
            <div class="column">
            <h1>\(title.html(language))</h1>
            <p>\(DraftTexts.removeHow.html(language))</p>
            <form method="post" action="\(place.below(row.id).below("remove"))">
            <button>\(DraftTexts.removeYes.html(language))</button></form>
            <p><a href="\(place)">\(DraftTexts.removeNo.html(language))</a></p>
            </div>
            """)
    }
}
