/// Words in the languages of a resident.
///
/// Readings stand as `{申請|しんせい}` and become furigana on pages. Places stand as `%1` to `%9`.
package struct Text: Sendable, Hashable {
    private let content: Content

    /// What a language is asked of. Filled only then: a language of the town finds the program's words by the Japanese
    /// ones as they stand in the program, places included.
    private indirect enum Content: Sendable, Hashable {
        /// Each language's own words; those of the town's languages by id.
        case words(ja: String, easy: String?, en: String?, more: [String: String])
        /// The same in every language.
        case verbatim(String)
        case filled(Text, [Filling])
        case row([Text], between: String, en: String)
    }

    private struct Filling: Sendable, Hashable {
        let place: Int
        let text: Text
    }

    private init(_ content: Content) { self.content = content }

    /// Words of the program: all its languages at once, so that none is forgotten.
    package init(_ ja: String, easy: String, en: String) {
        content = .words(ja: ja, easy: easy, en: en, more: [:])
    }

    /// Words that a town wrote. A language without words shows Japanese.
    /// - Parameter more: the words in the languages of the town, by id.
    package init(ja: String, easy: String?, en: String?, more: [String: String] = [:]) {
        content = .words(ja: ja, easy: easy, en: en, more: more)
    }

    /// A name, a number or what a person typed, the same in every language. Braces in it are braces.
    package init(verbatim text: String) { content = .verbatim(Text.plain(text)) }

    /// Stands for an opening brace that marks no reading. A private-use character, which no field takes.
    private static let brace = "\u{E000}"

    private static func plain(_ text: String) -> String {
        text.utf8.contains(UInt8(ascii: "{")) ? text.replacing("{", with: brace) : text
    }

    /// The words in a language, readings still marked: its own, or for a language of the town the program's words that it
    /// knows, or those of the language that stands in.
    package func marked(_ language: Language) -> String {
        switch content {
        case .words(let ja, let easy, let en, let more):
            if let known = language.words, let own = more[language.id] ?? known[ja] { return own }
            return switch language.base {
            case .ja: ja
            case .easy: easy ?? ja
            case .en: en ?? ja
            }
        case .verbatim(let text): return text
        case .filled(let text, let fillings): return Text.fill(text.marked(language), fillings, language)
        case .row(let texts, let between, let en):
            return texts.map { $0.marked(language) }.joined(separator: language.base == .en ? en : between)
        }
    }

    /// The words in a language, without readings: for titles, attributes and mail.
    package subscript(_ language: Language) -> String { Text.bare(marked(language)) }

    private static func bare(_ marked: String) -> String {
        guard marked.utf8.contains(UInt8(ascii: "{")) else { return braced(marked[...]) }
        return pieces(marked).map(\.base).joined()
    }

    /// The words as they are read: 犬の登録 as いぬのとうろく, where readings were given.
    package func reading(_ language: Language) -> String {
        Text.pieces(marked(language)).map { $0.reading ?? $0.base }.joined()
    }

    /// The words of every language that has some, without readings: for what is searched or recognised.
    package var wordings: [String] {
        switch content {
        case .words(let ja, let easy, let en, let more):
            ([ja] + [easy, en].compactMap { $0 } + more.sorted { $0.key < $1.key }.map(\.value)).map(Text.bare)
        case .verbatim(let text): [Text.bare(text)]
        case .filled, .row: Language.builtIn.map { self[$0] }
        }
    }

    /// The program's own languages that have no words of their own.
    package var missing: [Language] { missing(in: Language.builtIn) }

    /// Those of the languages that have no words, neither of their own nor, for one of the town, among the program's.
    package func missing(in languages: [Language]) -> [Language] {
        guard case .words(let ja, let easy, let en, let more) = content else { return [] }
        return languages.filter { language in
            if let known = language.words { return more[language.id] == nil && known[ja] == nil }
            return switch language.base {
            case .ja: false
            case .easy: easy == nil
            case .en: en == nil
            }
        }
    }

    /// Puts values in the place of `%1`, `%2` … in every language.
    package func with(_ values: String...) -> Text {
        filled(values.enumerated().map { Filling(place: $0.offset + 1, text: Text(verbatim: $0.element)) })
    }

    /// Puts other words in a place, `%1` to `%9`, each language into its own. Places in those words stay as they are.
    package func replacing(_ mark: String, with other: Text) -> Text {
        let place = Int(mark.dropFirst()) ?? 0
        precondition(mark.hasPrefix("%") && (1...9).contains(place), "a place is %1 to %9")
        return filled([Filling(place: place, text: other)])
    }

    private func filled(_ fillings: [Filling]) -> Text {
        guard case .filled(let text, let before) = content else { return Text(.filled(self, fillings)) }
        return Text(.filled(text, before + fillings))
    }

    private static func fill(_ marked: String, _ fillings: [Filling], _ language: Language) -> String {
        var filled = ""
        var rest = marked[...]
        while let mark = rest.utf8.firstIndex(of: UInt8(ascii: "%")) {
            let digit = rest.utf8.index(after: mark)
            let place = digit < rest.endIndex ? Int(rest.utf8[digit]) - 48 : -1
            guard let filling = fillings.first(where: { $0.place == place }) else {
                filled += rest[...mark]
                rest = rest[digit...]
                continue
            }
            filled += rest[..<mark]
            filled += filling.text.marked(language)
            rest = rest[rest.utf8.index(after: digit)...]
        }
        return filled + rest
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

extension [Text] {
    /// The texts in a row, as each language separates them.
    /// - Parameter en: what separates them where the language is not written as Japanese is.
    package func joined(_ separator: String, en: String) -> Text { Text(row: self, between: separator, en: en) }
}

extension Text {
    fileprivate init(row texts: [Text], between separator: String, en: String) {
        content = .row(texts, between: separator, en: en)
    }
}

extension Text {
    /// What was written in a language itself, readings still marked; nil where another language stands in.
    /// - Parameter id: `ja`, `easy`, `en`, or the id of a language of the town.
    package func written(in id: String) -> String? {
        switch content {
        case .words(let ja, let easy, let en, let more):
            switch id {
            case "ja": ja
            case "easy": easy
            case "en": en
            default: more[id]
            }
        case .verbatim(let text): id == "ja" ? text : nil
        case .filled, .row: marked(Language(kept: id))
        }
    }

    /// The same with other words in one language; nil takes them away. The other languages keep theirs.
    package func writing(_ words: String?, in id: String) -> Text {
        guard case .words(var ja, var easy, var en, var more) = content else {
            return Text(ja: self[.ja], easy: nil, en: nil).writing(words, in: id)
        }
        switch id {
        case "ja": ja = words ?? ""
        case "easy": easy = words
        case "en": en = words
        default: more[id] = words
        }
        return Text(ja: ja, easy: easy, en: en, more: more)
    }
}

extension Text: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }

        static let (ja, easy, en) = (Key(stringValue: "ja"), Key(stringValue: "easy"), Key(stringValue: "en"))
    }

    /// Reads `{ja: …, easy: …, en: …}` and any other language's id, or a single text, which is Japanese.
    package init(from decoder: any Decoder) throws {
        if let single = try? decoder.singleValueContainer().decode(String.self) {
            self.init(ja: single, easy: nil, en: nil)
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        var more: [String: String] = [:]
        for key in container.allKeys where Language.isTag(key.stringValue) && !["ja", "en"].contains(key.stringValue) {
            let words = try container.decodeIfPresent(String.self, forKey: key)
            if let words, !words.isEmpty { more[key.stringValue] = words }
        }
        self.init(
            ja: try container.decode(String.self, forKey: .ja),
            easy: try container.decodeIfPresent(String.self, forKey: .easy),
            en: try container.decodeIfPresent(String.self, forKey: .en), more: more)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        guard case .words(let ja, let easy, let en, let more) = content else {
            for (key, language) in [(Key.ja, Language.ja), (.easy, .easy), (.en, .en)] {
                try container.encode(marked(language), forKey: key)
            }
            return
        }
        try container.encode(ja, forKey: .ja)
        try container.encodeIfPresent(easy, forKey: .easy)
        try container.encodeIfPresent(en, forKey: .en)
        for (id, words) in more { try container.encode(words, forKey: Key(stringValue: id)) }
    }
}
