import Core
import Japanese

/// 会議. From its agenda over attendance and minutes to what is made public.
///
/// Legal moves: planned → held (attendance taken) ⇄ minuted → approved → published; planned → cancelled.
struct Meeting: Document, Equatable {
    static var kind: String { "meeting" }

    let body: String
    var title: String
    var on: Day
    /// 13:30.
    var time: String
    var place: String
    var state: State
    var agenda: [Item]
    var attendance: [Attendance]
    /// 議事録を承認した人, as ``Actor/text``, and when.
    var approval: Approval?

    enum State: String, Sendable, Codable, CaseIterable {
        case planned, held, minuted, approved, published, cancelled

        var name: String {
            switch self {
            case .planned: "予定"
            case .held: "開催中"
            case .minuted: "議事録の案"
            case .approved: "議事録を承認"
            case .published: "公開"
            case .cancelled: "取りやめ"
            }
        }
    }

    /// 議題.
    struct Item: Sendable, Codable, Equatable, Identifiable {
        let id: String
        var sort: Sort
        var title: String
        /// What is known about it: the page that the members read beforehand.
        var note: String
        /// What it is about, as ``Subject`` writes it; nil for something else.
        let about: String?
        /// 質疑の要旨.
        var minutes: String
        var decision: Decision?
        /// 公開しない理由; nil where it is public as it stands.
        var hidden: String?
    }

    enum Sort: String, Sendable, Codable, CaseIterable {
        case decide, discuss, report

        var name: String {
            switch self {
            case .decide: "決定"
            case .discuss: "協議"
            case .report: "報告"
            }
        }
    }

    /// 委員会の決定.
    struct Decision: Sendable, Codable, Equatable {
        let kind: Kind
        /// 可決; false where the committee decided against it: then nothing follows.
        let isCarried: Bool
        let sentence: String
        let reason: String
        /// 反対意見, with whose they are. That there were some is public, their words are not.
        let dissent: String
        /// 担当課 and the last day of what follows; nil where nothing follows.
        let section: String?
        let due: Day?
        let reviewOn: Day?
        let recorder: String
        let recordedAt: Moment
    }

    /// The three kinds of decision that are the committee's (計画 第6章).
    enum Kind: String, Sendable, Codable, CaseIterable {
        case direction, measure, work

        var name: String {
            switch self {
            case .direction: "推進方針"
            case .measure: "重要施策の方向性"
            case .work: "具体的な取組み"
            }
        }
    }

    struct Attendance: Sendable, Codable, Equatable {
        let seat: String
        let name: String
        let presence: Presence
        /// 代理で出た人.
        let proxy: String
    }

    enum Presence: String, Sendable, Codable, CaseIterable {
        case present, proxy, absent

        var name: String {
            switch self {
            case .present: "出席"
            case .proxy: "代理出席"
            case .absent: "欠席"
            }
        }
    }

    struct Approval: Sendable, Codable, Equatable {
        let by: String
        let on: Day
    }

    /// How many of the members are there, in person or by proxy; observers do not count.
    func present(_ body: Body) -> Int {
        let voters = Set(body.voters(on: on).map(\.id))
        return attendance.count { $0.presence != .absent && voters.contains($0.seat) }
    }

    func hasQuorum(_ body: Body) -> Bool {
        !attendance.isEmpty && present(body) >= body.quorum.needed(of: body.voters(on: on).count)
    }

    func item(_ id: String) -> Item? { agenda.first { $0.id == id } }
}

extension Meeting {
    mutating func add(_ item: Item) throws(Refused) {
        guard state == .planned || state == .held else { throw .notNow("議事録の案になったあとは、議題を加えられません。") }
        guard item.about == nil || !agenda.contains(where: { $0.about == item.about }) else { return }
        agenda.append(item)
    }

    mutating func remove(_ id: String) throws(Refused) {
        guard state == .planned else { throw .notNow("会議が始まったあとは、議題を消せません。") }
        agenda.removeAll { $0.id == id }
    }

    mutating func take(_ attendance: [Attendance], today: Day) throws(Refused) {
        guard today >= on else { throw .notNow("会議の日（\(on.wareki)）の前には、出欠を記録できません。日が変わったときは「日時を直す」で直してください。") }
        guard state == .planned || state == .held else { throw .notNow("議事録の案になったあとは、出欠を変えられません。") }
        func there(_ list: [Attendance]) -> Int { list.count { $0.presence != .absent } }
        if agenda.contains(where: { $0.decision != nil }), there(attendance) < there(self.attendance) {
            throw .notNow("決定を記録したあとは、出席を減らせません。")
        }
        (self.attendance, state) = (attendance, .held)
    }

    /// 議事. Words and decision of an agenda item, taken down in the meeting.
    mutating func minute(_ id: String, _ words: String, _ decision: Decision?, in body: Body) throws(Refused) {
        guard state == .held else {
            throw .notNow(state == .planned ? "先に出欠を記録してください。" : "議事録の案を出したあとは、書きかえられません。")
        }
        guard let place = agenda.firstIndex(where: { $0.id == id }) else { throw .notHere }
        if decision != nil, !hasQuorum(body) || present(body) == 0 {
            throw .notNow("定足数（\(body.quorum.needed(of: body.voters(on: on).count))人）に足りないので、決定は記録できません。話したことは書けます。")
        }
        if let known = agenda[place].decision, let decision, known != decision {
            throw .notNow("記録した決定は変えられません。もう一度決めるときは、新しい議題にしてください。議事の要旨は直せます。")
        }
        agenda[place].minutes = words
        if let decision { agenda[place].decision = decision }
    }

    /// 日時を直す, as long as it has not begun.
    mutating func reschedule(title: String, on day: Day, time: String, place: String) throws(Refused) {
        guard state == .planned else { throw .notNow("始まった会議の日時は変えられません。") }
        (self.title, on, self.time, self.place) = (title, day, time, place)
    }

    /// 取りやめ.
    mutating func cancel() throws(Refused) {
        guard state == .planned else { throw .notNow("取りやめられるのは、始まる前の会議だけです。") }
        state = .cancelled
    }

    /// 差し戻し: the draft of the minutes goes back to be mended.
    mutating func reopen() throws(Refused) {
        guard state == .minuted else { throw .notNow("差し戻せるのは、議事録の案だけです。") }
        state = .held
    }

    mutating func close() throws(Refused) {
        guard state == .held else { throw .notNow("議事録の案にできるのは、開催中の会議だけです。") }
        let open = agenda.filter { $0.sort == .decide && $0.decision == nil && $0.minutes.isEmpty }
        guard open.isEmpty else {
            throw .unusable("「\(open[0].title)」に、決定か、決めなかった理由を書いてください。")
        }
        state = .minuted
    }

    mutating func approve(_ approval: Approval) throws(Refused) {
        guard state == .minuted else { throw .notNow("承認できるのは、議事録の案だけです。") }
        (self.approval, state) = (approval, .approved)
    }

    /// 公開. Items with a reason to be left out are told by their number alone.
    mutating func publish(hiding hidden: [String: String]) throws(Refused) {
        guard state == .approved || state == .published else { throw .notNow("公開できるのは、承認した議事録だけです。") }
        for place in agenda.indices { agenda[place].hidden = hidden[agenda[place].id] }
        state = .published
    }
}

extension Meeting.Item {
    /// What an agenda item is about: a sort of thing, and its id.
    enum Subject {
        case loop(String), review(String), stale(String), ended(String), action(String), fate(String), minutes(String)
        case plan(String), errand(String), updates

        init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            let id = parts.count == 2 ? parts[1] : ""
            switch parts.first {
            case "loop": self = .loop(id)
            case "review": self = .review(id)
            case "observe": self = .stale(id)
            case "ended": self = .ended(id)
            case "action": self = .action(id)
            case "fate": self = .fate(id)
            case "minutes": self = .minutes(id)
            case "plan": self = .plan(id)
            case "errand": self = .errand(id)
            case "updates": self = .updates
            default: return nil
            }
        }
    }

    var subject: Subject? { about.flatMap(Subject.init) }
}

/// やること. What a decision asks of a section, until a day.
struct Errand: Document, Equatable {
    static var kind: String { "errand" }

    var words: String
    var section: String
    /// The officer who does it, by id; nil until somebody takes it.
    var officer: String?
    var due: Day
    /// The meeting and agenda item it came from.
    let meeting: String
    let item: String
    var done: Done?

    struct Done: Sendable, Codable, Equatable {
        let words: String
        let by: String
        let on: Day
    }

    func isLate(on today: Day) -> Bool { done == nil && due < today }
}
