package import Japanese

/// 抽出ファイルの検査. Checks the files of an extract against a schema: every value by itself, then records against one another.
///
/// Memory does not grow with the files: findings and what is compared lie on disk. Blocks of a file are checked side by side,
/// and findings come in the order of the rows whatever the number of processors.
package struct TableCheck: Sendable {
    /// A file of the extract.
    package struct Input: Sendable {
        package let path: String
        /// What the report calls it.
        package let name: String
        /// The id of its part of the schema.
        package let file: String
        /// Nil: found out.
        package let encoding: TableFile.Encoding?

        /// - Parameter name: nil for its path.
        package init(path: String, name: String? = nil, file: String, encoding: TableFile.Encoding? = nil) {
            (self.path, self.name, self.file, self.encoding) = (path, name ?? path, file, encoding)
        }
    }

    /// Why a check cannot begin.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    package let schema: TableSchema
    /// 宛名番号: what stands at remainder 1.
    package let remainderOne: CheckDigit.RemainderOne
    /// Where what does not fit in memory is kept meanwhile.
    package let folder: String
    /// How many blocks are checked at once.
    package let width: Int

    package init(_ schema: TableSchema, remainderOne: CheckDigit.RemainderOne = .zero, folder: String, width: Int) {
        (self.schema, self.remainderOne, self.folder, self.width) = (schema, remainderOne, folder, max(1, width))
    }

    /// Which file belongs to which part of the schema, by the patterns of their names.
    package func inputs(for paths: [String], encoding: TableFile.Encoding? = nil) throws(Trouble) -> [Input] {
        var inputs: [Input] = []
        for path in paths {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let fitting = schema.files.filter { $0.pattern.map { FileNamePattern($0).fits(name) } ?? true }
            let only = schema.files.count == 1 ? schema.files.first : nil
            guard let file = fitting.first ?? only else {
                let patterns = schema.files.map { "\($0.title)（\($0.pattern ?? "*")）" }.joined(separator: "、")
                throw Trouble(description: "\(name) は、定義のどのファイルでもありません。名前を合わせてください: \(patterns)")
            }
            if let other = inputs.first(where: { $0.file == file.id }) {
                throw Trouble(description: "\(name) と \(other.path) は、どちらも「\(file.title)」です。1つにしてください")
            }
            inputs.append(Input(path: path, file: file.id, encoding: encoding))
        }
        return inputs
    }

    /// Checks files.
    /// - Parameter progress: told how many bytes were read of how many.
    package func run(
        _ inputs: [Input], progress: (@Sendable (Int, Int) -> Void)? = nil
    ) async throws -> CheckReport {
        let log = try FindingLog(in: folder)
        let given = Set(inputs.map(\.file))
        var comparisons = try Comparison.all(of: schema, given: given, in: folder)
        var checked: [CheckReport.File] = []
        var done = 0
        let files = try inputs.map { try TableFile($0.path, named: $0.name, encoding: $0.encoding) }
        let total = files.reduce(0) { $0 + $1.size }
        for (file, input) in zip(files, inputs) {
            guard let number = schema.files.firstIndex(where: { $0.id == input.file }) else {
                throw Trouble(description: "定義にファイル「\(input.file)」がありません")
            }
            let (begun, size) = (done, file.size)
            checked.append(
                try await check(file, number, given, log, &comparisons) {
                    progress?(begun + min($0, size), total)
                })
            done += file.size
        }
        for comparison in comparisons { try comparison.compare(log, schema) }
        return CheckReport(schema: schema, files: checked, log: log)
    }

    private func check(
        _ file: TableFile, _ number: Int, _ given: Set<String>, _ log: FindingLog,
        _ comparisons: inout [Comparison],
        progress: @Sendable (Int) -> Void
    ) async throws -> CheckReport.File {
        let part = schema.files[number]
        let first = file.next()
        let heading = first.map(Self.heading) ?? []
        let plan = plan(part, number, heading, comparisons)
        var report = FindingBuffer(columns: part.items.count)
        plan.tellHeading(heading, part, &report)
        plan.tellMissing(part.references.filter { !given.contains($0.file) }, schema, &report)
        try log.append(report, file: number, items: part.items.count)
        var (rows, ends) = (0, LineEnds())
        try await file.forEach(from: first, atOnce: width, { plan.check($0, skipsHeading: $0.index == 0) }) {
            result, read in
            var result = result
            result.findings.shiftRows(by: rows)
            try log.append(result.findings, file: number, items: part.items.count)
            for (keep, bytes) in zip(plan.keeps, result.kept) {
                try comparisons[keep.comparison].take(bytes, rows: rows)
            }
            rows += result.rows
            ends += result.lineEnds
            progress(read)
        }
        var last = FindingBuffer(columns: part.items.count)
        plan.tellWhole(file, ends, &last)
        try log.append(last, file: number, items: part.items.count)
        return CheckReport.File(file, schema: part, number: number, rows: rows)
    }

    /// The names in the first record.
    static func heading(_ block: TableFile.Block) -> [String] {
        block.bytes.withUnsafeBufferPointer { bytes in
            var reader = RecordReader(bytes)
            guard reader.next() else { return [] }
            return (0..<reader.count).map { reader.text($0) }
        }
    }

    private func plan(_ part: FileSchema, _ number: Int, _ heading: [String], _ comparisons: [Comparison]) -> FilePlan {
        let columns = part.columns(in: heading)
        let checks = part.items.enumerated().compactMap { index, item -> ColumnCheck? in
            guard let column = columns[item.name] else { return nil }
            return ColumnCheck(
                item, index: index, column: column, schema: schema, columns: columns, remainderOne: remainderOne)
        }
        return FilePlan(
            file: number, columns: checks, width: heading.count, key: part.key.compactMap { columns[$0] },
            keeps: comparisons.enumerated().flatMap { $1.keeps(of: number, part, columns, comparison: $0) },
            itemCount: part.items.count)
    }
}

extension FileSchema {
    /// The column of each item that a heading has, by its name or its id.
    func columns(in heading: [String]) -> [String: Int] {
        let places = Dictionary(heading.enumerated().map { (LegalText($1), $0) }) { first, _ in first }
        return items.reduce(into: [:]) { columns, item in
            columns[item.name] = places[LegalText(item.name)] ?? places[LegalText(item.id)]
        }
    }
}

extension FilePlan {
    /// Tells which items the heading lacks and which columns the schema does not know.
    fileprivate func tellHeading(_ heading: [String], _ part: FileSchema, _ buffer: inout FindingBuffer) {
        let known = part.columns(in: heading)
        for (index, item) in part.items.enumerated() where known[item.name] == nil {
            tell(.missingItem, isNotice: !item.required, index, item.name, &buffer)
        }
        let used = Set(known.values)
        for (column, name) in heading.enumerated() where !used.contains(column) {
            tell(.unknownItem, isNotice: true, -1, name, &buffer)
        }
    }

    /// Tells which references are not looked at because their file was not given.
    fileprivate func tellMissing(
        _ references: [FileSchema.Reference], _ schema: TableSchema, _ buffer: inout FindingBuffer
    ) {
        for reference in references {
            let title = schema.files.first { $0.id == reference.file }?.title ?? reference.file
            tell(.missingFile, isNotice: true, -1, title, &buffer)
        }
    }

    /// Tells what only the whole file shows.
    fileprivate func tellWhole(_ file: TableFile, _ ends: LineEnds, _ buffer: inout FindingBuffer) {
        for line in file.tooLong {
            "".withBytes {
                buffer.append(
                    .tooLong, isNotice: false, file: self.file, row: 0, line: line, column: -1, value: $0, key: $0)
            }
        }
        if ends.isMixed {
            tell(.lineEnds, isNotice: true, -1, "CRLF \(ends.crlf)、LF \(ends.lf)、CR \(ends.cr)", &buffer)
        }
    }

    private func tell(
        _ rule: FindingRule, isNotice: Bool, _ column: Int, _ words: String, _ buffer: inout FindingBuffer
    ) {
        words.withBytes { value in
            buffer.append(
                rule, isNotice: isNotice, file: file, row: 0, line: 1, column: column, value: value,
                key: Bytes(start: nil, count: 0))
        }
    }
}
