import Core
import Database
package import HTML
package import Japanese
import Web

extension Link {
    /// 手続の実績, for everybody.
    package static func numbers(_ year: FiscalYear) -> Link {
        ("/numbers" as Link).asking([("year", String(year.year))])
    }

    static func numbersFile(_ year: FiscalYear) -> Link {
        ("/numbers.csv" as Link).asking([("year", String(year.year))])
    }

    static func deskNumbers(_ year: FiscalYear, section: String?) -> Link {
        ("/desk/numbers" as Link).asking(query(year, section))
    }

    static func deskNumbersFile(_ year: FiscalYear, section: String?) -> Link {
        ("/desk/numbers.csv" as Link).asking(query(year, section))
    }

    private static func query(_ year: FiscalYear, _ section: String?) -> [(name: String, value: String)] {
        [("year", String(year.year))] + (section.map { [("section", $0)] } ?? [])
    }

    /// 実績 of a card.
    package static func deskNumbers(_ card: String, _ year: FiscalYear) -> Link {
        ("/desk/numbers" as Link).below(card).asking([("year", String(year.year))])
    }

    static func deskNumbersMonths(_ card: String, _ year: FiscalYear) -> Link {
        ("/desk/numbers" as Link).below(card).below("months.csv").asking([("year", String(year.year))])
    }

    static func deskNumbersStops(_ card: String, _ year: FiscalYear) -> Link {
        ("/desk/numbers" as Link).below(card).below("stops.csv").asking([("year", String(year.year))])
    }
}

extension Register {
    func addNumbersRoutes(to site: inout Site) {
        site.add(MenuItem("実績", "/desk/numbers", needs: nil, isDaily: true))

        site.anyone(.get, "/numbers") { visit in
            let year = Self.year(visit.query, visit.moment)
            let (numbers, years, cards) = try await database.read { transaction in
                (
                    try publicNumbers(year, on: visit.moment.day, in: transaction),
                    try self.years(on: visit.moment.day, in: transaction), try Card.list(in: transaction)
                )
            }
            return .page(
                PublicNumbersPages(language: visit.language).page(numbers, year: year, years: years, cards: cards))
        }

        site.anyone(.get, "/numbers.csv") { visit in
            let year = Self.year(visit.query, visit.moment)
            let (numbers, cards) = try await database.read { transaction in
                (
                    try publicNumbers(year, on: visit.moment.day, in: transaction),
                    try Card.list(in: transaction)
                )
            }
            guard let numbers else { throw Refused.notHere }
            return .file(NumbersFile.download("手続の実績 \(year.wareki)", numbers.table(cards)))
        }

        site.officer(.get, "/desk/numbers", needs: nil) { visit in
            let (year, section) = (Self.year(visit.query, visit.moment), visit.query["section"])
            let town = try await townNumbers(year, on: visit.moment.day)
            let pages = NumbersPages(
                officer: visit.who, town: self.town, year: year, years: town.years, now: Month(of: visit.moment.day))
            return .page(
                pages.list(
                    town.whole, sections: town.sections(self.town),
                    cards: town.cards.filter { section == nil || $0.0.section == section }, of: section))
        }

        site.officer(.get, "/desk/numbers.csv", needs: nil) { visit in
            let (year, section) = (Self.year(visit.query, visit.moment), visit.query["section"])
            let town = try await townNumbers(year, on: visit.moment.day)
            let cards = town.cards.filter { section == nil || $0.0.section == section }
            return .file(NumbersFile.download("実績 \(year.wareki)", Self.table(cards, self.town)))
        }

        site.officer(.get, "/desk/numbers/{card}", needs: nil) { visit in
            .page(try await cardNumbersPage(visit))
        }

        site.officer(.get, "/desk/numbers/{card}/months.csv", needs: nil) { visit in
            let (card, year) = (visit.parameter("card"), Self.year(visit.query, visit.moment))
            let rows = try await database.read { try numbers.byMonth(card, year.firstMonth...year.lastMonth, $0) }
            let lines = rows.sorted { ($0.month, $0.mouth.rawValue) < ($1.month, $1.mouth.rawValue) }.map { row in
                [row.month.iso, row.mouth.name[.ja]] + Self.cells(row.tally)
            }
            return .file(
                NumbersFile.download("実績 \(card) \(year.wareki)", [["月", "受付の方法"] + Self.tallyHead] + lines))
        }

        site.officer(.get, "/desk/numbers/{card}/stops.csv", needs: nil) { visit in
            let (card, year) = (visit.parameter("card"), Self.year(visit.query, visit.moment))
            let stops = try await database.read {
                try numbers.stops(card, year.firstMonth...year.lastMonth, visit.moment, $0)
            }
            let lines = stops.map { [$0.question?[.ja] ?? "何も入力しないまま", String($0.count)] }
            return .file(NumbersFile.download("入力をやめた所 \(card) \(year.wareki)", [["質問", "件数"]] + lines))
        }
    }

    /// The fiscal year that is asked for; the present one without.
    private static func year(_ query: Posted, _ moment: Moment) -> FiscalYear {
        let now = FiscalYear(of: moment.day)
        let asked = query["year"].flatMap(Int.init).map { FiscalYear($0) } ?? now
        return min(max(asked, FiscalYear(2000)), now)
    }

    /// The whole town's year.
    private struct TownNumbers {
        let years: [FiscalYear]
        let whole: YearNumbers
        let cards: [(Card, YearNumbers)]
        let tallies: [CardTally]
        let days: [DaysTally]

        /// By the section that has the card now.
        func sections(_ town: Town) -> [(section: String, numbers: YearNumbers)] {
            let homes = Dictionary(cards.map { ($0.0.id, $0.0.section) }, uniquingKeysWith: { first, _ in first })
            let (tallies, days) = (
                Dictionary(grouping: tallies) { homes[$0.card] }, Dictionary(grouping: days) { homes[$0.card] }
            )
            return town.sections.filter { tallies[$0.id] != nil }.map { section in
                (
                    section.id,
                    YearNumbers(year: whole.year, cards: tallies[section.id] ?? [], days: days[section.id] ?? [])
                )
            }
        }
    }

    private func townNumbers(_ year: FiscalYear, on today: Day) async throws -> TownNumbers {
        let range = year.firstMonth...year.lastMonth
        return try await database.read { transaction in
            let (tallies, days) = (try numbers.byCard(range, transaction), try numbers.days(nil, range, transaction))
            let (byCard, daysByCard) = (
                Dictionary(grouping: tallies, by: \.card), Dictionary(grouping: days, by: \.card)
            )
            let cards = try Card.list(in: transaction).compactMap { card in
                byCard[card.id].map {
                    (card, YearNumbers(year: year, cards: $0, days: daysByCard[card.id] ?? []))
                }
            }
            return TownNumbers(
                years: try years(on: today, in: transaction),
                whole: YearNumbers(year: year, months: try numbers.byMonth(nil, range, transaction), days: days),
                cards: cards, tallies: tallies, days: days)
        }
    }

    private func cardNumbersPage(_ visit: Visit<Officer>) async throws -> Page {
        let (id, year) = (visit.parameter("card"), Self.year(visit.query, visit.moment))
        let range = year.firstMonth...year.lastMonth
        let found = try await database.read { transaction -> CardNumbersPages? in
            guard let card = try Card.find(id, in: transaction) else { return nil }
            let facts = try CardFact.list(of: id, in: transaction)
            let recorded = [CardFact.Item.m4, .m5].reduce(into: [CardFact.Item: MeasureSeries.Value]()) {
                values, item in
                values[item] =
                    MeasureSeries(item, LevelInput.values(of: item, in: facts).map(\.value), on: year.lastDay)
                    .current
            }
            return CardNumbersPages(
                pages: NumbersPages(
                    officer: visit.who, town: town, year: year, years: try years(on: visit.moment.day, in: transaction),
                    now: Month(of: visit.moment.day)),
                card: card,
                numbers: YearNumbers(
                    year: year, months: try numbers.byMonth(id, range, transaction),
                    days: try numbers.days(id, range, transaction)),
                stops: try numbers.stops(id, range, visit.moment, transaction),
                voices: try Voice.counts(of: id, range, in: transaction)[id] ?? (0, 0),
                minutes: try numbers.minutes(id, range, transaction), recorded: recorded)
        }
        guard let found else { throw Refused.notHere }
        return found.page()
    }

    private static let tallyHead = ["入力開始", "申請", "紙の添付あり", "補正", "決定", "うち承認", "取下げ"]

    private static func cells(_ tally: Tally) -> [String] {
        [tally.begun, tally.sent, tally.withPapers, tally.returned, tally.decided, tally.approved, tally.withdrawn]
            .map(String.init)
    }

    private static func table(_ cards: [(Card, YearNumbers)], _ town: Town) -> [[String]] {
        [["年度", "手続ID", "手続", "担当", "受付の方法"] + tallyHead + ["日数の中央値（開庁日）", "日数の90％（開庁日）"]]
            + cards.flatMap { card, numbers in
                Mouth.allCases.filter { numbers.mouths[$0] != nil }.map { mouth in
                    let days = numbers.daysByMouth[mouth]
                    return [
                        String(numbers.year.year), card.id, card.name[.ja], town.sectionName(card.section)[.ja],
                        mouth.name[.ja],
                    ] + cells(numbers.mouths[mouth] ?? Tally())
                        + [days?.median, days?.ninetieth].map { $0.map(String.init) ?? "" }
                }
            }
    }
}
