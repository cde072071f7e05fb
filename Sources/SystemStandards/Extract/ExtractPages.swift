import Core
import HTML
import Japanese
import Tabular
import Web

extension Link {
    static func extract(_ id: Extract.ID) -> Link { "/desk/extracts/\(id.text)" }
    static func run(_ id: ExtractRun.ID) -> Link { "/desk/runs/\(id.text)" }
}

/// 抽出の一覧, and the runs of one.
struct ExtractPages {
    let officer: Officer
    let town: Town

    func list(
        _ extracts: [Extract], newest: [Extract.ID: ExtractRun], schemas: [KeptSchema], problem: String? = nil,
        typed: Posted = .empty
    ) -> Page {
        let rows: [HTML] = extracts.map { extract in
            let run = newest[extract.id]
            return """
                <tr><th scope="row"><a href="\(.extract(extract.id))">\(extract.name)</a></th><td>\(town.sectionName(extract.section)[.ja])</td>
                <td>\(run.map { "第\($0.number)回（\($0.at.day.iso)）" } ?? "まだ調べていません")</td>
                <td class="number">\(run.map { $0.errors.grouped } ?? "—")</td>
                <td class="number">\(run.map { $0.notices.grouped } ?? "—")</td></tr>
                """
        }
        let table: HTML =
            rows.isEmpty
            ? "<p class=\"notice\">まだ抽出がありません。</p>"
            : """
            <div class="scroll" role="region" aria-label="抽出の表" tabindex="0"><table>
            <thead><tr><th scope="col">抽出</th><th scope="col">担当</th><th scope="col">新しい回</th>
            <th scope="col" class="number">要修正</th><th scope="col" class="number">確認</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
        return Page(
            (problem == nil ? "" : "エラー: ") + "データの点検", zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            \(problem.map { ProblemSummary("登録できませんでした", [("name", "\($0)")]).html })
            <h1>データの点検 <small>抽出ファイルの検査</small></h1>
            <p>システムから取り出したファイルを送ると、定義と見比べて、直すところを課ごとにまとめます。値が見えるのは、担当課の職員だけです。
            ファイルと値は90日で消え、数だけが残ります。</p>
            \(table)
            <p><a href="/desk/schemas">定義（項目・桁数・コード表）</a>　<a href="/desk/characters">文字の決定</a>　<a href="/desk/worksheets">直しの依頼</a></p>
            \(officer.may(.handleExtracts) ? form(schemas, typed) : .empty)
            """)
    }

    private func form(_ schemas: [KeptSchema], _ typed: Posted) -> HTML {
        let mine = officer.sections(for: .handleExtracts) ?? []
        let sections = SelectOptions(
            town.sections.filter { mine.contains($0.id) }.map { ($0.id, $0.name[.ja]) }
        ).html(typed["section"])
        let choices = SelectOptions(
            schemas.map { ($0.id, $0.title + ($0.origin == .sample ? "（見本）" : "")) }
        ).html(typed["schema"])
        return """
            <h2>抽出を登録する</h2>
            <form method="post" action="/desk/extracts">
            <div class="field"><label for="name">名前</label><p class="hint" id="name-hint">例: 住民記録（毎月）、児童手当の移行リハーサル</p>
            <input id="name" name="name" value="\(typed["name"] ?? "")" aria-describedby="name-hint"></div>
            <div class="field"><label for="section">担当課</label><select id="section" name="section">\(sections)</select></div>
            <div class="field"><label for="schema">定義</label>
            <p class="hint" id="schema-hint">合うものがなければ、先に<a href="/desk/schemas">定義</a>の画面で、公式の一覧から読み込むか、ファイルから推定します。</p>
            <select id="schema" name="schema" aria-describedby="schema-hint">\(choices)</select></div>
            <button class="primary">登録する</button></form>
            """
    }

    func extract(
        _ extract: Extract, _ schema: TableSchema, _ runs: [ExtractRun], _ reconciliations: [RunReconciliation],
        names: [String: String], problem: String? = nil
    ) -> Page {
        let isOwn = officer.may(.handleExtracts, in: extract.section)
        let rows: [HTML] = runs.map { run in
            let compare: HTML? = run.earlier.map { earlier in
                "<a href=\"\(("/desk/extracts/\(extract.id.text)/compare" as Link).asking([("from", earlier.text), ("to", run.id.text)]))\">前の回とくらべる</a>"
            }
            let isCounted = run.state == .done || run.state == .cleared
            return """
                <tr><th scope="row"><a href="\(.run(run.id))">第\(run.number)回</a></th>
                <td>\(run.at.day.iso) \(run.at.timeOfDay)<br><small>\(names[run.officer.text] ?? "")</small></td><td>\(run.way.name)\(run.changed > 0 ? "（\(run.changed.grouped)か所）" : "")</td>
                <td>\(run.state.name)</td><td class="number">\(isCounted ? run.rows.grouped : "—")</td>
                <td class="number">\(isCounted ? run.errors.grouped : "—")</td>
                <td class="number">\(isCounted ? run.notices.grouped : "—")</td><td>\(compare)</td></tr>
                """
        }
        let made: [HTML] = reconciliations.map { item in
            "<li><a href=\"\(.reconciliation(item.id))\">\(item.at.day.iso) \(item.at.timeOfDay) の突合</a> <span>\(item.state.name)\(item.state == .done ? "（確かめる差 \(item.errors.grouped)件）" : "")</span></li>"
        }
        let reconciling: HTML? =
            isOwn && !runs.isEmpty
            ? """
            <h2>突合</h2>\(made.isEmpty ? HTML.empty : "<ul class=\"rows\">\(made)</ul>")
            <p><a class="button" href="\(Link.extract(extract.id).below("reconcile"))">前と後を突き合わせる</a></p>
            """ : nil
        let table: HTML? =
            rows.isEmpty
            ? nil
            : """
            <h2>これまでの回</h2>
            \(course(runs))
            <div class="scroll" role="region" aria-label="回の表" tabindex="0"><table>
            <thead><tr><th scope="col">回</th><th scope="col">送った日時</th><th scope="col">どこから</th><th scope="col">状態</th>
            <th scope="col" class="number">件数</th><th scope="col" class="number">要修正</th><th scope="col" class="number">確認</th><th scope="col">比較</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
        return Page(
            (problem == nil ? "" : "エラー: ") + extract.name, zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="/desk/extracts">データの点検</a></p>
            \(problem.map { ProblemSummary("受け取れませんでした", [("file-\(schema.files.first?.id ?? "")", "\($0)")]).html })
            <h1>\(extract.name) <small>\(town.sectionName(extract.section)[.ja])</small></h1>
            <p>定義: <a href="\("/desk/schemas/\(extract.schema)" as Link)">\(schema.title)</a>\(schema.origin == .sample ? "（見本。標準への適合を示すものではありません）" : "")</p>
            \(isOwn ? upload(extract, schema) : .empty)\(table)\(reconciling)
            """)
    }

    private func upload(_ extract: Extract, _ schema: TableSchema) -> HTML {
        let inputs: [HTML] = schema.files.map { part in
            """
            <div class="field"><label for="file-\(part.id)">\(part.title)</label>
            <input type="file" id="file-\(part.id)" name="file-\(part.id)" accept=".csv,.txt,text/csv" aria-describedby="files-hint"></div>
            """
        }
        return """
            <h2>ファイルを調べる</h2>
            <form method="post" action="\(.extract(extract.id))" enctype="multipart/form-data" data-progress="送っています">
            <p class="hint" id="files-hint">CSV（UTF-8、Shift_JIS、UTF-16）。全部で200MBまで。ないファイルは空けたままで送れます。個人番号の列は除いてください。入っていれば、受け取りません。</p>
            \(inputs)<p role="status" class="sending"></p><button class="primary">送って調べる</button></form>
            <p><a href="\(Link.extract(extract.id).below("sources"))">システムから取りに行く</a></p>
            """
    }

    /// How the numbers went from run to run.
    private func course(_ runs: [ExtractRun]) -> HTML? {
        let counted = runs.filter { $0.state == .done || $0.state == .cleared }.reversed().suffix(24)
        guard counted.count > 1, let first = counted.first, let last = counted.last else { return nil }
        return Chart(
            "course", title: "要修正と確認の数",
            summary: "要修正は、第\(first.number)回の\(first.errors)件から、第\(last.number)回の\(last.errors)件になりました。"
        ).lines(
            [
                .init("要修正", counted.map { Double($0.errors) }), .init("確認", counted.map { Double($0.notices) }),
            ], over: counted.map { "第\($0.number)回" }, unit: "件")
    }

    /// What became of each group between two runs.
    func comparison(
        _ extract: Extract, from: (run: ExtractRun, groups: [FindingGroup]),
        to: (run: ExtractRun, groups: [FindingGroup])
    ) -> Page {
        let before = Dictionary(from.groups.map { ($0.name, $0) }) { first, _ in first }
        let after = Dictionary(to.groups.map { ($0.name, $0) }) { first, _ in first }
        let all = to.groups + from.groups.filter { after[$0.name] == nil }
        let knowsFresh = to.run.earlier == from.run.id
        let rows: [HTML] = all.map { group in
            let (old, new) = (before[group.name]?.count ?? 0, after[group.name]?.count ?? 0)
            let fresh = after[group.name]?.fresh ?? 0
            return """
                <tr><td>\(group.weight.words)</td><td>\(group.section)</td><td>\(group.fileTitle)\(group.item.isEmpty ? "" : "：\(group.item)")</td>
                <td>\(group.rule.words)</td><td class="number">\(old.grouped)</td><td class="number">\(new.grouped)</td>
                <td class="number">\(knowsFresh ? (old - (new - fresh)).grouped : "—")</td>
                <td class="number">\(knowsFresh ? fresh.grouped : "—")</td></tr>
                """
        }
        return Page(
            "第\(from.run.number)回と第\(to.run.number)回の比較", zone: .desk(officer),
            """
            <p class="way"><a href="\(.extract(extract.id))">\(extract.name)</a></p>
            <h1>第\(from.run.number)回と第\(to.run.number)回の比較</h1>
            <p>要修正は\(from.run.errors.grouped)件から<b>\(to.run.errors.grouped)件</b>に、
            件数は\(from.run.rows.grouped)件から\(to.run.rows.grouped)件になりました。</p>
            <div class="scroll" role="region" aria-label="比較の表" tabindex="0"><table>
            <thead><tr><th scope="col">重さ</th><th scope="col">課</th><th scope="col">項目</th><th scope="col">内容</th>
            <th scope="col" class="number">第\(from.run.number)回</th><th scope="col" class="number">第\(to.run.number)回</th>
            <th scope="col" class="number">なくなった</th><th scope="col" class="number">新しい</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """)
    }
}
