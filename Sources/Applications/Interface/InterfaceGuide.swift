import Core
import HTML
import Web

/// 外部連携の説明 as a page: for whoever writes the other system.
struct InterfaceGuide {
    let town: Town
    let routes: [Route]

    var page: Page {
        Page(
            "外部連携（API）",
            """
            <div lang="ja">
            <h1>外部連携（API）</h1>
            <p>手続きごとに、申請をほかのシステムから読み、受け付けることができます。プログラムのための説明は \
            <a href="/api/openapi.json">OpenAPI 3.1（JSON）</a>にあります。</p>
            <h2>トークン</h2>
            <p>\(town.name[.ja])のデジタル推進の担当がトークンを発行し、手続きの担当課の決裁者が同意すると使えます。要求には、次のように付けます。</p>
            <p class="kept words">Authorization: Bearer origami_…</p>
            <p>1つのトークンで、1分に120回までたずねられます。多すぎると 429 が返ります。Retry-After の秒数だけ待ってください。</p>
            <h2>書き込み</h2>
            <p>書き込みには Idempotency-Key を付けます。同じ値でもう一度送っても、1度だけ行います。状態を変えるときは、読んだときの ETag を \
            If-Match に付けます。あいだに変わっていれば 412 が返ります。</p>
            <h2>道</h2>
            \(routes.compactMap(section))
            <h2>知らせ（Webhook）</h2>
            <p>できごとがあると、登録した https のアドレスに、次の JSON を送ります。中身に個人情報はありません。</p>
            <p class="kept words">{"id":"…","kind":"case.received","procedure":"dog-registration","application":"R8-…","at":"2026-11-24T01:00:00.000Z"}</p>
            <p>Webhook-Timestamp の値、「.」、本文をつないだものに、登録したときの秘密の値で HMAC-SHA256 を計算すると、\
            Webhook-Signature の「v1=」のあと（16進数）と同じになります。Webhook-Timestamp が5分より古いものは受け取らないでください。\
            同じ知らせが2度届くことがあります。Webhook-Id が同じなら、同じ知らせです。2xx で答えてください。ほかの答えなら、間をあけて送り直します。</p>
            <h2>うまくいかないとき</h2>
            <p>problem+json（RFC 9457）で答えます。title と detail は日本語、title_en と detail_en は英語です。</p>
            </div>
            """)
    }

    private func section(_ route: Route) -> HTML? {
        guard let operation = route.operation else { return nil }
        let scope: HTML =
            if case .machine(let scope) = route.audience { "<span class=\"tag\">\(scope.rawValue)</span>" } else {
                "<span class=\"tag good\">トークン不要</span>"
            }
        let rows: [HTML] = operation.parameters.map { parameter in
            """
            <tr><th scope="row">\(parameter.name)</th><td>\(parameter.place.rawValue)</td>
            <td>\(parameter.isRequired ? "要ります" : "なくても")</td><td>\(parameter.meaning)</td></tr>
            """
        }
        let table: HTML? =
            rows.isEmpty
            ? nil
            : """
            <div class="scroll" role="region" aria-label="\(operation.summary)の値" tabindex="0"><table>
            <thead><tr><th scope="col">名前</th><th scope="col">場所</th><th scope="col">要否</th><th scope="col">意味</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
        let problems = operation.problems.map { "\($0) \(OpenAPI.meaning(of: $0))" }.joined(separator: "、")
        return """
            <h3>\(operation.summary) \(scope)</h3>
            <p><code>\(route.method.rawValue.uppercased()) \(route.pattern)</code></p>
            <p>\(operation.details)\(problems.isEmpty ? "" : " うまくいかないとき: \(problems)。")</p>
            \(body(operation))\(table)
            """
    }

    /// What is posted, by the names of its members.
    private func body(_ operation: Operation) -> HTML? {
        guard case .object(let members)? = operation.body,
            case .object(let properties)? = members.first(where: { $0.name == "properties" })?.value
        else { return nil }
        return "<p>送る JSON: <code>{ \(properties.map { "\"\($0.name)\": …" }.joined(separator: ", ")) }</code></p>"
    }
}
