import Core
import HTML
import Japanese
import Web

/// 段階の一覧: the distribution, by section, and what is one fact away. No ranking, no average.
struct LevelListPages {
    let officer: Officer
    let town: Town
    let list: LevelList
    /// The section whose cards are listed; nil for all.
    let section: String?
    let level: Level?

    func page() -> Page {
        Page(
            "段階", zone: .desk(officer),
            """
            <h1>段階 <small>判定表 第\(Rubric.version)版</small></h1>
            \(computed)
            <h2>分布</h2>
            \(distribution)
            <h2>あと一つで、次の段階</h2>
            \(oneAway)
            <h2>課ごとの分布</h2>
            \(sections)
            <h2 id="cards">手続・業務</h2>
            \(filter)
            \(cards)
            <p><a class="button" href="/desk/levels.csv">CSVで書き出す</a></p>
            """)
    }

    private var computed: HTML {
        let when: HTML = list.computedOn.map { "最後に変わったのは\($0.bothCalendars)です。" } ?? "まだ計算していません。"
        let form: HTML? =
            officer.may(.editCards)
            ? """
            <form method="post" action="/desk/levels/compute"><button>いま計算し直す</button></form>
            """ : nil
        return #"<p>段階は毎日計算されます。\#(when) <a href="/desk/numbers">実績</a></p>\#(form)"#
    }

    private var distribution: HTML {
        let (counts, weighted, all) = (list.distribution, list.weighted, list.lines.count)
        let bars = Level.allCases.map { level in
            let count = counts[level] ?? 0
            return Chart.Bar("\(level.mark) \(level.step)", Double(count), "\(count)")
        }
        let summary = Level.allCases.map { "\($0.mark) \(counts[$0] ?? 0)" }.joined(separator: "、")
        let chart = Chart("levels", title: "段階ごとの手続・業務の数", summary: summary).bars(bars)
        let rows: [(name: HTML, cells: [HTML])] = Level.allCases.map { level in
            (
                "\(level.mark) \(level.step)",
                [
                    "\(counts[level] ?? 0)", "\(LevelWords.percent(YearNumbers.percent(counts[level] ?? 0, of: all)))",
                    "\(weighted.isEmpty ? "—" : LevelWords.percent(weighted[level] ?? 0))",
                ]
            )
        }
        return chart
            + NumberTable(label: "段階の分布", head: ["段階", "手続・業務", "割合", "件数で重みをつけた割合"], rows: rows).html
                + """
                <p class="quiet">件数で重みをつけた割合は、年間件数の分かる手続・業務だけで計算しています（分からないもの \(list.withoutCases)）。\
                段階の平均は出しません。</p>
                """
    }

    private var oneAway: HTML {
        let lines = list.lines.filter { $0.record?.isOneAway == true }
        guard !lines.isEmpty else { return "<p>いまはありません。</p>" }
        return NumberTable(
            label: "あと一つで次の段階になる手続・業務", head: ["手続・業務", "担当", "いま", "残り"],
            rows: lines.map { line in
                (
                    link(line.card),
                    [
                        "\(town.sectionName(line.card.section)[.ja])", "\(line.record?.computed.mark ?? "")",
                        "\(line.record?.missing.first ?? "")",
                    ]
                )
            }, isNumbers: false
        ).html
    }

    private var sections: HTML {
        let groups = Dictionary(grouping: list.lines, by: \.card.section)
        let rows: [(name: HTML, cells: [HTML])] = town.sections.filter { groups[$0.id] != nil }.map { section in
            let lines = groups[section.id] ?? []
            let counts = Level.allCases.map { level in lines.count { $0.record?.level == level } }
            let next = lines.count { $0.record?.isOneAway == true }
            return ("\(section.name[.ja])", counts.map { $0 == 0 ? "—" : "\($0)" } + ["\(next)"])
        }
        return NumberTable(
            label: "課ごとの段階の分布", head: ["担当"] + Level.allCases.map { "\($0.mark)" } + ["あと一つ"], rows: rows
        ).html
    }

    private var filter: HTML {
        func options(_ values: [(String, String)], _ current: String?) -> [HTML] {
            values.map { value, name in
                let mark = Attributes().with("selected", when: value == (current ?? ""))
                return #"<option value="\#(value)"\#(mark)>\#(name)</option>"#
            }
        }
        let sections = [("", "すべての課")] + town.sections.map { ($0.id, $0.name[.ja]) }
        let levels = [("", "すべての段階")] + Level.allCases.map { (String($0.rawValue), $0.mark) }
        return """
            <form class="filter" action="/desk/levels#cards">
            <div class="field"><label for="section">担当</label><select id="section" name="section">\(options(sections, section))</select></div>
            <div class="field"><label for="level">段階</label><select id="level" name="level">\(options(levels, level.map { String($0.rawValue) }))</select></div>
            <button>しぼる</button></form>
            """
    }

    private var cards: HTML {
        let lines = list.lines.filter { line in
            (section == nil || line.card.section == section) && (level == nil || line.record?.level == level)
        }
        guard !lines.isEmpty else { return "<p class=\"notice\">この条件の手続・業務はありません。</p>" }
        return NumberTable(
            label: "手続・業務の段階", head: ["手続・業務", "担当", "段階", "判定"],
            rows: lines.map { line in
                let record = line.record
                let exception: HTML? = record?.exceptionUntil.map {
                    #" <span class="tag attention">例外（\#($0.iso)まで）</span>"#
                }
                return (
                    link(line.card),
                    [
                        "\(town.sectionName(line.card.section)[.ja])",
                        "\(record?.level.mark ?? "—")\(record.map { LevelWords.tags($0.badges) })\(exception)",
                        "\(record?.words ?? "まだ計算していません")",
                    ]
                )
            }, isNumbers: false
        ).html
    }

    private func link(_ card: Card) -> HTML { #"<a href="\#(Link.level(card.id))">\#(card.name[.ja])</a>"# }
}
