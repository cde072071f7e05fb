import Japanese

/// 氏名の表記のちがい. The same person's name as several files write it, side by side.
package struct NameSpellings {
    /// A name that is not written the same everywhere.
    package struct Line: Sendable, Equatable {
        package let key: String
        /// How each file writes it, in the order of the files; empty where the person is not in a file.
        package let names: [String]
        /// True if the names are the same but for the form of their characters, width and spaces.
        package let isSameName: Bool
        /// The characters that are not the same everywhere.
        package let characters: [String]
    }

    /// A file with the columns of the key and of the name.
    package struct Input: Sendable {
        package let path: String
        package let key: String
        package let name: String

        package init(path: String, key: String, name: String) { (self.path, self.key, self.name) = (path, key, name) }
    }

    /// Why names cannot be compared.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    /// Gives every name that is written in more than one way. Memory does not grow with the files.
    /// - Parameter folder: where what does not fit in memory is kept meanwhile.
    package static func find(_ inputs: [Input], folder: String, _ work: (Line) throws -> Void) throws {
        guard inputs.count <= 250 else { throw Trouble(description: "ファイルは250個までにしてください") }
        let spool = try KeyedSpool(in: folder)
        for (number, input) in inputs.enumerated() { try keep(input, UInt8(number), spool) }
        try spool.groups { group in
            var names = Array(repeating: "", count: inputs.count)
            for record in group where names[Int(record.tag)].isEmpty { names[Int(record.tag)] = record.payload.string }
            let written = names.filter { !$0.isEmpty }
            guard let first = written.first, written.contains(where: { !$0.isExactly(first) }) else { return }
            try work(
                Line(
                    key: group.first?.key.string ?? "", names: names,
                    isSameName: Set(written.map { LegalText(folded($0)) }).count == 1, characters: different(written)))
        }
    }

    private static func keep(_ input: Input, _ tag: UInt8, _ spool: KeyedSpool) throws {
        let file = try TableFile(input.path)
        var places: (key: Int, name: Int)?
        var rows = 0
        while let block = file.next() {
            if places == nil {
                let heading = TableCheck.heading(block)
                func column(_ name: String) throws -> Int {
                    guard let place = heading.firstIndex(where: { $0.isExactly(name) }) else {
                        throw Trouble(description: "\(input.path):1:1: 見出しに「\(name)」がありません")
                    }
                    return place
                }
                places = (try column(input.key), try column(input.name))
            }
            guard let places else { return }
            var kept: [UInt8] = []
            let before = rows
            block.bytes.withUnsafeBufferPointer { bytes in
                var reader = RecordReader(bytes, line: block.line)
                if block.index == 0 { _ = reader.next() }
                while reader.next() {
                    guard max(places.key, places.name) < reader.count, reader[places.key].count > 0 else { continue }
                    rows += 1
                    KeyedSpool.write(
                        key: reader[places.key], tag: tag, row: rows - before, payload: reader[places.name], to: &kept)
                }
            }
            _ = try spool.append(kept, rows: before)
        }
    }

    private static func folded(_ name: String) -> String {
        Width.text(
            of: VariantFold.fold(Width.widenKana(Width.narrow(name))).unicodeScalars.filter {
                !$0.properties.isWhitespace
            })
    }

    /// The characters, with their selectors, that only some of the names have.
    private static func different(_ names: [String]) -> [String] {
        let sets = names.map { Set(characters($0).map { LegalText($0) }) }
        let all = sets.reduce(into: Set<LegalText>()) { $0.formUnion($1) }
        return all.filter { one in sets.contains { !$0.contains(one) } }.sorted().map(\.text)
    }

    private static func characters(_ name: String) -> [String] {
        var found: [[Unicode.Scalar]] = []
        for scalar in name.unicodeScalars where !scalar.properties.isWhitespace {
            if CharacterKind.of(scalar.value).contains(.selector), !found.isEmpty {
                found[found.count - 1].append(scalar)
            } else {
                found.append([scalar])
            }
        }
        return found.map { Width.text(of: $0) }
    }
}
