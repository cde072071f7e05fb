package import Core
package import Japanese

/// 申請. One application from its first answer to the decision.
///
/// What it says is sealed and stands beside it; here is only what the town may know without opening it.
package struct Case: Sendable, Identifiable {
    package typealias ID = Core.ID<Case>

    package let id: ID
    /// The card of the procedure.
    package let card: String
    /// The form and the version that it began with and stays with.
    package let form: String
    package let formVersion: Int
    /// 担当課. Until it is sent, the card's own; then the one that the answers lead to.
    package private(set) var section: String
    /// 受付の方法. A draft that its applicant brings to the counter goes on there.
    package private(set) var channel: Channel
    /// When the agent's mandate was revoked; nil while it stands, or where there is none.
    package private(set) var mandateEndedAt: Moment?
    /// The language it was sent in; until then, the one it was begun in.
    package private(set) var language: Language

    package private(set) var status: Status
    /// 受付番号. From the first submission on.
    package private(set) var number: String?
    /// Counts every change of the working copy: what was checked is what is sent.
    package var revision: Int
    /// The client's own name for the submission that was taken last.
    package private(set) var submission: String?
    /// 照合番号: what the receipt can be compared by, in hexadecimal.
    package private(set) var digest: String?

    package let beganAt: Moment
    package var savedAt: Moment
    package private(set) var submittedAt: Moment?
    /// 決定した日時.
    package private(set) var decidedAt: Moment?
    /// 処理期限.
    package private(set) var dueOn: Day?

    /// 状態.
    package enum Status: String, Sendable, CaseIterable, Codable {
        /// 下書き.
        case draft
        /// 送信済.
        case submitted
        /// 受付.
        case received
        /// 審査中.
        case reviewing
        /// 補正依頼中.
        case returned
        /// 承認.
        case approved
        /// 不承認.
        case rejected
        /// 取下げ.
        case withdrawn
        /// 受付不可: it has a defect of form that cannot be mended (行政手続法 第7条).
        case inadmissible = "refused"
        /// 交付済: what was approved was handed over.
        case issued
        /// 完了: nothing is left to be done.
        case completed

        /// True while the applicant writes.
        package var isEditable: Bool { self == .draft || self == .returned }

        /// True once it is over: decided or withdrawn, and whatever follows that. Only 再審査 leads back.
        package var isDecided: Bool {
            switch self {
            case .approved, .rejected, .withdrawn, .inadmissible, .issued, .completed: true
            case .draft, .submitted, .received, .reviewing, .returned: false
            }
        }

        /// True for what a decision leads to, with a notice.
        package var isOutcome: Bool { self == .approved || self == .rejected || self == .inadmissible }

        /// The moves that are legal from here. 下書き → 送信済 → 受付 → 審査中 ⇄ 補正依頼中 → 承認・不承認 → 交付済 → 完了; a
        /// simple one is decided or returned as soon as it is received, and completed at once where nothing is handed over.
        /// 受付不可 comes before the review. 取下げ is its applicant's, until it is decided. 再審査 leads back into the review.
        package var next: [Status] {
            switch self {
            case .draft: [.submitted]
            case .submitted: [.received, .inadmissible, .withdrawn]
            case .received: [.reviewing, .returned, .approved, .rejected, .inadmissible, .withdrawn]
            case .reviewing: [.returned, .approved, .rejected, .withdrawn]
            case .returned: [.reviewing, .withdrawn]
            case .approved: [.issued, .completed, .reviewing]
            case .issued: [.completed, .reviewing]
            case .rejected, .withdrawn, .inadmissible, .completed: [.reviewing]
            }
        }
    }

    /// A new draft.
    package init(
        id: ID, form: Form, section: String, channel: Channel, language: Language, at moment: Moment
    ) {
        self.channel = channel
        (self.id, card, self.form, formVersion) = (id, form.card, form.id, form.version)
        (self.section, self.language, status, revision) = (section, language, .draft, 0)
        (beganAt, savedAt) = (moment, moment)
    }

    /// 入力の場所. A draft goes on where it is opened: at the counter by an officer, online by its applicant; a paper stays one
    /// in officers' hands. True if that changed.
    package mutating func bring(toCounter isAtCounter: Bool) -> Bool {
        guard status == .draft else { return false }
        switch (channel, isAtCounter) {
        case (.online, true): channel = .counter
        case (.counter, false), (.paper, false): channel = .online
        default: return false
        }
        revision += 1
        return true
    }

    /// 委任の取消し. From now on the agent may do nothing more.
    package mutating func endMandate(at moment: Moment) { mandateEndedAt = mandateEndedAt ?? moment }

    /// The only way a status changes.
    package mutating func move(to next: Status) throws(CaseRefusal) {
        guard status.next.contains(next) else { throw .moved(from: status, to: next) }
        status = next
    }

    /// 決定. Approved, rejected or refused at a moment.
    package mutating func decide(_ outcome: Status, at moment: Moment) throws(CaseRefusal) {
        try move(to: outcome)
        decidedAt = moment
    }

    /// 再審査. Back into the review, as if it had not been decided; due again on a day.
    package mutating func reconsider(dueOn day: Day?) throws(CaseRefusal) {
        guard status.isDecided else { throw .moved(from: status, to: .reviewing) }
        try move(to: .reviewing)
        (decidedAt, dueOn) = (nil, day)
    }

    /// 到達. Takes the working copy as what is applied for.
    /// - Parameters:
    ///   - submission: the client's own name for it.
    ///   - number: what it is called from now on, if it has no number yet.
    ///   - section: who decides.
    package mutating func submit(
        _ submission: String, number: String, digest: String, language: Language, section: String, dueOn: Day?,
        at moment: Moment
    ) throws(CaseRefusal) {
        try move(to: status == .returned ? .reviewing : .submitted)
        (self.submission, self.language, self.section) = (submission, language, section)
        self.number = self.number ?? number
        (self.digest, self.dueOn, submittedAt) = (digest, dueOn, submittedAt ?? moment)
        savedAt = moment
    }

    /// As it was kept.
    init(
        id: ID, card: String, form: String, formVersion: Int, section: String, channel: Channel,
        mandateEndedAt: Moment?, language: Language, status: Status, number: String?, revision: Int,
        submission: String?, digest: String?, beganAt: Moment, savedAt: Moment,
        submittedAt: Moment?, decidedAt: Moment?, dueOn: Day?
    ) {
        (self.id, self.card, self.form, self.formVersion) = (id, card, form, formVersion)
        (self.channel, self.mandateEndedAt) = (channel, mandateEndedAt)
        (self.section, self.language, self.status, self.number) = (section, language, status, number)
        (self.revision, self.submission, self.digest) = (revision, submission, digest)
        (self.beganAt, self.savedAt, self.submittedAt, self.dueOn) = (beganAt, savedAt, submittedAt, dueOn)
        self.decidedAt = decidedAt
    }
}
