import Core
import HTML
import Japanese
import Web

/// 実績, of one card.
struct CardNumbersPages {
    let pages: NumbersPages
    let card: Card
    let numbers: YearNumbers
    let stops: [FormStop]
    let voices: (count: Int, good: Int)
    let minutes: MeasuredMinutes?
    /// M4 and M5 as they are recorded for the year, or before it.
    let recorded: [CardFact.Item: MeasureSeries.Value]

    func page() -> Page {
        Page(
            "実績: \(card.name[.ja])", zone: .desk(pages.officer),
            """
            <p class="way"><a href="\(Link.deskNumbers(pages.year, section: nil))">実績</a></p>
            <h1>実績 <small>\(card.name[.ja])　\(pages.year.bothCalendars)</small></h1>
            \(pages.chooser { Link.deskNumbers(card.id, $0) })
            <p><a href="\(Link.card(card.id))">カード</a>　<a href="\(Link.level(card.id))">段階</a></p>
            <h2>受付の方法ごと</h2>
            \(mouths)
            <h2>月ごとの申請</h2>
            \(MonthPart(numbers: numbers, through: pages.now, id: "card").html)
            <p><a class="button" href="\(Link.deskNumbersMonths(card.id, pages.year))">月ごとの表をCSVで書き出す</a></p>
            <h2>入力をやめた所</h2>
            \(stopPart)
            <h2>時間と満足度</h2>
            \(others)
            \(NumbersPages.notes)
            """)
    }

    private var mouths: HTML {
        func cells(_ tally: Tally, _ days: DaysSpread?) -> [HTML] {
            [
                "\(tally.begun)", "\(tally.sent)", "\(LevelWords.percent(YearNumbers.completion(tally)))",
                "\(tally.withPapers)", "\(tally.returned)", "\(tally.decided)", "\(tally.approved)",
                "\(tally.withdrawn)", NumbersPages.days(days?.median), NumbersPages.days(days?.ninetieth),
            ]
        }
        let rows: [(name: HTML, cells: [HTML])] = Mouth.allCases.map { mouth in
            ("\(mouth.name[.ja])", cells(numbers.mouths[mouth] ?? Tally(), numbers.daysByMouth[mouth]))
        }
        let total = numbers.total
        let bars = Mouth.allCases.map { mouth in
            let sent = numbers.mouths[mouth]?.sent ?? 0
            let share = LevelWords.percent(YearNumbers.percent(sent, of: total.sent))
            return Chart.Bar(mouth.name[.ja], Double(sent), "\(sent)件　\(share)")
        }
        let words = bars.map { "\($0.name) \($0.words)" }.joined(separator: "、")
        let chart = Chart("mouths", title: "受付の方法ごとの申請", summary: words).bars(bars, maximum: Double(max(total.sent, 1)))
        return """
            <p>オンライン率 <b>\(LevelWords.percent(numbers.onlineShare))</b>、支援・代理の割合 <b>\(LevelWords.percent(numbers.assistedShare))</b></p>
            """ + chart
                + NumberTable(
                    label: "受付の方法ごとの実績",
                    head: ["受付の方法", "入力開始", "申請", "完了率", "紙の添付あり", "補正", "決定", "うち承認", "取下げ", "日数の中央値", "90％"],
                    rows: rows + [("<b>合計</b>", cells(total, numbers.days))]
                ).html
    }

    private var stopPart: HTML {
        guard !stops.isEmpty else { return "<p class=\"notice\">この年度に、途中で入力をやめた申請はありません。</p>" }
        func name(_ stop: FormStop) -> String { stop.question?[.ja] ?? "何も入力しないまま" }
        let total = stops.reduce(0) { $0 + $1.count }
        let bars = stops.map { stop in
            Chart.Bar(name(stop), Double(stop.count), "\(stop.count)件")
        }
        let words = bars.map { "\($0.name) \($0.words)" }.joined(separator: "、")
        let chart = Chart("stops", title: "入力をやめた所", summary: words).bars(bars)
        let rows: [(name: HTML, cells: [HTML])] = stops.map { stop in
            ("\(name(stop))", ["\(stop.count)", "\(LevelWords.percent(YearNumbers.percent(stop.count, of: total)))"])
        }
        return "<p>次の質問まで来て、答えずにやめた申請の数です。期限の切れた下書きと、今年度は1週間さわっていない下書きも数えます。</p>" + chart
            + NumberTable(label: "入力をやめた所", head: ["質問", "件数", "割合"], rows: rows).html
            + #"<p><a class="button" href="\#(Link.deskNumbersStops(card.id, pages.year))">この表をCSVで書き出す</a></p>"#
    }

    private var others: HTML {
        let spent =
            minutes.map { "1件 \(LevelWords.number($0.perCase, of: .m4))（計測 \($0.cases)件）" }
            ?? recorded[.m4].map { "1件 \(LevelWords.number($0.number, of: .m4))（\($0.year.wareki)、\($0.source)）" }
            ?? steps ?? "不明"
        let satisfied = recorded[.m5].map {
            "\(LevelWords.number($0.number, of: .m5))／5（\($0.year.wareki)、\($0.source)）"
        }
        let useful =
            voices.count > 0
            ? "\(voices.count)人のうち\(voices.good)人（\(LevelWords.percent(YearNumbers.percent(voices.good, of: voices.count)))）"
            : "声はまだありません"
        return """
            <dl class="facts">
            <div><dt>職員の時間</dt><dd><p>\(spent)</p></dd></div>
            <div><dt>満足度（M5）</dt><dd><p>\(satisfied ?? "不明")</p></dd></div>
            <div><dt>ページの声</dt><dd><p>「このページは役に立ちましたか」に「はい」: \(useful)</p></dd></div>
            </dl>
            """
    }

    /// From the step map, which somebody estimated.
    private var steps: String? {
        guard let map = card.steps, let minutes = Sight.Sums(map.after ?? map.before).minutes else { return nil }
        return "1件 \(minutes)分（業務の流れの記録による見積り）"
    }
}
