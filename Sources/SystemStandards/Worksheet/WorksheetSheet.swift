import Core
import Japanese
import Tabular

/// 直しの表. A worksheet as CSV: out with what stands there, in with what shall stand there.
struct WorksheetSheet {
    static let heading = ["ファイル", "件目", "キー", "項目", "内容", "いまの値", "直した値", "直し方"]

    /// More findings than that are not handed out as one table.
    static let most = 20_000

    let findings: [(group: FindingGroup, finding: KeptFinding)]
    /// New values by place, as they are kept.
    let mends: [Mend]

    var rows: [[String]] {
        var kept: [String: String] = [:]
        for mend in mends { kept[Self.place(mend.file, mend.row, mend.item)] = mend.content.new }
        return [Self.heading]
            + findings.map { group, finding in
                let new = kept[Self.place(group.file, finding.row, group.item)]
                let cells: [Cell] = [
                    .text(group.file), .number(finding.row), .typed(finding.key), .text(group.item),
                    .text(group.rule.words), .typed(finding.value), .typed(new ?? finding.value),
                    .text(group.rule.mend),
                ]
                return cells.map(\.csv)
            }
    }

    private static func place(_ file: String, _ row: Int, _ item: String) -> String { "\(file)\u{0}\(row)\u{0}\(item)" }

    /// What a filled-in table says, and what of it is not understood; each with how to mend it.
    func read(_ bytes: [UInt8]) throws(StandardsRefusal) -> (mends: [SystemStandards.TypedMend], problems: [String]) {
        guard let text = TextEncoding.text(of: bytes)?.text, let rows = try? CSV.read(text), let first = rows.first
        else {
            throw .unusable("表を読めません。書き出したCSVに書き込んで、CSV（UTF-8 か Shift_JIS）で保存してください。")
        }
        let places = Self.heading.map { name in first.fields.firstIndex { $0.isExactly(name) } }
        guard let file = places[0], let row = places[1], let item = places[3], let old = places[5], let new = places[6]
        else { throw .unusable("見出しが、書き出したものとちがいます。「ファイル」「件目」「項目」「いまの値」「直した値」の列を残してください。") }
        var known: [String: KeptFinding] = [:]
        for (group, finding) in findings where finding.isMendable(in: group) {
            known[Self.place(group.file, finding.row, group.item)] = finding
        }
        var (mends, problems) = ([SystemStandards.TypedMend](), [String]())
        for record in rows.dropFirst() {
            func cell(_ place: Int) -> String { place < record.fields.count ? record.fields[place] : "" }
            guard let number = Int(Width.narrow(cell(row))),
                let finding = known[Self.place(cell(file), number, cell(item))]
            else {
                if cell(new) != cell(old) {
                    problems.append("\(record.line)行目: この直しの表にない場所です。「ファイル」「件目」「項目」は書き換えないでください。")
                }
                continue
            }
            let written = Cell.typed(finding.value).csv
            guard cell(old).isExactly(written) else {
                problems.append("\(record.line)行目: 「いまの値」が、調べたときとちがいます。この列は書き換えないでください。")
                continue
            }
            let value = cell(new)
            if value.isExactly(written) { continue }
            mends.append(
                .init(
                    file: cell(file), row: number, item: cell(item),
                    content: .init(key: finding.key, old: finding.value, new: Self.unguarded(value))))
        }
        return (mends, problems)
    }

    /// Without the apostrophe that keeps a spreadsheet from calculating.
    private static func unguarded(_ cell: String) -> String {
        guard cell.first == "'" else { return cell }
        let bare = String(cell.dropFirst())
        return Cell.typed(bare).csv.isExactly(cell) ? bare : cell
    }
}
