import Japanese

/// 公式の一覧の読み込み. Makes a schema of a list of items as it is published (基本データリスト): a table with a heading.
package enum SchemaImport {
    /// A schema and what of the list was not understood.
    package struct Result: Sendable {
        package let schema: TableSchema
        package let notes: [String]
    }

    /// Why a list cannot be read.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    /// The headings a column may have, by what stands in it.
    private static let headings: [String: [String]] = [
        "id": ["データ項目ID", "項目ID", "データ項目コード", "項目コード"],
        "name": ["データ項目名", "データ項目名称", "項目名", "項目名称"],
        "type": ["データ型", "型", "属性", "データタイプ"],
        "digits": ["桁数", "最大桁数", "桁", "文字数"],
        "required": ["出力条件", "必須", "必須区分", "必須/任意", "必須・任意"],
        "code": ["コード表", "コードリスト", "コード一覧", "コード"],
        "file": ["グループ名", "ファイル名", "表名", "テーブル名", "グループ"],
    ]

    /// Makes a schema of the rows of a list.
    /// - Parameter columns: headings of the list for `id`, `name`, `type`, `digits`, `required`, `code` and `file` where they are
    ///   others than the usual ones.
    package static func schema(
        of rows: [[String]], id: String, title: String, source: String, columns: [String: String] = [:]
    ) throws(Trouble) -> Result {
        guard let begin = rows.prefix(50).firstIndex(where: { isHeading($0, columns) })
        else {
            throw Trouble(
                description: "見出しが見つかりません。「データ項目名」「データ型」「桁数」などの見出しのある一覧を渡すか、--columns で見出しを教えてください")
        }
        let places = columnPlaces(in: rows[begin], columns)
        var (files, notes, carried) = ([(name: String, items: [Item])](), [String](), "")
        for (index, row) in rows.enumerated().dropFirst(begin + 1) {
            func value(_ part: String) -> String {
                places[part].flatMap { $0 < row.count ? Spaces.trim(row[$0]) : nil } ?? ""
            }
            guard !value("name").isEmpty else { continue }
            if !value("file").isEmpty { carried = value("file") }
            let name = carried.isEmpty ? title : carried
            if files.last?.name != name, !files.contains(where: { $0.name == name }) { files.append((name, [])) }
            let (item, note) = item(value)
            if let note { notes.append("\(index + 1)行目 \(value("name")): \(note)") }
            guard let place = files.firstIndex(where: { $0.name == name }) else { continue }
            if files[place].items.contains(where: { $0.name.isExactly(item.name) }) {
                notes.append("\(index + 1)行目 \(item.name): 同じ名前の項目が前にあるので、除きました")
            } else {
                files[place].items.append(item)
            }
        }
        guard !files.isEmpty else { throw Trouble(description: "見出しの下に項目がありません") }
        let parts = files.enumerated().map { index, file in
            FileSchema(
                id: files.count == 1 ? id : "\(id)-\(index + 1)", title: file.name,
                pattern: files.count == 1 ? nil : "*\(file.name)*",
                section: "担当課", key: file.items.first.map { [$0.name] } ?? [], items: file.items)
        }
        let schema = TableSchema(id: id, title: title, origin: .official, source: source, files: parts, codes: [:])
        return Result(schema: schema, notes: notes)
    }

    private static func isHeading(_ row: [String], _ columns: [String: String]) -> Bool {
        let places = columnPlaces(in: row, columns)
        return places["name"] != nil && places.count >= 3
    }

    private static func columnPlaces(in row: [String], _ columns: [String: String]) -> [String: Int] {
        headings.reduce(into: [:]) { places, heading in
            let names = columns[heading.key].map { [$0] } ?? heading.value
            let cells = row.map { Width.narrow(Spaces.trim($0)).filter { !$0.isWhitespace } }
            places[heading.key] = names.lazy.compactMap { cells.firstIndex(of: Width.narrow($0)) }.first
        }
    }

    private static func item(_ value: (String) -> String) -> (Item, note: String?) {
        let (type, isFixed) = itemKind(value("type"))
        let required = value("required")
        let digits = WrittenNumber.read(
            value("digits").prefix { $0 != "(" && $0 != "（" && $0 != "." && $0 != "," }.description)
        var notes: [String] = []
        if type == nil { notes.append("データ型「\(value("type"))」が分からないので、文字としました") }
        if required.contains("条件") { notes.append("条件付きの必須です。条件（when）を書き加えてください") }
        if !value("code").isEmpty { notes.append("コード表「\(value("code"))」の値を書き加えてください") }
        let isRequired = ["必須", "○", "◯", "●", "1", "Y", "要"].contains(required)
        let item = Item(
            id: value("id").isEmpty ? value("name") : value("id"), name: value("name"), type: type ?? .text,
            digits: type == .date ? nil : digits, fixed: isFixed && digits != nil && type != .date,
            required: isRequired,
            date: type == .date ? .iso : nil, repertoire: type == .text ? .unicode : nil)
        return (item, notes.isEmpty ? nil : notes.joined(separator: "。"))
    }

    /// The kind a word for a type means, and whether its length is fixed.
    private static func itemKind(_ word: String) -> (Item.Kind?, isFixed: Bool) {
        let word = Width.narrow(word)
        let isFixed = word.contains("固定")
        for (part, kind) in [
            ("カナ", Item.Kind.kana), ("年月日", .date), ("日付", .date), ("DATE", .date), ("整数", .integer), ("小数", .decimal),
            ("数値", .digits), ("数字", .digits),
            ("半角", .ascii), ("英数", .ascii), ("全角", .text), ("文字", .text), ("日時", .text), ("漢字", .text), ("CHAR", .text),
        ] where word.uppercased().contains(part) {
            return (kind, isFixed)
        }
        return (nil, isFixed)
    }
}
