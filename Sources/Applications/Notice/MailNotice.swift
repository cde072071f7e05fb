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
                let language = town.language(kept: item.language)
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
            try await database.write(.holding) { try $0.record(sent, by: .system, at: now) }
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
        try await database.write(.holding) { transaction in
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
