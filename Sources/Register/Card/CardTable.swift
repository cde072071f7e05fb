import Core

/// 台帳の表. A list of a card as rows of texts: its papers, steps or links. Typed, sheeted and told in the same words.
struct CardTable: Sendable {
    /// `papers`, `steps` or `links`.
    let id: String
    /// 添付書類 …
    let name: String
    /// What stands where it is known that there is nothing.
    let none: String
    let columns: [Column]
    private let read: @Sendable (Card) -> [Row]?
    private let write: @Sendable (inout Card, [Row]?) -> [RowFault]

    /// One row, by the keys of its columns. Blank is unknown.
    typealias Row = [String: String]

    struct Column: Sendable {
        let key: String
        let name: String
        let entry: Cell.Entry
    }

    /// What is wrong in a row.
    struct RowFault: Sendable {
        /// From 0.
        let row: Int
        let key: String
        let fault: CellFault
    }

    /// More rows than any procedure has: what a page can still send.
    static let limit = 60

    init(
        _ id: String, _ name: String, none: String, _ columns: [Column],
        read: @escaping @Sendable (Card) -> [Row]?,
        write: @escaping @Sendable (inout Card, [Row]?) -> [RowFault]
    ) {
        (self.id, self.name, self.none, self.columns, self.read, self.write) = (id, name, none, columns, read, write)
    }

    /// The rows of a card; nil where nobody knows, empty where there are none.
    func rows(of card: Card) -> [Row]? { read(card) }

    /// Puts rows in the place of those of a card. Rows that say nothing are left out. Gives what is wrong; the card is as
    /// it was then.
    func put(_ rows: [Row]?, into card: inout Card) -> [RowFault] {
        let before = read(card)?.map(plain)
        guard before != rows?.map(plain) else { return [] }
        if let rows, rows.count > Self.limit {
            return [RowFault(row: Self.limit, key: columns[0].key, fault: CellFault("\(Self.limit)行までにしてください"))]
        }
        var copy = card
        let faults = write(&copy, rows)
        if faults.isEmpty { card = copy }
        return faults
    }

    /// As a row is compared and kept.
    func plain(_ row: Row) -> Row {
        columns.reduce(into: [:]) { $0[$1.key] = Cell.plain(row[$1.key] ?? "") }
    }

    /// True for a row in which nothing was typed.
    func isBlank(_ row: Row) -> Bool { columns.allSatisfy { Cell.plain(row[$0.key] ?? "").isEmpty } }

    /// Each row as one line of a history: `口座の写し（撤廃・省略不可、根拠: …）`.
    func lines(of card: Card) -> [String]? {
        read(card)?.map { row in
            columns.compactMap { column in
                let text = Cell.plain(row[column.key] ?? "")
                let unit = if case .number(let unit) = column.entry { unit } else { "" }
                return text.isEmpty ? nil : "\(column.name): \(text)\(unit)"
            }.joined(separator: "、")
        }
    }

    /// Reads the rows into values; a row that says what one before said stays exactly that.
    static func values<T>(
        _ rows: [Row], _ faults: inout [RowFault], keeping before: [(row: Row, value: T)],
        _ make: (Row, inout RowReader) -> T?
    ) -> [T] {
        rows.enumerated().compactMap { index, row in
            let known = before.first { known in
                known.row.allSatisfy { Cell.plain($0.value) == Cell.plain(row[$0.key] ?? "") }
            }
            if let known { return known.value }
            var reader = RowReader(row: row, index: index)
            let value = make(row, &reader)
            faults += reader.faults
            return value
        }
    }
}

/// Reads the cells of a row and collects what is wrong.
struct RowReader {
    let row: CardTable.Row
    let index: Int
    private(set) var faults: [CardTable.RowFault] = []

    init(row: CardTable.Row, index: Int) { (self.row, self.index) = (row, index) }

    mutating func line(_ key: String, limit: Int = 200) -> String? {
        taking(key) { typed throws(CellFault) in try Cell.line(typed, limit: limit) }
    }

    mutating func number(_ key: String, _ limit: Int, unit: String) -> Int? {
        taking(key) { typed throws(CellFault) in try Cell.number(typed, 0...limit, unit: unit) }
    }

    mutating func choice(_ key: String, _ options: [Cell.Option]) -> String? {
        taking(key) { typed throws(CellFault) in try Cell.choice(typed, options) }
    }

    /// Words in the languages that were written; those in others stay.
    mutating func text(_ key: String, _ languages: [Language], before: Text?) -> Text? {
        var text = before ?? Text(ja: "", easy: nil, en: nil)
        for language in languages {
            let words = taking("\(key).\(language.id)") { typed throws(CellFault) in try Cell.text(typed, limit: 1000) }
            text = text.writing(words, in: language.id)
        }
        if text.written(in: "ja")?.isEmpty != false {
            if text.wordings.contains(where: { !$0.isEmpty }) { fail("\(key).ja", "日本語を書いてください") }
            return nil
        }
        return text
    }

    mutating func fail(_ key: String, _ words: String) {
        faults.append(CardTable.RowFault(row: index, key: key, fault: CellFault(words)))
    }

    private mutating func taking<T>(_ key: String, _ read: (String) throws(CellFault) -> T?) -> T? {
        do throws(CellFault) {
            return try read(row[key] ?? "")
        } catch {
            faults.append(CardTable.RowFault(row: index, key: key, fault: error))
            return nil
        }
    }
}
