import Core
import HTML
import Japanese
import Register
import Web

/// 窓口・紙の入力, as officers begin it.
struct CounterPages {
    let officer: Officer
    let town: Town

    /// What was typed and what is wrong with it.
    struct Attempt {
        let problem: Problem
        let typed: String
    }

    /// What is wrong with what was typed.
    enum Problem {
        /// 来庁した時刻.
        case arrival
        /// 確認コード.
        case code
        /// 様式番号.
        case form

        var words: String {
            switch self {
            case .arrival: CounterRefusal.arrival.words[.ja]
            case .code: "この確認コードの申請は見つかりませんでした。もう一度お確かめください。"
            case .form: "この様式番号の申請書は見つかりませんでした。紙の右上の番号（例: dog-registration-3）をお確かめください。"
            }
        }

        var control: String {
            switch self {
            case .arrival: "arrived"
            case .code: "code"
            case .form: "form"
            }
        }
    }

    /// What is there to go on with.
    struct State {
        /// The cards that can be applied for.
        let cards: [Card]
        /// True where this browser is in a conversation.
        let isTalking: Bool
        /// 中断した会話, each with the names of its procedures.
        let interrupted: [(talk: Conversation, procedures: [String])]
        /// The name of the conversation that the page begins.
        let talk: Conversation.ID
        /// Where the officer works at the counter.
        let sections: [String]
    }

    func page(_ state: State, _ attempt: Attempt?) -> Page {
        let summary: HTML? = attempt.map {
            ProblemSummary("入力内容をお確かめください", [($0.problem.control, "\($0.problem.words)")]).html
        }
        let talking: HTML? =
            state.isTalking
            ? """
            <div class="notice"><p>この画面では、会話の途中です。</p><p><a class="button" href="\(.talk)">会話へ戻る</a></p>
            <form method="post" action="/desk/counter/end"><button class="quiet">会話を終わる・中断する（画面から内容を消す）</button></form></div>
            """ : nil
        return Page(
            (attempt == nil ? "" : "エラー: ") + "窓口", zone: .desk(officer), status: attempt == nil ? 200 : 422,
            """
            \(summary)
            <h1>窓口</h1>\(talking)
            <div class="two">
            <div>\(beginning(state, attempt))\(interrupted(state))</div>
            <div>
            \(box(.code, "確認コードで続ける", "確認コード", "/desk/counter/code", "来庁された方の控えや、印刷した申請書に書かれています。", attempt))
            \(papers(state, attempt))
            <h2>窓口の道具</h2>
            <ul><li><a href="\(.screens)">2つめの画面をつなぐ</a></li><li><a href="\(.counterTimes)">窓口の時間</a></li>
            <li><a href="\(.queue)">発券機の記録</a></li></ul>
            </div></div>
            """)
    }

    private func beginning(_ state: State, _ attempt: Attempt?) -> HTML {
        let wrong = attempt?.problem == .arrival
        let attributes = Attributes().with("aria-invalid", ifPresent: wrong ? "true" : nil)
            .with("aria-describedby", wrong ? "arrived-hint arrived-error" : "arrived-hint")
        let options: [HTML] = state.sections.map {
            #"<option value="\#($0)">\#(town.sectionName($0)[.ja])</option>"#
        }
        let section: HTML =
            state.sections.count > 1
            ? """
            <div class="field"><label for="section">どこの窓口ですか</label><select id="section" name="section">\(options)</select></div>
            """ : #"<input type="hidden" name="section" value="\#(state.sections.first ?? "")">"#
        return """
            <h2>会話を始める</h2>
            <p>質問を読み上げ、答えを入力します。いくつもの手続きを、一度の質問で進められます。</p>
            <form method="post" action="/desk/counter/begin"><input type="hidden" name="talk" value="\(state.talk.text)">\(section)
            <div class="field"><label for="arrived">来庁した時刻 <span class="tag">任意</span></label>
            <p class="hint" id="arrived-hint">番号札などの時刻。例: 9:05</p>\(wrong ? #"<p class="error" id="arrived-error">\#(CounterRefusal.arrival.words[.ja])</p>"# as HTML : .empty)
            <input id="arrived" name="arrived" class="short" inputmode="numeric" value="\(wrong ? attempt?.typed ?? "" : "")" autocomplete="off"\(attributes)></div>
            <button class="primary">会話を始める</button></form>
            """
    }

    private func interrupted(_ state: State) -> HTML {
        let lines: [HTML] = state.interrupted.map { talk, procedures in
            let since = talk.interruptedAt ?? talk.usedAt
            let words = "\(since.day.iso) \(since.timeOfDay)"
            return """
                <li><span>\(words)　\(town.sectionName(talk.section)[.ja])<br>\(procedures.joined(separator: "、"))</span>
                <a href="\(.interrupted(talk.id))">再開する<span class="unseen">（\(words)）</span></a></li>
                """
        }
        return """
            <h2>中断した会話</h2>
            \(lines.isEmpty ? "<p>ありません。</p>" : #"<ul class="rows">\#(lines)</ul>"# as HTML)
            """
    }

    private func papers(_ state: State, _ attempt: Attempt?) -> HTML {
        let rows: [HTML] = state.cards.map { card in
            """
            <li><form method="post" action="/desk/counter/paper" class="inline"><input type="hidden" name="card" value="\(card.id)">
            <span>\(card.name[.ja])</span> <button class="quiet">入力<span class="unseen">（\(card.name[.ja])を紙から）</span></button>
            <a href="\(.paperForm(card.id))" target="_blank">用紙<span class="unseen">（\(card.name[.ja])、PDF）</span></a></form></li>
            """
        }
        return """
            \(box(.form, "紙の申請書から入力する", "様式番号", "/desk/counter/paper", "紙の申請書の右上に書かれています。", attempt))
            <details class="act"><summary>手続きの名前から選ぶ・用紙を印刷する</summary><ul class="outline plain">\(rows)</ul></details>
            """
    }

    private func box(
        _ kind: Problem, _ title: String, _ label: String, _ action: Link, _ hint: String, _ attempt: Attempt?
    ) -> HTML {
        let id = kind.control
        let isWrong = attempt?.problem == kind
        let attributes = Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil)
            .with("aria-describedby", isWrong ? "\(id)-hint \(id)-error" : "\(id)-hint")
        return """
            <h2>\(title)</h2>
            <form method="post" action="\(action)"><div class="field"><label for="\(id)">\(label)</label>
            <p class="hint" id="\(id)-hint">\(hint)</p>\(isWrong ? #"<p class="error" id="\#(id)-error">\#(kind.words)</p>"# as HTML : .empty)
            <input id="\(id)" name="\(id)" class="medium" value="\(isWrong ? attempt?.typed ?? "" : "")" autocomplete="off"\(attributes)></div>
            <button>開く</button></form>
            """
    }

    /// 中断した会話の再開: when it was, what for, and how the person is recognised.
    func resume(_ talk: Conversation, _ procedures: [String], typed: String, problem: CounterRefusal?) -> Page {
        let since = talk.interruptedAt ?? talk.usedAt
        let summary: HTML? = problem.map { ProblemSummary("お確かめください", [($0.control, "\($0.words[.ja])")]).html }
        let isWrong = problem == .wrongCode
        let error: HTML? =
            isWrong ? #"<p class="error" id="code-error">\#(CounterRefusal.wrongCode.words[.ja])</p>"# : nil
        let attributes = Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil)
            .with("aria-describedby", ifPresent: isWrong ? "code-error" : nil)
        let ways: [HTML] = PrefaceTexts.identities.filter { $0.value != "none" }.enumerated().map { index, way in
            let id = index == 0 ? "proof" : "proof-\(way.value)"
            return """
                <div class="option"><input type="radio" id="\(id)" name="proof" value="\(way.value)">
                <label for="\(id)">\(way.label[.ja])</label></div>
                """
        }
        return Page(
            (problem == nil ? "" : "エラー: ") + "会話の再開", zone: .desk(officer), status: problem == nil ? 200 : 422,
            """
            <p class="way"><a href="\(.counter)">窓口へ戻る</a></p>\(summary)
            <h1>中断した会話を再開する</h1>
            <dl class="facts"><div><dt>中断した日時</dt><dd>\(since.day.bothCalendars) \(since.timeOfDay)</dd></div>
            <div><dt>手続き</dt><dd>\(procedures.joined(separator: "、"))</dd></div></dl>
            <p>ご本人の控えの確認コードを入力するか、本人確認をしてください。どちらで確かめたかを記録します。</p>
            <form method="post" action="\(.interrupted(talk.id))"><div class="field"><label for="code">確認コード</label>\(error)
            <input id="code" name="code" class="medium" value="\(typed)" autocomplete="off"\(attributes)></div>
            <fieldset><legend>コードがないとき: 本人確認の方法</legend>\(ways)</fieldset>
            <button class="primary">再開する</button></form>
            """)
    }

    /// 閉じました: what is shown where nobody went on.
    static let closed = Page(
        "窓口の画面を閉じました", zone: .desk(nil),
        """
        <div class="column"><h1>窓口の画面を閉じました</h1>
        <p>しばらく操作がなかったため、画面から内容を消しました。入力した内容は保存されています。会話の続きは、窓口のページの「中断した会話」から再開できます。</p>
        <p><a class="button" href="\(.counter)">窓口のページへ</a></p></div>
        """)

    /// 新しい確認コード, to be handed over.
    func code(_ code: String, of item: Case, revoked: Bool) -> Page {
        Page(
            "新しい確認コード", zone: .desk(officer),
            """
            <p class="way"><a href="\(.desk(item.id))">\(item.number ?? "申請")へ戻る</a></p>
            <h1>新しい確認コード</h1>
            <p>\(revoked ? "委任の取消しを記録しました。代理人が持っていた確認コードは、使えなくなりました。" : "前の確認コードは、使えなくなりました。")
            本人確認をしたうえで、次のコードを申請した方にお渡しください。この画面を閉じると、表示されません。</p>
            <p class="code"><span>\(item.number ?? "")</span> <b>\(Code.grouped(code))</b></p>
            """)
    }
}
