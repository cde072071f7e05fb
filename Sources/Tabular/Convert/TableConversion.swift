import Japanese

/// 変換の実行. Converts a file by a pipeline, with a list of every change from which the file can be made again.
package struct TableConversion {
    /// What a conversion came to.
    package struct Report: Sendable {
        package var rows = 0

        package init() {}

        /// Values that changed, by the item they stood in.
        package var changed: [String: Int] = [:]
        /// Values that a step could not convert and left as they were, by the step; with the first of them.
        package var left: [String: (count: Int, samples: [String])] = [:]
        /// Records with another number of fields than the heading. Nothing is converted while there are any.
        package var faults: [(line: Int, words: String)] = []
    }

    /// Why a conversion cannot be made or taken back.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    package let pipeline: ConvertPipeline

    package init(_ pipeline: ConvertPipeline) { self.pipeline = pipeline }

    static let heading = ["件目", "項目", "前", "後", "手順の後の項目"]

    /// Converts a file.
    /// - Parameters:
    ///   - write: takes what comes out (UTF-8, CRLF), piece by piece.
    ///   - note: takes the list of changes, piece by piece. Its first lines, of record 0, say where each item went.
    package func run(
        _ file: TableFile, write: ([UInt8]) throws -> Void, note: ([UInt8]) throws -> Void
    ) throws -> Report {
        guard let first = file.next() else { throw Trouble(description: "\(file.name) に何もありません") }
        let heading = TableCheck.heading(first)
        let plan = try ConvertPlan(pipeline, heading: heading)
        var (report, block) = (Report(), first as TableFile.Block?)
        var (output, notes) = ([UInt8](), [UInt8]())
        CSV.write(plan.heading, to: &output)
        CSV.write(Self.heading, to: &notes)
        for (column, name) in heading.enumerated() {
            let carrier = plan.carriers[column]
            CSV.write(["0", name, "", "", carrier.map { "\($0 + 1) \(plan.heading[$0])" } ?? ""], to: &notes)
        }
        while let current = block {
            convert(current, plan, heading, &report, &output, &notes)
            if report.faults.count >= 1000 { break }
            if report.faults.isEmpty {
                try write(output)
                try note(notes)
            }
            output.removeAll(keepingCapacity: true)
            notes.removeAll(keepingCapacity: true)
            block = file.next()
        }
        report.faults += file.tooLong.map { ($0, FindingRule.tooLong.words) }
        return report
    }

    private func convert(
        _ block: TableFile.Block, _ plan: ConvertPlan, _ heading: [String], _ report: inout Report,
        _ output: inout [UInt8],
        _ notes: inout [UInt8]
    ) {
        block.bytes.withUnsafeBufferPointer { bytes in
            var reader = RecordReader(bytes, line: block.line)
            if block.index == 0 { _ = reader.next() }
            while reader.next() {
                if reader.count == 1, reader[0].count == 0 { continue }
                report.rows += 1
                guard reader.count == heading.count else {
                    report.faults.append((reader.line, "\(reader.count)列あります（見出しは\(heading.count)列）"))
                    continue
                }
                let row = plan.convert(reader) { left in
                    let name = plan.name(ofStep: left.step)
                    report.left[name, default: (0, [])].count += 1
                    if report.left[name]?.samples.count ?? 0 < 5 { report.left[name]?.samples.append(left.value) }
                }
                for (place, piece) in row.enumerated() {
                    if place > 0 { output.append(UInt8(ascii: ",")) }
                    switch piece {
                    case .field(let column): CSV.write(reader[column], to: &output)
                    case .made(let bytes): bytes.withUnsafeBufferPointer { CSV.write($0, to: &output) }
                    }
                }
                output += [13, 10]
                note(reader, row, plan, heading, &report, &notes)
            }
        }
    }

    /// Notes every value of a record that does not stand unchanged where it is carried.
    private func note(
        _ record: borrowing RecordReader, _ row: [ConvertPlan.Piece], _ plan: ConvertPlan, _ heading: [String],
        _ report: inout Report, _ notes: inout [UInt8]
    ) {
        for (column, name) in heading.enumerated() {
            let carrier = plan.carriers[column]
            if let carrier {
                switch row[carrier] {
                case .field(let origin) where origin == column: continue
                case .made(let made) where made.elementsEqual(record[column]): continue
                default: break
                }
            } else if record[column].count == 0 {
                continue
            }
            let after = carrier.map { ConvertPlan.bytes(row[$0], record) } ?? []
            report.changed[name, default: 0] += 1
            notes.append(contentsOf: String(report.rows).utf8)
            for field in [
                Array(name.utf8), Array(record[column]), after,
                Array(carrier.map { plan.heading[$0] }?.utf8 ?? "".utf8),
            ] {
                notes.append(UInt8(ascii: ","))
                field.withUnsafeBufferPointer { CSV.write($0, to: &notes) }
            }
            notes += [13, 10]
        }
    }
}
