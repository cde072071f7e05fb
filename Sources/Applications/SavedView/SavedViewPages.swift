import Core
import HTML
import Web

/// 保存した条件, as officers see and change them.
struct SavedViewPages {
    let officer: Officer
    /// 課の名前, by id.
    let sectionName: @Sendable (String) -> String

    /// What was tried and what was the matter with it.
    struct Tried: Sendable {
        /// The view it was about; nil for a new one.
        let view: SavedView.ID?
        let name: String
        let words: String
    }

    /// 保存した条件の一覧: rename, delete, choose the first.
    func list(_ views: [SavedView], first: SavedView.ID?, tried: Tried?) -> Page {
        let lines: [HTML] = views.map { line($0, isFirst: $0.id == first, tried: tried?.view == $0.id ? tried : nil) }
        let body: HTML =
            lines.isEmpty
            ? "<p class=\"notice\">保存した条件はまだありません。申請一覧で条件を選び、「この条件を保存する」を押してください。</p>"
            : "<ul class=\"plain outline\">\(lines)</ul>"
        let reset: HTML? =
            first == nil
            ? nil
            : """
            <form method="post" action="/desk/views/first"><button class="quiet">最初に開く条件を、未決のすべてに戻す</button></form>
            """
        let summary = tried.map { tried in
            ProblemSummary("変えられませんでした", [(tried.view.map { "name-\($0)" }, "\(tried.words)")]).html
        }
        return Page(
            (tried == nil ? "" : "エラー: ") + "保存した条件", zone: .desk(officer), status: tried == nil ? 200 : 422,
            """
            \(summary)
            <p class="way"><a href="/desk">申請一覧へ戻る</a></p>
            <h1>保存した条件</h1>\(body)\(reset)
            """)
    }

    private func line(_ view: SavedView, isFirst: Bool, tried: Tried?) -> HTML {
        let place = view.section.map { "\(sectionName($0))で共有" } ?? "自分だけ"
        let mark: HTML? = isFirst ? #" <span class="tag good">最初に開く</span>"# : nil
        let first: HTML? =
            isFirst
            ? nil
            : """
            <form method="post" action="/desk/views/first"><input type="hidden" name="view" value="\(view.id.text)">
            <button class="quiet">最初に開く<span class="unseen">（\(view.name)）</span></button></form>
            """
        return """
            <li><p><a href="\(("/desk" as Link).asking(view.link))"><b>\(view.name)</b></a> <small>\(place)</small>\(mark)</p>
            <div class="inline">\(first)\(view.mayBeChanged(by: officer) ? changing(view, tried) : .empty)</div></li>
            """
    }

    private func changing(_ view: SavedView, _ tried: Tried?) -> HTML {
        let invalid = Attributes().with("aria-invalid", ifPresent: tried == nil ? nil : "true")
        let open = Attributes().with("open", when: tried != nil)
        let shared: HTML? =
            view.section.map { "<p>\(sectionName($0))の職員みなの一覧からも、なくなります。</p>" }
        return """
            <details\(open)><summary>名前を変える<span class="unseen">（\(view.name)）</span></summary>
            <form method="post" action="\(.view(view.id).below("rename"))" class="inline">
            <label for="name-\(view.id.text)" class="unseen">\(view.name)の新しい名前</label>
            <input id="name-\(view.id.text)" name="name" value="\(tried?.name ?? view.name)" maxlength="60"\(invalid)>
            <button>変える</button></form></details>
            <details><summary>削除する<span class="unseen">（\(view.name)）</span></summary>
            <form method="post" action="\(.view(view.id).below("delete"))">\(shared)<p>条件だけがなくなり、申請は変わりません。</p>
            <button>「\(view.name)」を削除する</button></form></details>
            """
    }

    /// この条件を保存する, below the filters of the list.
    static func saving(
        _ asked: InboxAsked, sections: [(id: String, name: String)], tried: Tried?
    ) -> HTML {
        let hidden: [HTML] = asked.filter.pairs.map {
            #"<input type="hidden" name="\#($0.name)" value="\#($0.value)">"#
        }
        let shared: [HTML] = sections.map { #"<option value="\#($0.id)">\#($0.name)で共有</option>"# }
        let invalid = Attributes().with("aria-invalid", ifPresent: tried == nil ? nil : "true")
        let note: HTML? = asked.words.isEmpty ? nil : "<p class=\"hint\">さがす言葉は保存されません。</p>"
        return """
            <details\(Attributes().with("open", when: tried != nil))><summary>この条件を保存する</summary>
            <form method="post" action="/desk/views" class="filters">\(hidden)<input type="hidden" name="once" value="\(SavedView.ID().text)">
            \(note)<div><label for="view-name">条件の名前</label>
            <input id="view-name" name="name" value="\(tried?.name ?? "")" maxlength="60" autocomplete="off"\(invalid)></div>
            <div><label for="view-share">使う人</label>
            <select id="view-share" name="share"><option value="">自分だけ</option>\(shared)</select></div>
            <div class="tick"><input type="checkbox" id="view-first" name="first" value="yes"><label for="view-first">最初に開く</label></div>
            <button>保存する</button></form></details>
            """
    }
}

extension SavedView {
    /// What an address asks for to show it.
    var link: [(name: String, value: String)] { [("view", id.text)] + filter.pairs }
}
