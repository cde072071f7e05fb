import CXlsxWriter

/// XLSX (ECMA-376), written row by row: what was written is not held in memory.
///
/// Text is text, so that `0285` stays `0285` and nothing becomes a formula; days are days. The heading stands fast.
package final class Workbook {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private let heading: UnsafeMutablePointer<lxw_format>?
    private let day: UnsafeMutablePointer<lxw_format>?
    private let words: UnsafeMutablePointer<lxw_format>?
    private var sheets: [Sheet] = []
    private var isClosed = false

    /// The rows of a sheet besides its heading at most: a sheet has 1,048,576.
    package static let rowLimit = 1_048_575

    /// One sheet with the row that comes next.
    private struct Sheet {
        let handle: UnsafeMutablePointer<lxw_worksheet>
        var row: UInt32
    }

    /// A column: what stands above it, and how many characters it is wide.
    package struct Column: Sendable {
        package let title: String
        let width: Int

        package init(_ title: String, width: Int) { (self.title, self.width) = (title, width) }
    }

    /// Why a workbook cannot be written.
    package struct Trouble: Error, CustomStringConvertible {
        package let description: String

        init(_ code: lxw_error) { description = "xlsx: " + (lxw_strerror(code).map { String(cString: $0) } ?? "") }

        init(_ words: String) { description = "xlsx: " + words }
    }

    /// - Parameters:
    ///   - path: where it is written.
    ///   - scratch: a folder for what is written meanwhile; its files have no name.
    package init(path: String, scratch: String) throws(Trouble) {
        let made = scratch.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            // The library copies it before the call returns.
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(path, &options)
        }
        guard let made else { throw Trouble("no memory") }
        workbook = made
        (heading, day, words) = (
            workbook_add_format(made), workbook_add_format(made), workbook_add_format(made)
        )
        format_set_bold(heading)
        format_set_text_wrap(heading)
        format_set_align(heading, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        format_set_num_format(day, "yyyy-mm-dd")
        format_set_align(day, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        // 文字列: what is typed over a number later stays as it is typed, too.
        format_set_num_format(words, "@")
        format_set_text_wrap(words)
        format_set_align(words, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    }

    deinit {
        if !isClosed { lxw_workbook_free(workbook) }
    }

    /// Adds a sheet with its heading. Returns its place, for ``append(_:to:)``.
    package func addSheet(_ name: String, _ columns: [Column]) throws(Trouble) -> Int {
        guard let handle = workbook_add_worksheet(workbook, unused(name)) else { throw Trouble("no sheet \(name)") }
        for (index, column) in columns.enumerated() {
            let place = lxw_col_t(index)
            try check(worksheet_set_column(handle, place, place, Double(column.width), nil))
            try check(worksheet_write_string(handle, 0, place, column.title, heading))
        }
        worksheet_freeze_panes(handle, 1, 0)
        sheets.append(Sheet(handle: handle, row: 1))
        return sheets.count - 1
    }

    /// Writes the next row of a sheet.
    package func append(_ cells: [Cell], to sheet: Int) throws(Trouble) {
        let (handle, row) = (sheets[sheet].handle, sheets[sheet].row)
        guard row <= Self.rowLimit else { throw Trouble("too many rows") }
        for (index, cell) in cells.enumerated() {
            let place = lxw_col_t(index)
            switch cell {
            case .empty: continue
            case .text(let text), .typed(let text):
                try check(worksheet_write_string(handle, row, place, text, words))
            case .number, .decimal: try check(worksheet_write_number(handle, row, place, cell.value ?? 0, nil))
            case .day(_, let number):
                // Serial numbers of days begin so that 1970-01-01 is 25569.
                try check(worksheet_write_number(handle, row, place, Double(number + 25569), day))
            }
        }
        sheets[sheet].row += 1
    }

    /// Writes what is left. Nothing may be added afterwards.
    package func close() throws(Trouble) {
        isClosed = true
        try check(workbook_close(workbook))
    }

    /// A name that a sheet may have and no other has: at most 31 characters, none of `[]:*?/\`.
    private func unused(_ name: String) -> String {
        let plain = name.map { "[]:*?/\\'".contains($0) ? "_" : $0 }
        let base = plain.isEmpty ? "表" : String(plain.prefix(28))
        return sheets.isEmpty ? base : "\(sheets.count + 1) \(base)"
    }

    private func check(_ code: lxw_error) throws(Trouble) {
        if code != LXW_NO_ERROR { throw Trouble(code) }
    }
}
