/// Why a mail was not taken. Never has the recipient's address in it: faults of jobs are written into the log.
package enum MailFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// For good: the server refused the address or what is written (a 5xx reply to the recipient or to the text, RFC 5321,
    /// 4.2.1), or it is no mail at all. A second try would end the same way.
    case refused(String)
    /// For now: the server cannot be reached, is not trusted, does not let us in, or put it off (a 4xx reply). What is wrong
    /// with the settings is here, too: mail waits until somebody has mended them.
    case tryAgain(String)

    /// What happened, for the person who looks after the program.
    package var description: String {
        switch self {
        case .refused(let words): "送れません: \(words)"
        case .tryAgain(let words): "いまは送れません: \(words)"
        }
    }
}
