import Core
import Database
import HTML
import Japanese

/// What is done with meetings.
extension Governance {
    /// Puts a meeting into the calendar, with an agenda of everything that needs the body.
    /// - Parameter id: what it is to be called; where the same is there already it is left as it is.
    func open(
        _ meeting: Meeting, id: String = ID<Meeting>().text, by officer: Officer, at moment: Moment
    ) async throws -> String {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        return try await database.write { transaction in
            let (id, isMade) = try Kept<Meeting>.place(id, in: transaction) {
                ($0.title, $0.on, $0.body) == (meeting.title, meeting.on, meeting.body)
            }
            if isMade { return id }
            let body = try Kept<Body>.require(meeting.body, in: transaction)
            var kept = Kept(meeting, id: id, at: moment)
            if body.sort == .committee {
                kept.content.agenda = try agenda(for: kept, on: moment.day, in: transaction)
            }
            try kept.save("opened", by: .officer(officer.id), at: moment, in: transaction)
            for seat in body.content.seats(on: meeting.on) {
                guard let member = seat.officer.flatMap({ ID<Officer>($0) }) else { continue }
                try notify(
                    member,
                    .init("meeting \(kept.id)", "会議の予定: \(meeting.title)（\(meeting.on.wareki)）", .meeting(kept.id)),
                    at: moment, in: transaction)
            }
            return kept.id
        }
    }

    private func agenda(for meeting: Kept<Meeting>, on today: Day, in transaction: Transaction) throws -> [Meeting.Item]
    {
        let state = try GovernanceState(self, on: today, in: transaction)
        // What earlier agendas have told already is not told again.
        let told = Set(
            state.meetings.filter { $0.body == meeting.body && $0.id != meeting.id }.flatMap(\.agenda).compactMap(
                \.about))
        return Agenda(state, body: meeting.body, meeting: meeting.id, told: told, today: today).items
    }

    /// 議題を集め直す: adds what came up since; what is there stays.
    func refresh(_ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await changeMeeting(id, "agenda", seen: seen, by: officer, at: moment) { meeting, transaction in
            guard try Kept<Body>.require(meeting.body, in: transaction).sort == .committee else {
                throw Refused.notNow("決めることを集めるのは、委員会の会議だけです。")
            }
            let found = try agenda(for: Kept(meeting, id: id, at: moment), on: moment.day, in: transaction)
            for item in found where !meeting.agenda.contains(where: { $0.about == item.about }) {
                try meeting.add(item.numbered(meeting.nextNumber))
            }
        }
    }

    func add(_ item: Meeting.Item, to id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await changeMeeting(id, "agenda", seen: seen, by: officer, at: moment) { meeting, _ in
            try meeting.add(item.numbered(meeting.nextNumber))
        }
    }

    func remove(_ item: String, from id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await changeMeeting(id, "agenda", seen: seen, by: officer, at: moment) { meeting, _ in
            try meeting.remove(item)
        }
    }

    /// 出欠. With the first of it the meeting begins, and its paper is kept as it is then.
    func take(_ attendance: [Meeting.Attendance], in id: String, seen: Int?, by officer: Officer, at moment: Moment)
        async throws
    {
        try await changeMeeting(id, "attended", seen: seen, by: officer, at: moment) { meeting, transaction in
            try meeting.take(attendance, today: moment.day)
            guard try Kept<KeptPacket>.find(id, in: transaction) == nil else { return }
            let packet = try packet(of: meeting, on: moment.day, in: transaction)
            var kept = Kept(KeptPacket(page: packet.html.text), id: id, at: moment)
            try kept.save("kept", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// 会議資料 of a meeting, by what is known today.
    func packet(of meeting: Meeting, on today: Day, in transaction: Transaction) throws -> Packet {
        Packet(
            town: town, state: try GovernanceState(self, on: today, in: transaction), meeting: meeting,
            body: try Kept<Body>.require(meeting.body, in: transaction).content, today: today)
    }

    /// What the words of a decision carry besides, for what the item is about.
    struct Consequence: Sendable {
        /// 終期の扱い.
        var fate: Fate.Kind?
        var into: String?
        /// Of a trial that the committee decides.
        var success = ""
        var stop = ""
        var owner = ""
        /// Which of the options that were put was taken; nil for something else.
        var option: Int?
    }

    /// 議事と決定, taken down in the meeting. A decision does what it says: the loop is decided, the fate is fixed, the
    /// minutes are approved, the section gets its errand.
    func minute(
        _ item: String, in id: String, words: String, decision: Meeting.Decision?, _ consequence: Consequence,
        seen: Int?, by officer: Officer, at moment: Moment
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var meeting = try Kept<Meeting>.require(id, seen: seen, in: transaction)
            let body = try Kept<Body>.require(meeting.body, in: transaction)
            let isNew = meeting.content.item(item)?.decision == nil
            try meeting.content.minute(item, words, decision, in: body.content)
            try meeting.save(
                decision == nil ? "minuted" : "decided", detail: ["item": item], by: .officer(officer.id), at: moment,
                in: transaction)
            guard let decision, isNew, decision.isCarried else { return }
            if let section = decision.section, let due = decision.due {
                var errand = Kept(
                    Errand(
                        words: decision.sentence, section: section, officer: nil, due: due, meeting: id, item: item,
                        done: nil),
                    at: moment)
                try errand.save("given", by: .officer(officer.id), at: moment, in: transaction)
                let letter = Notice.Letter(
                    "errand \(errand.id)", "やることが決まりました（\(meeting.title) 議題\(item)）", "/desk/errands/\(errand.id)")
                for member in try responsible(for: section, on: moment.day, in: transaction) {
                    try notify(member, letter, at: moment, in: transaction)
                }
            }
            guard body.sort == .committee, let subject = meeting.content.item(item)?.subject else { return }
            try follow(subject, decision, consequence, meeting, body.name, by: officer, at: moment, in: transaction)
        }
    }

    private func follow(
        _ subject: Meeting.Item.Subject, _ decision: Meeting.Decision, _ consequence: Consequence,
        _ meeting: Kept<Meeting>,
        _ body: String,
        by officer: Officer, at moment: Moment, in transaction: Transaction
    ) throws {
        let actor = Actor.officer(officer.id)
        switch subject {
        case .loop(let id):
            var loop = try Kept<Loop>.require(id, in: transaction)
            guard let reviewOn = decision.reviewOn else { throw Refused.unusable("試行の決定には、見直しの日が要ります。") }
            let made = Loop.Decision(
                sentence: decision.sentence, reason: decision.reason,
                alternatives: loop.content.alternatives(toOption: consequence.option), success: consequence.success,
                stop: consequence.stop, level: .committee, owner: consequence.owner, reviewOn: reviewOn,
                assertedBy: body,
                decidedOn: meeting.on, recorder: actor.text, recordedAt: moment, meeting: meeting.id)
            try settle(&loop, made, by: officer, at: moment, in: transaction)
        case .fate(let id):
            guard let kind = consequence.fate else { throw Refused.unusable("終期の扱いを、完了・継続・統合・中止から選んでください。") }
            let fate = Fate(
                kind: kind, reason: decision.reason, into: consequence.into, meeting: meeting.id, by: actor.text,
                on: meeting.on)
            try settle(id, fate, by: officer, at: moment, in: transaction)
        case .minutes(let id):
            var former = try Kept<Meeting>.require(id, in: transaction)
            try former.content.approve(.init(by: body, on: meeting.on))
            try former.save("approved", by: actor, at: moment, in: transaction)
        case .updates:
            // What was reported after the meeting's agenda was made is not confirmed with it.
            for var update in try Kept<Update>.list(in: transaction)
            where update.confirmation == nil && update.at <= meeting.createdAt.adding(seconds: 86_400) {
                update.content.confirmation = .init(by: body, on: meeting.on, words: decision.sentence)
                try update.save("confirmed", by: actor, at: moment, in: transaction)
            }
        case .review, .stale, .ended, .action, .plan, .errand: break
        }
    }

    /// Who answers for a section: its 協力員; where there is none, its deciders and the secretariat.
    func responsible(for section: String, on day: Day, in transaction: Transaction) throws -> [ID<Officer>] {
        let liaisons = try liaisons(of: section, on: day, in: transaction)
        guard liaisons.isEmpty else { return liaisons }
        return try People(staff, in: transaction).officers.filter { officer in
            officer.may(.preparePlan) || officer.memberships.contains { $0.section == section && $0.role == .decider }
        }.map(\.id)
    }

    func reschedule(_ meeting: Meeting, _ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await changeMeeting(id, "rescheduled", seen: seen, by: officer, at: moment) { kept, _ in
            try kept.reschedule(title: meeting.title, on: meeting.on, time: meeting.time, place: meeting.place)
        }
    }

    func cancel(_ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await changeMeeting(id, "cancelled", seen: seen, by: officer, at: moment) { meeting, _ in
            try meeting.cancel()
        }
    }

    func reopen(_ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await changeMeeting(id, "reopened", seen: seen, by: officer, at: moment) { meeting, _ in
            try meeting.reopen()
        }
    }

    /// The 協力員 of a section on a day.
    func liaisons(of section: String, on day: Day, in transaction: Transaction) throws -> [ID<Officer>] {
        try Kept<Body>.list(in: transaction).filter { $0.sort == .liaisons }.flatMap { $0.content.seats(on: day) }
            .filter { $0.section == section }.compactMap { $0.officer.flatMap { ID<Officer>($0) } }
    }

    /// 議事録の案.
    func close(_ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await changeMeeting(id, "closed", seen: seen, by: officer, at: moment) { meeting, _ in try meeting.close() }
    }

    /// 議事録の承認, by who chairs it.
    func approve(_ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            var meeting = try Kept<Meeting>.require(id, seen: seen, in: transaction)
            let body = try Kept<Body>.require(meeting.body, in: transaction)
            let chairs = body.content.seats(on: moment.day).filter { $0.post == .chair || $0.post == .deputy }
            guard chairs.contains(where: { $0.officer == officer.id.text }) else {
                throw Refused.notNow("議事録を承認できるのは、委員長か副委員長です。次の会議の議題として承認することもできます。")
            }
            try meeting.content.approve(.init(by: Actor.officer(officer.id).text, on: moment.day))
            try meeting.save("approved", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    func publish(_ id: String, hiding hidden: [String: String], seen: Int?, by officer: Officer, at moment: Moment)
        async throws
    {
        try await changeMeeting(id, "published", seen: seen, by: officer, at: moment) { meeting, _ in
            try meeting.publish(hiding: hidden)
        }
    }

    private func changeMeeting(
        _ id: String, _ verb: String, seen: Int?, by officer: Officer, at moment: Moment,
        _ work: @escaping @Sendable (inout Meeting, Transaction) throws -> Void
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var meeting = try Kept<Meeting>.require(id, seen: seen, in: transaction)
            let before = meeting.content
            try work(&meeting.content, transaction)
            guard meeting.content != before else { return transaction.keepHouse("the same as before") }
            try meeting.save(verb, by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// やることを終える.
    func finish(_ id: String, words: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            var errand = try Kept<Errand>.require(id, seen: seen, in: transaction)
            guard officer.mayReport(for: errand.section) else { throw Refused.notYours }
            guard errand.done == nil else { throw Refused.notNow("もう終わっています。") }
            errand.content.done = .init(words: words, by: Actor.officer(officer.id).text, on: moment.day)
            try errand.save("finished", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// やることの担当課を替える.
    func hand(errand id: String, to section: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            var errand = try Kept<Errand>.require(id, seen: seen, in: transaction)
            guard officer.mayReport(for: errand.section) else { throw Refused.notYours }
            guard errand.done == nil else { throw Refused.notNow("もう終わっています。") }
            guard errand.section != section else { return transaction.keepHouse("the same section") }
            (errand.content.section, errand.content.officer) = (section, nil)
            try errand.save("handed", by: .officer(officer.id), at: moment, in: transaction)
            let letter = Notice.Letter("errand \(id) \(moment)", "やることの担当になりました", "/desk/errands/\(id)")
            for member in try responsible(for: section, on: moment.day, in: transaction) {
                try notify(member, letter, at: moment, in: transaction)
            }
        }
    }

    /// やることを引き受ける.
    func accept(_ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            var errand = try Kept<Errand>.require(id, seen: seen, in: transaction)
            guard officer.mayReport(for: errand.section) else { throw Refused.notYours }
            guard errand.done == nil else { throw Refused.notNow("もう終わっています。") }
            errand.content.officer = officer.id.text
            try errand.save("accepted", by: .officer(officer.id), at: moment, in: transaction)
        }
    }
}

extension Meeting {
    var nextNumber: String { String((agenda.compactMap { Int($0.id) }.max() ?? 0) + 1) }
}

extension Meeting.Item {
    func numbered(_ number: String) -> Meeting.Item {
        Meeting.Item(
            id: number, sort: sort, title: title, note: note, about: about, minutes: minutes, decision: decision,
            hidden: hidden)
    }
}
