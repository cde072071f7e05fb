import Core
import HTML
import Japanese
import Web

/// 内容の確認 of a whole conversation: every form, in large print, and the yes of the person.
struct TalkCheckPages {
    let talk: Conversation
    /// The forms that are to be sent, opened.
    let drafts: [OpenCase]
    /// What was sent already: the procedure and its 受付番号.
    let sent: [(title: Text, number: String)]
    /// 案内だけの手続き: their names, and the cards.
    let guided: [(card: String, name: Text)]
    let town: Town
    let hasMail: Bool

    private var language: Language { talk.language }

    /// What was sent from the page and was not taken.
    struct Attempt {
        var refusal: CounterRefusal?
        /// Applications that could not be sent, with why.
        var refused: [(id: Case.ID, refusal: CaseRefusal)] = []
        var agreed: Applications.Confirmation?
        var reuse: Set<ReuseConsent.Purpose> = []
        var mail: MailBox?
    }

    /// - Parameter unfit: the first page of each application that would not be taken today.
    func page(_ attempt: Attempt?, unfit: [Case.ID: Form.Page]) throws -> Page {
        let sections = try drafts.map { try section($0, unfit: unfit[$0.item.id]) }
        let isReady =
            try !drafts.isEmpty
            && drafts.allSatisfy { open in
                try open.journey.firstOpen == nil && unfit[open.item.id] == nil
            }
        let lines = problems(attempt)
        let summary: HTML? = lines.isEmpty ? nil : ProblemSummary("お確かめください", lines).html
        return Page(
            (lines.isEmpty ? "" : "エラー: ") + "内容の確認", status: lines.isEmpty ? 200 : 422,
            """
            <div class="column large">
            <div lang="ja">\(summary)
            <div class="script"><p><span class="tag">読み上げる言葉</span> \
            伺った内容を、もう一度お確かめいただけますか。ちがうところがあれば、お知らせください。</p></div>
            \(tools)</div>
            <div lang="\(language.tag)"><h1>\(DraftTexts.checkTitle.html(language))</h1>
            \(sections)\(others)</div>
            <div lang="ja">\(isReady ? sending(attempt) : waiting)</div>
            </div>
            """)
    }

    private func problems(_ attempt: Attempt?) -> [(control: String?, words: HTML)] {
        guard let attempt else { return [] }
        let own: [(String?, HTML)] =
            attempt.refusal.map { refusal in
                let words: HTML = "\(refusal.words[.ja])"
                return [(refusal.control, words)]
            } ?? []
        let mail: [(String?, HTML)] = attempt.mail?.isWrong == true ? [("news", "\(FieldTexts.mail[.ja])")] : []
        let refused: [(String?, HTML)] = attempt.refused.map { id, refusal in
            let title = drafts.first { $0.item.id == id }?.form.title[.ja] ?? ""
            let words: HTML = "「\(title)」は送れませんでした。\(refusal.words[.ja])ほかの手続きには影響しません。"
            return (nil, words)
        }
        return own + mail + refused
    }

    /// 言葉の選択, the sheet, and the ways out.
    private var tools: HTML {
        let options: [HTML] = town.languages.map { one in
            let selected = Attributes().with("selected", when: one == language)
            return #"<option value="\#(one.id)"\#(selected)>\#(one.name)</option>"#
        }
        return """
            <p class="inline"><a href="\(.talkCheckPaper)" target="_blank">確認書を印刷する（PDF）</a>
            <a href="\(.talkChoice)">手続きを足す</a> <a href="\(.talkInterrupt)">中断する</a></p>
            <form method="post" action="\(.talkLanguage)" class="inline"><label for="language">見せる言葉</label>
            <select id="language" name="language">\(options)</select><button class="quiet">変える</button></form>
            """
    }

    private func section(_ open: OpenCase, unfit: Form.Page?) throws -> HTML {
        let journey = try open.journey
        let id = open.item.id
        let answers = AnswerList(journey: journey, language: language, file: { .file(id, $0.id) }) {
            Preface.isSettled($0.page.id, isPinned: false) && open.item.number != nil
                ? nil : $0.link(id).fromCheck(true)
        }
        let missing: HTML? = (journey.firstOpen ?? unfit).map { page in
            """
            <p class="notice" lang="ja">まだ伺っていないか、伺い直す質問があります。
            <a href="\(Link.question(id, page.id).fromCheck(!page.isExit))">「\(page.question[.ja])」へ</a></p>
            """
        }
        return """
            <h2>\(open.form.title.html(language))</h2>\(missing)\(answers.html)
            \(open.form.declaration.paragraphs(language))
            <form method="post" action="\(.talkDrop)" lang="ja"><input type="hidden" name="card" value="\(open.item.card)">
            <button class="quiet">案内だけにする<span class="unseen">（\(open.form.title[.ja])）</span></button></form>
            """
    }

    private var others: HTML {
        let done: [HTML] = sent.map { title, number in
            "<li><b>\(title.html(language))</b>　\(CounterTexts.sent.html(language))　\(number)</li>"
        }
        let told: [HTML] = guided.map { "<li>\($0.name.html(language))</li>" }
        return (done.isEmpty ? .empty : "<h2>\(CounterTexts.sent.html(language))</h2><ul>\(done)</ul>")
            + (told.isEmpty ? .empty : "<h2>\(CounterTexts.guided.html(language))</h2><ul>\(told)</ul>")
    }

    /// Where something is still open, or nothing is to be sent.
    private var waiting: HTML {
        drafts.isEmpty
            ? """
            <form method="post" action="/desk/counter/end"><button class="primary">会話を終わる（画面から内容を消す）</button></form>
            """
            : """
            <p><a class="button" href="\(.talk)">続きを伺う</a></p>
            """
    }

    private func sending(_ attempt: Attempt?) -> HTML {
        let names: [HTML] = drafts.map { open in
            """
            <input type="hidden" name="submission.\(open.item.id.text)" value="\(ID<Case>().text)">
            <input type="hidden" name="revision.\(open.item.id.text)" value="\(open.item.revision)">
            """
        }
        let ways: [HTML] = Applications.Confirmation.allCases.enumerated().map { index, way in
            let id = index == 0 ? "agreed" : "agreed-\(way.rawValue)"
            let checked = Attributes().with("checked", when: attempt?.agreed == way)
            return """
                <div class="option"><input type="radio" id="\(id)" name="agreed" value="\(way.rawValue)"\(checked)>
                <label for="\(id)">\(way.name)</label></div>
                """
        }
        let error: HTML? =
            attempt?.refusal == .notAgreed ? #"<p class="error">\#(CounterRefusal.notAgreed.words[.ja])</p>"# : nil
        let purposes = ReuseConsent.Purpose.allCases.filter { purpose in
            drafts.contains { $0.form.reusePurposes.contains(purpose) }
        }
        let mail = hasMail ? attempt?.mail ?? MailBox(language: language, typed: firstMail) : nil
        return """
            <h2>送信</h2>
            <div class="script"><p><span class="tag">読み上げる言葉</span> この内容で、\(drafts.count)つの手続きをお出ししてよろしいですか。</p></div>
            <form method="post" action="\(.talkSubmit)">\(names)
            <fieldset><legend>お確かめの方法</legend>\(error)\(ways)</fieldset>
            <div lang="\(language.tag)">\(ReusePages.boxes(attempt?.reuse ?? [], of: purposes, language))\(mail?.html)</div>
            <button class="primary">\(drafts.count)つの手続きを送る</button></form>
            <form method="post" action="\(.talkStop)"><button class="quiet">送らずに終わる（ここで伺った内容を消す）</button></form>
            """
    }

    private var firstMail: String { drafts.lazy.compactMap { try? $0.journey.applicantMail }.first ?? "" }
}

/// 受付の控え of a conversation: numbers and codes on one page.
struct TalkReceipt {
    let sent: [OpenCase]
    let guided: [Text]
    let town: Town
    let language: Language

    var page: Page {
        get throws {
            let lines: [HTML] = try sent.map { open in
                """
                <li><p><b>\(open.form.title.html(language))</b>（\(town.sectionName(open.item.section).html(language))）</p>
                <p>\(CaseTexts.number.html(language))　<b class="big">\(open.item.number ?? "")</b></p>
                <p>\(CaseTexts.code.html(language))　<b class="big">\(Code.grouped(try open.code))</b></p></li>
                """
            }
            let told: [HTML] = guided.map { "<li>\($0.html(language))</li>" }
            return Page(
                CounterTexts.receipts[language],
                """
                <div class="column large"><div lang="\(language.tag)">
                <div class="done"><h1>\(CounterTexts.sent.html(language))</h1></div>
                <ul class="messages">\(lines)</ul>
                <p>\(CounterTexts.receiptsHow.html(language))</p>
                \(told.isEmpty ? .empty : "<h2>\(CounterTexts.guided.html(language))</h2><ul>\(told)</ul>" as HTML)</div>
                <div lang="ja"><p><a class="button" href="\(.talkReceiptPaper)" target="_blank">控えを印刷する（PDF）</a></p>
                <form method="post" action="/desk/counter/end"><button class="primary">会話を終わる（画面から内容を消す）</button></form></div>
                </div>
                """)
        }
    }
}
