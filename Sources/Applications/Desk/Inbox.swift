import Core
import Database
import Japanese

/// 申請一覧. What a section has on its desk.
struct Inbox: Sendable {
    /// Which applications are shown.
    enum Filter: Sendable, Equatable {
        /// Everything that is not decided, the most urgent first.
        case open
        case status(Case.Status)

        /// As it stands in an address.
        var name: String {
            switch self {
            case .open: "open"
            case .status(let status): status.rawValue
            }
        }

        init?(_ name: String) {
            if name == "open" {
                self = .open
            } else if let status = Case.Status(rawValue: name), status != .draft {
                self = .status(status)
            } else {
                return nil
            }
        }
    }

    /// A place in the list: the due day and the id of the last one seen.
    struct Cursor: Sendable, Comparable {
        let due: String
        let id: String

        var text: String { "\(due)_\(id)" }

        static func < (left: Cursor, right: Cursor) -> Bool { (left.due, left.id) < (right.due, right.id) }

        init(due: String, id: String) { (self.due, self.id) = (due, id) }

        init?(_ text: String) {
            let parts = text.split(separator: "_", omittingEmptySubsequences: false)
            guard parts.count == 2, Case.ID(String(parts[1])) != nil else { return nil }
            (due, id) = (String(parts[0]), String(parts[1]))
        }
    }

    static let pageSize = 50

    /// The sections whose applications the officer may see.
    let sections: [String]
    let filter: Filter
    /// 受付番号, or the beginning of one.
    let number: String?
    let after: Cursor?

    /// One page of the list, and whether there is more. Each section is read along its index, and what was read is merged:
    /// the time does not grow with the number of applications.
    func page(in transaction: Transaction) throws -> (items: [Item], hasMore: Bool) {
        let items = try sections.flatMap { try transaction.rows(statement(section: $0)) }.map(Item.init)
        var sorted = sections.count > 1 ? items.sorted { $0.cursor < $1.cursor } : items
        let hasMore = sorted.count > Self.pageSize
        if hasMore { sorted.removeLast(sorted.count - Self.pageSize) }
        return (sorted, hasMore)
    }

    private func statement(section: String) -> SQL {
        let columns: SQL =
            "SELECT id, form, form_version, status, number, submitted_at, due_on, replied_at, applicant FROM application"
        if let number {
            let end = number + "\u{10FFFF}"
            // Along the numbers: few begin like this, wherever they are due.
            return """
                \(columns) WHERE number >= \(number) AND number < \(end) AND section = \(section)
                ORDER BY number LIMIT \(Self.pageSize + 1)
                """
        }
        var conditions: [SQL] = ["section = \(section)", "status <> 'draft'"]
        switch filter {
        // In these very words, so that the index of open applications is used.
        case .open: conditions.append("status IN ('submitted', 'received', 'reviewing', 'returned')")
        case .status(let status): conditions.append(status.condition)
        }
        if let after { conditions.append("(due_on, id) > (\(after.due), \(after.id))") }
        return "\(columns) WHERE \(.all(conditions)) ORDER BY due_on, id LIMIT \(Self.pageSize + 1)"
    }

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
            LIMIT \(Self.countedUpTo + 1)) AS some) AS \(status.column)
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

    /// What the list shows of an application, with the sealed name of its applicant.
    struct Item: Sendable {
        let id: Case.ID
        let form: String
        let formVersion: Int
        let status: Case.Status
        let number: String
        let submittedAt: Moment
        private let due: String
        /// True where the applicant wrote and nobody answered yet.
        let isWaiting: Bool
        private let sealedApplicant: [UInt8]?

        init(_ row: Row) throws {
            let status: String = try row["status"]
            guard let status = Case.Status(rawValue: status) else {
                throw DatabaseError(.corrupted, "an application has an unknown status")
            }
            self.status = status
            id = try row["id"]
            (form, formVersion, number) = try (row["form"], row["form_version"], row["number"])
            (submittedAt, sealedApplicant) = try (row["submitted_at"], row["applicant"])
            due = try row["due_on"]
            isWaiting = try row.has("replied_at")
        }

        /// 期限.
        var dueOn: Day? { Day(iso: due) }

        var cursor: Cursor { Cursor(due: due, id: id.text) }

        /// 申請者の氏名; nil if the key is gone.
        func applicant(_ key: SealingKey?) -> String? {
            guard let key, let sealedApplicant else { return nil }
            return try? key.text(sealedApplicant, at: Case.Sealed.applicant.place(id))
        }
    }
}

extension Case.Status {
    /// What is still to be done: the others only grow.
    static let undecided = allCases.filter { $0 != .draft && !$0.isDecided }

    /// Spelled out, not bound: a statement is planned once, whichever status is asked for.
    fileprivate var condition: SQL { "status = '" + column + "'" }

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
