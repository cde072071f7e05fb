/// The server that takes the mail, as the settings `mail.…` have it.
package struct MailServer: Sendable {
    /// `smtp://host:587` or `smtps://host:465`.
    package let address: String
    /// The address that mail comes from, and that answers and returned mail go to.
    package let sender: MailAddress
    /// True if nothing is said to the server before the connection is encrypted (STARTTLS, or TLS from the start).
    package let isEncrypted: Bool
    /// Both or neither. Neither: the server takes mail without a sign-in.
    let login: (user: String, password: String)?
    /// A PEM file of the only certificates that vouch for the server. Nil: those that the machine trusts.
    let authorities: String?

    /// - Parameter text: the value of a setting by its name, or else what is given.
    ///
    /// Nil if `mail.server` is empty: no mail is sent. Throws for values that do not fit together, or would send a password
    /// in the clear to another machine.
    init?(reading text: (_ name: String, _ otherwise: String) -> String) throws(Settings.Mistake) {
        let address = text("mail.server", "")
        let user = text("mail.user", "")
        let password = text("mail.password", "")
        let sender = text("mail.sender", "")
        let tls = text("mail.tls", "required")
        let authorities = text("mail.ca", "")
        guard !address.isEmpty else { return nil }
        guard let match = address.wholeMatch(of: /(smtps?):\/\/([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})/),
            let port = Int(match.3), (1...65535).contains(port)
        else {
            throw Settings.Mistake(
                "mail.server は smtp://mail.example.lg.jp:587 か smtps://mail.example.lg.jp:465 のように書いてください（いまの値: \(address)）"
            )
        }
        guard let sender = MailAddress(sender) else {
            throw Settings.Mistake(
                "mail.sender には、差出人のメールアドレスを name@example.lg.jp のように書いてください（いまの値: \(sender)）")
        }
        guard user.isEmpty == password.isEmpty else {
            throw Settings.Mistake("mail.user と mail.password は、両方を書くか、両方を空にしてください")
        }
        guard ["required", "none"].contains(tls) else {
            throw Settings.Mistake("mail.tls は required か none にしてください（いまの値: \(tls)）")
        }
        guard tls == "required" || match.1 == "smtp" else {
            throw Settings.Mistake("mail.server が smtps:// のときは、かならず暗号化します。mail.tls は required にしてください")
        }
        let isHere = ["localhost", "127.0.0.1", "[::1]"].contains(match.2.lowercased())
        guard tls == "required" || isHere || user.isEmpty else {
            throw Settings.Mistake("mail.tls が none では、パスワードがそのまま流れます。mail.tls を required にするか、mail.user を空にしてください")
        }
        (self.address, self.sender, isEncrypted) = (address, sender, tls == "required")
        login = user.isEmpty ? nil : (user, password)
        self.authorities = authorities.isEmpty ? nil : authorities
    }
}
