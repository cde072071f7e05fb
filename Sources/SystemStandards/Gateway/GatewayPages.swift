import Core
import HTML
import Japanese
import Web

extension Link {
    static func gatewaySet(_ id: GatewaySet.ID) -> Link { "/desk/gateway/sets/\(id.text)" }
    static func gatewayClient(_ id: String) -> Link { "/desk/gateway/clients/\(id)" }
}

/// データの窓口: tables that other systems pull, who pulls them, and every pull.
struct GatewayPages {
    let officer: Officer
    let town: Town
    let today: Day

    struct Content: Sendable {
        var sets: [GatewaySet] = []
        var clients: [GatewayClient] = []
        var pulls: [GatewayPull] = []
        var names: [String: String] = [:]
    }

    private var mine: [(id: String, name: String)] {
        let sections = officer.sections(for: .handleExtracts) ?? []
        return town.sections.filter { sections.contains($0.id) }.map { ($0.id, $0.name[.ja]) }
    }

    func list(_ content: Content, typed: Posted = .empty, problem: String? = nil) -> Page {
        let sets: [HTML] = content.sets.map { set in
            """
            <tr><th scope="row"><a href="\(.gatewaySet(set.id))">\(set.name)</a></th><td><code>\(set.scope)</code></td><td>\(town.sectionName(set.section)[.ja])</td>
            <td class="number">\(set.content.map { $0.rows.grouped } ?? "—")</td><td>\(set.content.map { "第\($0.version)版（\($0.at.prefix(10))）" } ?? "まだ内容がありません")</td></tr>
            """
        }
        let clients: [HTML] = content.clients.map { client in
            let waiting = client.grants.count { $0.agreedBy == nil }
            let state =
                client.isRevoked
                ? "取消し" : !client.isValid(on: today) ? "期限切れ" : waiting > 0 ? "同意待ち（\(waiting)表）" : "有効"
            return """
                <tr><th scope="row"><a href="\(.gatewayClient(client.id.text))">\(client.name)</a></th><td>\(client.grants.count)表</td><td>\(state)</td><td>\(client.expiresOn.iso)</td></tr>
                """
        }
        let none: HTML = "<p class=\"quiet\">まだありません。</p>"
        return Page(
            (problem == nil ? "" : "エラー: ") + "データの窓口", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/systems">情報システム</a></p>
            \(problem.map { ProblemSummary("登録できませんでした", [(nil, "\($0)")]).html })
            <h1>データの窓口 <small>町のシステムがデータを取りに来るところ（API）</small></h1>
            <p>課が表を登録して公開し、許したシステムだけが、OAuth 2.0 のクライアントクレデンシャルで取りに来ます。取りに来た記録は、全部残ります。
            使える文字の範囲の外の文字がある表は、公開できません。<a href="/api">つなぎ方の説明</a></p>
            <h2>表</h2>
            \(sets.isEmpty ? none : """
                <div class="scroll" role="region" aria-label="表の一覧" tabindex="0"><table><thead><tr><th scope="col">表</th><th scope="col">スコープ</th><th scope="col">担当</th>
                <th scope="col" class="number">件数</th><th scope="col">版</th></tr></thead><tbody>\(sets)</tbody></table></div>
                """ as HTML)
            \(mine.isEmpty ? HTML.empty : setForm(typed))
            <h2>受け取るシステム</h2>
            \(clients.isEmpty ? none : """
                <div class="scroll" role="region" aria-label="受け取るシステムの一覧" tabindex="0"><table><thead><tr><th scope="col">システム</th><th scope="col">受け取る表</th><th scope="col">状態</th>
                <th scope="col">期限</th></tr></thead><tbody>\(clients)</tbody></table></div>
                """ as HTML)
            \(officer.may(.manageInterfaces) && !content.sets.isEmpty ? clientForm(content.sets, typed) : .empty)
            <h2>取りに来た記録 <small>新しい200件</small></h2>\(pulls(content))
            """)
    }

    private func pulls(_ content: Content) -> HTML {
        let sets = Dictionary(content.sets.map { ($0.id.text, $0) }) { first, _ in first }
        let clients = Dictionary(content.clients.map { ($0.id.text, $0.name) }) { first, _ in first }
        let rows: [HTML] = content.pulls.map { pull in
            """
            <tr><td>\(pull.at.isoDay)</td><td>\(clients[pull.client] ?? "")</td><td>\(sets[pull.set]?.name ?? "") 第\(pull.version)版</td><td>\(pull.format)</td><td class="number">\(pull.rows.grouped)</td></tr>
            """
        }
        if rows.isEmpty { return "<p class=\"quiet\">まだ、だれも取りに来ていません。</p>" }
        return """
            <div class="scroll" role="region" aria-label="取りに来た記録の表" tabindex="0"><table><thead><tr><th scope="col">日時</th><th scope="col">システム</th><th scope="col">表</th><th scope="col">形</th>
            <th scope="col" class="number">件数</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private static let repertoires: [(id: String, name: String)] = [
        ("jis1234", "JIS第一〜第四水準"), ("jis12", "JIS第一・第二水準"), ("cp932", "Shift_JISで書ける文字"),
        ("unicode", "外字でないすべての文字"),
    ]

    private func setForm(_ typed: Posted) -> HTML {
        """
        <details class="act"><summary>表を登録する</summary><form method="post" action="/desk/gateway/sets">
        <div class="field"><label for="name">名前</label><input id="name" name="name" value="\(typed["name"] ?? "")"></div>
        <div class="field"><label for="system">業務システムID</label><p class="hint" id="system-hint">独自施策システム等IDでも。半角の英数字。</p><input id="system" name="system" class="medium" value="\(typed["system"] ?? "")" aria-describedby="system-hint"></div>
        <div class="field"><label for="resource">リソース名</label><p class="hint" id="resource-hint">例: households</p><input id="resource" name="resource" class="medium" value="\(typed["resource"] ?? "")" aria-describedby="resource-hint"></div>
        <div class="field"><label for="section">担当課</label><select id="section" name="section">\(SelectOptions(mine).html(typed["section"]))</select></div>
        <div class="field"><label for="repertoire">使える文字の範囲</label><select id="repertoire" name="repertoire">\(SelectOptions(Self.repertoires).html(typed["repertoire"]))</select></div>
        <button class="primary">登録する</button></form></details>
        """
    }

    private func clientForm(_ sets: [GatewaySet], _ typed: Posted) -> HTML {
        let boxes: [HTML] = sets.map { set in
            let mark = Attributes().with("checked", ifPresent: typed.all("set").contains(set.id.text) ? "" : nil)
            return """
                <div class="option"><input type="checkbox" id="set-\(set.id.text)" name="set" value="\(set.id.text)"\(mark)><label for="set-\(set.id.text)">\(set.name)（\(set.scope)）</label></div>
                """
        }
        return """
            <details class="act"><summary>受け取るシステムを登録する</summary><form method="post" action="/desk/gateway/clients">
            <div class="field"><label for="client-name">名前</label><input id="client-name" name="name" value="\(typed["name"] ?? "")"></div>
            <fieldset><legend>受け取る表</legend>\(boxes)</fieldset>
            <div class="field"><label for="until">期限</label><p class="hint" id="until-hint">1年以内。例: R9.3.31</p><input id="until" name="until" class="medium" value="\(typed["until"] ?? "")" aria-describedby="until-hint"></div>
            <button class="primary">登録する</button></form></details>
            """
    }

    func set(_ set: GatewaySet, _ content: Content, problem: String? = nil) -> Page {
        let isOwn = officer.may(.handleExtracts, in: set.section)
        let clients: [HTML] = content.clients.filter { client in client.grants.contains { $0.set == set.id } }.map {
            client in
            let agreed = client.grants.first { $0.set == set.id }?.agreedBy
            return """
                <li><a href="\(.gatewayClient(client.id.text))">\(client.name)</a> <span>\(agreed.map { "\(content.names[$0.text] ?? "")が同意" } ?? "同意待ち")</span></li>
                """
        }
        let form: HTML? =
            isOwn
            ? """
            <h2>\(set.content == nil ? "公開する" : "新しい版に差しかえる")</h2><form method="post" action="\(.gatewaySet(set.id))" enctype="multipart/form-data" data-progress="送っています">
            <div class="field"><label for="file">ファイル</label><p class="hint" id="file-hint">見出しのあるCSV。全部を読んで確かめ、一つでもおかしければ公開しません。個人番号があれば、受け取りません。</p>
            <input type="file" id="file" name="file" accept=".csv,text/csv" aria-describedby="file-hint"></div><p role="status" class="sending"></p><button class="primary">確かめて公開する</button></form>
            """ : nil
        let columns: HTML? = set.content.map { "<p>項目: \($0.columns.joined(separator: "、"))</p>" }
        return Page(
            (problem == nil ? "" : "エラー: ") + set.name, zone: .desk(officer),
            """
            <p class="way"><a href="/desk/gateway">データの窓口</a></p>
            \(problem.map { ProblemSummary("公開していません", [("file", "\($0)")]).html })
            <h1>\(set.name) <small>\(town.sectionName(set.section)[.ja])</small></h1>
            <dl class="facts"><div><dt>スコープ</dt><dd><code>\(set.scope)</code></dd></div><div><dt>アドレス</dt><dd><code>\(set.path)</code></dd></div>
            <div><dt>使える文字</dt><dd>\(Self.repertoires.first { $0.id == set.repertoire }?.name ?? "")</dd></div>
            <div><dt>いまの版</dt><dd>\(set.content.map { "第\($0.version)版、\($0.rows.grouped)件" } ?? "まだ内容がありません")</dd></div></dl>\(columns)\(form)
            <h2>受け取るシステム</h2>\(clients.isEmpty ? "<p class=\"quiet\">まだありません。</p>" as HTML : "<ul class=\"rows\">\(clients)</ul>")
            """)
    }

    /// A client; with its secret once, when it was made.
    func client(_ client: GatewayClient, _ content: Content, secret: String? = nil, problem: String? = nil) -> Page {
        let rows: [HTML] = client.grants.map { grant in
            let set = content.sets.first { $0.id == grant.set }
            let mayAgree = set.map { officer.may(.decideCases, in: $0.section) } ?? false
            let button: HTML? =
                mayAgree && !client.isRevoked
                ? """
                <form method="post" action="\(Link.gatewayClient(client.id.text).below("agree"))" class="inline"><input type="hidden" name="set" value="\(grant.set.text)">
                <button name="do" value="\(grant.agreedBy == nil ? "agree" : "end")">\(grant.agreedBy == nil ? "同意する" : "同意を取り消す")</button></form>
                """ : nil
            let state = grant.agreedBy.map { "\(content.names[$0.text] ?? "")が\(grant.at?.day.iso ?? "")に同意" } ?? "同意待ち"
            return
                "<li><span>\(set?.name ?? "")（\(set.map { town.sectionName($0.section)[.ja] } ?? "")）</span> <span>\(state)</span>\(button)</li>"
        }
        let shown: HTML? = secret.map { secret in
            """
            <div class="state good"><p><b>この画面でだけ、秘密が見えます。</b>受け取るシステムに入れたら、どこにも残さないでください。</p>
            <dl class="answers"><div><dt>client_id</dt><dd><code>\(client.id.text)</code></dd></div><div><dt>client_secret</dt><dd><code>\(secret)</code></dd></div></dl></div>
            """
        }
        let revoke: HTML? =
            officer.may(.manageInterfaces) && !client.isRevoked
            ? """
            <details class="act"><summary>取り消す</summary><form method="post" action="\(Link.gatewayClient(client.id.text).below("revoke"))"><p>すぐに、何も取りに来られなくなります。</p><button>取り消す</button></form></details>
            """ : nil
        return Page(
            (problem == nil ? "" : "エラー: ") + client.name, zone: .desk(officer),
            """
            <p class="way"><a href="/desk/gateway">データの窓口</a></p>
            \(problem.map { ProblemSummary("できませんでした", [(nil, "\($0)")]).html })
            <h1>\(client.name)</h1>\(shown)
            <p>期限 \(client.expiresOn.iso)\(client.isRevoked ? "（取り消しました）" : "")。登録した人: \(content.names[client.madeBy.text] ?? "")</p>
            <h2>受け取る表</h2><ul class="rows">\(rows)</ul>\(revoke)
            """)
    }
}
