import Core
import Japanese

extension Answers {
    /// The rows of a group.
    package func rows(of field: String) -> [FormRow] {
        if case .rows(let rows)? = self[field]?.value { rows } else { [] }
    }

    /// Changes the rows of a group; without rows there is no answer.
    package mutating func changeRows(of field: String, _ change: (inout [FormRow]) throws -> Void) rethrows {
        var rows = rows(of: field)
        try change(&rows)
        self[field] = rows.isEmpty ? nil : GivenAnswer(typed: [:], value: .rows(rows))
    }

    /// Puts the answers of a page in the place of what its fields had.
    package mutating func replace(_ fields: [Field], with answers: Answers) {
        for field in fields where field.rows == nil {
            var answer = answers[field.id]
            // What was taken over and left as it is still comes from there.
            if answer?.value == self[field.id]?.value { answer?.source = self[field.id]?.source }
            self[field.id] = answer
        }
    }
}

extension FormRow {
    /// Eight characters that no other row of an application has.
    static func newID() -> String {
        var random = SystemRandomNumberGenerator()
        return Code.make(length: 8, using: &random).lowercased()
    }

    /// What it is called in lists: お子さん 1, and who that is.
    func title(_ number: Int, in group: Field.Rows) -> Text {
        let head = [group.noun, Text(verbatim: String(number))].joined(" ", en: " ")
        guard let field = group.fields.first(where: { $0.id == group.title }), let value = answers[field.id]?.value
        else {
            return head
        }
        let name = if case .name(let name) = value { Text(verbatim: name.text) } else { field.spoken(value) }
        return [head, name].joined("：", en: ": ")
    }
}
