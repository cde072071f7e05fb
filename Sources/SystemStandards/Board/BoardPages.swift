import Japanese
import Core
import HTML
import Web

/// 標準化の進み具合: the board of the twenty tasks, and each by itself.
struct BoardPages {
    let officer: Officer
    let town: Town
    let words: BookWords

    /// What the board knows.
    struct Content: Sendable {
        var sections: [StandardBusiness: String] = [:]
        var steps: [StandardBusiness: [Int: MigrationStep]] = [:]
        var titles: [Int: String] = [:]
        var published: [StandardBusiness: PublishedProgress] = [:]
        var systems: [LedgerEntry] = []
        /// Entries of the board's books, by the id of the task.
        var entries: [String: [LedgerEntry]] = [:]

        func list(_ book: Book, _ business: StandardBusiness) -> [LedgerEntry] {
            (entries[business.rawValue] ?? []).filter { $0.book == book.id }
        }
    }

    static let books: [Book] = [.fitGaps, .costs, .rehearsals, .acceptances]

    static func percent(_ rate: Double) -> String {
        let tenths = Int((rate * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }

    /// 移行後 ÷ 移行前; nil while one of them is not known.
    static func costRatio(_ costs: [LedgerEntry]) -> (before: Int, after: Int, words: String)? {
        func sum(_ phase: String) -> Int? {
            let some = costs.filter { $0["phase"] == phase }.compactMap { $0.number("yen") }
            return some.isEmpty ? nil : some.reduce(0, +)
        }
        guard let before = sum("before"), let after = sum("after"), before > 0 else { return nil }
        let hundredths = (after * 100 + before / 2) / before
        let tail = hundredths % 100 < 10 ? "0\(hundredths % 100)" : "\(hundredths % 100)"
        return (before, after, "\(hundredths / 100).\(tail)倍")
    }

    func board(_ content: Content, problem: String? = nil) -> Page {
        let rows: [HTML] = StandardBusiness.allCases.map { row($0, content) }
        let rates = content.published.values
        let mean = rates.isEmpty ? nil : rates.reduce(0) { $0 + $1.town } / Double(rates.count)
        let source: HTML? = rates.first.map { published in
            """
            <p>公表値は\(published.month)のもの（\(published.source)）。\(mean.map { "町の20業務の平均は\(Self.percent($0))です。" } ?? "")自分たちの記入とは別の数です。</p>
            """
        }
        return Page(
            (problem == nil ? "" : "エラー: ") + "標準化の進み具合", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/systems">情報システム</a></p>
            \(problem.map { ProblemSummary("取り込んでいません", [("board-file", "\($0)")]).html })
            <h1>標準化の進み具合 <small>20業務</small></h1>
            <p>進捗率は、手順書の40の手順のうち「完了」と「対象外」の割合です。不明の手順が一つでもあれば、率も不明です。</p>\(source)
            <div class="scroll" role="region" aria-label="業務の表" tabindex="0"><table><thead><tr><th scope="col">業務</th><th scope="col">担当</th><th scope="col">システム</th>
            <th scope="col" class="number">進捗率</th><th scope="col" class="number">公表値</th><th scope="col" class="number">全国平均</th><th scope="col" class="number">合わない要件</th>
            <th scope="col" class="number">経費（後÷前）</th><th scope="col" class="number">リハーサル</th><th scope="col">検収</th></tr></thead><tbody>\(rows)</tbody></table></div>
            <ul class="rows"><li><span>手順の表（20業務×40手順）</span> <a href="/desk/standardisation.csv">CSV（UTF-8）</a> <a href="/desk/standardisation.csv?encoding=cp932">CSV（Shift_JIS）</a></li></ul>
            \(officer.may(.manageSystems) ? taking : .empty)
            \(Self.books.map { LedgerPages(officer: officer, book: $0, words: words).sheets(mayWrite: officer.may(.manageSystems)) })
            """)
    }

    private var taking: HTML {
        """
        <details class="act"><summary>手順の表を取り込む</summary><form method="post" action="/desk/standardisation" enctype="multipart/form-data">
        <p class="hint">書き出した表を直して送ります。「手順」と「手順の名前」だけの表なら、手順書の名前を取り込みます。一つでも直すところがあれば、何も取り込みません。</p>
        <div class="field"><label for="board-file">ファイル</label><input type="file" id="board-file" name="file" accept=".csv,text/csv"></div><button>取り込む</button></form></details>
        """
    }

    private func row(_ business: StandardBusiness, _ content: Content) -> HTML {
        let (steps, published) = (content.steps[business] ?? [:], content.published[business])
        let systems: [HTML] = content.systems.filter { $0["business"] == business.rawValue }.map {
            "<a href=\"\(.entry($0))\">\($0.name)</a> "
        }
        let gaps = content.list(.fitGaps, business).count { $0["verdict"] == "gap" && $0["done"].isEmpty }
        let rehearsals = content.list(.rehearsals, business)
        let accepted = content.list(.acceptances, business).max { $0["on"] < $1["on"] }
        let verdict = accepted.map { words.shown($0["result"], Book.acceptances.field("result")?.kind ?? .words(0)) }
        return """
            <tr><th scope="row"><a href="\(.business(business))">\(business.name)</a></th><td>\(content.sections[business].map { town.sectionName($0)[.ja] } ?? "不明")</td>
            <td>\(systems.isEmpty ? "不明" as HTML : "\(systems)")</td><td class="number">\(steps.rate.map(Self.percent) ?? "不明")</td>
            <td class="number">\(published.map { Self.percent($0.town) } ?? "—")</td><td class="number">\(published.map { Self.percent($0.nation) } ?? "—")</td>
            <td class="number">\(content.list(.fitGaps, business).isEmpty ? "不明" : String(gaps))</td>
            <td class="number">\(Self.costRatio(content.list(.costs, business))?.words ?? "不明")</td>
            <td class="number">\(rehearsals.isEmpty ? "—" : "\(rehearsals.count)回")</td><td>\(verdict ?? "—")</td></tr>
            """
    }

    func business(_ business: StandardBusiness, _ content: Content, mayWrite: Bool, problem: String? = nil) -> Page {
        let systems = content.systems.filter { $0["business"] == business.rawValue }
        let published: HTML? = content.published[business].map { published in
            "<p>公表された進捗（\(published.month)）: 町 <b>\(Self.percent(published.town))</b>、全国平均 \(Self.percent(published.nation))</p>"
        }
        let books: [HTML] = Self.books.map { part($0, business, content, mayWrite) }
        return Page(
            (problem == nil ? "" : "エラー: ") + business.name, zone: .desk(officer),
            """
            <p class="way"><a href="/desk/standardisation">標準化の進み具合</a></p>
            \(problem.map { ProblemSummary("保存できませんでした", [(nil, "\($0)")]).html })
            <h1>\(business.name) <small>\(content.sections[business].map { town.sectionName($0)[.ja] } ?? "担当は不明")</small></h1>\(published)
            \(officer.may(.manageSystems) ? assigning(business, content) : .empty)
            <h2>システム</h2>\(LedgerPages(officer: officer, book: .systems, words: words).table(systems, ["name", "kind", "vendor", "place", "version"]))
            \(steps(business, content, mayWrite))\(books)
            """)
    }

    private func assigning(_ business: StandardBusiness, _ content: Content) -> HTML {
        let options = SelectOptions(town.sections.map { ($0.id, $0.name[.ja]) }).html(content.sections[business])
        return """
            <details class="act"><summary>担当課を決める</summary><form method="post" action="\(Link.business(business).below("section"))"><div class="field">
            <label for="section">担当課</label><select id="section" name="section">\(options)</select></div><button>決める</button></form></details>
            """
    }

    private func part(_ book: Book, _ business: StandardBusiness, _ content: Content, _ mayWrite: Bool) -> HTML {
        let (pages, entries) = (LedgerPages(officer: officer, book: book, words: words), content.list(book, business))
        let fields: [String]
        var about: HTML?
        switch book.id {
        case Book.costs.id:
            fields = ["name", "phase", "yen", "year", "source"]
            about =
                Self.costRatio(entries).map { ratio in
                    """
                    <p>移行前は年\(ratio.before.grouped)円、移行後は年\(ratio.after.grouped)円で、<b>\(ratio.words)</b>です。国の目標は3割の削減（0.70倍）です。</p>
                    """
                } ?? "<p>移行の前と後の両方を書くと、くらべられます。</p>"
        case Book.rehearsals.id:
            fields = ["name", "on", "old", "new", "differences", "result"]
            about = entries.count < 3 ? "<p>リハーサルは、少なくとも3回が勧められています。いまは\(entries.count)回です。</p>" : nil
        case Book.acceptances.id: fields = ["name", "on", "section", "result", "evidence"]
        default: fields = ["name", "number", "kind", "verdict", "measure", "section", "due", "done"]
        }
        return """
            <h2>\(book.title)</h2>\(about)\(pages.table(entries, fields))\(mayWrite ? pages.adding(about: business.rawValue) : .empty)
            """
    }

    private func steps(_ business: StandardBusiness, _ content: Content, _ mayWrite: Bool) -> HTML {
        let steps = content.steps[business] ?? [:]
        let rows: [HTML] = (1...MigrationStep.count).map { number in
            let step = steps[number]
            guard mayWrite else {
                return """
                    <tr><th scope="row" class="number">\(number)</th><td>\(content.titles[number] ?? "")</td><td>\(step?.state.name ?? "不明")</td><td>\(step?.note ?? "")</td></tr>
                    """
            }
            let options = SelectOptions(MigrationStep.State.allCases.map { ($0.rawValue, $0.name) }).html(
                step?.state.rawValue)
            return """
                <tr><th scope="row" class="number">\(number)</th><td>\(content.titles[number] ?? "")</td>
                <td><select name="s\(number)" aria-label="手順\(number)の状態"><option value="">不明</option>\(options)</select></td>
                <td><input name="n\(number)" value="\(step?.note ?? "")" aria-label="手順\(number)の備考"></td></tr>
                """
        }
        let counts = MigrationStep.State.allCases.map { state in
            "\(state.name)\(steps.values.count { $0.state == state })"
        }
        let table: HTML = """
            <div class="scroll" role="region" aria-label="手順の表" tabindex="0"><table class="dense"><thead><tr><th scope="col" class="number">手順</th>
            <th scope="col">手順の名前</th><th scope="col">状態</th><th scope="col">備考</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
        let form: HTML =
            mayWrite
            ? "<form method=\"post\" action=\"\(Link.business(business))\">\(table)<button class=\"primary\">手順を保存する</button></form>"
            : table
        return """
            <h2>40の手順</h2><p>\(counts.joined(separator: "、"))、不明\(MigrationStep.count - steps.count)。進捗率は\(steps.rate.map(Self.percent) ?? "不明")です。</p>
            <details\(Attributes().with("open", ifPresent: steps.isEmpty ? nil : ""))><summary>手順を見る</summary>\(form)</details>
            """
    }
}
