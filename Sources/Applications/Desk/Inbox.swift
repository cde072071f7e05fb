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
    struct Cursor: Sendable, Equatable {
        let due: String
        let id: String

        var text: String { "\(due)_\(id)" }

        init(_ item: Case) { (due, id) = (item.dueOn?.iso ?? "", item.id.text) }

        init?(_ text: String) {
            let parts = text.split(separator: "_", omittingEmptySubsequences: false)
            guard parts.count == 2, Case.ID(String(parts[1])) != nil else { return nil }
            (due, id) = (String(parts[0]), String(parts[1]))
        }
    }

    static let pageSize = 50

    /// The sections whose applications the officer may see; nil for all.
    let sections: [String]?
    let filter: Filter
    /// 受付番号, or the beginning of one.
    let number: String?
    let after: Cursor?

    /// One page of the list, and whether there is more.
    func page(in transaction: Transaction) throws -> (items: [Row], hasMore: Bool) {
        var conditions: [SQL] = [inSections]
        if let number {
            conditions.append("number >= \(number) AND number < \(number + "\u{10FFFF}")")
        } else {
            switch filter {
            // In these very words, so that the index of open applications is used.
            case .open: conditions.append("status IN ('submitted', 'received', 'reviewing', 'returned')")
            case .status(let status): conditions.append("status = \(status.rawValue)")
            }
        }
        if let after { conditions.append("(due_on, id) > (\(after.due), \(after.id))") }
        let rows = try transaction.rows(
            """
            SELECT * FROM application WHERE \(.all(conditions)) AND status <> 'draft'
            ORDER BY due_on, id LIMIT \(Self.pageSize + 1)
            """)
        let items = try rows.prefix(Self.pageSize).map { row in
            Row(item: try Case(row), sealedAnswers: try row["answers"])
        }
        return (items, rows.count > Self.pageSize)
    }

    /// How many there are of each status.
    func counts(in transaction: Transaction) throws -> [Case.Status: Int] {
        let rows = try transaction.rows(
            "SELECT status, count(*) AS n FROM application WHERE \(inSections) AND status <> 'draft' GROUP BY status")
        return try rows.reduce(into: [:]) { counts, row in
            if let status = Case.Status(rawValue: try row["status"]) { counts[status] = try row["n"] }
        }
    }

    private var inSections: SQL {
        guard let sections else { return "1 = 1" }
        return "section IN (\(anyOf: sections))"
    }

    /// An application in the list, with what is needed to name its applicant.
    struct Row: Sendable {
        let item: Case
        let sealedAnswers: [UInt8]?
    }
}
