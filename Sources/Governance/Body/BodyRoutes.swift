import Core
import Database
import HTML
import Japanese
import Web

extension Governance {
    func addBodyRoutes(to site: inout Site) {
        site.officer(.get, "/desk/bodies", needs: nil) { visit in
            let (frame, today) = (frame(visit), visit.moment.day)
            return .page(
                try await database.read { transaction in
                    BodyPages(frame: frame, people: try People(staff, in: transaction), today: today).list(
                        try Kept<Body>.list(in: transaction), try Kept<Meeting>.list(in: transaction),
                        errands: try Kept<Errand>.list(in: transaction))
                })
        }
        site.officer(.get, "/desk/bodies/new", needs: .preparePlan) { visit in
            .page(try await bodyForm(visit, nil, Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/bodies/new", needs: .preparePlan) { visit in try await saveBody(visit, nil) }
        site.officer(.get, "/desk/bodies/{id}", needs: nil) { visit in
            .page(try await bodyPage(visit, Entry(today: visit.moment.day)))
        }
        site.officer(.get, "/desk/bodies/{id}/edit", needs: .preparePlan) { visit in
            .page(try await bodyForm(visit, visit.parameter("id"), Entry(today: visit.moment.day)))
        }
        site.officer(.post, "/desk/bodies/{id}/edit", needs: .preparePlan) { visit in
            try await saveBody(visit, visit.parameter("id"))
        }
        addSeatRoutes(to: &site)
        addSectionMoveRoutes(to: &site)
    }

    private func addSeatRoutes(to site: inout Site) {
        site.officer(.post, "/desk/bodies/{id}/appoint", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await bodyPage(visit, $0) }) { entry in
                let people = try await database.read { try People(staff, in: $0) }
                let seat = entry.seat(people, sections: town.sections.map(\.id))
                try entry.check()
                try await appoint(seat, to: visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.body(visit.parameter("id")).asking([("saved", "appointed")]))
            }
        }
        site.officer(.post, "/desk/bodies/{id}/dismiss", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await bodyPage(visit, $0) }) { entry in
                try await dismiss(
                    entry["seat"] ?? "", from: visit.parameter("id"), on: entry.today, seen: entry.seen, by: visit.who,
                    at: visit.moment)
                return .redirect(Link.body(visit.parameter("id")).asking([("saved", "dismissed")]))
            }
        }
        site.officer(.post, "/desk/bodies/{id}/propose", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await bodyPage(visit, $0) }) { entry in
                let people = try await database.read { try People(staff, in: $0) }
                let who = people.officer(entry["candidate"])
                if who == nil { entry.fail("candidate", "職員を一覧から選んでください。") }
                let candidate = Body.Candidate(
                    officer: who?.id.text ?? "", name: who?.name ?? "", isVolunteer: who?.id == visit.who.id,
                    words: entry.words("why", "ひとこと", most: 300), on: entry.today)
                try entry.check()
                try await propose(candidate, to: visit.parameter("id"), by: visit.who, at: visit.moment)
                return .redirect(Link.body(visit.parameter("id")).asking([("saved", "candidate")]))
            }
        }
        site.officer(.post, "/desk/bodies/{id}/outputs", needs: .reportProgress) { visit in
            try await fill(visit, orShow: { try await bodyPage(visit, $0) }) { entry in
                let output = Body.Output(
                    title: entry.words("output", "成果の題", most: 80),
                    words: entry.words("output-words", "中身", most: 2000), on: entry.today)
                try entry.check()
                try await add(output, to: visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.body(visit.parameter("id")).asking([("saved", "output")]))
            }
        }
        site.officer(.post, "/desk/bodies/{id}/meetings", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await bodyPage(visit, $0) }) { entry in
                let meeting = entry.meeting(of: visit.parameter("id"))
                try entry.check()
                let id = try await open(meeting, id: entry.once, by: visit.who, at: visit.moment)
                return .redirect(Link.meeting(id).asking([("saved", "opened")]))
            }
        }
    }

    private static let savedBody = [
        "appointed": "任命しました。本人に知らせました。", "dismissed": "退任にしました。", "candidate": "候補にしました。", "output": "成果を残しました。",
        "saved": "保存しました。",
    ]

    private func bodyPage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (id, today, frame) = (visit.parameter("id"), visit.moment.day, frame(visit))
        return try await database.read { transaction in
            let body = try Kept<Body>.require(id, in: transaction)
            let meetings = try Kept<Meeting>.list(in: transaction).filter { $0.body == id }
            return BodyPages(frame: frame, people: try People(staff, in: transaction), today: today).page(
                body, meetings, entry: entry, saved: visit.query["saved"].flatMap { Self.savedBody[$0] })
        }
    }

    private func bodyForm(_ visit: Visit<Officer>, _ id: String?, _ entry: Entry) async throws -> Page {
        let (today, frame) = (visit.moment.day, frame(visit))
        return try await database.read { transaction in
            let body = try id.map { try Kept<Body>.require($0, in: transaction) }
            return BodyPages(frame: frame, people: try People(staff, in: transaction), today: today).form(body, entry)
        }
    }

    private func saveBody(_ visit: Visit<Officer>, _ id: String?) async throws -> Answer {
        try await fill(visit, orShow: { try await bodyForm(visit, id, $0) }) { entry in
            let known = try await database.read { transaction in
                try id.map { try Kept<Body>.require($0, in: transaction).content }
            }
            let body = entry.body(known)
            try entry.check()
            let saved = try await save(
                body, id: id, new: entry.once, seen: entry.seen, by: visit.who, at: visit.moment)
            return .redirect(Link.body(saved).asking([("saved", "saved")]))
        }
    }
}

extension Entry {
    fileprivate mutating func body(_ known: Body?) -> Body {
        let month = number("term-month", "任期の終わる月") ?? 3
        if !(1...12).contains(month) || month != month.rounded() { fail("term-month", "「任期の終わる月」は、1から12までの数にしてください。") }
        let sort = choice("sort", "種類", Body.Sort.self) ?? .committee
        let endsOn = day("ends-on", "終わりの日", optional: true)
        if sort == .workingGroup, endsOn == nil, (self["ends-on"] ?? "").isEmpty {
            fail("ends-on", "ワーキンググループには、終わりの日を決めてください。")
        }
        return Body(
            name: words("name", "名前", most: 60), sort: sort, rule: words("rule", "設置の根拠", most: 200),
            purpose: words("purpose", "目的・所掌", most: 600), quorum: choice("quorum", "定足数", Body.Quorum.self) ?? .half,
            termMonth: Int(max(1, min(12, month))), endsOn: endsOn, seats: known?.seats ?? [],
            outputs: known?.outputs ?? [],
            candidates: known?.candidates ?? [])
    }

    fileprivate mutating func seat(_ people: People, sections: [String]) -> Body.Seat {
        let officer = people.officer(self["officer"])
        let outsider = officer == nil ? words("outsider", "町の外の人の名前と立場", most: 60) : ""
        let section = id("section", "課", of: sections, optional: true)
        let from = day("from", "任期の始まり") ?? today
        let until = day("until", "任期の終わり") ?? today
        if until < from { fail("until", "「任期の終わり」は、始まりよりあとにしてください。") }
        return Body.Seat(
            id: String(ID<Body.Seat>().text.suffix(8)), officer: officer?.id.text, name: officer?.name ?? outsider,
            section: section ?? officer?.memberships.first?.section,
            post: choice("post", "役", Body.Post.self) ?? .member,
            order: number("order", "順", optional: true).map { Int($0) } ?? 0, from: from, until: until)
    }

    mutating func meeting(of body: String) -> Meeting {
        let time = words("time", "時刻", most: 10)
        let parts = Width.narrow(time).split(separator: ":").compactMap { Int($0) }
        if !time.isEmpty, parts.count != 2 || !(0...23).contains(parts[0]) || !(0...59).contains(parts[1]) {
            fail("time", "「時刻」は、13:30 のように入力してください。")
        }
        let clock = parts.count == 2 ? "\(parts[0]):\(parts[1] < 10 ? "0" : "")\(parts[1])" : time
        return Meeting(
            body: body, title: words("title", "会議の名前", most: 80), on: day("on", "開催の日") ?? today, time: clock,
            place: words("place", "場所", most: 80), state: .planned, agenda: [], attendance: [], approval: nil)
    }
}
