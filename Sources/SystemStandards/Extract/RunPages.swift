import Core
import HTML
import Japanese
import Tabular
import Web

/// 検査報告書 of a run, as those who mend it read it.
struct RunPages {
    let officer: Officer
    let town: Town
    let extract: Extract
    let run: ExtractRun

    var isOwn: Bool { officer.may(.handleExtracts, in: extract.section) }

    /// What the page is asked to show.
    struct Filter: Sendable {
        var section = ""
        var weight = ""
        var item = ""
        var rule = ""

        init(_ query: Posted) {
            (section, weight) = (query["section"] ?? "", query["weight"] ?? "")
            (item, rule) = (query["item"] ?? "", query["rule"] ?? "")
        }

        func fits(_ group: FindingGroup) -> Bool {
            (section.isEmpty || group.section == section) && (weight.isEmpty || group.weight.rawValue == weight)
                && (item.isEmpty || group.item == item) && (rule.isEmpty || group.rule.id == rule)
        }
    }

    /// What stands on the page besides the run.
    struct Content: Sendable {
        var groups: [FindingGroup] = []
        var mends: [Mend] = []
        var sheets: [Worksheet] = []
        var names: [String: String] = [:]
        /// Runs that were made out of this one.
        var later: [ExtractRun] = []
        var today = ""
    }

    func page(_ content: Content, _ filter: Filter, problem: String? = nil) -> Page {
        Page(
            (problem == nil ? "" : "エラー: ") + "\(extract.name) 第\(run.number)回", zone: .desk(officer),
            """
            <p class="way"><a href="\(.extract(extract.id))">\(extract.name)</a></p>
            \(problem.map { ProblemSummary("できませんでした", [(nil, "\($0)")]).html })
            <h1>\(extract.name) <small>第\(run.number)回（\(run.at.day.iso) \(run.at.timeOfDay)）</small></h1>
            \(state)\(later(content.later))
            \(run.state == .done || run.state == .withdrawn || run.state == .cleared ? report(content, filter) : .empty)
            """)
    }

    /// Whoever goes on here is told that somebody went on already.
    private func later(_ runs: [ExtractRun]) -> HTML? {
        guard !runs.isEmpty else { return nil }
        let links: [HTML] = runs.map { "<a href=\"\(.run($0.id))\">第\($0.number)回</a> " }
        return "<p class=\"notice\">この回をもとに、\(links)が作られています。ここでこのあと直した値は、その回には入りません。</p>"
    }

    private var state: HTML {
        let percent = run.size == 0 ? 0 : min(100, run.done * 100 / run.size)
        let files: [HTML] = run.files.map { "<li>\($0.name)（\($0.size.grouped)バイト）</li>" }
        let list: HTML? = files.isEmpty ? nil : "<ul>\(files)</ul>"
        switch run.state {
        case .waiting, .checking:
            return """
                <p class="notice" role="status">\(run.state.name)。<progress max="100" value="\(percent)" aria-label="調べたところ">\(percent)%</progress> \(percent)%
                <br>この画面は、2秒ごとに新しくなります。閉じても、検査は続きます。</p>\(list)
                """
        case .failed:
            return """
                <div class="state attention"><p><b>\(run.state.name)。</b>\(run.trouble ?? "")</p><p>ファイルを直して、もう一度送ってください。</p></div>\(list)
                """
        case .done, .withdrawn, .cleared:
            let words: HTML? = run.state == .done ? nil : "<p class=\"notice\">\(run.state.name)。</p>"
            return """
                \(words)<p>\(run.way.name)\(run.changed > 0 ? "（\(run.changed.grouped)か所）" : "")。\
                \(run.rows.grouped)件を調べて、直すところが<b>\(run.errors.grouped)件</b>、\
                確認するところが\(run.notices.grouped)件ありました。</p>\(list)
                """
        }
    }

    private func report(_ content: Content, _ filter: Filter) -> HTML {
        """
        \(run.errors + run.notices > 0 ? filters(content.groups, filter) : "<p class=\"notice\">直すところは見つかりませんでした。</p>" as HTML)
        \(table(content.groups.filter(filter.fits)))
        \(isOwn && run.state != .cleared ? work(content) : .empty)
        """
    }

    private func filters(_ groups: [FindingGroup], _ filter: Filter) -> HTML {
        func choice(_ name: String, _ label: String, _ now: String, _ all: [(String, String)]) -> HTML {
            var seen: Set<String> = []
            let options = SelectOptions(all.filter { seen.insert($0.0).inserted }).html(now)
            return """
                <div class="field"><label for="\(name)">\(label)</label><select id="\(name)" name="\(name)"><option value="">すべて</option>\(options)</select></div>
                """
        }
        return """
            <h2>見つかったこと</h2>
            <form method="get" action="\(.run(run.id))" class="filter">
            \(choice("section", "課", filter.section, groups.map { ($0.section, $0.section) }))
            \(choice("weight", "重さ", filter.weight, groups.map { ($0.weight.rawValue, $0.weight.words) }))
            \(choice("item", "項目", filter.item, groups.filter { !$0.item.isEmpty }.map { ($0.item, $0.item) }))
            \(choice("rule", "内容", filter.rule, groups.map { ($0.rule.id, $0.rule.words) }))
            <button>絞り込む</button></form>
            """
    }

    private func table(_ groups: [FindingGroup]) -> HTML? {
        guard !groups.isEmpty else { return run.errors + run.notices > 0 ? "<p>この条件に合うものはありません。</p>" : nil }
        let rows: [HTML] = groups.map { group in
            let name: HTML = "\(group.fileTitle)\(group.item.isEmpty ? "" : "：\(group.item)")"
            let link: HTML =
                run.state == .cleared
                ? name : "<a href=\"\("/desk/runs/\(run.id.text)/groups/\(String(group.number))" as Link)\">\(name)</a>"
            let mark = Attributes().with("class", group.weight == .error ? "tag attention" : "tag")
            return """
                <tr><td><span\(mark)>\(group.weight.words)</span></td><th scope="row">\(link)</th><td>\(group.rule.words)。<small>\(group.rule.mend)</small></td>
                <td>\(group.section)</td><td class="number">\(group.count.grouped)</td>
                <td class="number">\(run.earlier == nil ? "—" : group.fresh.grouped)</td></tr>
                """
        }
        return """
            <div class="scroll" role="region" aria-label="見つかったことの表" tabindex="0"><table>
            <thead><tr><th scope="col">重さ</th><th scope="col">項目</th><th scope="col">内容と直し方</th><th scope="col">課</th>
            <th scope="col" class="number">件数</th><th scope="col" class="number">新しい</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func work(_ content: Content) -> HTML {
        let base = Link.run(run.id)
        let isDone = run.state == .done
        let withdraw: HTML? =
            isDone
            ? """
            <details class="act"><summary>この回を取り消す</summary><form method="post" action="\(base.below("withdraw"))">
            <p>直した回を取り消すと、もとの回に戻ります。ファイルと結果は、期限まで残ります。</p><button>取り消す</button></form></details>
            """ : nil
        let changes: [HTML] = run.changes.map { file in
            "<li><span>\(file.name) の変わったところ</span> <a href=\"\(base.below("changes").below(file.part))\">CSV</a></li>"
        }
        let copies: [HTML] = run.files.map { file in
            "<li><span>\(file.name)</span> <a href=\"\(base.below("files").below(file.part))\">ファイル</a></li>"
        }
        return """
            \(isDone ? mending(content) : .empty)
            \(isDone ? handing(content) : .empty)
            <h2>文字</h2><p><a href="\(base.below("characters"))">外字や、見分けのむずかしい文字を見る</a></p>
            <h2>取り出す</h2>
            <ul class="rows"><li><span>見つかったことの全部（値は、伏せたもの）</span> <a href="\(base.below("findings.csv"))">CSV</a></li>
            <li><span>見つかったことの全部（値は、そのまま）</span> <a href="\(base.below("findings.csv").asking([("values", "plain")]))">CSV</a></li>
            \(copies)\(changes)</ul>
            \(withdraw)
            """
    }

    private func mending(_ content: Content) -> HTML {
        guard !content.mends.isEmpty else {
            return "<h2>画面での直し</h2><p>項目を開くと、値を画面で直せます。まだ何も直していません。</p>"
        }
        let rows: [HTML] = content.mends.prefix(100).map { mend in
            """
            <tr><td>\(content.groups.first { $0.file == mend.file }?.fileTitle ?? mend.file)</td><td class="number">\(mend.row)</td><td>\(mend.content.key)</td><td>\(mend.item)</td>
            <td><del>\(mend.content.old)</del> → <b>\(mend.content.new.isEmpty ? "（空）" : mend.content.new)</b></td>
            <td>\(content.names[mend.officer.text] ?? "")</td></tr>
            """
        }
        let more: HTML? = content.mends.count > 100 ? "<p>ほかに\(content.mends.count - 100)か所あります。</p>" : nil
        return """
            <h2>画面での直し（\(content.mends.count)か所）</h2>
            <div class="scroll" role="region" aria-label="直しの表" tabindex="0"><table>
            <thead><tr><th scope="col">ファイル</th><th scope="col" class="number">件目</th><th scope="col">キー</th><th scope="col">項目</th>
            <th scope="col">直し</th><th scope="col">直した人</th></tr></thead><tbody>\(rows)</tbody></table></div>\(more)
            <form method="post" action="\(Link.run(run.id).below("apply"))"><p>直した値を入れたファイルを作り、次の回としてもう一度調べます。もとのファイルは変わりません。元のシステムにも、同じ直しが要ります。</p>
            <button class="primary">直したファイルで調べ直す</button></form>
            """
    }

    private func handing(_ content: Content) -> HTML {
        var sources: [String] = []
        for group in content.groups where !sources.contains(group.section) { sources.append(group.section) }
        let rows: [HTML] = sources.enumerated().map { index, source in
            let count = content.groups.reduce(0) { $0 + ($1.section == source ? $1.count : 0) }
            guard let sheet = content.sheets.first(where: { $0.source == source }) else {
                return
                    "<tr><th scope=\"row\">\(source)</th><td class=\"number\">\(count.grouped)</td><td>\(handOut(source, index, content))</td></tr>"
            }
            return """
                <tr><th scope="row">\(source)</th><td class="number">\(count.grouped)</td>
                <td><a href="\("/desk/worksheets/\(sheet.id.text)" as Link)">\(town.sectionName(sheet.section)[.ja])</a> <span class="tag">\(sheet.state.name)</span> 期限 \(sheet.dueOn.iso)</td></tr>
                """
        }
        guard !rows.isEmpty else { return .empty }
        return """
            <h2>課に直しを依頼する</h2>
            <p>依頼した課の職員は、その課の分の値を見て、画面かCSVで直せます。</p>
            <div class="scroll" role="region" aria-label="依頼の表" tabindex="0"><table>
            <thead><tr><th scope="col">定義の課</th><th scope="col" class="number">件数</th><th scope="col">依頼</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func handOut(_ source: String, _ index: Int, _ content: Content) -> HTML {
        let guess = town.sections.first { $0.name[.ja].hasPrefix(source) }?.id ?? extract.section
        let options = SelectOptions(town.sections.map { ($0.id, $0.name[.ja]) }).html(guess)
        return """
            <form method="post" action="\(Link.run(run.id).below("worksheets"))" class="inline"><input type="hidden" name="source" value="\(source)">
            <label for="to-\(index)">依頼する課</label> <select id="to-\(index)" name="section">\(options)</select>
            <label for="due-\(index)">期限</label> <input id="due-\(index)" name="due" class="short" value="\(content.today)"><button>依頼する</button></form>
            """
    }
}
