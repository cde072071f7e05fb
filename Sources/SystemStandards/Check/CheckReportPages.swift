import Japanese
package import HTML
package import Tabular

/// 検査報告書. What a check found, for those who mend it.
package enum CheckReportPages {
    /// The report as a page of its own.
    package static func report(_ report: CheckReport, at time: String) -> HTML {
        StandalonePage.page("検査報告書 \(report.schema.title)", content(report, at: time))
    }

    /// What stands on the page.
    static func content(_ report: CheckReport, at time: String) -> HTML {
        """
        <h1>検査報告書　\(report.schema.title)</h1>
        <p>\(time)に調べました。\(verdict(report))</p>
        \(origin(report.schema))
        \(files(report))
        \(sections(report))
        \(groups(report))
        """
    }

    private static func verdict(_ report: CheckReport) -> HTML {
        let (errors, notices) = (report.errorCount, report.count(.notice))
        if errors == 0, notices == 0 { return "直すところは見つかりませんでした。" }
        return "直すところが<strong>\(errors.grouped)件</strong>、確認するところが\(notices.grouped)件あります。"
    }

    private static func origin(_ schema: TableSchema) -> HTML {
        switch schema.origin {
        case .sample: "<p class=\"note\">この定義は見本です。標準への適合を示すものではありません。</p>"
        case .official: "<p class=\"note\">公式の一覧（\(schema.source ?? "出所の記載なし")）から読み込んだ定義で調べました。</p>"
        }
    }

    private static func files(_ report: CheckReport) -> HTML {
        let rows = report.files.map { file -> HTML in
            """
            <tr><td>\(report.name(of: file.number))</td><td>\(file.title)</td><td class="number">\(file.rows.grouped)</td>
            <td class="number">\(file.size.grouped)</td><td>\(file.encoding.rawValue)</td></tr>

            """
        }
        return """
            <h2>調べたファイル</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">ファイル</th><th scope="col">内容</th><th scope="col" class="number">件数</th>
            <th scope="col" class="number">バイト</th><th scope="col">文字コード</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table></div>
            """
    }

    /// How many each section has to mend.
    private static func sections(_ report: CheckReport) -> HTML {
        let lines = report.lines
        guard !lines.isEmpty else { return .empty }
        let names = lines.reduce(into: [String]()) { if !$0.contains($1.section) { $0.append($1.section) } }
        let rows = names.map { name -> HTML in
            func count(_ weight: FindingRule.Weight) -> Int {
                lines.reduce(0) { $0 + ($1.section == name && $1.group.weight == weight ? $1.tally.count : 0) }
            }
            return """
                <tr><td>\(name)</td><td class="number">\(count(.error).grouped)</td>
                <td class="number">\(count(.notice).grouped)</td></tr>

                """
        }
        return """
            <h2>課ごとの数</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">課</th><th scope="col" class="number">要修正</th>
            <th scope="col" class="number">確認</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table></div>
            """
    }

    /// What was found, section by section, with how to mend it and a few examples.
    private static func groups(_ report: CheckReport) -> HTML {
        let lines = report.lines
        let names = lines.reduce(into: [String]()) { if !$0.contains($1.section) { $0.append($1.section) } }
        let parts = names.map { name -> HTML in
            let rows = lines.filter { $0.section == name }.map { row($0, report) }
            return """
                <h2>\(name)で直すところ</h2>
                <div class="scroll"><table>
                <thead><tr><th scope="col">重さ</th><th scope="col">項目</th><th scope="col">内容と直し方</th>
                <th scope="col" class="number">件数</th><th scope="col">例（行、キー、値）</th></tr></thead>
                <tbody>
                \(rows)</tbody>
                </table></div>

                """
        }
        return "\(parts)"
    }

    private static func row(_ line: CheckReport.Line, _ report: CheckReport) -> HTML {
        let weight = line.group.weight
        let samples = line.tally.samples.map { sample -> HTML in
            "\(sample.line)行 \(sample.key) 「\(report.shown(sample))」<br>"
        }
        return """
            <tr><td class="\(weight == .error ? "error" : "notice")">\(weight.words)</td>
            <td>\(line.file)\(line.item.isEmpty ? "" : "：\(line.item)")</td>
            <td>\(line.group.rule.words)。\(line.group.rule.mend)</td><td class="number">\(line.tally.count.grouped)</td>
            <td class="samples">\(samples)</td></tr>

            """
    }
}
