import FoundationEssentials
import Japanese

/// メール. Plain text to one address.
package struct Mail: Sendable {
    /// Becomes the Message-ID. A job that may run twice sets the same one each time, so that the receiving side can tell that
    /// the second mail is the first.
    package var id = ID<Mail>()
    /// The recipient.
    package let to: MailAddress
    /// One line.
    package let subject: String
    /// Lines end with any of CR LF, LF and CR; they are sent with CR LF.
    package let text: String

    /// Throws `refused` for an address that is not plain, and for a subject with line ends or other control characters.
    package init(to: String, subject: String, text: String) throws(MailFault) {
        guard let address = MailAddress(to) else {
            throw .refused("宛先が name@example.jp の形のメールアドレスではありません")
        }
        let breaks: [Unicode.GeneralCategory] = [.control, .lineSeparator, .paragraphSeparator]
        guard !subject.unicodeScalars.contains(where: { breaks.contains($0.properties.generalCategory) }) else {
            throw .refused("件名に、改行か、目に見えない制御文字が入っています")
        }
        (self.to, self.subject, self.text) = (address, subject, text)
    }

    /// The message that a server is given: RFC 5322 and 2045, ASCII alone, no line longer than 76 characters but where an
    /// address is. `Auto-Submitted` (RFC 3834) keeps answering machines from answering.
    func message(from sender: MailAddress, at moment: Moment) -> [UInt8] {
        let lines = [
            "Date: \(Mail.date(moment))",
            "Message-ID: <\(id)@\(sender.domain)>",
            "From: \(sender.quoted)",
            "To: \(to.quoted)",
            "Subject: \(Mail.encoded(subject))",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: base64",
            "Auto-Submitted: auto-generated",
            "",
            body,
            "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private var body: String {
        let lines = text.split(omittingEmptySubsequences: false) { ["\r\n", "\n", "\r"].contains($0) }
        return Data(lines.joined(separator: "\r\n").utf8).base64EncodedString(
            options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
    }

    /// Encoded words of RFC 2047, each on a line of its own and made of whole characters.
    private static func encoded(_ subject: String) -> String {
        var pieces: [[UInt8]] = []
        for scalar in subject.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 39 bytes are 52 characters of base64: 64 with the marks around them, 73 after "Subject: ".
            if let last = pieces.last, last.count + bytes.count <= 39 {
                pieces[pieces.count - 1] += bytes
            } else {
                pieces.append(bytes)
            }
        }
        return pieces.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// `Wed, 25 Nov 2026 12:15:33 +0900`.
    private static func date(_ moment: Moment) -> String {
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = moment.day
        let second = moment.milliseconds / 1000 % 60
        return "\(weekdays[day.weekday - 1]), \(day.day) \(months[day.month - 1]) \(day.year) "
            + "\(moment.timeOfDay):\(second < 10 ? "0" : "")\(second) +0900"
    }
}
