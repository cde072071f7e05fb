import Core
import Database

/// 様式の項目. The fields that the applications of a procedure may have answered: those of every version of its form, the
/// newest first, and what is asked besides about who applies.
struct ExportFields: Sendable {
    /// Whatever an application may have an answer to, groups too; what is only shown is not among them.
    let fields: [Field]
    /// 繰り返し. For a group, the fields of a row and how many rows there are at most, over all versions.
    private let groups: [String: (fields: [Field], maximum: Int)]

    /// The fields of a procedure without a form: none.
    init(of card: String, shelf: FormShelf, in transaction: Transaction) throws {
        let rows = try transaction.rows(
            "SELECT form, version FROM form_version WHERE card = \(card) ORDER BY version DESC")
        let forms = try rows.flatMap { row in
            try Channel.allCases.map {
                try shelf.form(row["form"], version: row["version"], through: $0, in: transaction)
            }
        }
        // The form's own questions stand before those about who applies.
        let all = forms.flatMap { $0.pages.flatMap(\.fields) }.filter(Self.isShown)
        fields = Self.once(all.filter { !Preface.owns($0.id) } + all.filter { Preface.owns($0.id) })
        groups = all.reduce(into: [:]) { groups, field in
            guard let rows = field.rows else { return }
            let known = groups[field.id] ?? ([], 0)
            groups[field.id] = (
                Self.once(known.fields + rows.fields.filter(Self.isShown)), max(known.maximum, rows.maximum)
            )
        }
    }

    /// The fields of a row of a group, and how many rows there are at most.
    func group(_ field: Field) -> (fields: [Field], maximum: Int)? { groups[field.id] }

    func field(_ id: String) -> Field? { fields.first { $0.id == id } }

    private static func isShown(_ field: Field) -> Bool {
        if case .information = field.kind { false } else { true }
    }

    private static func once(_ fields: [Field]) -> [Field] {
        var seen: Set<String> = []
        return fields.filter { seen.insert($0.id).inserted }
    }
}
