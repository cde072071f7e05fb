import Core
import HTML
import Japanese
import Web

extension Link {
    /// 推進ホーム.
    static let governance: Link = "/desk/home"
    static func loop(_ id: String) -> Link { "/desk/loops/\(id)" }
    static func action(_ id: String) -> Link { "/desk/actions/\(id)" }
    static func meeting(_ id: String) -> Link { "/desk/meetings/\(id)" }
    static func body(_ id: String) -> Link { "/desk/bodies/\(id)" }
    static func measure(_ id: String) -> Link { "/desk/measures/\(id)" }
    static func history(_ kind: String, _ id: String) -> Link { "/desk/history/\(kind)/\(id)" }
}

/// What surrounds the pages of the governance on the desk: where one can go, and where one is.
struct Frame {
    let officer: Officer
    let town: Town

    enum Tab: String, CaseIterable {
        case home, loops, actions, measures, bodies, plan, surveys, closing

        var name: String {
            switch self {
            case .home: "ホーム"
            case .loops: "OODA"
            case .actions: "取組・KPI"
            case .measures: "指標"
            case .bodies: "会議"
            case .plan: "計画"
            case .surveys: "調査"
            case .closing: "終期・次の計画"
            }
        }

        var link: Link {
            switch self {
            case .home: .governance
            case .loops: "/desk/loops"
            case .actions: "/desk/actions"
            case .measures: "/desk/measures"
            case .bodies: "/desk/bodies"
            case .plan: "/desk/plan"
            case .surveys: "/desk/surveys"
            case .closing: "/desk/closing"
            }
        }
    }

    /// A page with the tabs above it.
    func page(_ tab: Tab, _ title: String, entry: Entry? = nil, saved: String? = nil, _ body: HTML) -> Page {
        let tabs: [HTML] = Tab.allCases.map { choice in
            let mark = Attributes().with("aria-current", ifPresent: choice == tab ? "page" : nil)
            return #"<li><a href="\#(choice.link)"\#(mark)>\#(choice.name)</a></li>"#
        }
        let done: HTML? = saved.map { #"<div class="done" role="status"><p>\#($0)</p></div>"# }
        return Page(
            entry?.titled(title) ?? title, zone: .desk(officer),
            status: entry.map { $0.problems.isEmpty ? 200 : 422 } ?? 200,
            """
            <nav aria-label="計画の推進"><ul class="tabs">\(tabs)</ul></nav>
            \(entry?.summary)\(done)
            \(body)
            """)
    }

    func sectionName(_ id: String) -> String { town.sectionName(id)[.ja] }

    /// The sections that an officer reports for, as a list to choose from.
    var ownSections: [(id: String, name: String)] {
        let mine = officer.reportedSections
        return town.sections.filter { mine?.contains($0.id) ?? true }.map { ($0.id, $0.name[.ja]) }
    }

    var sections: [(id: String, name: String)] { town.sections.map { ($0.id, $0.name[.ja]) } }
}

/// Pieces that several pages are made of.
enum Piece {
    /// A number without needless digits: `12`, `1.8`, `1,234`.
    static func number(_ value: Double?, _ unit: String = "") -> String {
        guard let value, value.isFinite, abs(value) < 1e15 else { return "不明" }
        let rounded = (value * 10).rounded() / 10
        let isWhole = rounded == rounded.rounded()
        let digits = Int(abs(rounded)).grouped
        let tenth = Int((abs(rounded) * 10).rounded()) % 10
        return (rounded < 0 ? "−" : "") + digits + (isWhole ? "" : ".\(tenth)") + unit
    }

    /// A list of terms and what stands for them; those with nothing to say are left out.
    static func facts(_ lines: [(String, HTML)]) -> HTML {
        let rows: [HTML] = lines.filter { !$0.1.isEmpty }.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }
        return #"<dl class="facts">\#(rows)</dl>"#
    }

    /// Words as they were typed, with their line ends.
    static func kept(_ words: String) -> HTML { words.isEmpty ? "—" : #"<span class="kept">\#(words)</span>"# }

    /// A table that can be scrolled; the first cell of a row is its name.
    /// - Parameter numeric: the columns whose cells are numbers.
    static func table(_ label: String, _ head: [String], numeric: Set<Int> = [], _ rows: [[HTML]]) -> HTML {
        let heads: [HTML] = head.enumerated().map { index, name in
            numeric.contains(index)
                ? #"<th scope="col" class="number">\#(name)</th>"# : #"<th scope="col">\#(name)</th>"#
        }
        let lines: [HTML] = rows.map { cells in
            let parts: [HTML] = cells.enumerated().map { index, cell in
                if index == 0 { return #"<th scope="row" class="wraps">\#(cell)</th>"# }
                return numeric.contains(index) ? #"<td class="number">\#(cell)</td>"# : "<td>\(cell)</td>"
            }
            return "<tr>\(parts)</tr>"
        }
        return """
            <div class="scroll" role="region" aria-label="\(label)の表" tabindex="0"><table>
            <thead><tr>\(heads)</tr></thead><tbody>\(lines)</tbody></table></div>
            """
    }

    /// A form behind a line that opens it; open where something in it has to be mended.
    static func act(_ title: String, _ target: Link, isOpen: Bool = false, _ body: HTML, button: String) -> HTML {
        let mark = Attributes().with("open", when: isOpen)
        return """
            <details class="act"\(mark)><summary>\(title)</summary>
            <form method="post" action="\(target)">\(body)<button class="primary">\(button)</button></form></details>
            """
    }

    static func tag(_ words: String, _ sort: HTML = "") -> HTML { #"<span class="tag \#(sort)">\#(words)</span>"# }

    static func rows(_ items: [HTML], empty: String) -> HTML {
        items.isEmpty ? #"<p class="quiet">\#(empty)</p>"# : #"<ul class="rows">\#(items)</ul>"#
    }
}
