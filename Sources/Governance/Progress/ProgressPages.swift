import Core
import HTML
import Japanese
import Register
import Web

/// 進み具合, for everybody: use before existence, what was tried and stopped, what became of voices.
struct ProgressPages {
    let language: Language
    let progress: PublicProgress
    /// Names of procedures in the reader's language.
    let names: [Card.ID: Text]

    var page: Page {
        Page(
            ProgressTexts.title[language],
            """
            <p class="way"><a href="/">\(RegisterTexts.home.html(language))</a></p>
            <h1>\(ProgressTexts.title.html(language)) <small>\(ProgressTexts.asOf.with(progress.on).html(language))</small></h1>
            <p class="lead">\(ProgressTexts.lead.html(language))</p>
            <p><a href="/plan">\(ProgressTexts.plan.html(language))</a></p>
            \(body)
            <h2>\(ProgressTexts.data.html(language))</h2>
            <ul><li><a href="/progress/use.csv">\(ProgressTexts.csvUse.html(language))</a></li><li><a href="/progress/actions.csv">\(ProgressTexts.csvActions.html(language))</a></li>
            <li><a href="/progress/published.csv">\(ProgressTexts.csvPublished.html(language))</a></li><li><a href="/progress.json">\(ProgressTexts.json.html(language))</a></li><li><a href="/progress/levels.csv">\(ProgressTexts.csvLevels.html(language))</a></li>
            <li><a href="/progress/trials.csv">\(ProgressTexts.csvTried.html(language))</a></li><li><a href="/progress/measures.csv">\(ProgressTexts.csvMeasures.html(language))</a></li>
            <li><a href="/progress.pdf">\(ProgressTexts.pdf.html(language))</a></li><li><a href="/progress/screen">\(ProgressTexts.screen.html(language))</a></li></ul>
            """)
    }

    /// The last month that is counted, as the language writes it.
    private var month: String {
        guard language != .en, let month = Month(iso: progress.through) else { return progress.through }
        return String(month.last.wareki.prefix { $0 != "月" }) + "月"
    }

    /// The same on the screen and on paper.
    var body: HTML {
        """
        <p class="quiet">\(ProgressTexts.through.with(month).html(language))</p>
        <h2 id="use">\(ProgressTexts.use.html(language))</h2>\(use)
        <h2 id="items">\(progress.items.count == 8 ? ProgressTexts.items.html(language) : ProgressTexts.itemsCount.html(language))</h2>\(items)
        <h2 id="tried">\(ProgressTexts.tried.html(language))</h2><p>\(ProgressTexts.triedLead.html(language))</p>\(tried(progress.tried))
        <h2 id="voices">\(ProgressTexts.voices.html(language))</h2><p>\(ProgressTexts.voicesLead.html(language))</p>\(voices)
        <h2 id="levels">\(ProgressTexts.levels.html(language))</h2><p>\(ProgressTexts.levelsLead.html(language))</p>\(levels)
        <h2 id="meetings">\(ProgressTexts.meetings.html(language))</h2>\(meetings)
        """
    }

    private func name(_ card: Card.ID, _ fallback: String) -> HTML {
        "<a href=\"\("/procedures/\(card)" as Link)\">\((names[card] ?? Text(verbatim: fallback)).html(language))</a>"
    }

    private func percent(_ value: Double?) -> String {
        value.map { Piece.number($0, "%") } ?? ProgressTexts.hidden[language]
    }

    private var use: HTML {
        let year = FiscalYear(of: Day(iso: progress.on) ?? Day(daysSince1970: 0))
        let known = progress.use.filter { $0.percent != nil }
        guard !progress.use.isEmpty else { return "<p>\(ProgressTexts.nothingYet.html(language))</p>" + published }
        let bars = known.prefix(10).map {
            Chart.Bar((names[$0.card] ?? Text(verbatim: $0.name))[language], $0.percent ?? 0, percent($0.percent))
        }
        let told = known.map { "\($0.name) \(percent($0.percent))" }.joined(separator: ", ")
        let chart: HTML? =
            bars.isEmpty
            ? nil : Chart("use", title: ProgressTexts.share[language], summary: told).bars(Array(bars), maximum: 100)
        let rows: [[HTML]] = progress.use.map { line in
            [
                name(line.card, line.name), "\(percent(line.percent))",
                "\(line.sent.map(String.init) ?? ProgressTexts.hidden[language])",
            ]
        }
        return """
            <p>\(ProgressTexts.useLead.with(language == .en ? "FY\(year.year)" : year.wareki).html(language))</p>\(chart)
            \(Piece.table(ProgressTexts.share[language], [ProgressTexts.procedure, ProgressTexts.share, ProgressTexts.sent].map { $0[language] }, numeric: [1, 2], rows))
            \(published)
            """
    }

    /// What the nation published, beside the nation's own.
    private var published: HTML {
        guard let first = progress.published.first else { return .empty }
        let year = language == .en ? "FY\(first.year)" : FiscalYear(first.year).wareki
        let title = ProgressTexts.published.with(year)
        let rows: [[HTML]] = progress.published.map { line in
            [
                "<span lang=\"ja\">\(line.name)</span>", "\(Piece.number(line.percent, "%"))",
                "\(line.nation.map { Piece.number($0, "%") } ?? "—")",
            ]
        }
        return """
            <h3>\(title.html(language))</h3>
            \(Piece.table(title[language], [ProgressTexts.procedure, ProgressTexts.share, ProgressTexts.nation].map { $0[language] }, numeric: [1, 2], rows))
            <p class="quiet" lang="ja">\(first.source)</p>
            """
    }

    private var items: HTML {
        let parts: [HTML] = progress.items.map { item in
            let numbers: [HTML] = item.measures.map { number in
                "<div><dt>\(number.name) <small>\(number.source)</small></dt><dd>\(number.value.map { Piece.number($0, number.unit) } ?? ProgressTexts.unknown[language])</dd></div>"
            }
            let actions: [HTML] = item.actions.map { action in
                let kpis: [HTML] = action.kpis.map { kpi in
                    "<br><small>\(kpi.name): \(kpi.value.map { Piece.number($0, kpi.unit) } ?? ProgressTexts.unknown[language])\(kpi.target.map { "（目標 \(Piece.number($0, kpi.unit))）" } ?? "")</small>"
                }
                return
                    "<li><span>\(action.title)\(kpis)</span><span>\(action.state)\(action.fate.map { "、\($0)" } ?? "")</span></li>"
            }
            return """
                <section id="item-\(item.no)" lang="ja"><h3>\(item.no) \(item.name)</h3>
                \(numbers.isEmpty ? .empty : "<dl class=\"counts\">\(numbers)</dl>")
                \(actions.isEmpty ? .empty : "<ul class=\"rows\">\(actions)</ul>")</section>
                """
        }
        return "\(parts)"
    }

    private func ending(_ trial: PublicProgress.Trial) -> Text {
        switch trial.ending {
        case "adopt": ProgressTexts.adopted
        case "adapt": ProgressTexts.adapted
        case "stop": ProgressTexts.stopped
        default: ProgressTexts.trying
        }
    }

    private func tried(_ trials: [PublicProgress.Trial]) -> HTML {
        guard !trials.isEmpty else { return "<p>\(ProgressTexts.none.html(language))</p>" }
        let items: [HTML] = trials.map { trial in
            let numbers: HTML? = trial.expected.map { expected in
                "<p>\(ProgressTexts.expected.html(language)) <b>\(Piece.number(expected, trial.unit))</b>\(trial.found.map { "　\(ProgressTexts.found.html(language)) <b>\(Piece.number($0, trial.unit))</b>" as HTML }) <span lang=\"ja\">（\(trial.metric)）</span></p>"
            }
            return """
                <li><h3 lang="ja">\(trial.title)</h3><p>\(Piece.tag(ending(trial)[language], trial.ending == "adopt" ? "good" : ""))</p>
                <div lang="ja"><p>\(trial.fact)</p>\(trial.idea.isEmpty ? .empty : "<p>\(trial.idea)</p>" as HTML)</div>\(numbers)
                \(trial.reason.isEmpty ? .empty : "<p lang=\"ja\" class=\"kept\">\(trial.reason)</p>" as HTML)</li>
                """
        }
        return "<ol class=\"papers plain\">\(items)</ol>"
    }

    private var voices: HTML {
        let received: HTML? = progress.voices.received.map {
            "<p>\(ProgressTexts.received.with("\($0)", "\(progress.voices.begun)").html(language))</p>"
        }
        return "\(received)" + tried(progress.tried.filter(\.isFromVoice))
    }

    private var levels: HTML {
        let marks = (0...5).map { "L\($0)" }
        let bars = marks.map { mark in
            let count = progress.levels.count { $0.level == mark }
            return Chart.Bar(mark, Double(count), ProgressTexts.count.with("\(count)")[language])
        }
        let told = bars.map { "\($0.name) \($0.words)" }.joined(separator: ", ")
        let rows: [[HTML]] = progress.levels.map { line in
            [
                name(line.card, line.name), "\(line.level ?? ProgressTexts.notComputed[language])",
                "<span lang=\"ja\">\(line.missing.joined(separator: "、"))</span>",
            ]
        }
        return Chart("levels", title: ProgressTexts.levels[language], summary: told).bars(bars)
            + "<details><summary>\(ProgressTexts.allLevels.with("\(progress.levels.count)").html(language))</summary>"
            + Piece.table(
                ProgressTexts.levels[language],
                [ProgressTexts.procedure, ProgressTexts.level, ProgressTexts.next].map { $0[language] }, rows)
            + "</details>"
    }

    private var meetings: HTML {
        let items: [HTML] = progress.meetings.map {
            "<li><span><a href=\"\(("/progress/meetings" as Link).below($0.id))\" lang=\"ja\">\($0.title)</a></span><span>\($0.on)</span></li>"
        }
        return Piece.rows(items, empty: ProgressTexts.none[language])
    }

    /// 庁舎のモニター: large, one thing after the other, without anything to press.
    func screen(_ slide: Int) -> Page {
        let slides = self.slides
        let shown = slides[((slide % slides.count) + slides.count) % slides.count]
        return Page(
            ProgressTexts.title[language], zone: .screen,
            """
            <div class="screen"><p class="lead">\(progress.town) \(ProgressTexts.title.html(language))</p>\(shown)
            <p class="hint">\(ProgressTexts.asOf.with(progress.on).html(language))　\((slide % slides.count) + 1) / \(slides.count)</p></div>
            """)
    }

    var slides: [HTML] {
        let best = progress.use.filter { $0.percent != nil }.prefix(4)
        let bars = best.map {
            Chart.Bar((names[$0.card] ?? Text(verbatim: $0.name))[language], $0.percent ?? 0, percent($0.percent))
        }
        let first: HTML =
            "<h1>\(ProgressTexts.use.html(language))</h1>"
            + (bars.isEmpty
                ? "<p>\(ProgressTexts.nothingYet.html(language))</p>"
                : Chart(
                    "use", title: ProgressTexts.share[language],
                    summary: bars.map { "\($0.name) \($0.words)" }.joined(separator: ", ")
                ).bars(bars, maximum: 100))
        let trials: [HTML] = progress.tried.prefix(4).map { trial in
            """
            <h1 lang="ja">\(trial.title)</h1><p>\(ending(trial).html(language))</p><p lang="ja">\(trial.fact)</p>
            <p>\(trial.expected.map { "\(ProgressTexts.expected.html(language)) \(Piece.number($0, trial.unit))" as HTML })　\(trial.found.map { "\(ProgressTexts.found.html(language)) \(Piece.number($0, trial.unit))" as HTML })</p>
            """
        }
        let counts: [HTML] = (0...5).map { level in
            "<div><dt>L\(level)</dt><dd>\(progress.levels.count { $0.level == "L\(level)" })</dd></div>"
        }
        return [first] + trials + [
            "<h1>\(ProgressTexts.levels.html(language))</h1><dl class=\"answers\">\(counts)</dl>"
        ]
    }

    /// 議事録, as it was made public.
    static func minutes(_ meeting: Meeting, _ body: Body, language: Language) -> Page {
        let items: [HTML] = meeting.agenda.map { item in
            if let hidden = item.hidden {
                return "<li><h2>\(item.id)</h2><p>\(ProgressTexts.hiddenItem.with(hidden).html(language))</p></li>"
            }
            let decision: HTML? = item.decision.map {
                "<p><b>\(ProgressTexts.decision.html(language))</b>（\($0.isCarried ? "可決" : "否決")、\($0.kind.name)）: \($0.sentence)<br>\($0.reason)\($0.dissent.isEmpty ? .empty : "<br>反対意見がありました。" as HTML)</p>"
            }
            return
                "<li lang=\"ja\"><h2>\(item.id) \(item.title)</h2><p class=\"kept\">\(item.minutes)</p>\(decision)</li>"
        }
        return Page(
            meeting.title,
            """
            <p class="way"><a href="\(.progress)">\(ProgressTexts.title.html(language))</a></p>
            <h1 lang="ja">\(meeting.title) <small>\(body.name)、\(meeting.on.wareki)</small></h1>
            <p>\(ProgressTexts.attended.with("\(meeting.present(body))").html(language))</p><ol class="papers plain">\(items)</ol>
            """)
    }
}
