import Core
import HTML
import Japanese
import Web

/// 申請一覧, as officers see it.
struct InboxPages {
    let officer: Officer
    let today: Day
    let calendar: BusinessDays
    let asked: InboxAsked
    let choices: Choices

    /// A row as it is shown.
    struct Line: Sendable {
        let item: Inbox.Item
        let title: String
        let applicant: String
        /// 担当者; empty for nobody.
        let holder: String
    }

    /// What can be chosen, and what was kept to choose from.
    struct Choices: Sendable {
        /// The officer's sections, by name.
        let sections: [(id: String, name: String)]
        let procedures: [(card: String, title: String)]
        let colleagues: [StaffDirectory.Colleague]
        let views: [SavedView]
        /// The view that is shown; nil for none.
        let view: SavedView.ID?
        /// What was the matter with a view that was to be kept.
        let saving: SavedViewPages.Tried?
    }

    func page(_ lines: [Line], counts: [Case.Status: Inbox.Count], listing: Inbox.Listing) -> Page {
        let problems = asked.problems + (choices.saving.map { [("view-name", $0.words)] } ?? [])
        let summary: HTML? =
            problems.isEmpty
            ? nil
            : ProblemSummary("入力内容をお確かめください", problems.map { ($0.control, "\($0.words)") }).html
        let bars = InboxFilterPages(asked: asked, choices: choices)
        return Page(
            (problems.isEmpty ? "" : "エラー: ") + "申請一覧", zone: .desk(officer), status: problems.isEmpty ? 200 : 422,
            """
            \(summary)
            <h1>申請一覧</h1>
            \(bars.views)
            \(bars.tabs(counts))
            \(bars.form)
            \(bars.spoken)
            \(lines.isEmpty ? nothing(listing) : table(lines, listing))
            \(more(listing))
            \(footer)
            """)
    }

    private func nothing(_ listing: Inbox.Listing) -> HTML {
        if listing.isCutShort { return "<p class=\"notice\">ここまでの申請には、この条件のものはありません。</p>" }
        let everywhere: HTML? =
            asked.words.isEmpty || asked.pairs.count == 1
            ? nil
            : #" <a href="\#(("/desk" as Link).asking([("q", asked.words)]))">ほかの条件を外してさがす</a>"#
        return "<p class=\"notice\">この条件の申請はありません。\(everywhere)</p>"
    }

    private func table(_ lines: [Line], _ listing: Inbox.Listing) -> HTML {
        let isWorking = officer.may(.handleCases)
        let tags = Set(lines.map(\.item.status)).reduce(into: [:]) { $0[$1] = DeskWords.tag($1) }
        let checked = Attributes().with("checked", when: asked.isPageChosen)
        // Many are due on the same days.
        var dues: [DueDate: HTML] = [:]
        let rows: [HTML] = lines.map { line in
            let item = line.item
            let key = DueDate(status: item.status, dueOn: item.dueOn, returnedOn: item.returnedAt?.day)
            let due = dues[key] ?? key.html(on: today, calendar)
            dues[key] = due
            let box: HTML? =
                isWorking
                ? #"<td><input type="checkbox" name="n" value="\#(item.number)" aria-label="\#(item.number)"\#(checked)></td>"#
                : nil
            return """
                <tr>\(box)<td><a href="\(.desk(item.id))">\(item.number)</a></td><td>\(line.title)</td><td>\(line.applicant)</td>\
                <td>\(item.submittedAt.day.iso) <small>\(age(item))</small></td><td>\(due)</td>\
                <td>\(tags[item.status])\(item.isWaiting ? #" <span class="tag attention">連絡あり</span>"# : .empty)</td>\
                <td>\(line.holder)</td></tr>

                """
        }
        let table: HTML = """
            <div class="scroll" role="region" aria-label="申請一覧の表" tabindex="0"><table class="dense" data-keys="">
            <thead><tr>\(isWorking ? #"<th scope="col"><span class="unseen">選ぶ</span></th>"# : .empty)<th scope="col">受付番号</th>\
            <th scope="col">手続き</th><th scope="col">申請者</th><th scope="col">届いた日</th><th scope="col">期限</th>\
            <th scope="col">状態</th><th scope="col">担当者</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
        guard isWorking else { return table }
        let hidden: [HTML] = asked.pairs.map {
            #"<input type="hidden" name="\#($0.name)" value="\#($0.value)">"#
        }
        let deeds: [HTML] = BulkRun.Deed.chosen.filter { officer.may($0.permission) }.map {
            #"<option value="\#($0.rawValue)">\#($0.name)</option>"#
        }
        let all = ("/desk" as Link).asking(
            asked.pairs + (asked.after.map { [("after", $0.text)] } ?? []) + [("check", "page")])
        return """
            <form method="post" action="/desk/bulk/check">\(hidden)
            \(table)
            <div class="bulk"><a href="\(all)">この\(lines.count)件すべてに印を付ける</a>
            <label for="deed">選んだ申請を</label><select id="deed" name="deed">\(deeds)</select>
            <button name="choose" value="some">進む</button>
            <button name="choose" value="all" class="quiet">この条件の全部（\(BulkRun.maximum)件まで）で進む</button></div></form>
            """
    }

    private func age(_ item: Inbox.Item) -> String {
        let days = today.daysSince1970 - item.submittedAt.day.daysSince1970
        return days <= 0 ? item.submittedAt.timeOfDay : "\(days)日前"
    }

    private func more(_ listing: Inbox.Listing) -> HTML? {
        if listing.next == nil, listing.isCutShort { return "<p>ほかにもあります。番号の続きを入力してください。</p>" }
        guard let next = listing.next else { return nil }
        let link = ("/desk" as Link).asking(asked.pairs + [("after", next.text)])
        guard listing.isCutShort else {
            return #"<p><a class="button" href="\#(link)">次の\#(Inbox.pageSize)件</a></p>"#
        }
        let count = InboxSearch(asked.words) == nil ? Inbox.rowsLookedAt : NameIndex.looksAt
        return """
            <p>この条件では、並びの最初の\(count)件からさがしました。</p><p><a class="button" href="\(link)">続きをさがす</a></p>
            """
    }

    private var footer: HTML {
        let working: HTML? =
            officer.may(.handleCases)
            ? #"<a href="/desk/bulk">まとめて処理の結果</a> <a href="/desk/handover">担当の引継ぎ</a> "# : nil
        return """
            <div class="inline foot">\(working)<a href="/desk/views">保存した条件</a></div>
            <details id="keys"><summary>キー操作 <kbd>?</kbd></summary>
            <p><kbd>j</kbd> 次の申請　<kbd>k</kbd> 前の申請（一覧の中では <kbd>↓</kbd> <kbd>↑</kbd> も）　<kbd>Enter</kbd> 開く　\
            <kbd>x</kbd> 印を付ける・外す　<kbd>/</kbd> さがす　<kbd>?</kbd> この説明。すべて <kbd>Tab</kbd> でもたどれます。</p>
            <button type="button" class="quiet" hidden="" data-on="キー操作を止める" data-off="キー操作を使う"></button></details>
            """
    }
}
