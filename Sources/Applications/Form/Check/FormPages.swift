import Core
import HTML
import Japanese
import Web

/// The pages of a form, made in every language and looked at as a browser would.
struct FormPages {
    let form: Form
    let spots: [FormCheck.PageSpot]

    /// More than that takes too long on a bad network.
    static let largest = 30_000

    func findings(in languages: [Language], on day: Day) -> [FormCheck.Finding] {
        spots.flatMap { spot in
            languages.flatMap { language -> [FormCheck.Finding] in
                let page = page(spot.page, language, day)
                let rules = PageLint.findings(in: String(decoding: page.bytes, as: UTF8.self)).map {
                    FormCheck.Finding(
                        spot.path, "ページ「\(spot.page.id)」の画面が決まりに合いません（\($0)）。項目や選択肢の id を、ほかと重ならないものにしてください")
                }
                guard page.bytes.count > Self.largest else { return rules }
                let size = "ページ「\(spot.page.id)」が大きすぎます（\(page.bytes.count / 1000) kB）。30 kB に収まるように、ページを分けてください"
                return rules + [FormCheck.Finding(spot.path, size)]
            }
        }
    }

    private func page(_ page: Form.Page, _ language: Language, _ day: Day) -> HTML {
        let fields: [HTML] = page.fields.map { field in
            FieldView(
                field: field, language: language, isAlone: page.fields.count == 1, typed: [:], problems: [], today: day
            ).html
        }
        let exit: HTML = if case .exit(let words) = page.content { words.paragraphs(language) } else { .empty }
        return """
            <!DOCTYPE html>
            <html lang="\(language.tag)"><body><main><h1>\(page.question.html(language))</h1>
            \(page.hint.map { $0.paragraphs(language) })\(exit)<form method="post" action="/">\(fields)</form></main></body></html>
            """
    }
}
