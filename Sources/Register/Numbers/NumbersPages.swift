import Core
import HTML
import Japanese
import Web

/// 実績, at the desk: the whole town, by section and by card.
struct NumbersPages {
    let officer: Officer
    let town: Town
    let year: FiscalYear
    let years: [FiscalYear]
    /// The month that it is: later ones are empty.
    let now: Month

    /// A line of the list: a card, or several of them.
    struct Line {
        let name: HTML
        let numbers: YearNumbers
    }

    func list(
        _ whole: YearNumbers, sections: [(section: String, numbers: YearNumbers)], cards: [(Card, YearNumbers)],
        of section: String?
    )
        -> Page
    {
        let total = Line(name: "<b>町全体</b>", numbers: whole)
        let bySection = sections.map { section, numbers in
            Line(
                name: #"<a href="\#(Link.deskNumbers(year, section: section))">\#(town.sectionName(section)[.ja])</a>"#,
                numbers: numbers)
        }
        let byCard = cards.map { card, numbers in
            Line(name: #"<a href="\#(Link.deskNumbers(card.id, year))">\#(card.name[.ja])</a>"#, numbers: numbers)
        }
        let back: HTML? = section.map { _ in
            #" <a href="\#(Link.deskNumbers(year, section: nil))">すべての課を見る</a>"#
        }
        return Page(
            "実績", zone: .desk(officer),
            """
            <h1>実績 <small>\(year.bothCalendars)</small></h1>
            \(chooser { Link.deskNumbers($0, section: section) })
            <p><a href="/desk/levels">段階の一覧</a>　<a href="\(Link.numbers(year))">公開している実績</a></p>
            <h2>月ごとの申請</h2>
            \(MonthPart(numbers: whole, through: now, id: "town").html)
            <h2>課ごと</h2>
            \(table("課ごとの実績", "担当", bySection + [total]))
            <h2>手続きごと\(section.map { "（\(town.sectionName($0)[.ja])）" as HTML })</h2>
            \(back)
            \(cards.isEmpty ? "<p class=\"notice\">この年度の申請は、まだありません。</p>" : table("手続きごとの実績", "手続き", byCard))
            <p><a class="button" href="\(Link.deskNumbersFile(year, section: section))">CSVで書き出す</a></p>
            \(Self.notes)
            """)
    }

    static let notes: HTML = """
        <p class="quiet">オンライン率は、届いた申請のうち、本人か代理人がオンラインで送った割合です。完了率は、入力を始めた申請に対する、送られた申請の割合です。\
        日数は、送られた日の翌日から決定までの開庁日で、補正を待った日も含みます。課ごとの数は、いまの担当課で分けています。</p>
        """

    func chooser(_ link: (FiscalYear) -> Link) -> HTML {
        let links: [HTML] = years.map { choice in
            let mark = Attributes().with("aria-current", ifPresent: choice == year ? "page" : nil)
            return #"<li><a href="\#(link(choice))"\#(mark)>\#(choice.wareki)</a></li>"#
        }
        return #"<nav aria-label="年度"><ul class="tabs">\#(links)</ul></nav>"#
    }

    private func table(_ label: String, _ name: HTML, _ lines: [Line]) -> HTML {
        NumberTable(
            label: label, head: [name, "入力開始", "申請", "オンライン率", "完了率", "補正", "決定", "日数の中央値", "90％"],
            rows: lines.map { line in
                let (numbers, total) = (line.numbers, line.numbers.total)
                return (
                    line.name,
                    [
                        "\(total.begun)", "\(total.sent)", "\(LevelWords.percent(numbers.onlineShare))",
                        "\(LevelWords.percent(numbers.completion))", "\(total.returned)", "\(total.decided)",
                        Self.days(numbers.days.median), Self.days(numbers.days.ninetieth),
                    ]
                )
            }
        ).html
    }

    static func days(_ days: Int?) -> HTML { days.map { "\($0)日" } ?? "—" }
}

/// 月ごとの申請: lines and the table that says the same.
struct MonthPart {
    let numbers: YearNumbers
    let through: Month
    let id: String

    var html: HTML {
        let months = numbers.year.months.filter { $0 <= through }
        func sent(_ month: Month, _ isCounted: (Mouth) -> Bool) -> Int {
            (numbers.months[month] ?? [:]).filter { isCounted($0.key) }.values.reduce(0) { $0 + $1.sent }
        }
        let all = months.map { sent($0) { _ in true } }
        let online = months.map { sent($0, \.isOnline) }
        guard all.contains(where: { $0 > 0 }) else { return "<p class=\"notice\">この年度の申請は、まだありません。</p>" }
        let words = zip(months, zip(all, online)).map { "\($0.number)月 \($1.0)件（オンライン\($1.1)件）" }
        let chart = Chart("\(id)-months", title: "月ごとの申請とオンラインの申請", summary: words.joined(separator: "、")).lines(
            [.init("申請", all.map(Double.init)), .init("うちオンライン", online.map(Double.init))],
            over: numbers.year.months.map { String($0.number) })
        let rows: [(name: HTML, cells: [HTML])] = months.enumerated().map { index, month in
            let tally = (numbers.months[month] ?? [:]).values.reduce(Tally(), +)
            return (
                "\(month.year)年\(month.number)月",
                ["\(tally.begun)", "\(all[index])", "\(online[index])", "\(tally.returned)", "\(tally.decided)"]
            )
        }
        return chart
            + NumberTable(label: "月ごとの申請", head: ["月", "入力開始", "申請", "オンライン", "補正", "決定"], rows: rows).html
    }
}
