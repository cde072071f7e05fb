import Japanese

/// What is taken of each record of a file to be compared, ready to be taken.
struct PartPlan: Sendable {
    /// What a block came to.
    struct Result: Sendable {
        var rows = 0
        var kept: [UInt8] = []
        var unread: [Reconciliation.Parted.Unread] = []
    }

    private let key: [Int]
    private let keys: KeyMap
    private let fields: [(columns: [Int], join: [UInt8])]
    private let group: Int?
    private let width: Int

    init(_ map: ReconcileMap, _ keys: KeyMap, _ side: Reconciliation.Side, heading: [String], path: String) throws {
        let places = Dictionary(heading.enumerated().map { (LegalText($1), $0) }) { first, _ in first }
        func column(_ name: String) throws -> Int {
            guard let column = places[LegalText(name)] else {
                throw Reconciliation.Trouble(
                    description: "\(path):1:1: 見出しに「\(name)」がありません。対応表の \(side.rawValue) を確かめてください")
            }
            return column
        }
        self.keys = keys
        key = try (side == .old ? map.old.key : map.new.key).map(column)
        fields = try map.fields.map { field in
            (try (side == .old ? field.old : field.new).map(column), Array(field.join.utf8))
        }
        group = map.group.flatMap { places[LegalText($0)] }
        width = heading.count
    }

    /// Takes what is compared of the records of a block.
    func part(_ block: TableFile.Block) -> Result {
        var result = Result()
        result.kept.reserveCapacity(block.bytes.count)
        block.bytes.withUnsafeBufferPointer { bytes in
            var reader = RecordReader(bytes, line: block.line)
            if block.index == 0 { _ = reader.next() }
            var (whole, value) = ([UInt8](), [UInt8]())
            while reader.next() {
                if reader.count == 1, reader[0].count == 0 { continue }
                result.rows += 1
                guard reader.count == width else {
                    result.unread.append(.init(line: reader.line, words: "\(reader.count)列（見出しは\(width)列）"))
                    continue
                }
                whole.removeAll(keepingCapacity: true)
                for column in key { Fields.append(reader[column], to: &whole) }
                let keyLength = whole.count
                Fields.append(group.map { reader[$0] } ?? Bytes(start: nil, count: 0), to: &whole)
                for field in fields {
                    if field.columns.count == 1 {
                        Fields.append(reader[field.columns[0]], to: &whole)
                    } else {
                        join(reader, field, &value)
                        value.withUnsafeBufferPointer { Fields.append($0, to: &whole) }
                    }
                }
                whole.withUnsafeBufferPointer { bytes in
                    keep(bytes.part(0..<keyLength), bytes.part(keyLength..<bytes.count), &result)
                }
            }
        }
        return result
    }

    /// Keeps a record under its key, or under the keys it has after. Its values stand under the first of them; under the
    /// others it only says that it was split.
    private func keep(_ key: Bytes, _ payload: Bytes, _ result: inout Result) {
        guard !keys.new.isEmpty, self.key.count == 1, let own = Fields.read(key).first, let new = keys.new[Array(own)]
        else {
            return KeyedSpool.write(key: key, tag: 0, row: result.rows, payload: payload, to: &result.kept)
        }
        for (index, key) in new.enumerated() {
            var field: [UInt8] = []
            key.withUnsafeBufferPointer { Fields.append($0, to: &field) }
            field.withUnsafeBufferPointer { key in
                KeyedSpool.write(
                    key: key, tag: index == 0 ? 0 : 1, row: result.rows, payload: payload, to: &result.kept)
            }
        }
    }

    private func join(
        _ record: borrowing RecordReader, _ field: (columns: [Int], join: [UInt8]), _ value: inout [UInt8]
    ) {
        value.removeAll(keepingCapacity: true)
        for column in field.columns where record[column].count > 0 {
            if !value.isEmpty { value.append(contentsOf: field.join) }
            value.append(contentsOf: record[column])
        }
    }
}
