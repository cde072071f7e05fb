import Core
import HTML
import Japanese
import Web

/// 町民から見る: how long, how many visits, which papers, what fee, and how without a device.
struct ResidentFace {
    let page: CardPages
    private var card: Card { page.card }

    var html: HTML {
        let guide = card.guide
        let visits = page.facts.newest(.visits).map(FactWords.finding) ?? steps
        return """
            <h2 id="resident">町民から見る</h2>
            \(card.kind == .process ? "<p>庁内の業務なので、町民の画面には出ません。</p>" as HTML : #"<p><a href="\#(Link.procedure(card.id))">町民に見えるページ</a></p>"#)
            <dl class="facts">
            \(page.line("概要", card.summary[.ja]))\(page.line("対象者", card.audience?[.ja] ?? ""))
            \(page.line("かかる時間", time))\(page.line("来庁の回数", visits))
            \(papers)
            \(page.line("手数料", guide?.fee?[.ja] ?? ""))
            \(page.line("受付方法", (card.channels ?? []).map { $0.name[.ja] }.joined(separator: "、")))
            \(page.line("できる場所", (card.places ?? []).map(CardWords.name).joined(separator: "、")))
            \(page.line("端末を使わない方法", guide?.withoutDevice?[.ja] ?? ""))
            \(page.line("手続期限", guide?.deadline?[.ja] ?? ""))\(page.line("必要なもの", guide?.bring?[.ja] ?? ""))
            \(page.line("手続きのあと", guide?.result?[.ja] ?? ""))
            \(page.line("標準処理期間", card.processingDays.map { "\($0)営業日" } ?? ""))
            </dl>
            \(page.edit("guide", "町民への案内を直す"))\(page.edit("base", "基本を直す"))
            """
    }

    private var time: String {
        var parts: [String] = []
        if let minutes = page.online.minutes { parts.append("オンラインの記入 約\(minutes)分") }
        if let measured = page.online.measured { parts.append(measured.words[.ja]) }
        return parts.joined(separator: "\n")
    }

    /// The visits of today's way, where every step says how many.
    private var steps: String {
        guard let map = card.steps, !map.before.isEmpty else { return "" }
        let now = StepTotal(map.after ?? map.before, \.visits)
        return now.unknown == 0 ? "\(now.sum)回（業務の流れから）" : ""
    }

    private var papers: HTML {
        if let papers = card.papers {
            let asked = papers.filter { $0.state != .abolished }
            return page.line("添付書類", asked.isEmpty ? "なし" : asked.map { $0.name[.ja] }.joined(separator: "、"))
        }
        let asked = page.online.papers.filter(\.isAsked).map { $0.name[.ja] }.joined(separator: "、")
        return page.line("添付書類", asked.isEmpty ? "" : "\(asked)（オンラインの様式から）")
    }
}

/// A column of a map of steps, added up. What nobody counted is told apart.
struct StepTotal {
    let sum: Int
    let unknown: Int

    init(_ steps: [ProcessStep], _ what: (ProcessStep) -> Int?) {
        sum = steps.compactMap(what).reduce(0, +)
        unknown = steps.count { what($0) == nil }
    }

    var words: String { unknown == 0 ? "\(sum)" : "\(sum)＋不明\(unknown)" }

    /// How much less it is now: `-12`; 不明 where a part of either is unknown.
    static func change(_ before: StepTotal, _ after: StepTotal) -> String {
        guard before.unknown == 0, after.unknown == 0 else { return "不明" }
        let difference = after.sum - before.sum
        return difference > 0 ? "+\(difference)" : "\(difference)"
    }
}

/// 職員から見る: steps before and after, systems, minutes, and the papers with the clause that demands each.
struct StaffFace {
    let page: CardPages
    private var card: Card { page.card }

    private static let counted: [(name: String, unit: String, of: @Sendable (ProcessStep) -> Int?)] = [
        ("作業", "分", { $0.minutes }), ("来庁", "回", { $0.visits }), ("紙", "枚", { $0.papers }), ("押印", "個", { $0.stamps }),
    ]

    var html: HTML {
        """
        <h2 id="staff">職員から見る</h2>
        <h3>業務の流れ</h3>
        \(steps)\(page.edit("steps", "業務の流れを直す"))
        <h3>求める添付書類</h3>
        \(papers)\(page.edit("papers", "添付書類を直す"))
        <h3>つながり</h3>
        \(systems)\(ordinances)\(links)\(page.edit("links", "つながりを直す"))
        <h3>庁内での扱い</h3>
        <dl class="facts">\(office)</dl>
        \(page.edit("office", "庁内での扱いを直す"))
        """
    }

    private var steps: HTML {
        guard let map = card.steps, !map.before.isEmpty || map.after?.isEmpty == false else {
            return "<p>\(CardPages.unknown)</p>"
        }
        let after: HTML =
            map.after.map { list("見直し後", $0) } ?? "<div><h4>見直し後</h4><p>まだ見直していません。</p></div>"
        return """
            <div class="halves">\(list("見直し前", map.before))\(after)</div>
            \(totals(map))
            <p>見直しを記録した日: \(map.recordedOn.map(page.day) ?? CardWords.unknown)。
            根拠条項の確認: \(map.clausesChecked.map { $0 ? "済み" : "まだ" } ?? CardWords.unknown)。</p>
            """
    }

    private func list(_ title: String, _ steps: [ProcessStep]) -> HTML {
        let items: [HTML] = steps.map { step in
            let counts = Self.counted.map { name, unit, of in of(step).map { "\(name)\($0)\(unit)" } ?? "\(name)不明" }
            return """
                <li><b>\(step.name)</b> <span class="tag">\(CardWords.name(step.by))</span><br>
                <small>\(counts.joined(separator: "・"))</small></li>
                """
        }
        return "<div><h4>\(title)</h4><ol class=\"history\">\(items)</ol></div>"
    }

    private func totals(_ map: StepMap) -> HTML {
        let rows: [HTML] = Self.counted.map { name, unit, of in
            let before = StepTotal(map.before, of)
            let after = map.after.map { StepTotal($0, of) }
            return """
                <tr><th scope="row">\(name)（\(unit)）</th><td class="number">\(before.words)</td>
                <td class="number">\(after?.words ?? "—")</td>
                <td class="number">\(after.map { StepTotal.change(before, $0) } ?? "—")</td></tr>
                """
        }
        let count = map.after.map { String($0.count) } ?? "—"
        return """
            <div class="scroll" role="region" aria-label="工程の合計" tabindex="0"><table>
            <thead><tr><th scope="col">1件あたりの合計</th><th scope="col" class="number">見直し前</th><th scope="col" class="number">見直し後</th><th scope="col" class="number">差</th></tr></thead>
            <tbody><tr><th scope="row">工程の数</th><td class="number">\(map.before.count)</td><td class="number">\(count)</td>
            <td class="number">\(map.after.map { String($0.count - map.before.count) } ?? "—")</td></tr>
            \(rows)</tbody></table></div>
            """
    }

    private var papers: HTML {
        guard let papers = card.papers else { return "<p>\(CardPages.unknown)</p>" }
        if papers.isEmpty { return "<p>添付書類はありません。</p>" }
        let rows: [HTML] = papers.map { paper in
            """
            <tr><th scope="row">\(paper.name[.ja])</th><td>\(paper.clause.map { "\($0)" as HTML } ?? CardPages.unknown)</td>
            <td>\(paper.reason.map { "\($0[.ja])" as HTML } ?? CardPages.unknown)</td>
            <td>\(paper.state.map { "<span class=\"tag\">\(CardWords.name($0))</span>" as HTML } ?? CardPages.unknown)</td></tr>
            """
        }
        return """
            <div class="scroll" role="region" aria-label="添付書類の表" tabindex="0"><table>
            <thead><tr><th scope="col">書類</th><th scope="col">求める根拠（条項）</th><th scope="col">理由</th><th scope="col">撤廃・省略</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    /// 情報システム, as their own register tells them.
    private var systems: HTML? {
        let items: [HTML] = page.systems.map { "<li><a href=\"\($0.link)\">\($0.name)</a></li>" }
        return items.isEmpty ? nil : "<p>この手続きの情報システム</p><ul class=\"rows\">\(items)</ul>"
    }

    /// 例規, as their own room tells them.
    private var ordinances: HTML? {
        let items: [HTML] = page.ordinances.map { "<li><a href=\"\($0.link)\">\($0.name)</a></li>" }
        return items.isEmpty ? nil : "<p>この手続きを妨げている例規</p><ul class=\"rows\">\(items)</ul>"
    }

    private var links: HTML {
        guard let links = card.links else { return "<p>\(CardPages.unknown)</p>" }
        if links.isEmpty { return "<p>つながりはありません。</p>" }
        let items: [HTML] = links.map { link in
            let place: HTML? = link.reference.map { reference in
                Link(https: reference).map { #"<a href="\#($0)">\#(reference)</a>"# } ?? "<small>\(reference)</small>"
            }
            return "<li><span class=\"tag\">\(CardWords.name(link.kind))</span> <span>\(link.name)</span> \(place)</li>"
        }
        return "<ul class=\"rows\">\(items)</ul>"
    }

    private var office: [HTML] {
        let columns = CardColumns(page.town)
        let keys = ["legal_basis", "yearly_count"]
        let base = columns.all.filter { keys.contains($0.key) }.map { column -> HTML in
            guard column.key == "yearly_count", let count = card.yearlyCount else {
                return page.line(column.name, column.read(card))
            }
            return page.line(
                column.name, "\(count.count)件（\(FactWords.year(FiscalYear(count.fiscalYear)))、出典: \(count.source)）")
        }
        let hidden: Set = ["clauses_checked", "steps_recorded_on", "co_sections", "retired_on", "retired_reason"]
        // Without a word on it, one officer decides.
        let approval = ["four_eyes", "approval_order"]
        return base
            + columns.of(.office).filter { !hidden.contains($0.key) }.compactMap { column in
                if card.approval == nil, approval.contains(column.key) {
                    return column.key == "four_eyes" ? page.line(column.name, "いいえ（一人の職員が決定します）") : nil
                }
                if column.key == "approval_order", card.approval?.order.isEmpty == true { return nil }
                return page.line(column.name, column.read(card))
            }
    }
}
