import Core

/// 台帳の列. One plain fact of a card as a text: what a form, a sheet and a history say of it is the same.
struct CardColumn: Sendable {
    /// The name of its control: `name.ja`.
    let key: String
    /// The name of its column: 手続名.
    let name: String
    let part: Part
    let entry: Cell.Entry
    let hint: String
    /// What stands there; blank for unknown.
    let read: @Sendable (Card) -> String
    /// Takes what was typed. Throws a ``CellFault`` for what cannot stand there.
    let write: @Sendable (inout Card, String) throws -> Void

    /// The pages on which a card is edited.
    enum Part: String, Sendable, CaseIterable {
        case base, guide, office

        var name: String {
            switch self {
            case .base: "基本"
            case .guide: "町民への案内"
            case .office: "庁内での扱い"
            }
        }
    }

    init(
        _ key: String, _ name: String, _ part: Part, _ entry: Cell.Entry, hint: String = "",
        read: @escaping @Sendable (Card) -> String?,
        write: @escaping @Sendable (inout Card, String) throws -> Void
    ) {
        (self.key, self.name, self.part, self.entry, self.hint) = (key, name, part, entry, hint)
        (self.read, self.write) = ({ read($0) ?? "" }, write)
    }

    /// Takes what was typed, unless it says what stands there already.
    func take(_ typed: String, into card: inout Card) throws {
        guard Cell.plain(typed) != Cell.plain(read(card)) else { return }
        try write(&card, typed)
    }
}

/// A place for words in several languages.
struct TextPlace: Sendable {
    let key: String
    let name: String
    let part: CardColumn.Part
    let isLong: Bool
    let isNeeded: Bool
    let read: @Sendable (Card) -> Text?
    let write: @Sendable (inout Card, Text?) -> Void

    /// A column for each language.
    func columns(_ languages: [Language]) -> [CardColumn] {
        let limit = isLong ? 4000 : 200
        return languages.map { language in
            let (id, read, write) = (language.id, read, write)
            let isLong = isLong
            return CardColumn(
                "\(key).\(id)", language.column(name), part, isLong ? .words : .line,
                read: { read($0)?.written(in: id) },
                write: { card, typed in
                    let words = isLong ? try Cell.text(typed, limit: limit) : try Cell.line(typed, limit: limit)
                    guard words != nil || read(card) != nil else { return }
                    write(&card, (read(card) ?? Text(ja: "", easy: nil, en: nil)).writing(words, in: id))
                })
        }
    }

    /// Words without Japanese ones are a fault; no words at all are unknown.
    func settle(_ card: inout Card) -> CellFault? {
        guard let text = read(card), text.written(in: "ja")?.isEmpty != false else { return nil }
        let isBlank = text.wordings.allSatisfy(\.isEmpty)
        if isNeeded { return CellFault("「\(name)」を書いてください") }
        if !isBlank { return CellFault("「\(name)」の日本語を書いてください") }
        write(&card, nil)
        return nil
    }
}

extension Language {
    /// The name of a column in this language. One of the town's is told by its id: every encoding has its letters.
    func column(_ name: String) -> String {
        switch id {
        case "ja": name
        case "easy", "en": "\(name)（\(self.name)）"
        default: "\(name)（\(id)）"
        }
    }
}
