import Core
import HTML
import Japanese
import Web

/// 2つめの画面, as the person sees it, and how it is paired.
struct ScreenPages {
    let town: Town

    /// A question in large letters: what is asked and what can be chosen. Nothing can be pressed.
    /// - Parameter answers: what was answered beside it; what was heard already is not shown again.
    func question(_ spot: Spot, _ answers: Answers, _ language: Language) -> Page {
        let page = spot.page
        let asked = page.fields.filter { answers[$0.id]?.isHeard != true }
        let who: HTML? = spot.row.map {
            "<p class=\"lead\">\($0.row.title($0.number, in: $0.group).html(language))</p>"
        }
        let fields: [HTML] = asked.map { field in
            let label: HTML? = page.fields.count > 1 ? "<h2>\(field.label.html(language))</h2>" : nil
            let words: HTML? =
                switch field.kind {
                case .information(let words), .consent(let words): words.paragraphs(language)
                default: nil
                }
            let options: [HTML] = field.options.map { "<li>\($0.label.html(language))</li>" }
            return
                "\(label)\(field.hint.map { "<p class=\"hint\">\($0.html(language))</p>" })\(words)\(options.isEmpty ? .empty : "<ul>\(options)</ul>" as HTML)"
        }
        let exit: HTML? = if case .exit(let words) = page.content { words.paragraphs(language) } else { nil }
        return look(
            page.question[language], language,
            """
            \(who)<h1>\(page.question.html(language))</h1>
            \(page.hint.map { "<div class=\"hint\">\($0.paragraphs(language))</div>" })\(exit)\(fields)
            """)
    }

    /// 内容の確認.
    func check(_ drafts: [OpenCase], _ language: Language) throws -> Page {
        let sections = try drafts.map { open -> HTML in
            var answers = AnswerList(journey: try open.journey, language: language, file: { _ in .screen })
            answers.isOnlyShown = true
            return """
                <h2>\(open.form.title.html(language))</h2>\(answers.html)\(open.form.declaration.paragraphs(language))
                """
        }
        return look(
            DraftTexts.checkTitle[language], language,
            "<h1>\(DraftTexts.checkTitle.html(language))</h1><p>\(CounterTexts.sheetHow.html(language))</p>\(sections)")
    }

    /// Nothing of anybody.
    func blank(_ language: Language) -> Page {
        look(
            CounterTexts.screenTitle[language], language,
            "<h1>\(town.name.html(language))</h1><p class=\"lead\">\(CounterTexts.welcome.html(language))</p>")
    }

    private func look(_ title: String, _ language: Language, _ body: HTML) -> Page {
        Page(title, zone: .screen, "<div class=\"screen\" lang=\"\(language.tag)\">\(body)</div>")
    }

    /// Where the tablet types the code.
    func pairing(isWrong: Bool) -> Page {
        let words = "コードが違うか、時間が過ぎました。職員の画面に新しいコードを出して、入力してください。"
        let attributes = Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil)
            .with("aria-describedby", isWrong ? "code-hint code-error" : "code-hint")
        return Page(
            (isWrong ? "エラー: " : "") + "窓口の画面", zone: .screen, status: isWrong ? 422 : 200,
            """
            <div class="column" lang="ja">\(isWrong ? ProblemSummary("お確かめください", [("code", "\(words)")]).html : .empty)
            <h1>窓口の画面</h1>
            <form method="post" action="\(.screen)"><div class="field"><label for="code">組み合わせコード</label>
            <p class="hint" id="code-hint">職員の「2つめの画面をつなぐ」のページに出る、6桁の数字です。</p>\(isWrong ? #"<p class="error" id="code-error">\#(words)</p>"# as HTML : .empty)
            <input id="code" name="code" class="short" inputmode="numeric" autocomplete="off"\(attributes)></div>
            <button class="primary">つなぐ</button></form></div>
            """)
    }

    /// For the officer: how many screens follow, and a code for another one.
    static func desk(_ officer: Officer, count: Int, code: String?, isTalking: Bool) -> Page {
        let shown: HTML? = code.map {
            """
            <p class="code"><span>組み合わせコード</span> <b>\(String($0.prefix(3)))-\(String($0.suffix(3)))</b></p>
            <p>5分以内に、タブレットで <b>\(Link.screen.address)</b> を開いて入力してください。1回だけ使えます。</p>
            """
        }
        let back: HTML = isTalking ? #"<a href="\#(.talk)">会話へ戻る</a>"# : #"<a href="\#(.counter)">窓口へ戻る</a>"#
        let forget: HTML =
            count > 0
            ? """
            <form method="post" action="\(Link.screens.below("forget"))"><button class="quiet">つながりをすべて切る</button></form>
            """ : .empty
        return Page(
            "2つめの画面", zone: .desk(officer),
            """
            <p class="way">\(back)</p>
            <h1>2つめの画面</h1>
            <p>タブレットなどを、来庁された方に向けて置きます。いま伺っている質問と、確認の内容だけを大きく映します。会話が終わるか中断すると、すぐに消えます。</p>
            <p>いま、このサインインにつながっている画面: <b>\(count)台</b>。サインアウトすると切れます。</p>\(shown)
            <form method="post" action="\(.screens)"><button class="primary">\(code == nil ? "コードを出す" : "新しいコードを出す")</button></form>
            \(forget)
            """)
    }
}
