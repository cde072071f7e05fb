import Japanese
package import HTML
package import Tabular

/// 検収票. What a reconciliation came to, to be looked into and signed.
package enum AcceptancePages {
    /// The sheet as a page of its own.
    package static func sheet(_ report: Reconciliation.Report, at time: String) -> HTML {
        sheet(AcceptanceSummary(report), at: time)
    }

    static func sheet(_ summary: AcceptanceSummary, at time: String) -> HTML {
        StandalonePage.page(
            "突合の検収票 \(summary.title)",
            "<h1>突合の検収票　\(summary.title)</h1>\n\(content(summary, at: time))\(signatures)")
    }

    /// What stands on the sheet besides its title and the signatures.
    static func content(_ summary: AcceptanceSummary, at time: String) -> HTML {
        """
        <p>\(time)に突き合わせました。\(verdict(summary))</p>
        \(totals(summary))
        \(differences(summary))
        \(unread(summary))
        """
    }

    private static func verdict(_ summary: AcceptanceSummary) -> HTML {
        if summary.lines.isEmpty, summary.unread.isEmpty { return "差は見つかりませんでした。" }
        return """
            確かめる差が<strong>\(summary.errors.grouped)件</strong>、書き方だけの差が\
            \(summary.notices.grouped)件あります。
            """
    }

    private static func totals(_ summary: AcceptanceSummary) -> HTML {
        func row(_ name: String, _ file: String, _ count: Int) -> HTML {
            """
            <tr><th scope="row">\(name)</th><td>\(file)</td><td class="number">\(count.grouped)</td></tr>

            """
        }
        return """
            <h2>件数</h2>
            <div class="scroll" role="region" aria-label="件数の表" tabindex="0"><table>
            <thead><tr><th scope="col">前と後</th><th scope="col">ファイル</th><th scope="col" class="number">件数</th></tr></thead>
            <tbody>
            \(row("前", summary.old.name, summary.old.rows))\(row("後", summary.new.name, summary.new.rows))\
            \(row("どちらにもある", "", summary.both))</tbody>
            </table></div>
            <p>記録は \(summary.keys) で対応させ、次の\(summary.fields.count)項目を比べました：\
            \(summary.fields.joined(separator: "、"))</p>
            """
    }

    private static func differences(_ summary: AcceptanceSummary) -> HTML {
        guard !summary.lines.isEmpty else { return .empty }
        let rows = summary.lines.map { line -> HTML in
            let samples: [HTML] = line.samples.map { "\($0)<br>" }
            return """
                <tr><td class="\(line.isError ? "error" : "notice")">\((line.isError ? FindingRule.Weight.error : .notice).words)</td>
                <td>\(line.field.isEmpty ? "（記録）" : line.field)</td><td>\(line.group)</td><td>\(line.words)</td>
                <td class="number">\(line.count.grouped)</td><td class="samples">\(samples)</td><td></td></tr>

                """
        }
        return """
            <h2>差</h2>
            <div class="scroll" role="region" aria-label="差の表" tabindex="0"><table>
            <thead><tr><th scope="col">重さ</th><th scope="col">項目</th><th scope="col">\(summary.groupName)</th>
            <th scope="col">原因</th><th scope="col" class="number">件数</th><th scope="col">例</th>
            <th scope="col">確かめた結果</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table></div>
            """
    }

    private static func unread(_ summary: AcceptanceSummary) -> HTML {
        guard !summary.unread.isEmpty else { return .empty }
        let rows: [HTML] = summary.unread.map { "<li>\($0)</li>\n" }
        return """
            <h2>突き合わせていない行（はじめの\(summary.unread.count)行）</h2>
            <ul>
            \(rows)</ul>
            """
    }

    private static var signatures: HTML {
        """
        <h2>検収</h2>
        <div class="scroll"><table class="sign">
        <thead><tr><th scope="col">判定</th><th scope="col">担当課</th><th scope="col">確認者</th><th scope="col">日付</th>
        <th scope="col">署名</th></tr></thead>
        <tbody>
        <tr><td>□ 合格　□ 条件付き　□ 不合格</td><td></td><td></td><td></td><td></td></tr>
        <tr><td>□ 合格　□ 条件付き　□ 不合格</td><td></td><td></td><td></td><td></td></tr>
        </tbody>
        </table></div>
        """
    }
}
