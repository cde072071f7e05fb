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

        init(_ item: Case) { (due, id) = (item.dueOn?.iso ?? "", item.id.text) }

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
        let rows = try sections.flatMap { try transaction.rows(statement(section: $0)) }.map(Item.init)
        let sorted = rows.sorted { $0.cursor < $1.cursor }
        return (Array(sorted.prefix(Self.pageSize)), sorted.count > Self.pageSize)
    }

    private func statement(section: String) -> SQL {
        var conditions: [SQL] = ["section = \(section)", "status <> 'draft'"]
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
        return "SELECT * FROM application WHERE \(.all(conditions)) ORDER BY due_on, id LIMIT \(Self.pageSize + 1)"
    }

    /// How many there are of each status.
    func counts(in transaction: Transaction) throws -> [Case.Status: Int] {
        let rows = try transaction.rows(
            """
            SELECT status, count(*) AS n FROM application WHERE section IN (\(anyOf: sections))
            GROUP BY section, status
            """)
        return try rows.reduce(into: [:]) { counts, row in
            if let status = Case.Status(rawValue: try row["status"]) { counts[status, default: 0] += try row["n"] }
        }
    }

    /// An application in the list, with the sealed name of its applicant.
    struct Item: Sendable {
        let item: Case
        private let sealedApplicant: [UInt8]?

        init(_ row: Row) throws {
            item = try Case(row)
            sealedApplicant = try row["applicant"]
        }

        var cursor: Cursor { Cursor(item) }

        /// 申請者の氏名; nil if the key is gone.
        func applicant(_ key: SealingKey?) -> String? {
            guard let key, let sealedApplicant else { return nil }
            return try? key.text(sealedApplicant, at: Case.Sealed.applicant.place(item.id))
        }
    }
}
