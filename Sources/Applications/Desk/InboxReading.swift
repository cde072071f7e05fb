import Core
import Database
import Japanese

extension Inbox {
    /// A stretch of one index that the list is merged from.
    struct Lane: Sendable {
        let section: String
        let scope: InboxFilter.Scope
        let keeper: LaneKeeper
    }

    /// Whose applications a lane has.
    enum LaneKeeper: Sendable {
        case anybody, nobody
        case officer(String)
    }

    /// How a lane is read: along an index, and what else has to hold, which no index serves.
    struct Reading {
        var along: [SQL]
        var rest: [SQL] = []
        /// The columns it is sorted by, as the index has them.
        let order: SQL

        /// The rows of it. Conditions that no index serves are put to so many rows and no more.
        func statement(limit: Int, lookingAt rows: Int) -> SQL {
            guard !rest.isEmpty else {
                return "SELECT \(Item.columns) FROM application WHERE \(.all(along)) ORDER BY \(order) LIMIT \(limit)"
            }
            return """
                SELECT \(Item.columns) FROM application WHERE id IN (
                    SELECT id FROM (
                        SELECT id, section, status, card, channel, assignee, submitted_at, due_on, replied_at
                        FROM application
                        WHERE \(.all(along)) ORDER BY \(order) LIMIT \(rows)) AS near
                    WHERE \(.all(rest)) ORDER BY \(order) LIMIT \(limit))
                ORDER BY \(order)
                """
        }

        /// The rows of it, and where it was left if there is more than was looked at.
        func read(_ limit: Int, in transaction: Transaction) throws -> (rows: [Row], end: Cursor?) {
            // Mostly enough are found soon.
            for rows in [min(limit * 6, Inbox.rowsLookedAt), Inbox.rowsLookedAt] {
                let found = try transaction.rows(statement(limit: limit, lookingAt: rows))
                if rest.isEmpty || found.count == limit { return (found, nil) }
                if rows == Inbox.rowsLookedAt { return (found, try end(in: transaction)) }
            }
            return ([], nil)
        }

        private func end(in transaction: Transaction) throws -> Cursor? {
            let row = try transaction.row(
                """
                SELECT id, due_on, submitted_at FROM application WHERE \(.all(along)) ORDER BY \(order)
                LIMIT 1 OFFSET \(Inbox.rowsLookedAt - 1)
                """)
            return try row.map { Cursor(key: try $0[key], id: try $0["id"]) }
        }

        /// The column that a place in it is told by.
        let key: String
    }

    /// The lanes of the list: for each section, for each state where it is sorted by arrival, and for each of those who left
    /// where they are asked for.
    func lanes(in transaction: Transaction) throws -> [Lane] {
        let scope = filter.scope(searching: false)
        return try sections.flatMap { section in
            let keepers = try keepers(in: section, transaction)
            let scopes: [InboxFilter.Scope] =
                switch scope {
                case .status: [scope]
                case .open: order == .due ? [.open] : Case.Status.undecided.map { .status($0) }
                case .all: Case.Status.allCases.dropFirst().map { .status($0) }
                }
            return scopes.flatMap { scope in keepers.map { Lane(section: section, scope: scope, keeper: $0) } }
        }
    }

    private func keepers(in section: String, _ transaction: Transaction) throws -> [LaneKeeper] {
        switch filter.keeper {
        case nil: [.anybody]
        case .mine: [.officer(officer.text)]
        case .nobody: [.nobody]
        case .officer(let id): [.officer(id.text)]
        case .absent: try absent(from: section, in: transaction).map { .officer($0) }
        }
    }

    /// 担当者不在. Who still has applications of a section and does not work there any more.
    func absent(from section: String, in transaction: Transaction) throws -> [String] {
        let here = Set(try staff.colleagues(section, transaction).map(\.id.text))
        return try Assignment.holders(in: section, transaction).filter { !here.contains($0) }
    }

    /// How a lane is read: as much as possible along an index.
    func reading(of lane: Lane) -> Reading {
        order == .due ? byDueDay(lane) : byArrival(lane)
    }

    private func byDueDay(_ lane: Lane) -> Reading {
        var reading = Reading(along: ["section = \(lane.section)"], order: "due_on, id", key: "due_on")
        // Along the index of the open ones where that has the assignee or the procedure in it.
        let isAmongOpen =
            switch lane.scope {
            case .open: true
            case .all: false
            case .status(let status): !status.isDecided && (filter.keeper != nil || filter.card != nil)
            }
        let states: SQL =
            switch lane.scope {
            case .open: Self.isOpen
            case .all: "submitted_at IS NOT NULL"
            case .status(let status): status.condition
            }
        if filter.isWaiting {
            reading.along.append("replied_at IS NOT NULL")
            reading.rest.append(states)
        } else {
            reading.along.append(isAmongOpen ? Self.isOpen : states)
            if isAmongOpen, lane.scope != .open { reading.rest.append(states) }
        }
        var isServed = isAmongOpen && !filter.isWaiting
        put(condition(of: lane.keeper), into: &reading, isServed: &isServed)
        put(filter.card.map { "card = \($0)" }, into: &reading, isServed: &isServed)
        if let due = filter.due { addDue(due, to: &reading, isAlong: true) }
        reading.rest += arrivedConditions + otherConditions
        if let after { reading.along.append("(due_on, id) > (\(after.key), \(after.id))") }
        return reading
    }

    private func byArrival(_ lane: Lane) -> Reading {
        let order: SQL = self.order == .newest ? "submitted_at DESC, id DESC" : "submitted_at, id"
        var reading = Reading(along: ["section = \(lane.section)"], order: order, key: "submitted_at")
        if case .status(let status) = lane.scope { reading.along.append(status.condition) }
        reading.along.append("submitted_at IS NOT NULL")
        reading.along += arrivedConditions
        if let after {
            reading.along.append(
                self.order == .newest
                    ? "(submitted_at, id) < (\(after.key), \(after.id))"
                    : "(submitted_at, id) > (\(after.key), \(after.id))")
        }
        if filter.isWaiting { reading.rest.append("replied_at IS NOT NULL") }
        reading.rest += [condition(of: lane.keeper), filter.card.map { "card = \($0)" as SQL }].compactMap { $0 }
        if let due = filter.due { addDue(due, to: &reading, isAlong: false) }
        reading.rest += otherConditions
        return reading
    }

    /// The first of these conditions goes along the index, the others do not.
    private func put(_ condition: SQL?, into reading: inout Reading, isServed: inout Bool) {
        guard let condition else { return }
        if isServed { reading.along.append(condition) } else { reading.rest.append(condition) }
        isServed = false
    }

    private func condition(of keeper: LaneKeeper) -> SQL? {
        switch keeper {
        case .anybody: nil
        case .nobody: "assignee IS NULL"
        case .officer(let id): "assignee = \(id)"
        }
    }

    /// 期限. What waits for its applicant is not late.
    private func addDue(_ due: InboxFilter.Due, to reading: inout Reading, isAlong: Bool) {
        var conditions: [SQL]
        switch due {
        case .overdue: conditions = ["due_on < \(today)"] + (isAlong && after != nil ? [] : ["due_on > ''"])
        case .soon: conditions = ["due_on <= \(soon)"] + (isAlong && after != nil ? [] : ["due_on >= \(today)"])
        }
        if isAlong {
            reading.along += conditions
            conditions = []
        }
        reading.rest += conditions + ["status <> 'returned'"]
    }

    var arrivedConditions: [SQL] {
        [
            filter.from.map { "submitted_at >= \(Moment(startOf: $0))" as SQL },
            filter.through.map { "submitted_at < \(Moment(startOf: $0.adding(days: 1)))" as SQL },
        ].compactMap { $0 }
    }

    var otherConditions: [SQL] { filter.channel.map { ["channel = \($0.rawValue)"] } ?? [] }

    /// In these very words, so that the index of open applications is used.
    static let isOpen: SQL = "status IN ('submitted', 'received', 'reviewing', 'returned')"
}
