package import Core
package import Database
import HTML
import Japanese

extension Governance {
    static let watch = "governance.watch"
    static let digest = "governance.digest"

    /// 朝の見回り. Every morning: review dates and deadlines wake up, observations that nobody thought about reach the CIO, the
    /// end of the plan comes into sight, and each officer's new notices go out as one mail.
    var watching: JobHandler {
        JobHandler(Self.watch) { _, moment in
            try await lookRound(at: moment)
            try await database.write { transaction in
                transaction.keepHouse("tomorrow's round")
                guard try !JobQueue.isWaiting(Self.watch, after: moment, in: transaction) else { return }
                let tomorrow = Moment(startOf: moment.day.adding(days: 1)).adding(seconds: 7 * 3600)
                try transaction.enqueue(Self.watch, [:], at: tomorrow)
            }
        }
    }

    /// Sees to it that the rounds go on.
    package func scheduleRounds(at moment: Moment, in transaction: Transaction) throws {
        for kind in [Self.watch, Self.recordMeasures] {
            guard try !JobQueue.isWaiting(kind, after: Moment(milliseconds: 0), in: transaction) else { continue }
            transaction.keepHouse("the first round")
            try transaction.enqueue(kind, [:], at: moment)
        }
    }

    private func lookRound(at moment: Moment) async throws {
        let today = moment.day
        try await database.write { transaction in
            transaction.keepHouse("notices of what is due")
            // What was read a year ago has been told long enough.
            try transaction.run(
                """
                DELETE FROM governance_notice WHERE read_at < \(moment.adding(seconds: -365 * 86_400))
                """)
            let state = try GovernanceState(self, on: today, in: transaction)
            try wakeReviews(state, today, at: moment, in: transaction)
            try wakeErrands(state, today, at: moment, in: transaction)
            try wakeReports(state, today, at: moment, in: transaction)
            try wakeTerms(state, today, at: moment, in: transaction)
            try wakeVacancies(state, today, at: moment, in: transaction)
            try wakeMeetings(state, today, at: moment, in: transaction)
            try wakeConsultations(today, at: moment, in: transaction)
            try wakeSurveys(today, at: moment, in: transaction)
            for loop in state.loops {
                guard let days = loop.content.daysUnoriented(on: today), days > Self.orientWithin else { continue }
                try notifyLeader(
                    .init(
                        "stale \(loop.id) \(Month(of: today).iso)",
                        "観察から\(Self.orientWithin)日を過ぎても、仮説がありません: \(loop.title)", .loop(loop.id)),
                    at: moment, in: transaction)
            }
            if let plan = state.plan, plan.isClosing(on: today),
                state.statuses.contains(where: { $0.action.fate == nil })
            {
                try notifySecretariat(
                    .init(
                        "closing \(plan.number) \(Month(of: today).iso)", "計画 第\(plan.number)版の終期です。取組ごとの扱いを決めましょう",
                        "/desk/closing"),
                    at: moment,
                    in: transaction)
            }
            let waiting = try transaction.rows(
                """
                SELECT DISTINCT governance_notice.officer AS officer FROM governance_notice
                JOIN governance_mailbox ON governance_mailbox.officer = governance_notice.officer
                WHERE read_at IS NULL AND mailed_at IS NULL AND address <> ''
                """)
            for row in waiting { try transaction.enqueue(Self.digest, ["officer": row["officer"]], at: moment) }
        }
    }

    private func wakeReviews(
        _ state: GovernanceState, _ today: Day, at moment: Moment, in transaction: Transaction
    ) throws {
        for loop in state.loops where loop.content.isReviewDue(on: today) && loop.trial?.result == nil {
            guard let decision = loop.decision else { continue }
            let letter = Notice.Letter(
                "review \(loop.id) \(decision.reviewOn.iso)", "見直しの日が来ました: \(loop.title)", .loop(loop.id))
            if let owner = ID<Officer>(decision.owner) { try notify(owner, letter, at: moment, in: transaction) }
            // A week later it is the CIO's matter, too.
            if today >= decision.reviewOn.adding(days: 7) { try notifyLeader(letter, at: moment, in: transaction) }
        }
    }

    /// From the fifth of a month on: the report of the month before, where a 協力員 has not made it.
    private func wakeReports(
        _ state: GovernanceState, _ today: Day, at moment: Moment, in transaction: Transaction
    ) throws {
        guard today.day >= 5, let seats = state.liaisons?.content.seats(on: today) else { return }
        let month = Month(of: today).adding(months: -1)
        for seat in seats {
            guard let section = seat.section, let officer = seat.officer.flatMap({ ID<Officer>($0) }),
                !state.updates.contains(where: { $0.id == Update.id(section, month) })
            else { continue }
            try notify(
                officer,
                .init("report \(section) \(month.iso)", "\(month.number)月の報告がまだです（3分）", .update(section, month)),
                at: moment,
                in: transaction)
        }
    }

    /// A month before terms end: the secretariat sees to those who follow.
    private func wakeTerms(
        _ state: GovernanceState, _ today: Day, at moment: Moment, in transaction: Transaction
    ) throws {
        for body in state.bodies where body.content.isOpen(on: today) {
            let ending = body.content.seats(on: today).filter { $0.until <= today.adding(days: 30) }
            guard let until = ending.map(\.until).min() else { continue }
            try notifySecretariat(
                .init(
                    "term \(body.id) \(until.iso)", "「\(body.name)」の\(ending.count)人の任期が\(until.wareki)に終わります",
                    .body(body.id)),
                at: moment, in: transaction)
        }
    }

    /// 欠員: once a month, as long as a section has no 協力員, or a committee or working group no chair.
    private func wakeVacancies(
        _ state: GovernanceState, _ today: Day, at moment: Moment, in transaction: Transaction
    ) throws {
        for body in state.bodies where body.content.isOpen(on: today) {
            let words: String
            switch body.sort {
            case .liaisons:
                let vacant = body.content.vacancies(town.sections.map(\.id), on: today)
                guard !vacant.isEmpty else { continue }
                words = "協力員のいない課があります（\(vacant.count)）"
            case .committee, .workingGroup:
                guard !body.content.seats(on: today).contains(where: { $0.post == .chair }) else { continue }
                words = "「\(body.name)」に委員長がいません"
            }
            try notifySecretariat(
                .init("vacant \(body.id) \(Month(of: today).iso)", words, .body(body.id)), at: moment, in: transaction)
        }
    }

    /// Three days before a meeting its members; the day after, where nobody took the attendance, the secretariat.
    private func wakeMeetings(
        _ state: GovernanceState, _ today: Day, at moment: Moment, in transaction: Transaction
    ) throws {
        for meeting in state.meetings where meeting.state == .planned && meeting.on <= today.adding(days: 3) {
            guard meeting.on >= today else {
                try notifySecretariat(
                    .init("unheld \(meeting.id)", "出欠がまだ記録されていません: \(meeting.title)", .meeting(meeting.id)), at: moment,
                    in: transaction)
                continue
            }
            let seats = state.bodies.first { $0.id == meeting.body }?.content.seats(on: meeting.on) ?? []
            let letter = Notice.Letter(
                "soon \(meeting.id) \(meeting.on.iso)",
                "もうすぐ会議です: \(meeting.title)（\(meeting.on.wareki) \(meeting.time) \(meeting.place)）",
                .meeting(meeting.id))
            for member in seats.compactMap({ $0.officer.flatMap { ID<Officer>($0) } }) {
                try notify(member, letter, at: moment, in: transaction)
            }
        }
    }

    /// A week before opinions end, and after that until their result is published.
    private func wakeConsultations(_ today: Day, at moment: Moment, in transaction: Transaction) throws {
        for consultation in try Kept<Consultation>.list(in: transaction)
        where consultation.published == nil && consultation.until <= today.adding(days: 7) {
            let isOver = consultation.until < today
            let words = isOver ? "が終わりました。考え方を書いて、結果を公表しましょう" : "は\(consultation.until.wareki)に終わります"
            try notifySecretariat(
                .init(
                    "consultation \(consultation.number) \(isOver ? Month(of: today).iso : "soon")",
                    "計画 第\(consultation.number)版の意見の募集\(words)", "/desk/closing"), at: moment, in: transaction)
        }
    }

    /// Two weeks before a survey is due.
    private func wakeSurveys(_ today: Day, at moment: Moment, in transaction: Transaction) throws {
        for survey in try Kept<PlanSurvey>.list(in: transaction) where survey.closed == nil {
            guard let due = survey.due, due <= today.adding(days: 14) else { continue }
            let words = due < today ? "の締切を過ぎました" : "の締切は\(due.wareki)です"
            try notifySecretariat(
                .init("survey \(survey.id) \(due.iso) \(due < today)", "\(survey.name)\(words)", .survey(survey.id)),
                at: moment, in: transaction)
        }
    }

    private func wakeErrands(
        _ state: GovernanceState, _ today: Day, at moment: Moment, in transaction: Transaction
    ) throws {
        for errand in state.errands where errand.done == nil && errand.due <= today.adding(days: 7) {
            let words = errand.content.isLate(on: today) ? "期限を過ぎました" : "期限が近づいています"
            let letter = Notice.Letter(
                "due \(errand.id) \(words)", "\(words): やること（\(errand.due.wareki)まで）", "/desk/errands/\(errand.id)")
            let people =
                try errand.officer.flatMap { ID<Officer>($0) }.map { [$0] }
                ?? responsible(for: errand.section, on: today, in: transaction)
            for officer in people { try notify(officer, letter, at: moment, in: transaction) }
        }
    }

    /// まとめメール. An officer's new notices in one mail: titles and where they open.
    var mailing: JobHandler {
        JobHandler(Self.digest) { job, moment in
            guard let mailer, let officer = job.payload["officer"].flatMap({ ID<Officer>($0) }) else { return }
            let (notices, mailbox) = try await database.read { transaction in
                let fresh = try transaction.rows(
                    """
                    SELECT * FROM governance_notice WHERE officer = \(officer) AND read_at IS NULL AND mailed_at IS NULL ORDER BY id
                    """)
                return (
                    try fresh.map { (id: try $0["id"] as String, words: try $0["words"] as String) },
                    try Mailbox.find(officer, in: transaction)
                )
            }
            let isHere = try await database.read { try staff.officer(officer, $0) != nil }
            guard let mailbox, isHere, !mailbox.address.isEmpty, !notices.isEmpty else { return }
            let lines = notices.map { "・\($0.words)\n  \(origin)/desk/inbox/\($0.id)" }
            var mail = try Mail(
                to: mailbox.address, subject: "【DX推進】お知らせ \(notices.count)件",
                text:
                    "\(town.name[.ja]) DX推進からのお知らせです。\n\n\(lines.joined(separator: "\n"))\n\n受け取り方は \(origin)/desk/inbox で変えられます。\n"
            )
            // The same job sends the same mail, however often it is tried.
            if let id = ID<Mail>(job.id) { mail.id = id }
            try await mailer.send(mail, at: moment)
            let ids = notices.map(\.id)
            try await database.write { transaction in
                transaction.keepHouse("what was mailed")
                try transaction.run("UPDATE governance_notice SET mailed_at = \(moment) WHERE id IN (\(anyOf: ids))")
            }
        }
    }
}
