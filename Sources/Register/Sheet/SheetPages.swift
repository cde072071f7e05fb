import Core
import HTML
import Web

/// CSVの取込み: where a file is sent in, and what it would change.
struct SheetPages {
    let officer: Officer
    /// Where it leads back to, and what that is called.
    let home: (link: Link, name: String)
    let title: String
    /// Where files are sent.
    let target: Link

    /// Changes told on the page; the file may have more.
    static let shown = 200

    func form(_ about: HTML, problem: String?) -> Page {
        Page(
            (problem == nil ? "" : "エラー: ") + title, zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="\(home.link)">\(home.name)</a></p>
            \(problem.map { ProblemSummary("取り込めませんでした", [("file", "\($0)")]).html })
            <h1>\(title)</h1>\(about)
            <form method="post" action="\(target)" enctype="multipart/form-data">
            <div class="field"><label for="file">ファイル</label>
            <p class="hint" id="file-hint">20MBまで。まだ取り込みません。次の画面で、何が変わるかを確かめます。</p>
            <input type="file" id="file" name="file" accept=".csv,.json,text/csv,application/json" aria-describedby="file-hint"></div>
            <button class="primary">確かめる</button></form>
            """)
    }

    /// What the file would change. Without anything wrong it can be taken.
    func report(_ report: SheetReport, apply: Link) -> Page {
        let isGood = report.findings.isEmpty
        let count = report.changes.count
        let taking: HTML =
            !isGood
            ? "<p><b>何も取り込んでいません。</b>ファイルを直して、もう一度送ってください。</p><p><a class=\"button\" href=\"\(target)\">直したファイルを送る</a></p>"
            : count == 0
                ? "<p>変わるところはありません。</p>"
                : """
                <form method="post" action="\(apply)"><p>下の\(count)件を、まとめて取り込みます。</p>
                <button class="primary">取り込む</button></form>
                """
        return Page(
            (isGood ? "" : "エラー: ") + "\(title)の確認", zone: .desk(officer), status: isGood ? 200 : 422,
            """
            <p class="way"><a href="\(target)">\(title)</a></p>
            \(isGood ? HTML.empty : ProblemSummary("直すところがあります（\(report.findings.count)）", [("findings", "一つでもあると、何も取り込みません。")]).html)
            <h1>\(title)の確認</h1>
            <p role="status">変わる: \(count)件、変わらない: \(report.unchanged)件、直すところ: \(report.findings.count)件</p>
            \(findings(report.findings, "直すところ", id: "findings"))
            \(findings(report.notes, "知らせ", id: "notes"))
            \(isGood ? taking : .empty)\(changes(report.changes))\(isGood ? .empty : taking)
            """)
    }

    func done(_ result: String) -> Page {
        Page(
            title, zone: .desk(officer),
            """
            <p class="way"><a href="\(home.link)">\(home.name)</a></p>
            <h1>取り込みました</h1><p role="status">\(result)</p>
            <p><a class="button" href="\(home.link)">\(home.name)へ</a></p>
            """)
    }

    private func findings(_ findings: [SheetReport.Finding], _ title: String, id: StaticString) -> HTML {
        guard !findings.isEmpty else { return .empty }
        let rows: [HTML] = findings.prefix(500).map { finding in
            """
            <tr><td class="number">\(finding.line)</td><td class="number">\(finding.column.map(String.init) ?? "—")</td>
            <td>\(finding.words)</td></tr>
            """
        }
        let more: HTML? = findings.count > 500 ? "<p>ほかに\(findings.count - 500)件あります。</p>" : nil
        let place = Attributes().with("id", "\(id)")
        return """
            <h2\(place)>\(title)</h2><div class="scroll" role="region" aria-label="\(title)の表" tabindex="0"><table>
            <thead><tr><th scope="col" class="number">行</th><th scope="col" class="number">列</th><th scope="col">内容と直し方</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>\(more)
            """
    }

    private func changes(_ changes: [SheetReport.Change]) -> HTML {
        guard !changes.isEmpty else { return .empty }
        let items: [HTML] = changes.prefix(Self.shown).map { change in
            let lines: [HTML] = change.differences.map { "<li class=\"kept\">\($0.words)</li>" }
            let mark: HTML? = change.isNew ? "<span class=\"tag good\">新しいカード</span>" : nil
            let list: HTML? = lines.isEmpty ? nil : "<ul>\(lines)</ul>"
            return "<li><p><b>\(change.name)</b> <small>\(change.card)・\(change.line)行目</small> \(mark)</p>\(list)</li>"
        }
        let more: HTML? = changes.count > Self.shown ? "<p>ほかに\(changes.count - Self.shown)件あります。</p>" : nil
        return "<h2>変わるところ</h2><ol class=\"messages\">\(items)</ol>\(more)"
    }
}
