package import Core
package import HTML

extension Text {
    /// The words for a page, with furigana where a reading was given.
    package func html(_ language: Language) -> HTML { Text.html(marked(language)[...]) }

    /// The words as paragraphs: an empty line begins a new one.
    package func paragraphs(_ language: Language) -> HTML {
        let marked = marked(language)
        guard marked.utf8.contains(UInt8(ascii: "\n")) else { return "<p>\(Text.html(marked[...]))</p>" }
        let paragraphs: [HTML] = marked.split(separator: "\n\n").map { "<p>\(Text.html($0))</p>" }
        return "\(paragraphs)"
    }

    private static func html(_ marked: Substring) -> HTML {
        let pieces: [HTML] = Text.pieces(String(marked)).map { piece in
            guard let reading = piece.reading else { return "\(piece.base)" }
            return "<ruby>\(piece.base)<rp>（</rp><rt>\(reading)</rt><rp>）</rp></ruby>"
        }
        return pieces.count == 1 ? pieces[0] : "\(pieces)"
    }
}

extension Town.Contact {
    /// The hours behind the number, in the brackets of the language.
    package func hoursInBrackets(_ language: Language) -> HTML {
        language.isWrittenAsJapanese ? "（\(hours.html(language))）" : " (\(hours.html(language)))"
    }
}
