import Core
import Japanese
import Testing

@testable import Governance
@testable import Register

@Suite("OODAのきまり")
struct LoopRuleTests {
    static let day = Day(year: 2026, month: 11, day: 2) ?? Day(daysSince1970: 0)
    static let moment = Moment(startOf: day)

    static let seen = Loop(
        title: "転出届", item: 1, action: nil, section: "residents",
        observation: .init(
            fact: "1.8%だった", value: 1.8, unit: "%", source: "ダッシュボード", on: day, seenBy: "住民課", origin: .measure,
            reference: nil, card: "moving-out", recorder: "officer:a", recordedAt: moment),
        hypotheses: [], asked: nil, proposal: nil, decision: nil, trial: nil, ending: nil, follows: nil, hidden: nil)

    static let idea = Loop.Hypothesis(
        ifWords: "案内を替えれば", thenWords: "増える", metric: "率", size: "10%", wrongIf: "変わらない", affected: "引っ越す方",
        recorder: "officer:a", recordedAt: moment)

    static func decision(on: Day = day, review: Int = 56) -> Loop.Decision {
        .init(
            sentence: "案内を替える", reason: "小さく試せる", alternatives: [], success: "10%", stop: "3%", level: .section,
            owner: "a",
            reviewOn: on.adding(days: review), assertedBy: "見本", decidedOn: on, recorder: "officer:a",
            recordedAt: moment,
            meeting: nil)
    }

    static func trial(_ better: Measure.Better = .higher, expected: Double = 10, stopAt: Double? = 3) -> Loop.Trial {
        .init(
            start: day, end: day.adding(days: 55), scope: "窓口", guardRails: "待たせない",
            expectation: .init(
                measure: nil, card: nil, metric: "率", unit: "%", better: better, before: 1.8, expected: expected,
                stopAt: stopAt),
            recorder: "officer:a", recordedAt: moment, result: nil)
    }

    static func result(_ value: Double) -> Loop.Result {
        .init(
            value: value, evidence: "数えた", said: "", on: day.adding(days: 55), recorder: "officer:a", recordedAt: moment
        )
    }

    static func ending(_ kind: Loop.Ending.Kind) -> Loop.Ending {
        .init(kind: kind, reason: "分かった", on: day.adding(days: 56), recorder: "officer:a", recordedAt: moment)
    }

    /// A loop that came as far as a stage.
    static func loop(at stage: Loop.Stage) throws -> Loop {
        var loop = seen
        if stage == .observed { return loop }
        try loop.orient(idea)
        if stage == .oriented { return loop }
        try loop.decide(decision())
        if stage == .decided { return loop }
        try loop.start(trial())
        if stage == .trying { return loop }
        try loop.record(result(11))
        try loop.end(ending(.adopt))
        return loop
    }

    enum Move: String, CaseIterable, Sendable { case orient, decide, start, record, stop, adopt }

    static func apply(_ move: Move, to loop: inout Loop) throws {
        switch move {
        case .orient: try loop.orient(idea)
        case .decide: try loop.decide(decision(review: 57))
        case .start: try loop.start(trial())
        case .record: try loop.record(result(11))
        case .stop: try loop.end(ending(.stop))
        case .adopt: try loop.end(ending(.adopt))
        }
    }

    static let legal: [Loop.Stage: Set<Move>] = [
        .observed: [.orient, .stop], .oriented: [.orient, .decide, .stop], .decided: [.decide, .start, .stop],
        .trying: [.record, .stop], .finished: [],
    ]

    @Test("してよいことは段階で決まり、ほかは断って何も変えない", arguments: Loop.Stage.allCases, Move.allCases)
    func moves(_ stage: Loop.Stage, _ move: Move) throws {
        let before = try Self.loop(at: stage)
        var loop = before
        if Self.legal[stage]?.contains(move) == true {
            try Self.apply(move, to: &loop)
            #expect(loop != before)
        } else {
            #expect(throws: Refused.self) { try Self.apply(move, to: &loop) }
            #expect(loop == before)
        }
    }

    @Test("見込みは、始まる日の前に決める。求められた人より下では決められない")
    func order() throws {
        var loop = try Self.loop(at: .decided)
        let past = Loop.Trial(
            start: Self.day.adding(days: -3), end: Self.day.adding(days: 10), scope: "窓口", guardRails: "待たせない",
            expectation: Self.trial().expectation, recorder: "officer:a", recordedAt: Self.moment, result: nil)
        #expect(throws: Refused.self) { try loop.start(past) }
        var asked = try Self.loop(at: .oriented)
        asked.asked = .committee
        #expect(throws: Refused.self) { try asked.decide(Self.decision()) }
    }

    @Test("取り入れるには、結果が要る")
    func adoptNeedsResult() throws {
        var loop = try Self.loop(at: .trying)
        #expect(throws: Refused.self) { try loop.end(Self.ending(.adopt)) }
        try loop.record(Self.result(11))
        try loop.end(Self.ending(.adopt))
        #expect(loop.stage == .finished)
    }

    @Test(
        "結果は、前に決めた見込みとだけ比べる",
        arguments: [
            (Measure.Better.higher, 11.0, Loop.Outcome.reached), (.higher, 10, .reached), (.higher, 5, .between),
            (.higher, 3, .stop),
            (.lower, 9, .reached), (.lower, 12, .between), (.lower, 15, .stop),
        ])
    func outcome(_ better: Measure.Better, _ value: Double, _ outcome: Loop.Outcome) throws {
        var loop = try Self.loop(at: .decided)
        try loop.start(Self.trial(better, expected: 10, stopAt: better == .higher ? 3 : 15))
        try loop.record(Self.result(value))
        #expect(loop.outcome == outcome)
    }

    @Test("ループの速さは、日の真ん中の値で、黙って終わったものは数に入れない")
    func times() throws {
        let finished = try Self.loop(at: .finished)
        var silent = try Self.loop(at: .decided)
        try silent.end(Self.ending(.stop))
        let times = LoopTimes([finished, silent, Self.seen], today: Self.day.adding(days: 100))
        #expect(times.steps.map(\.days) == [0, 0, 0, 55, 56])
        #expect(times.byEvidence == (1, 2))
        #expect(times.reviewsKept == (2, 2))
    }
}

@Suite("会議のきまり")
struct MeetingRuleTests {
    static let day = LoopRuleTests.day

    static func body(_ members: Int, _ quorum: Body.Quorum = .half) -> Body {
        let seats = (0..<members).map {
            Body.Seat(
                id: "s\($0)", officer: "o\($0)", name: "委員\($0)", section: "s\($0)", post: $0 == 0 ? .chair : .member,
                order: 0,
                from: day, until: day.adding(days: 100))
        }
        return Body(
            name: "委員会", sort: .committee, rule: "要綱", purpose: "決める", quorum: quorum, termMonth: 3, endsOn: nil,
            seats: seats,
            outputs: [], candidates: [])
    }

    @Test(
        "過半数は半分より多く、3分の2は切り上げ",
        arguments: [
            (Body.Quorum.half, 6, 4), (.half, 7, 4), (.half, 1, 1), (.twoThirds, 6, 4), (.twoThirds, 7, 5),
            (.none, 6, 0),
        ])
    func quorum(_ quorum: Body.Quorum, _ members: Int, _ needed: Int) { #expect(quorum.needed(of: members) == needed) }

    @Test("定足数に数えるのは委員だけで、オブザーバーは数えない")
    func observers() throws {
        var body = Self.body(4)
        for place in 2..<4 {
            let seat = body.seats[place]
            body.seats[place] = .init(
                id: seat.id, officer: seat.officer, name: seat.name, section: seat.section, post: .observer, order: 0,
                from: seat.from, until: seat.until)
        }
        var meeting = Meeting(
            body: "b", title: "会議", on: Self.day, time: "10:00", place: "庁議室", state: .planned, agenda: [],
            attendance: [],
            approval: nil)
        func there(_ seats: [String]) -> [Meeting.Attendance] {
            seats.map { .init(seat: $0, name: $0, presence: .present, proxy: "") }
        }
        #expect(throws: Refused.self) { try meeting.take(there(["s0"]), today: Self.day.adding(days: -1)) }
        try meeting.take(there(["s0", "s2", "s3"]), today: Self.day)
        #expect(!meeting.hasQuorum(body))
        try meeting.take(there(["s0", "s1"]), today: Self.day)
        #expect(meeting.hasQuorum(body))
    }

    @Test("委員長は一人、協力員は課に一人、同じ人は一度")
    func seats() throws {
        var body = Self.body(3)
        func seat(_ officer: String, _ post: Body.Post, _ section: String = "x") -> Body.Seat {
            .init(
                id: officer, officer: officer, name: officer, section: section, post: post, order: 0, from: Self.day,
                until: Self.day.adding(days: 10))
        }
        #expect(throws: Refused.self) { try body.appoint(seat("n", .chair)) }
        #expect(throws: Refused.self) { try body.appoint(seat("o1", .member)) }
        try body.appoint(seat("n", .member))
        body.sort = .liaisons
        #expect(throws: Refused.self) { try body.appoint(seat("m", .member, "s1")) }
        try body.dismiss("s1", on: Self.day)
        #expect(body.vacancies(["s1", "s2"], on: Self.day) == ["s1"])
    }

    @Test(
        "任期は、決めた月の末日まで",
        arguments: [("2026-11-02", "2027-03-31"), ("2027-03-31", "2027-03-31"), ("2027-04-01", "2028-03-31")])
    func term(_ day: String, _ end: String) throws {
        #expect(Self.body(1).termEnd(for: try #require(Day(iso: day))).iso == end)
    }
}

@Suite("計画の版")
struct PlanRuleTests {
    @Test("条項は見出しで追い、動いた・変わった・加わった・なくなったを分ける")
    func difference() throws {
        let old = try #require(PlanFolder.read(Fixture.plan).folder.plans.first)
        var new = old
        new.items.remove(at: 1)
        new.items.append(
            .init(no: 9, policy: 1, name: "デジタルデバイド対策", gist: Text(verbatim: "だれも取り残さない"), measures: nil, answers: nil))
        let changes = PlanDifference(from: old, to: new).changes
        #expect(changes.contains { $0.change == .added && $0.new?.heading == "デジタルデバイド対策" })
        #expect(changes.contains { $0.change == .removed && $0.old?.heading == "マイナンバーカードの普及促進" })
        #expect(
            changes.contains { $0.change == .moved && $0.new?.heading == "オープンデータの推進" && $0.new?.anchor == "5-1-2" })
        #expect(PlanDifference(from: old, to: old).changes.isEmpty)
    }

    @Test("国の版ごとに、どちらにないかを言う")
    func mapping() throws {
        let folder = PlanFolder.read(Fixture.plan).folder
        let (plan, national) = (try #require(folder.plans.first), try #require(folder.national))
        let version = try #require(national.versions.first { $0.number == "3.0" })
        let mapping = try #require(PlanMapping(version, plan))
        #expect(mapping.missingInTown.map(\.name) == ["自治体フロントヤード改革の推進", "公金収納におけるeLTAXの活用", "デジタルデバイド対策"])
        #expect(mapping.missingInNation.map(\.no) == [1, 3, 7])
        #expect(PlanMapping(try #require(national.newest), plan) == nil)
        // 町の次の版が、国の項目の名前を挙げて答えるとき.
        var next = plan
        next.items.append(
            .init(
                no: 9, policy: 1, name: "だれも取り残さない", gist: Text(verbatim: "支える"), measures: nil,
                answers: ["デジタルデバイド対策"]))
        let answered = try #require(PlanMapping(version, next))
        #expect(answered.missingInTown.map(\.name) == ["自治体フロントヤード改革の推進", "公金収納におけるeLTAXの活用"])
        #expect(answered.missingInNation.map(\.no) == [1, 3, 7])
    }

    @Test("町のフォルダーの計画は、そのまま読める")
    func folder() { #expect(PlanFolder.read(Fixture.plan).findings == []) }
}

/// What the tests are about.
enum Fixture {
    static let plan =
        String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }) + "/towns/kaminokawa/plan"
}
