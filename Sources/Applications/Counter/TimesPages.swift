import Core
import HTML
import Japanese
import Register
import Web

/// 窓口の時間, and the records of a queue system.
struct TimesPages {
    let officer: Officer
    let town: Town

    func times(
        _ lines: [CounterTime.Line], _ names: [Card.ID: String], queue: [QueueLog.Line], in year: FiscalYear
    ) -> Page {
        let rows: [HTML] = lines.map { line in
            """
            <tr><td>\(Self.month(line.month))</td><td>\(names[line.card] ?? line.card)</td>\(number(line.stay.count))
            \(cells(line.stay))\(cells(line.talk))\(cells(line.wait))</tr>
            """
        }
        let table: HTML =
            rows.isEmpty
            ? "<p>この年度の記録は、まだありません。窓口の会話を終えると、ここに表れます。</p>"
            : """
            <div class="scroll" role="region" aria-label="窓口の時間" tabindex="0"><table>
            <thead><tr><th scope="col">月</th><th scope="col">手続き</th><th scope="col">件数</th>
            <th scope="col">来庁から終わりまで<br>中央値</th><th scope="col">90％</th>
            <th scope="col">話した時間<br>中央値</th><th scope="col">90％</th>
            <th scope="col">待ち時間<br>中央値</th><th scope="col">90％</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
        return Page(
            "窓口の時間", zone: .desk(officer),
            """
            <p class="way"><a href="\(.counter)">窓口へ戻る</a></p>
            <h1>窓口の時間 <small>\(Self.name(year))</small></h1>\(years(year))
            <p>単位は分です。1つの会話でいくつもの手続きをしたときは、伺った質問の数で時間を分けます（案内だけの手続きは1問と数え、待ち時間は分けません）。\
            中断していた時間は含みません。来庁の時刻を記録しなかった会話は、話し始めてからの時間です。「90％」は、10人のうち9人がその時間までに終わったことを表します。</p>
            \(table)
            <h2>発券機の記録による待ち時間</h2>\(waiting(queue))
            <p><a href="\(.queue)">発券機の記録を取り込む</a></p>
            """)
    }

    private func waiting(_ lines: [QueueLog.Line]) -> HTML {
        guard !lines.isEmpty else { return "<p>この年度の記録は、まだありません。</p>" }
        let rows: [HTML] = lines.map { line in
            """
            <tr><td>\(Self.month(line.month))</td><td>\(town.sectionName(line.section)[.ja])</td><td>\(line.category ?? "")</td>
            \(number(line.wait.count))\(cells(line.wait))\(cells(line.served))</tr>
            """
        }
        return """
            <div class="scroll" role="region" aria-label="発券機の記録による待ち時間" tabindex="0"><table>
            <thead><tr><th scope="col">月</th><th scope="col">窓口</th><th scope="col">区分</th><th scope="col">件数</th>
            <th scope="col">待ち時間<br>中央値</th><th scope="col">90％</th>
            <th scope="col">応対の時間<br>中央値</th><th scope="col">90％</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func years(_ year: FiscalYear) -> HTML {
        let before = Link.counterTimes.asking([("year", String(year.year - 1))])
        let after = Link.counterTimes.asking([("year", String(year.year + 1))])
        return """
            <p class="inline"><a href="\(before)">前の年度</a> <a href="\(after)">次の年度</a></p>
            """
    }

    private func number(_ number: Int) -> HTML { "<td class=\"number\">\(number)</td>" }

    private func cells(_ time: CounterTime?) -> HTML {
        guard let time else { return "<td class=\"number\">−</td><td class=\"number\">−</td>" }
        return number(time.median) + number(time.ninetieth)
    }

    /// 2026年11月.
    private static func month(_ month: Month) -> String { "\(month.year)年\(month.number)月" }

    /// 2026（令和8）年度.
    private static func name(_ year: FiscalYear) -> String { "\(year.year)年度（\(year.mark)）" }

    /// 発券機の記録の取り込み.
    func queue(_ sections: [String], done: QueueLog.Imported?, section: String?, faults: [QueueLog.Fault]) -> Page {
        let options: [HTML] = sections.map { id in
            let selected = Attributes().with("selected", when: id == section)
            return #"<option value="\#(id)"\#(selected)>\#(town.sectionName(id)[.ja])</option>"#
        }
        let lines: [(String?, HTML)] = faults.prefix(100).map { fault in
            let words: HTML = "\(fault.line)行目 \(fault.column)列目: \(fault.words)"
            return ("file", words)
        }
        let summary: HTML? =
            faults.isEmpty ? nil : ProblemSummary("取り込めませんでした（\(faults.count)か所）。何も取り込んでいません", lines).html
        let result: HTML? = done.map { done in
            """
            <div class="notice" role="status"><p>取り込みました。新しい記録 \(done.new)件、すでにあった記録 \(done.known)件、\
            対象外（取消し・応対中） \(done.passedOver)件。</p><p><a href="\(.counterTimes)">窓口の時間を見る</a></p></div>
            """
        }
        let invalid = Attributes().with("aria-invalid", ifPresent: faults.isEmpty ? nil : "true")
        return Page(
            (faults.isEmpty ? "" : "エラー: ") + "発券機の記録", zone: .desk(officer), status: faults.isEmpty ? 200 : 422,
            """
            <p class="way"><a href="\(.counter)">窓口へ戻る</a></p>\(summary)\(result)
            <h1>発券機の記録を取り込む</h1>
            <p>番号札の発券と呼び出しの時刻だけを読みます。氏名などの列があるファイルは取り込みません。\
            同じファイルを何度取り込んでも、数えるのは一度です。直すところが1つでもあれば、何も取り込みません。</p>
            <form method="post" action="\(.queue)" enctype="multipart/form-data">
            <div class="field"><label for="section">どこの窓口の記録ですか</label>
            <p class="hint" id="section-hint">section の列があるファイルでは、その列を使います。</p>
            <select id="section" name="section" aria-describedby="section-hint">\(options)</select></div>
            <div class="field"><label for="file">CSV ファイル</label>
            <p class="hint" id="file-hint">UTF-8 か Shift_JIS（CP932）。列は ticket,section,issued_at,called_at,ended_at（category,staff_count も可）か、\
            MADO-queue の event_logs・processing_logs です。</p>
            <input type="file" id="file" name="file" accept=".csv,text/csv" aria-describedby="file-hint"\(invalid)></div>
            <button class="primary">取り込む</button></form>
            """)
    }
}
