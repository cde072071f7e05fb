import Core
import HTML
import Tabular
import Web

extension Link {
    static func schema(_ id: String) -> Link { "/desk/schemas/\(id)" }
}

/// 定義: the list of them, one with its items, and how a new one is made.
struct SchemaPages {
    let officer: Officer

    var mayEdit: Bool { officer.may(.writeSystems) }

    func list(_ schemas: [KeptSchema], problem: String? = nil, typed: Posted = .empty) -> Page {
        let rows: [HTML] = schemas.map { schema in
            """
            <tr><th scope="row"><a href="\(.schema(schema.id))">\(schema.title)</a></th><td>\(schema.id)</td>
            <td>\(schema.isShipped ? "見本（プログラムに付属）" : schema.origin == .official ? "公式の一覧から" : "町で作成")</td></tr>
            """
        }
        return Page(
            (problem == nil ? "" : "エラー: ") + "定義", zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="/desk/extracts">データの点検</a></p>
            \(problem.map { ProblemSummary("定義を作れませんでした", [("file", "\($0)")]).html })
            <h1>定義 <small>項目・型・桁数・必須・コード表・参照</small></h1>
            <div class="scroll" role="region" aria-label="定義の表" tabindex="0"><table><thead><tr><th scope="col">定義</th><th scope="col">id</th>
            <th scope="col">出所</th></tr></thead><tbody>\(rows)</tbody></table></div>
            \(mayEdit ? making(typed) : .empty)
            """)
    }

    private func making(_ typed: Posted) -> HTML {
        """
        <h2>ファイルから作る</h2>
        <form method="post" action="/desk/schemas" enctype="multipart/form-data">
        <fieldset><legend>何から作りますか</legend>
        <div class="option"><input type="radio" id="from-list" name="from" value="list" checked=""><label for="from-list">公式の一覧（基本データリストのCSV・XLSX）から読み込む</label></div>
        <div class="option"><input type="radio" id="from-extract" name="from" value="extract"><label for="from-extract">抽出ファイル（CSV）の中身から推定する</label></div></fieldset>
        <div class="field"><label for="id">id</label><p class="hint" id="id-hint">半角の小文字・数字・ハイフン。例: juminkiroku-2026</p>
        <input id="id" name="id" class="medium" value="\(typed["id"] ?? "")" aria-describedby="id-hint"></div>
        <div class="field"><label for="title">名前</label><input id="title" name="title" value="\(typed["title"] ?? "")"></div>
        <div class="field"><label for="file">ファイル</label><p class="hint" id="file-hint">一覧は20MBまで。推定に使うファイルも20MBまでで、はじめの10万件を見ます。ファイルは残りません。次の画面で見直してから保存します。</p>
        <input type="file" id="file" name="file" accept=".csv,.xlsx,text/csv" aria-describedby="file-hint"></div>
        <button class="primary">作って見直す</button></form>
        <p><a href="/desk/schemas/new">YAMLで書く</a></p>
        """
    }

    /// A schema before it is kept, or one to be changed.
    func edit(_ yaml: String, revision: Int?, notes: [String] = [], problem: String? = nil) -> Page {
        let told: [HTML] = notes.map { "<li>\($0)</li>" }
        let list: HTML? = told.isEmpty ? nil : "<h2>見直すところ</h2><ul>\(told)</ul>"
        return Page(
            (problem == nil ? "" : "エラー: ") + "定義の見直し", zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="/desk/schemas">定義</a></p>
            \(problem.map { ProblemSummary("保存できませんでした", [("yaml", "\($0)")]).html })
            <h1>定義の見直し</h1>\(list)
            <form method="post" action="/desk/schemas/save"><input type="hidden" name="revision" value="\(revision.map(String.init) ?? "")">
            <div class="field"><label for="yaml">定義（YAML）</label><p class="hint" id="yaml-hint">書き方は docs/tables.md のとおりです。一度保存した id は変えられません。</p>
            <textarea id="yaml" name="yaml" rows="30" class="wide" spellcheck="false" aria-describedby="yaml-hint">
            \(yaml)</textarea></div>
            <button class="primary">保存する</button></form>
            """)
    }

    func schema(_ kept: KeptSchema, _ schema: TableSchema) -> Page {
        let parts: [HTML] = schema.files.map { part(($0), schema) }
        return Page(
            schema.title, zone: .desk(officer),
            """
            <p class="way"><a href="/desk/schemas">定義</a></p>
            <h1>\(schema.title) <small>\(kept.id)</small></h1>
            <p>\(schema.origin == .sample ? "この定義は、標準への適合を示すものではありません。" : "公式の一覧から読み込んだ定義です。")出所: \(schema.source ?? "記載なし")</p>
            <ul class="rows"><li><span>YAML</span> <a href="\(Link.schema(kept.id).below("schema.yaml"))">ファイル</a></li></ul>
            \(mayEdit && !kept.isShipped ? "<p><a class=\"button\" href=\"\(Link.schema(kept.id).below("edit"))\">直す</a></p>" as HTML : .empty)
            \(parts)
            """)
    }

    private func part(_ file: FileSchema, _ schema: TableSchema) -> HTML {
        let rows: [HTML] = file.items.map { item in
            let need =
                item.required ? (item.when.map { "\($0.item)が\($0.in.joined(separator: "・"))のとき" } ?? "必須") : "任意"
            let code = item.code.flatMap { schema.codes[$0] }
            let values: HTML? = code.map { code in
                let list: [HTML] = code.values.sorted { $0.key < $1.key }.map { "<li>\($0.key)：\($0.value)</li>" }
                return "<details><summary>\(code.name)</summary><ul>\(list)</ul></details>"
            }
            return """
                <tr><th scope="row">\(item.name)</th><td>\(item.type.words)</td><td class="number">\(item.digits.map { "\($0)\(item.fixed ? "（ちょうど）" : "まで")" } ?? "—")</td>
                <td>\(need)\(item.unique ? "・重なりなし" : "")</td><td>\(values)</td></tr>
                """
        }
        let references: [HTML] = file.references.map { reference in
            "<li>\(reference.items.joined(separator: "・")) は、\(schema.files.first { $0.id == reference.file }?.title ?? reference.file) の \(reference.to.joined(separator: "・")) にあること</li>"
        }
        let rules: HTML? = references.isEmpty ? nil : "<ul>\(references)</ul>"
        return """
            <h2>\(file.title)</h2><p>キー: \(file.key.isEmpty ? "なし" : file.key.joined(separator: "・"))、直す課: \(file.section)</p>\(rules)
            <div class="scroll" role="region" aria-label="\(file.title)の項目" tabindex="0"><table><thead><tr><th scope="col">項目</th><th scope="col">型</th>
            <th scope="col" class="number">桁数</th><th scope="col">必須</th><th scope="col">コード表</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }
}

extension Item.Kind {
    /// The type as a clerk reads it.
    var words: String {
        switch self {
        case .text: "文字"
        case .ascii: "半角英数字"
        case .digits: "数字"
        case .integer: "整数"
        case .decimal: "小数"
        case .kana: "全角カタカナ"
        case .date: "日付"
        case .postcode: "郵便番号"
        case .phone: "電話番号"
        }
    }
}
