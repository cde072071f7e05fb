import Japanese

/// A pipeline with its items found in the heading of a file, ready to convert records.
struct ConvertPlan: Sendable {
    /// A value on its way: as it stands in the record, or made.
    enum Piece {
        case field(Int)
        case made([UInt8])
    }

    /// One step on the columns it concerns.
    private enum Work: Sendable {
        case reorder([Int])
        case table(Int, [[UInt8]: [UInt8]], targets: Set<[UInt8]>)
        case date([Int], ConvertStep.DateForm)
        case text([Int], TextRewriter)
        case split(Int, [UInt8], Int)
        case join([Int], [UInt8])
        case pad(Int, Int, [UInt8])
        case characters([Int], [Unicode.Scalar: String])
        case constant([UInt8])
    }

    /// The heading of what comes out.
    let heading: [String]
    /// For each column of the file, the column that still has its value at the end; nil if none has.
    let carriers: [Int?]
    private let works: [(step: Int, work: Work)]
    private let width: Int
    private let steps: [ConvertStep]

    init(_ pipeline: ConvertPipeline, heading: [String]) throws(TableSchema.Mistake) {
        var (names, origins, works) = (heading, heading.indices.map { $0 as Int? }, [(Int, Work)]())
        for (index, step) in pipeline.steps.enumerated() {
            func place(_ name: String) throws(TableSchema.Mistake) -> Int {
                guard let place = names.firstIndex(where: { $0.isExactly(name) }) else {
                    throw TableSchema.Mistake(
                        place: "steps[\(index)].\(step.name)",
                        words: "項目「\(name)」がありません。あるのは \(names.joined(separator: "、")) です")
                }
                return place
            }
            func places(_ items: [String]) throws(TableSchema.Mistake) -> [Int] {
                var found: [Int] = []
                for item in items { found.append(try place(item)) }
                return found
            }
            func bytes(_ table: [String: String]) -> [[UInt8]: [UInt8]] {
                table.reduce(into: [:]) { $0[Array($1.key.utf8)] = Array($1.value.utf8) }
            }
            switch step {
            case .rename(let new):
                for (old, name) in new.sorted(by: { $0.key < $1.key }) { names[try place(old)] = name }
            case .drop(let items):
                let gone = try places(items)
                let kept = names.indices.filter { !gone.contains($0) }
                works.append((index, .reorder(kept)))
                (names, origins) = (kept.map { names[$0] }, kept.map { origins[$0] })
            case .select(let items):
                let kept = try places(items)
                works.append((index, .reorder(kept)))
                (names, origins) = (kept.map { names[$0] }, kept.map { origins[$0] })
            case .codes(let item, let table), .key(let item, let table):
                let bytes = bytes(table)
                works.append((index, .table(try place(item), bytes, targets: Set(bytes.values))))
            case .date(let items, let form): works.append((index, .date(try places(items), form)))
            case .text(let items, let rules):
                if let rewriter = try? TextRewriter(rules) { works.append((index, .text(try places(items), rewriter))) }
            case .split(let item, let at, let into):
                let column = try place(item)
                works.append((index, .split(column, Array(at.utf8), into.count)))
                names.replaceSubrange(column...column, with: into)
                origins.replaceSubrange(column...column, with: into.map { _ in nil })
            case .join(let items, let with, let into):
                let columns = try places(items)
                works.append((index, .join(columns, Array(with.utf8))))
                names.append(into)
                origins.append(nil)
                let kept = names.indices.filter { !columns.contains($0) }
                (names, origins) = (kept.map { names[$0] }, kept.map { origins[$0] })
            case .pad(let item, let length, let with):
                works.append((index, .pad(try place(item), length, Array(with.utf8))))
            case .characters(let items, let table):
                let scalars = table.reduce(into: [Unicode.Scalar: String]()) { table, pair in
                    if let scalar = pair.key.unicodeScalars.first { table[scalar] = pair.value }
                }
                works.append((index, .characters(try places(items), scalars)))
            case .constant(let item, let value):
                works.append((index, .constant(Array(value.utf8))))
                names.append(item)
                origins.append(nil)
            }
        }
        (self.heading, self.works, width, steps) = (names, works, heading.count, pipeline.steps)
        carriers = heading.indices.map { column in origins.firstIndex { $0 == column } }
    }

    /// Values that a step could not convert: the step, and the value as it stayed.
    typealias Left = (step: Int, value: String)

    /// The values of a record after all steps.
    func convert(_ record: borrowing RecordReader, _ tell: (Left) -> Void) -> [Piece] {
        var row = (0..<width).map { Piece.field($0) }
        for (step, work) in works { apply(work, step, record, &row, tell) }
        return row
    }

    private func apply(
        _ work: Work, _ step: Int, _ record: borrowing RecordReader, _ row: inout [Piece], _ tell: (Left) -> Void
    ) {
        switch work {
        case .reorder(let kept): row = kept.map { row[$0] }
        case .table(let column, let table, let targets):
            let value = Self.bytes(row[column], record)
            if let new = table[value] {
                row[column] = .made(new)
            } else if !value.isEmpty, !targets.contains(value) {
                // What is a new code already needs no conversion.
                tell((step, String(decoding: value, as: UTF8.self)))
            }
        case .date(let columns, let form):
            for column in columns {
                let value = Self.bytes(row[column], record)
                guard !value.isEmpty else { continue }
                guard let day = value.withUnsafeBufferPointer({ try? WrittenDate.read($0) })?.day else {
                    tell((step, String(decoding: value, as: UTF8.self)))
                    continue
                }
                row[column] = .made(Array(form.write(day).utf8))
            }
        case .text(let columns, let rewriter):
            for column in columns {
                let value = Self.bytes(row[column], record)
                row[column] = .made(
                    value.withUnsafeBufferPointer { value in
                        [UInt8](unsafeUninitializedCapacity: max(1, value.count * 3)) {
                            $1 = rewriter.rewrite(value, into: $0)
                        }
                    })
            }
        case .split(let column, let at, let count):
            row.replaceSubrange(column...column, with: Self.split(Self.bytes(row[column], record), at, count))
        case .join(let columns, let with):
            let values = columns.map { Self.bytes(row[$0], record) }.filter { !$0.isEmpty }
            row.append(.made(Array(values.joined(separator: with))))
            row = row.indices.filter { !columns.contains($0) }.map { row[$0] }
        case .pad(let column, let length, let with):
            let value = Self.bytes(row[column], record)
            guard !value.isEmpty, value.count < length, with.count == 1 else { return }
            row[column] = .made(Array(repeating: with[0], count: length - value.count) + value)
        case .characters(let columns, let table):
            for column in columns {
                let value = String(decoding: Self.bytes(row[column], record), as: UTF8.self)
                guard value.unicodeScalars.contains(where: { table[$0] != nil }) else { continue }
                var new = String.UnicodeScalarView()
                for scalar in value.unicodeScalars {
                    if let other = table[scalar] {
                        new.append(contentsOf: other.unicodeScalars)
                    } else {
                        new.append(scalar)
                    }
                }
                row[column] = .made(Array(String(new).utf8))
            }
        case .constant(let value): row.append(.made(value))
        }
    }

    /// The bytes of a value.
    static func bytes(_ piece: Piece, _ record: borrowing RecordReader) -> [UInt8] {
        switch piece {
        case .field(let column): Array(record[column])
        case .made(let bytes): bytes
        }
    }

    private static func split(_ value: [UInt8], _ at: [UInt8], _ count: Int) -> [Piece] {
        var (parts, rest) = ([[UInt8]](), value[...])
        while parts.count < count - 1, let found = rest.firstRange(of: at), !at.isEmpty {
            parts.append(Array(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        parts.append(Array(rest))
        return (0..<count).map { .made($0 < parts.count ? parts[$0] : []) }
    }

    /// The name of a step, with its number for people.
    func name(ofStep step: Int) -> String { "\(step + 1) \(steps[step].name)" }
}
