import Core
package import Tabular

/// 表のファイル. A sheet as it came: its header, its rows, and in which encoding it was.
package struct SheetFile: Sendable {
    package let header: [String]
    package let records: [CSV.Record]
    private let isNarrow: Bool

    /// Reads a file. Throws a finding for one that cannot be read.
    package init(_ bytes: [UInt8]) throws(SheetTrouble) {
        guard let (text, encoding) = TextEncoding.text(of: bytes) else {
            throw SheetTrouble(line: 1, words: "文字コードを読み取れません。CSV（UTF-8 か Shift_JIS）で保存し直してください")
        }
        let rows: [CSV.Record]
        do throws(CSV.Fault) { rows = try CSV.read(text) } catch {
            switch error {
            case .openQuotes(let line):
                throw SheetTrouble(line: line, words: "この行で始まる引用符（\"）が閉じていません")
            case .afterQuotes(let line):
                throw SheetTrouble(line: line, words: "閉じた引用符（\"）の後ろに文字があります")
            }
        }
        guard let first = rows.first else { throw SheetTrouble(line: 1, words: "中身のないファイルです") }
        header = first.fields.map { Cell.plain($0) }
        // Rows in which nothing stands are left behind by spreadsheets.
        records = rows.dropFirst().filter { !$0.fields.allSatisfy { Cell.plain($0).isEmpty } }
        isNarrow = encoding == .cp932
    }

    /// The place of a column from 0, by its name.
    func place(_ name: String) -> Int? { header.firstIndex(of: name) }

    /// What stands in a cell; nil where the file has no such column.
    package func cell(_ record: CSV.Record, _ name: String) -> String? {
        guard let place = place(name) else { return nil }
        return place < record.fields.count ? FormulaGuard.unguarded(record.fields[place]) : ""
    }

    /// What a cell says, knowing what the register says now: one that came through an encoding with fewer characters and
    /// says the same as far as that has them, says the same.
    package func value(_ cell: String, now current: String) -> String {
        let (said, known) = (Cell.plain(cell), Cell.plain(current))
        guard isNarrow, said != known else { return cell }
        let narrow = TextEncoding.text(of: TextEncoding.cp932.file([[known]]).bytes)?.text ?? ""
        let again = (try? CSV.read(narrow))?.first?.fields.first ?? ""
        return Cell.plain(again) == said ? current : cell
    }

    /// True for a character that stands for one that the encoding does not have.
    package func isLost(_ value: String) -> Bool { isNarrow && value.contains("〓") }

    /// Checks the header: every name once, and all of them known. Gives what is wrong.
    package func headerFaults(known: Set<String>, needed: [String]) -> [SheetReport.Finding] {
        var seen: Set<String> = []
        var findings: [SheetReport.Finding] = []
        for (index, name) in header.enumerated() where !name.isEmpty {
            if !known.contains(name) {
                findings.append(.init(line: 1, column: index + 1, words: "「\(name)」という列は知りません。書き出したCSVの列の名前のままにしてください"))
            } else if !seen.insert(name).inserted {
                findings.append(.init(line: 1, column: index + 1, words: "「\(name)」の列が二つあります"))
            }
        }
        for name in needed where !header.contains(name) {
            findings.append(.init(line: 1, column: nil, words: "「\(name)」の列がありません"))
        }
        return findings
    }

    /// Rows that have more cells than the header.
    package func widthFaults() -> [SheetReport.Finding] {
        records.filter { $0.fields.dropFirst(header.count).contains { !Cell.plain($0).isEmpty } }.map {
            .init(line: $0.line, column: header.count + 1, words: "見出しのない列に値があります。カンマや引用符を確かめてください")
        }
    }
}

/// A file that is no sheet.
package struct SheetTrouble: Error {
    package let line: Int
    package let words: String
}
