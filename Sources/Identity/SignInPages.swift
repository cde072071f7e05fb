import Core
import HTML
import Web

/// The page where officers sign in.
enum SignInPages {
    /// - Parameters:
    ///   - back: where to go afterwards.
    ///   - login: what stands in the control.
    ///   - isRefused: true if it did not fit.
    static func page(back: String, login: String, isRefused: Bool) -> Page {
        let words = "ログイン名かパスワードが違います。大文字・小文字や、全角になっていないかをお確かめください。"
        let summary: HTML? =
            isRefused ? ProblemSummary("サインインできませんでした", [("login", "\(words)")]).html : nil
        let invalid = Attributes().with("aria-invalid", ifPresent: isRefused ? "true" : nil)
        return Page(
            (isRefused ? "エラー: " : "") + "サインイン", zone: .desk(nil), status: isRefused ? 422 : 200,
            """
            <div class="column">
            \(summary)
            <h1>サインイン</h1>
            <form method="post" action="/desk/sign-in" novalidate="">
            <input type="hidden" name="back" value="\(back)">
            <div class="field"><label for="login">ログイン名</label>
            <input id="login" name="login" class="medium" value="\(login)" autocomplete="username" autocapitalize="none" spellcheck="false"\(invalid)></div>
            <div class="field"><label for="password">パスワード</label>
            <input id="password" name="password" class="medium" type="password" autocomplete="current-password"\(invalid)></div>
            <button class="primary">サインイン</button>
            </form>
            <p>パスワードを忘れたときは、デジタル推進の担当へお知らせください。</p>
            </div>
            """)
    }
}
