import Core
import HTML
import Japanese
import Web

/// 申請一覧, as officers see it.
struct InboxPages {
    let officer: Officer
    let today: Day

    /// A row as it is shown.
    struct Line: Sendable {
        let item: Inbox.Item
        let title: String
        let applicant: String
    }

    func page(
        _ lines: [Line], counts: [Case.Status: Inbox.Count], inbox: Inbox, hasMore: Bool
    ) -> Page {
        let tags = Set(lines.map(\.item.status)).reduce(into: [:]) { $0[$1] = DeskWords.tag($1) }
        let rows: [HTML] = lines.map { line in
            """
            <tr><td class="nowrap"><a href="\(.desk(line.item.id))">\(line.item.number)</a></td>
            <td>\(line.title)</td><td>\(line.applicant)</td>
            <td class="nowrap">\(line.item.submittedAt.day.iso) \(line.item.submittedAt.timeOfDay)</td>
            <td class="nowrap">\(DeskWords.due(line.item.status, line.item.dueOn, today: today))</td>
            <td>\(tags[line.item.status])\(line.item.isWaiting ? #" <span class="tag attention">連絡あり</span>"# : .empty)</td></tr>
            """
        }
        let table: HTML =
            rows.isEmpty
            ? "<p class=\"notice\">この条件の申請はありません。</p>"
            : """
            <div class="scroll" role="region" aria-label="申請一覧の表" tabindex="0"><table>
            <thead><tr><th scope="col">受付番号</th><th scope="col">手続き</th><th scope="col">申請者</th>
            <th scope="col">届いた日時</th><th scope="col">期限</th><th scope="col">状態</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
        let more: HTML? = hasMore ? lines.last.map { self.more(inbox, after: $0.item) } : nil
        return Page(
            "申請一覧", zone: .desk(officer),
            """
            <h1>申請一覧</h1>
            \(filters(counts, current: inbox))
            <form class="search" action="/desk" role="search">
            <label for="number">受付番号でさがす</label>
            <div><input id="number" name="number" value="\(inbox.number ?? "")" autocomplete="off" maxlength="30">
            <button>さがす</button></div>
            </form>
            \(table)\(more)
            """)
    }

    private func more(_ inbox: Inbox, after last: Inbox.Item) -> HTML {
        if inbox.number != nil { return "<p>ほかにもあります。番号の続きを入力してください。</p>" }
        let next = ("/desk" as Link).asking([("status", inbox.filter.name), ("after", last.cursor.text)])
        return #"<p><a class="button" href="\#(next)">次の\#(Inbox.pageSize)件</a></p>"#
    }

    private func filters(_ counts: [Case.Status: Inbox.Count], current: Inbox) -> HTML {
        let open = counts.values.reduce(Inbox.Count(number: 0, isMore: false), +)
        let filters: [(Inbox.Filter, String, Inbox.Count?)] =
            [(.open, "未決", open)]
            + Case.Status.allCases.dropFirst().map { (.status($0), DeskWords.name($0), counts[$0]) }
        let links: [HTML] = filters.map { filter, name, count in
            let isCurrent = current.number == nil && filter == current.filter
            let mark = Attributes().with("aria-current", ifPresent: isCurrent ? "page" : nil)
            let link = ("/desk" as Link).asking([("status", filter.name)])
            return #"<li><a href="\#(link)"\#(mark)>\#(name)\#(count.map { " <b>\($0.text)</b>" })</a></li>"#
        }
        return #"<nav aria-label="状態"><ul class="tabs">\#(links)</ul></nav>"#
    }
}
