import Core
import Database
import HTML
import Japanese
import Register
import Web

extension Governance {
    func addMeasureRoutes(to site: inout Site) {
        site.officer(.get, "/desk/measures", needs: nil) { visit in
            let today = visit.moment.day
            let lines = try await database.read { transaction in
                try shelf.measures.map { measure in
                    MeasurePages.Line(measure: measure, reading: try present(measure, on: today, in: transaction))
                }
            }
            return .page(MeasurePages(frame: frame(visit), shelf: shelf).list(lines, year: FiscalYear(of: today)))
        }

        site.officer(.get, "/desk/measures/{id}", needs: nil) { visit in
            .page(try await measurePage(visit, Entry(today: visit.moment.day)))
        }

        site.officer(.post, "/desk/measures/{id}", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await measurePage(visit, $0) }) { entry in
                let month = Month(written: entry.words("month", "月", most: 20))
                if month == nil, entry.problems.isEmpty { entry.fail("month", "「月」は、2026-10 か 令和8年10月 のように入力してください。") }
                let value = entry.number("amount", "値")
                let evidence = entry.words("evidence", "根拠", most: 300)
                try entry.check()
                guard let month, let value else { throw Refused.notHere }
                try await enter(
                    value, for: month, of: visit.parameter("id"), evidence: evidence, by: visit.who, at: visit.moment)
                return .redirect(Link.measure(visit.parameter("id")).asking([("saved", "yes")]))
            }
        }

        addIndicatorRoutes(to: &site)
    }

    private func addIndicatorRoutes(to site: inout Site) {
        site.officer(.get, "/desk/indicators", needs: nil) { visit in
            .page(try await indicatorPage(visit, report: nil))
        }

        site.officer(.get, "/desk/indicators.csv", needs: nil) { visit in
            let values = try await database.read { try IndicatorValue.all(in: $0) }
            let rows = values.map {
                [$0.indicator, $0.place, String($0.observed), String($0.surveyed), $0.value, $0.source]
            }
            return .file(Download(table: [IndicatorFile.header] + rows.guarded, name: "国の指標.csv", visit.query))
        }

        site.officer(.post, "/desk/indicators", needs: .preparePlan, takesFiles: true) { visit in
            let arriving = try ArrivingSheet()
            if let upload = visit.upload { _ = try await upload.read { $0.control == "file" ? arriving : nil } }
            guard let bytes = arriving.bytes else {
                return .page(try await indicatorPage(visit, report: nil, problem: "20MBまでのCSVファイルを選んでください。"))
            }
            let (added, corrected, findings) = try await takeIndicators(bytes, by: visit.who, at: visit.moment)
            let items: [HTML] = findings.map { "<li>\($0.line)行目: \($0.words)</li>" }
            var page = try await indicatorPage(
                visit,
                report: findings.isEmpty
                    ? "<div class=\"done\" role=\"status\"><p>新しい値 \(added)、訂正 \(corrected)を取り込みました。</p></div>"
                    : "<div class=\"problems\" role=\"alert\" tabindex=\"-1\"><h2>直すところがあるので、何も取り込んでいません</h2><ul>\(items)</ul></div>"
            )
            if !findings.isEmpty { page.status = 422 }
            return .page(page)
        }
    }

    private func indicatorPage(_ visit: Visit<Officer>, report: HTML?, problem: String? = nil) async throws -> Page {
        let table = IndicatorTable(try await database.read { try IndicatorValue.all(in: $0) })
        return MeasurePages(frame: frame(visit), shelf: shelf).indicators(
            table, shown: visit.query["indicator"], year: visit.query["year"].flatMap { Int($0) }, report: report,
            problem: problem)
    }

    /// What a measure says of this fiscal year up to now.
    func present(_ measure: Measure, on today: Day, in transaction: Transaction) throws -> Measure.Reading? {
        let scope = Measure.Scope(months: FiscalYear(of: today).firstMonth...Month(of: today), today: today)
        return try measure.reading(scope, in: transaction)
    }

    private func measurePage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        guard let measure = shelf.find(visit.parameter("id")) else { throw Refused.notHere }
        let (frame, today) = (frame(visit), visit.moment.day)
        let now = Month(of: today)
        return try await database.read { transaction in
            let all = try MeasureValue.all(measure.id, card: nil, now.adding(months: -36)...now, in: transaction)
            let newest = all.reduce(into: [Month: MeasureValue]()) { $0[$1.month] = $1 }
            let months = (0..<12).map { now.adding(months: $0 - 11) }.map { ($0, newest[$0]) }
            let scope = FiscalYear(of: today).firstMonth...now
            let cards: [(name: String, link: Link, reading: Measure.Reading)] =
                measure.isPerCard
                ? try Card.list(in: transaction).compactMap { card in
                    try measure.reading(.init(card: card.id, months: scope, today: today), in: transaction).map {
                        (card.name[.ja], .deskNumbers(card.id, FiscalYear(of: today)), $0)
                    }
                } : []
            return MeasurePages(frame: frame, shelf: shelf).page(
                measure, try present(measure, on: today, in: transaction), months: months, all: all, cards: cards,
                people: try People(staff, in: transaction),
                mayEnter: try shelf.isEntered(measure.id)
                    && mayEnter(measure.id, visit.who, on: today, in: transaction),
                entry: entry,
                saved: visit.query["saved"] == nil ? nil : "記録しました。")
        }
    }
}

extension Month {
    /// Reads 2026-10 and 令和8年10月. Nil for what is none.
    init?(written text: String) {
        let narrow = Width.narrow(Spaces.trim(text))
        if let month = Month(iso: narrow) { self = month; return }
        guard let day = try? WrittenDate.day(narrow.hasSuffix("日") ? narrow : narrow + "1日") else { return nil }
        self.init(of: day)
    }
}
