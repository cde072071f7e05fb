import Core
import HTML
import Japanese
import Register
import Web

/// 窓口の会話のページ besides its questions: choosing procedures, and interrupting. Each says nothing of anybody in its address.
struct TalkPages {
    let talk: Conversation

    /// What somebody may be here for.
    struct Choices {
        /// ライフイベント, each with how many procedures it leads to.
        let events: [(event: LifeEvent, count: Int)]
        let event: LifeEvent?
        let typed: String
        /// How the words were found.
        let how: Finder.How
        /// What was found: those that can be applied for here, and those that are only explained.
        let forms: [Card]
        let guidance: [Card]
        /// What was chosen before.
        let chosen: [(card: Card, part: Conversation.Part)]
    }

    /// 手続きを選ぶ.
    func choose(_ choices: Choices, problem: CounterRefusal?) -> Page {
        let summary: HTML? = problem.map { ProblemSummary("お確かめください", [($0.control, "\($0.words[.ja])")]).html }
        return Page(
            (problem == nil ? "" : "エラー: ") + "手続きを選ぶ", status: problem == nil ? 200 : 422,
            """
            <div lang="ja">\(summary)
            <h1>どの手続きでいらっしゃいましたか</h1>
            <div class="script"><p><span class="tag">読み上げる言葉</span> 今日は、どのようなご用件でしょうか。</p></div>
            \(chosen(choices.chosen))
            <div class="two">
            <div>\(found(choices, problem))</div>
            <div>\(search(choices))</div>
            </div></div>
            """)
    }

    private func chosen(_ chosen: [(card: Card, part: Conversation.Part)]) -> HTML? {
        guard !chosen.isEmpty else { return nil }
        let lines: [HTML] = chosen.map { card, part in
            let kind = part.application == nil ? "案内だけ" : part.sentAt == nil ? "入力する" : "送った"
            let drop: HTML =
                part.sentAt == nil
                ? """
                <form method="post" action="\(.talkDrop)" class="inline"><input type="hidden" name="card" value="\(card.id)">
                <input type="hidden" name="back" value="choose">
                <button class="quiet">\(part.application == nil ? "外す" : "案内だけにする")<span class="unseen">（\(card.name[.ja])）</span></button></form>
                """ : .empty
            return "<li><span>\(card.name[.ja]) <span class=\"tag\">\(kind)</span></span> \(drop)</li>"
        }
        return """
            <h2>この会話の手続き</h2><ul class="rows">\(lines)</ul>
            <p><a class="button primary" href="\(.talk)">質問へ進む</a></p>
            """
    }

    private func found(_ choices: Choices, _ problem: CounterRefusal?) -> HTML {
        let chosen = Set(choices.chosen.filter { $0.part.application != nil }.map(\.card.id))
        let told = Set(choices.chosen.map(\.card.id))
        let forms = choices.forms.filter { !chosen.contains($0.id) }.enumerated().map { index, card in
            box("card", card, id: index == 0 ? "chosen" : "card-\(card.id)", tag: nil)
        }
        let guidance = choices.guidance.filter { !told.contains($0.id) }.enumerated().map { index, card in
            box("guide", card, id: index == 0 && forms.isEmpty ? "chosen" : "guide-\(card.id)", tag: "案内だけ")
        }
        let title = title(choices)
        guard !forms.isEmpty || !guidance.isEmpty else {
            return """
                <h2>\(title)</h2><p>ほかに選べる手続きはありません。短い言葉でさがすか、くらしの場面を選んでください。</p>
                """
        }
        let event: HTML? = choices.event.map { #"<input type="hidden" name="event" value="\#($0.rawValue)">"# }
        let error: HTML? = problem.map { #"<p class="error">\#($0.words[.ja])</p>"# }
        return """
            <h2>\(title)</h2>
            <form method="post" action="\(.talkChoice)">\(event)
            <fieldset><legend>手続き</legend>\(error)\(forms)\(guidance)</fieldset>
            <button class="primary" name="then" value="ask">選んだ手続きの質問へ進む</button>
            <button name="then" value="more">選んで、ほかの手続きもさがす</button></form>
            """
    }

    private func title(_ choices: Choices) -> String {
        if choices.typed.isEmpty { return choices.event.map { $0.name[.ja] } ?? "すべての手続き" }
        return switch choices.how {
        case .exact, .nothing: "「\(choices.typed)」"
        case .near(let meant): "もしかして「\(meant)」"
        case .related: "「\(choices.typed)」に関係のある手続き"
        }
    }

    private func box(_ name: String, _ card: Card, id: String, tag: String?) -> HTML {
        let tag: HTML? = tag.map { #" <span class="tag">\#($0)</span>"# }
        return """
            <div class="option"><input type="checkbox" id="\(id)" name="\(name)" value="\(card.id)">
            <label for="\(id)">\(card.name[.ja])\(tag)</label>
            <p class="hint">\(card.summary[.ja]) <a href="\(.procedure(card.id))" target="_blank">案内<span class="unseen">（\(card.name[.ja])、別の画面）</span></a></p></div>
            """
    }

    private func search(_ choices: Choices) -> HTML {
        let events: [HTML] = choices.events.map { event, count in
            let current = Attributes().with("aria-current", ifPresent: event == choices.event ? "true" : nil)
            let place = Link.talkChoice.asking([("event", event.rawValue)])
            return #"<li><a href="\#(place)"\#(current)>\#(event.name[.ja])（\#(count)）</a></li>"#
        }
        return """
            <h2>くらしの場面</h2><ul class="ways">\(events)</ul>
            <h2>言葉でさがす</h2>
            <form method="get" action="\(.talkChoice)"><div class="field"><label for="q">手続きの名前や言葉</label>
            <input id="q" name="q" class="wide" value="\(choices.typed)" autocomplete="off"></div><button>さがす</button></form>
            <p><a href="\(.talkChoice)">すべての手続き</a></p>
            <h2>中断・終了</h2>
            <p><a href="\(.talkInterrupt)">中断する</a></p>
            """
    }

    /// 中断の前に: the codes that open it again.
    func interrupt(_ drafts: [(title: Text, code: String)]) -> Page {
        let codes: [HTML] = drafts.map { title, code in
            "<div><dt>\(title[.ja])</dt><dd><b class=\"big\">\(Code.grouped(code))</b></dd></div>"
        }
        let how: HTML =
            codes.isEmpty
            ? "<p>まだ手続きを選んでいません。会話は終わり、何も残りません。</p>"
            : """
            <p>伺った内容はすべて保存されます。画面からは消えます。続きは、窓口のページの「中断した会話」から、どの職員でも再開できます。</p>
            <p>続けるときに必要な確認コードです。どれか1つを、ご本人にお渡しください。ご自宅のスマートフォンやパソコンからも続けられます。</p>
            <dl class="facts">\(codes)</dl>
            """
        return Page(
            "会話を中断する",
            """
            <div class="column" lang="ja"><p class="way"><a href="\(.talk)">会話へ戻る</a></p>
            <h1>会話を中断しますか</h1>\(how)
            <form method="post" action="\(.talkInterrupt)"><button class="primary">中断する（画面から内容を消す）</button></form>
            </div>
            """)
    }
}
