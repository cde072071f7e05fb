import Core
import Japanese
import Register
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
                return [
                    group.file, String(finding.row), finding.key, group.item, group.rule.words, finding.value,
                    new ?? finding.value, group.rule.mend,
                ].map(FormulaGuard.guarded)
            }
    }

    private static func place(_ file: String, _ row: Int, _ item: String) -> String { "\(file)\u{0}\(row)\u{0}\(item)" }

    /// What a filled-in table says, and what of it is not understood; each with how to mend it. A value that is what stands in
    /// the file is one, too: it takes a mend away.
    func read(_ bytes: [UInt8]) throws(StandardsRefusal) -> (mends: [SystemStandards.TypedMend], problems: [String]) {
        let file = try StandardsRefusal.sheet(bytes)
        for name in ["ファイル", "件目", "項目", "いまの値", "直した値"] where !file.header.contains(name) {
            throw .unusable("見出しに「\(name)」がありません。書き出した表の見出しを残してください。")
        }
        var known: [String: KeptFinding] = [:]
        for (group, finding) in findings where finding.isMendable(in: group) {
            known[Self.place(group.file, finding.row, group.item)] = finding
        }
        let kept = Dictionary(mends.map { (Self.place($0.file, $0.row, $0.item), $0.content.new) }) { first, _ in first
        }
        var (mends, problems) = ([SystemStandards.TypedMend](), [String]())
        for record in file.records {
            func cell(_ name: String) -> String { file.cell(record, name) ?? "" }
            let (old, new) = (cell("いまの値"), cell("直した値"))
            let row = Int(Width.narrow(cell("件目"))) ?? 0
            let place = Self.place(cell("ファイル"), row, cell("項目"))
            guard let finding = known[place] else {
                if !new.isExactly(old) {
                    problems.append("\(record.line)行目: この直しの表にない場所です。「ファイル」「件目」「項目」は書き換えないでください。")
                }
                continue
            }
            guard file.value(old, now: finding.value).isExactly(finding.value) else {
                problems.append("\(record.line)行目: 「いまの値」が、調べたときとちがいます。この列は書き換えないでください。")
                continue
            }
            let value = file.value(new, now: kept[place] ?? finding.value)
            guard !file.isLost(value) || value.isExactly(finding.value) else {
                problems.append("\(record.line)行目: Shift_JIS にない字が〓になっています。UTF-8 の表に書き込んでください。")
                continue
            }
            mends.append(
                .init(
                    file: cell("ファイル"), row: row, item: cell("項目"),
                    content: .init(key: finding.key, old: finding.value, new: value)))
        }
        return (mends, problems)
    }
}
