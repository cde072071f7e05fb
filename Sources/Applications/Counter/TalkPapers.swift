import Core
import HTML
import Japanese
import Web

/// 確認書と控え of a conversation, in large print and in the person's language.
struct TalkPapers {
    let town: Town
    let language: Language

    /// 確認書: what every form says, to be read before the yes.
    func check(_ drafts: [OpenCase], guided: [Text]) throws -> HTML {
        let sections = try drafts.map { open -> HTML in
            let journey = try open.journey
            return """
                <h2>\(words(open.form.title))</h2><dl>\(answers(journey))</dl>\(fee(journey))
                <p class="box">\(words(open.form.declaration))</p>
                """
        }
        return """
            <h1>\(words(CounterTexts.sheet))</h1><p>\(words(CounterTexts.sheetHow))</p>
            \(sections)\(told(guided))
            <p class="box">\(words(CounterTexts.yes))　□</p>
            <p class="right">\(words(town.name))</p>
            """
    }

    /// 控え: numbers and codes of everything that was sent.
    func receipts(_ sent: [OpenCase], guided: [Text]) throws -> HTML {
        let sections = try sent.map { open -> HTML in
            let at = open.item.submittedAt ?? open.item.savedAt
            return """
                <div class="keep"><h2>\(words(open.form.title))</h2><dl>
                \(line(CaseTexts.number, "<b>\(open.item.number ?? "")</b>"))
                \(line(CaseTexts.code, "<b>\(Code.grouped(try open.code))</b>"))
                \(line(CaseTexts.sentAt, "\(words(at.day.spoken)) \(at.timeOfDay)"))</dl>
                <p>\(words(town.sectionName(open.item.section)))　\(telephone(of: open.item.section))</p></div>
                """
        }
        return """
            <h1>\(words(CounterTexts.receipts))</h1>\(sections)
            <p class="box">\(words(CounterTexts.receiptsHow))</p>\(told(guided))
            <p class="right">\(words(town.name))</p>
            """
    }

    private func telephone(of section: String) -> String {
        town.sections.first { $0.id == section }?.telephone ?? town.contact.telephone
    }

    private func told(_ guided: [Text]) -> HTML {
        let lines: [HTML] = guided.map { "<li>\(words($0))</li>" }
        return lines.isEmpty ? .empty : "<h2>\(words(CounterTexts.guided))</h2><ul>\(lines)</ul>"
    }

    private func answers(_ journey: Journey) -> HTML {
        let lines: [HTML] = journey.items.map { item in
            switch item {
            case .heading(let text): "</dl><h3>\(words(text))</h3><dl>"
            case .group(_, let field, let count): line(field.label, words(count))
            case .answer(_, let field, let answer):
                line(
                    field.label,
                    answer.map { words(field.spoken($0.value)) }
                        ?? (field.isRequired && field.isAsked
                            ? "（\(words(CounterTexts.openQuestion))）" : words(DraftTexts.empty)))
            }
        }
        return "\(lines)"
    }

    private func fee(_ journey: Journey) -> HTML? {
        journey.fee.map { "<dl>\(line(DraftTexts.fee, words(Yen.spoken($0.total))))</dl>" }
    }

    private func line(_ label: Text, _ value: HTML) -> HTML { "<div><dt>\(words(label))</dt><dd>\(value)</dd></div>" }

    /// Words with their readings above them, as the typesetter can set them.
    private func words(_ text: Text) -> HTML {
        let pieces: [HTML] = Text.pieces(text.marked(language)).map { piece in
            guard let reading = piece.reading else { return "\(piece.base)" }
            return #"<span class="reading"><span>\#(reading)</span>\#(piece.base)</span>"#
        }
        return "\(pieces)"
    }
}
