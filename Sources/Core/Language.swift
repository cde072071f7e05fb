/// 言語. One that a resident can choose, known by its id: one of the program's own three, or one that the town added.
///
/// A language that the town added carries the program's words with it, so that whoever has the language has the words.
package struct Language: Sendable {
    /// `ja`, `easy`, `en`, or a BCP 47 tag such as `pt`.
    package let id: String
    /// How the language calls itself.
    package let name: String
    /// Which of the program's own it is, or which of them stands in where it has no words.
    let base: Base
    /// The program's words by the Japanese ones, readings and places (`%1`) included; nil for the program's own.
    let words: [String: String]?

    enum Base: String, Sendable, Codable { case ja, easy, en }

    package static let ja = Language(id: "ja", name: "日本語", base: .ja, words: nil)
    /// やさしい日本語.
    package static let easy = Language(id: "easy", name: "やさしい日本語", base: .easy, words: nil)
    package static let en = Language(id: "en", name: "English", base: .en, words: nil)

    /// The languages that every town has.
    package static let builtIn = [ja, easy, en]

    private init(id: String, name: String, base: Base, words: [String: String]?) {
        (self.id, self.name, self.base, self.words) = (id, name, base, words)
    }

    /// The language of a record that keeps nothing but its id. One that is not the program's own shows Japanese: whoever
    /// has the town at hand asks ``Town/language(_:)``.
    package init(kept id: String) {
        self = Language.builtIn.first { $0.id == id } ?? Language(id: id, name: id, base: .ja, words: nil)
    }

    /// The same language with the program's words, by the Japanese ones.
    package func knowing(_ words: [String: String]) -> Language {
        Language(id: id, name: name, base: base, words: words)
    }

    /// How many of the program's words it has; nil for the program's own languages.
    package var wordCount: Int? { words?.count }

    /// The BCP 47 tag for `lang`. やさしい日本語 is Japanese.
    package var tag: String { words == nil ? (base == .en ? "en" : "ja") : id }

    /// True where lists, brackets and eras are written as in Japanese: （　）and 、.
    package var isWrittenAsJapanese: Bool { base != .en }

    /// True for what can be the id of a language besides the program's own: a BCP 47 tag such as `pt` or `zh-Hant`.
    package static func isTag(_ id: String) -> Bool {
        let parts = id.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
        guard let first = parts.first, (2...3).contains(first.count), first.allSatisfy(isLetter) else { return false }
        return id.utf8.count <= 35
            && parts.dropFirst().allSatisfy { part in
                (1...8).contains(part.count) && part.allSatisfy { isLetter($0) || (48...57).contains($0) }
            }
    }
}

extension Language: Hashable {
    package static func == (one: Language, other: Language) -> Bool { one.id == other.id }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// A language as the town describes it. Where only a choice is kept, its id alone is kept.
extension Language: Codable {
    private enum CodingKeys: String, CodingKey { case id, name, fallback, words }

    /// Reads `{id: pt, name: Português, fallback: en}`. Throws for an id that no added language can have, or for a language
    /// to fall back to that is neither `easy` nor `en`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let id = try container.decode(String.self, forKey: .id)
        guard Language.isTag(id), id != "ja", id != "en" else {
            throw DecodingError.dataCorruptedError(
                forKey: .id, in: container, debugDescription: "「\(id)」は足せる言語の名前（BCP 47。たとえば pt、vi）ではありません")
        }
        let fallback = try container.decodeIfPresent(String.self, forKey: .fallback) ?? Base.en.rawValue
        guard let base = Base(rawValue: fallback), base != .ja else {
            throw DecodingError.dataCorruptedError(
                forKey: .fallback, in: container, debugDescription: "訳がないときに使う言語は、easy か en にしてください")
        }
        self.init(
            id: id, name: try container.decode(String.self, forKey: .name), base: base,
            words: try container.decodeIfPresent([String: String].self, forKey: .words) ?? [:])
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(base, forKey: .fallback)
        try container.encode(words ?? [:], forKey: .words)
    }
}
