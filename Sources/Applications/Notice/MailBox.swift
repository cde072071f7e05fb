import Core
import HTML
import Japanese
import Web

/// The box for the address that news is sent to.
struct MailBox {
    let language: Language
    let typed: String
    var isWrong = false

    var html: HTML {
        let error: HTML? =
            isWrong ? #"<p class="error" id="news-error">\#(FieldTexts.mail.html(language))</p>"# : nil
        let attributes = Attributes().with("aria-invalid", ifPresent: isWrong ? "true" : nil)
            .with("aria-describedby", isWrong ? "news-hint news-error" : "news-hint")
        return """
            <div class="field"><label for="news">\(MailTexts.label.html(language)) <span class="tag">\(FieldTexts.optional.html(language))</span></label>
            <p class="hint" id="news-hint">\(MailTexts.hint.html(language))</p>\(error)
            <input id="news" name="news" class="wide" inputmode="email" autocomplete="email" value="\(typed)"\(attributes)></div>
            """
    }

    /// The address that was typed; nil for none. Throws where it is not one.
    static func read(_ posted: Posted) throws -> MailAddress? {
        let typed = Width.narrow(Spaces.trim(posted["news"] ?? ""))
        guard !typed.isEmpty else { return nil }
        guard let address = MailAddress(typed) else { throw Wrong() }
        return address
    }

    struct Wrong: Error {}
}
