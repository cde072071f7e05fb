import Core
import HTML
import Tabular
import Web

/// 取りに行く先: where files come from by themselves.
struct SourcePages {
    let officer: Officer

    func page(
        _ extract: Extract, _ schema: TableSchema, _ sources: [PullSource], _ typed: Posted, problem: String?
    ) -> Page {
        let place = Link.extract(extract.id).below("sources")
        let items: [HTML] = sources.map { source in
            let title = schema.files.first { $0.id == source.part }?.title ?? source.part
            return """
                <li><p><b>\(title)</b> <small>\(source.way.name)、\(source.often.name)</small></p><p class="kept">\(source.address)</p>
                <p>\(source.triedAt.map { "\($0.isoDay) " } ?? "")\(source.words ?? "まだ取りに行っていません。")</p>
                <form method="post" action="\(place.below(source.id.text))" class="inline"><button>いま取りに行く</button> <button name="do" value="remove">やめる</button></form></li>
                """
        }
        func input(_ id: StaticString, _ name: StaticString, _ hint: StaticString) -> HTML {
            let (key, words) = ("\(id)", "\(hint)")
            return """
                <div class="field"><label for="\(key)">\("\(name)")</label><p class="hint" id="\(key)-hint">\(words)</p>
                <input id="\(key)" name="\(key)" value="\(typed[key] ?? "")" aria-describedby="\(key)-hint"></div>
                """
        }
        return Page(
            (problem == nil ? "" : "エラー: ") + "取りに行く先", zone: .desk(officer),
            """
            <p class="way"><a href="\(.extract(extract.id))">\(extract.name)</a></p>
            \(problem.map { ProblemSummary("保存できませんでした", [("address", "\($0)")]).html })
            <h1>取りに行く先 <small>\(extract.name)</small></h1>
            <p>ファイルを送る代わりに、システムから取りに行って調べます。取ってきたものは、送ったときと同じように、次の回になります。</p>
            \(items.isEmpty ? "<p class=\"quiet\">まだありません。</p>" as HTML : "<ol class=\"messages\">\(items)</ol>")
            <h2>書き加える・直す</h2>
            <form method="post" action="\(place)">
            <div class="field"><label for="part">ファイル</label><select id="part" name="part">\(SelectOptions(schema.files.map { ($0.id, $0.title) }).html(typed["part"]))</select></div>
            <div class="field"><label for="way">方式</label><select id="way" name="way">\(SelectOptions(PullSource.Way.allCases.map { ($0.rawValue, $0.name) }).html(typed["way"]))</select></div>
            \(input("address", "アドレス", "RESTのリソースか、CSVのファイル。https:// で始めます。"))
            \(input("token", "トークンのアドレス", "RESTのときだけ。"))
            \(input("scope", "スコープ", "RESTのときだけ。業務システムID:リソース名:操作名"))
            \(input("region", "地域（リージョン）", "ファイルのときだけ。例: ap-northeast-1"))
            \(input("user", "利用者のID", "client_id、またはアクセスキーのID。"))
            <div class="field"><label for="secret">秘密</label><p class="hint" id="secret-hint">client_secret、またはシークレットキー。封をして保存し、表示しません。同じ先なら、空のままで前のものを使います。</p>
            <input id="secret" name="secret" type="password" autocomplete="off" aria-describedby="secret-hint"></div>
            <div class="field"><label for="often">頻度</label><select id="often" name="often">\(SelectOptions(PullSource.Often.allCases.map { ($0.rawValue, $0.name) }).html(typed["often"]))</select></div>
            <button class="primary">保存する</button></form>
            """)
    }
}
