package import Core
package import HTML

extension Text {
    /// The words for a page, with furigana where a reading was given.
    package func html(_ language: Language) -> HTML { Text.html(marked(language)[...]) }

    /// The words as paragraphs: an empty line begins a new one.
    package func paragraphs(_ language: Language) -> HTML {
        marked(language).split(separator: "\n\n").reduce(.empty) { result, paragraph in
            result + "<p>\(Text.html(paragraph))</p>"
        }
    }

    private static func html(_ marked: Substring) -> HTML {
        Text.pieces(String(marked)).reduce(.empty) { result, piece in
            guard let reading = piece.reading else { return result + "\(piece.base)" }
            return result + "<ruby>\(piece.base)<rp>（</rp><rt>\(reading)</rt><rp>）</rp></ruby>"
        }
    }
}

extension Town.Contact {
    /// The hours behind the number, in the brackets of the language.
    package func hoursInBrackets(_ language: Language) -> HTML {
        language == .en ? " (\(hours.html(language)))" : "（\(hours.html(language))）"
    }
}
