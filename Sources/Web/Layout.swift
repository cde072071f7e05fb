import Core
import HTML

/// What surrounds every page.
struct Layout {
    let town: Town
    let language: Language
    /// The path of the page, to come back to after the language was changed.
    let path: String
    /// Where officers go to from every page.
    let menu: [MenuItem]

    func html(_ page: Page) -> HTML {
        switch page.zone {
        case .town: townPage(page)
        case .desk(let officer): deskPage(page, officer)
        case .screen:
            frame(
                page, language: language, titled: "\(page.title)｜\(town.name[language])", header: .empty, footer: .empty
            )
        }
    }

    private func townPage(_ page: Page) -> HTML {
        frame(
            page, language: language, titled: "\(page.title)｜\(town.name[language])",
            header: """
                <header class="top">
                <div class="wide">
                <p class="brand"><a href="/"><b>\(town.name.html(language))</b> <span>\(LayoutTexts.service.html(language))</span></a></p>
                \(languageChoice)
                </div>
                </header>
                """,
            footer: page.isAtCounter
                ? counterBar
                : """
                <footer class="bottom">
                <div class="wide">
                <form method="post" action="/voice" class="voice"><input type="hidden" name="page" value="\(path)">
                <p>\(LayoutTexts.useful.html(language))</p>
                <button name="useful" value="yes">\(LayoutTexts.yes.html(language))</button>
                <button name="useful" value="no">\(LayoutTexts.no.html(language))</button></form>
                <h2>\(LayoutTexts.otherWays.html(language))</h2>
                <p>\(LayoutTexts.otherWaysHow.html(language))</p>
                <p><b>\(town.name.html(language))</b><br>\(town.contact.address)<br>
                <a href="\(Link(telephone: town.contact.telephone))">\(town.contact.telephone)</a>\(town.contact.hoursInBrackets(language))</p>
                </div>
                </footer>
                """)
    }

    /// 窓口での入力: ends the session, so that the next person's page is empty.
    private var counterBar: HTML {
        """
        <footer class="bottom counter"><div class="wide">
        <form method="post" action="/desk/counter/end"><b>窓口で入力しています</b>
        <button>入力を終わる（画面から内容を消す）</button></form>
        </div></footer>
        """
    }

    private func deskPage(_ page: Page, _ officer: Officer?) -> HTML {
        let menu = officer.map { Menu(items: self.menu, officer: $0, path: path).html }
        return frame(
            page, language: .ja, titled: "\(page.title)｜\(town.name[.ja]) 受付デスク",
            header: """
                <header class="top desk">
                <div class="wide">
                <p class="brand"><a href="/desk"><b>\(town.name.html(.ja))</b> <span>受付デスク</span></a></p>
                \(menu)
                </div>
                </header>
                """, footer: .empty)
    }

    private func frame(_ page: Page, language: Language, titled title: String, header: HTML, footer: HTML) -> HTML {
        let sample: HTML? = town.isSample ? #"<p class="sample">\#(LayoutTexts.sample.html(language))</p>"# : nil
        return """
            <!DOCTYPE html>
            <html lang="\(language.tag)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <link rel="stylesheet" href="\(Asset.style.link)">
            <link rel="icon" href="\(Asset.icon.link)" type="image/svg+xml">
            <script src="\(Asset.script.link)" defer=""></script>
            </head>
            <body>
            <a class="skip" href="#main">\(LayoutTexts.skip.html(language))</a>
            \(sample)\(header)
            <main id="main">
            \(page.body)
            </main>
            \(footer)
            </body>
            </html>

            """
    }

    private var languageChoice: HTML {
        let links: [HTML] = town.languages.map { choice in
            let current = Attributes().with("aria-current", ifPresent: choice == language ? "true" : nil)
            return
                #"<a href="\#(.language(choice, backTo: path))" lang="\#(choice.tag)"\#(current)>\#(choice.name)</a>"#
        }
        return #"<nav class="languages" aria-label="Language / ことば">\#(links)</nav>"#
    }
}

/// The words around every page.
enum LayoutTexts {
    static let service = Text("オンライン手続", easy: "オンライン{手続|てつづき}", en: "Online procedures")
    static let skip = Text("本文へ移動", easy: "{本文|ほんぶん}へ", en: "Skip to content")
    static let sample = Text(
        "サンプル: これは見本です。上三川町の実際の手続きはできません。本当の個人情報は入力しないでください。",
        easy: "サンプル：これは {見本|みほん}です。{本当|ほんとう}の {手続|てつづ}きは できません。あなたの {本当|ほんとう}の {名前|なまえ}や {住所|じゅうしょ}を {書|か}かないでください。",
        en: "Sample: this is a demonstration, not the town's real service. Please do not enter real personal data.")
    static let useful = Text("このページは役に立ちましたか", easy: "この ページは わかりやすいですか", en: "Was this page useful?")
    static let yes = Text("はい", easy: "はい", en: "Yes")
    static let no = Text("いいえ", easy: "いいえ", en: "No")
    static let otherWays = Text(
        "オンラインを使わない方法", easy: "インターネットを {使|つか}わない {方法|ほうほう}", en: "Without the internet")
    static let otherWaysHow = Text(
        "窓口でも手続きができます。お電話でのご相談も承ります。", easy: "{窓口|まどぐち}でも できます。{電話|でんわ}で {聞|き}くことも できます。",
        en: "You can also come to the counter, or call us for advice.")
}
