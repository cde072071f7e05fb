import Core
import Database
import HTML
import Japanese
import Web

/// 手続・業務カード, as the staff see it: its three faces.
struct CardPages {
    let officer: Officer
    let town: Town
    let card: Card
    let version: Int
    let changedAt: Moment?
    let facts: CardFacts
    /// The names of officers, by the text of their id.
    let names: [String: String]
    /// What the room of online applications knows.
    let online: Online
    /// The systems it is done with.
    let systems: [(name: String, link: Link)]
    /// The ordinances that stand in its way, each with how far its amendment is.
    let ordinances: [(name: String, link: Link)]
    /// The actions and loops of the plan that are about it.
    let governance: [(name: String, link: Link)]

    /// What is known of the card where applications are taken.
    struct Online: Sendable {
        let minutes: Int?
        let measured: MeasuredDays?
        let papers: [Paper]
    }

    var mayEdit: Bool { CardEditor.officer(officer).may(edit: card) }

    func page(saved: String?) -> Page {
        let done: HTML? = saved.map { #"<p class="notice" role="status">\#($0)</p>"# }
        let end: HTML? = card.retirement.map {
            "<p class=\"notice\"><b>廃止しました</b>（\(day($0.on))）: \($0.reason)。町民の手続きの一覧には出ません。</p>"
        }
        return Page(
            card.name[.ja], zone: .desk(officer),
            """
            <p class="way"><a href="/desk/cards">手続・業務台帳</a></p>
            <h1>\(card.name[.ja]) <small>\(card.id)</small></h1>
            \(done)\(end)
            <ul class="tabs"><li><a href="#resident">町民から見る</a></li><li><a href="#staff">職員から見る</a></li>
            <li><a href="#governance">進み具合</a></li><li><a href="\(Link.card(card.id).below("history"))">履歴（第\(version)版）</a></li></ul>
            <dl class="facts">
            \(line("担当", sections))\(line("手続類型", CardWords.name(card.kind)))
            \(line("最後の変更", changedAt.map { "\($0.day.bothCalendars) 第\(version)版" } ?? ""))
            </dl>
            \(ResidentFace(page: self).html)
            \(StaffFace(page: self).html)
            \(GovernanceFace(page: self).html)
            \(mayEdit ? ending : .empty)
            """)
    }

    private var sections: String {
        let others = (card.coSections ?? []).map { town.sectionName($0)[.ja] }
        return town.sectionName(card.section)[.ja] + (others.isEmpty ? "" : "（共管: \(others.joined(separator: "、"))）")
    }

    /// A name and what is known; blank is unknown.
    func line(_ name: String, _ value: String) -> HTML {
        let words: HTML = value.isEmpty ? Self.unknown : "<span class=\"kept\">\(value)</span>"
        return "<div><dt>\(name)</dt><dd>\(words)</dd></div>"
    }

    static let unknown: HTML = #"<span class="tag attention">\#(CardWords.unknown)</span>"#

    /// The way to the page where a part is changed.
    func edit(_ part: String, _ words: String) -> HTML {
        mayEdit
            ? #"<p><a href="\#(Link.card(card.id).below("edit").asking([("part", part)]))">\#(words)</a></p>"#
            : .empty
    }

    func day(_ iso: String) -> String { Day(iso: iso)?.bothCalendars ?? iso }

    /// Who wrote something down.
    func who(_ actor: String) -> String { CardPages.who(actor, names) }

    static func who(_ actor: String, _ names: [String: String]) -> String {
        guard actor.hasPrefix("officer:") else { return "町のフォルダー・システム" }
        return names[String(actor.dropFirst("officer:".count))] ?? "職員"
    }

    private var ending: HTML {
        if card.retirement != nil {
            return """
                <details class="act"><summary>廃止を取り消す</summary>
                <form method="post" action="\(Link.card(card.id).below("retire"))"><input type="hidden" name="version" value="\(version)">
                <input type="hidden" name="undo" value="yes"><p>町民の手続きの一覧に、また出ます。</p><button>廃止を取り消す</button></form></details>
                """
        }
        return """
            <details class="act"><summary>このカードを廃止する</summary>
            <form method="post" action="\(Link.card(card.id).below("retire"))"><input type="hidden" name="version" value="\(version)">
            <p>町民の手続きの一覧から消え、新しい申請を受け付けなくなります。カードと履歴は残り、あとで取り消せます。</p>
            <div class="field"><label for="retired_on">廃止日</label><p class="hint">例: 令和8年4月1日</p>
            <input id="retired_on" name="retired_on" class="medium" autocomplete="off"></div>
            <div class="field"><label for="retired_reason">廃止の理由</label>
            <input id="retired_reason" name="retired_reason" class="wide" autocomplete="off"></div>
            <button>廃止する</button></form></details>
            """
    }
}
