import Japanese

/// 値の直し. Puts other values into single places of a file. Every record that is not mended stays byte for byte as it is.
///
/// The list of changes is that of a ``TableConversion``: the file can be made again from it.
package struct TableMend {
    /// A value that takes the place of another one.
    package struct Edit: Sendable, Equatable {
        package let item: String
        /// What has to stand there; nil: whatever does.
        package let old: String?
        package let new: String

        package init(item: String, old: String?, new: String) { (self.item, self.old, self.new) = (item, old, new) }
    }

    /// Why a file cannot be mended.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    /// Mends a file, in the encoding it has.
    /// - Parameters:
    ///   - edits: what is mended in a record: its number from 1, and its values by item.
    ///   - write: takes what comes out, piece by piece.
    ///   - note: takes the list of changes (UTF-8), piece by piece.
    /// - Returns: how many values changed.
    package static func run(
        _ file: TableFile, edits: (Int, (String) -> String?) -> [Edit], write: ([UInt8]) throws -> Void,
        note: ([UInt8]) throws -> Void
    ) throws -> Int {
        let converter = file.encoding.iconvName.map { Converter(to: $0, from: "UTF-8") }
        var (heading, columns, row, changed) = ([String](), [LegalText: Int](), 0, 0)
        var notes: [UInt8] = []
        if file.mark > 0 { try write(file.encoding.mark) }
        while let block = file.next() {
            var output: [UInt8] = []
            output.reserveCapacity(block.bytes.count)
            try block.bytes.withUnsafeBufferPointer { bytes in
                var reader = RecordReader(bytes, line: block.line)
                if block.index == 0, reader.next() {
                    heading = (0..<reader.count).map { reader.text($0) }
                    columns = Dictionary(heading.enumerated().map { (LegalText($1), $0) }) { first, _ in first }
                    output += bytes[reader.extent]
                    CSV.write(TableConversion.heading, to: &notes)
                    for (column, name) in heading.enumerated() {
                        CSV.write(["0", name, "", "", "\(column + 1) \(name)"], to: &notes)
                    }
                }
                while reader.next() {
                    guard reader.count > 1 || reader[0].count > 0 else {
                        output += bytes[reader.extent]
                        continue
                    }
                    row += 1
                    var values = (0..<reader.count).map { reader.text($0) }
                    let wanted = edits(row) { name in
                        columns[LegalText(name)].flatMap { $0 < values.count ? values[$0] : nil }
                    }
                    guard !wanted.isEmpty else {
                        output += bytes[reader.extent]
                        continue
                    }
                    var isChanged = false
                    for edit in wanted {
                        guard let column = columns[LegalText(edit.item)], column < values.count,
                            edit.old.map({ $0.isExactly(values[column]) }) ?? true
                        else {
                            throw Trouble(
                                description: "\(row)件目の「\(edit.item)」が、調べたときの値ではありません。何も直していません。もう一度調べてください")
                        }
                        guard !edit.new.isExactly(values[column]) else { continue }
                        CSV.write([String(row), edit.item, values[column], edit.new, edit.item], to: &notes)
                        values[column] = edit.new
                        (isChanged, changed) = (true, changed + 1)
                    }
                    if isChanged {
                        var record: [UInt8] = []
                        CSV.write(values, to: &record)
                        output += record.dropLast(2) + Array(bytes[reader.extent]).lineEnd
                    } else {
                        output += bytes[reader.extent]
                    }
                }
            }
            guard let converter else {
                try write(output)
                continue
            }
            guard let converted = converter.convert(output) else {
                throw Trouble(
                    description: "直した値に、ファイルの文字コード（\(file.encoding.rawValue)）で書けない文字があります。何も直していません")
            }
            try write(converted)
        }
        try note(notes)
        return changed
    }
}

extension [UInt8] {
    /// The line end that it ends with.
    fileprivate var lineEnd: [UInt8] { Array(reversed().prefix { $0 == 10 || $0 == 13 }.reversed()) }
}

extension TableFile.Encoding {
    /// The bytes before a file that say which encoding it is.
    fileprivate var mark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16le: [0xFF, 0xFE]
        case .utf16be: [0xFE, 0xFF]
        case .cp932: []
        }
    }

    /// True if every character of a text can be written in it.
    package func canWrite(_ text: String) -> Bool {
        guard let iconvName else { return true }
        return Converter(to: iconvName, from: "UTF-8").convert(Array(text.utf8)) != nil
    }
}
