import Core
import HTML
import Web

/// 添付書類の見直し, for residents.
struct PaperPages {
    let language: Language

    /// Which papers are not asked for any more, will not be, and still are: how many, and of which procedures.
    func page(_ all: [(card: Card, papers: [ListedPaper])]) -> Page {
        let papers = all.flatMap(\.papers)
        let counts: [HTML] = ListedPaper.State.allCases.compactMap { state in
            let count = papers.count { $0.state == state }
            guard count > 0 || state == .abolished else { return nil }
            return "<div><dt>\(state.label.html(language))</dt><dd>\(count)</dd></div>"
        }
        let listed = all.filter { !$0.papers.isEmpty }.sorted { abolished($0.papers) > abolished($1.papers) }
        let parts: [HTML] = listed.map { card, papers in
            """
            <li><h2><a href="\(.procedure(card.id))">\(card.name.html(language))</a></h2>
            \(list(papers))</li>
            """
        }
        return Page(
            PaperTexts.title[language],
            """
            <p class="way"><a href="/">\(RegisterTexts.home.html(language))</a></p>
            <h1>\(PaperTexts.title.html(language))</h1>
            <p class="lead">\(PaperTexts.gone.with(String(abolished(papers))).html(language))</p>
            <dl class="counts">\(counts)</dl>
            <p class="quiet">\(PaperTexts.known.with(String(listed.count), String(all.count)).html(language))</p>
            <ul class="plain papers">\(parts)</ul>
            """)
    }

    /// The papers, those that are not asked for any more struck through.
    func list(_ papers: [ListedPaper]) -> HTML {
        let lines: [HTML] = papers.map { paper in
            let name = paper.name.html(language)
            let isGone = paper.state == .abolished
            let tone: HTML = isGone ? "tag good" : "tag"
            let named: HTML = isGone ? "<del>\(name)</del>" : "<b>\(name)</b>"
            let reason: HTML? = paper.reason.map { "<br><small>\($0.html(language))</small>" }
            let clause: HTML? = paper.clause.map { "<br><small lang=\"ja\">\($0)</small>" }
            return
                "<li>\(named) <span class=\"\(tone)\">\(paper.state.label.html(language))</span>\(reason)\(clause)</li>"
        }
        return "<ul>\(lines)</ul>"
    }

    private func abolished(_ papers: [ListedPaper]) -> Int { papers.count { $0.state == .abolished } }
}

extension ListedPaper.State {
    fileprivate var label: Text {
        switch self {
        case .abolished: Text("いらなくなりました", easy: "もう いりません", en: "No longer asked for")
        case .planned: Text("なくす予定です", easy: "これから なくします", en: "To be dropped")
        case .required: Text("必要です", easy: "いります", en: "Needed")
        case .other: Text("必要な方だけ", easy: "いる {人|ひと}と いらない {人|ひと}が います", en: "Needed by some")
        case .unknown: Text("いまは必要です", easy: "{今|いま}は いります", en: "Needed for now")
        }
    }
}

/// The words of 添付書類の見直し.
enum PaperTexts {
    static let title = Text("添付書類の見直し", easy: "{書類|しょるい}を へらして います", en: "Fewer papers")
    static let gone = Text(
        "これまでに、のべ%1件の書類がいらなくなりました。", easy: "%1つの {書類|しょるい}が いらなく なりました。",
        en: "So far, %1 papers are no longer asked for.")
    static let known = Text(
        "%2件の手続きのうち、書類のことが分かっている%1件です。ほかは、まだ調べていません。",
        easy: "%2の {手続|てつづ}きの うち、%1の {手続|てつづ}きです。ほかは まだ わかりません。",
        en: "These are the %1 of %2 procedures whose papers are known. The others have not been looked at yet.")
}
