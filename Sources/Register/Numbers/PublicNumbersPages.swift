import Core
import HTML
import Japanese
import Web

/// 手続の実績, for everybody.
struct PublicNumbersPages {
    let language: Language

    func page(_ numbers: PublicNumbers?, year: FiscalYear, years: [FiscalYear], cards: [Card]) -> Page {
        let choices: [HTML] = years.map { choice in
            let mark = Attributes().with("aria-current", ifPresent: choice == year ? "page" : nil)
            return #"<li><a href="\#(Link.numbers(choice))"\#(mark)>\#(name(choice))</a></li>"#
        }
        let shown: HTML? = numbers.flatMap { $0.rows.isEmpty ? nil : content($0, cards) }
        return Page(
            NumbersTexts.title[language],
            """
            <p class="way"><a href="/">\(RegisterTexts.home.html(language))</a></p>
            <h1>\(NumbersTexts.title.html(language))</h1>
            <p class="lead">\(NumbersTexts.lead.html(language))</p>
            <nav aria-label="\(NumbersTexts.years[language])"><ul class="tabs">\(choices)</ul></nav>
            \(shown ?? "<p class=\"notice\">\(NumbersTexts.none.html(language))</p>")
            """)
    }

    private func content(_ numbers: PublicNumbers, _ cards: [Card]) -> HTML {
        """
        <p>\(NumbersTexts.through.with(name(numbers.year), name(numbers.through)).html(language))</p>
        <p class="quiet">\(NumbersTexts.hidden.html(language))</p>
        <h2>\(NumbersTexts.byMonth.html(language))</h2>
        \(months(numbers))
        <h2>\(NumbersTexts.byProcedure.html(language))</h2>
        \(procedures(numbers, cards))
        <p><a class="button" href="\(Link.numbersFile(numbers.year))">\(NumbersTexts.file.html(language))</a></p>
        """
    }

    private func months(_ numbers: PublicNumbers) -> HTML {
        let words = numbers.months.map {
            "\(name($0.month)): \($0.sent.map(String.init) ?? NumbersTexts.notShown[language])"
        }
        let chart = Chart("months", title: NumbersTexts.byMonth[language], summary: words.joined(separator: ", "))
            .lines(
                [.init(NumbersTexts.sent[language], numbers.months.map { $0.sent.map(Double.init) })],
                over: numbers.year.months.map { String($0.number) })
        let rows: [(name: HTML, cells: [HTML])] = numbers.months.map { ("\(name($0.month))", [cell($0.sent)]) }
        return chart
            + NumberTable(
                label: NumbersTexts.byMonth[language],
                head: [NumbersTexts.month.html(language), NumbersTexts.sent.html(language)], rows: rows
            ).html
    }

    private func procedures(_ numbers: PublicNumbers, _ cards: [Card]) -> HTML {
        let names = Dictionary(cards.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let rows: [(name: HTML, cells: [HTML])] = numbers.rows.map { row in
            (
                #"<a href="\#(Link.procedure(row.card))">\#((names[row.card] ?? Text(verbatim: row.card)).html(language))</a>"#,
                cells(row.counts) + [days(row), useful(row)]
            )
        }
        let town: (name: HTML, cells: [HTML]) = (
            "<b>\(NumbersTexts.town.html(language))</b>", cells(numbers.town) + ["—", "—"]
        )
        return NumberTable(
            label: NumbersTexts.byProcedure[language],
            head: [
                NumbersTexts.procedure, NumbersTexts.sent, NumbersTexts.online, NumbersTexts.share, NumbersTexts.days,
                NumbersTexts.useful,
            ].map { $0.html(language) }, rows: rows + [town]
        ).html
    }

    private func cells(_ counts: PublicNumbers.Counts) -> [HTML] {
        [cell(counts.sent), cell(counts.online), counts.onlineShare.map { "\(percent($0))" } ?? hidden]
    }

    private func cell(_ count: Int?) -> HTML { count.map { "\($0)" } ?? hidden }

    private var hidden: HTML { "<small>\(NumbersTexts.notShown.html(language))</small>" }

    private func days(_ row: PublicNumbers.Row) -> HTML {
        row.days.map { NumbersTexts.daysOf.with(String($0.median), String($0.ninetieth)).html(language) } ?? hidden
    }

    private func useful(_ row: PublicNumbers.Row) -> HTML {
        row.useful.map { NumbersTexts.usefulOf.with(percent($0.percent), String($0.count)).html(language) } ?? hidden
    }

    private func percent(_ value: Double) -> String {
        LevelWords.percent(value).replacing("％", with: language.isWrittenAsJapanese ? "％" : "%")
    }

    func name(_ year: FiscalYear) -> String {
        language.isWrittenAsJapanese ? year.bothCalendars : "FY \(year.year)"
    }

    func name(_ month: Month) -> String {
        language.isWrittenAsJapanese ? "\(month.year)年\(month.number)月" : month.iso
    }

    /// What stands on a procedure's own page; nil where nothing may be shown.
    func part(of card: Card.ID, _ numbers: PublicNumbers?) -> HTML? {
        guard let numbers, let row = numbers.rows.first(where: { $0.card == card }), let sent = row.counts.sent else {
            return nil
        }
        let online: HTML? = row.counts.onlineShare.map {
            " \(NumbersTexts.ofWhichOnline.with(percent($0)).html(language))"
        }
        return """
            <h2>\(NumbersTexts.title.html(language))</h2>
            <p>\(NumbersTexts.ofProcedure.with(name(numbers.year), name(numbers.through), String(sent)).html(language))\(online)</p>
            <p><a href="\(Link.numbers(numbers.year))">\(NumbersTexts.more.html(language))</a></p>
            """
    }
}

extension PublicNumbers {
    /// As a file has it, in Japanese.
    func table(_ cards: [Card]) -> [[String]] {
        let names = Dictionary(cards.map { ($0.id, $0.name[.ja]) }, uniquingKeysWith: { first, _ in first })
        func line(_ id: String, _ name: String, _ counts: Counts) -> [String] {
            [String(year.year), through.iso, id, name]
                + [counts.sent, counts.online].map { $0.map(String.init) ?? "非公表" }
                + [counts.onlineShare.map { LevelWords.percent($0).replacing("％", with: "") } ?? "非公表"]
        }
        return [["年度", "集計した最後の月", "手続ID", "手続", "申請の件数", "オンラインの件数", "オンライン率（％）", "日数の中央値（開庁日）", "日数の90％（開庁日）"]]
            + rows.map { row in
                line(row.card, names[row.card] ?? row.card, row.counts)
                    + [row.days.map { String($0.median) } ?? "非公表", row.days.map { String($0.ninetieth) } ?? "非公表"]
            } + [line("", "町全体", town) + ["", ""]]
    }
}
