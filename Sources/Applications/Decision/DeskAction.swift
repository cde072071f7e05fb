package import Core

extension Applications {
    /// What an officer does with an application.
    package enum DeskAction: Sendable {
        /// 受理.
        case receive
        /// 審査の開始.
        case review
        /// 補正の求め: in words, and pinned to single answers where it concerns those alone.
        case returnForCorrection(reason: String, pins: [Pin])
        /// 承認, with words to the applicant.
        case approve(words: String)
        /// 不承認, with the reason and the law (行政手続法 第8条); the card's own law for nil.
        case reject(reason: String, law: String? = nil)
        /// 受付不可, with the reason and the law (行政手続法 第7条・第8条).
        case refuse(reason: String, law: String? = nil)
        /// 交付.
        case issue(IssueWay, words: String)
        /// 完了.
        case complete
        /// 再審査, with the reason.
        case reopen(reason: String)

        /// The status it leads to.
        package var status: Case.Status {
            switch self {
            case .receive: .received
            case .review, .reopen: .reviewing
            case .returnForCorrection: .returned
            case .approve: .approved
            case .reject: .rejected
            case .refuse: .inadmissible
            case .issue: .issued
            case .complete: .completed
            }
        }

        /// What an officer must be allowed.
        package var permission: Permission {
            switch self {
            case .receive, .review, .returnForCorrection, .issue, .complete: .handleCases
            case .approve, .reject, .refuse, .reopen: .decideCases
            }
        }

        var event: String {
            switch self {
            case .receive: "case.received"
            case .review: "case.reviewed"
            case .returnForCorrection: "case.returned"
            case .issue: "case.issued"
            case .complete: "case.completed"
            case .reopen: "case.reconsidered"
            case .approve, .reject, .refuse: status.decisionEvent
            }
        }

        /// What the event says besides.
        var detail: [String: String] { if case .issue(let way, _) = self { ["way": way.rawValue] } else { [:] } }

        /// The message that goes with it, or nil. A decision has its own.
        var message: (kind: Message.Kind, words: String)? {
            switch self {
            case .receive, .review, .complete, .approve, .reject, .refuse: nil
            case .returnForCorrection(let reason, _): (.correction, reason)
            case .issue(let way, let words):
                (.letter, [way.words, words].filter { !$0.isEmpty }.joined(separator: "\n"))
            case .reopen(let reason): (.letter, reason)
            }
        }

        /// True where something has to be said.
        var needsWords: Bool {
            switch self {
            case .returnForCorrection(_, let pins): pins.isEmpty
            case .reopen: true
            case .receive, .review, .complete, .issue, .approve, .reject, .refuse: false
            }
        }

        var pins: [Pin] { if case .returnForCorrection(_, let pins) = self { pins } else { [] } }
    }

    /// 交付の方法.
    package enum IssueWay: String, Sendable, CaseIterable {
        case counter, post, online, other

        package var name: String {
            switch self {
            case .counter: "窓口で渡した"
            case .post: "郵送した"
            case .online: "オンライン（通知書のPDF）で渡した"
            case .other: "そのほか"
            }
        }

        /// What the applicant is told.
        var words: String {
            switch self {
            case .counter: "窓口でお渡ししました。"
            case .post: "郵送しました。"
            case .online: "このページの決定通知書（PDF）で、お渡ししました。"
            case .other: ""
            }
        }
    }
}

extension Case.Status {
    /// The event of a decision with this outcome.
    var decisionEvent: String {
        switch self {
        case .approved: "case.approved"
        case .rejected: "case.rejected"
        default: "case.refused"
        }
    }
}
