package import Core
import Database
import HTML
import Japanese
import Web

/// メールでのお知らせの送り方: the town's mail server, and the address its pages are reached at.
package struct MailWay: Sendable {
    let mailer: Mailer
    /// `https://shinsei.example.lg.jp`.
    let origin: String

    package init(mailer: Mailer, origin: String) { (self.mailer, self.origin) = (mailer, origin) }
}

extension Applications {
    static let tell = "case.tell"

    /// メールでのお知らせ. Says that there is news, never what it is or which procedure it is about: mail is read by others.
    var telling: JobHandler {
        JobHandler(Self.tell) { job, now in
            guard let mail, let id = job.payload["application"].flatMap(Case.ID.init),
                let key = try await vault.key(for: id.text)
            else { return }
            let (item, address) = try await database.read { transaction in
                (
                    try Case.require(id, in: transaction).item,
                    try Case.mail(of: id, key: key, in: transaction)
                )
            }
            guard let address else { return }
            let sent: Event
            do throws(MailFault) {
                let language = town.language(item.language.id) ?? item.language
                let (name, number) = (town.name[language], item.number ?? "")
                let body = MailTexts.body.with(name, number, mail.origin + "/resume", town.contact.telephone)
                var letter = try Mail(
                    to: address, subject: MailTexts.subject.with(name, number)[language], text: body[language])
                letter.id = ID(job.id) ?? letter.id
                try await mail.mailer.send(letter, at: now)
                sent = Event("mail.sent", subject: id.text)
            } catch {
                // A refused address stays refused; everything else is tried again.
                guard case .refused = error else { throw error }
                sent = Event("mail.refused", subject: id.text)
            }
            try await database.write { try $0.record(sent, by: .system, at: now) }
        }
    }

    /// Has the applicant told that there is news, if they asked for it.
    func tell(_ id: Case.ID, at moment: Moment, in transaction: Transaction) throws {
        guard mail != nil, try Case.hasMail(id, in: transaction) else { return }
        try transaction.enqueue(Self.tell, ["application": id.text], at: moment)
    }

    /// お知らせ先の変更. Where news of an application is sent; nil: nowhere.
    func sendNews(
        of id: Case.ID, to address: MailAddress?, by who: Applicant, at moment: Moment
    ) async throws {
        let key = try await requireKey(id)
        try await database.write { transaction in
            _ = try requireActing(id, by: who, key: key, at: moment, in: transaction)
            try Case.keep(mail: address, of: id, key: key, in: transaction)
            try transaction.record(
                Event(address == nil ? "mail.stopped" : "mail.wanted", subject: id.text), by: who.actor, at: moment)
        }
    }
}

extension Case {
    static let mailMigrations = [
        Migration("applications/0011-mail", "ALTER TABLE application ADD COLUMN mail \(.blob)")
    ]

    static func keep(mail address: MailAddress?, of id: ID, key: SealingKey, in transaction: Transaction) throws {
        let sealed = try address.map { try key.seal($0.text, at: Sealed.mail.place(id)) }
        try transaction.run("UPDATE application SET mail = \(sealed) WHERE id = \(id)")
    }

    static func mail(of id: ID, key: SealingKey, in transaction: Transaction) throws -> String? {
        let sealed: [UInt8]? = try transaction.row("SELECT mail FROM application WHERE id = \(id)")?["mail"]
        return try sealed.map { try key.text($0, at: Sealed.mail.place(id)) }
    }

    fileprivate static func hasMail(_ id: ID, in transaction: Transaction) throws -> Bool {
        try transaction.exists("SELECT 1 FROM application WHERE id = \(id) AND mail IS NOT NULL")
    }
}

/// What mail says, and what is said about it.
enum MailTexts {
    static let subject = Text(
        "【%1】申請についてのお知らせ（%2）", easy: "【%1】お{知|し}らせ（%2）", en: "[%1] News about your application %2")
    static let body = Text(
        """
        %1 オンライン手続

        受付番号 %2 の申請について、お知らせがあります。
        次のページで確認コードを入力して、ご覧ください。

        %3

        ・確認コードは、申請の控えに書かれています。
        ・このメールに返信しても、届きません。お問い合わせは %4 へどうぞ。
        ・心当たりのない方は、お手数ですがこのメールを消してください。
        """,
        easy: """
            %1

            {番号|ばんごう} %2 の お{知|し}らせが あります。
            この ページで {確認|かくにん}コードを {書|か}いて ください。

            %3

            この メールに {返事|へんじ}は できません。{電話|でんわ}：%4
            """,
        en: """
            %1, online procedures

            There is news about your application %2.
            Please enter its code on this page:

            %3

            The code is on your receipt. Please do not answer this mail; call %4 instead.
            If this is not for you, please delete it.
            """)
    static let heading = Text("メールでのお知らせ", easy: "メールで お{知|し}らせ", en: "News by e-mail")
    static let label = Text(
        "お知らせがあるときに知らせるメールアドレス", easy: "お{知|し}らせを {送|おく}る メールアドレス", en: "E-mail address to tell when there is news")
    static let hint = Text(
        "メールには、受付番号だけが書かれます。空欄にすると、送りません。", easy: "メールには {番号|ばんごう}だけ {書|か}きます。いらない ときは {書|か}きません。",
        en: "Mail has only your application number in it. Leave it empty for none.")
    static let keep = Text("変える", easy: "{変|か}える", en: "Change")
}

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
