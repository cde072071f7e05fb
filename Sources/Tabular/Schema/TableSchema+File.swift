import FoundationEssentials
import Yams

extension TableSchema {
    /// What is wrong with a schema, and where.
    package struct Mistake: InputTrouble, Equatable {
        /// The place, such as `files[0].items[3].type`.
        package let place: String
        package let words: String

        package var description: String { place.isEmpty ? words : "\(place): \(words)" }
    }

    /// Reads a schema in YAML (or JSON, which is YAML). Throws the first ``Mistake``.
    package init(yaml: String) throws(Mistake) {
        do {
            self = try YAMLDecoder().decode(TableSchema.self, from: yaml)
        } catch let error as DecodingError {
            throw Mistake(error)
        } catch {
            throw Mistake(place: "", words: "YAMLとして読めません: \(error)")
        }
        if let mistake = mistakes.first { throw mistake }
    }

    /// The schema as YAML, as it can be read again.
    package func yaml() throws -> String {
        let encoder = YAMLEncoder()
        encoder.options.allowUnicode = true
        encoder.options.width = -1
        return try encoder.encode(self)
    }

    /// What does not fit together.
    package var mistakes: [Mistake] {
        var mistakes: [Mistake] = []
        let ids = files.map(\.id)
        if files.isEmpty { mistakes.append(Mistake(place: "files", words: "ファイルを1つ以上書いてください")) }
        for (index, id) in ids.enumerated() where ids.firstIndex(of: id) != index {
            mistakes.append(Mistake(place: "files[\(index)].id", words: "「\(id)」が2つあります"))
        }
        for (index, file) in files.enumerated() {
            mistakes += file.mistakes(codes: codes, files: files).map {
                Mistake(place: "files[\(index)].\($0.place)", words: $0.words)
            }
        }
        return mistakes
    }
}

extension FileSchema {
    fileprivate func mistakes(codes: [String: CodeTable], files: [FileSchema]) -> [TableSchema.Mistake] {
        let names = items.map(\.name)
        var mistakes: [TableSchema.Mistake] = []
        func known(_ item: String, _ place: String, of file: FileSchema? = nil) {
            let file = file ?? self
            if !file.items.contains(where: { $0.name == item }) {
                mistakes.append(.init(place: place, words: "項目「\(item)」がファイル「\(file.id)」にありません"))
            }
        }
        for (index, item) in items.enumerated() {
            let place = "items[\(index)]"
            if names.firstIndex(of: item.name) != index {
                mistakes.append(.init(place: "\(place).name", words: "項目「\(item.name)」が2つあります"))
            }
            if let code = item.code, codes[code] == nil {
                mistakes.append(.init(place: "\(place).code", words: "コード表「\(code)」がありません"))
            }
            if let when = item.when { known(when.item, "\(place).when.item") }
            if let digits = item.digits, digits < 1 {
                mistakes.append(.init(place: "\(place).digits", words: "桁数は1以上にしてください"))
            }
        }
        for item in key { known(item, "key") }
        for (index, reference) in references.enumerated() {
            for item in reference.items { known(item, "references[\(index)].items") }
            guard let other = files.first(where: { $0.id == reference.file }) else {
                mistakes.append(.init(place: "references[\(index)].file", words: "ファイル「\(reference.file)」がありません"))
                continue
            }
            for item in reference.to { known(item, "references[\(index)].to", of: other) }
            if reference.items.count != reference.to.count {
                mistakes.append(.init(place: "references[\(index)].to", words: "項目の数が items と合いません"))
            }
        }
        if let history {
            for item in history.of + [history.from, history.until] + (history.current.map { [$0.item] } ?? []) {
                known(item, "history")
            }
        }
        return mistakes
    }
}

extension TableSchema.Mistake {
    init(_ error: DecodingError) {
        func place(_ path: [any CodingKey]) -> String {
            path.reduce("") { text, key in
                key.intValue.map { "\(text)[\($0)]" } ?? (text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)")
            }
        }
        switch error {
        case .keyNotFound(let key, let context):
            self.init(place: place(context.codingPath), words: "「\(key.stringValue)」がありません。書き加えてください")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            self.init(place: place(context.codingPath), words: "値の形がちがいます。docs/tables.md の例に合わせてください")
        case .dataCorrupted(let context):
            self.init(
                place: place(context.codingPath),
                words: "使えない値です。docs/tables.md の例に合わせてください（\(context.debugDescription)）")
        @unknown default: self.init(place: "", words: "読めません: \(error)")
        }
    }
}
