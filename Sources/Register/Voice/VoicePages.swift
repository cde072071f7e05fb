import Core
import HTML
import Web
import Japanese

/// Where somebody says what they think of a page, and where the staff read it.
struct VoicePages {
    let language: Language

    /// Thanks, and a place for words.
    /// - Parameter stories: what came of the voice, where somebody comes back to see.
    func thanks(_ id: Voice.ID, typed: String = "", problem: Text? = nil, stories: [Text] = []) -> Page {
        let attributes = Attributes().with("aria-describedby", problem == nil ? "words-hint" : "words-hint words-error")
            .with("aria-invalid", ifPresent: problem == nil ? nil : "true")
        let error: HTML? = problem.map { #"<p class="error" id="words-error">\#($0.html(language))</p>"# }
        return Page(
            VoiceTexts.thanks[language], status: problem == nil ? 200 : 422,
            """
            <div class="column">
            <h1>\(VoiceTexts.thanks.html(language))</h1>
            \(stories.map { "<p class=\"notice\">\($0.html(language))</p>" as HTML })
            <form method="post" action="\(Link("/voice").below(id.text))">
            <div class="field"><label for="words">\(VoiceTexts.label.html(language))</label>
            <p class="hint" id="words-hint">\(VoiceTexts.hint.html(language))</p>\(error)
            <textarea id="words" name="words" rows="4"\(attributes)>
            \(typed)</textarea></div>
            <button>\(VoiceTexts.send.html(language))</button>
            </form>
            <p><a href="/">\(VoiceTexts.home.html(language))</a></p>
            </div>
            """)
    }

    func done() -> Page {
        Page(
            VoiceTexts.done[language],
            """
            <div class="column"><h1>\(VoiceTexts.done.html(language))</h1>
            <p>\(VoiceTexts.doneHow.html(language))</p><p><a href="/">\(VoiceTexts.home.html(language))</a></p></div>
            """)
    }

    /// 町民の声, at the desk: how the pages do, and the newest words.
    /// - Parameter observe: where an observation is made of a voice.
    func list(_ voices: [Voice], officer: Officer, observe: (String) -> Link) -> Page {
        let pages = Dictionary(grouping: voices, by: \.page).sorted {
            ($1.value.count, $0.key) < ($0.value.count, $1.key)
        }
        let rows: [HTML] = pages.map { page, voices in
            let useful = voices.count { $0.isUseful }
            return """
                <tr><th scope="row">\(page)</th><td class="number">\(useful)</td><td class="number">\(voices.count - useful)</td></tr>
                """
        }
        let words: [HTML] = voices.filter { $0.words != nil }.map { voice in
            """
            <li><p><b>\(voice.isUseful ? "役に立った" : "役に立たなかった")</b>
            <small>\(voice.at.day.iso) \(voice.at.timeOfDay) \(voice.page)</small></p><p class="kept">\(voice.words ?? "")</p>
            \(officer.may(.reportProgress) ? "<p><a href=\"\(observe(voice.id.text))\">この声を観察にする<span class=\"unseen\">（\(voice.at.day.iso)）</span></a></p>" : .empty)</li>
            """
        }
        let table: HTML =
            rows.isEmpty
            ? "<p class=\"notice\">まだ声は届いていません。住民のページの下の「このページは役に立ちましたか」から届きます。</p>"
            : """
            <div class="scroll" role="region" aria-label="ページごとの声" tabindex="0"><table>
            <thead><tr><th scope="col">ページ</th><th scope="col">役に立った</th><th scope="col">役に立たなかった</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
        return Page(
            "町民の声", zone: .desk(officer),
            """
            <h1>町民の声 <small>新しい200件</small></h1>
            \(table)
            <h2>ひとこと</h2>
            \(words.isEmpty ? "<p>まだありません。</p>" : #"<ol class="messages">\#(words)</ol>"#)
            """)
    }
}

/// The words about voices.
enum VoiceTexts {
    static let thanks = Text("ありがとうございます", easy: "ありがとう ございます", en: "Thank you")
    static let label = Text(
        "よろしければ、理由を教えてください（任意）", easy: "どうしてですか（{書|か}かなくても いい）", en: "Would you like to tell us why? (optional)")
    static let hint = Text(
        "担当課が読みます。お名前や連絡先など、個人の情報は書かないでください。お返事はできません。",
        easy: "{役場|やくば}の {人|ひと}が {読|よ}みます。あなたの {名前|なまえ}は {書|か}かないで ください。",
        en: "Our staff read it. Please do not write personal information; we cannot answer.")
    static let send = Text("送る", easy: "{送|おく}る", en: "Send")
    static let home = Text("手続きの一覧へ", easy: "{手続|てつづ}きの {一覧|いちらん}へ", en: "To all procedures")
    static let done = Text("お届けしました", easy: "とどきました", en: "We have received it")
    static let doneHow = Text(
        "ページをよくするために使います。", easy: "ページを よく する ために {使|つか}います。", en: "We use it to make the pages better.")
    static let tooLong = Text(
        "500文字までで、制御文字を使わずに入力してください。", easy: "500{文字|もじ}までに して ください。",
        en: "Please use at most 500 characters, without control characters.")
    static let individualNumber = Text(
        "マイナンバー（個人番号）のような数字が含まれています。消してから送ってください。", easy: "マイナンバーは {書|か}かないで ください。",
        en: "This looks like an Individual Number (My Number). Please remove it.")
}
