package import Core
import Database
import Japanese
import Register
import Web

extension Applications {
    /// 送信（到達）. Takes what was checked as the application, with its number, its entry in the trail and the job that brings
    /// the town's word to the applicant, all in one transaction. The same submission again gives the same application.
    ///
    /// - Parameters:
    ///   - submission: the client's own name for it, made for the page on which it was checked.
    ///   - revision: the working copy that was checked.
    ///   - wishes: what the applicant decides besides, with the first submission.
    /// Throws a ``CaseRefusal`` if it cannot be taken; nothing is changed then.
    package func submit(
        _ id: Case.ID, submission: String, revision: Int, wishes: Wishes, by who: Applicant, language: Language,
        at moment: Moment
    ) async throws -> Case {
        let key = try await requireKey(id)
        do {
            return try await database.write(.holding) { transaction in
                let loaded = try Case.require(id, session: who.session, in: transaction)
                if loaded.item.submission == submission {
                    guard loaded.item.revision == revision else { throw CaseRefusal.alreadySubmitted }
                    transaction.keepHouse("the same submission again")
                    return loaded.item
                }
                let open = try openCase(loaded.item, loaded.sealed, key, in: transaction)
                let taken = try take(
                    open, submission: submission, revision: revision, by: who.actor, language: language, at: moment,
                    in: transaction)
                if loaded.item.number == nil {
                    try keep(wishes, of: id, key: key, by: who.actor, at: moment, in: transaction)
                }
                return taken
            }
        } catch let error as DatabaseError where error.kind == .uniqueViolation {
            // Numbers are unique by chance, which was tried for; the client's name is the one that is taken.
            throw CaseRefusal.submissionTaken
        }
    }

    /// 送信のときの希望. What an applicant decides besides what they apply for.
    package struct Wishes: Sendable {
        /// For what the answers may be used in other applications.
        let reuse: Set<ReuseConsent.Purpose>
        /// Where news is sent.
        let mail: MailAddress?

        package init(reuse: Set<ReuseConsent.Purpose>, mail: MailAddress?) { (self.reuse, self.mail) = (reuse, mail) }

        /// Nothing besides.
        package static let none = Wishes(reuse: [], mail: nil)
    }

    private func keep(
        _ wishes: Wishes, of id: Case.ID, key: SealingKey, by actor: Actor, at moment: Moment,
        in transaction: Transaction
    ) throws {
        if !wishes.reuse.isEmpty {
            try ReuseConsent.keep(wishes.reuse, of: id, by: actor, at: moment, in: transaction)
        }
        if let mail = wishes.mail {
            try Case.keep(mail: mail, of: id, key: key, in: transaction)
            try transaction.record(Event("mail.wanted", subject: id.text), by: actor, at: moment)
        }
    }

    private func take(
        _ open: OpenCase, submission: String, revision: Int, by actor: Actor, language: Language, at moment: Moment,
        in transaction: Transaction
    ) throws -> Case {
        var item = open.item
        guard item.status.isEditable else { throw CaseRefusal.alreadySubmitted }
        guard try open.mandateStands(for: .correct, on: moment.day) else { throw CaseRefusal.mandateOver }
        guard item.revision == revision else { throw CaseRefusal.changedSinceChecked }
        let journey = try open.journey
        let isFirst = item.number == nil
        guard journey.firstOpen == nil, !isFirst || firstUnfit(journey, at: moment) == nil else {
            throw CaseRefusal.incomplete
        }
        let number = try item.number ?? freeNumber(at: moment, in: transaction)
        let answers = journey.counted
        // What stands off the way was not sent: in a first submission nobody else has it.
        if isFirst {
            try forget(journey.answers.files.filter { !answers.files.contains($0) }, of: item.id, in: transaction)
        }
        let digest = try open.digest(of: answers, number: number, at: item.submittedAt ?? moment)
        let dueOn = try dueDay(of: open, journey, at: moment, in: transaction)
        try item.submit(
            submission, number: number, digest: digest, language: language,
            section: open.form.routing?.first { $0.when.holds(in: journey.scope) }?.section ?? item.section,
            dueOn: dueOn, at: moment)
        if !isFirst { try SentVersion.keep(open, by: actor, at: moment, in: transaction) }
        let submitted = try Case.Submitted(
            answers: open.seal(answers, .answers),
            applicant: open.key.seal(journey.applicantName?.text ?? "", at: Case.Sealed.applicant.place(item.id)))
        try item.save(draft: nil, submitted: submitted, in: transaction)
        var detail = [
            "number": number, "digest": digest, "revision": String(revision), "channel": item.channel.rawValue,
        ]
        if isFirst, answers.papersElsewhere > 0 {
            detail["papers"] = String(answers.papersElsewhere)
            try item.countPapers(in: transaction)
        }
        try keepName(journey.applicantName, of: item.id, in: transaction)
        try Case.note(returned: nil, to: item.id, in: transaction)
        // Another section has people of its own.
        if item.section != open.item.section { try Assignment.keep(nil, of: item.id, in: transaction) }
        try Fingerprint.keep(Fingerprint.all(of: journey, by: vault), of: item.id, in: transaction)
        try transaction.record(
            Event(isFirst ? "case.submitted" : "case.corrected", subject: item.id.text, detail: detail), by: actor,
            at: moment)
        if isFirst {
            try charge(item, by: journey, due: .submission, key: open.key, at: moment, in: transaction)
        } else {
            try adjust(item, by: journey, key: open.key, at: moment, in: transaction)
        }
        if isFirst { try transaction.enqueue(Self.acknowledge, ["application": item.id.text], at: moment) }
        return item
    }

    /// 処理期限. Counted from the arrival; while it was corrected it stood still, so that it moves by the business days that it
    /// was away. Where what was corrected leads to another period, that one counts.
    private func dueDay(
        of open: OpenCase, _ journey: Journey, at moment: Moment, in transaction: Transaction
    ) throws -> Day? {
        let usual = try Card.find(open.item.card, in: transaction)?.processingDays
        func first(_ journey: Journey) -> Day? {
            let own = open.form.deadlines?.first { $0.when.holds(in: journey.scope) }?.businessDays
            let arrivedOn = journey.arrivedOn ?? (open.item.submittedAt ?? moment).day
            return (own ?? usual).map { calendar.day(after: arrivedOn, count: $0) }
        }
        var due = open.item.dueOn
        let (before, now) = (open.item.submittedAt == nil ? nil : first(try open.submitted), first(journey))
        if before != now {
            // What it was away before counts on.
            let away = before.flatMap { before in due.map { calendar.count(after: before, through: $0) } } ?? 0
            due = now.map { calendar.day(after: $0, count: away) }
        }
        guard let due, let returnedOn = try Case.returnedAt(open.item.id, in: transaction)?.day else { return due }
        return DueDate.resumed(due, returnedOn: returnedOn, backOn: moment.day, calendar)
    }

    /// 処理期限: so many business days as the form or the card says, from a day on; nil where neither does.
    func due(
        _ journey: Journey, form: Form, card: String, from day: Day, in transaction: Transaction
    ) throws -> Day? {
        let own = form.deadlines?.first { $0.when.holds(in: journey.scope) }?.businessDays
        let days = try own ?? Card.find(card, in: transaction)?.processingDays
        return days.map { calendar.day(after: day, count: $0) }
    }

    /// 受付番号 that no application has: the year of the era, and eight characters of which the last is a check.
    private func freeNumber(at moment: Moment, in transaction: Transaction) throws -> String {
        var random = SystemRandomNumberGenerator()
        while true {
            let number = FiscalYear(of: moment.day).mark + "-" + Code.grouped(Code.make(length: 8, using: &random))
            if try !transaction.exists("SELECT 1 FROM application WHERE number = \(number)") { return number }
        }
    }
}
