import Core
import HTML
import Japanese
import Register
import Web

/// 指標: what the house counts, how it went over the months, and how the town stands beside others.
struct MeasurePages {
    let frame: Frame
    let shelf: MeasureShelf

    /// A measure with what it says of this fiscal year.
    struct Line: Sendable {
        let measure: Measure
        let reading: Measure.Reading?
    }

    func list(_ lines: [Line], year: FiscalYear) -> Page {
        let rows: [[HTML]] = lines.map { line in
            let measure = line.measure
            return [
                #"<a href="\#(.measure(measure.id))">\#(measure.name)</a>"#,
                "\(line.reading.map { Piece.number($0.value, measure.unit.rawValue) } ?? "不明")\(line.reading?.isSmall == true ? " \(Piece.tag("少件数"))" : .empty)",
                "\(measure.definition)", "\(measure.source)", "\(measure.better.name)",
            ]
        }
        return frame.page(
            .measures, "指標",
            """
            <h1>指標 <small>\(year.wareki)</small></h1>
            <p>数えられるものは、起きたことから自動で数えます。「不明」は、まだ数えるもとがないことで、0ではありません。</p>
            \(Piece.table("指標", ["指標", "いまの値", "定義", "出典", "よい向き"], numeric: [1], rows))
            <p><a href="/desk/indicators">国の指標と、ほかの市町とのくらべ</a></p>
            """)
    }

    func page(
        _ measure: Measure, _ reading: Measure.Reading?, months: [(month: Month, value: MeasureValue?)],
        all: [MeasureValue], cards: [(name: String, link: Link, reading: Measure.Reading)], people: People,
        mayEnter: Bool, entry: Entry, saved: String?
    ) -> Page {
        let unit = measure.unit.rawValue
        let known = months.contains { $0.value != nil }
        let told = months.compactMap { month, value in value.map { "\(month.iso) \(Piece.number($0.value, unit))" } }
        let chart = Chart("months", title: "\(measure.name)の月ごとの値", summary: told.joined(separator: "、"))
            .lines(
                [.init(measure.name, months.map { $0.value?.value })], over: months.map { String($0.month.number) },
                unit: unit)
        let rows: [[HTML]] = all.reversed().map { value in
            let isOld = all.last { $0.month == value.month } != value
            return [
                "\(value.month.iso)",
                isOld ? "<del>\(Piece.number(value.value, unit))</del>" : "\(Piece.number(value.value, unit))",
                "\(value.cases.map(String.init) ?? "—")", "\(value.evidence ?? value.source)",
                "\(people.name(value.recorder))（\(value.at.day.wareki)）\(isOld ? " \(Piece.tag("訂正前"))" : .empty)",
            ]
        }
        let perCard: [[HTML]] = cards.map { name, link, reading in
            [
                "<a href=\"\(link)\">\(name)</a>", "\(Piece.number(reading.value, unit))",
                "\(reading.cases.map(String.init) ?? "—")",
            ]
        }
        return frame.page(
            .measures, measure.name, entry: entry, saved: saved,
            """
            <p class="way"><a href="/desk/measures">指標</a></p><h1>\(measure.name)</h1>
            <p><b class="big">\(reading.map { Piece.number($0.value, unit) } ?? "不明")</b> \(reading?.isSmall == true ? Piece.tag("少件数: 公開しません") : .empty)</p>
            \(Piece.facts([("定義", "\(measure.definition)"), ("単位", "\(unit)"), ("期間", "\(measure.span.name)"), ("よい向き", "\(measure.better.name)"), ("出典", "\(measure.source)"), ("少件数のきまり", "10件に満たない値は、公開しません")]))
            \(known ? "<h2>月ごとの値</h2>\(chart)" : .empty)
            \(mayEnter ? form(measure, entry) : .empty)
            \(perCard.isEmpty ? .empty : "<h2>手続きごと</h2>\(Piece.table("手続きごとの値", ["手続き", measure.name, "件数"], numeric: [1, 2], perCard))")
            <h2>記録</h2>
            \(rows.isEmpty ? "<p class=\"quiet\">終わった月の記録が、まだありません。</p>" : Piece.table("記録", ["月", "値", "件数", "根拠・出典", "記録"], numeric: [1, 2], rows))
            """)
    }

    private func form(_ measure: Measure, _ entry: Entry) -> HTML {
        Piece.act(
            "月の値を記録する", .measure(measure.id), isOpen: !entry.problems.isEmpty,
            """
            \(entry.line("month", "月", hint: "2026-10 か 令和8年10月 のように", width: "medium"))
            \(entry.line("amount", "値（\(measure.unit.rawValue)）", width: "medium"))
            \(entry.line("evidence", "根拠", hint: "どこを見れば確かめられるか"))
            <p class="hint">前に記録した月をもう一度記録すると、訂正になります。前の値も残ります。</p>
            """, button: "記録する")
    }

    /// 国の指標: one indicator of one year, the town beside the others.
    func indicators(
        _ table: IndicatorTable, shown: String?, year: Int?, report: HTML?, problem: String? = nil
    ) -> Page {
        var entry = Entry(today: Day(daysSince1970: 0))
        if let problem { entry.fail("file", problem) }
        let name = shown.flatMap { table.names.contains($0) ? $0 : nil } ?? table.names.first
        let choices = SelectOptions(table.names.map { ($0, $0) }).html(name)
        let comparison: HTML? = name.map { self.comparison(table, $0, year) }
        return frame.page(
            .measures, "国の指標", entry: entry,
            """
            <p class="way"><a href="/desk/measures">指標</a></p><h1>国の指標と、ほかの市町とのくらべ</h1>\(report)
            <form method="get" action="/desk/indicators" class="filters"><div class="field"><label for="indicator">指標</label><select id="indicator" name="indicator">\(choices)</select></div><button>見る</button></form>
            \(comparison ?? "<p class=\"notice\">国の指標が、まだありません。CSVで取り込んでください。</p>")
            \(corrections(table))
            \(frame.officer.may(.preparePlan) ? importing : .empty)
            <p><a class="button" href="/desk/indicators.csv">全部の値をCSVで保存</a></p>
            """)
    }

    private func comparison(_ table: IndicatorTable, _ name: String, _ asked: Int?) -> HTML {
        let years = table.years(name)
        guard let year = asked.flatMap({ years.contains($0) ? $0 : nil }) ?? years.first else { return .empty }
        let tabs: [HTML] = years.map { choice in
            let mark = Attributes().with("aria-current", ifPresent: choice == year ? "page" : nil)
            let link = ("/desk/indicators" as Link).asking([("indicator", name), ("year", String(choice))])
            return #"<li><a href="\#(link)"\#(mark)>\#(FiscalYear(choice).wareki)の実績</a></li>"#
        }
        let values = table.values(name, year)
        let own = frame.town.name[.ja]
        let towns = values.filter { !$0.place.contains("（") }
            .sorted { ($1.number ?? -1, $0.place) < ($0.number ?? -1, $1.place) }
        let wide = values.filter { $0.place.contains("（") }
        let rows: [[HTML]] = (wide + towns).map { value in
            [
                value.place == own ? "<b>\(value.place)</b>" : "\(value.place)",
                value.place == own ? "<b>\(value.value)</b>" : "\(value.value)",
                "\(FiscalYear(value.surveyed).mark)", "\(value.source)",
            ]
        }
        let bars = towns.compactMap { value in
            value.number.map { Chart.Bar(value.place == own ? "▶ \(own)" : value.place, $0, value.value) }
        }
        let chart: HTML? =
            bars.isEmpty
            ? nil
            : Chart(
                "peers", title: "\(name)（\(FiscalYear(year).wareki)の実績）",
                summary: "\(own)は\(table.value(name, year, own)?.value ?? "不明")、\(bars.count)の市町のうち"
            )
            .bars(bars, maximum: bars.allSatisfy { $0.value <= 100 } ? 100 : nil)
        return """
            <nav aria-label="実績年度"><ul class="tabs">\(tabs)</ul></nav>
            <h2>\(name) <small>\(FiscalYear(year).wareki)の実績</small></h2>\(chart)<p>同じ指標の、同じ年度の実績だけを並べます。空欄の市町は「実施していない・数字がない」で、0ではありません。</p>
            \(Piece.table(name, ["場所", "値", "調査年度", "出典"], numeric: [1], rows))
            """
    }

    private func corrections(_ table: IndicatorTable) -> HTML {
        guard !table.corrections.isEmpty else { return .empty }
        let rows: [[HTML]] = table.corrections.map { old, new in
            [
                "\(new.indicator)", "\(new.place)", "\(FiscalYear(new.observed).wareki)", "<del>\(old.value)</del>",
                "\(new.value)",
                "\(new.source)",
            ]
        }
        return "<h2>訂正された値</h2>" + Piece.table("訂正", ["指標", "場所", "実績年度", "前", "いま", "出典"], rows)
    }

    private var importing: HTML {
        """
        <details class="act"><summary>新しい公表値をCSVで取り込む</summary>
        <form method="post" action="/desk/indicators" enctype="multipart/form-data" data-progress="送っています">
        <p>列は「指標・場所・実績年度・調査年度・値・出典」です。前と違う値は訂正として、前の値も残します。</p>
        <div class="field"><label for="file">CSVファイル</label><input type="file" id="file" name="file" accept=".csv"></div><p role="status" class="sending"></p>
        <button class="primary">取り込む</button></form></details>
        """
    }
}
