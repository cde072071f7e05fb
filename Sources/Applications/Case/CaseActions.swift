package import Core
import Database
import Japanese
import Web

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
        /// 不承認, with the reason (行政手続法 第8条).
        case reject(reason: String)

        /// The status it leads to.
        package var status: Case.Status {
            switch self {
            case .receive: .received
            case .review: .reviewing
            case .returnForCorrection: .returned
            case .approve: .approved
            case .reject: .rejected
            }
        }

        /// What an officer must be allowed.
        package var permission: Permission {
            switch self {
            case .receive, .review, .returnForCorrection: .handleCases
            case .approve, .reject: .decideCases
            }
        }

        fileprivate var event: String {
            switch self {
            case .receive: "case.received"
            case .review: "case.reviewed"
            case .returnForCorrection: "case.returned"
            case .approve: "case.approved"
            case .reject: "case.rejected"
            }
        }

        /// The message that goes with it, or nil.
        fileprivate var message: (kind: Message.Kind, words: String)? {
            switch self {
            case .receive, .review: nil
            case .returnForCorrection(let reason, _): (.correction, reason)
            case .approve(let words): words.isEmpty ? nil : (.decision, words)
            case .reject(let reason): (.decision, reason)
            }
        }

        fileprivate var needsWords: Bool {
            switch self {
            case .receive, .review, .approve: false
            case .returnForCorrection(_, let pins): pins.isEmpty
            case .reject: true
            }
        }

        fileprivate var pins: [Pin] {
            if case .returnForCorrection(_, let pins) = self { pins } else { [] }
        }
    }

    /// Does something with an application, as an officer who saw it in a state. One transaction; the applicant sees the
    /// outcome at once.
    ///
    /// Throws ``CaseRefusal/overtaken(_:)`` if it is in another state by now, unless this very action brought it there.
    package func act(
        _ action: DeskAction, on id: Case.ID, seen: Case.Status, once: String, by officer: Officer, at moment: Moment
    ) async throws {
        let words = try Self.usable(action.message?.words ?? "", required: action.needsWords)
        let pins = try action.pins.map {
            Pin(page: $0.page, row: $0.row, question: $0.question, words: try Self.usable($0.words, required: true))
        }
        let key = try await deskKey(id, officer, action.permission)
        try await database.write { transaction in
            let (before, sealed) = try Case.require(id, in: transaction)
            let deed = "\(id) \(action.event)"
            if let done = try DeskDeed.find(once, in: transaction) {
                guard done == deed else { throw CaseRefusal.stale }
                return transaction.keepHouse("the same press again")
            }
            guard before.status == seen else { throw CaseRefusal.overtaken(before.status) }
            let open = try openCase(before, sealed, key, in: transaction)
            let journey = try open.submitted
            guard pins.allSatisfy({ Spot($0.page, row: $0.row, question: $0.question, in: journey) != nil }) else {
                throw CaseRefusal.stale
            }
            var item = before
            if action.status.isDecided {
                try item.decide(action.status, at: moment)
            } else {
                try item.move(to: action.status)
            }
            item.savedAt = moment
            let draft = action.status == .returned ? try open.seal(open.submitted.answers, .draft) : nil
            // A page on which the answers were checked before is out of date now.
            if action.status == .returned { item.revision += 1 }
            try item.save(draft: draft, pins: try open.seal(pins), in: transaction)
            if let message = action.message {
                let whole = try ([words] + open.lines(pins)).filter { !$0.isEmpty }.joined(separator: "\n")
                try Message.add(
                    message.kind, whole, to: item, by: officer.id, once: once, key: key, at: moment, in: transaction)
            }
            if action.status == .approved {
                try charge(item, by: try open.submitted, due: .approval, key: key, at: moment, in: transaction)
            }
            if action.status == .returned { try Case.note(returned: moment, to: id, in: transaction) }
            if action.message != nil { try Case.note(reply: nil, to: id, in: transaction) }
            if action.message != nil || action.status.isDecided { try tell(id, at: moment, in: transaction) }
            try DeskDeed.keep(once, deed, at: moment, in: transaction)
            try transaction.record(Event(action.event, subject: id.text), by: .officer(officer.id), at: moment)
        }
    }

    /// Writes to the applicant, or a note for the staff. Pressed twice, it is written once.
    package func write(
        _ words: String, as kind: Message.Kind, to id: Case.ID, once: String, by officer: Officer, at moment: Moment
    ) async throws {
        let words = try Self.usable(words, required: true)
        let key = try await deskKey(id, officer, .handleCases)
        try await database.write { transaction in
            let (item, _) = try Case.require(id, in: transaction)
            let deed = "\(id) \(kind.rawValue) \(key.digest(Array(words.utf8)).hexadecimal)"
            if let done = try DeskDeed.find(once, in: transaction) {
                guard done == deed else { throw CaseRefusal.stale }
                return transaction.keepHouse("the same press again")
            }
            try Message.add(kind, words, to: item, by: officer.id, once: once, key: key, at: moment, in: transaction)
            if kind == .letter {
                try Case.note(reply: nil, to: id, in: transaction)
                try tell(id, at: moment, in: transaction)
            }
            try DeskDeed.keep(once, deed, at: moment, in: transaction)
            try transaction.record(
                Event(kind == .note ? "case.noted" : "case.written", subject: id.text), by: .officer(officer.id),
                at: moment)
        }
    }

    /// The key of an application that is on the desk of an officer who may do this.
    ///
    /// Throws ``CaseRefusal/notFound`` for a draft, which is its applicant's own, and for other sections' applications.
    func deskKey(_ id: Case.ID, _ officer: Officer, _ permission: Permission) async throws -> SealingKey {
        let item = try await database.read { try Case.require(id, in: $0).item }
        guard item.status != .draft, officer.may(.readCases, in: item.section) else { throw CaseRefusal.notOnDesk }
        guard officer.may(permission, in: item.section) else { throw Refused.notYours }
        return try await requireKey(id)
    }

    /// Words that can be kept. Throws a ``CaseRefusal`` that says what to mend.
    static func usable(_ typed: String, required: Bool) throws -> String {
        let words = Spaces.trim(typed).replacing("\r\n", with: "\n")
        if required && words.isEmpty { throw CaseRefusal.reasonMissing }
        if words.count > Message.maximum { throw CaseRefusal.unusable(CaseTexts.messageTooLong) }
        if Unwanted.hasControls(words) { throw CaseRefusal.unusable(CaseTexts.messageControls) }
        if IndividualNumber.isFound(in: words) { throw CaseRefusal.unusable(FieldTexts.individualNumber) }
        return words
    }

}
