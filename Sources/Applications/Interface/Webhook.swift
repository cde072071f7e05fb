import Core
import Database
import FoundationEssentials

/// 知らせ（Webhook）. An address that is told of events: which application, what and when, and nothing about a person.
struct Webhook: Sendable {
    typealias ID = Core.ID<Webhook>

    let id: ID
    let name: String
    let url: String
    let events: [Kind]
    let cards: [String]
    let madeAt: Moment
    /// Since when nothing arrives; nil while all is well.
    let failingSince: Moment?
    /// When the program stopped it, because nothing had arrived for a day.
    let stoppedAt: Moment?
    /// When somebody took it away.
    let endedAt: Moment?

    var isOn: Bool { stoppedAt == nil && endedAt == nil }

    /// 知らせること, by the kinds of the events.
    enum Kind: String, CaseIterable, Sendable {
        case submitted = "case.submitted"
        case received = "case.received"
        case reviewed = "case.reviewed"
        case returned = "case.returned"
        case corrected = "case.corrected"
        case approved = "case.approved"
        case rejected = "case.rejected"
        case inadmissible = "case.refused"
        case issued = "case.issued"
        case completed = "case.completed"
        case reconsidered = "case.reconsidered"
        case withdrawn = "case.withdrawn"
        case replied = "case.replied"
        case paid = "fee.paid"

        var name: String {
            switch self {
            case .submitted: "申請が届いた"
            case .received: "受け付けた"
            case .reviewed: "審査を始めた"
            case .returned: "補正を求めた"
            case .corrected: "補正が届いた"
            case .approved: "承認した"
            case .rejected: "不承認にした"
            case .inadmissible: "受付不可にした"
            case .issued: "交付した"
            case .completed: "完了した"
            case .reconsidered: "再審査を始めた"
            case .withdrawn: "取り下げられた"
            case .replied: "申請者から連絡があった"
            case .paid: "手数料を受け取った"
            }
        }
    }

    /// 配達. One event on its way to one address.
    struct Delivery: Sendable {
        typealias ID = Core.ID<Delivery>

        let id: ID
        let webhook: Webhook.ID
        let kind: String
        let card: String
        let number: String
        /// When the event was.
        let at: Moment
        let attempts: Int
        let triedAt: Moment?
        let arrivedAt: Moment?
        /// What came of the last try.
        let outcome: String

        /// What is sent: ids, kind and time.
        var body: String {
            let members = [
                ("id", id.text), ("kind", kind), ("procedure", card), ("application", number), ("at", at.iso),
            ]
            // Nothing in these needs an escape.
            return "{" + members.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",") + "}"
        }
    }

    /// Days for which deliveries are kept.
    static let journalDays = 7

    /// Seconds without a success after which it is stopped.
    static let patience = 24 * 3600

    /// Seconds until the next try: half a minute, doubled each time, at most six hours. Thirteen tries take
    /// twenty hours and a half.
    static func delay(afterAttempts attempts: Int) -> Int { min(30 << min(attempts - 1, 10), 6 * 3600) }
}
