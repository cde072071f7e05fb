import Core
import HTML
import OrdinanceText
import Web

/// 条例案の点検: a draft, before it goes to the assembly.
struct CheckPages {
    let officer: Officer

    func form(problem: String? = nil, text: String = "") -> Page {
        Page(
            (problem == nil ? "" : "エラー: ") + "条例案の点検", zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="/desk/ordinances">例規の点検</a></p>
            \(problem.map { ProblemSummary("点検できませんでした", [("text", "\($0)")]).html })
            <h1>条例案の点検</h1>
            <p>議会に出す前の案に、アナログ規制がないかを見ます。案は保存しません。</p>\(fields(text))
            """)
    }

    private func fields(_ text: String) -> HTML {
        """
        <form method="post" action="/desk/ordinances/check" enctype="multipart/form-data">
        <div class="field"><label for="text">案の文章</label><textarea id="text" name="text" rows="12">\(text)</textarea></div>
        <div class="field"><label for="files">または、ファイル</label><input type="file" id="files" name="files" accept=".html,.htm,.xml,.txt"></div>
        <button class="primary">点検する</button></form>
        """
    }

    func result(_ document: ReviewedDocument, faults: [Ordinance.Fault], text: String) -> Page {
        var items: [HTML] = []
        for (clause, judgements) in zip(document.clauses, document.judgements) {
            for judgement in judgements where judgement.verdict == .applicable || judgement.verdict == .borderline {
                items.append(
                    """
                    <li><span><b>\(clause.address)</b> \(String(clause.text.prefix(120)))\(clause.text.count > 120 ? "…" : "")</span>
                    <span><b>\(judgement.verdict.japanese)</b>（\(judgement.category)）\(judgement.reason)。「\(judgement.words)」</span></li>
                    """)
            }
        }
        let troubles: [HTML] = faults.prefix(20).map { "<li>\($0.line)行目: \($0.words)</li>" }
        return Page(
            "条例案の点検の結果", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/ordinances">例規の点検</a></p>
            <h1>条例案の点検の結果 <small>\(document.title)</small></h1>
            <p>\(document.clauses.count)の条文を見ました。\(items.isEmpty ? "アナログ規制に当たるところは見つかりませんでした。" : "直すか、理由を説明できるようにするところが\(items.count)あります。")</p>
            <ul class="rows">\(items)</ul>
            \(troubles.isEmpty ? HTML.empty : "<h2>読めなかったところ</h2><ul>\(troubles)</ul>")
            <h2>もう一度点検する</h2>\(fields(text))
            """)
    }
}
