import Core
import Japanese

/// 会議体. A body of the plan: the committee, the members in the sections, a working group.
struct Body: Document, Equatable {
    static var kind: String { "body" }

    var name: String
    var sort: Sort
    /// 設置の根拠.
    var rule: String
    /// 目的・所掌.
    var purpose: String
    /// 定足数: what share of the members has to be there.
    var quorum: Quorum
    /// 任期: its last day of each year, as month and day; members are appointed until then.
    var termMonth: Int
    /// 終わりの日 of a working group; nil for a standing body.
    var endsOn: Day?
    var seats: [Seat]
    /// 成果 of a working group.
    var outputs: [Output]
    /// Who put themselves forward or was put forward, and is not a member yet.
    var candidates: [Candidate]

    enum Sort: String, Sendable, Codable, CaseIterable {
        case committee, liaisons, workingGroup

        var name: String {
            switch self {
            case .committee: "委員会"
            case .liaisons: "協力員"
            case .workingGroup: "ワーキンググループ"
            }
        }
    }

    enum Quorum: String, Sendable, Codable, CaseIterable {
        case half, twoThirds, none

        var name: String {
            switch self {
            case .half: "過半数"
            case .twoThirds: "3分の2以上"
            case .none: "定めない"
            }
        }

        /// How many of so many members have to be there.
        func needed(of count: Int) -> Int {
            switch self {
            case .half: count / 2 + 1
            case .twoThirds: (count * 2 + 2) / 3
            case .none: 0
            }
        }
    }

    /// 委員・協力員 for a term.
    struct Seat: Sendable, Codable, Equatable, Identifiable {
        let id: String
        /// The officer, by id; nil for somebody from outside.
        let officer: String?
        let name: String
        /// 所属課, by id; nil for somebody from outside.
        var section: String?
        let post: Post
        /// 副委員長の順.
        let order: Int
        let from: Day
        var until: Day

        func holds(on day: Day) -> Bool { from <= day && day <= until }
    }

    enum Post: String, Sendable, Codable, CaseIterable {
        case chair, deputy, member, observer

        var name: String {
            switch self {
            case .chair: "委員長"
            case .deputy: "副委員長"
            case .member: "委員"
            case .observer: "オブザーバー"
            }
        }
    }

    struct Output: Sendable, Codable, Equatable {
        let title: String
        let words: String
        let on: Day
    }

    struct Candidate: Sendable, Codable, Equatable {
        let officer: String
        let name: String
        /// 立候補 or 推薦.
        let isVolunteer: Bool
        let words: String
        let on: Day
    }

    /// Who sits in it on a day, the chair first.
    func seats(on day: Day) -> [Seat] {
        seats.filter { $0.holds(on: day) }.sorted {
            (Post.allCases.firstIndex(of: $0.post) ?? 0, $0.order, $0.name) < (
                Post.allCases.firstIndex(of: $1.post) ?? 0, $1.order, $1.name
            )
        }
    }

    /// Who counts for the quorum.
    func voters(on day: Day) -> [Seat] { seats(on: day).filter { $0.post != .observer } }

    /// Sections that have no member of this body on a day.
    func vacancies(_ sections: [String], on day: Day) -> [String] {
        let filled = Set(seats(on: day).compactMap(\.section))
        return sections.filter { !filled.contains($0) }
    }

    /// The last day of the term that a day belongs to.
    func termEnd(for day: Day) -> Day {
        let end = Day(year: day.year, month: termMonth, day: 1).map { Month(of: $0).last } ?? day
        return end >= day ? end : Day(year: day.year + 1, month: termMonth, day: 1).map { Month(of: $0).last } ?? day
    }

    func isOpen(on day: Day) -> Bool { endsOn.map { day <= $0 } ?? true }
}

extension Body {
    /// 任命. One seat for each officer, and one chair, at a time.
    mutating func appoint(_ seat: Seat) throws(Refused) {
        let overlapping = seats.filter { $0.from <= seat.until && seat.from <= $0.until }
        guard seat.from <= seat.until else { throw .unusable("任期の終わりは、始まりよりあとにしてください。") }
        if let officer = seat.officer, overlapping.contains(where: { $0.officer == officer }) {
            throw .notNow("\(seat.name)さんは、その期間にもう任命されています。")
        }
        if seat.post == .chair, let other = overlapping.first(where: { $0.post == .chair }) {
            throw .notNow("その期間の委員長は\(other.name)さんです。先に任期を終えてください。")
        }
        if sort == .liaisons, let other = overlapping.first(where: { $0.section == seat.section }) {
            throw .notNow("協力員は、課に一人です。その期間は\(other.name)さんです。先に任期を終えてください。")
        }
        seats.append(seat)
        candidates.removeAll { $0.officer == seat.officer }
    }

    /// 退任・交代: the seat ends on a day.
    mutating func dismiss(_ seat: String, on day: Day) throws(Refused) {
        guard let place = seats.firstIndex(where: { $0.id == seat }) else { throw .notHere }
        guard seats[place].holds(on: day) else { throw .notNow("その日には、もう委員ではありません。") }
        // From this day on the seat is free.
        seats[place].until = day.adding(days: -1)
    }

    /// 所属の変更: the seats of a section go on under another, those of coming terms too. Where that has its 協力員 for the time
    /// already, they end. Gives how many went on, and which ended.
    mutating func transfer(_ from: String, to section: String, on day: Day) -> (moved: Int, ended: [Seat]) {
        var (moved, ended) = (0, [Seat]())
        for seat in seats where seat.section == from && seat.until >= day {
            guard let place = seats.firstIndex(where: { $0.id == seat.id }) else { continue }
            let isTaken = seats.contains {
                $0.section == section && $0.from <= seat.until && max(seat.from, day) <= $0.until
            }
            if sort == .liaisons, isTaken {
                ended.append(seat)
                if seat.from < day { seats[place].until = day.adding(days: -1) } else { seats.remove(at: place) }
            } else {
                seats[place].section = section
                moved += 1
            }
        }
        return (moved, ended)
    }

    mutating func propose(_ candidate: Candidate) throws(Refused) {
        guard sort == .workingGroup else { throw .notNow("立候補と推薦を受け付けるのは、ワーキンググループだけです。") }
        guard !candidates.contains(where: { $0.officer == candidate.officer }),
            !seats(on: candidate.on).contains(where: { $0.officer == candidate.officer })
        else { throw .notNow("\(candidate.name)さんは、もう候補か委員になっています。") }
        candidates.append(candidate)
    }
}
