import Core
import Database
import Japanese

extension Inbox {
    /// What the list shows of an application, with the sealed name of its applicant.
    struct Item: Sendable {
        let id: Case.ID
        let form: String
        let formVersion: Int
        let status: Case.Status
        let number: String
        let submittedAt: Moment
        /// Who has it on their desk; nil for nobody.
        let assignee: String?
        /// 補正を求めた日時, while it is being corrected.
        let returnedAt: Moment?
        private let due: String
        /// True where the applicant wrote and nobody answered yet.
        let isWaiting: Bool
        private let sealedApplicant: [UInt8]?

        /// What is read of the table.
        static let columns: SQL = """
            id, form, form_version, status, number, submitted_at, due_on, replied_at, assignee, returned_at, applicant
            """

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
            assignee = try row["assignee"]
            returnedAt = try row["returned_at"]
        }

        /// 期限.
        var dueOn: Day? { Day(iso: due) }

        /// Its place in a list.
        func cursor(_ order: InboxFilter.Order) -> Cursor {
            Cursor(key: order == .due ? due : submittedAt.iso, id: id.text)
        }

        /// 申請者の氏名; nil if the key is gone.
        func applicant(_ key: SealingKey?) -> String? {
            guard let key, let sealedApplicant else { return nil }
            return try? key.text(sealedApplicant, at: Case.Sealed.applicant.place(id))
        }
    }

    /// A place in the list: what it is sorted by and the id of the last one seen.
    struct Cursor: Sendable, Comparable {
        let key: String
        let id: String

        var text: String { "\(key)_\(id)" }

        static func < (left: Cursor, right: Cursor) -> Bool { (left.key, left.id) < (right.key, right.id) }

        init(key: String, id: String) { (self.key, self.id) = (key, id) }

        init?(_ text: String) {
            let parts = text.split(separator: "_", omittingEmptySubsequences: false)
            guard parts.count == 2, Case.ID(String(parts[1])) != nil else { return nil }
            (key, id) = (String(parts[0]), String(parts[1]))
        }
    }
}
