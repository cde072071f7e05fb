import Core
import HTML
import Japanese
import Tabular
import Web

/// The pages of a reconciliation.
struct ReconcilePages {
    let officer: Officer

    func form(
        _ extract: Extract, _ schema: TableSchema, _ runs: [ExtractRun], part: String, map: String, _ typed: Posted,
        problem: String?
    ) -> Page {
        func options(_ now: String?) -> [HTML] {
            SelectOptions(runs.map { ($0.id.text, "第\($0.number)回（\($0.at.day.iso)、\($0.way.name)）") }).html(now)
        }
        let parts = SelectOptions(schema.files.map { ($0.id, $0.title) }).html(part)
        let old = typed["old"] ?? (runs.count > 1 ? runs[1].id.text : nil)
        return Page(
            (problem == nil ? "" : "エラー: ") + "突合", zone: .desk(officer),
            """
            <p class="way"><a href="\(.extract(extract.id))">\(extract.name)</a></p>
            \(problem.map { ProblemSummary("始められませんでした", [("map", "\($0)")]).html })
            <h1>前と後を突き合わせる <small>\(extract.name)</small></h1>
            <p>同じキーの記録を比べて、前にあった値が後にない、変わった、字形が変わった、などを項目ごとに数えます。</p>
            \(runs.count < 2 ? "<p class=\"notice\">回が2つ以上になると、突き合わせられます。</p>" as HTML : """
                <form method="post" action="\(Link.extract(extract.id).below("reconcile"))">
                <div class="field"><label for="old">前</label><select id="old" name="old">\(options(old))</select></div>
                <div class="field"><label for="new">後</label><select id="new" name="new">\(options(typed["new"] ?? runs.first?.id.text))</select></div>
                <div class="field"><label for="part">ファイル</label><select id="part" name="part">\(parts)</select></div>
                <div class="field"><label for="map">対応表（YAML）</label><p class="hint" id="map-hint">定義から作ったものです。項目の名前やコードが変わったときは、docs/tables.md のとおりに直します。</p>
                <textarea id="map" name="map" rows="16" class="wide" spellcheck="false" aria-describedby="map-hint">
                \(map)</textarea></div><button class="primary">突き合わせる</button></form>
                """)
            """)
    }

    func result(
        _ item: RunReconciliation, _ run: ExtractRun, _ extract: Extract, _ summary: AcceptanceSummary?
    ) -> Page {
        let place = Link.reconciliation(item.id)
        let body: HTML
        switch (item.state, summary) {
        case (.waiting, _): body = "<p class=\"notice\" role=\"status\">突き合わせています。この画面は、2秒ごとに新しくなります。</p>"
        case (.failed, _):
            body = "<div class=\"state attention\"><p><b>\(item.state.name)。</b>\(item.trouble ?? "")</p></div>"
        case (.done, nil): body = "<p class=\"notice\">期限が過ぎたので、値は消してあります。確かめる差は\(item.errors)件でした。</p>"
        case (.done, let summary?):
            body = """
                \(AcceptancePages.content(summary, at: item.at.isoDay))
                <h2>取り出す</h2><ul class="rows"><li><span>検収票（印刷して署名できます。値は伏せてあります）</span> <a href="\(place.below("sheet.html"))">HTML</a></li>
                <li><span>差の全部（値は、そのまま）</span> <a href="\(place.below("differences.csv"))">CSV</a></li></ul>
                <p>検収したら、<a href="/desk/standardisation">標準化の進み具合</a>の業務のページに書き残します。</p>
                """
        }
        return Page(
            "突合 \(extract.name)", zone: .desk(officer),
            """
            <p class="way"><a href="\(.extract(extract.id))">\(extract.name)</a></p>
            <h1>突合 <small>\(extract.name)</small></h1>\(body)
            """)
    }
}
