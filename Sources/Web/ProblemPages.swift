import Core
import Database
import HTML

/// What is shown when a request was not taken. Says what and how to mend it, in the person's language.
struct Problem {
    let status: Int
    let title: Text
    let words: Text
    /// Named in the log as well; shown where only we can mend it.
    var reference: String?
    /// What an officer had typed, so that it is not lost.
    var kept: String?

    func page(_ language: Language, zone: Page.Zone) -> Page {
        let number: HTML? = reference.map {
            "<p>\(Problem.referenceWords.html(language)) <code>\($0)</code></p>"
        }
        let typed: HTML? = kept.map { "<h2>入力された内容</h2><p class=\"kept words\">\($0)</p>" }
        let back: HTML =
            if case .desk = zone { #"<a href="/desk">受付デスクへ</a>"# } else {
                "<a href=\"/\">\(Problem.home.html(language))</a>"
            }
        return Page(
            title[language], zone: zone, status: status,
            """
            <div class="column">
            <h1>\(title.html(language))</h1>
            <p>\(words.html(language))</p>
            \(typed)\(number)
            <p>\(back)</p>
            </div>
            """)
    }

    private static let home = Text("手続きの一覧へ", easy: "{手続|てつづ}きの {一覧|いちらん}へ", en: "To all procedures")
    private static let referenceWords = Text(
        "お問い合わせの際は、この番号をお知らせください:", easy: "この {番号|ばんごう}を {教|おし}えてください：",
        en: "Please tell us this number when you contact us:")
}

extension Problem {
    init(_ refusal: some Refusal) {
        words = refusal.words
        switch refusal.kind {
        case .notFound:
            (status, title) = (404, Text("ページが見つかりません", easy: "ページが ありません", en: "Page not found"))
        case .notAllowed:
            (status, title) = (403, Text("この操作はできません", easy: "これは できません", en: "Not allowed"))
        case .conflict:
            (status, title) = (409, Text("いまは受け付けられません", easy: "いまは できません", en: "Not possible now"))
        case .invalid:
            (status, title) = (422, Text("入力をお確かめください", easy: "もう{一度|いちど} {見|み}てください", en: "Please check your input"))
        case .tooMany:
            (status, title) = (429, Text("しばらくお待ちください", easy: "{少|すこ}し {待|ま}ってください", en: "Please wait"))
        }
    }

    private static let unreadableTitle = Text("読み取れませんでした", easy: "{読|よ}めませんでした", en: "We could not read this")

    /// What a database that cannot answer means for whoever asked; nil for what is a mistake of ours.
    init?(_ error: DatabaseError) {
        switch error.kind {
        case .unkeepableText: self = .malformed
        case .cannotConnect, .connectionLost, .starting, .tooBusy, .timedOut, .serializationFailure: self = .away
        case .diskFull, .readOnly, .brokenDisk: self = .unkept
        case .unknownOutcome: self = .undecided
        default: return nil
        }
    }

    static let away = Problem(
        status: 503, title: Text("ただいま、つながりにくくなっています", easy: "いま つながりません", en: "Busy at the moment"),
        words: Text(
            "この操作は、まだ行われていません。1分ほどたってから、もう一度お試しください。",
            easy: "まだ {送|おく}っていません。1{分|ぷん} {待|ま}ってから、もう{一度|いちど} ためしてください。",
            en: "Nothing was done yet. Please try again in a minute."))
    static let unkept = Problem(
        status: 503, title: Text("いまは保存できません", easy: "いま {保存|ほぞん}できません", en: "We cannot keep this now"),
        words: Text(
            "この操作は、まだ行われていません。入力された内容は、この画面の前のページに残っています。時間をおいて、もう一度お試しください。",
            easy: "まだ {送|おく}っていません。{前|まえ}の ページに もどって、あとで もう{一度|いちど} ためしてください。",
            en: "Nothing was done yet. What you typed is still on the page before. Please try again later."))
    static let undecided = Problem(
        status: 503, title: Text("行われたかどうかを確かめられませんでした", easy: "できたか わかりません", en: "Not known whether it was done"),
        words: Text(
            "途中で接続が切れました。前のページに戻り、もう一度同じように送ってください。すでに行われていれば、二重にはなりません。",
            easy: "{前|まえ}の ページに もどって、もう{一度|いちど} {同|おな}じように {送|おく}ってください。2{回|かい}には なりません。",
            en:
                "The connection broke. Please go back and send the same again; if it was done already, it is not done twice."
        ))
    static let malformed = Problem(
        status: 400, title: unreadableTitle,
        words: Text(
            "送られた内容が途中で壊れていました。前のページに戻り、もう一度お試しください。",
            easy: "{前|まえ}の ページに もどって、もう{一度|いちど} {送|おく}ってください。",
            en: "What was sent was damaged on its way. Please go back and try again."))

    static let crossOrigin = Problem(
        status: 403, title: Text("受け付けられませんでした", easy: "できませんでした", en: "Not accepted"),
        words: Text(
            "ほかのサイトから送られた内容は受け付けられません。このサイトのページを開いて、もう一度お試しください。",
            easy: "この サイトの ページから {送|おく}ってください。",
            en: "We do not accept what another site sends. Please open the page on this site and try again."))

    static let wrongMethod = Problem(
        status: 405, title: Text("この開き方はできません", easy: "この ページは {開|ひら}けません", en: "Cannot be opened this way"),
        words: Text(
            "このアドレスは直接開けません。手続きの一覧からお進みください。",
            easy: "{手続|てつづ}きの {一覧|いちらん}から {始|はじ}めてください。",
            en: "This address cannot be opened directly. Please start from the list of procedures."))

    /// Somebody at the desk posted after the session was over.
    static func sessionOver(kept: String?) -> Problem {
        let words = "しばらく操作がなかったため、サインインの時間が過ぎました。処理はまだ行われていません。サインインし直して、もう一度操作してください。"
        let title = "もう一度サインインしてください"
        return Problem(
            status: 403, title: Text(title, easy: title, en: title), words: Text(words, easy: words, en: words),
            kept: kept)
    }

    static let tooLarge = Problem(
        status: 413, title: Text("大きすぎて受け取れません", easy: "{大|おお}きすぎます", en: "Too large"),
        words: Text(
            "送られた内容が大きすぎます。文章を短くして、もう一度お試しください。",
            easy: "{文|ぶん}を {短|みじか}くして、もう{一度|いちど} {送|おく}ってください。",
            en: "What was sent is too large. Please shorten the text and try again."))

    static let wrongType = Problem(
        status: 415, title: unreadableTitle,
        words: Text(
            "この形式の内容は受け取れません。ページの入力欄からお送りください。",
            easy: "ページの {欄|らん}に {書|か}いて {送|おく}ってください。",
            en: "We cannot take this kind of content. Please use the form on the page."))

    static func trouble(_ reference: String) -> Problem {
        Problem(
            status: 500,
            title: Text("申し訳ありません。うまくいきませんでした", easy: "ごめんなさい。できませんでした", en: "Sorry, something went wrong"),
            words: Text(
                "こちらの問題で、処理を終えられませんでした。受け付けが済んだ内容や、前のページまでの入力は残っています。少し待ってから、もう一度お試しください。",
                easy: "こちらの {問題|もんだい}です。{書|か}いたものは {残|のこ}っています。{少|すこ}し {待|ま}って、もう{一度|いちど} してください。",
                en:
                    "This is our fault. What was accepted, and what you entered up to the page before, is kept. Please wait a little and try again."
            ),
            reference: reference)
    }
}
