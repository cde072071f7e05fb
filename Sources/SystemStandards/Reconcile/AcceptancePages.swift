package import HTML
package import Tabular

/// 検収票. What a reconciliation came to, to be looked into and signed.
package enum AcceptancePages {
    /// The sheet as a page of its own.
    package static func sheet(_ report: Reconciliation.Report, at time: String) -> HTML {
        StandalonePage.page("突合の検収票 \(report.map.title)", content(report, at: time))
    }

    static func content(_ report: Reconciliation.Report, at time: String) -> HTML {
        """
        <h1>突合の検収票　\(report.map.title)</h1>
        <p>\(time)に突き合わせました。\(verdict(report))</p>
        \(totals(report))
        \(differences(report))
        \(unread(report))
        \(signatures)
        """
    }

    private static func verdict(_ report: Reconciliation.Report) -> HTML {
        let (errors, notices) = (report.log.count(.error), report.log.count(.notice))
        if errors == 0, notices == 0, report.unread.isEmpty { return "差は見つかりませんでした。" }
        return """
            確かめる差が<strong>\(CheckReportPages.grouped(errors))件</strong>、書き方だけの差が\
            \(CheckReportPages.grouped(notices))件あります。
            """
    }

    private static func totals(_ report: Reconciliation.Report) -> HTML {
        func row(_ name: String, _ path: String, _ count: Int) -> HTML {
            """
            <tr><th scope="row">\(name)</th><td>\(path.split(separator: "/").last.map(String.init) ?? path)</td>
            <td class="number">\(CheckReportPages.grouped(count))</td></tr>

            """
        }
        let keys =
            report.map.old.key == report.map.new.key
            ? report.map.old.key.joined(separator: "、")
            : "\(report.map.old.key.joined(separator: "、")) と \(report.map.new.key.joined(separator: "、"))"
        return """
            <h2>件数</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">&nbsp;</th><th scope="col">ファイル</th><th scope="col" class="number">件数</th></tr></thead>
            <tbody>
            \(row("前", report.oldPath, report.oldRows))\(row("後", report.newPath, report.newRows))\
            \(row("どちらにもある", "", report.bothRows))</tbody>
            </table></div>
            <p>記録は \(keys) で対応させ、次の\(report.map.fields.count)項目を比べました：\
            \(report.map.fields.map(\.name).joined(separator: "、"))</p>
            """
    }

    private static func differences(_ report: Reconciliation.Report) -> HTML {
        let lines = report.lines
        guard !lines.isEmpty else { return .empty }
        let rows = lines.map { line -> HTML in
            let samples = line.samples.prefix(3).map { sample -> HTML in
                line.field.isEmpty
                    ? "\(sample.key)<br>"
                    : "\(sample.key) 「\(Item.Mask.head.cover(sample.old))」→「\(Item.Mask.head.cover(sample.new))」<br>"
            }
            return """
                <tr><td class="\(line.cause.weight == .error ? "error" : "notice")">\(line.cause.weight.words)</td>
                <td>\(line.field.isEmpty ? "（記録）" : line.field)</td><td>\(line.group)</td><td>\(line.cause.words)</td>
                <td class="number">\(CheckReportPages.grouped(line.count))</td><td class="samples">\(Array(samples))</td><td></td></tr>

                """
        }
        return """
            <h2>差</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">重さ</th><th scope="col">項目</th><th scope="col">\(report.map.group ?? "区分")</th>
            <th scope="col">原因</th><th scope="col" class="number">件数</th><th scope="col">例</th>
            <th scope="col">確かめた結果</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table></div>
            """
    }

    private static func unread(_ report: Reconciliation.Report) -> HTML {
        guard !report.unread.isEmpty else { return .empty }
        let rows = report.unread.prefix(100).map { fault -> HTML in
            "<li>\(fault.path.split(separator: "/").last.map(String.init) ?? fault.path) \(fault.line)行目：\(fault.words)</li>\n"
        }
        return """
            <h2>突き合わせていない行（\(report.unread.count)行）</h2>
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
