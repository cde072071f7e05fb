import Core
import Database

/// まとめて処理. One deed done to many applications, each in a transaction of its own. What came of each is kept.
struct BulkRun: Sendable {
    typealias ID = Core.ID<BulkRun>

    let id: ID
    let deed: Deed
    /// Whom the applications are given to, where they are.
    let target: Core.ID<Officer>?
    let officer: Core.ID<Officer>
    let at: Moment

    /// So many at most are chosen by a condition.
    static let maximum = 500
    /// So many at most are handed over at once.
    static let handedOver = 2000
    /// So many are done while somebody waits; more than that is done by a job, so many at a time.
    static let atOnce = 50
    /// Days for which the outcome can be looked at.
    static let daysKept = 30

    /// What is done to each.
    enum Deed: String, Sendable, CaseIterable {
        case assign, receive, review, approve, letter
        case handOver = "hand-over"

        /// What can be chosen in the list.
        static let chosen: [Deed] = [.assign, .receive, .review, .approve, .letter]

        var name: String {
            switch self {
            case .assign: "担当者を決める"
            case .receive: "受け付ける"
            case .review: "審査を始める"
            case .approve: "承認する"
            case .letter: "お知らせを送る"
            case .handOver: "担当を引き継ぐ"
            }
        }

        /// The status it leads to; nil where it leads to none.
        var status: Case.Status? {
            switch self {
            case .receive: .received
            case .review: .reviewing
            case .approve: .approved
            case .assign, .letter, .handOver: nil
            }
        }

        var permission: Permission { self == .approve ? .decideCases : .handleCases }

        var needsWords: Bool { self == .letter }
    }

    /// One of the applications, as whoever chose it saw it.
    struct Item: Sendable {
        let application: Case.ID
        let number: String
        let status: Case.Status
        let assignee: Core.ID<Officer>?

        /// As the page that confirms it carries it.
        var text: String { "\(application) \(number) \(status.rawValue) \(assignee?.text ?? "-")" }

        init(_ item: Inbox.Item) {
            (application, number, status) = (item.id, item.number, item.status)
            assignee = item.assignee.flatMap(Core.ID.init)
        }

        init?(_ text: String) {
            let parts = text.split(separator: " ").map(String.init)
            guard parts.count == 4, let application = Case.ID(parts[0]), let status = Case.Status(rawValue: parts[2])
            else { return nil }
            (self.application, number, self.status) = (application, String(parts[1].prefix(30)), status)
            assignee = Core.ID(parts[3])
        }
    }

    /// What came of one.
    struct Outcome: Sendable {
        let place: Int
        let application: Case.ID
        let number: String
        /// Nil while it waits.
        let isDone: Bool?
        /// Why it was not done.
        let words: String
    }

    init(id: ID, deed: Deed, target: Core.ID<Officer>?, by officer: Officer, at moment: Moment) {
        self.init(id: id, deed: deed, target: target, officer: officer.id, at: moment)
    }

    init(id: ID, deed: Deed, target: Core.ID<Officer>?, officer: Core.ID<Officer>, at: Moment) {
        (self.id, self.deed, self.target, self.officer, self.at) = (id, deed, target, officer, at)
    }
}
