import Core
import Japanese
import Tabular

/// A table on its way into the gateway: read whole, or refused with the places of what is wrong.
struct GatewayTable {
    let columns: [String]
    let rows: Int
    /// CSV (RFC 4180) in UTF-8 with its heading.
    let content: Spool
    /// Where every ``GatewaySet/page``-th row begins, and last where the table ends.
    let pages: [Int]

    /// So many places are told.
    private static let told = 20

    /// Reads a CSV file. Throws every fault with its place, as far as they are told.
    init(_ file: TableFile, within repertoire: Repertoire) throws {
        let content = try Spool()
        var (columns, rows, pages, faults, count) = ([String](), 0, [Int](), [String](), 0)
        func fault(_ line: Int, _ column: String, _ words: String) {
            count += 1
            if faults.count < Self.told { faults.append("\(line)行目\(column.isEmpty ? "" : "「\(column)」"): \(words)") }
        }
        var offset = 0
        while let block = file.next() {
            var output: [UInt8] = []
            block.bytes.withUnsafeBufferPointer { bytes in
                var reader = RecordReader(bytes, line: block.line)
                if block.index == 0, reader.next() {
                    columns = (0..<reader.count).map { reader.text($0) }
                    CSV.write(columns, to: &output)
                }
                while reader.next() {
                    if reader.count == 1, reader[0].count == 0 { continue }
                    if reader.hasFaults { fault(reader.line, "", "引用符が合いません") }
                    guard reader.count == columns.count else {
                        fault(reader.line, "", "\(reader.count)列あります（見出しは\(columns.count)列）")
                        continue
                    }
                    if rows % GatewaySet.page == 0 { pages.append(offset + output.count) }
                    rows += 1
                    let values = (0..<reader.count).map { reader.text($0) }
                    for (column, value) in zip(columns, values) {
                        let outside = value.unicodeScalars.first { !repertoire.contains($0.value) }
                        if let outside {
                            let code = RepertoireReport.name(of: outside.value)
                            fault(reader.line, column, "使える文字の範囲の外の文字（\(code)）があります")
                        } else if value.unicodeScalars.contains("\u{FFFD}") {
                            fault(reader.line, column, "文字として読めません")
                        }
                    }
                    CSV.write(values, to: &output)
                }
            }
            try content.append(output)
            offset += output.count
        }
        for line in file.tooLong { fault(line, "", FindingRule.tooLong.words) }
        guard !columns.isEmpty, rows > 0 else { throw StandardsRefusal.unusable("\(file.name) に、見出しと1件以上の記録がありません。") }
        guard !columns.contains(""), Set(columns.map { LegalText($0) }).count == columns.count else {
            throw StandardsRefusal.unusable("\(file.name) の見出しに、空の名前か、同じ名前があります。")
        }
        guard count == 0 else {
            let more = count > Self.told ? "ほかに\(count - Self.told)か所あります。" : ""
            throw StandardsRefusal.unusable("受け取れません（\(count)か所）。\(faults.joined(separator: "。"))。\(more)")
        }
        (self.columns, self.rows, self.content, self.pages) = (columns, rows, content, pages + [offset])
    }
}
