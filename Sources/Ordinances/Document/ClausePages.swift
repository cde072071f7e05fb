import Core
import HTML
import Japanese
import OrdinanceText
import Web

/// A provision: what the rules say of it and why, what refers to what, what people say, and how it may be mended.
struct ClausePages {
    let officer: Officer
    let collection: OrdinanceCollection

    struct Content: Sendable {
        let document: ReviewedDocument
        let clause: Int
        let index: ReviewIndex
        let triages: [Triage?]
        let citations: [ClauseAddress]
        /// The procedures that the ordinance stands in the way of.
        let cards: [(id: String, name: String)]
        let titles: [String: String]
        let mends: [MendPattern]
        /// What the phases of each category are.
        let phases: [String: [Int: String]]
        let names: [String: String]
        let mayWrite: Bool
    }

    func page(_ content: Content, problem: String? = nil) -> Page {
        let (document, number) = (content.document, content.clause)
        let clause = document.clauses[number]
        let (before, after) = (number > 0 ? number - 1 : nil, number + 1 < document.clauses.count ? number + 1 : nil)
        return Page(
            (problem == nil ? "" : "エラー: ") + "\(document.title) \(clause.address)", zone: .desk(officer),
            status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="/desk/ordinances">例規の点検</a>　<a href="\(Link.ordinance(document.id).asking([("at", clause.address)]))">\(document.title)</a></p>
            \(problem.map { ProblemSummary("判定を保存していません", [("verdict-0", "\($0)")]).html })
            <h1>\(clause.address) <small>\(clause.caption)</small></h1>
            \(neighbour(document, before, "前"))<blockquote class="provision"><p>\(clause.text)</p></blockquote>\(neighbour(document, after, "次"))
            \(judged(content, clause))
            \(cards(content))<h2>引用</h2>\(references(content))
            """)
    }

    private func cards(_ content: Content) -> HTML? {
        let items: [HTML] = content.cards.map {
            "<li><a href=\"\("/desk/cards/\($0.id)" as Link)\">\($0.name)</a></li>"
        }
        return items.isEmpty ? nil : "<h2>この例規が妨げている手続き</h2><ul>\(items)</ul>"
    }

    private func neighbour(_ document: ReviewedDocument, _ number: Int?, _ word: String) -> HTML? {
        guard let number else { return nil }
        let clause = document.clauses[number]
        return
            "<p class=\"quiet\">\(word): <a href=\"\(.provision(document.id, number))\">\(clause.address)</a> \(String(clause.text.prefix(80)))\(clause.text.count > 80 ? "…" : "")</p>"
    }

    private func judged(_ content: Content, _ clause: Clause) -> HTML {
        let judgements = content.document.judgements[content.clause]
        guard !judgements.isEmpty else { return "<h2>判定</h2><p>アナログ規制の言葉は、この条文にありません。</p>" }
        let parts: [HTML] = judgements.enumerated().map { place, judgement in
            let reviews = content.index.reviews(content.document.id, clause, judgement.category)
            let said: [HTML] = reviews.map { review in
                "<li><b>\(review.verdict.japanese)</b> \(content.names[review.officer.text] ?? "")（\(review.at.day.iso)）\(review.comment.isEmpty ? "" : "「\(review.comment)」")</li>"
            }
            return """
                <section aria-labelledby="judged-\(place)"><h3 id="judged-\(place)">\(judgement.category): \(judgement.verdict.japanese)</h3>
                <dl class="facts"><div><dt>理由</dt><dd>\(judgement.reason)</dd></div><div><dt>当たった言葉</dt><dd>\(judgement.words)</dd></div>
                \(judgement.type.map { "<div><dt>類型</dt><dd>\($0)</dd></div>" as HTML })\(judgement.phase.map { "<div><dt>PHASE</dt><dd>\($0)\(content.phases[judgement.category]?[$0].map { "（\($0)）" } ?? "")</dd></div>" as HTML })
                <div><dt>規則と確からしさ</dt><dd>\(judgement.rule)（\(Int((judgement.confidence * 100).rounded()))％）</dd></div>
                \(judgement.root.map { root in "<div><dt>元の規定</dt><dd><a href=\"\(Link.ordinance(root.document).asking([("at", root.address)]))\">\(content.titles[root.document] ?? "") \(root.address)</a></dd></div>" as HTML })
                \(content.triages[place].map { "<div><dt>仕分け</dt><dd><b>\($0.outcome.japanese)</b> \($0.reason)</dd></div>" as HTML })</dl>
                \(mend(content, judgement, clause))
                <p><b>\(content.index.state(content.document.id, clause, judgement.category).words)</b></p>\(said.isEmpty ? HTML.empty : "<ul>\(said)</ul>")
                \(content.mayWrite ? form(content, judgement, place, reviews) : .empty)</section>
                """
        }
        return "<h2>判定</h2>\(parts)"
    }

    private func mend(_ content: Content, _ judgement: Judgement, _ clause: Clause) -> HTML? {
        guard judgement.verdict == .applicable, judgement.root == nil,
            let (mend, text) = content.mends.lazy.filter({ $0.category == judgement.category }).compactMap({ mend in
                mend.mended(clause.text).map { (mend, $0) }
            }).first
        else { return nil }
        let way = Link.ordinance(content.document.id).below("amend").asking([
            ("clause", String(content.clause)), ("mend", mend.id),
        ])
        return """
            <details><summary>直し方の例: \(mend.title)</summary><blockquote class="provision"><p>\(text)</p></blockquote>
            <p class="quiet">元になった改正: \(mend.origin)</p>\(content.mayWrite ? "<p><a class=\"button\" href=\"\(way)\">この直し方で改正の案を作る</a></p>" as HTML : .empty)</details>
            """
    }

    private func form(_ content: Content, _ judgement: Judgement, _ place: Int, _ reviews: [ClauseReview]) -> HTML {
        let mine = reviews.first { $0.officer == officer.id }
        let options = SelectOptions(Verdict.allCases.map { ($0.rawValue, $0.japanese) }).html(
            (mine?.verdict ?? judgement.verdict).rawValue)
        return """
            <form method="post" action="\(.provision(content.document.id, content.clause))" class="filters"><input type="hidden" name="category" value="\(judgement.category)">
            <div class="field"><label for="verdict-\(place)">あなたの判定</label><select id="verdict-\(place)" name="verdict">\(options)</select></div>
            <div class="field"><label for="comment-\(place)">ひとこと（任意）</label><input id="comment-\(place)" name="comment" value="\(mine?.comment ?? "")"></div>
            <button>判定する</button></form>
            """
    }

    private func references(_ content: Content) -> HTML {
        let own: [HTML] = content.document.references.byClause[content.clause].map { reference in
            switch reference.target {
            case .here(let places, let isRange):
                "<li>「\(reference.words)」 <a href=\"\(Link.ordinance(content.document.id).asking([("at", places.first?.text ?? "")]))\">\(places.map(\.text).joined(separator: isRange ? "から" : "、"))</a></li>"
            case .elsewhere(let name, let place):
                if let other = collection.document(named: name) {
                    "<li>「\(reference.words)」 <a href=\"\(Link.ordinance(other.id).asking([("at", place?.text ?? "")]))\">\(name) \(place?.text ?? "")</a></li>"
                } else {
                    "<li>「\(reference.words)」 \(name) \(place?.text ?? "")</li>"
                }
            case .unresolved(let reason): "<li>「\(reference.words)」 <span class=\"late\">\(reason)</span></li>"
            }
        }
        let cited: [HTML] = content.citations.prefix(100).map { address in
            "<li><a href=\"\(Link.ordinance(address.document).asking([("at", address.address)]))\">\(content.titles[address.document] ?? "") \(address.address)</a></li>"
        }
        return """
            <h3>この条文が引用しているもの</h3>\(own.isEmpty ? "<p>ありません。</p>" as HTML : "<ul>\(own)</ul>")
            <h3>この条文を引用しているもの</h3>\(cited.isEmpty ? "<p>ありません。</p>" as HTML : "<ul>\(cited)</ul>")
            """
    }
}
