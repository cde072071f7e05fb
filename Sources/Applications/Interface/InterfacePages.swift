import Core
import HTML
import Japanese
import Register
import Web

/// 外部連携, as those who look after it and the deciders see it.
struct InterfacePages {
    let officer: Officer
    let town: Town
    let cards: [Card]
    let names: [String: String]
    let today: Day

    /// What was typed into the form for a token or a webhook, if it has to be mended.
    struct Attempt: Sendable {
        let posted: Posted
        let refusal: InterfaceRefusal
        /// The form that it was.
        let form: String
    }

    func page(tokens: [MachineToken], hooks: [Webhook], attempt: Attempt?) -> Page {
        let summary: HTML? = attempt.map { attempt in
            let control = attempt.refusal.control.map { "\(attempt.form)-\($0)" }
            return ProblemSummary("登録できませんでした", [(control, "\(attempt.refusal.words[.ja])")]).html
        }
        return Page(
            (attempt == nil ? "" : "エラー: ") + "外部連携", zone: .desk(officer), status: attempt == nil ? 200 : 422,
            """
            \(summary)
            <h1>外部連携</h1>
            <p>ほかのシステムが申請を読んだり、できごとの知らせを受けたりするところです。<a href="/api">プログラムを書く人のための説明</a></p>
            <div class="two"><div>
            <h2>トークン</h2>
            \(tokens.isEmpty ? "<p>まだありません。</p>" : .empty)\(tokens.map(token))
            <h2>知らせ（Webhook）</h2>
            \(hooks.isEmpty ? "<p>まだありません。</p>" : .empty)\(hooks.map(hook))
            </div><div>
            \(tokenForm(attempt?.form == "token" ? attempt : nil, isFirst: tokens.isEmpty))
            \(hookForm(attempt?.form == "hook" ? attempt : nil, isFirst: hooks.isEmpty))
            </div></div>
            """)
    }

    /// 一度だけ: a token or a secret, right after it was made.
    func secret(_ words: String, _ secret: String, for name: String) -> Page {
        Page(
            words, zone: .desk(officer),
            """
            <div class="column"><h1>\(words)</h1>
            <p>「\(name)」の値です。<b>この画面でしか見られません。</b>相手のシステムに登録してから、このページを閉じてください。</p>
            <p class="code"><code class="digest">\(secret)</code></p>
            <p>なくしたときは、取り消して、もう一度作ってください。</p>
            <p><a class="button" href="/desk/interfaces">登録しました</a></p></div>
            """)
    }

    private func cardName(_ id: String) -> String { cards.first { $0.id == id }?.name[.ja] ?? id }

    private func token(_ token: MachineToken) -> HTML {
        let state = token.state(on: today)
        let agreements: [HTML] = token.cards.map { card in
            let by = card.officer.map { "同意: \(names[$0.text] ?? "職員")（\(card.at?.day.iso ?? "")）" }
            return """
                <li>\(cardName(card.card)) <small>\(town.sectionName(card.section)[.ja])　\(by ?? "同意を待っています")</small></li>
                """
        }
        let isOver = state == .revoked || state == .expired
        let revoke: HTML? =
            isOver
            ? nil
            : """
            <form method="post" action="\(Link("/desk/interfaces/tokens").below(token.id.text).below("revoke"))">
            <button class="quiet">取り消す（すぐに使えなくなります）<span class="unseen">\(token.name)</span></button></form>
            """
        return """
            <div class="words"><p><b>\(token.name)</b> <span class="tag \(state == .valid ? "good" : "attention")">\(state.name)</span><br>
            <small>\(token.scopes.map(\.name).sorted().joined(separator: "、"))</small></p>
            <ul>\(agreements)</ul>
            <p><small>期限 \(token.expiresOn.iso)　最後に使われた日時 \(token.lastUsedAt.map { "\($0.day.iso) \($0.timeOfDay)" } ?? "まだ")\
            　発行 \(names[token.madeBy.text] ?? "職員")（\(token.madeAt.day.iso)）</small></p>\(revoke)</div>
            """
    }

    private func hook(_ hook: Webhook) -> HTML {
        let state: HTML =
            if hook.endedAt != nil { "<span class=\"tag\">やめました</span>" } else if hook.stoppedAt != nil {
                "<span class=\"tag attention\">止まっています</span>"
            } else if hook.failingSince != nil { "<span class=\"tag attention\">届いていません</span>" } else {
                "<span class=\"tag good\">有効</span>"
            }
        return """
            <div class="words"><p><b><a href="\(.webhook(hook.id))">\(hook.name)</a></b> \(state)<br>
            <small class="digest">\(hook.url)</small></p>
            <p><small>\(hook.cards.map(cardName).joined(separator: "、"))　\(hook.events.map(\.name).joined(separator: "、"))</small></p></div>
            """
    }

    private func tokenForm(_ attempt: Attempt?, isFirst: Bool) -> HTML {
        """
        <details class="act"\(Attributes().with("open", when: isFirst || attempt != nil))><summary>トークンを発行する</summary>
        <form method="post" action="/desk/interfaces/tokens">
        \(input("token", "name", "名前（相手のシステム）", attempt, hint: "記録に、この名前が残ります。"))
        \(boxes("token", "scopes", "できること", Machine.Scope.allCases.map { ($0.rawValue, $0.name) }, attempt))
        \(boxes("token", "cards", "手続き", cards.map { ($0.id, $0.name[.ja]) }, attempt))
        \(input("token", "expires", "期限", attempt, hint: "1年以内。例: R9.3.31"))
        <p class="hint">発行したあと、手続きの担当課の決裁者が同意すると使えます。</p>
        <button>発行する</button></form></details>
        """
    }

    private func hookForm(_ attempt: Attempt?, isFirst: Bool) -> HTML {
        """
        <details class="act"\(Attributes().with("open", when: isFirst || attempt != nil))><summary>知らせを登録する</summary>
        <form method="post" action="/desk/interfaces/webhooks">
        \(input("hook", "name", "名前（相手のシステム）", attempt, hint: "一覧に、この名前で出ます。"))
        \(input("hook", "url", "送り先のアドレス", attempt, hint: "https:// で始まるもの。庁内のアドレスは、設定 webhook.lan に書いたものだけ。"))
        \(boxes("hook", "events", "知らせること", Webhook.Kind.allCases.map { ($0.rawValue, $0.name) }, attempt))
        \(boxes("hook", "cards", "手続き", cards.map { ($0.id, $0.name[.ja]) }, attempt))
        <button>登録する</button></form></details>
        """
    }

    private func input(_ form: String, _ name: String, _ label: String, _ attempt: Attempt?, hint: String) -> HTML {
        let id = "\(form)-\(name)"
        let isWrong = attempt?.refusal.control == name
        let attributes = Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil)
            .with("aria-describedby", isWrong ? "\(id)-error \(id)-hint" : "\(id)-hint")
        return """
            <div class="field"><label for="\(id)">\(label)</label><p class="hint" id="\(id)-hint">\(hint)</p>
            \(isWrong ? error(id, attempt) : nil)
            <input id="\(id)" name="\(name)" class="wide" value="\(attempt?.posted[name] ?? "")" autocomplete="off"\(attributes)></div>
            """
    }

    private func boxes(
        _ form: String, _ name: String, _ legend: String, _ options: [(value: String, words: String)],
        _ attempt: Attempt?
    ) -> HTML {
        let id = "\(form)-\(name)"
        let chosen = Set(attempt?.posted.all(name) ?? [])
        let lines: [HTML] = options.map { value, words in
            """
            <div class="option"><input type="checkbox" id="\(id)-\(value)" name="\(name)" value="\(value)"\
            \(Attributes().with("checked", when: chosen.contains(value)))><label for="\(id)-\(value)">\(words)</label></div>
            """
        }
        return """
            <fieldset id="\(id)" tabindex="-1"><legend>\(legend)</legend>\(attempt?.refusal.control == name ? error(id, attempt) : nil)
            <div class="many">\(lines)</div></fieldset>
            """
    }

    private func error(_ id: String, _ attempt: Attempt?) -> HTML? {
        attempt.map { #"<p class="error" id="\#(id)-error">\#($0.refusal.words[.ja])</p>"# }
    }

    /// 同意: what the decider of a section is asked.
    func agreements(_ tokens: [MachineToken]) -> Page {
        let lines: [HTML] = tokens.flatMap { token in
            token.cards.filter { officer.may(.decideCases, in: $0.section) }.map { agreement(token, $0) }
        }
        return Page(
            "外部連携への同意", zone: .desk(officer),
            """
            <h1>外部連携への同意</h1>
            <p>ほかのシステムに、課の申請を読ませてよいかを決めます。同意はいつでも取り消せて、すぐに読めなくなります。</p>
            \(lines.isEmpty ? "<p class=\"notice\">たずねられていることはありません。</p>" : .empty)\(lines)
            """)
    }

    private func agreement(_ token: MachineToken, _ card: MachineToken.Agreement) -> HTML {
        let state = token.state(on: today)
        let isOver = state == .revoked || state == .expired
        let verb = card.officer == nil ? "agree" : "disagree"
        let place = Link("/desk/agreements").below(token.id.text).below(card.card).below(verb)
        let button: HTML? =
            isOver && card.officer == nil
            ? nil
            : """
            <form method="post" action="\(place)"><button>\(card.officer == nil ? "同意する" : "同意を取り消す")\
            <span class="unseen">\(token.name) \(cardName(card.card))</span></button></form>
            """
        let by = card.officer.map { "同意: \(names[$0.text] ?? "職員")（\(card.at?.day.iso ?? "")）" } ?? "まだ同意していません"
        return """
            <div class="words"><p><b>\(token.name)</b> が「\(cardName(card.card))」の申請について: \
            \(token.scopes.map(\.name).sorted().joined(separator: "、"))</p>
            <p><small>期限 \(token.expiresOn.iso)　発行 \(names[token.madeBy.text] ?? "職員")　\(isOver ? state.name : by)</small></p>\(button)</div>
            """
    }
}

extension Link {
    static func webhook(_ id: Webhook.ID) -> Link { "/desk/interfaces/webhooks/\(id.text)" }
}
