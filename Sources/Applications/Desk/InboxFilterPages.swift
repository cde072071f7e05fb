import Core
import HTML
import Japanese
import Web

/// 絞り込みの部品. What stands above the list: saved views, states, search and conditions.
struct InboxFilterPages {
    let asked: InboxAsked
    let choices: InboxPages.Choices

    private var filter: InboxFilter { asked.filter }

    /// 保存した条件.
    var views: HTML? {
        guard !choices.views.isEmpty else { return nil }
        let links: [HTML] = choices.views.map { view in
            let isCurrent = view.id == choices.view && view.filter == filter && asked.words.isEmpty
            let current = Attributes().with("aria-current", ifPresent: isCurrent ? "page" : nil)
            return #"<li><a href="\#(("/desk" as Link).asking(view.link))"\#(current)>\#(view.name)</a></li>"#
        }
        return #"<nav aria-label="保存した条件"><ul class="tabs views">\#(links)</ul></nav>"#
    }

    /// 状態, with how many there are.
    func tabs(_ counts: [Case.Status: Inbox.Count]) -> HTML {
        let open = counts.values.reduce(Inbox.Count(number: 0, isMore: false), +)
        let tabs: [(InboxFilter.Scope, String, Inbox.Count?)] =
            [(.open, "未決", open)]
            + Case.Status.allCases.dropFirst().map { (.status($0), DeskWords.name($0), counts[$0]) }
            + [(.all, "すべて", nil)]
        let links: [HTML] = tabs.map { scope, name, count in
            let isCurrent = asked.words.isEmpty && filter.scope(searching: false) == scope
            let mark = Attributes().with("aria-current", ifPresent: isCurrent ? "page" : nil)
            var other = filter
            (other.scope, other.order) = (scope, nil)
            let link = ("/desk" as Link).asking(other.pairs)
            return #"<li><a href="\#(link)"\#(mark)>\#(name)\#(count.map { " <b>\($0.text)</b>" })</a></li>"#
        }
        return #"<nav aria-label="状態"><ul class="tabs">\#(links)</ul></nav>"#
    }

    /// さがす言葉 and the conditions. What is looked for is looked for in all states, unless one is chosen.
    var form: HTML {
        let isOpen = !asked.problems.isEmpty
        return """
            <form class="search whole" action="/desk" role="search">
            <label for="q">受付番号か氏名でさがす</label>
            <div><input id="q" name="q" value="\(asked.words)" autocomplete="off" maxlength="60"><button>さがす</button></div>
            <details\(Attributes().with("open", when: isOpen))><summary>条件をえらぶ</summary><div class="filters">
            \(sections)\(select("status", "状態", states, chosen: filter.scope?.name))
            \(select("card", "手続き", procedures, chosen: filter.card))\(select("who", "担当者", keepers, chosen: filter.keeper?.name))
            \(select("due", "期限", InboxFilter.Due.allCases.map { ($0.rawValue, $0.name) }, chosen: filter.due?.rawValue))
            \(select("channel", "受付の方法", Channel.allCases.map { ($0.rawValue, $0.name) }, chosen: filter.channel?.rawValue))
            \(day("from", "届いた日（から）", filter.from?.iso, asked.typedFrom))\(day("through", "届いた日（まで）", filter.through?.iso, asked.typedThrough))
            \(select("sort", "並べ方", InboxFilter.Order.allCases.map { ($0.rawValue, $0.name) }, chosen: filter.order?.rawValue))
            <div class="tick"><input type="checkbox" id="waiting" name="waiting" value="yes"\
            \(Attributes().with("checked", when: filter.isWaiting))><label for="waiting">申請者の連絡に返事をしていないもの</label></div>
            <button>この条件で見る</button></div></details>
            </form>
            """
    }

    /// The conditions in words, and how to keep or drop them.
    var spoken: HTML? {
        guard filter.isNarrow || !asked.words.isEmpty || filter.order != nil else { return nil }
        let words = spokenConditions.joined(separator: "、")
        let saving: HTML? =
            filter == .open ? nil : SavedViewPages.saving(asked, sections: choices.sections, tried: choices.saving)
        return """
            <div class="spoken"><p>条件: \(words)　<a href="/desk?status=open">条件をすべて外す</a></p>\(saving)</div>
            """
    }

    private var spokenConditions: [String] {
        func name(_ id: String?, in options: [(String, String)]) -> String? {
            id.map { id in options.first { $0.0 == id }?.1 ?? id }
        }
        return [
            asked.words.isEmpty ? nil : "「\(asked.words)」",
            asked.words.isEmpty ? nil : filter.scope.map { name($0.name, in: states) ?? "" },
            name(filter.section, in: choices.sections.map { ($0.id, $0.name) }), name(filter.card, in: procedures),
            name(filter.keeper?.name, in: keepers).map { "担当者 \($0)" }, filter.channel?.name, filter.due?.name,
            filter.isWaiting ? "連絡あり" : nil, filter.from.map { "\($0.iso)から" }, filter.through.map { "\($0.iso)まで" },
            filter.order?.name,
        ].compactMap { $0 }
    }

    private var states: [(String, String)] {
        [("open", "未決"), ("all", "すべて")] + Case.Status.allCases.dropFirst().map { ($0.rawValue, DeskWords.name($0)) }
    }

    private var procedures: [(String, String)] { choices.procedures.map { ($0.card, $0.title) } }

    private var keepers: [(String, String)] {
        [("mine", "自分"), ("nobody", "なし"), ("absent", "不在（異動・退職）")] + choices.colleagues.map { ($0.id.text, $0.name) }
    }

    private var sections: HTML? {
        choices.sections.count > 1
            ? select("section", "課", choices.sections.map { ($0.id, $0.name) }, chosen: filter.section) : nil
    }

    private func select(_ id: String, _ label: String, _ options: [(String, String)], chosen: String?) -> HTML {
        let items: [HTML] = options.map { value, name in
            #"<option value="\#(value)"\#(Attributes().with("selected", when: value == chosen))>\#(name)</option>"#
        }
        return """
            <div><label for="\(id)">\(label)</label><select id="\(id)" name="\(id)"><option value="">―</option>\(items)</select></div>
            """
    }

    private func day(_ id: String, _ label: String, _ read: String?, _ typed: String) -> HTML {
        let invalid = Attributes().with(
            "aria-invalid", ifPresent: asked.problems.contains { $0.control == id } ? "true" : nil)
        return """
            <div><label for="\(id)">\(label)</label>
            <input id="\(id)" name="\(id)" class="short" value="\(read ?? typed)" placeholder="R8.11.24" autocomplete="off"\(invalid)></div>
            """
    }
}
