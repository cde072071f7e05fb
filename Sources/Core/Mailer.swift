import Database

/// Sends mail through the town's own server, one at a time.
package struct Mailer: Sendable {
    private let server: MailServer
    private let timeLimit: Duration
    private let line = Line()

    /// How long one mail may take: more than a server that looks through mail needs, less than a job may.
    package static let timeLimit: Duration = .seconds(30)

    /// - Parameter timeLimit: after that the server is given up; ``Mailer/timeLimit`` but for those who cannot wait.
    ///
    /// Nil if the settings name no server: no mail is sent.
    package init?(_ settings: Settings, within timeLimit: Duration) {
        guard let server = settings.mail else { return nil }
        (self.server, self.timeLimit) = (server, timeLimit)
    }

    /// Hands a mail to the server. Returns what the server said when it took it.
    ///
    /// A mail may arrive twice if the connection broke after it was taken; its ``Mail/id`` is then the same.
    @discardableResult
    package func send(_ mail: Mail, at moment: Moment) async throws(MailFault) -> String {
        let letter = MailConversation.Letter(
            recipient: mail.to, bytes: mail.message(from: server.sender, at: moment))
        return try await line.hold(MailConversation(server: server, timeLimit: timeLimit, letter: letter))
    }

    /// Connects, encrypts and signs in as for a mail, and sends none. Returns what the server said last.
    @discardableResult
    package func greet() async throws(MailFault) -> String {
        try await line.hold(MailConversation(server: server, timeLimit: timeLimit, letter: nil))
    }
}

/// A thread of its own: libcurl blocks until the server has answered.
private actor Line {
    private let queue = Queue("origami.mail")

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    func hold(_ conversation: MailConversation) throws(MailFault) -> String { try conversation.hold() }
}
