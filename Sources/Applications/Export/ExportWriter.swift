import Core
import Tabular

/// Writes the table of a choice into a file in memory, row by row.
final class ExportWriter {
    /// 書き出しの結果.
    struct Made: Sendable {
        let file: Spool
        /// The characters that the encoding does not have, each with its row, its column and what the column is called.
        let unmappable: [TextEncoding.Unmappable]
        let unmappableCount: Int
    }

    private let table: ExportTable
    private let format: ExportFormat
    private var spool: Spool
    private let lines: TableWriter
    private let workbook: Workbook?
    private var sheets: [(field: Field, place: Int)] = []

    /// What is written beside the file stands in memory, too: it never touches the disk unsealed.
    private static let scratch = "/dev/shm"

    init(_ table: ExportTable, _ format: ExportFormat) throws {
        (self.table, self.format) = (table, format)
        spool = try Spool()
        lines = TableWriter(format == .cp932 ? .cp932 : .utf8)
        guard format == .xlsx else {
            workbook = nil
            try spool.append(lines.written(table.heading.map(\.title)))
            return
        }
        let workbook = try Workbook(path: spool.path, scratch: Self.scratch)
        self.workbook = workbook
        _ = try workbook.addSheet("申請", table.heading)
        sheets = try table.groups.map { ($0, try workbook.addSheet($0.label[.ja], table.heading(of: $0))) }
    }

    func append(_ item: ExportTable.Item) throws {
        guard let workbook else { return try spool.append(lines.written(table.row(item).map(\.csv))) }
        try workbook.append(table.row(item), to: 0)
        for (field, place) in sheets {
            for row in table.rows(item, of: field) { try workbook.append(row, to: place) }
        }
    }

    /// What there is so far of a CSV file, if it is so much that it is put away first; nil while it is not.
    func part(from size: Int) throws -> Spool? {
        guard workbook == nil, spool.count >= size else { return nil }
        let full = spool
        spool = try Spool()
        return full
    }

    func finish() throws -> Made {
        try workbook?.close()
        return Made(file: spool, unmappable: lines.unmappable, unmappableCount: lines.unmappableCount)
    }
}
