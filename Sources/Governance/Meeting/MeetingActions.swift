import Core
import Database
import HTML
import Japanese

/// What is done with meetings.
extension Governance {
    /// Puts a meeting into the calendar, with an agenda of everything that needs the body.
    func open(_ meeting: Meeting, by officer: Officer, at moment: Moment) async throws -> String {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        return try await database.write { transaction in
            let body = try Kept<Body>.require(meeting.body, in: transaction)
            var kept = Kept(meeting, at: moment)
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
        let last = state.meetings.filter { $0.body == meeting.body && $0.on < meeting.on && $0.id != meeting.id }.map(
            \.on
        ).max()
        return Agenda(state, body: meeting.body, meeting: meeting.id, since: last, today: today).items
    }

    /// 議題を集め直す: adds what came up since; what is there stays.
    func refresh(_ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await changeMeeting(id, "agenda", seen: seen, by: officer, at: moment) { meeting, transaction in
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

    /// 出欠.
    func take(_ attendance: [Meeting.Attendance], in id: String, seen: Int?, by officer: Officer, at moment: Moment)
        async throws
    {
        try await changeMeeting(id, "attended", seen: seen, by: officer, at: moment) { meeting, _ in
            try meeting.take(attendance)
        }
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
            guard let decision, isNew else { return }
            if let section = decision.section, let due = decision.due {
                var errand = Kept(
                    Errand(
                        words: decision.sentence, section: section, officer: nil, due: due, meeting: id, item: item,
                        done: nil),
                    at: moment)
                try errand.save("given", by: .officer(officer.id), at: moment, in: transaction)
                for liaison in try liaisons(of: section, on: moment.day, in: transaction) {
                    try notify(
                        liaison,
                        .init("errand \(errand.id)", "やることが決まりました: \(decision.sentence)", "/desk/errands/\(errand.id)"),
                        at: moment, in: transaction)
                }
            }
            guard let about = meeting.content.item(item)?.about else { return }
            try follow(about, decision, consequence, meeting, body.name, by: officer, at: moment, in: transaction)
        }
    }

    private func follow(
        _ about: String, _ decision: Meeting.Decision, _ consequence: Consequence, _ meeting: Kept<Meeting>,
        _ body: String,
        by officer: Officer, at moment: Moment, in transaction: Transaction
    ) throws {
        let parts = about.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return }
        let actor = Actor.officer(officer.id)
        switch parts[0] {
        case "loop":
            var loop = try Kept<Loop>.require(parts[1], in: transaction)
            guard let reviewOn = decision.reviewOn else { throw Refused.unusable("試行の決定には、見直しの日が要ります。") }
            let made = Loop.Decision(
                sentence: decision.sentence, reason: decision.reason, alternatives: [], success: consequence.success,
                stop: consequence.stop, level: .committee, owner: consequence.owner, reviewOn: reviewOn,
                assertedBy: body,
                decidedOn: meeting.on, recorder: actor.text, recordedAt: moment, meeting: meeting.id)
            try settle(&loop, made, by: officer, at: moment, in: transaction)
        case "fate":
            guard let kind = consequence.fate else { throw Refused.unusable("終期の扱いを、完了・継続・統合・中止から選んでください。") }
            let fate = Fate(
                kind: kind, reason: decision.reason, into: consequence.into, meeting: meeting.id, by: actor.text,
                on: meeting.on)
            try settle(parts[1], fate, by: officer, at: moment, in: transaction)
        case "minutes":
            var former = try Kept<Meeting>.require(parts[1], in: transaction)
            try former.content.approve(.init(by: body, on: meeting.on))
            try former.save("approved", by: actor, at: moment, in: transaction)
        case "updates":
            for var update in try Kept<Update>.list(in: transaction) where update.confirmation == nil {
                update.content.confirmation = .init(by: body, on: meeting.on, words: decision.sentence)
                try update.save("confirmed", by: actor, at: moment, in: transaction)
            }
        default: break
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

    /// やることを引き受ける.
    func accept(_ id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            var errand = try Kept<Errand>.require(id, seen: seen, in: transaction)
            guard officer.mayReport(for: errand.section) else { throw Refused.notYours }
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
