import Japanese

/// 定義の推定. Makes a schema out of what stands in a file, for somebody to look through and mend: what most of the values are,
/// the others are taken to be faults.
package struct SchemaInference {
    /// A schema and what it was guessed from.
    package struct Result: Sendable {
        package let schema: TableSchema
        package let notes: [String]
    }

    /// So many records are looked at.
    package static let looked = 100_000
    /// So many of a hundred values that are of a kind make their item one of it.
    private static let most = 95
    /// More different values than that are no codes.
    private static let mostCodes = 20

    /// Guesses from the beginning of a file.
    /// - Parameter section: who mends what is found.
    package static func schema(of file: TableFile, id: String, title: String, section: String) throws -> Result {
        var (items, rows, heading) = ([ItemGuess](), 0, [String]())
        while rows < looked, let block = file.next() {
            block.bytes.withUnsafeBufferPointer { bytes in
                var reader = RecordReader(bytes, line: block.line)
                if block.index == 0, reader.next() {
                    heading = (0..<reader.count).map { reader.text($0) }
                    items = heading.map { _ in ItemGuess() }
                }
                while rows < looked, reader.next() {
                    guard reader.count == heading.count else { continue }
                    rows += 1
                    for column in items.indices { items[column].look(at: reader[column]) }
                }
            }
        }
        guard !heading.isEmpty, rows > 0 else {
            throw TableConversion.Trouble(description: "\(file.name) に、見出しと1件以上の記録がありません")
        }
        let repeated = heading.filter { name in heading.count { $0.isExactly(name) } > 1 }
        guard repeated.isEmpty, !heading.contains("") else {
            throw TableConversion.Trouble(
                description: "\(file.name):1: 見出しの名前が空か、重なっています。見出しを直してください（\(repeated.first ?? "空の見出し")）")
        }
        var (codes, notes) = ([String: CodeTable](), ["はじめの\(rows)件から推定しました。必須・桁数・コード表を、仕様書と見比べて直してください。"])
        let key = zip(heading, items).first { $1.isKey(of: rows) }?.0
        let guessed = zip(heading, items).map { name, guess in
            let values = guess.codes(of: rows)
            if let values { codes[name] = CodeTable(name: name, values: values) }
            return guess.item(name, rows: rows, code: values == nil ? nil : name, isKey: name == key)
        }
        if key == nil { notes.append("どの記録かを示す項目（キー）が見つかりません。key を書き加えてください。") }
        if !codes.isEmpty { notes.append("コード表の意味は分かりません。values の右側を書き換えてください。") }
        let part = FileSchema(
            id: id, title: title, pattern: nil, section: section, key: key.map { [$0] } ?? [], items: guessed)
        return Result(
            schema: TableSchema(
                id: id, title: title, origin: .sample, source: "ファイルからの推定", files: [part], codes: codes),
            notes: notes)
    }

    /// What was seen of one item.
    private struct ItemGuess {
        private var (filled, longest, shortest) = (0, 0, Int.max)
        private var (digits, ascii, kana, iso, compact, dates, uncertain) = (0, 0, 0, 0, 0, 0, 0)
        private var (jis12, jis1234) = (0, 0)
        private var values: [[UInt8]: Int]? = [:]
        private var hashes: Set<Int>? = []

        mutating func look(at bytes: Bytes) {
            guard bytes.count > 0 else { return }
            filled += 1
            let value = bytes.string
            let length = value.unicodeScalars.count
            (longest, shortest) = (max(longest, length), min(shortest, length))
            let isASCII = bytes.allSatisfy { $0 < 0x80 }
            if isASCII { ascii += 1 }
            if bytes.allSatisfy({ (0x30...0x39).contains($0) }) { digits += 1 }
            if !isASCII, value.unicodeScalars.allSatisfy({ $0 == "\u{3000}" || (0x30A1...0x30FF).contains($0.value) }) {
                kana += 1
            }
            let date = try? WrittenDate.read(value)
            if date != nil, date?.day == nil { uncertain += 1 }
            if let day = date?.day {
                dates += 1
                if value == day.iso { iso += 1 }
                if value == day.iso.replacing("-", with: "") { compact += 1 }
            }
            if value.unicodeScalars.allSatisfy({ Repertoire.jis12.contains($0.value) }) { jis12 += 1 }
            if value.unicodeScalars.allSatisfy({ Repertoire.jis1234.contains($0.value) }) { jis1234 += 1 }
            if values != nil {
                values?[Array(bytes), default: 0] += 1
                if values?.count ?? 0 > mostCodes * 3 { values = nil }
            }
            if hashes?.insert(LegalText(value).hashValue).inserted == false { hashes = nil }
        }

        private func isMost(_ count: Int) -> Bool { filled > 0 && count * 100 >= filled * most }

        /// True where each record has a value of its own.
        func isKey(of rows: Int) -> Bool { hashes != nil && filled == rows && isMost(ascii) && !isMost(compact + iso) }

        /// コード表: few short values that come again and again.
        func codes(of rows: Int) -> [String: String]? {
            guard let values, isMost(ascii), longest <= 4, filled >= 100 else { return nil }
            // What stands there hardly ever is a slip.
            let usual = values.filter { $0.value * 1000 >= filled }.keys.map { String(decoding: $0, as: UTF8.self) }
            guard (1...mostCodes).contains(usual.count) else { return nil }
            return usual.reduce(into: [:]) { $0[$1] = "（意味を書いてください）" }
        }

        func item(_ name: String, rows: Int, code: String?, isKey: Bool) -> Item {
            let (kind, date) = kind
            let isFixed = (kind == .digits || kind == .ascii) && shortest == longest
            return Item(
                id: name, name: name, type: kind, digits: date == nil ? longest : nil, fixed: isFixed && date == nil,
                required: filled * 1000 >= rows * 995, unique: isKey, code: code, date: date,
                repertoire: kind == .text ? repertoire : nil)
        }

        private var kind: (Item.Kind, Item.DateRule?) {
            if isMost(compact), longest >= 8 { return (.date, .compact) }
            if isMost(iso) { return (.date, .iso) }
            if isMost(digits) { return (.digits, nil) }
            if isMost(dates + uncertain), dates > 0, longest >= 6 {
                // 不詳日 that come again and again are kept as they are.
                return (.date, uncertain * 1000 >= filled ? .register : .any)
            }
            if isMost(kana) { return (.kana, nil) }
            return (isMost(ascii) ? .ascii : .text, nil)
        }

        private var repertoire: Repertoire {
            isMost(jis12) ? .jis12 : isMost(jis1234) ? .jis1234 : .unicode
        }
    }
}
