package import Core
import Japanese

/// 様式. The questions of a procedure, as one document with a version.
///
/// A version that was published never changes; an application stays with the version it began with.
package struct Form: Sendable, Decodable {
    /// A short name, such as `dog-registration`.
    package let id: String
    /// 版, from 1.
    package let version: Int
    /// The card of the procedure it is for.
    package let card: String
    package let title: Text
    /// How many minutes filling in takes.
    package let minutes: Int
    /// The field of kind `name` that says who applies; nil where no name is needed.
    package let applicant: String?
    /// What the button says that sends it; the usual words without one.
    package let send: Text?
    /// What is confirmed by sending.
    package let declaration: Text
    /// 添付書類の定め, those that were abolished included.
    package internal(set) var requirements: [Requirement]?
    /// 手数料; nil where there is none.
    package let fee: Fee?
    /// 担当の振り分け: the first that holds says which section decides; the card's own otherwise.
    package let routing: [Route]?
    /// 処理期限: the first that holds; the card's own otherwise.
    package let deadlines: [Deadline]?
    /// 訳の猶予. Languages whose words may be missing, by id, each until a day: `{ pt: 2027-03-31 }`.
    package let waived: [String: String]?
    /// 由来: the forms of other towns it was made from, the nearest last.
    package let lineage: [FormOrigin]?
    package internal(set) var pages: [Page]

    /// A section that decides where something holds.
    package struct Route: Sendable, Decodable {
        package let when: Condition
        package let section: String
    }

    /// So many business days where something holds.
    package struct Deadline: Sendable, Decodable {
        package let when: Condition
        package let businessDays: Int

        private enum CodingKeys: String, CodingKey {
            case when
            case businessDays = "business_days"
        }
    }

    /// One page: one question, which may have several fields, or an exit.
    package struct Page: Sendable, Decodable {
        /// The last part of its address.
        package let id: String
        /// The question, or the heading of an exit.
        package let question: Text
        package let hint: Text?
        /// 読み上げる言葉 at the counter; nil where the question itself is read out.
        package let script: Text?
        /// Shown only where this holds; always without one.
        package let when: Condition?
        package let content: Content

        /// What a page asks.
        package enum Content: Sendable {
            case fields([Field])
            /// 出口. Who comes here cannot go on in this form and is told where to go instead.
            case exit(Text)
        }

        package var fields: [Field] {
            if case .fields(let fields) = content { fields } else { [] }
        }

        package var isExit: Bool {
            if case .exit = content { true } else { false }
        }

        /// The repeating group that the page is for, or nil.
        package var group: (field: Field, rows: Field.Rows)? {
            fields.first.flatMap { field in field.rows.map { (field, $0) } }
        }

        private enum CodingKeys: String, CodingKey { case id, question, hint, script, when, fields, exit }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(String.self, forKey: .id)
            question = try container.decode(Text.self, forKey: .question)
            hint = try container.decodeIfPresent(Text.self, forKey: .hint)
            script = try container.decodeIfPresent(Text.self, forKey: .script)
            when = try container.decodeIfPresent(Condition.self, forKey: .when)
            if let exit = try container.decodeIfPresent(Text.self, forKey: .exit) {
                content = .exit(exit)
            } else {
                content = .fields(try container.decode([Field].self, forKey: .fields))
            }
        }
    }

    /// All fields, in the order they are asked; those in rows after the group they are in.
    package var fields: [Field] {
        pages.flatMap(\.fields).flatMap { [$0] + ($0.rows?.fields ?? []) }
    }

    /// The page of this address, or nil.
    package func page(_ id: String) -> Page? { pages.first { $0.id == id } }
}
