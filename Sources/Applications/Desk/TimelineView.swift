import Core
import HTML
import Japanese
import Web

/// 経過, as the desk reads it.
struct TimelineView {
    let desk: DeskCase
    let timeline: Timeline
    let filter: Timeline.Filter

    var html: HTML {
        let place = Link.desk(desk.item.id)
        let tabs: [HTML] = Timeline.Filter.allCases.map { choice in
            let mark = Attributes().with("aria-current", ifPresent: choice == filter ? "true" : nil)
            let link = place.asking([("show", choice.rawValue)])
            return #"<li><a href="\#(link)#timeline"\#(mark)>\#(choice.name)</a></li>"#
        }
        let lines = timeline.shown(filter).map(line)
        let looks: [HTML] = timeline.looks.map { look in
            """
            <li><small>\(look.at.day.iso) \(look.at.timeOfDay)</small> \(desk.who(look.actor))\(look.event.kind == "file.viewed" ? "（添付ファイル）" : "")</li>
            """
        }
        return """
            <h2 id="timeline">経過</h2>
            <nav aria-label="経過の絞り込み"><ul class="tabs">\(tabs)</ul></nav>
            \(lines.isEmpty ? "<p>まだありません。</p>" : #"<ol class="history timeline">\#(lines)</ol>"#)
            <details><summary>閲覧の記録（\(looks.count)件）</summary><ol class="history">\(looks)</ol></details>
            """
    }

    private func line(_ entry: Timeline.Entry) -> HTML {
        let mark: HTML = entry.isInternal ? #" <span class="tag">庁内</span>"# : .empty
        let facts: [HTML] = entry.facts.map { #" <span class="fact"><small>\#($0.name)</small> \#($0.value)</span>"# }
        let words: HTML? = entry.words.map { #"<p class="kept">\#($0)</p>"# }
        return """
            <li\(Attributes().with("class", ifPresent: entry.isInternal ? "inside" : nil))><p><small>\(entry.at.day.iso) \(entry.at.timeOfDay)</small> <b>\(entry.title)</b>\(mark) \
            <small>\(entry.who)</small>\(facts)</p>\(words)</li>
            """
    }
}
