/// A language that a resident can choose.
package enum Language: String, Sendable, CaseIterable, Codable {
    case ja
    /// やさしい日本語.
    case easy
    case en

    /// How the language calls itself.
    package var name: String {
        switch self {
        case .ja: "日本語"
        case .easy: "やさしい日本語"
        case .en: "English"
        }
    }

    /// The BCP 47 tag for `lang`. やさしい日本語 is Japanese.
    package var tag: String { self == .en ? "en" : "ja" }
}

/// Words in the languages of a resident.
///
/// Readings stand as `{申請|しんせい}` and become furigana on pages.
package struct Text: Sendable, Hashable {
    private let ja: String
    private let easy: String?
    private let en: String?

    /// Words of the program: all languages at once, so that none is forgotten.
    package init(_ ja: String, easy: String, en: String) {
        (self.ja, self.easy, self.en) = (ja, easy, en)
    }

    /// Words that a town wrote. A language without words shows Japanese.
    package init(ja: String, easy: String?, en: String?) {
        (self.ja, self.easy, self.en) = (ja, easy, en)
    }

    /// A name, a number or what a person typed, the same in every language. Braces in it are braces.
    package init(verbatim text: String) {
        let text = Text.plain(text)
        (ja, easy, en) = (text, text, text)
    }

    /// Stands for an opening brace that marks no reading. A private-use character, which no field takes.
    private static let brace = "\u{E000}"

    private static func plain(_ text: String) -> String {
        text.utf8.contains(UInt8(ascii: "{")) ? text.replacing("{", with: brace) : text
    }

    /// The words in a language, readings still marked.
    package func marked(_ language: Language) -> String {
        switch language {
        case .ja: ja
        case .easy: easy ?? ja
        case .en: en ?? ja
        }
    }

    /// The words in a language, without readings: for titles, attributes and mail.
    package subscript(_ language: Language) -> String {
        let marked = marked(language)
        guard marked.utf8.contains(UInt8(ascii: "{")) else { return Text.braced(marked[...]) }
        return Text.pieces(marked).map(\.base).joined()
    }

    /// The words as they are read: 犬の登録 as いぬのとうろく, where readings were given.
    package func reading(_ language: Language) -> String {
        Text.pieces(marked(language)).map { $0.reading ?? $0.base }.joined()
    }

    /// The languages that have no words of their own.
    package var missing: [Language] { (easy == nil ? [.easy] : []) + (en == nil ? [.en] : []) }

    /// Puts values in the place of `%1`, `%2` … in every language.
    package func with(_ values: String...) -> Text {
        let values = values.map(Text.plain)
        func fill(_ text: String) -> String {
            var filled = ""
            var rest = text[...]
            while let mark = rest.utf8.firstIndex(of: UInt8(ascii: "%")) {
                let digit = rest.utf8.index(after: mark)
                let place = digit < rest.endIndex ? Int(rest.utf8[digit]) - 49 : -1
                guard values.indices.contains(place) else {
                    filled += rest[...mark]
                    rest = rest[digit...]
                    continue
                }
                filled += rest[..<mark] + values[place]
                rest = rest[rest.utf8.index(after: digit)...]
            }
            return filled + rest
        }
        return Text(ja: fill(ja), easy: easy.map(fill), en: en.map(fill))
    }

    /// Puts other words in the place of a mark, each language into its own.
    package func replacing(_ mark: String, with other: Text) -> Text {
        Text(
            ja: ja.replacing(mark, with: other.ja), easy: (easy ?? ja).replacing(mark, with: other.marked(.easy)),
            en: (en ?? ja).replacing(mark, with: other.marked(.en)))
    }

    /// A piece of text and, where one was given, how it is read.
    package typealias Piece = (base: String, reading: String?)

    /// Takes `{漢字|かんじ}` apart. Braces that are not of this form stay as they are.
    package static func pieces(_ marked: String) -> [Piece] {
        guard marked.utf8.contains(UInt8(ascii: "{")) else { return [(braced(marked[...]), nil)] }
        var pieces: [Piece] = []
        var rest = marked[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let inside = rest[rest.index(after: open)..<close]
            if let bar = inside.firstIndex(of: "|") {
                pieces.append((braced(rest[..<open]), nil))
                pieces.append((braced(inside[..<bar]), braced(inside[inside.index(after: bar)...])))
            } else {
                pieces.append((braced(rest[...close]), nil))
            }
            rest = rest[rest.index(after: close)...]
        }
        return pieces + [(braced(rest), nil)]
    }

    private static func braced(_ text: Substring) -> String {
        // 0xEE begins the mark in UTF-8, and little else: a quick look saves the search.
        text.utf8.contains(0xEE) ? String(text).replacing(brace, with: "{") : String(text)
    }
}

extension Text: Codable {
    private enum CodingKeys: String, CodingKey { case ja, easy, en }

    /// Reads `{ja: …, easy: …, en: …}`, or a single text, which is Japanese.
    package init(from decoder: any Decoder) throws {
        if let single = try? decoder.singleValueContainer().decode(String.self) {
            self.init(ja: single, easy: nil, en: nil)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            ja: try container.decode(String.self, forKey: .ja),
            easy: try container.decodeIfPresent(String.self, forKey: .easy),
            en: try container.decodeIfPresent(String.self, forKey: .en))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ja, forKey: .ja)
        try container.encodeIfPresent(easy, forKey: .easy)
        try container.encodeIfPresent(en, forKey: .en)
    }
}
