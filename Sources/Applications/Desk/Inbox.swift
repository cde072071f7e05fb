import Core
import Database
import Japanese

/// 申請一覧. What a section has on its desk.
struct Inbox: Sendable {
    static let pageSize = 50
    /// So many rows are looked at for conditions that no index serves; the next page goes on from there.
    static let rowsLookedAt = 3000

    /// The sections whose applications the officer may see, narrowed to the one that was chosen.
    let sections: [String]
    let officer: ID<Officer>
    let filter: InboxFilter
    let search: InboxSearch?
    var after: Cursor?
    /// How many a page has.
    var size = Self.pageSize
    let today: Day
    /// The last day of 「3開庁日のうち」.
    let soon: Day
    let staff: StaffDirectory
    /// Makes the tokens of a name that is looked for.
    let tokens: @Sendable ([String]) -> [[UInt8]]

    /// One page of the list.
    struct Listing: Sendable {
        var items: [Item]
        /// Where the next page begins; nil if there is none.
        var next: Cursor?
        /// True where the rows that were looked at ended before the page was full.
        var isCutShort: Bool
    }

    /// How it is sorted. What was searched for is sorted by itself.
    var order: InboxFilter.Order { filter.order ?? filter.usualOrder }

    /// One page of the list. Each lane is read along an index, and what was read is merged: the time does not grow with the
    /// number of applications.
    func page(in transaction: Transaction) throws -> Listing {
        switch search {
        case .number(let number): return try page(numbered: number, in: transaction)
        case .name(let name): return try page(named: name, in: transaction)
        case nil: break
        }
        var (items, stops): ([Item], [Cursor]) = ([], [])
        let lanes = try self.lanes(in: transaction)
        for lane in lanes {
            let reading = reading(of: lane)
            let (rows, end) = try reading.read(size + 1, in: transaction)
            items += try rows.map(Item.init)
            if let end { stops.append(end) }
        }
        let order = order
        if lanes.count > 1 { items.sort { isBefore($0.cursor(order), $1.cursor(order)) } }
        // Behind the place where a lane was left, others of it may come: the page ends there.
        let stop = stops.min(by: isBefore)
        if let stop { items.removeAll { isBefore(stop, $0.cursor(order)) } }
        let isFull = items.count > size
        if isFull { items.removeLast(items.count - size) }
        return Listing(
            items: items, next: isFull ? items.last?.cursor(order) : stop, isCutShort: !isFull && stop != nil)
    }

    /// All of the list, up to so many, and whether there are more.
    func all(upTo limit: Int, in transaction: Transaction) throws -> (items: [Item], hasMore: Bool) {
        var (inbox, items) = (self, [Item]())
        (inbox.size, inbox.after) = (limit, nil)
        // Where conditions are seldom met, the search is given up at some time.
        for _ in 0..<20 {
            let listing = try inbox.page(in: transaction)
            items += listing.items
            guard listing.next != nil, items.count < limit else { return (items, listing.next != nil) }
            inbox.after = listing.next
        }
        return (items, true)
    }

    /// True if the first comes first.
    private func isBefore(_ one: Cursor, _ other: Cursor) -> Bool { order == .newest ? other < one : one < other }

    /// How many there are of each status that is not decided yet, counted up to ``countedUpTo`` in a section.
    func counts(in transaction: Transaction) throws -> [Case.Status: Count] {
        let rows = try sections.compactMap { try transaction.row(countsStatement(section: $0)) }
        return try Case.Status.undecided.reduce(into: [:]) { counts, status in
            counts[status] = try rows.reduce(Count(number: 0, isMore: false)) { sum, row in
                sum + Count(upTo: Self.countedUpTo, of: try row[status.rawValue])
            }
        }
    }

    private func countsStatement(section: String) -> SQL {
        let counts: [SQL] = Case.Status.undecided.map { status in
            """
            (SELECT count(*) FROM (SELECT 1 FROM application WHERE section = \(section) AND \(status.condition)
            LIMIT \(Self.countedUpTo + 1)) AS found) AS \(status.column)
            """
        }
        return "SELECT " + counts.dropFirst().reduce(counts[0]) { $0 + ", " + $1 }
    }

    /// More than that is not counted, so that the time stays the same: 「99以上」.
    static let countedUpTo = 99

    /// A number of applications, or at least that many.
    struct Count: Sendable {
        let number: Int
        let isMore: Bool

        init(number: Int, isMore: Bool) { (self.number, self.isMore) = (number, isMore) }

        init(upTo limit: Int, of number: Int) { self.init(number: min(number, limit), isMore: number > limit) }

        static func + (left: Count, right: Count) -> Count {
            Count(number: left.number + right.number, isMore: left.isMore || right.isMore)
        }

        var text: String { isMore ? "\(number)以上" : String(number) }
    }
}

extension Case.Status {
    /// What is still to be done: the others only grow.
    static let undecided = allCases.filter { $0 != .draft && !$0.isDecided }

    /// Spelled out, not bound: a statement is planned once, whichever status is asked for.
    var condition: SQL { "status = '" + column + "'" }

    fileprivate var column: SQL {
        switch self {
        case .draft: "draft"
        case .submitted: "submitted"
        case .received: "received"
        case .reviewing: "reviewing"
        case .returned: "returned"
        case .approved: "approved"
        case .rejected: "rejected"
        case .withdrawn: "withdrawn"
        case .inadmissible: "refused"
        case .issued: "issued"
        case .completed: "completed"
        }
    }
}
