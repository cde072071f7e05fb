import Japanese
import Core
import HTML
import Tabular
import Web

/// 見つかったこと of one group: each with its value, and a place for another one.
struct FindingPages {
    let officer: Officer
    let run: ExtractRun
    let group: FindingGroup
    /// Where the page stands: below the run, or below a worksheet.
    let place: Link
    /// Where it leads back to.
    let home: (link: Link, name: String)

    /// What is shown of it.
    struct Content: Sendable {
        var findings: [KeptFinding] = []
        var page = 0
        /// New values by row, as they are kept.
        var mends: [Int: Mend.Content] = [:]
        /// What was typed and could not be kept, by place on the page.
        var typed: [Int: String] = [:]
        /// How values are covered; nil where they are shown as they are.
        var mask: Item.Mask?
        /// True where values can be typed.
        var isOpen = false
        var problem: String?
        var isSaved = false
    }

    func page(_ content: Content) -> Page {
        let last = group.pageCount
        let rows: [HTML] = content.findings.enumerated().map { index, finding in row(finding, index, content) }
        let pages: [HTML] = (0..<last).filter { $0 < 3 || $0 > last - 3 || abs($0 - content.page) < 4 }.map { number in
            let mark = Attributes().with("aria-current", ifPresent: number == content.page ? "page" : nil)
            return #"<li><a href="\#(place.asking([("page", String(number + 1))]))"\#(mark)>\#(number + 1)</a></li>"#
        }
        let canType = content.isOpen && content.findings.contains { $0.isMendable(in: group) }
        let table: HTML = """
            <div class="scroll" role="region" aria-label="見つかったことの表" tabindex="0"><table>
            <thead><tr><th scope="col" class="number">件目</th><th scope="col">キー</th><th scope="col">いまの値</th>
            \(canType ? "<th scope=\"col\">直した値</th>" : "")<th scope="col">ほかに</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
        let body: HTML =
            canType
            ? """
            <form method="post" action="\(place)"><input type="hidden" name="page" value="\(content.page + 1)">
            <p class="hint">直すところだけ書き換えます。空にすると、空の値になります。保存しても、ファイルはまだ変わりません。</p>\(table)
            <button class="primary">保存する</button></form>
            """ : table
        return Page(
            (content.problem == nil ? "" : "エラー: ") + "\(group.item)：\(group.rule.words)", zone: .desk(officer),
            status: content.problem == nil ? 200 : 422,
            """
            <p class="way"><a href="\(home.link)">\(home.name)</a></p>
            \(content.problem.map { ProblemSummary("保存できませんでした", [(nil, "\($0)")]).html })
            <h1>\(group.fileTitle)\(group.item.isEmpty ? "" : "：\(group.item)") <small>\(group.rule.words)（\(group.count.grouped)件）</small></h1>
            \(content.isSaved ? "<p class=\"done\" role=\"status\">保存しました。</p>" : "")
            <p>\(group.rule.mend)</p>
            \(content.mask == nil ? "" : "<p class=\"notice\">値は、担当課の職員だけに見えます。</p>")
            \(body)
            \(last > 1 ? #"<nav aria-label="ページ"><ul class="tabs">\#(pages)</ul></nav>"# as HTML : .empty)
            """)
    }

    private func row(_ finding: KeptFinding, _ index: Int, _ content: Content) -> HTML {
        let shown = content.mask?.cover(finding.value) ?? finding.value
        let mend = content.mends[finding.row]
        var cell: HTML = .empty
        if content.isOpen, content.findings.contains(where: { $0.isMendable(in: group) }) {
            let now = content.typed[index] ?? mend?.new ?? finding.value
            cell =
                finding.isMendable(in: group) && finding.canBeTyped
                ? """
                <td><input name="v\(index)" class="medium" value="\(now)" aria-label="\(finding.row)件目の直した値"></td>
                """ : "<td><small>元のシステムで直してください</small></td>"
        }
        let other: HTML? = finding.other.map { "\($0)件目" }
        let new: HTML? = finding.isNew ? "<span class=\"tag\">新しい</span>" : nil
        let mended: HTML? = mend == nil ? nil : "<span class=\"tag good\">直した</span>"
        return """
            <tr><td class="number">\(finding.row == 0 ? "—" : String(finding.row))</td>
            <td>\(finding.key)</td><td class="kept">\(shown.isEmpty ? "（空）" : shown)</td>\(cell)<td><small>\(finding.line)行目</small> \(other) \(new) \(mended)</td></tr>
            """
    }
}

extension KeptFinding {
    /// False where a line of a form would change what stands there.
    var canBeTyped: Bool {
        value.utf8.count < Mend.longest && !value.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0xFFFD }
    }
}
