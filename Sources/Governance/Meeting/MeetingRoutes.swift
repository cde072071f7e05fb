import Core
import Database
import HTML
import Japanese
import Web

extension Governance {
    func addMeetingRoutes(to site: inout Site) {
        site.officer(.get, "/desk/meetings/{id}", needs: nil) { visit in
            .page(try await meetingPage(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.get, "/desk/meetings/{id}/packet.pdf", needs: nil) { visit in
            let (id, today) = (visit.parameter("id"), visit.moment.day)
            let (meeting, page) = try await database.read { transaction in
                let meeting = try Kept<Meeting>.require(id, in: transaction)
                let kept = try Kept<KeptPacket>.find(id, in: transaction)
                return (meeting, try kept?.html ?? packet(of: meeting.content, on: today, in: transaction).html)
            }
            let paper = try await Typesetter.pdf(meeting.title, page, as: .report)
            return .file(Download(paper, type: "application/pdf", name: "会議資料-\(meeting.on.iso).pdf"))
        }
        step("refresh", "agenda", &site) { entry, visit in
            try await refresh(visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
        }
        step("items", "agenda", &site) { entry, visit in
            let item = Meeting.Item(
                id: "", sort: entry.choice("item-sort", "種類", Meeting.Sort.self) ?? .discuss,
                title: entry.words("item-title", "題", most: 80), note: entry.words("item-note", "説明", optional: true),
                about: nil, minutes: "", decision: nil, hidden: nil)
            try entry.check()
            try await add(item, to: visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
        }
        step("remove", "agenda", &site) { entry, visit in
            try await remove(
                entry["item"] ?? "", from: visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
        }
        step("attendance", "attended", &site) { entry, visit in
            let attendance = try await attendance(&entry, visit)
            try entry.check()
            try await take(attendance, in: visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
        }
        step("reschedule", "rescheduled", &site) { entry, visit in
            let id = visit.parameter("id")
            let body = try await database.read { try Kept<Meeting>.require(id, in: $0).body }
            let meeting = entry.meeting(of: body)
            try entry.check()
            try await reschedule(meeting, id, seen: entry.seen, by: visit.who, at: visit.moment)
        }
        step("cancel", "cancelled", &site) { entry, visit in
            try await cancel(visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
        }
        step("reopen", "reopened", &site) { entry, visit in
            try await reopen(visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
        }
        step("close", "closed", &site) { entry, visit in
            try await close(visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
        }
        step("publish", "published", &site) { entry, visit in
            let meeting = try await database.read { try Kept<Meeting>.require(visit.parameter("id"), in: $0) }
            var hidden: [String: String] = [:]
            for item in meeting.agenda {
                // What was not sent at all stays hidden; what was sent empty becomes public.
                if entry["hidden-\(item.id)"] == nil, let known = item.hidden { hidden[item.id] = known }
                let reason = entry.words("hidden-\(item.id)", "公開しない理由", most: 200, optional: true)
                if !reason.isEmpty { hidden[item.id] = reason }
            }
            try entry.check()
            try await publish(visit.parameter("id"), hiding: hidden, seen: entry.seen, by: visit.who, at: visit.moment)
        }
        site.officer(.post, "/desk/meetings/{id}/approve", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await meetingPage(visit, $0) }) { entry in
                try await approve(visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.meeting(visit.parameter("id")).asking([("saved", "approved")]))
            }
        }
        addMinuteRoutes(to: &site)
        addErrandRoutes(to: &site)
    }

    private func step(
        _ verb: String, _ saved: String, _ site: inout Site,
        _ work: @escaping @Sendable (inout Entry, Visit<Officer>) async throws -> Void
    ) {
        site.officer(.post, "/desk/meetings/{id}/\(verb)", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await meetingPage(visit, $0) }) { entry in
                try await work(&entry, visit)
                return .redirect(Link.meeting(visit.parameter("id")).asking([("saved", saved)]))
            }
        }
    }

    private func attendance(_ entry: inout Entry, _ visit: Visit<Officer>) async throws -> [Meeting.Attendance] {
        let seats = try await database.read { transaction in
            let meeting = try Kept<Meeting>.require(visit.parameter("id"), in: transaction)
            return try Kept<Body>.require(meeting.body, in: transaction).content.seats(on: meeting.on)
        }
        return seats.map { seat in
            let presence = entry.choice("presence-\(seat.id)", "\(seat.name)さんの出欠", Meeting.Presence.self) ?? .absent
            let proxy = entry.words(
                "proxy-\(seat.id)", "\(seat.name)さんの代理の人", most: 60, optional: presence != .proxy)
            return Meeting.Attendance(
                seat: seat.id, name: seat.name, presence: presence, proxy: presence == .proxy ? proxy : "")
        }
    }

    private func addMinuteRoutes(to site: inout Site) {
        site.officer(.get, "/desk/meetings/{id}/items/{item}", needs: .preparePlan) { visit in
            .page(try await itemPage(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/meetings/{id}/items/{item}", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await itemPage(visit, $0) }) { entry in
                let (id, number) = (visit.parameter("id"), visit.parameter("item"))
                let meeting = try await database.read { try Kept<Meeting>.require(id, in: $0) }
                guard let place = meeting.agenda.firstIndex(where: { $0.id == number }) else { throw Refused.notHere }
                let people = try await database.read { try People(staff, in: $0) }
                let words = entry.words("minutes", "質疑の要旨", most: 4000, optional: true)
                var options: [String] = []
                if case .loop(let loop) = meeting.agenda[place].subject {
                    options = try await database.read { try Kept<Loop>.find(loop, in: $0)?.proposal?.options ?? [] }
                }
                let (decision, consequence) = entry.decision(
                    about: meeting.agenda[place].subject, options: options, sections: town.sections.map(\.id),
                    owners: people.officers.map(\.id.text),
                    held: meeting.on, by: visit.who,
                    at: visit.moment)
                try entry.check()
                try await minute(
                    number, in: id, words: words, decision: decision, consequence, seen: entry.seen, by: visit.who,
                    at: visit.moment)
                let next = place + 1 < meeting.agenda.count ? meeting.agenda[place + 1].id : nil
                return .redirect(
                    next.map { Link.meeting(id).below("items").below($0) }
                        ?? Link.meeting(id).asking([("saved", "minuted")]))
            }
        }
    }

    private func addErrandRoutes(to site: inout Site) {
        site.officer(.get, "/desk/errands/{id}", needs: nil) { visit in
            .page(try await errandPage(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/errands/{id}", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await errandPage(visit, $0) }) { entry in
                if entry["then"] == "hand" {
                    let section = entry.id("errand-to", "担当課", of: town.sections.map(\.id)) ?? ""
                    try entry.check()
                    try await hand(
                        errand: visit.parameter("id"), to: section, seen: entry.seen, by: visit.who, at: visit.moment)
                } else if entry["then"] == "accept" {
                    try await accept(visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
                } else {
                    let words = entry.words("done", "したこと", most: 600)
                    try entry.check()
                    try await finish(
                        visit.parameter("id"), words: words, seen: entry.seen, by: visit.who, at: visit.moment)
                }
                return .redirect(("/desk/errands" as Link).below(visit.parameter("id")).asking([("saved", "yes")]))
            }
        }
    }

    private func errandPage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (frame, today) = (frame(visit), visit.moment.day)
        let (errand, people, meeting) = try await database.read { transaction in
            let errand = try Kept<Errand>.require(visit.parameter("id"), in: transaction)
            return (errand, try People(staff, in: transaction), try Kept<Meeting>.find(errand.meeting, in: transaction))
        }
        let form: HTML =
            errand.done == nil && frame.officer.mayReport(for: errand.section)
            ? """
            <form method="post" action="\(("/desk/errands" as Link).below(errand.id))">\(entry.seen(errand.revision))
            \(entry.area("done", "したこと", rows: 3))<button class="primary" name="then" value="finish">終わりにする</button>
            <button name="then" value="accept" formnovalidate="">わたしが引き受ける</button></form>
            \(Piece.act("担当課を替える", ("/desk/errands" as Link).below(errand.id), isOpen: entry["errand-to"] != nil, "\(entry.seen(errand.revision))<input type=\"hidden\" name=\"then\" value=\"hand\">\(entry.list("errand-to", "担当課", frame.sections, now: errand.section))", button: "担当課を替える"))
            """ : .empty
        return frame.page(
            .bodies, errand.words, entry: entry, saved: visit.query["saved"] == nil ? nil : "保存しました。",
            """
            <p class="way"><a href="/desk/bodies">会議</a></p><h1>\(errand.words) \(errand.content.isLate(on: today) ? Piece.tag("期限を過ぎています", "attention") : .empty)</h1>
            \(Piece.facts([
                ("担当課", "\(frame.sectionName(errand.section))"), ("担当", "\(people.name(errand.officer))"), ("期限", "\(errand.due.wareki)"),
                ("決めた会議", meeting.map { "<a href=\"\(.meeting($0.id))\">\($0.title)</a>" } ?? "—"),
                ("したこと", errand.done.map { "\(Piece.kept($0.words))<br>\(people.name($0.by))（\($0.on.wareki)）" } ?? "まだ"),
            ]))\(form)
            """)
    }

    private static let savedMeeting = [
        "opened": "会議を予定に入れ、委員に知らせました。", "agenda": "議題を直しました。", "attended": "出欠を記録しました。", "minuted": "議事を保存しました。",
        "closed": "議事録の案にしました。", "approved": "議事録を承認しました。", "published": "議事録を公開しました。", "rescheduled": "日時を直しました。",
        "cancelled": "会議を取りやめました。",
        "reopened": "議事録の案を差し戻しました。",
    ]

    private func meetingPage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        try await meetingPages(visit).page(entry, saved: visit.query["saved"].flatMap { Self.savedMeeting[$0] })
    }

    private func itemPage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let pages = try await meetingPages(visit)
        guard let item = pages.meeting.content.item(visit.parameter("item")) else { throw Refused.notHere }
        return pages.item(item, entry)
    }

    private func meetingPages(_ visit: Visit<Officer>) async throws -> MeetingPages {
        let (id, frame, today) = (visit.parameter("id"), frame(visit), visit.moment.day)
        return try await database.read { transaction in
            let meeting = try Kept<Meeting>.require(id, in: transaction)
            return MeetingPages(
                frame: frame, state: try GovernanceState(self, on: today, in: transaction), meeting: meeting,
                body: try Kept<Body>.require(meeting.body, in: transaction),
                isPacketKept: try Kept<KeptPacket>.find(id, in: transaction) != nil, today: today)
        }
    }
}

extension Entry {
    /// A decision as the minutes have it; nil where nothing was decided.
    fileprivate mutating func decision(
        about: Meeting.Item.Subject?, options: [String], sections: [String], owners: [String], held: Day,
        by officer: Officer,
        at moment: Moment
    ) -> (Meeting.Decision?, Governance.Consequence) {
        let typed = words("sentence", "決まったこと", most: 300, optional: true)
        var consequence = Governance.Consequence()
        let option = (self["option"] ?? "").isEmpty ? nil : Int(self["option"] ?? "")
        consequence.option = option.flatMap { options.indices.contains($0) ? $0 : nil }
        let chosen = consequence.option.map { options[$0] }
        if chosen != nil, !typed.isEmpty { fail("sentence", "案のとおりに決まったときは、「決まったこと」を空けておいてください。違うときは「ほかの内容」を選んでください。") }
        if self["option"] == "other", typed.isEmpty { fail("sentence", "「決まったこと」を1文で入力してください。") }
        let sentence = chosen ?? typed
        var (isFate, isTrial) = (false, false)
        if case .fate = about { isFate = true }
        if case .loop = about { isTrial = true }
        let isCarried = self["carried"] != "no"
        guard !sentence.isEmpty else {
            if !(self["decision-reason"] ?? "").isEmpty || !(self["fate"] ?? "").isEmpty {
                fail("sentence", "「決まったこと」を1文で入力してください。決まらなかったときは、決定の欄を全部空けておきます。")
            }
            return (nil, consequence)
        }
        let section = id("errand-section", "このあと担当する課", of: sections, optional: true)
        let due = day("due", "いつまでに", optional: true)
        if let due, due < held { fail("due", "「いつまでに」は、会議の日よりあとにしてください。") }
        if section != nil, due == nil { fail("due", "担当する課を決めたときは、「いつまでに」も入力してください。") }
        let reviewOn = day("review-on", "見直しの日", optional: !isTrial || !isCarried)
        if isFate, isCarried {
            consequence.fate = choice("fate", "終期の扱い", Fate.Kind.self)
            consequence.into = (self["into"] ?? "").isEmpty ? nil : self["into"]
            if consequence.fate == .merged, consequence.into == nil { fail("into", "統合する先の取組を選んでください。") }
        }
        if isTrial, isCarried {
            consequence.success = words("success", "うまくいったと言える条件", most: 300)
            consequence.stop = words("stop", "やめる条件", most: 300)
            consequence.owner = id("owner", "担当する人", of: owners) ?? ""
        }
        let decision = Meeting.Decision(
            kind: choice("decision-kind", "決定の種類", Meeting.Kind.self) ?? .work, isCarried: isCarried,
            sentence: sentence,
            reason: words("decision-reason", "理由", most: 600),
            dissent: words("dissent", "反対意見", most: 600, optional: true),
            section: section, due: section == nil ? nil : due, reviewOn: reviewOn,
            recorder: Actor.officer(officer.id).text,
            recordedAt: moment)
        return (decision, consequence)
    }
}
